#!/bin/sh
# run.sh PROGRAM: a program of unit tests; what fails is shown, all is counted.
# A test that is skipped has not passed.
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
CMOCKA_MESSAGE_OUTPUT=TAP timeout 300 "$1" >"$log" 2>&1
status=$?
passed=$(grep '^ok ' "$log" | grep -cv '# SKIP')
failed=$(grep -c -e '^not ok ' -e '^ok .*# SKIP' "$log")
if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
	echo "FAIL $(basename "$1"): it ended with status $status"
	failed=1
fi
if [ "$failed" -ne 0 ]; then
	echo "FAIL $(basename "$1")"
	grep -v '^ok ' "$log" | sed 's/^/    /'
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
