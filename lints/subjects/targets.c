#include "lints/subjects/targets.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

const struct group_kind lint_horizontal[] = {
	{ "autoscaling", "HorizontalPodAutoscaler" }, { NULL, NULL }
};

const struct group_kind lint_scalers[] = {
	{ "autoscaling", "HorizontalPodAutoscaler" },
	{ "keda.sh", "ScaledObject" },
	{ NULL, NULL },
};

const struct group_kind lint_vertical[] = {
	{ "autoscaling.k8s.io", "VerticalPodAutoscaler" }, { NULL, NULL }
};

static const char *group_of(struct arena *arena, const char *api_version)
{
	const char *slash = strchr(api_version, '/');

	return slash ? arena_strndup(arena, api_version,
				     (size_t)(slash - api_version))
		     : "";
}

const struct value *lint_target_ref(const struct object *scaler)
{
	return value_get(value_get(scaler->root, "spec"),
			 object_is_one_of(scaler, lint_vertical)
				 ? "targetRef"
				 : "scaleTargetRef");
}

struct lint_reference lint_target_of(struct lint_run *run,
				     const struct object *scaler)
{
	const struct value *ref = lint_target_ref(scaler);

	return (struct lint_reference){
		.group = group_of(run->arena,
				  value_string_or(value_get(ref, "apiVersion"),
						  "apps/v1")),
		.kind = value_string_or(value_get(ref, "kind"), "Deployment"),
		.name_space = lint_namespace(run, scaler),
		.name = value_string_or(value_get(ref, "name"), ""),
	};
}

/* What autoscalers act on; a Job of that name is something else. */
static bool may_scale(const struct object *object)
{
	struct podspec pod;

	return podspec_of(object, &pod) &&
	       strcmp(object->group, "batch") != 0 &&
	       strcmp(object->kind, "Pod") != 0;
}

static const struct object *find(struct lint_run *run,
				 const struct object *scaler, const char *kind)
{
	struct lint_reference ref = lint_target_of(run, scaler);
	const struct object_set *set = bundle_named(run->bundle, ref.name);
	const struct object *found = NULL;
	size_t i;

	for (i = 0; *ref.name && set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];

		if (!may_scale(object) ||
		    (kind && strcmp(object->kind, kind) != 0) ||
		    strcmp(lint_namespace(run, object), ref.name_space) != 0)
			continue;
		if (found)
			return NULL;
		found = object;
	}
	return found;
}

const struct object *lint_target_named(struct lint_run *run,
				       const struct object *scaler)
{
	return find(run, scaler, NULL);
}

const struct object *lint_target(struct lint_run *run,
				 const struct object *scaler)
{
	return find(run, scaler, lint_target_of(run, scaler).kind);
}

/* KEDA takes an autoscaler over where it is told to. */
static bool takes_over(const struct object *scaler)
{
	return value_equals_string(
		value_at(scaler->root,
			 "metadata.annotations[\"scaledobject.keda.sh/"
			 "transfer-hpa-ownership\"]"),
		"true");
}

static void check_shared(struct lint_run *run, struct table *seen,
			 struct object *scaler, const char *verb,
			 const char *consequence)
{
	struct lint_reference ref = lint_target_of(run, scaler);
	const char *key = arena_printf(run->arena, "%s\n%s\n%s", ref.name_space,
				       ref.kind, ref.name);
	const struct object *other = table_gets(seen, key);

	if (!*ref.name || takes_over(scaler))
		return;
	if (!other)
		table_puts(seen, key, scaler);
	/* Two objects of one name are duplicate-object's business. */
	else if (strcmp(other->name, scaler->name) != 0 ||
		 strcmp(other->kind, scaler->kind) != 0) {
		lint_report_in(
			run, scaler, value_get(lint_target_ref(scaler), "name"),
			"%s '%s' %s the same %s/%s%s", other->kind, other->name,
			verb, ref.kind, ref.name, consequence);
		lint_related(run, value_get(lint_target_ref(other), "name"),
			     "first targeted here");
	}
}

void lint_targets_shared(struct lint_run *run, const struct group_kind *kinds,
			 const char *verb, const char *consequence)
{
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (; kinds->kind; kinds++) {
		const struct object_set *set =
			bundle_of_kind(run->bundle, kinds->group, kinds->kind);

		for (i = 0; set && i < set->objects.count; i++)
			check_shared(run, &seen, set->objects.items[i], verb,
				     consequence);
	}
}

static bool is_relative(const struct value *metric)
{
	const struct value *target = value_get(metric, "target");

	return value_equals_string(value_get(target, "type"), "Utilization") ||
	       value_get(target, "averageUtilization") ||
	       value_get(metric, "targetAverageUtilization");
}

static bool read_metric(const struct value *metric,
			struct lint_utilization *utilization)
{
	const struct value *whole = value_get(metric, "resource");
	const struct value *one = value_get(metric, "containerResource");
	const struct value *source = whole ? whole : one;

	utilization->at = value_get(source, "name");
	utilization->resource = value_string(utilization->at);
	utilization->container =
		whole ? NULL : value_string(value_get(one, "container"));
	return is_relative(source) && utilization->resource;
}

bool lint_utilization_next(const struct object *scaler, size_t *index,
			   struct lint_utilization *utilization)
{
	const struct value *spec = value_get(scaler->root, "spec");
	const struct value *metrics = value_get(spec, "metrics");
	const struct value *percent =
		value_get(spec, "targetCPUUtilizationPercentage");

	if (percent && !(*index)++) {
		*utilization =
			(struct lint_utilization){ percent, "cpu", NULL };
		return true;
	}
	while (*index < value_count(metrics))
		if (read_metric(value_item(metrics, (*index)++), utilization))
			return true;
	return false;
}
