#!/bin/sh
# suite.sh BUILD [NAME...]: run the parts of the suite and add their counts.
#
# A part is a program whose last line is "N passed, N failed"; NAME says which,
# and without one all are run.  A part that ends without that line has failed.
# BUILD is the folder that holds the program and the test programs.
build=$1
shift
[ $# -gt 0 ] || set -- runner cases properties accounts units fuzz gates house
passed=0
failed=0
# Under a sanitizer the same calls need several times the stack.
case $build in
*san-*) ulimit -s 524288 2>/dev/null || ulimit -s unlimited 2>/dev/null ;;
esac
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

# count COMMAND...: run it, show what it says but for its last line.
count() {
	"$@" >"$log" 2>&1
	last=$(tail -n 1 "$log")
	p=$(expr "$last" : '\([0-9][0-9]*\) passed, [0-9][0-9]* failed$')
	f=$(expr "$last" : '[0-9][0-9]* passed, \([0-9][0-9]*\) failed$')
	if [ -z "$p" ] || [ -z "$f" ]; then
		echo "FAIL $1 ended without its counts"
		cat "$log"
		p=0
		f=1
	else
		sed '$d' "$log"
	fi
	passed=$((passed + p))
	failed=$((failed + f))
}

for part; do
	case $part in
	cases)
		count build/tests/run --tool "$build/plimsoll" \
			--only "$ONLY" tests/cases
		;;
	properties) count tests/properties.sh "$build/plimsoll" ;;
	accounts) count tests/accounts.sh "$build/plimsoll" ;;
	runner) count tests/runner/selftest.sh build/tests/run ;;
	units)
		for test in "$build"/tests/unit/test_*; do
			[ -x "$test" ] || continue
			count tests/unit/run.sh "$test"
		done
		;;
	fuzz)
		for source in tests/fuzz/*.c; do
			name=$(basename "$source" .c)
			[ "$name" = replay ] && continue
			count "$build/tests/fuzz/$name" "$name" \
				"tests/fuzz/corpus/$name"
		done
		;;
	gates) count tests/gates.sh "$build/plimsoll" ;;
	house) count tests/house/run.sh "$build" ;;
	*) echo "suite.sh: nothing is known of $part" >&2; exit 2 ;;
	esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
