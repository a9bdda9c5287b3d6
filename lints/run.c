#include "lints/run.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/schema/lifecycle.h"
#include "lints/schema/store.h"
#include "lints/schema/validate.h"
#include "lints/subjects/custom_pods.h"
#include "model/bundle.h"
#include "model/custom_kinds.h"
#include "model/kinds.h"
#include "model/value.h"

VEC_TYPE(rule_numbers, uint32_t);

/* The rules that look at objects of one kind. */
struct plan {
	struct rule_numbers object_rules;
	struct rule_numbers pod_rules;
	struct rule_numbers container_rules;
	const char *pods; /* of custom resources: where; or "" */
};

/*
 * What is used of an arena before it is emptied; where addresses are checked,
 * after each object, so that what outlives one is found.
 */
#ifdef __SANITIZE_ADDRESS__
enum {
	SCRATCH_MAX = 1
};
#else
enum {
	SCRATCH_MAX = 256 * 1024
};
#endif

struct walk {
	struct lint_run *run;
	struct table plans; /* group and kind to struct plan */
	bool by_schema;     /* some rule is raised by the schema walk */
};

bool lint_config_is_on(const struct lint_config *config, size_t rule)
{
	size_t i;

	if (config->settings[rule].on)
		return true;
	for (i = 0; i < config->regions.count; i++)
		if (config->regions.items[i].settings[rule].on)
			return true;
	return false;
}

bool lint_is_on(const struct lint_run *run, enum lint_rule_at rule)
{
	return lint_config_is_on(run->config, rule);
}

bool lint_in(const struct lint_run *run, unsigned oldest, unsigned newest)
{
	return run->kubernetes.oldest <= newest &&
	       run->kubernetes.newest >= oldest;
}

struct arena *lint_keep(struct lint_run *run)
{
	struct arena *arena = run->arena;

	run->arena = run->found->kept;
	return arena;
}

/*
 * Rules look at an object and forget it; of many objects that would be more
 * than the objects themselves.
 */
static void sweep(struct lint_run *run)
{
	if (arena_used(run->arena) < SCRATCH_MAX)
		return;
	arena_free(run->arena);
	run->arena = arena_new();
	memset(&run->found->where, 0, sizeof(run->found->where));
	memset(&run->found->mounts, 0, sizeof(run->found->mounts));
}

void lint_run_rule(struct lint_run *run, size_t rule)
{
	run->rule = lint_rules[rule];
	run->setting = &run->config->settings[rule];
}

/* Where the object's pods are, if no single path leads to them. */
static const char *custom_pods(const struct object *object)
{
	struct custom_kind kind;

	if (object->pod_path || (object->known && *object->known->pod_path) ||
	    !custom_kind_find(object->group, object->kind, &kind))
		return "";
	return kind.pods;
}

static struct plan *make_plan(struct walk *walk, const struct object *object)
{
	struct arena *arena = walk->run->found->kept;
	struct plan *plan = arena_zalloc(arena, sizeof(*plan));
	uint32_t i;

	plan->pods = custom_pods(object);
	for (i = 0; i < LINT_RULES; i++) {
		const struct lint_rule *rule = lint_rules[i];

		if (!lint_config_is_on(walk->run->config, i) ||
		    (rule->kinds && !object_is_one_of(object, rule->kinds)))
			continue;
		if (rule->check_object)
			vec_push(arena, &plan->object_rules, i);
		if (*plan->pods && !lint_judges_custom_pods(rule))
			continue;
		if (rule->check_pod)
			vec_push(arena, &plan->pod_rules, i);
		if (rule->check_container)
			vec_push(arena, &plan->container_rules, i);
	}
	return plan;
}

static struct plan *plan_for(struct walk *walk, const struct object *object)
{
	const char *key = arena_printf(walk->run->arena, "%s\n%s",
				       object->group, object->kind);
	struct plan *plan = table_gets(&walk->plans, key);

	if (!plan) {
		plan = make_plan(walk, object);
		table_puts(&walk->plans,
			   arena_strdup(walk->run->found->kept, key), plan);
	}
	return plan;
}

static void check_containers(struct lint_run *run, const struct plan *plan,
			     const struct podspec *pod)
{
	struct container_ref container;
	size_t i;

	for (podspec_first(pod, &container); container.spec;
	     podspec_next(&container)) {
		if (*plan->pods && !lint_is_whole_container(container.spec))
			continue;
		run->container = &container;
		for (i = 0; i < plan->container_rules.count; i++) {
			lint_run_rule(run, plan->container_rules.items[i]);
			run->rule->check_container(run, &container);
		}
	}
	run->container = NULL;
}

static void check_pod(struct lint_run *run, const struct podspec *pod,
		      void *context)
{
	const struct plan *plan = context;
	size_t i;

	for (i = 0; i < plan->pod_rules.count; i++) {
		lint_run_rule(run, plan->pod_rules.items[i]);
		run->rule->check_pod(run, pod);
	}
	check_containers(run, plan, pod);
}

/*
 * Polaris goes by the kind alone, so a `v1` Deployment is one to it; with its
 * profile such an object is what it was meant to be.
 */
static const struct object *meant(const struct lint_run *run,
				  const struct object *object,
				  struct object *copy)
{
	const struct lifecycle *row;
	size_t count;

	if (!run->config->by_kind || object->known)
		return object;
	row = lifecycle_of_kind(object->kind, &count);
	if (!row)
		return object;
	*copy = *object;
	copy->group = row->group;
	copy->known = kinds_find(row->group, object->kind);
	return copy;
}

static void check_object(struct walk *walk, const struct object *object)
{
	struct lint_run *run = walk->run;
	struct object copy;
	struct plan *plan;
	struct podspec pod;
	size_t i;

	run->object = object;
	if (walk->by_schema)
		schema_validate(run, object);
	object = meant(run, object, &copy);
	plan = plan_for(walk, object);
	for (i = 0; i < plan->object_rules.count; i++) {
		lint_run_rule(run, plan->object_rules.items[i]);
		run->rule->check_object(run, object);
	}
	if (*plan->pods)
		lint_custom_pods(run, object, plan->pods, check_pod, plan);
	else if (podspec_of(object, &pod))
		check_pod(run, &pod, plan);
	run->object = NULL;
}

/* Whether an object of one of the kinds is there; NULL: any kind. */
static bool occurs(struct bundle *bundle, const struct group_kind *kinds)
{
	if (!kinds)
		return true;
	for (; kinds->kind; kinds++)
		if (bundle_of_kind(bundle, kinds->group, kinds->kind))
			return true;
	return false;
}

/* Tell the objects of the project's own workloads where their pods are. */
static void mark_workloads(struct lint_run *run)
{
	const struct lint_config *config = run->config;
	/* Paths live as long as the objects, which outlive this run. */
	struct arena *arena = run->bundle->arena;
	const struct value *path;
	struct object *object;
	size_t i;

	for (i = 0; i < config->workloads.count; i++)
		bundle_foreach (object, run->bundle) {
			path = value_get(config->workloads.items[i],
					 *object->group
						 ? arena_printf(arena, "%s/%s",
								object->group,
								object->kind)
						 : object->kind);
			if (value_is_string(path))
				object->pod_path = arena_printf(
					arena, "%s.spec", value_string(path));
		}
}

bool lint_has_schema(const struct lint_schemas *schemas,
		     const struct bundle *bundle, const struct object *object)
{
	return schema_is_known(object) ||
	       lint_schemas_find(schemas, bundle, object);
}

/* For who has one bundle only. */
static const struct lint_schemas *own_schemas(struct arena *arena,
					      const struct bundle *bundle)
{
	struct lint_schemas *schemas = lint_schemas_new(arena);

	lint_schemas_add_bundle(schemas, bundle);
	lint_schemas_need(schemas, bundle);
	return schemas;
}

void lint_bundle(const struct lint_config *config, struct bundle *bundle,
		 const struct fact_log *facts, struct diag_sink *sink)
{
	struct lint_found found = { .facts = facts };
	struct lint_run run = {
		.arena = arena_new(),
		.bundle = bundle,
		.config = config,
		.kubernetes = config->kubernetes,
		.found = &found,
		.schemas = config->layers->schemas,
	};
	struct walk walk = { .run = &run };
	struct object *object;
	size_t i;

	lint_found_init(&found, arena_new(), sink->arena);
	mark_workloads(&run);
	table_init(&walk.plans, found.kept);
	if (!run.schemas)
		run.schemas = own_schemas(found.kept, bundle);
	if (facts)
		lint_facts(&run, facts);
	for (i = 0; i < LINT_RULES; i++)
		if (lint_rules[i]->check_bundle &&
		    lint_config_is_on(config, i) &&
		    occurs(bundle, lint_rules[i]->kinds)) {
			lint_run_rule(&run, i);
			run.rule->check_bundle(&run);
			sweep(&run);
		}
	for (i = 0; i < LINT_RULES; i++)
		walk.by_schema |= lint_rules[i]->by_schema &&
				  lint_config_is_on(config, i);
	bundle_foreach (object, bundle) {
		check_object(&walk, object);
		sweep(&run);
	}
	lint_found_finish(&run, sink);
	arena_free(run.arena);
	arena_free(found.kept);
}
