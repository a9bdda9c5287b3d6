#!/bin/sh
# selftest.sh RUNNER: the case runner over cases that pass, cases that fail,
# and cases to be blessed.  The program under test is a script.
runner=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/selftest" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# same TITLE WANT GOT: two files must be equal
same() {
	if diff -u "$2" "$3" >"$work/diff"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL tests/runner/selftest: $1"
		sed 's/^/    /' "$work/diff"
	fi
}

run() {
	"$runner" --tool ./tool.sh "$@" 2>&1
	echo "status $?"
}

count=$(grep -c '^=== ' good.test)
printf '%s passed, 0 failed\nstatus 0\n' "$count" >"$work/want"
run good.test >"$work/got"
same "cases that pass" "$work/want" "$work/got"

{ cat bad.want; echo "status 1"; } >"$work/want"
run bad.test >"$work/got"
same "cases that fail" "$work/want" "$work/got"
run --jobs 1 bad.test >"$work/got"
same "cases that fail, one after the other" "$work/want" "$work/got"

printf '1 passed, 0 failed\nstatus 0\n' >"$work/want"
run --only 'base64, with' good.test >"$work/got"
same "only one case" "$work/want" "$work/got"

cp bless.test "$work/bless.test"
run --bless "$work/bless.test" >"$work/said"
same "wants after bless" bless.want "$work/bless.test"
run --bless "$work/bless.test" >"$work/said"
same "wants after bless again" bless.want "$work/bless.test"
sed "s|$work/||" "$work/said" >"$work/got"
cat >"$work/want" <<'END'
FAIL bless.test:26: a wrong status is for a person
    exit status is 1, want 0
    stdout differs:
        @@ line 1 @@
        -old
4 passed, 1 failed
status 1
END
same "what bless leaves" "$work/want" "$work/got"

mkdir "$work/empty"
run "$work/empty" >"$work/got"
printf '0 passed, 0 failed\nstatus 0\n' >"$work/want"
same "an empty folder" "$work/want" "$work/got"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
