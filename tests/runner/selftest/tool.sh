#!/bin/sh
# A program under test for the runner's own test: it does as it is told.
verb=$1
shift
case $verb in
say) printf '%s\n' "$@" ;;
complain) printf '%s\n' "$@" >&2 ;;
status) exit "$1" ;;
read) cat ;;
show) cat "$1" ;;
write) printf '%s\n' "$2" >"$1" ;;
where) pwd ;;
variable) eval "printf '%s\n' \"\$$1\"" ;;
names) env | sed 's/=.*//' | grep -E '^(HOME|PATH|USER|TERM|NAME)$' | sort ;;
commits) /usr/bin/env git log --format='%an %ad %s' --date=iso ;;
staged) /usr/bin/env git diff --cached --name-only ;;
die) kill -9 $$ ;;
lint) # FINDINGS [--format line]: print a file of findings as they stand
	cat "$1"
	[ "$2 $3" = "--format line" ] || exit 9
	;;
*) exit 99 ;;
esac
