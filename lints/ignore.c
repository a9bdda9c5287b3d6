/*
 * `ignore:` entries of the project file: findings that are known and wanted.
 */
#include "lints/config.h"

#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/origin.h"
#include "base/path.h"
#include "model/value.h"

const char *const *lint_words_of(struct arena *arena, const struct value *value)
{
	VEC(const char *) words = { 0 };
	const struct value *item;

	if (value_is_string(value))
		vec_push(arena, &words, value_string(value));
	list_foreach (item, value)
		if (value_is_string(item))
			vec_push(arena, &words, value_string(item));
	if (!words.count)
		return NULL;
	vec_push(arena, &words, NULL);
	return words.items;
}

/* No entry, or a pattern of it, matches. */
static bool allows(const struct value *value, const char *text)
{
	const struct value *item;

	if (!value || value_is_null(value))
		return true;
	if (value_is_string(value))
		return glob_match(GLOB_PROJECT, value_string(value), text);
	list_foreach (item, value)
		if (value_is_string(item) &&
		    glob_match(GLOB_PROJECT, value_string(item), text))
			return true;
	return false;
}

/* The text as it was written, whatever a reader makes of 2027-01-01. */
static const char *written(const struct value *value)
{
	if (!value || value_is_null(value))
		return NULL;
	return value_is_string(value) ? value_string(value) : value->text;
}

/* "plimsoll.yaml:12"; what was made of another tool's file has no place. */
static const char *place_of(struct arena *arena, const struct origin *at)
{
	if (!origin_source(at))
		return "the project";
	return arena_printf(arena, "%s:%u", origin_source(at)->name,
			    source_position(origin_source(at), at->begin).line);
}

static bool read_one(struct arena *arena, struct diag_sink *diags,
		     struct lint_config *config, const struct value *item)
{
	const struct lint_layers *layers = config->layers;
	const char *until = written(value_get(item, "until"));
	const struct value *rules = value_get(item, "rule");
	struct lint_ignore *ignore;
	const char *const *word;
	bool ok = true;

	if (!value_is_map(item))
		return diag_error(diags, &item->origin,
				  "an entry of ignore is a map with rule, "
				  "kind, name, path, env or target");
	if (!allows(value_get(item, "env"),
		    layers->environment ? layers->environment : "") ||
	    !allows(value_get(item, "target"),
		    layers->target ? layers->target : ""))
		return true;
	/* On its last day an entry still counts. */
	if (until && layers->today && strcmp(until, layers->today) < 0) {
		vec_push(arena, &config->expired, item);
		return true;
	}
	ignore = vec_new(arena, &config->ignores);
	memset(ignore, 0, sizeof(*ignore));
	ignore->rules = lint_words_of(arena, rules);
	for (word = ignore->rules; word && *word; word++)
		if (!lint_rules_named(*word))
			ok = lint_unknown_rule(arena, diags, &rules->origin,
					       *word);
	ignore->kind = value_string(value_get(item, "kind"));
	ignore->name = value_string(value_get(item, "name"));
	ignore->name_space = value_string(value_get(item, "namespace"));
	ignore->path = value_string(value_get(item, "path"));
	ignore->reason = value_string(value_get(item, "reason"));
	ignore->by = place_of(arena, &item->origin);
	ignore->item = item;
	return ok;
}

bool lint_ignores_read(struct arena *arena, struct diag_sink *diags,
		       struct lint_config *config, const struct value *list)
{
	const struct value *item;
	bool ok = true;

	list_foreach (item, list)
		ok = read_one(arena, diags, config, item) && ok;
	return ok;
}

static bool matches(const char *pattern, const char *text)
{
	return !pattern || glob_match(GLOB_PROJECT, pattern, text);
}

static bool names_rule(const struct lint_ignore *ignore,
		       const struct lint_rule *rule)
{
	const char *const *word = ignore->rules;

	if (!word)
		return true;
	for (; *word; word++)
		if (lint_rule_is(rule, *word))
			return true;
	return false;
}

bool lint_path_matches(const struct lint_config *config, const char *pattern,
		       const char *name)
{
	const char *here = config->layers->here;

	if (here && *here)
		name = path_join(config->arena, here, name);
	return glob_match(GLOB_PROJECT, pattern, name);
}

static bool names_place(const struct lint_config *config,
			const struct lint_ignore *ignore,
			const struct diag *diag)
{
	struct places places;
	size_t i;

	if (!ignore->path)
		return true;
	if (!origin_source(&diag->origin))
		return false;
	origin_resolve(&diag->origin, diag->key, &places);
	for (i = 0; i < places.count; i++)
		if (lint_path_matches(config, ignore->path,
				      places.items[i].source->name))
			return true;
	return false;
}

void lint_ignore_apply(const struct lint_config *config,
		       const struct lint_rule *rule, struct diag *diag)
{
	size_t i;

	for (i = 0; i < config->ignores.count; i++) {
		const struct lint_ignore *ignore = &config->ignores.items[i];

		if (!matches(ignore->kind, diag->object->kind) ||
		    !matches(ignore->name, diag->object->name) ||
		    !matches(ignore->name_space, diag->object->name_space) ||
		    !names_rule(ignore, rule) ||
		    !names_place(config, ignore, diag))
			continue;
		diag->ignored_by = ignore->by;
		diag->ignored_reason = ignore->reason ? ignore->reason : "";
		return;
	}
}
