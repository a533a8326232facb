#!/bin/sh
# Copies the program into your home, with an entry in the menu of programs and the command dataflow-desktop.
# Every file and folder it makes is noted, and uninstall.sh takes away just these.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
HOME=${HOME%/}
share=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/lib/dataflow-desktop
command=$HOME/.local/bin/dataflow-desktop
entry=$share/applications/@APP_ID@.desktop
list=$place/installed.txt

stop() {
    printf '%s\nNothing was changed.\n' "$*" >&2
    exit 1
}

make_folder() { # notes what was not there before
    if [ ! -d "$1" ]; then
        make_folder "$(dirname -- "$1")"
        mkdir -- "$1"
        printf '%s\n' "$1" >>"$list"
    fi
}

make_own_folder() { # notes one of the program in any case: it may be left over, empty, from the last time
    if [ -d "$1" ]; then
        printf '%s\n' "$1" >>"$list"
    else
        make_folder "$1"
    fi
}

put() { # a file to its place, readable for all
    make_folder "$(dirname -- "$2")"
    printf '%s\n' "$2" >>"$list"
    install -m 644 -- "$1" "$2"
}

has_files() { # whether anything but folders is there
    [ -e "$1" ] && { [ ! -d "$1" ] || [ -n "$(find "$1/" ! -type d | head -n 1)" ]; }
}

command_is_ours() { # whether the command is a link to this program, by whatever path; it may lead nowhere
    target=$(readlink -- "$command") || return 1
    [ "$target" != "$place/DataFlow" ] || return 0
    real=$(readlink -f -- "$target") && [ "$real" = "$(readlink -f -- "$place/DataFlow")" ]
}

installed=$(CDPATH='' cd -- "$place" 2>/dev/null && pwd -P) || installed=
[ "$here" != "$installed" ] || stop "This is the installed program already."
[ -f "$list" ] || ! has_files "$place" || stop "$place is there and is not ours: move it away first."
if [ -e "$command" ] || [ -L "$command" ]; then
    command_is_ours || stop "$command is there and is another program: move it away first."
fi

# The one that is installed may be half there, and without its own uninstall.sh.
if [ -f "$list" ]; then
    sh "$here/uninstall.sh" >/dev/null
fi
# The list stands in a folder that it is to name: until that is there, it is kept beside it.
umask 022
early=$(mktemp)
list=$early
make_own_folder "$place"
list=$place/installed.txt
cp -- "$early" "$list"
rm -- "$early"

(cd "$here" && find . ! -name . -type d) | sed 's|^\./||' | while IFS= read -r name; do
    make_own_folder "$place/$name"
done
(cd "$here" && find . ! -type d) | sed 's|^\./||' | while IFS= read -r name; do
    printf '%s\n' "$place/$name" >>"$list"
    cp -pP -- "$here/$name" "$place/$name"
done

(cd "$here/share" && find icons metainfo -type f) | while IFS= read -r name; do
    put "$here/share/$name" "$share/$name"
done
# In the entry the program stands with its whole path: not every desktop looks into ~/.local/bin.
program=$(printf '%s' "$place/DataFlow" | sed -e 's/[\\"$`]/\\\\&/g' -e 's/%/%%/g')
quoted=$(printf '%s' "$program" | sed 's/[\\&|]/\\&/g')
make_folder "$share/applications"
printf '%s\n' "$entry" >>"$list"
sed "s|^Exec=dataflow-desktop|Exec=\"$quoted\"|" "$here/share/applications/@APP_ID@.desktop" >"$entry"
make_folder "$(dirname -- "$command")"
printf '%s\n' "$command" >>"$list"
ln -sfn -- "$place/DataFlow" "$command"

if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q "$share/applications" || true
fi

printf '%s\n' "@APP_NAME@ @VERSION@ is installed in $place." \
    "Start it from the menu of programs, or in a terminal: dataflow-desktop"
case :$PATH: in
*:"$HOME/.local/bin":*) ;;
*) printf '%s\n' "(A terminal finds it once $HOME/.local/bin is in PATH, often after the next login.)" ;;
esac
printf '%s\n' "Take it out again with $place/uninstall.sh"
