#!/bin/sh
# Takes away what install.sh made, and nothing else.
set -eu

HOME=${HOME%/}
share=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/lib/dataflow-desktop
list=$place/installed.txt

if [ ! -f "$list" ]; then
    echo "@APP_NAME@ is not installed in $place. Nothing was changed." >&2
    exit 1
fi

# Files go first, then the list, then the folders: one that is interrupted is run again. Of the folders, what was
# made last goes first, and one with something of yours in it stays.
folders=$(sed -n '1!G;h;$p' "$list" | while IFS= read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then
        printf '%s\n' "$path"
    fi
done)
while IFS= read -r path; do
    if [ "$path" != "$place/uninstall.sh" ] && { [ ! -d "$path" ] || [ -L "$path" ]; }; then
        rm -f -- "$path"
    fi
done <"$list"

# What the desktop collected from all entries is told anew. It goes when it is left with no entry but ours.
cache=$share/applications/mimeinfo.cache
if [ -f "$cache" ]; then
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$share/applications" || true
    fi
    if ! grep -v -e '^\[MIME Cache\]$' -e '=@APP_ID@\.desktop;$' "$cache" | grep -q .; then
        rm -f -- "$cache"
    fi
fi

rm -f -- "$place/uninstall.sh" "$list"
printf '%s\n' "$folders" | while IFS= read -r path; do
    rmdir -- "$path" 2>/dev/null || true
done

printf '%s\n' "@APP_NAME@ is taken out. What it remembers stays, and so do your exports:" \
    "  $share/@APP_NAME@   the record of exports" \
    "  ${XDG_CONFIG_HOME:-$HOME/.config}/@APP_NAME@   its settings" \
    "  ${XDG_STATE_HOME:-$HOME/.local/state}/@APP_NAME@   its log"
