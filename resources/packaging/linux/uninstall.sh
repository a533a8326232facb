#!/bin/sh
# Takes away what install.sh made, and nothing else.
set -eu

share=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/lib/dataflow-desktop
list=$place/installed.txt

if [ ! -f "$list" ]; then
    echo "@APP_NAME@ is not installed in $place. Nothing was changed." >&2
    exit 1
fi

kept=$(mktemp) # the list goes before its folder does
trap 'rm -f -- "$kept"' EXIT
# What was made last goes first: files before their folders. A folder with something of yours in it stays.
sed -n '1!G;h;$p' "$list" >"$kept"
rm -f -- "$list"
while IFS= read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then
        rmdir -- "$path" 2>/dev/null || true
    else
        rm -f -- "$path"
    fi
done <"$kept"
if [ -d "$share/applications" ] && command -v update-desktop-database >/dev/null &&
    [ -e "$share/applications/mimeinfo.cache" ]; then
    update-desktop-database -q "$share/applications" || true
fi

printf '%s\n' "@APP_NAME@ is taken out. What it remembers stays, and so do your exports:" \
    "  $share/@APP_NAME@   the record of exports" \
    "  ${XDG_CONFIG_HOME:-$HOME/.config}/@APP_NAME@   its settings" \
    "  ${XDG_STATE_HOME:-$HOME/.local/state}/@APP_NAME@   its log"
