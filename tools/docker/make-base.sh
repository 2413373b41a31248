#!/usr/bin/env bash
# make-base.sh: makes a local node:24-bookworm-slim where no image registry can be reached, from Debian
# packages and the npm package that carries Node. It trusts what this machine trusts (its certificate
# authorities). Images that are meant for others are built on the official one.
# Needs mmdebstrap, npm and root. About 25 seconds.
set -euo pipefail
docker=${DOCKER:-docker}
major=24
tag=node:$major-bookworm-slim
case $(uname -m) in
  x86_64) arch=x64 ;;
  aarch64) arch=arm64 ;;
  *) echo "make-base.sh knows no Node for $(uname -m)." >&2; exit 1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
slim=(--aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io)
for part in man doc locale info; do slim+=(--dpkgopt="path-exclude=/usr/share/$part/*"); done
mmdebstrap --quiet --mode=root --variant=essential --include=libstdc++6,passwd "${slim[@]}" \
  bookworm debian.tar "${mirror:-https://deb.debian.org/debian}"

npm pack --silent "node-linux-$arch@$major" >/dev/null
tar -xzf "node-linux-$arch"-*.tgz package/bin/node
mkdir -p local/bin local/lib/node_modules
mv package/bin/node local/bin/
cp -a "$(npm root --global)/npm" local/lib/node_modules/
ln -s ../lib/node_modules/npm/bin/npm-cli.js local/bin/npm
ln -s ../lib/node_modules/npm/bin/npx-cli.js local/bin/npx
cp -L "${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" ca.crt

cat >Dockerfile <<'D'
FROM scratch
ADD debian.tar /
RUN groupadd -g 1000 node && useradd -u 1000 -g node -s /bin/bash -m node
COPY ca.crt /etc/ssl/certs/ca-certificates.crt
COPY local/ /usr/local/
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
D
DOCKER_BUILDKIT=1 "$docker" build --quiet --tag "$tag" . >/dev/null
echo "$tag made here: Node $("$docker" run --rm "$tag" node --version)"
