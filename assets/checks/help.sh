#!/bin/sh
# Holds manual pages and completions against the programs that read them: man, bash, zsh and fish.
# Usage: help.sh SOUK
set -eu
souk=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$souk" commands --manual "$folder"
for page in "$folder"/*.1; do
    warnings=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings=all -E UTF-8 -l "$page" 2>&1 > /dev/null)
    [ -z "$warnings" ] || { echo "$page: $warnings" >&2; exit 1; }
done
echo "manual pages: $(ls "$folder" | wc -l), no warnings"

for shell in bash zsh fish; do
    "$souk" completions "$shell" > "$folder/souk.$shell"
    "$shell" -n "$folder/souk.$shell"
done
# fish answers without a terminal.
cp "$souk" "$folder/souk"
words=$(PATH="$folder:$PATH" HOME="$folder" fish -c "source $folder/souk.fish; complete -C 'souk subscriptions '" | cut -f1 | sort | tr '\n' ' ')
case " $words" in *" list "*) ;; *) echo "fish offers: $words" >&2; exit 1 ;; esac
echo "completions: bash, zsh and fish read them"
