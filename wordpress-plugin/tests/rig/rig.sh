#!/usr/bin/env bash
# WordPress to test against, without a web server, a service manager or a container: Debian's own
# packages of three releases, unpacked and not installed (installing them would start apache).
#
#   rig.sh deps           install what the rig needs (PHP, PHPUnit, MariaDB's programs; no daemon)
#   rig.sh get RELEASE    download and unpack one WordPress: wp61, wp68 or wp71
#   rig.sh where RELEASE  print the folder that holds wp-includes
#   rig.sh up             start the sites, each as its seeds left it, with a database and a proxy
#   rig.sh down           stop all of it
#   rig.sh plugin ZIP     install the plugin's archive in every site, without activating it
#   rig.sh php SITE FILE  run a script with a site's WordPress loaded
#   rig.sh page-ms SITE   print how long the site's own page takes at best, in milliseconds
#   rig.sh json           print the name of the file that says where everything is
#
# Everything lives in $RIG (.cache/wordpress of the repository). wp71 moves with Debian's unstable.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
RIG=${RIG:-$(cd "$here/../../.." && pwd)/.cache/wordpress}

die() { echo "rig: $*" >&2; exit 1; }

# Which Debian release carries which WordPress, and what its package links to.
suite() {
  case $1 in
    wp61) echo bookworm ;;
    wp68) echo trixie ;;
    wp71) echo sid ;;
    *) die "\"$1\" is none of wp61, wp68, wp71" ;;
  esac
}

packages() {
  echo wordpress libjs-cropper libjs-underscore php-getid3
  case $1 in
    wp61) echo wordpress-theme-twentytwentythree wordpress-theme-twentytwentyone ;;
    wp68) echo wordpress-theme-twentytwentyfive libjs-lodash ;;
    wp71) echo wordpress-theme-twentytwentyfive libjs-lodash libjs-jquery-ui libphp-phpmailer ;;
  esac
}

# The mirror that this machine uses already serves every release: none is named here.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sed -n 1p
}

deps() {
  local missing=() sudo=
  for package in php-cli php-curl php-gd php-intl php-mbstring php-mysql php-xml php-zip phpunit \
    php-codesniffer mariadb-server-core mariadb-client-core curl; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "installing: ${missing[*]}"
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# apt with lists, state and cache of its own, so that the machine's sources stay as they are.
own_apt() {
  apt-get -o Dir::Etc::sourcelist="$apt/list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State="$apt/state" -o Dir::State::lists="$apt/state/lists" -o Dir::State::status="$apt/state/status" \
    -o Dir::Cache="$apt/cache" -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User=root "$@"
}

get() {
  local release=$1 suite
  suite=$(suite "$release")
  [ -f "$RIG/$release/.complete" ] && return
  apt=$RIG/apt/$release
  rm -rf "${RIG:?}/$release"
  mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,debs} "$RIG/$release"
  : >"$apt/state/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $suite main" >"$apt/list"
  own_apt update -qq
  # shellcheck disable=SC2046 # one word a package
  (cd "$apt/debs" && own_apt download -qq $(packages "$release"))
  for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$RIG/$release"; done
  grep '^$wp_version' "$(where "$release")/wp-includes/version.php"
  touch "$RIG/$release/.complete"
}

where() { suite "$1" >/dev/null; echo "$RIG/$1/usr/share/wordpress"; }

# shellcheck source=wordpress-plugin/tests/rig/sites.sh
. "$here/sites.sh"

case ${1:-} in
  deps) deps ;;
  get) get "${2:?a release}" ;;
  where) where "${2:?a release}" ;;
  up) up ;;
  down) down ;;
  plugin) install_plugin "${2:?an archive}" ;;
  php) shift; run_php "$@" ;;
  page-ms) page_ms "${2:?a site}" ;;
  json) echo "$RUN/rig.json" ;;
  *) sed -n '5,13s/^# *//p' "$0" ;;
esac
