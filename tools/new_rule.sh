#!/bin/sh
# A new rule in its three places: tools/new_rule.sh some-rule
set -eu

name=${1:-}
case $name in
'' | *[!a-z0-9-]*)
	echo "usage: make new-rule NAME=some-rule (lower case, with hyphens)" >&2
	exit 2
	;;
esac
id=$(printf %s "$name" | tr - _)
file=lints/rules/$id.c
[ ! -e "$file" ] || {
	echo "$file is there already" >&2
	exit 2
}

cat >"$file" <<END
/*
 * $name: what is wrong, in one sentence.
 *
 * Why it is looked for in this way.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *field = value_get(c->spec, "field");

	if (!field)
		lint_report_absent(run, c->spec, "field",
				   "container '%s' has no field",
				   container_name(c));
}

const struct lint_rule lint_$id = {
	.name = "$name",
	.code = "PL0000",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.summary = "One sentence.",
	.why = "One sentence.",
	.fix = "One sentence.",
	.check_container = check,
};
END

cat >"tests/cases/lints/$id.test" <<END
=== bad: the field is missing
run: lint --only $name --format line in.yaml
exit: 1
-- in.yaml --
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app                      # want: $name

=== good: the field is there
run: lint --only $name in.yaml
-- in.yaml --
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app
      field: 1
END

{
	sed '/^RULE/,$d' lints/rules.def
	{
		grep '^RULE' lints/rules.def || true
		echo "RULE($id)"
	} | LC_ALL=C sort
} >lints/rules.def.new
mv lints/rules.def.new lints/rules.def
echo "$file, its row in lints/rules.def, tests/cases/lints/$id.test"
