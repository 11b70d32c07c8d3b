#!/bin/sh
# Installs the package and the tarball in bare Debian 12 systems without Swift, and tries the dashboard and commands there.
# Needs root, debootstrap, lintian and tmux.
#
# Usage: assets/package/try.sh [FOLDER]   (that of make.sh; default: .build/package)
set -eu
cd "$(dirname "$0")/../.."
folder=$(cd "${1:-.build/package}" && pwd)
deb=$(ls "$folder"/*.deb)
archive=$(ls "$folder"/*.tar.gz)
work=$(mktemp -d)
ended() {
    tmux -L souk-try kill-server 2> /dev/null || true
    umount "$work/one/proc" "$work/two/proc" 2> /dev/null || true
    rm -rf --one-file-system "$work"
}
trap ended EXIT

lintian --fail-on error "$deb"
echo "lintian: no errors"

[ -f "$folder/bookworm.tar" ] || debootstrap --variant=minbase --make-tarball="$folder/bookworm.tar" bookworm \
    "$work/download" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }

# Runs commands of souk, and the dashboard on a terminal until it shows its first screen and is left.
tried() {
    root=$1 souk=$2
    for line in "--version" "--sandbox status" "--sandbox customers list --limit 3" \
        "--sandbox subscriptions show 1000917 --json"; do
        printf '$ souk %s\n' "$line"
        # The words of a line are the arguments.
        # shellcheck disable=SC2086
        chroot "$root" $souk $line 2>&1 | head -4 | cut -c1-110
    done
    tmux -L souk-try -f /dev/null new-session -d -x 80 -y 24 "chroot '$root' env TERM=screen-256color LANG=C.UTF-8 $souk --sandbox"
    for _ in $(seq 100); do
        tmux -L souk-try capture-pane -p > "$work/screen" 2> /dev/null || true
        grep -q "NEEDS YOU NOW" "$work/screen" && break
        sleep 0.1
    done
    grep -q "NEEDS YOU NOW" "$work/screen" || { cat "$work/screen" >&2; echo "no dashboard" >&2; exit 1; }
    head -8 "$work/screen"
    tmux -L souk-try send-keys q
    for _ in $(seq 50); do tmux -L souk-try has-session 2> /dev/null || return 0; sleep 0.1; done
    echo "the dashboard does not leave" >&2
    exit 1
}

prepared() {
    debootstrap --variant=minbase --unpack-tarball="$folder/bookworm.tar" bookworm "$1" > "$work/log" 2>&1 ||
        { tail -20 "$work/log" >&2; exit 1; }
    cp /etc/resolv.conf "$1/etc/resolv.conf"
    # Swift reads the words of a command line there.
    mount -t proc proc "$1/proc"
    ! chroot "$1" sh -c 'command -v swift'
}

echo "== the Debian package"
prepared "$work/one"
cp "$deb" "$work/one/tmp"
chroot "$work/one" apt-get install -y -q "/tmp/$(basename "$deb")" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
tried "$work/one" souk
chroot "$work/one" apt-get remove -y -q souk > "$work/log" 2>&1

echo "== the tarball"
prepared "$work/two"
tar -C "$work/two/opt" -xzf "$archive"
chroot "$work/two" apt-get install -y -q libncursesw6 > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
tried "$work/two" "/opt/$(basename "$archive" .tar.gz)/bin/souk"
echo "both work"
