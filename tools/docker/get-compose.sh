#!/usr/bin/env bash
# get-compose.sh DIR: puts Docker's compose and buildx plugins into DIR/cli-plugins, out of a newer Debian
# release, without installing anything. Use them with DOCKER_CONFIG=DIR. Needs apt and Debian 12 or later.
set -euo pipefail
out=${1:?the folder for the plugins}
release=trixie
work=$(mktemp -d)
# apt downloads as a user of its own.
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,cache/archives/partial,unpacked} "$out/cli-plugins"
cd "$work"

mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-https://deb.debian.org/debian} $release main" >sources.list
cat >apt.conf <<C
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
C
export APT_CONFIG=$work/apt.conf
apt-get update -qq
apt-get download -qq "docker-compose/$release" "docker-buildx/$release"
for package in *.deb; do dpkg-deb -x "$package" unpacked; done
cp unpacked/usr/libexec/docker/cli-plugins/* "$out/cli-plugins/"
