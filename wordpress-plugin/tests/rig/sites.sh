# Sourced by rig.sh: the sites, the database and the proxy beside them. Everything listens on the
# loopback or on a socket, runs in a process group of its own, and is stopped by the id that was
# written down when it was started.

SITES=(wp61 wp68 wp71 net71)
RUN=$RIG/run
SOCKET=$RUN/db.sock
GIP=${GIP_BINARY:-$(cd "$here/../../.." && pwd)/bin/gip}
PHP=(php -d memory_limit=512M -d sendmail_path=/bin/true -d display_errors=0 -d log_errors=1 -d "error_log=$RUN/php.log")

# Which WordPress a site is made of; net71 is a network in subdirectories.
release_of() { case $1 in net71) echo wp71 ;; *) echo "$1" ;; esac; }

sql() { mariadb --no-defaults --socket="$SOCKET" -u root "$@"; }

# What seeded sites depend on: when it changes, they are made anew.
recipe() { cat "$here"/*.php "$here"/sites.sh "$here"/theme/* "$(where "$(release_of "$1")")/wp-includes/version.php" | sha256sum | cut -c1-16; }

free_port() { php -r 'echo explode( ":", stream_socket_get_name( stream_socket_server( "tcp://127.0.0.1:0" ), false ) )[1];'; }

is_free() { php -r 'exit( @stream_socket_server( "tcp://127.0.0.1:" . $argv[1] ) ? 0 : 1 );' "$1"; }

# launch NAME PROGRAM…: starts it in a group of its own and writes its id down.
launch() {
  local name=$1
  shift
  setsid "$@" >"$RUN/$name.log" 2>&1 </dev/null &
  echo $! >"$RUN/$name.pid"
}

# Stops what launch started: all first asked, then waited for. An id that is someone else's by now
# is left alone: whatever the rig starts has its folder among its arguments or its environment.
halt() {
  local name pid pids=()
  for name in "$@"; do
    pid=$(cat "$RUN/$name.pid" 2>/dev/null) || continue
    rm -f "$RUN/$name.pid"
    cat "/proc/$pid/cmdline" "/proc/$pid/environ" 2>/dev/null | tr '\0' '\n' | grep -qF "$RIG" || continue
    kill -- "-$pid" 2>/dev/null && pids+=("$pid")
  done
  for pid in "${pids[@]}"; do
    for _ in $(seq 300); do kill -0 -- "-$pid" 2>/dev/null || break; sleep .05; done
  done
}

# await WHAT COMMAND…: until the command works.
await() {
  local what=$1
  shift
  for _ in $(seq 400); do "$@" >/dev/null 2>&1 && return; sleep .05; done
  die "$what does not answer; see $RUN"
}

start_database() {
  if [ ! -d "$RIG/db/mysql" ]; then
    mkdir -p "$RIG/db"
    mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$RIG/db" --auth-root-authentication-method=normal \
      --skip-test-db --innodb-log-file-size=16M >"$RUN/db-init.log" 2>&1
  fi
  # Nothing here outlives a test: durability only costs time.
  launch db mariadbd --no-defaults --user="$(id -un)" --datadir="$RIG/db" --socket="$SOCKET" --pid-file="$RUN/db.own" \
    --skip-networking --skip-log-bin --performance-schema=OFF --innodb-log-file-size=16M --innodb-buffer-pool-size=64M \
    --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync
  await MariaDB sql -e 'SELECT 1'
}

# A new site: files, configuration, installation, images and pages.
make_site() {
  local name=$1 port dir=$RIG/site/$1
  port=$(free_port)
  rm -rf "$dir" "$RIG/seeded/$name"
  mkdir -p "$dir" "$RIG/seeded"
  # The package's .htaccess is a link to nothing.
  cp -aL "$(where "$(release_of "$name")")/." "$dir/" 2>/dev/null || true
  rm -rf "$dir/wp-config.php" "$dir"/wp-content/plugins/*
  mkdir -p "$dir"/wp-content/{uploads,mu-plugins,upgrade}
  cp -a "$here/theme" "$dir/wp-content/themes/gip4all-classic"
  cp -a "$here/mu-rig.php" "$dir/wp-content/mu-plugins/"
  sed -e "s|@NAME@|$name|; s|@SOCKET@|$SOCKET|; s|@PORT@|$port|" "$here/wp-config.php" >"$dir/wp-config.php"
  echo "$port" >"$dir/.port"
  sql -e "DROP DATABASE IF EXISTS rig_$name; CREATE DATABASE rig_$name CHARACTER SET utf8mb4"
  "${PHP[@]}" "$here/install.php" "$dir" || die "$name: no installation; see $RUN/php.log"
  if [ "$name" = net71 ]; then
    run_php "$name" network.php || die "$name: no network; see $RUN/php.log"
    sed -i "s|^/\* network \*/|define( 'MULTISITE', true ); define( 'SUBDOMAIN_INSTALL', false ); define( 'DOMAIN_CURRENT_SITE', '127.0.0.1:$port' ); define( 'PATH_CURRENT_SITE', '/' ); define( 'SITE_ID_CURRENT_SITE', 1 ); define( 'BLOG_ID_CURRENT_SITE', 1 );|" "$dir/wp-config.php"
    run_php "$name" second.php || die "$name: no second site; see $RUN/php.log"
  fi
  run_php "$name" seed.php >"$RUN/$name.seeds" || die "$name: no seeds; see $RUN/$name.seeds and $RUN/php.log"
  if [ "$name" = net71 ]; then
    RIG_PATH=/two/ run_php "$name" seed.php >"$RUN/$name.more" || die "$name: no seeds of its second site; see $RUN/php.log"
    php -r 'echo json_encode( array_merge( ...array_map( fn( $f ) => json_decode( file_get_contents( $f ), true ), array_slice( $argv, 1 ) ) ), JSON_UNESCAPED_SLASHES ), "\n";' \
      "$RUN/$name.seeds" "$RUN/$name.more" >"$RUN/$name.both"
    mv "$RUN/$name.both" "$RUN/$name.seeds"
  fi
  cp -a "$dir/wp-content" "$RIG/seeded/$name"
  cp "$RUN/$name.seeds" "$RIG/seeded/$name/.seeds"
  recipe "$name" >"$RIG/seeded/$name/.recipe"
}

# Tells whether a site is as its seeds left it, and its port is still to be had.
is_made() {
  [ "$(cat "$RIG/seeded/$1/.recipe" 2>/dev/null)" = "$(recipe "$1")" ] && is_free "$(cat "$RIG/site/$1/.port")"
}

# Runs a script of this folder, or any other, with WordPress loaded.
run_php() {
  local name=$1 file=$2
  shift 2
  [ -f "$file" ] || file=$here/$file
  "${PHP[@]}" -d display_errors=stderr "$here/run.php" "$RIG/site/$name" "$file" "$@"
}

# Brings database and files back to the seeds; makes what is missing first.
restore() {
  local name changed=
  rm -rf "$RIG/db"
  [ -d "$RIG/seeded/db" ] && cp -a "$RIG/seeded/db" "$RIG/db"
  start_database
  for name in "${SITES[@]}"; do
    is_made "$name" && continue
    make_site "$name"
    changed=1
  done
  [ -n "$changed" ] || { for name in "${SITES[@]}"; do restore_files "$name"; done; return 0; }
  halt db
  rm -rf "$RIG/seeded/db"
  cp -a "$RIG/db" "$RIG/seeded/db"
  restore
}

# Puts the plugin's archive into every site by WordPress's own installer.
install_plugin() {
  local name archive
  archive=$(realpath "$1")
  for name in "${SITES[@]}"; do run_php "$name" plugin.php "$archive"; done
}

restore_files() {
  local content=$RIG/site/$1/wp-content
  rm -rf "$content"
  cp -a "$RIG/seeded/$1" "$content"
}

serve_site() {
  local name=$1 port
  port=$(cat "$RIG/site/$name/.port")
  PHP_CLI_SERVER_WORKERS=${WORKERS:-4} launch "$name" "${PHP[@]}" -d opcache.enable_cli=1 -S "127.0.0.1:$port" -t "$RIG/site/$name" "$here/router.php"
  await "$name" curl -fsS -o /dev/null "http://127.0.0.1:$port/readme.html"
}

# Key and salt are made of words: they guard nothing.
hexed() { printf %s "$1" | sha256sum | cut -c1-64; }
KEY=$(hexed "the rig's key")
SALT=$(hexed "the rig's salt")

serve_proxy() {
  local port name sources=
  port=$(free_port)
  for name in "${SITES[@]}"; do sources+=${sources:+,}http://127.0.0.1:$(cat "$RIG/site/$name/.port")/; done
  [ -x "$GIP" ] || die "$GIP is not built: make build"
  mkdir -p "$RIG/gip"
  printf 'sites:\n  - name: rig\n    sources: ["%s"]\n' "${sources//,/\", \"}" >"$RIG/gip/gip.yaml"
  GIP_LISTEN=127.0.0.1:$port GIP_PUBLIC_URL=http://127.0.0.1:$port GIP_DATA=$RIG/gip/data GIP_CONFIG=$RIG/gip/gip.yaml \
    GIP_KEYS=$KEY:$SALT GIP_ADMIN_TOKEN=rig GIP_ALLOW_NETWORKS=127.0.0.0/8 GIP_ALLOWED_SOURCES=$sources launch gip "$GIP" serve
  await "gip serve" curl -fsS -o /dev/null "http://127.0.0.1:$port/health"
  echo "$port" >"$RUN/gip.port"
  rm -rf "$RUN/moods"
  mkdir "$RUN/moods"
  free_port >"$RUN/front.port"
  RIG_MOODS=$RUN/moods RIG_PROXY=http://127.0.0.1:$port PHP_CLI_SERVER_WORKERS=6 launch front "${PHP[@]}" -S "127.0.0.1:$(cat "$RUN/front.port")" "$here/front.php"
  await "the proxy's front" curl -fsS -o /dev/null "http://127.0.0.1:$(cat "$RUN/front.port")/health"
}

# Milliseconds that a site's page takes, as the best of many.
page_ms() {
  local url
  url=http://127.0.0.1:$(cat "$RIG/site/$1/.port")$(php -r 'echo json_decode( file_get_contents( $argv[1] ), true )["/"]["pages"]["blocks"];' "$RIG/seeded/$1/.seeds")
  for _ in $(seq 25); do curl -fsS -o /dev/null -w '%{time_total}\n' "$url"; done | sort -n | awk 'NR == 1 { printf "%.1f\n", 1000 * $1 }'
}

# What tests need to know, as JSON.
describe() {
  local name comma=
  printf '{\n  "proxy": { "endpoint": "http://127.0.0.1:%s", "key": "%s", "salt": "%s", "site": "rig", "token": "rig", "front": "http://127.0.0.1:%s", "moods": "%s" },\n  "sites": {' "$(cat "$RUN/gip.port")" "$KEY" "$SALT" "$(cat "$RUN/front.port")" "$RUN/moods"
  for name in "${SITES[@]}"; do
    printf '%s\n    "%s": { "url": "http://127.0.0.1:%s", "folder": "%s", "seeds": %s }' "$comma" "$name" "$(cat "$RIG/site/$name/.port")" "$RIG/site/$name" "$(cat "$RIG/seeded/$name/.seeds")"
    comma=,
  done
  printf '\n  }\n}\n'
}

# Starts everything; when a part does not start, what did is stopped.
up() {
  local name
  mkdir -p "$RUN"
  down
  trap down EXIT
  restore
  for name in "${SITES[@]}"; do serve_site "$name"; done
  serve_proxy
  describe >"$RUN/rig.json"
  trap - EXIT
}

down() { halt "${SITES[@]}" front gip db; }
