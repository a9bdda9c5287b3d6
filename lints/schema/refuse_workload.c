/*
 * Controllers of pods: strategies, and what a template may not say.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	PERCENT = 100,
	FAILURE_RULES = 20,
	EXIT_CODES = 255,
	SUCCESS_RULES = 20
};

/* A percentage above all pods, where that makes no sense to the server. */
static void check_percent(struct schema_walk *walk, const struct schema_at *at,
			  const char *field)
{
	const char *text = schema_text(at, field);
	size_t digits = strspn(text, "0123456789");
	int64_t percent;

	if (digits && strcmp(text + digits, "%") == 0 &&
	    number_parse_int(text, digits, 10, &percent) == NUMBER_OK &&
	    percent > PERCENT)
		schema_refuse_field(walk, at, field,
				    "must not be greater than 100%%");
}

/* Pods of these live as long as they are wanted. */
static void check_template(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at template = schema_child(walk, at, "template");
	struct schema_at pod = schema_child(walk, &template, "spec");

	if (schema_has(&pod, "activeDeadlineSeconds"))
		schema_refuse_field(walk, &pod, "activeDeadlineSeconds",
				    "is not supported in a %s",
				    walk->object->kind);
}

void schema_check_deployment(struct schema_walk *walk,
			     const struct schema_at *at)
{
	struct schema_at strategy = schema_child(walk, at, "strategy");
	struct schema_at rolling =
		schema_child(walk, &strategy, "rollingUpdate");

	check_template(walk, at);
	check_percent(walk, &rolling, "maxUnavailable");
	if (rolling.value &&
	    strcmp(schema_text(&strategy, "type"), "Recreate") == 0)
		schema_refuse_field(walk, &strategy, "rollingUpdate",
				    "may not be specified when the type is "
				    "Recreate");
}

void schema_check_controller(struct schema_walk *walk,
			     const struct schema_at *at)
{
	check_template(walk, at);
}

static bool is_zero(const struct schema_at *at, const char *field, int unset)
{
	const struct value *value = value_get(at->value, field);

	if (value_is_null(value))
		return !unset;
	return value_equals_int(value, 0) || value_equals_string(value, "0%");
}

/* maxUnavailable is 1 unless it is written, even where maxSurge is. */
void schema_check_daemon_set(struct schema_walk *walk,
			     const struct schema_at *at)
{
	struct schema_at strategy = schema_child(walk, at, "updateStrategy");
	struct schema_at rolling =
		schema_child(walk, &strategy, "rollingUpdate");
	bool surge = !is_zero(&rolling, "maxSurge", 0);
	bool unavailable = !is_zero(&rolling, "maxUnavailable", 1);

	check_template(walk, at);
	if (!rolling.value ||
	    strcmp(schema_text(&strategy, "type"), "OnDelete") == 0)
		return;
	check_percent(walk, &rolling, "maxUnavailable");
	check_percent(walk, &rolling, "maxSurge");
	if (surge && unavailable)
		schema_refuse_field(walk, &rolling, "maxSurge",
				    "may not be set when maxUnavailable is not "
				    "0; that is 1 unless it is set");
	else if (!surge && !unavailable)
		schema_refuse_field(walk, &rolling, "maxUnavailable",
				    "cannot be 0 when maxSurge is 0");
}

void schema_check_stateful_set(struct schema_walk *walk,
			       const struct schema_at *at)
{
	struct schema_at strategy = schema_child(walk, at, "updateStrategy");
	struct schema_at ordinals = schema_child(walk, at, "ordinals");

	check_template(walk, at);
	schema_refuse_range(walk, &ordinals, "start", 0, INT32_MAX);
	if (strcmp(schema_text(&strategy, "type"), "OnDelete") == 0 &&
	    schema_has(&strategy, "rollingUpdate"))
		schema_refuse_field(walk, &strategy, "rollingUpdate",
				    "only allowed for the type RollingUpdate");
}

/* The server makes the selector, and compares a written one with it. */
static void check_job_selector(struct schema_walk *walk,
			       const struct schema_at *at)
{
	struct schema_at selector = schema_child(walk, at, "selector");
	struct schema_at labels = schema_child(walk, &selector, "matchLabels");
	bool manual = value_is_true(value_get(at->value, "manualSelector"));

	if (strcmp(walk->object->kind, "Job") != 0) {
		if (selector.value)
			schema_refuse_field(walk, at, "selector",
					    "is made by the server");
		if (manual)
			schema_refuse_field(walk, at, "manualSelector",
					    "must be false in a CronJob");
		return;
	}
	if (!manual &&
	    (value_count(labels.value) ||
	     value_count(value_get(selector.value, "matchExpressions"))) &&
	    !schema_has(&labels, "controller-uid") &&
	    !schema_has(&labels, "batch.kubernetes.io/controller-uid"))
		schema_refuse_field(walk, at, "selector",
				    "is made by the server unless "
				    "manualSelector is true");
}

static void check_exit_codes(struct schema_walk *walk,
			     const struct schema_at *at)
{
	struct schema_at values = schema_child(walk, at, "values");
	size_t count = value_count(values.value), i;
	int64_t former = -1, number;

	if (values.value && (!count || count > EXIT_CODES))
		schema_refuse(walk, &values, "must have 1 to %d values",
			      EXIT_CODES);
	for (i = 0; i < count; i++) {
		struct schema_at value = schema_item(&values, i);

		if (!value_as_int(value.value, &number))
			return;
		if (!number && strcmp(schema_text(at, "operator"), "In") == 0)
			schema_refuse(walk, &value,
				      "must not be 0 for the In operator");
		if (i && number <= former)
			schema_refuse(walk, &value,
				      "must be ordered, each value once");
		former = number;
	}
}

void schema_check_failure_rule(struct schema_walk *walk,
			       const struct schema_at *at)
{
	static const char *const fields[] = { "onExitCodes", "onPodConditions",
					      NULL };
	const struct value *conditions =
		value_get(at->value, "onPodConditions");
	struct schema_at codes = schema_child(walk, at, "onExitCodes");

	if (codes.value && value_count(conditions))
		schema_refuse_field(walk, at, fields[1],
				    "onExitCodes and onPodConditions cannot "
				    "both be specified");
	else if (!codes.value && !value_count(conditions))
		schema_refuse(walk, at,
			      "must specify one of: onExitCodes, "
			      "onPodConditions");
	if (codes.value)
		check_exit_codes(walk, &codes);
}

static void check_failure_policy(struct schema_walk *walk,
				 const struct schema_at *at)
{
	struct schema_at policy = schema_child(walk, at, "podFailurePolicy");
	struct schema_at template = schema_child(walk, at, "template");
	struct schema_at pod = schema_child(walk, &template, "spec");
	const char *replacement = schema_text(at, "podReplacementPolicy");

	if (!policy.value)
		return;
	if (value_count(value_get(policy.value, "rules")) > FAILURE_RULES)
		schema_refuse_field(walk, &policy, "rules",
				    "must have at most %d items",
				    FAILURE_RULES);
	if (strcmp(schema_text(&pod, "restartPolicy"), "OnFailure") == 0)
		schema_refuse_field(walk, &pod, "restartPolicy",
				    "must be Never with podFailurePolicy");
	if (*replacement && strcmp(replacement, "Failed") != 0)
		schema_refuse_field(walk, at, "podReplacementPolicy",
				    "must be Failed with podFailurePolicy");
}

void schema_check_job(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at success = schema_child(walk, at, "successPolicy");
	size_t rules = value_count(value_get(success.value, "rules"));

	check_job_selector(walk, at);
	check_failure_policy(walk, at);
	if (success.value &&
	    strcmp(schema_text(at, "completionMode"), "Indexed") != 0)
		schema_refuse_field(walk, at, "successPolicy",
				    "needs completionMode Indexed");
	if (success.value && (!rules || rules > SUCCESS_RULES))
		schema_refuse_field(walk, &success, "rules",
				    "must have 1 to %d items", SUCCESS_RULES);
}
