/*
 * capabilities-custom: capabilities that the project forbids.
 */
#include "lints/lint.h"

#include <strings.h>

#include "lints/subjects/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "forbidden", LINT_PARAM_TEXTS, "[all]",
	  "What may not be added; all stands for each." },
	{ "exceptions", LINT_PARAM_TEXTS, "[]",
	  "What may be added all the same." },
	{ "dropped", LINT_PARAM_BOOL, "false",
	  "What is forbidden has to be dropped as well." },
	{ .name = NULL }
};

static bool is_named(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcasecmp(*names, name) == 0 ||
		    strcasecmp(*names, "all") == 0)
			return true;
	return false;
}

static const char *bare(const struct value *item)
{
	const char *name = value_string_or(item, "");

	return strncasecmp(name, "CAP_", 4) == 0 ? name + 4 : name;
}

static bool drops(const struct value *caps, const char *name)
{
	const struct value *item;

	list_foreach (item, value_get(caps, "drop"))
		if (strcasecmp(bare(item), name) == 0 ||
		    strcasecmp(bare(item), "all") == 0)
			return true;
	return false;
}

static void check_dropped(struct lint_run *run, const struct container_ref *c,
			  const struct value *caps)
{
	const char *const *name = lint_param_texts(run, "forbidden");

	for (; *name; name++)
		if (!drops(caps, *name))
			lint_report(run, caps ? caps : c->spec,
				    "container '%s' does not drop capability "
				    "%s, which is forbidden",
				    container_name(c), *name);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *caps = lint_own_security(c, "capabilities");
	const struct value *item;

	if (lint_param_bool(run, "dropped"))
		check_dropped(run, c, caps);
	list_foreach (item, value_get(caps, "add")) {
		const char *name = bare(item);

		if (*name &&
		    is_named(lint_param_texts(run, "forbidden"), name) &&
		    !is_named(lint_param_texts(run, "exceptions"), name))
			lint_report(run, item,
				    "container '%s' adds capability %s, which "
				    "is forbidden",
				    container_name(c), name);
	}
}

const struct lint_rule lint_capabilities_custom = {
	.name = "capabilities-custom",
	.code = "PL3109",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container adds, or keeps, a capability that is "
		   "forbidden here.",
	.why = "Each capability is a part of what root may do.",
	.fix = "Delete the capability, or drop it.",
	.params = params,
	.check_container = check,
};
