#!/bin/sh
# The main job on the examples: render three environments, say what the rules
# found and where, and answer who wrote a field.
set -eu

tool=$(realpath "$1")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

say() {
	printf '\n$ %s\n' "$*"
}

cd examples/shop
say plimsoll build -o dist
"$tool" build -o "$out/dist" --format line 2>"$out/log" || {
	cat "$out/log" >&2
	exit 1
}
grep '^wrote' "$out/log" | sed "s|$out/||"
printf '\n%s, the first lines of it:\n' dist/prod/shop.yaml
head -n 18 "$out/dist/prod/shop.yaml"

say plimsoll lint shop
"$tool" lint --fail-on never shop

say plimsoll why Deployment/shop-worker spec.replicas -e prod
"$tool" why Deployment/shop-worker spec.replicas -e prod

cd ../legacy
say plimsoll lint examples/legacy --format line
"$tool" lint --fail-on never --format line .
