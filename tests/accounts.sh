#!/bin/sh
# accounts.sh PLIMSOLL: every file of YAML is used or counted under a reason.
#
# The trees are the examples and a small monorepo of the bench, each with and
# without Git.  What `find` counts on the disk is what discovery says it saw,
# and --show-skipped has a line for each file that is not used.
plimsoll=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# holds WHAT LEFT RIGHT
holds() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $1: $2 and $3"
	fi
}

# number NAME: of the report's "skipped"
number() {
	sed -n "s/^ \"skipped\": .*\"$1\": \([0-9]*\)[,}].*/\1/p" "$work/json"
}

# account TITLE: of the tree in the working directory
account() {
	"$plimsoll" lint --isolated --show-skipped --format json . \
		>"$work/json" 2>"$work/err"
	disk=$(find . -name .git -prune -o -type f \
		\( -name '*.yaml' -o -name '*.yml' \) -print | wc -l)
	named=$(grep -c '^skipped .*\.ya\{0,1\}ml: ' "$work/err")
	sum=0
	for row in notManifests unreferenced generated folders; do
		sum=$((sum + $(number $row)))
	done
	holds "$1: files on the disk and files seen" $((disk)) "$(number files)"
	holds "$1: files counted and files named" "$sum" "$named"
}

export PYTHONDONTWRITEBYTECODE=1
mkdir "$work/mono" "$work/all"
(cd "$tests/bench" && python3 -c "import inputs, sys
inputs.monorepo(sys.argv[1], 10, 4, 300, 500)" "$work/mono") || failed=1
cp -R "$tests/../examples/." "$work/all"
cp -R "$work/mono" "$work/all/mono"
mkdir -p "$work/all/.hidden" "$work/all/x/testdata" "$work/all/node_modules"
for dir in .hidden x/testdata node_modules; do
	echo 'a: b' >"$work/all/$dir/a.yml"
done
for tree in mono all; do
	cd "$work/$tree" || exit 1
	find . -name '*.json' -exec rm {} +
	account "$tree"
	git init -q . && git add -A
	account "$tree, with Git"
done
echo "$passed passed, $failed failed"
