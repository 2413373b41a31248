#!/usr/bin/env bash
# engine-down.sh DIR [--purge]: stops the engine that engine-up.sh started under DIR, and no other.
# Its images stay for the next time; --purge removes them as well.
set -u
dir=${1:?the folder of the engine}
if [ -f "$dir/pid" ]; then
  pid=$(cat "$dir/pid")
  kill "$pid" 2>/dev/null
  for _ in $(seq 300); do
    [ -d "/proc/$pid" ] || break
    sleep 0.1
  done
  if [ -d "/proc/$pid" ]; then
    echo "dockerd (process $pid) does not stop; its log is $dir/log." >&2
    exit 1
  fi
  rm -f "$dir/pid"
fi
[ "${2:-}" = --purge ] || exit 0
awk -v dir="$dir/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount
rm -rf "$dir/data" "$dir/exec" "$dir/log"
