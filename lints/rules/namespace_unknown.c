/*
 * namespace-unknown: objects in a namespace that nothing here makes.
 *
 * Reported at the first object of each such namespace.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value_path.h"

static const char *const built_in[] = { "default", "kube-system", "kube-public",
					"kube-node-lease", NULL };

static bool is_built_in(const char *name)
{
	size_t i;

	for (i = 0; built_in[i]; i++)
		if (strcmp(built_in[i], name) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run)
{
	const char *own = run->bundle->name_space;
	struct object *object;
	struct table seen;

	table_init(&seen, run->arena);
	bundle_foreach (object, run->bundle) {
		const char *name = object->name_space;
		struct lint_reference ref = { "", "Namespace", "", name };
		const char *near;

		if (!*name || (own && strcmp(own, name) == 0) ||
		    is_built_in(name) || table_gets(&seen, name))
			continue;
		table_puts(&seen, name, object);
		if (lint_referred(run, &ref) || lint_is_elsewhere(run, &ref))
			continue;
		near = lint_near_name(run, &ref);
		lint_report_in(run, object,
			       value_at(object->root, "metadata.namespace"),
			       "no Namespace '%s' is in this set%s", name,
			       lint_did_you_mean(run, near));
	}
}

const struct lint_rule lint_namespace_unknown = {
	.name = "namespace-unknown",
	.code = "PL8120",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Objects are in a namespace that the set does not make.",
	.why = "In a fresh cluster the apply fails until somebody has made it.",
	.fix = "Add the Namespace, or name it under externals.",
	.check_bundle = check,
};
