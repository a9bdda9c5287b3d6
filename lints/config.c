#include "lints/config.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/subjects/pss.h"
#include "model/value.h"

enum {
	EXTENDS_MAX = 32,
	KUBERNETES_NEWEST = 36
};

/* What is read to make a configuration. */
struct reading {
	struct arena *arena;
	struct diag_sink *diags;
	const struct lint_layers *layers;
	struct table profiles; /* name to its struct value */
};

size_t lint_rules_named(const char *word)
{
	const struct lint_alias *alias;
	const struct lint_rule *const *rule;
	size_t count = 0;

	for (rule = lint_rules; *rule; rule++)
		count += lint_rule_is(*rule, word);
	/* An alias may be of a rule that this version does not have. */
	for (alias = lint_aliases; !count && *alias->tool; alias++)
		count += strcmp(alias->check, word) == 0 ||
			 strcmp(alias->rule, word) == 0;
	return count;
}

const char *lint_nearest_rule(struct arena *arena, const char *word)
{
	const struct lint_rule *const *rule;
	const struct lint_alias *alias;
	VEC(const char *) names = { 0 };
	const char *near;

	for (rule = lint_rules; *rule; rule++)
		vec_push(arena, &names, (*rule)->name);
	vec_push(arena, &names, NULL);
	near = edit_nearest_of(word, names.items);
	if (!near) {
		names.count = 0;
		for (alias = lint_aliases; *alias->tool; alias++)
			if (!names.count || strcmp(names.items[names.count - 1],
						   alias->check) != 0)
				vec_push(arena, &names, alias->check);
		vec_push(arena, &names, NULL);
		near = edit_nearest_of(word, names.items);
	}
	return near;
}

bool lint_unknown_rule(struct arena *arena, struct diag_sink *diags,
		       const struct origin *at, const char *word)
{
	const char *near = lint_nearest_rule(arena, word);

	diag_error(diags, at, "no rule is called '%s'", word);
	if (near)
		diag_help(diags, "did you mean '%s'?", near);
	else
		diag_help(diags, "`plimsoll rules` lists them");
	return false;
}

static struct lint_setting *new_settings(const struct reading *in)
{
	const struct lint_initial *initial = in->layers->initial;
	size_t i, count = LINT_RULES;
	struct lint_setting *settings =
		arena_zalloc(in->arena, (count + 1) * sizeof(*settings));

	if (!initial)
		initial = lint_initial_new(in->arena);
	for (i = 0; i < count; i++)
		settings[i].arguments = initial->arguments[i];
	return settings;
}

/* off | info | warning | error; YAML 1.1 readers may make `off` false. */
static bool set_level(struct reading *in, const struct value *value,
		      struct lint_setting *setting)
{
	const char *text = value_is_false(value) ? "off" : value_string(value);
	int level;

	for (level = DIAG_INFO; level <= DIAG_ERROR; level++)
		if (text &&
		    strcmp(text, diag_severity_name(
					 (enum diag_severity)level)) == 0) {
			setting->on = true;
			setting->has_severity = true;
			setting->severity = (enum diag_severity)level;
			return true;
		}
	if (text && strcmp(text, "off") == 0) {
		setting->on = false;
		return true;
	}
	if (value_is_true(value) || (text && strcmp(text, "on") == 0)) {
		setting->on = true;
		return true;
	}
	return diag_error(in->diags, &value->origin,
			  "a rule is off, info, warning, error, or a map with "
			  "severity and parameters");
}

static bool set_rule(struct reading *in, const struct lint_rule *rule,
		     const struct value *value, struct lint_setting *setting)
{
	const struct value_entry *entry;
	struct lint_argument *arguments;
	bool ok = true;

	if (!value_is_map(value))
		return set_level(in, value, setting);
	setting->on = true;
	arguments = lint_arguments_own(in->arena, rule, setting);
	value_foreach (entry, value) {
		if (strcmp(entry->key, "severity") == 0)
			ok = set_level(in, entry->value, setting) && ok;
		else
			ok = lint_argument_set(in->arena, in->diags, rule,
					       arguments, entry) &&
			     ok;
	}
	return ok;
}

/* Words for many rules first, so that those for one refine them. */
static bool set_rules(struct reading *in, const struct value *rules,
		      struct lint_setting *settings)
{
	const struct value_entry *entry;
	bool ok = true;
	int pass;
	size_t i;

	for (pass = 0; pass < 2; pass++)
		value_foreach (entry, rules) {
			size_t named = lint_rules_named(entry->key);

			if (!named && !pass)
				ok = lint_unknown_rule(in->arena, in->diags,
						       &entry->origin,
						       entry->key);
			if (!named || (named == 1) != (pass == 1))
				continue;
			for (i = 0; lint_rules[i]; i++)
				if (lint_rule_is(lint_rules[i], entry->key))
					ok = set_rule(in, lint_rules[i],
						      entry->value,
						      &settings[i]) &&
					     ok;
		}
	return ok;
}

static bool is_built_in(const char *name)
{
	const char *const *profile;

	for (profile = lint_profiles; *profile; profile++)
		if (strcmp(*profile, name) == 0)
			return true;
	return false;
}

static bool unknown_profile(struct reading *in, const struct origin *at,
			    const char *name)
{
	VEC(const char *) names = { 0 };
	const char *near;
	struct str all;
	size_t i;

	str_init(&all, in->arena);
	for (i = 0; lint_profiles[i]; i++) {
		vec_push(in->arena, &names, lint_profiles[i]);
		str_printf(&all, "%s%s", i ? ", " : "", lint_profiles[i]);
	}
	for (i = 0; i < in->profiles.count; i++)
		vec_push(in->arena, &names, in->profiles.entries[i].key);
	vec_push(in->arena, &names, NULL);
	near = edit_nearest_of(name, names.items);
	diag_error(in->diags, at, "there is no profile '%s'", name);
	if (near)
		diag_help(in->diags, "did you mean '%s'?", near);
	else
		diag_help(in->diags, "built in are %s", str_text(&all));
	return false;
}

/* Profile = built-in name | { extends: NAME, rules: { ... } } */
static bool apply_profile(struct reading *in, const char *name,
			  const struct origin *at, size_t depth,
			  struct lint_setting *settings)
{
	const struct value *profile = table_gets(&in->profiles, name);
	const struct value *extends;
	size_t i;

	if (depth > EXTENDS_MAX)
		return diag_error(in->diags, at, "profile '%s' extends itself",
				  name);
	if (!profile && !is_built_in(name))
		return unknown_profile(in, at, name);
	if (!profile) {
		bool presets = lint_profile_has_arguments(name);

		for (i = 0; lint_rules[i]; i++) {
			settings[i].on = lint_profile_has(name, lint_rules[i]);
			if (!presets)
				continue;
			lint_profile_arguments(in->arena, name, lint_rules[i],
					       &settings[i]);
		}
		return true;
	}
	extends = value_get(profile, "extends");
	if (!apply_profile(in, value_string_or(extends, "default"),
			   extends ? &extends->origin : at, depth + 1,
			   settings))
		return false;
	return set_rules(in, value_get(profile, "rules"), settings);
}

/* The profiles that the sections define; a later section's replaces. */
static bool collect_profiles(struct reading *in)
{
	const struct value_entry *entry;
	bool ok = true;
	size_t i;

	table_init(&in->profiles, in->arena);
	for (i = 0; i < in->layers->count; i++)
		value_foreach (entry,
			       value_get(in->layers->sections[i], "profiles")) {
			if (is_built_in(entry->key))
				ok = diag_error(in->diags, &entry->origin,
						"the name of profile '%s' is "
						"taken by a built-in one",
						entry->key);
			table_puts(&in->profiles, entry->key, entry->value);
		}
	return ok;
}

/* --profile, else that of the strongest section that names one. */
static const char *chosen_profile(const struct lint_layers *layers,
				  const struct origin **at)
{
	size_t i = layers->count;

	*at = NULL;
	if (layers->profile)
		return layers->profile;
	while (i--) {
		const struct value *section = layers->sections[i];
		const struct value *name =
			value_is_string(section)
				? section
				: value_get(section, "profile");

		if (!value_is_string(name))
			continue;
		*at = &name->origin;
		return value_string(name);
	}
	return "default";
}

static bool apply_only(struct reading *in, struct lint_setting *settings)
{
	const struct lint_layers *layers = in->layers;
	size_t i, word, count = LINT_RULES;
	bool *wanted = arena_zalloc(in->arena, count + 1);
	bool ok = true;

	for (word = 0; word < layers->only_count; word++) {
		const char *name = layers->only[word];

		if (!lint_rules_named(name))
			ok = lint_unknown_rule(in->arena, in->diags, NULL,
					       name);
		for (i = 0; i < count; i++)
			wanted[i] |= lint_rule_is(lint_rules[i], name);
	}
	for (i = 0; i < count; i++)
		settings[i].on = wanted[i];
	return ok;
}

/* A --only argument may itself be a list: "a,b". */
static const struct lint_layers *split_only(struct arena *arena,
					    const struct lint_layers *layers)
{
	struct lint_layers *copy = arena_alloc(arena, sizeof(*copy));
	VEC(const char *) words = { 0 };
	size_t i, len;

	*copy = *layers;
	for (i = 0; i < layers->only_count; i++) {
		const char *at = layers->only[i];

		while (*at) {
			at += strspn(at, ", ");
			len = strcspn(at, ",");
			while (len && at[len - 1] == ' ')
				len--;
			if (len)
				vec_push(arena, &words,
					 arena_strndup(arena, at, len));
			at += strcspn(at, ",");
		}
	}
	copy->only = words.items;
	copy->only_count = words.count;
	return copy;
}

/* The version of Pod Security is the flag's, else the rule's own setting. */
static bool fill_pss(struct reading *in, struct lint_setting *settings)
{
	static const enum lint_rule_at rules[] = { LINT_RULE_pss_baseline,
						   LINT_RULE_pss_restricted };
	const char *given = in->layers->pss_version;
	unsigned minor;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rules); i++) {
		struct lint_setting *setting = &settings[rules[i]];
		const char *version;

		if (given)
			lint_arguments_own(in->arena, lint_rules[rules[i]],
					   setting)
				->text = given;
		version = setting->arguments->text;
		if (!lint_pss_version(version, 0, &minor)) {
			diag_error(in->diags, NULL,
				   "%s is no version of Pod Security",
				   diag_quote(in->arena, version,
					      strlen(version)));
			diag_help(in->diags, "write \"1.31\" or \"latest\"");
			return false;
		}
	}
	return true;
}

static bool fill(struct reading *in, const char *profile,
		 const struct origin *at, struct lint_setting *settings)
{
	const struct lint_layers *layers = in->layers;
	bool ok = apply_profile(in, profile, at, 0, settings);
	size_t i;

	for (i = 0; i < layers->count; i++)
		ok = set_rules(in, value_get(layers->sections[i], "rules"),
			       settings) &&
		     ok;
	if (layers->only_count)
		ok = apply_only(in, settings) && ok;
	if (layers->require_schemas) {
		settings[LINT_RULE_unknown_kind].on = true;
		settings[LINT_RULE_unknown_kind].has_severity = true;
		settings[LINT_RULE_unknown_kind].severity = DIAG_ERROR;
	}
	return ok && fill_pss(in, settings);
}

/* `paths:`: a profile for what comes from the files of a pattern. */
static bool add_regions(struct reading *in, struct lint_config *config,
			const struct value *paths)
{
	const struct value_entry *entry;
	bool ok = true;

	value_foreach (entry, paths) {
		struct lint_region *region;

		if (!glob_valid(GLOB_PROJECT, entry->key)) {
			ok = diag_error(in->diags, &entry->origin,
					"\"%s\" is no pattern", entry->key);
			continue;
		}
		region = vec_new(in->arena, &config->regions);
		region->pattern = entry->key;
		region->settings = new_settings(in);
		ok = fill(in, value_string_or(entry->value, ""),
			  &entry->value->origin, region->settings) &&
		     ok;
	}
	return ok;
}

static void add_lists(struct arena *arena, struct lint_config *config,
		      const struct value *section)
{
	const char *const *words =
		lint_words_of(arena, value_get(section, "externals"));

	if (words)
		config->externals = words;
	words = lint_words_of(arena, value_get(section, "complete"));
	if (words)
		config->complete = words;
	if (value_is_map(value_get(section, "workloads")))
		vec_push(arena, &config->workloads,
			 value_get(section, "workloads"));
}

struct lint_config *lint_configure(struct arena *arena, struct diag_sink *diags,
				   const struct lint_layers *layers)
{
	struct lint_config *config = arena_zalloc(arena, sizeof(*config));
	struct reading in = { .arena = arena, .diags = diags };
	const struct origin *at;
	const char *profile;
	bool ok;
	size_t i;

	layers = split_only(arena, layers);
	in.layers = layers;
	config->layers = layers;
	config->arena = arena;
	config->settings = new_settings(&in);
	config->kubernetes = layers->kubernetes;
	if (!config->kubernetes.newest)
		config->kubernetes.newest = KUBERNETES_NEWEST;
	if (!config->kubernetes.oldest)
		config->kubernetes.oldest = config->kubernetes.newest;
	for (i = 0; i < layers->count; i++)
		add_lists(arena, config, layers->sections[i]);
	ok = collect_profiles(&in);
	profile = chosen_profile(layers, &at);
	config->all_complete = lint_profile_is_preset(profile);
	config->by_kind = strcmp(profile, "polaris") == 0;
	ok = ok && fill(&in, profile, at, config->settings);
	for (i = 0; ok && i < layers->count; i++)
		ok = add_regions(&in, config,
				 value_get(layers->sections[i], "paths")) &&
		     lint_ignores_read(
			     arena, diags, config,
			     value_get(layers->sections[i], "ignore"));
	return ok ? config : NULL;
}
