/*
 * The custom checks of Polaris: JSON Schemas over a container, a pod or an
 * object, as checks of jsonschema-custom.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/migrate/migrate.h"
#include "model/value.h"

static const struct {
	const char *theirs;
	const char *ours;
} targets[] = {
	{ "Container", "container" },
	{ "Controller", "controller" },
	{ "Pod", "pod-spec" },
	{ "PodSpec", "pod-spec" },
	{ "PodTemplate", "pod-template" },
};

/* Keys that need no counterpart, or have one. */
static const char *const known[] = {
	"category", "controllers",    "failureMessage",
	"schema",   "successMessage", "target",
};

static void left_out(struct migration *m, const struct value *at,
		     const char *name, const char *why)
{
	diag_warning(m->diags, &at->origin,
		     "the custom check '%s' is left out: %s", name, why);
}

/* A target with a slash is a group and kind. */
static void put_target(struct migration *m, struct value *check,
		       const char *target)
{
	struct value *kinds;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(targets); i++)
		if (strcmp(targets[i].theirs, target) == 0) {
			migrate_put(m, check, "target", targets[i].ours);
			return;
		}
	kinds = value_new_list(m->arena, NULL);
	value_append(m->arena, kinds,
		     value_new_cstring(m->arena, NULL, target));
	value_set(m->arena, check, "kinds", kinds);
}

/* What of it cannot be said here; NULL: all can. */
static const char *obstacle(const struct value *custom, const struct value **at)
{
	const struct value_entry *entry;
	size_t i;

	*at = custom;
	if (!value_is_map(value_get(custom, "schema")))
		return "only a `schema:` that is a map is understood";
	value_foreach (entry, custom) {
		*at = entry->value;
		for (i = 0; i < ARRAY_COUNT(known); i++)
			if (strcmp(known[i], entry->key) == 0)
				break;
		if (i == ARRAY_COUNT(known))
			return "templates in schemas and schemas of further "
			       "objects have no counterpart";
	}
	*at = value_get(value_get(custom, "controllers"), "exclude");
	return *at ? "kinds can be named, not excluded" : NULL;
}

static struct value *check_of(struct migration *m, const char *name,
			      const struct value *custom)
{
	struct value *check = value_new_map(m->arena, NULL);
	const struct value *controllers =
		value_get(value_get(custom, "controllers"), "include");
	const char *message = value_string(value_get(custom, "failureMessage"));

	migrate_put(m, check, "name", name);
	put_target(m, check,
		   value_string_or(value_get(custom, "target"), "Controller"));
	if (value_is_list(controllers))
		value_set(m->arena, check, "kinds",
			  value_copy_deep(m->arena, controllers));
	if (message)
		migrate_put(m, check, "message", message);
	value_set(m->arena, check, "schema",
		  value_copy_deep(m->arena, value_get(custom, "schema")));
	return check;
}

void migrate_polaris_custom(struct migration *m, const struct value *customs,
			    const struct value *levels)
{
	struct value *checks = value_new_list(m->arena, NULL), *rule;
	const struct value_entry *entry;
	const struct value *at;
	const char *why;
	bool grave = false;

	value_foreach (entry, customs) {
		const char *level = value_string_or(
			value_get(levels, entry->key), "ignore");

		if (strcmp(level, "ignore") == 0)
			continue;
		why = obstacle(entry->value, &at);
		if (why) {
			left_out(m, at, entry->key, why);
			continue;
		}
		grave = grave || strcmp(level, "danger") == 0;
		value_append(m->arena, checks,
			     check_of(m, entry->key, entry->value));
	}
	if (!value_count(checks))
		return;
	rule = value_new_map(m->arena, NULL);
	migrate_put(m, rule, "severity", grave ? "error" : "warning");
	value_set(m->arena, rule, "checks", checks);
	value_set(m->arena, m->rules, "jsonschema-custom", rule);
}
