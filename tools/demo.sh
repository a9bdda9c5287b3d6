#!/bin/sh
# The main job on the examples: render three environments, say what the rules
# found and where, and answer who wrote a field.
set -eu

tool=$(realpath "$1")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

say() {
	printf '\n\n# %s\n$ %s\n' "$1" "$2"
}

cd examples/shop
say "One chart, overlays, templates and a kustomization: dev, staging, prod." \
	"cd examples/shop; plimsoll build -o dist"
status=0
"$tool" build -o "$out/dist" 2>"$out/log" || status=$?
if [ "$status" -gt 1 ]; then
	cat "$out/log" >&2
	exit 1
fi
grep '^wrote' "$out/log" | sed "s|$out/||"
say "What is written is plain YAML." "head -n 20 dist/prod/shop.yaml"
head -n 20 "$out/dist/prod/shop.yaml"

say "The same run checks it. Each finding names the line to edit, once." \
	"plimsoll lint"
"$tool" lint --fail-on never

say "Who set a field, and what it was before." \
	"plimsoll why Deployment/shop-worker spec.replicas -e prod"
"$tool" why Deployment/shop-worker spec.replicas -e prod

cd ../legacy
say "Old manifests, without a project file." \
	"cd ../legacy; plimsoll lint --format line"
"$tool" lint --fail-on never --format line
printf '\nThe bundles were written to a temporary folder, which is gone now.\n'
