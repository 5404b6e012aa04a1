# The sentences of install.sh and uninstall.sh, in the language of the session.
# shellcheck shell=sh disable=SC2034
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}" in
pl*)
    SYSTEM="Counterbell działa na 64-bitowym Linuksie (x86-64) wydanym od 2022 roku. Ten system jest inny."
    MISSING="Brakuje bibliotek systemowych. Proszę doinstalować:"
    DONE="Counterbell jest zainstalowany. Uruchomienie: z menu programów albo poleceniem"
    GONE="Counterbell został usunięty."
    KEPT="Dane pozostały w folderze"
    BUSY="Counterbell nadal działa i nie kończy pracy. Proszę go zamknąć i spróbować ponownie."
    ;;
ru*)
    SYSTEM="Counterbell работает в 64-разрядном Linux (x86-64), выпущенном с 2022 года. Эта система другая."
    MISSING="Не хватает системных библиотек. Установите, пожалуйста:"
    DONE="Counterbell установлен. Запуск: из меню программ или командой"
    GONE="Counterbell удалён."
    KEPT="Данные остались в папке"
    BUSY="Counterbell всё ещё работает и не завершается. Закройте его и повторите попытку."
    ;;
*)
    SYSTEM="Counterbell runs on 64-bit Linux (x86-64) of 2022 or later. This system is another one."
    MISSING="Libraries of the system are missing. Please install:"
    DONE="Counterbell is installed. Start it from the menu of programs or with"
    GONE="Counterbell is removed."
    KEPT="Your data stay in the folder"
    BUSY="Counterbell is still running and does not end. Please quit it and try again."
    ;;
esac

DATA="${XDG_DATA_HOME:-$HOME/.local/share}"
HOME_OF="$HOME/.local/lib/counterbell"
COMMAND="$HOME/.local/bin/counterbell"

# Whether a copy installed here is running.
is_running() {
    for exe in /proc/[0-9]*/exe; do
        [ "$(readlink "$exe" 2>/dev/null)" = "$HOME_OF/counterbell" ] && return 0
    done
    return 1
}

# Ends every window of this user, which keeps what was typed, and waits for that. One that is only starting hears nothing
# yet: it is asked again.
end_it() {
    waited=0
    while is_running; do
        [ "$waited" -lt 20 ] || { echo "$BUSY" >&2; exit 1; }
        "$HOME_OF/counterbell" --quit-all >/dev/null 2>&1 || true
        sleep 1
        waited=$((waited + 1))
    done
}
