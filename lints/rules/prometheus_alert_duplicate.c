/*
 * prometheus-alert-duplicate: an alert that is defined twice.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "monitoring.coreos.com", "PrometheusRule" }, { NULL, NULL }
};

static void check_group(struct lint_run *run, const struct value *group)
{
	const struct value *rule, *other;
	struct table alerts;

	table_init(&alerts, run->arena);
	list_foreach (rule, value_get(group, "rules")) {
		const struct value *alert = value_get(rule, "alert");
		const char *name = value_string_or(alert, "");

		if (!*name)
			continue;
		other = table_gets(&alerts, name);
		if (!other)
			table_puts(&alerts, name, (void *)rule);
		else if (value_equals(value_get(rule, "labels"),
				      value_get(other, "labels")))
			lint_report(run, alert, "alert '%s' is defined twice",
				    name);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *group;
	struct table groups;

	table_init(&groups, run->arena);
	list_foreach (group, value_at(object->root, "spec.groups")) {
		const struct value *name = value_get(group, "name");
		const char *text = value_string_or(name, "");

		check_group(run, group);
		if (*text && table_gets(&groups, text))
			lint_report(run, name, "group '%s' is defined twice",
				    text);
		table_puts(&groups, text, (void *)group);
	}
}

const struct lint_rule lint_prometheus_alert_duplicate = {
	.name = "prometheus-alert-duplicate",
	.code = "PLX120",
	.group = LINT_PACK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A group has an alert twice, or a PrometheusRule a group.",
	.why = "Prometheus refuses the file, or each alert is sent twice.",
	.fix = "Rename one.",
	.kinds = kinds,
	.check_object = check,
};
