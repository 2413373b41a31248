#!/usr/bin/env bash
# engine-up.sh DIR: says which Docker engine to use, and starts one under DIR if none answers.
# Prints "DOCKER_HOST=..."; DIR/pid exists only while an engine runs that this script started.
# Exit code 75: there is no engine, and none can be started here.
set -u
dir=${1:?the folder for an engine of our own}
docker=${DOCKER:-docker}
answers() { "$docker" -H "$1" version --format '{{.Server.Version}}' >/dev/null 2>&1; }

host=${DOCKER_HOST:-$("$docker" context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null)}
host=${host:-unix:///var/run/docker.sock}
if answers "$host"; then
  echo "DOCKER_HOST=$host"
  exit 0
fi
if ! command -v dockerd >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "No Docker engine answers at $host, and none can be started: that takes dockerd and root." >&2
  exit 75
fi

mkdir -p "$dir"
host=unix://$dir/engine.sock
# Files of an engine that was killed keep the next one from starting.
rm -f "$dir/engine.pid" "$dir/pid"
# The network bridge and the firewall rules are the machine's: never two engines at once.
dockerd --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/engine.pid" \
  -H "$host" --shutdown-timeout 10 >"$dir/log" 2>&1 </dev/null &
pid=$!
for _ in $(seq 300); do
  if answers "$host"; then
    echo "$pid" >"$dir/pid"
    echo "DOCKER_HOST=$host"
    exit 0
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
echo "dockerd does not start; the end of its log:" >&2
tail -n 5 "$dir/log" >&2
kill "$pid" 2>/dev/null
exit 75
