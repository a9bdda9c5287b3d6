#!/bin/sh
# run.sh BUILD [-v]: the checks of this folder, each counted as one test.
#
# A check prints "file:line: message" for each breach and fails if there is
# one; run from the top of the tree.
build=$1
passed=0
failed=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
for check in tests/house/check_*; do
	"$check" . "$build" $2 >"$log" 2>&1
	status=$?
	if [ "$status" -eq 77 ]; then
		cat "$log"
		continue
	elif [ "$status" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $check"
		sed 's/^/    /' "$log"
	fi
	[ -z "$2" ] || cat "$log"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
