#!/bin/sh
# Makes what people install: a Debian package and a tarball, with the program, its manual pages, completions, themes and
# the licences of all that is linked in. On Debian 12 with Swift; needs dpkg-dev and git.
#
# Usage: assets/package/make.sh [FOLDER]   (default: .build/package)
# SOUK_PROGRAM=FILE takes a program that is built already instead of building one.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-.build/package}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

commit=$(git rev-parse --short HEAD)
compiler=$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
if [ -n "${SOUK_PROGRAM:-}" ]; then
    program=$SOUK_PROGRAM
else
    swift build -c release --static-swift-stdlib --product souk --explicit-target-dependency-import-check error \
        --scratch-path "$folder/build" -Xcc "-DSOUK_BUILD=\"$commit, Swift $compiler\""
    program=$folder/build/release/souk
fi
version=$("$program" --version | sed 's/^souk \([^ ]*\).*/\1/')
machine=$(dpkg --print-architecture)
# The same commit gives the same files.
date=$(git log -1 --format=%cd --date=format:'%Y-%m-%d %H:%M:%S %z')

maintainer="The souk authors <souk@souk.invalid>"
tree=$folder/tree
rm -rf "$tree"
usr=$tree/usr
doc=$usr/share/doc/souk
mkdir -p "$usr/bin" "$doc" "$usr/share/man/man1" "$usr/share/souk/themes" \
    "$usr/share/bash-completion/completions" "$usr/share/zsh/vendor-completions" "$usr/share/fish/vendor_completions.d"
install -m 755 "$program" "$usr/bin/souk"
strip --strip-all "$usr/bin/souk"
"$usr/bin/souk" commands --manual "$usr/share/man/man1"
gzip -9n "$usr/share/man/man1"/*.1
"$usr/bin/souk" completions bash > "$usr/share/bash-completion/completions/souk"
"$usr/bin/souk" completions zsh > "$usr/share/zsh/vendor-completions/_souk"
"$usr/bin/souk" completions fish > "$usr/share/fish/vendor_completions.d/souk.fish"
cp assets/themes/*.theme "$usr/share/souk/themes"
gzip -9nc CHANGELOG.md > "$doc/CHANGELOG.md.gz"
gzip -9nc > "$doc/changelog.gz" <<END
souk ($version) stable; urgency=medium

  * CHANGELOG.md.gz says what has changed.

 -- $maintainer  $(git log -1 --format=%cD)
END
# The standard library of Swift brings a copy of zlib.
mkdir -p "$usr/share/lintian/overrides"
echo "souk: embedded-library zlib *" > "$usr/share/lintian/overrides/souk"
cp README.md "$doc"

{
    echo "souk contains parts of the packages below, the standard library of Swift $compiler among them."
    for package in .build/checkouts/* "$folder"/build/checkouts/*; do
        [ -d "$package" ] || continue
        name=$(basename "$package")
        for file in "$package"/LICENSE* "$package"/NOTICE*; do
            [ -f "$file" ] && printf '\n\n==== %s: %s\n\n' "$name" "$(basename "$file")" && cat "$file"
        done
    done
    compilerPath=$(readlink -f "$(command -v swift)")
    printf '\n\n==== swift: LICENSE.txt\n\n'
    cat "${compilerPath%/bin/*}/share/swift/LICENSE.txt"
} | sed 's/[[:space:]]*$//' | gzip -9n > "$doc/third-party-licences.gz"

{
    echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    echo "Upstream-Name: souk"
    echo
    echo "Files: *"
    sed -n 's/^Copyright (c) /Copyright: /p' LICENSE
    echo "License: Expat"
    sed '1,/^Copyright/d' LICENSE | sed '/./,$!d' | sed 's/^$/./; s/^/ /'
    echo
    echo "Comment: third-party-licences.gz beside this file holds the licences of the packages that are linked in."
} > "$doc/copyright"

archive=souk-$version-linux-$(uname -m)
rm -rf "${folder:?}/$archive"
cp -r "$usr" "$folder/$archive"
cp LICENSE "$folder/$archive"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -C "$folder" -czf "$folder/$archive.tar.gz" "$archive"
rm -rf "${folder:?}/$archive"

control=$folder/control
rm -rf "$control"
mkdir -p "$control/debian"
printf 'Source: souk\n\nPackage: souk\nArchitecture: any\n' > "$control/debian/control"
depends=$(cd "$control" && dpkg-shlibdeps -O "$usr/bin/souk" 2> /dev/null | sed -n 's/^shlibs:Depends=//p')
mkdir -p "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<END
Package: souk
Version: $version
Architecture: $machine
Maintainer: $maintainer
Installed-Size: $(du -sk "$usr" | cut -f1)
Depends: $depends
Recommends: ca-certificates
Section: net
Priority: optional
Description: dashboard and command line for the Ingram Micro Cloud Marketplace
 Resellers browse the account tree, find products by MPN and place orders
 without a mouse; support staff look into subscriptions and orders; scripts
 do the same as JSON. A sandbox marketplace is built in.
END
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f ! -path '*/bin/*' -exec chmod 644 {} +
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) dpkg-deb --root-owner-group --build "$tree" \
    "$folder/souk_${version}_$machine.deb" > /dev/null
rm -rf "$tree" "$control"

ls -l "$folder"/*.deb "$folder"/*.tar.gz
echo "links:"
objdump -p "$program" | sed -n 's/ *NEEDED */  /p'
echo "depends: $depends"
