/*
 * ip-not-canonical: addresses that programs read in different ways.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/address.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "", "Service" },
	{ "networking.k8s.io", "NetworkPolicy" },
	{ "discovery.k8s.io", "EndpointSlice" },
	{ NULL, NULL }
};

/* Paths of texts, or of lists of texts. */
static const char *const fields[] = {
	"spec.clusterIP",
	"spec.clusterIPs",
	"spec.externalIPs",
	"spec.loadBalancerIP",
	"spec.loadBalancerSourceRanges",
};

static void check_text(struct lint_run *run, const char *field,
		       const struct value *value)
{
	const char *text = value_string_or(value, "");
	const char *canonical = lint_ip_canonical(run->arena, text);

	if (!canonical)
		return;
	lint_report(run, value, "%s '%s' is not canonical", field, text);
	if (*canonical)
		lint_help(run, "write %s", canonical);
}

static void check_field(struct lint_run *run, const char *field,
			const struct value *value)
{
	const struct value *item;

	check_text(run, field, value);
	list_foreach (item, value)
		check_text(run, field, item);
}

static void check_peers(struct lint_run *run, const struct value *rules,
			const char *direction)
{
	const struct value *rule, *peer;

	list_foreach (rule, rules)
		list_foreach (peer, value_get(rule, direction)) {
			const struct value *block = value_get(peer, "ipBlock");

			check_field(run, "cidr", value_get(block, "cidr"));
			check_field(run, "except", value_get(block, "except"));
		}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *item;
	size_t i;

	if (object_is(object, "", "Service"))
		for (i = 0; i < ARRAY_COUNT(fields); i++)
			check_field(run, fields[i] + strlen("spec."),
				    value_at(object->root, fields[i]));
	check_peers(run, value_at(object->root, "spec.ingress"), "from");
	check_peers(run, value_at(object->root, "spec.egress"), "to");
	list_foreach (item, value_get(object->root, "endpoints"))
		check_field(run, "address", value_get(item, "addresses"));
}

const struct lint_rule lint_ip_not_canonical = {
	.name = "ip-not-canonical",
	.code = "PL5114",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An address is not written in its canonical form.",
	.why = "Programs that compare it as text, or read leading zeros as "
	       "octal, see another address.",
	.fix = "Write the canonical form.",
	.kinds = kinds,
	.check_object = check,
};
