#!/bin/sh
# run.sh BUILD [all|-v]: the checks of this folder, each counted as one test.
#
# A check prints "file:line: message" for each breach and fails if there is
# one; run from the top of the tree.  A dozen are shown, or all of them; -v
# shows also what a check that passes has to say.
build=$1
mode=$2
passed=0
failed=0
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

show() {
	if [ -z "$mode" ] && [ "$(wc -l <"$log")" -gt 12 ]; then
		sed -n '1,12s/^/    /p' "$log"
		echo "    ... all $(wc -l <"$log") of them: make check"
	else
		sed 's/^/    /' "$log"
	fi
}

for check in tests/house/check_*; do
	"$check" . "$build" "$mode" >"$log" 2>&1
	status=$?
	if [ "$status" -eq 77 ]; then
		cat "$log"
	elif [ "$status" -eq 0 ]; then
		passed=$((passed + 1))
		[ "$mode" != -v ] || show
	else
		failed=$((failed + 1))
		echo "FAIL $check"
		show
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
