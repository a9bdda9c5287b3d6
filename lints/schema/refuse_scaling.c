/*
 * Autoscalers: metrics and how fast they act.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "model/object.h"
#include "model/value.h"

enum {
	WINDOW_LONGEST = 3600,
	PERIOD_LONGEST = 1800
};

/* The type and the field that it asks for. */
static const struct {
	const char *type;
	const char *field;
} metrics[] = {
	{ "ContainerResource", "containerResource" },
	{ "External", "external" },
	{ "Object", "object" },
	{ "Pods", "pods" },
	{ "Resource", "resource" },
};

static void check_resource_target(struct schema_walk *walk,
				  const struct schema_at *target)
{
	bool value = schema_has(target, "averageValue");
	bool utilization = schema_has(target, "averageUtilization");

	if (!value && !utilization)
		schema_refuse(walk, target,
			      "must set either averageValue or "
			      "averageUtilization");
	else if (value && utilization)
		schema_refuse_field(walk, target, "averageValue",
				    "may not be set beside "
				    "averageUtilization");
}

static void check_target(struct schema_walk *walk,
			 const struct schema_at *source, const char *type)
{
	struct schema_at target = schema_child(walk, source, "target");
	bool value = schema_has(&target, "value");
	bool average = schema_has(&target, "averageValue");

	if (!value_is_map(target.value))
		return;
	if (strcmp(type, "Resource") == 0 ||
	    strcmp(type, "ContainerResource") == 0)
		check_resource_target(walk, &target);
	else if (strcmp(type, "Pods") == 0 && !average)
		schema_refuse_field(walk, &target, "averageValue",
				    "is required");
	else if (!value && !average)
		schema_refuse(walk, &target,
			      "must set either value or averageValue");
	else if (strcmp(type, "External") == 0 && value && average)
		schema_refuse_field(walk, &target, "value",
				    "may not be set beside averageValue");
	schema_refuse_range(walk, &target, "averageUtilization", 1, INT32_MAX);
}

/* The first beta spelled its metrics in another way. */
void schema_check_metric(struct schema_walk *walk, const struct schema_at *at)
{
	const char *type = schema_text(at, "type");
	size_t i;

	if (strcmp(walk->object->group, "autoscaling") != 0 ||
	    strcmp(walk->object->version, "v2beta1") == 0)
		return;
	for (i = 0; i < ARRAY_COUNT(metrics); i++) {
		const char *field = metrics[i].field;
		bool wanted = strcmp(metrics[i].type, type) == 0;

		if (wanted && !schema_has(at, field)) {
			schema_refuse_field(walk, at, field,
					    "must populate information for "
					    "the given metric source");
		} else if (wanted) {
			struct schema_at source = schema_child(walk, at, field);

			check_target(walk, &source, type);
		} else if (*type && schema_has(at, field)) {
			schema_refuse_field(walk, at, field,
					    "must populate the given metric "
					    "source only: %s",
					    type);
		}
	}
}

void schema_check_scaling_rules(struct schema_walk *walk,
				const struct schema_at *at)
{
	const struct value *policies = value_get(at->value, "policies");

	schema_refuse_range(walk, at, "stabilizationWindowSeconds", 0,
			    WINDOW_LONGEST);
	if (value_is_list(policies) && !value_count(policies))
		schema_refuse_field(walk, at, "policies",
				    "must specify at least one");
}

void schema_check_scaling_policy(struct schema_walk *walk,
				 const struct schema_at *at)
{
	schema_refuse_range(walk, at, "value", 1, INT32_MAX);
	schema_refuse_range(walk, at, "periodSeconds", 1, PERIOD_LONGEST);
}
