#!/bin/sh
# deps.sh: install what is missing to build and test, by the system's packages.
packages="gcc make pkg-config git python3 libc6-dev libyaml-dev libpcre2-dev
	libgit2-dev libarchive-dev libssl-dev libcrypt-dev libcmocka-dev
	tzdata"

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
	cat >&2 <<-'END'
	deps.sh: this system has no apt; install by its own means:
	  a C11 compiler, make, pkg-config, git, python3, and the headers of
	  libyaml, PCRE2 (8 bit), libgit2, libarchive, OpenSSL (libcrypto),
	  libcrypt (libxcrypt), the time zones (tzdata) and, for the tests, cmocka.
	END
	exit 1
fi

# A package may be there under another name (a compiler by hand, python3 of
# some version manager), so what is a program is looked for as a program.
missing=
for package in $packages; do
	case $package in
	gcc) command -v cc >/dev/null && command -v gcc >/dev/null && continue ;;
	make | git | python3 | pkg-config)
		command -v "$package" >/dev/null && continue ;;
	esac
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
	[ "$state" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
	echo "deps: everything is there"
	exit 0
fi

root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "deps.sh: run as root: apt-get install$missing" >&2
		exit 1
	fi
	root=sudo
fi
echo "deps: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q </dev/null ||
	echo "deps: the lists are not fresh; going on with what is known" >&2
# shellcheck disable=SC2086
exec $root apt-get install -q -y --no-install-recommends $missing </dev/null
