#include "compiler/sops.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/regex.h"
#include "base/tree.h"
#include "compiler/run.h"
#include "compiler/sops_clear.h"
#include "model/value.h"
#include "model/yaml_read.h"

static const char file_name[] = ".sops.yaml";

struct sops_rules {
	const char *dir;
	struct source *source;
	VEC(struct sops_rule) rules;
	/* What is wrong with the file, until it is said. */
	const char *problem;
	struct origin at;
};

void sops_init(struct sops *sops, struct arena *arena, struct tree_view *view)
{
	sops->arena = arena;
	sops->view = view;
	table_init(&sops->dirs, arena);
}

static struct regex *compile(struct sops_rules *rules, struct arena *arena,
			     const struct value *pattern)
{
	const char *error = NULL;
	struct regex *regex;

	if (pattern && !value_is_string(pattern) && !rules->problem) {
		rules->problem = "a pattern is no text";
		rules->at = pattern->origin;
	}
	if (!value_is_string(pattern))
		return NULL;
	regex = regex_compile(arena, pattern->string, pattern->len, &error);
	if (!regex && !rules->problem) {
		rules->problem = error;
		rules->at = pattern->origin;
	}
	return regex;
}

static void add_rule(struct sops_rules *rules, struct arena *arena,
		     const struct value *node)
{
	struct sops_rule *rule = vec_new(arena, &rules->rules);

	memset(rule, 0, sizeof(*rule));
	rule->at = node->origin;
	rule->has_path = value_get(node, "path_regex") != NULL;
	rule->path = compile(rules, arena, value_get(node, "path_regex"));
	rule->keys.only =
		compile(rules, arena, value_get(node, "encrypted_regex"));
	rule->keys.never =
		compile(rules, arena, value_get(node, "unencrypted_regex"));
	rule->keys.only_suffix =
		value_string(value_get(node, "encrypted_suffix"));
	rule->keys.never_suffix =
		value_string(value_get(node, "unencrypted_suffix"));
}

static void read_rules(struct sops_rules *rules, struct arena *arena)
{
	const struct yaml_options options = { .dialect = YAML_CORE };
	struct yaml_problem problem = { 0 };
	const struct value *root, *list, *item;

	root = yaml_read(arena, rules->source, 0, rules->source->len, &options,
			 &problem);
	list = value_get(root, "creation_rules");
	rules->at = origin_at(rules->source, problem.offset, problem.offset);
	if (!root)
		rules->problem = problem.text;
	else if (!value_is_map(root))
		rules->problem = "a map with the key creation_rules is needed";
	else if (list && !value_is_list(list))
		rules->problem = "creation_rules is no list";
	list_foreach (item, list) {
		if (value_is_map(item)) {
			add_rule(rules, arena, item);
		} else if (!rules->problem) {
			rules->problem = "a creation rule is no map";
			rules->at = item->origin;
		}
	}
}

/* Those of the nearest file, from the folder upwards. */
static struct sops_rules *rules_in(struct sops *sops, const char *dir)
{
	const struct table_entry *known =
		table_find(&sops->dirs, dir, strlen(dir));
	struct sops_rules *rules = NULL;
	struct source *source;

	if (known)
		return known->value;
	if (tree_view_read(sops->view, path_below(sops->arena, dir, file_name),
			   SOURCE_MANIFEST, &source) == TREE_OK) {
		rules = arena_zalloc(sops->arena, sizeof(*rules));
		rules->dir = dir;
		rules->source = source;
		read_rules(rules, sops->arena);
	} else if (*dir) {
		rules = rules_in(sops, path_folder(sops->arena, dir));
	}
	table_puts(&sops->dirs, dir, rules);
	return rules;
}

static const struct sops_rule *find_rule(const struct sops_rules *rules,
					 const char *path)
{
	const char *rest = *rules->dir ? path + strlen(rules->dir) + 1 : path;
	size_t i;

	/* The first that fits decides; one without a path fits all. */
	for (i = 0; i < rules->rules.count; i++) {
		const struct sops_rule *rule = &rules->rules.items[i];

		if (!rule->has_path)
			return NULL;
		if (rule->path && regex_matches(rule->path, rest, strlen(rest)))
			return rule;
	}
	return NULL;
}

const struct sops_rule *sops_rule_for(struct sops *sops, const char *path,
				      bool *general)
{
	const char *dir = path_folder(sops->arena, path);
	const struct sops_rules *rules = rules_in(sops, dir);
	const struct sops_rule *rule = rules ? find_rule(rules, path) : NULL;

	/* A name that says nothing of secrets. */
	*general =
		rule && find_rule(rules, path_join(sops->arena, dir,
						   "some-file.yaml")) == rule;
	return rule;
}

static void say_problem(struct sops_rules *rules, struct job *job)
{
	if (!rules->problem)
		return;
	fact_add(&job->facts, FACT_SECRET_NOT_ENCRYPTED, &rules->at,
		 "%s cannot be read: %s", rules->source->name, rules->problem);
	vec_last(&job->facts.facts)->help =
		"correct it: sops refuses it as well";
	rules->problem = NULL;
}

static void check_file(struct sops *sops, struct job *job, const char *path)
{
	struct sops_rules *rules =
		rules_in(sops, path_folder(sops->arena, path));
	const struct sops_rule *rule;
	struct source *source;
	struct sops_clear clear;
	bool general;

	if (!rules)
		return;
	say_problem(rules, job);
	rule = sops_rule_for(sops, path, &general);
	if (!rule || tree_view_read(sops->view, path, SOURCE_MANIFEST,
				    &source) != TREE_OK)
		return;
	clear = sops_find_clear(sops->arena, source, &rule->keys, general);
	if (!clear.count)
		return;
	fact_add(&job->facts, FACT_SECRET_NOT_ENCRYPTED, &clear.first->origin,
		 "%s should be encrypted by the rule at %s:%u, %zu value%s in "
		 "the clear",
		 source->name, rules->source->name,
		 source_position(origin_source(&rule->at), rule->at.begin).line,
		 clear.count, clear.count == 1 ? " is" : "s are");
}

void sops_check(struct run *run)
{
	struct table seen;
	struct sops sops;
	size_t i, j;

	sops_init(&sops, run->arena, &run->view);
	table_init(&seen, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		for (j = 0; j < job->view.log.count; j++) {
			const struct tree_access *access =
				&job->view.log.items[j];

			if (access->kind != TREE_OPENED ||
			    access->path[0] == '/' ||
			    !path_has_ext(access->path, ".yaml .yml .json") ||
			    table_gets(&seen, access->path))
				continue;
			table_puts(&seen, access->path, job);
			check_file(&sops, job, access->path);
		}
	}
}
