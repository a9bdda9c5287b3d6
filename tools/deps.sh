#!/bin/sh
# deps.sh: install what is missing to build and test, by the system's packages:
# apt, dnf, apk, pacman or brew, the first of them that is there.
# DEPS_DRY_RUN=1 only says what would be run.

# A package may be there under another name (a compiler by hand, python3 of
# some version manager), so what is a program is looked for as a program.
programs="make git python3 pkg-config"
has_program() {
	case " $programs " in
	*" $1 "*) command -v "$1" >/dev/null ;;
	*) [ "$1" = gcc ] && command -v cc >/dev/null &&
		command -v gcc >/dev/null ;;
	esac
}

# find_missing CHECK PACKAGE...: CHECK succeeds for what is installed.
find_missing() {
	check=$1
	shift
	missing=
	for package; do
		has_program "$package" || $check "$package" >/dev/null 2>&1 ||
			missing="$missing $package"
	done
}

has_apt() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1")" = installed ]
}

as_root=
need_root() {
	[ "$(id -u)" -eq 0 ] || as_root=sudo
}

go() {
	if [ -z "$missing" ]; then
		echo "deps: everything is there"
		exit 0
	fi
	echo "deps: installing$missing"
	if [ -n "$DEPS_DRY_RUN" ]; then
		echo "$as_root $*$missing"
		exit 0
	fi
	if [ -n "$as_root" ] && ! command -v sudo >/dev/null; then
		echo "deps.sh: run as root: $*$missing" >&2
		exit 1
	fi
	# shellcheck disable=SC2086
	exec $as_root "$@" $missing </dev/null
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
	need_root
	find_missing has_apt gcc make pkg-config git python3 libc6-dev \
		libyaml-dev libpcre2-dev libgit2-dev libarchive-dev \
		libssl-dev libcrypt-dev libcmocka-dev tzdata pre-commit
	if [ -n "$missing" ] && [ -z "$DEPS_DRY_RUN" ]; then
		$as_root apt-get update -q </dev/null ||
			echo "deps: the lists are not fresh; going on with" \
				"what is known" >&2
	fi
	go env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends
elif command -v dnf >/dev/null; then
	need_root
	find_missing "rpm -q" gcc make pkgconf-pkg-config git python3 \
		glibc-devel libyaml-devel pcre2-devel libgit2-devel \
		libarchive-devel openssl-devel libxcrypt-devel \
		libcmocka-devel tzdata
	go dnf install -y
elif command -v apk >/dev/null; then
	need_root
	# Its libc knows bcrypt; no image of it comes with lists of packages.
	find_missing "apk info -e" gcc make pkgconf git python3 musl-dev \
		yaml-dev pcre2-dev libgit2-dev libarchive-dev openssl-dev \
		cmocka-dev tzdata
	go apk add -U
elif command -v pacman >/dev/null; then
	need_root
	find_missing "pacman -Q" gcc make pkgconf git python libyaml pcre2 \
		libgit2 libarchive openssl libxcrypt cmocka tzdata
	# A fresh image has no lists; with old ones the system is to be upgraded.
	lists=y
	[ -e "${PACMAN_LISTS:-/var/lib/pacman/sync}/core.db" ] && lists=
	go pacman "-S$lists" --noconfirm --needed
elif command -v brew >/dev/null; then
	find_missing "brew list --formula" make pkg-config git python3 libyaml \
		pcre2 libgit2 libarchive openssl@3 libxcrypt cmocka
	go brew install
fi
cat >&2 <<-'END'
deps.sh: none of apt, dnf, apk, pacman and brew is here; install by the means
of this system: a C11 compiler, make, pkg-config, git, python3, and the headers
of libyaml, PCRE2 (8 bit), libgit2, libarchive, OpenSSL (libcrypto), libcrypt
(libxcrypt), the time zones (tzdata) and, for the tests, cmocka.
END
exit 1
