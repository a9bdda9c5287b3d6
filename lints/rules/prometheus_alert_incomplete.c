/*
 * prometheus-alert-incomplete: an alert that says too little.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "monitoring.coreos.com", "PrometheusRule" }, { NULL, NULL }
};

static const struct lint_param params[] = {
	{ "for", LINT_PARAM_BOOL, "true", "An alert needs a duration." },
	{ "labels", LINT_PARAM_TEXTS, "[severity]",
	  "Labels that an alert needs." },
	{ "annotations", LINT_PARAM_TEXTS, "[summary]",
	  "Annotations that an alert needs." },
	{ .name = NULL }
};

static void check_alert(struct lint_run *run, const struct value *rule,
			const char *name)
{
	static const char *const parts[] = { "labels", "annotations" };
	const char *const *key;
	size_t i;

	if (lint_param_bool(run, "for") &&
	    value_is_null(value_get(rule, "for"))) {
		lint_report_absent(run, rule, "for", "alert '%s' lacks for",
				   name);
		lint_help(run, "add for");
	}
	for (i = 0; i < ARRAY_COUNT(parts); i++) {
		const struct value *map = value_get(rule, parts[i]);

		for (key = lint_param_texts(run, parts[i]); *key; key++) {
			if (!value_is_null(value_get(map, *key)))
				continue;
			lint_report(run, map ? map : rule,
				    "alert '%s' lacks %s.%s", name, parts[i],
				    *key);
			lint_help(run, "add %s.%s", parts[i], *key);
		}
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *group, *rule;

	list_foreach (group, value_at(object->root, "spec.groups"))
		list_foreach (rule, value_get(group, "rules"))
			if (value_is_string(value_get(rule, "alert")))
				check_alert(
					run, rule,
					value_string(value_get(rule, "alert")));
}

const struct lint_rule lint_prometheus_alert_incomplete = {
	.name = "prometheus-alert-incomplete",
	.code = "PLX121",
	.group = LINT_PACK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "An alert has no duration, severity or summary.",
	.why = "It fires at the first spike, or nobody knows what to do with "
	       "it.",
	.fix = "Add it.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
