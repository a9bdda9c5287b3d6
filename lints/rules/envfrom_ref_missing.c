/*
 * envfrom-ref-missing: envFrom takes all keys of a ConfigMap or Secret that
 * does not exist.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const sources[][2] = {
		{ "configMapRef", "ConfigMap" },
		{ "secretRef", "Secret" },
	};
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(c->spec, "envFrom"))
		for (i = 0; i < ARRAY_COUNT(sources); i++) {
			const struct value *from =
				value_get(item, sources[i][0]);
			const struct value *name = value_get(from, "name");
			struct lint_reference ref = {
				"",
				sources[i][1],
				lint_namespace(run, c->object),
				value_string_or(name, ""),
			};

			if (value_is_true(value_get(from, "optional")) ||
			    !lint_dangles(run, &ref))
				continue;
			lint_report(run, name,
				    "envFrom of '%s' reads %s '%s', which "
				    "does not exist",
				    container_name(c), ref.kind, ref.name);
			lint_help_create(run, &ref);
		}
}

const struct lint_rule lint_envfrom_ref_missing = {
	.name = "envfrom-ref-missing",
	.code = "PL7002",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "The envFrom of a container names a ConfigMap or Secret "
		   "that does not exist.",
	.why = "The container waits for the object and never starts.",
	.fix = "Create it or correct the name.",
	.params = params,
	.check_container = check,
};
