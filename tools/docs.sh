#!/bin/sh
# Write the pages that come from descriptors and cases: docs.sh PLIMSOLL DIR
set -eu

tool=$1
dir=$2
rm -rf "$dir"
mkdir -p "$dir/rules"

"$tool" config schema >"$dir/plimsoll.schema.json"
"$tool" help --markdown >"$dir/options.md"
"$tool" help --man >"$dir/plimsoll.1"
{
	printf '# Rules\n\nWritten by `make docs`. `plimsoll explain RULE` prints '
	printf 'the same page.\n\n'
	"$tool" rules --format markdown
} >"$dir/rules/README.md"
"$tool" rules --format json >"$dir/rules.json"
"$tool" explain --all --format markdown |
	python3 tools/pages.py "$dir" "$dir/rules.json" tests/cases/lints
rm "$dir/rules.json"
