/*
 * certificate-secret-shared: two Certificates that write one Secret.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct value *secret_of(const struct object *object)
{
	return value_at(object->root, "spec.secretName");
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "cert-manager.io", "Certificate");
	const struct object *object, *other;
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		const char *secret, *key;

		object = set->objects.items[i];
		secret = value_string_or(secret_of(object), "");
		if (!*secret)
			continue;
		key = arena_printf(run->arena, "%s/%s",
				   lint_namespace(run, object), secret);
		other = table_gets(&seen, key);
		if (!other) {
			table_puts(&seen, key, (void *)object);
			continue;
		}
		lint_report_in(run, object, secret_of(object),
			       "Secret '%s' is written by Certificates '%s' "
			       "and '%s'",
			       secret, other->name, object->name);
		lint_related(run, secret_of(other), "the other one");
	}
}

const struct lint_rule lint_certificate_secret_shared = {
	.name = "certificate-secret-shared",
	.code = "PLX112",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "Two Certificates write one Secret.",
	.why = "Each overwrites what the other made, for ever.",
	.fix = "Give each its own.",
	.check_bundle = check,
};
