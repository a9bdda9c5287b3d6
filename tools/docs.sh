#!/bin/sh
# Write the pages that come from descriptors: tools/docs.sh PLIMSOLL DIR
set -eu

tool=$1
dir=$2
mkdir -p "$dir/rules"

"$tool" config schema >"$dir/plimsoll.schema.json"
"$tool" help --markdown >"$dir/options.md"
"$tool" help --man >"$dir/plimsoll.1"
"$tool" rules --format markdown >"$dir/rules/README.md"
"$tool" explain --all --format markdown --output "$dir"
