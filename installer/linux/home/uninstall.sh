#!/bin/sh
# Removes what install.sh put there. The shop's data stay.
set -eu
# shellcheck source=words.sh
. "$(cd "$(dirname "$0")" && pwd)/words.sh"

end_it
autostart="${XDG_CONFIG_HOME:-$HOME/.config}/autostart/counterbell.desktop"
if grep -qsF "$HOME_OF/" "$autostart"; then rm -f "$autostart"; fi
if [ "$(readlink "$COMMAND")" = "$HOME_OF/counterbell" ]; then rm -f "$COMMAND"; fi
rm -f "$DATA/applications/counterbell.desktop" "$DATA/icons/hicolor/scalable/apps/counterbell.svg" \
    "$DATA/icons/hicolor/256x256/apps/counterbell.png"
rm -rf "$HOME_OF" "$HOME_OF.new" "$HOME_OF.old"
echo "$GONE $KEPT $DATA/counterbell"
