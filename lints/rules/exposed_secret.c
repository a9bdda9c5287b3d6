/*
 * exposed-secret: a token of a known service stands in the tree.
 */
#include "lints/lint.h"
#include "lints/subjects/secrets.h"
#include "model/object.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "minEntropy", LINT_PARAM_NUMBER, "3.5",
	  "Randomness that is wanted, in bits a character." },
	{ .name = NULL }
};

enum {
	DEPTH_MAX = 200
};

static int64_t tenths(const struct lint_run *run)
{
	return (int64_t)(lint_param_number(run, "minEntropy") * 10 + 0.5);
}

static void visit(struct lint_run *run, const struct value *at,
		  const char *field, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;
	const char *what;

	if (value_is_string(at) && at->len >= LINT_SECRET_SHORTEST) {
		what = lint_secret_token(value_string(at), at->len,
					 tenths(run));
		if (what)
			lint_report(run, at, "%s holds what looks like %s",
				    field, what);
		return;
	}
	if (depth > DEPTH_MAX)
		return;
	value_foreach (entry, at)
		visit(run, entry->value, entry->key, depth + 1);
	list_foreach (item, at)
		visit(run, item, field, depth + 1);
}

static void check(struct lint_run *run, const struct object *object)
{
	/* What is encrypted looks random on purpose. */
	if (value_get(object->root, "sops") ||
	    object_is(object, "bitnami.com", "SealedSecret"))
		return;
	visit(run, object->root, "", 0);
}

const struct lint_rule lint_exposed_secret = {
	.name = "exposed-secret",
	.code = "PL4003",
	.group = LINT_SECRETS,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "An object holds what looks like a token of a known "
		   "service.",
	.why = "Whoever reads the repository, or a copy of it, may use the "
	       "token until it is revoked.",
	.fix = "Revoke it, then keep it out of the repository.",
	.params = params,
	.check_object = check,
};
