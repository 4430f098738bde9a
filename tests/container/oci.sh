#!/bin/bash
# oci.sh - build and run an OCI image on a Debian 12 box with no Docker engine and no container registry.
#   oci.sh setup                                   apt packages, Docker's seccomp profile, podman settings
#   oci.sh base  [NAME]                            base image from Debian packages, tagged as the Dockerfile's FROM
#   oci.sh build CONTEXT TAG [podman build args]   build, with this machine's pip/apt settings mounted, not baked
#   oci.sh podman ARGUMENTS                        podman with these settings: Docker's default capabilities and seccomp
#   oci.sh profile                                 print that seccomp profile
set -euo pipefail
W=${OCI_WORK:-/var/tmp/oci-lab}; H=$W/host
BASE=${OCI_BASE:-localhost/debian:bookworm-slim}; SUITE=${OCI_SUITE:-bookworm}
export CONTAINERS_CONF=$W/containers.conf CONTAINERS_STORAGE_CONF=$W/storage.conf CONTAINERS_REGISTRIES_CONF=$W/registries.conf

setup() {
  mkdir -p "$W"
  local c; for c in podman runc mmdebstrap; do command -v $c >/dev/null || {
    apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends podman runc mmdebstrap; break; }; done
  # limits no higher than what we have: without CAP_SYS_RESOURCE podman's own 1048576 is refused
  local n; n=$(ulimit -Hn); [ "$n" = unlimited ] || [ "$n" -gt 16384 ] && n=16384
  cat > "$CONTAINERS_CONF" <<C
[containers]
default_capabilities = ["CHOWN","DAC_OVERRIDE","FSETID","FOWNER","MKNOD","NET_RAW","SETGID","SETUID","SETFCAP","SETPCAP","NET_BIND_SERVICE","SYS_CHROOT","KILL","AUDIT_WRITE"]
default_ulimits = ["nofile=$n:$n", "nproc=16384:16384"]
seccomp_profile = "$W/docker-seccomp.json"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
C
  printf '[storage]\ndriver = "overlay"\ngraphroot = "%s/store"\nrunroot = "%s/run"\n' "$W" "$W" > "$CONTAINERS_STORAGE_CONF"
  printf 'unqualified-search-registries = []\n' > "$CONTAINERS_REGISTRIES_CONF"
  if [ ! -s "$W/docker-seccomp.json" ]; then   # Docker 20.10.24's own default profile, out of a Debian package (not installed)
    ( cd "$W"; apt-get download -q golang-github-docker-docker-dev 2>/dev/null
      dpkg-deb --fsys-tarfile golang-github-docker-docker-dev_*.deb |
        tar -xO ./usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json > docker-seccomp.json
      rm golang-github-docker-docker-dev_*.deb )
  fi
}

base() {
  podman image exists "$BASE" && return
  local src=(); [ -e /etc/apt/sources.list.d/debian.sources ] && src=(/etc/apt/sources.list.d/debian.sources)
  mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname"' "$SUITE" "$W/base.tar" "${src[@]}"
  podman import -q -m "mmdebstrap $SUITE minbase" "$W/base.tar" "$BASE" >/dev/null; rm "$W/base.tar"
}

hostcfg() {  # everything of this machine that a build may need, in one directory mounted at /mnt (which the base already has)
  rm -rf "$H"; mkdir -p "$H/sources.list.d"; : > "$H/mounts"
  cp -L /etc/ssl/certs/ca-certificates.crt "$H/ca.crt"
  cp /etc/apt/sources.list.d/*.sources "$H/sources.list.d/"
  { echo 'Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "/mnt/sources.list.d";'
    apt-config dump | grep -E '^Acquire::(Check-|http|https|Retries)' || true; } > "$H/apt.conf"
  { echo '[global]'; echo 'cert = /mnt/ca.crt'
    pip config list | sed -nE "s/^(global|:env:)\.(index-url|extra-index-url|find-links|trusted-host|proxy|default-timeout)='(.*)'$/\2 = \3/p" |
      sort -u -t= -k1,1 | sed -E 's#(= |[ ]|file://)/#\1/mnt/#g'; } > "$H/pip.conf"
  local p; for p in $(grep -oE '/mnt/[^ ]+' "$H/pip.conf"); do   # local indexes and wheel folders
    p=${p#/mnt}; p=${p%/simple}; [ -d "$p" ] || continue
    mkdir -p "$H$p"; echo "-v $p:/mnt$p:ro" >> "$H/mounts"; done
}

build() { local ctx=$1 tag=$2; shift 2; hostcfg
  podman build --pull=never --network=host --format docker -t "$tag" \
    --secret id=pipconf,src="$H/pip.conf" --secret id=aptconf,src="$H/apt.conf" \
    -v "$H:/mnt:ro" $(cat "$H/mounts") "$@" "$ctx"; }


profile() { cat "$W/docker-seccomp.json"; }

"$@"
