/*
 * Which targets and environments there are, by the names of things.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/init.h"
#include "compiler/run.h"
#include "model/value.h"
#include "overlays/overlay.h"

/* What environments are called, in the order of a release. */
static const char *const stages[] = {
	"local",   "sandbox", "dev",     "development", "develop",
	"ci",      "test",    "testing", "int",         "integration",
	"qa",      "uat",     "preview", "stage",       "stg",
	"staging", "demo",    "perf",    "preprod",     "nonprod",
	"canary",  "live",    "prd",     "prod",        "production",
};

/* Folders that hold environments, and are no name of what is in them. */
static const char *const holders[] = {
	"overlays", "overlay", "environments", "environment", "envs", "env",
	"clusters", "cluster", "stages",       "kustomize",   "k8s",  "deploy",
};

/* These say it only as a whole name: a "test-runner" is no environment. */
static bool is_weak(const char *word)
{
	static const char *const weak[] = {
		"local", "sandbox", "ci",   "test",   "testing", "int",
		"demo",  "preview", "live", "canary", "perf",
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(weak); i++)
		if (strcmp(weak[i], word) == 0)
			return true;
	return false;
}

static size_t stage_of_word(const char *word, size_t len)
{
	size_t i;

	while (len && isdigit((unsigned char)word[len - 1]))
		len--;
	for (i = 0; i < ARRAY_COUNT(stages); i++)
		if (strlen(stages[i]) == len && !strncmp(stages[i], word, len))
			break;
	return i;
}

/* prod-us is a prod; what is none comes last. */
static size_t stage_of(const char *name)
{
	size_t best = ARRAY_COUNT(stages);
	bool whole = !name[strcspn(name, "-_.")];

	while (*name) {
		size_t len = strcspn(name, "-_.");
		size_t stage = stage_of_word(name, len);

		if (stage < best && (whole || !is_weak(stages[stage])))
			best = stage;
		name += len;
		name += *name != '\0';
	}
	return best;
}

static bool is_environment(const char *name)
{
	return stage_of(name) < ARRAY_COUNT(stages);
}

static int compare_stages(const void *a, const void *b)
{
	const char *one = *(const char *const *)a;
	const char *other = *(const char *const *)b;
	size_t x = stage_of(one), y = stage_of(other);

	return x != y ? (x < y ? -1 : 1) : strcmp(one, other);
}

static void add_name(struct arena *arena, struct option_texts *names,
		     const char *name)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return;
	vec_push(arena, names, name);
}

struct planner {
	struct init_plan *plan;
	struct run *run;
	struct table places; /* "kind path" to the index of a target, + 1 */
	struct table names;
};

static bool is_holder(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(holders); i++)
		if (strlen(holders[i]) == len &&
		    !strncmp(holders[i], word, len))
			return true;
	return false;
}

bool init_is_holder(const char *name)
{
	return is_holder(name, strlen(name));
}

/*
 * The environment in a path: its last folder with such a name.  `*pattern` is
 * the path with ${env} there; NULL: there is none.
 */
static const char *split_path(struct arena *arena, const char *path,
			      const char **pattern)
{
	const char *at = path, *found = NULL, *name = NULL;

	for (;;) {
		size_t len = strcspn(at, "/");
		const char *word = arena_strndup(arena, at, len);

		if (is_environment(word)) {
			found = at;
			name = word;
		}
		if (!at[len])
			break;
		at += len + 1;
	}
	*pattern = path;
	if (found)
		*pattern =
			arena_printf(arena, "%.*s${env}%s", (int)(found - path),
				     path, found + strlen(name));
	return name;
}

/* The last folder that says what it is; all of the path if that is taken. */
static const char *name_target(struct planner *planner, const char *pattern)
{
	struct arena *arena = planner->plan->arena;
	const char *at = pattern, *name = NULL;

	for (;;) {
		size_t len = strcspn(at, "/");

		if (len && strncmp(at, "${env}", len) != 0 &&
		    !is_holder(at, len) && !(len == 1 && *at == '.'))
			name = arena_strndup(arena, at, len);
		if (!at[len])
			break;
		at += len + 1;
	}
	if (!name)
		name = "all";
	if (strchr(name, '@') || strstr(name, "${"))
		name = "target";
	if (table_gets(&planner->names, name))
		name = arena_printf(arena, "%s-%zu", name,
				    planner->plan->targets.count + 1);
	table_puts(&planner->names, name, planner);
	return name;
}

static struct init_target *target_at(struct planner *planner,
				     enum source_kind kind, const char *pattern)
{
	struct init_plan *plan = planner->plan;
	const char *key = arena_printf(plan->arena, "%d %s", kind, pattern);
	size_t *index = table_gets(&planner->places, key);
	struct init_target *target;

	if (index)
		return &plan->targets.items[*index];
	index = arena_alloc(plan->arena, sizeof(*index));
	*index = plan->targets.count;
	table_puts(&planner->places, key, index);
	target = vec_new(plan->arena, &plan->targets);
	memset(target, 0, sizeof(*target));
	target->kind = kind;
	target->path = pattern;
	target->name = name_target(planner, pattern);
	return target;
}

/* "prod" of values-prod.yaml, values.prod.yaml, prod-values.yaml. */
static const char *values_of(struct arena *arena, const char *file,
			     bool in_folder)
{
	static const char word[] = "values";
	size_t len = strlen(file) - strlen(path_ext(file)), own = strlen(word);

	if (!path_has_ext(file, ".yaml .yml"))
		return NULL;
	if (len > own + 1 && strncmp(file, word, own) == 0 &&
	    strchr("-._", file[own]))
		return arena_strndup(arena, file + own + 1, len - own - 1);
	if (len > own + 1 && strncmp(file + len - own, word, own) == 0 &&
	    strchr("-._", file[len - own - 1]))
		return arena_strndup(arena, file, len - own - 1);
	return in_folder ? arena_strndup(arena, file, len) : NULL;
}

static void add_values(struct planner *planner, struct init_target *target,
		       const char *text, const char *environment)
{
	struct arena *arena = planner->plan->arena;
	struct init_path *values;
	size_t i;

	add_name(arena, &planner->plan->environments, environment);
	for (i = 0; i < target->values.count; i++)
		if (strcmp(target->values.items[i].text, text) == 0)
			break;
	if (i == target->values.count) {
		values = vec_new(arena, &target->values);
		memset(values, 0, sizeof(*values));
		values->text = text;
	}
	add_name(arena, &target->values.items[i].environments, environment);
}

/* prod.yaml as ${env}.yaml; the name stands in the last part of the path. */
static const char *with_env(struct arena *arena, const char *path,
			    const char *environment)
{
	const char *slash = strrchr(path, '/');
	const char *at = strstr(slash ? slash : path, environment);

	return arena_printf(arena, "%.*s${env}%s", (int)(at - path), path,
			    at + strlen(environment));
}

/* Values files in the chart's folder, and in those where people keep them. */
static void find_values(struct planner *planner, size_t index, const char *dir,
			bool in_folder)
{
	static const char *const folders[] = { "values", "env", "envs",
					       "environments" };
	struct arena *arena = planner->plan->arena;
	struct tree_listing listing;
	size_t i, j;

	if (tree_view_list(&planner->run->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const char *path = path_below(arena, dir, name);
		const char *values = values_of(arena, name, in_folder);
		const char *shown = arena_strdup(
			arena, tree_view_display(&planner->run->view, path));

		for (j = 0; !in_folder && j < ARRAY_COUNT(folders); j++)
			if (strcmp(folders[j], name) == 0)
				find_values(planner, index, path, true);
		if (listing.items[i].kind != TREE_FILE || !values)
			continue;
		if (is_environment(values))
			add_values(planner,
				   &planner->plan->targets.items[index],
				   with_env(arena, shown, values), values);
		else
			vec_push(arena, &planner->plan->unplaced,
				 arena_printf(arena,
					      "%s: \"%s\" does not look like "
					      "an environment",
					      shown, values));
	}
}

/* All files of the folder that end so are among those of the set. */
static bool is_whole(struct planner *planner, const char *dir, const char *ext,
		     const struct value *files)
{
	const struct value *file;
	struct tree_listing listing;
	size_t i, there = 0, named = 0;

	if (tree_view_list(&planner->run->view, dir, &listing) != TREE_OK)
		return false;
	for (i = 0; i < listing.count; i++)
		there += strcmp(path_ext(listing.items[i].name), ext) == 0;
	list_foreach (file, files)
		named += strcmp(path_ext(value_string_or(file, "")), ext) == 0;
	return there == named;
}

/* The same, looked at once for all files of a folder that end so. */
static bool is_known_whole(struct planner *planner, struct table *known,
			   const char *path, const struct value *files)
{
	static const char yes[] = "yes", no[] = "no";
	struct arena *arena = planner->plan->arena;
	const char *dir = path_dir(arena, path), *ext = path_ext(path);
	const char *key = arena_printf(arena, "%s\n%s", dir, ext), *answer;

	answer = table_gets(known, key);
	if (!answer) {
		dir = strcmp(dir, ".") == 0 ? "" : dir;
		answer = is_whole(planner, dir, ext, files) ? yes : no;
		table_puts(known, key, (void *)answer);
	}
	return answer == yes;
}

/* A pattern for each ending, or where other files lie beside, each by name. */
static void add_manifests(struct planner *planner, const struct value *files)
{
	struct arena *arena = planner->plan->arena;
	const struct value *file;
	const char *pattern, *environment, *shown, *first = NULL;
	struct init_target *target = NULL;
	struct table known;

	table_init(&known, arena);
	list_foreach (file, files) {
		const char *path = value_string_or(file, "");
		bool whole = is_known_whole(planner, &known, path, files);

		shown = arena_strdup(
			arena, tree_view_display(&planner->run->view, path));
		if (!first)
			first = path_dir(arena, shown);
		environment =
			split_path(arena, path_dir(arena, shown), &pattern);
		if (!target)
			target = target_at(planner, SOURCE_KIND_MANIFESTS,
					   pattern);
		if (environment) {
			add_name(arena, &planner->plan->environments,
				 environment);
			add_name(arena, &target->environments, environment);
		}
		vec_push(arena, &target->found, shown);
		add_name(
			arena, &target->files,
			path_join(arena, pattern,
				  whole ? arena_join(arena, "*", path_ext(path))
					: path_base(arena, path)));
	}
}

static void add_folder(struct planner *planner, enum source_kind kind,
		       const char *dir)
{
	struct init_plan *plan = planner->plan;
	const char *pattern, *shown, *environment;
	struct init_target *target;

	shown = arena_strdup(plan->arena,
			     tree_view_display(&planner->run->view, dir));
	environment = split_path(plan->arena, shown, &pattern);
	target = target_at(planner, kind, pattern);
	if (environment) {
		add_name(plan->arena, &plan->environments, environment);
		add_name(plan->arena, &target->environments, environment);
	} else if (kind == SOURCE_KIND_CHART) {
		find_values(planner, (size_t)(target - plan->targets.items),
			    dir, false);
	}
}

/* The chart of this name; of any, if there is but one and `any` is allowed. */
static struct init_target *chart_called(struct planner *planner,
					const char *name, bool any)
{
	struct init_target *found = NULL, *only = NULL;
	size_t i, charts = 0;

	for (i = 0; i < planner->plan->targets.count; i++) {
		struct init_target *target = &planner->plan->targets.items[i];

		if (target->kind != SOURCE_KIND_CHART)
			continue;
		only = target;
		charts++;
		if (strcmp(path_base(planner->plan->arena, target->path),
			   name) == 0)
			found = target;
	}
	return found ? found : any && charts == 1 ? only : NULL;
}

static bool holds_values(const char *folder)
{
	static const char *const names[] = { "values",       "env",  "envs",
					     "environments", "helm", "deploy" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], folder) == 0)
			return true;
	return false;
}

/*
 * values/prod.yaml of the one chart, values/shop/prod.yaml of this one,
 * environments/prod/shop.yaml, environments/prod/values.yaml.
 */
static bool place_values(struct planner *planner, const char *path,
			 const char *stem)
{
	struct arena *arena = planner->plan->arena;
	const char *dir = path_dir(arena, path), *pattern;
	const char *folder = path_base(arena, dir);
	struct init_target *target;

	if (is_environment(stem)) {
		target = chart_called(planner, folder, holds_values(folder));
		if (target)
			add_values(planner, target, with_env(arena, path, stem),
				   stem);
		return target != NULL;
	}
	if (!is_environment(folder))
		return false;
	target = chart_called(planner, stem, strcmp(stem, "values") == 0);
	(void)split_path(arena, dir, &pattern);
	if (target)
		add_values(planner, target,
			   path_join(arena, pattern, path_base(arena, path)),
			   folder);
	return target != NULL;
}

/* Files that are for an environment and that nothing above has taken. */
static void find_unplaced(struct planner *planner)
{
	struct arena *arena = planner->plan->arena;
	const struct run *run = planner->run;
	size_t i;

	for (i = 0; i < run->skipped_files.count; i++) {
		const struct skipped_file *row = &run->skipped_files.items[i];
		const char *path = row->path, *ignored;
		const char *file = path_base(arena, path);
		const char *stem = arena_strndup(
			arena, file, strlen(file) - strlen(path_ext(file)));

		if (row->counter == &run->report.skipped.folders)
			continue;
		if (row->counter != &run->report.skipped.not_manifests)
			vec_push(arena, &planner->plan->unplaced,
				 arena_printf(arena, "%s: %s", path, row->why));
		else if (!place_values(planner, path, stem) &&
			 (is_environment(stem) ||
			  split_path(arena, path_dir(arena, path), &ignored)))
			vec_push(arena, &planner->plan->unplaced,
				 arena_printf(arena,
					      "%s: perhaps values of a chart, "
					      "whose `values:` has to name it",
					      path));
	}
}

/* Every folder with such a file, for what a family would capture as well. */
static void find_folders(struct planner *planner, const char *file,
			 struct option_texts *folders)
{
	struct run *run = planner->run;
	struct arena *arena = planner->plan->arena;
	struct tree_paths paths;
	size_t i;

	if (tree_view_glob(&run->view, run->here,
			   arena_join(arena, "**/", file), &paths) != TREE_OK)
		return;
	for (i = 0; i < paths.count; i++) {
		const char *shown = arena_strdup(
			arena, tree_view_display(&run->view, paths.items[i]));

		shown = path_dir(arena, shown);
		if (shown[0] != '.' && !strstr(shown, "/."))
			add_name(arena, folders, shown);
	}
}

void init_plan(struct init_plan *plan, struct run *run)
{
	struct planner planner = { .plan = plan, .run = run };
	struct option_texts *names = &plan->environments;
	const char *const *name;
	size_t i;

	table_init(&planner.places, plan->arena);
	table_init(&planner.names, plan->arena);
	for (i = 0; i < run->project->targets.count; i++) {
		const struct target *target = run->project->targets.items[i];
		const struct target_source *source = target->sources.items;
		const char *dir = value_string_or(source->from, "");

		if (target->variant_of)
			continue;
		if (source->kind == SOURCE_KIND_MANIFESTS)
			add_manifests(&planner, source->from);
		else
			add_folder(&planner, source->kind,
				   strcmp(dir, ".") == 0 ? "" : dir);
	}
	for (name = overlay_file_names; *name; name++)
		find_folders(&planner, *name, &plan->kustomizations);
	find_folders(&planner, "Chart.yaml", &plan->charts);
	find_unplaced(&planner);
	if (names->count > 1)
		qsort(names->items, names->count, sizeof(*names->items),
		      compare_stages);
}
