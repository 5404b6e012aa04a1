#!/bin/sh
# Installs Counterbell for this user, without root. Run by the .run file in the folder it has unpacked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=words.sh
. "$here/words.sh"

libc=$(getconf GNU_LIBC_VERSION 2>/dev/null || echo "glibc 0")
newest=$(printf '%s\n2.35\n' "${libc#glibc }" | sort -V | tail -n 1)
if [ "$(uname -m)" != x86_64 ] || [ "$newest" != "${libc#glibc }" ]; then
    echo "$SYSTEM" >&2
    exit 1
fi
missing=$(find "$here/counterbell" -name '*.so*' -type f -exec env LD_LIBRARY_PATH="$here/counterbell/_internal" ldd {} + 2>/dev/null | awk '/not found/ {print $1}' | sort -u)
if [ -n "$missing" ]; then
    printf '%s\n%s\n' "$MISSING" "$missing" >&2
    exit 1
fi

ran=false
if is_running; then ran=true; fi
end_it
mkdir -p "$HOME/.local/lib" "$HOME/.local/bin" "$DATA/applications" "$DATA/icons/hicolor/scalable/apps" "$DATA/icons/hicolor/256x256/apps"
rm -rf "$HOME_OF.new" "$HOME_OF.old"
cp -a "$here/counterbell" "$HOME_OF.new"
cp "$here/words.sh" "$here/uninstall.sh" "$HOME_OF.new/"
if [ -d "$HOME_OF" ]; then mv "$HOME_OF" "$HOME_OF.old"; fi
mv "$HOME_OF.new" "$HOME_OF"
rm -rf "$HOME_OF.old"
ln -sf "$HOME_OF/counterbell" "$COMMAND"
sed "s|^Exec=counterbell|Exec=\"$HOME_OF/counterbell\"|" "$here/counterbell.desktop" >"$DATA/applications/counterbell.desktop"
cp "$here/counterbell.svg" "$DATA/icons/hicolor/scalable/apps/"
cp "$here/counterbell.png" "$DATA/icons/hicolor/256x256/apps/"
if $ran; then
    nohup "$HOME_OF/counterbell" --hidden </dev/null >/dev/null 2>&1 &
fi
echo "$DONE $COMMAND"
