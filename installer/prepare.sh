#!/bin/sh
# Sets up .venv from requirements.lock. On Debian and its kin it installs what is missing of the system's libraries
# (as root, or through sudo); elsewhere it says what to install. «prepare.sh desktop» adds the programs with which the
# tests try tray and notifications on a virtual screen; «windows» those that build the setup for Windows, «wine» those
# that try it; «linux» those that build the Debian package and the .run file, «debootstrap» those that try them.
set -eu

QT_LIBRARIES="libglib2.0-0 libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libgssapi-krb5-2 libxcb-cursor0 \
libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-client0 libwayland-cursor0 libwayland-egl1 \
fonts-dejavu-core"
DESKTOP_TOOLS="xvfb dbus dunst xdotool openbox x11-utils libglib2.0-bin trayer imagemagick"

WINDOWS_TOOLS="nsis gcc-mingw-w64-x86-64 osslsigncode ca-certificates"
LINUX_TOOLS="binutils lintian makeself desktop-file-utils appstream xz-utils"
DEBOOTSTRAP_TOOLS="debootstrap debian-archive-keyring"
WINE_TOOLS="wine64 xvfb openbox xdotool imagemagick locales"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 1; fi
}

# Debian 13 and Ubuntu 24.04 renamed some libraries (…t64); the old names are still provided there.
is_installed() { dpkg-query -W -f '${Status}\n' "$1" "$1t64" 2>/dev/null | grep -q '^install ok installed'; }

install_missing() {
    missing=""
    for package in "$@"; do is_installed "$package" || missing="$missing $package"; done
    [ -n "$missing" ] || return 0
    say "Installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { as_root apt-get -qq update && as_root apt-get -qq install -y --no-install-recommends $missing >/dev/null; } || {
        say "Please install as administrator: apt-get install$missing"
        return 1
    }
}

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$name" ] && command -v "$name" >/dev/null || continue
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    say "Counterbell needs Python 3.11, 3.12 or 3.13. Install one of them, or name it: make PYTHON=/path/to/python3.12"
    return 1
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

if [ "${1:-}" = desktop ]; then
    if is_debian; then
        # shellcheck disable=SC2086
        install_missing $DESKTOP_TOOLS || say "Tests that need a virtual desktop will be skipped."
    else
        say "For the desktop tests install: Xvfb, dbus, dunst, xdotool, openbox, trayer, ImageMagick. Without them they are skipped."
    fi
    exit 0
fi

case "${1:-}" in
windows) tools="$WINDOWS_TOOLS" ;;
wine) tools="$WINE_TOOLS" ;;
linux) tools="$LINUX_TOOLS" ;;
debootstrap) tools="$DEBOOTSTRAP_TOOLS" ;;
*) tools="" ;;
esac
if [ -n "$tools" ]; then
    # shellcheck disable=SC2086
    if is_debian; then install_missing $tools; else say "This needs the programs of these Debian packages: $tools"; fi
    exit
fi

# shellcheck disable=SC2086
if is_debian; then install_missing $QT_LIBRARIES; fi

python=$(find_python)
# One that was broken off half-made, or whose Python is gone since, is made anew.
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        is_debian || { say "Install Python's venv and pip modules."; exit 1; }
        # That of this very Python: python3-venv is for the system's own, which may be another one.
        install_missing "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || {
            say "Or name another Python: make PYTHON=/path/to/python3.12"
            exit 1
        }
    fi
    "$python" -m venv --clear .venv
fi
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .

if ! .venv/bin/python -c 'import PySide6.QtWidgets, PySide6.QtNetwork' 2>.venv/qt-error; then
    say "Qt does not start on this system: $(tail -n 1 .venv/qt-error)"
    say "Install the libraries it names with your package manager (on Fedora for example: mesa-libEGL mesa-libGL libxkbcommon xcb-util-cursor)."
    exit 1
fi
