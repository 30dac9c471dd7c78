#!/usr/bin/env bash
# Tests the plugin on the running rig, in two streams at once that share no site:
# live.sh RIG.json. In each, PHPUnit first, then Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
export GIP4ALL_RIG=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

stream() {
  GIP4ALL_SITES="$*" phpunit -c wordpress-plugin/tests/live.xml &&
    GIP4ALL_SITES="$*" npm run --silent test:wordpress
}

stream wp68 net71 >"$log" 2>&1 &
second=$!
failed=
stream wp61 wp71 || failed=1
wait "$second" || failed=1
cat "$log"
[ -z "$failed" ]
