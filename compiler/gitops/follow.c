/*
 * Rounds: objects found in bundles become targets, and what they replace goes.
 */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/discover.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/value.h"

static const struct gitops_kind *const kinds[] = {
#define GITOPS(x) &gitops_##x,
#include "compiler/gitops/kinds.def"
#undef GITOPS
	NULL
};

struct gitops *gitops_new(struct run *run)
{
	struct gitops *gitops = arena_zalloc(run->arena, sizeof(*gitops));
	size_t i;

	gitops->run = run;
	gitops->arena = run->arena;
	table_init(&gitops->catalogue, run->arena);
	table_init(&gitops->followed, run->arena);
	table_init(&gitops->names, run->arena);
	for (i = 0; i < run->project->targets.count; i++)
		table_puts(&gitops->names, run->project->targets.items[i]->name,
			   gitops);
	return gitops;
}

const char *gitops_name(struct arena *arena, const struct object *object)
{
	return arena_printf(arena, "%s %s%s%s", object->kind,
			    object->name_space, *object->name_space ? "/" : "",
			    object->name);
}

/* Patches come and go; the file is where people look for the object. */
struct origin gitops_origin(const struct object *object)
{
	const struct origin *at = &object->root->origin, *prev;

	while ((prev = origin_prev(at)) && origin_source(prev))
		at = prev;
	return *at;
}

const char *gitops_place(struct arena *arena, const struct object *object)
{
	struct origin origin = gitops_origin(object);
	struct line_column at;
	struct place place;

	if (!origin_source(&origin) || !origin_first(&origin, &place))
		return "";
	at = source_position(place.source, place.begin);
	return arena_printf(arena, "%s:%u", place.source->name, at.line);
}

enum gitops_answer gitops_skip(const struct gitops_found *found,
			       const char *format, ...)
{
	struct gitops *gitops = found->gitops;
	struct arena *arena = gitops->arena;
	struct gitops_skipped *skipped = vec_new(arena, &gitops->skipped);
	va_list args;

	va_start(args, format);
	skipped->job = found->job;
	skipped->place = gitops_place(arena, found->object);
	skipped->why = arena_printf(arena, "%s is not followed: %s",
				    gitops_name(arena, found->object),
				    arena_vprintf(arena, format, args));
	va_end(args);
	return GITOPS_DONE;
}

/*
 * The same object may stand in several bundles; equal findings are folded by
 * their places.
 */
enum gitops_answer gitops_broken(const struct gitops_found *found,
				 const struct value *at, const char *format,
				 ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(found->job->arena, format, args);
	va_end(args);
	fact_add(&found->job->facts, FACT_INPUT_NOT_VENDORED, &at->origin, "%s",
		 text);
	vec_last(&found->job->facts.facts)->help =
		"correct the object, or commit what it names";
	return GITOPS_DONE;
}

bool gitops_check(const struct gitops_found *found, const struct value *map,
		  const struct gitops_field *fields)
{
	const struct value *value;

	for (; fields->name; fields++) {
		value = value_get(map, fields->name);
		if (value_is_null(value) ||
		    (fields->kind == 's' && value_is_string(value)) ||
		    (fields->kind == 'l' && value_is_list(value)) ||
		    (fields->kind == 'm' && value_is_map(value)) ||
		    (fields->kind == 'b' && value_is_bool(value)))
			continue;
		gitops_skip(found, "%s is a %s", fields->name,
			    value_kind_name(value->kind));
		return false;
	}
	return true;
}

const char *gitops_target_name(struct gitops *gitops, const struct job *maker,
			       const struct object *object)
{
	struct arena *arena = gitops->arena;
	const char *above = maker->target->name;
	const char *slash = strcmp(above, ".") == 0 ? "" : "/";
	const char *tries[] = {
		arena_printf(arena, "%s", object->name),
		arena_printf(arena, "%s/%s", object->name_space, object->name),
		arena_printf(arena, "%s/%s/%s", object->kind,
			     object->name_space, object->name),
	};
	const char *name;
	size_t i;

	if (!*slash)
		above = "";
	for (i = 0;; i++) {
		name = arena_printf(arena, "%s%s%s", above, slash,
				    tries[i < 3 ? i : 2]);
		if (i >= 3)
			name = arena_printf(arena, "%s-%zu", name, i - 1);
		if (!table_puts(&gitops->names, name, gitops))
			return name;
	}
}

/* What the target takes from the one whose bundle named it. */
static struct value *target_node(struct gitops *gitops, const struct job *job)
{
	static const char *const keys[] = { "kubernetes", "lint" };
	struct value *node = value_new_map(gitops->arena, NULL);
	size_t i;

	for (i = 0; i < ARRAY_COUNT(keys); i++) {
		struct value *value = value_get(job->target->node, keys[i]);

		if (value)
			value_set(gitops->arena, node, keys[i], value);
	}
	return node;
}

static void add_target(const struct gitops_found *found,
		       const struct followed *followed)
{
	struct gitops *gitops = found->gitops;
	struct run *run = gitops->run;
	struct value *node = target_node(gitops, found->job);
	struct job *job = arena_alloc(run->arena, sizeof(*job));
	struct target *target = project_add(
		run->project,
		gitops_target_name(gitops, found->job, found->object),
		SOURCE_KIND_STREAM, node, node);

	target->sources.count = 0;
	target->dir = "";
	target->followed = followed;
	/* Of a folder only what is a manifest is applied. */
	target->sifted = true;
	job_init(job, run, target, found->job->environment);
	job->focused = found->job->focused;
	vec_push(run->arena, &run->jobs, job);
}

static enum gitops_answer too_many(const struct gitops_found *found,
				   const char *format, uint64_t limit)
{
	struct arena *arena = found->gitops->arena;

	diag_error(&found->job->diags, &found->object->root->origin, "%s: %s",
		   gitops_name(arena, found->object),
		   arena_printf(arena, format, (unsigned long long)limit));
	diag_help(&found->job->diags,
		  "objects that make one another differ each time; break the "
		  "cycle");
	return GITOPS_DONE;
}

enum gitops_answer gitops_add(const struct gitops_found *found,
			      const char *settings, const void *plan)
{
	struct gitops *gitops = found->gitops;
	struct followed *followed;
	const char *name = gitops_name(gitops->arena, found->object);
	const char *key =
		arena_printf(gitops->arena, "%s\n%s@%s\n%s", settings, name,
			     found->job->environment->name,
			     gitops_place(gitops->arena, found->object));
	const struct limits *limits = &gitops->run->project->limits;
	unsigned depth = found->parent ? found->parent->depth + 1 : 0;
	const struct followed_maker maker = { found->job, found->parent };

	followed = table_gets(&gitops->followed, key);
	if (followed) {
		vec_push(gitops->arena, &followed->makers, maker);
		return GITOPS_DONE;
	}
	if (depth >= limits->follow_depth)
		return too_many(found,
				"objects are applied by one another "
				"more than %llu deep (--limit "
				"follow-depth)",
				limits->follow_depth);
	if (gitops->followed.count >= limits->members)
		return too_many(found,
				"more than %llu objects name what to "
				"apply (--limit members)",
				limits->members);
	followed = arena_zalloc(gitops->arena, sizeof(*followed));
	followed->kind = found->kind;
	followed->object = found->object;
	followed->parent = found->parent;
	followed->name = name;
	followed->at = gitops_origin(found->object);
	followed->plan = plan;
	followed->settings = settings;
	followed->depth = depth;
	followed->asked.items = gitops->asking.asked.items;
	followed->asked.count = gitops->asking.asked.count;
	vec_push(gitops->arena, &followed->makers, maker);
	table_puts(&gitops->followed, key, followed);
	add_target(found, followed);
	return GITOPS_DONE;
}

struct source *gitops_text(struct arena *arena, const struct value *value,
			   const char *text)
{
	const struct source *from = origin_source(&value->origin);
	struct frame *frame = arena_zalloc(arena, sizeof(*frame));
	struct source *source;
	struct text finished;
	struct str out;

	frame->source = from;
	str_init(&out, arena);
	if (from)
		str_mark(&out, frame, value->origin.begin, &value->origin);
	str_puts(&out, text);
	finished = str_finish(&out);
	source = source_new(arena, from ? from->name : "values", SOURCE_VALUES,
			    finished.at, finished.len);
	source->map = finished.map;
	return source;
}

bool gitops_produce(struct job *job)
{
	const struct followed *followed = job->target->followed;

	return followed->kind->produce(job, followed);
}

/* What is not to be found is not to be followed. */
static bool is_excluded(const struct gitops *gitops,
			const struct object *object)
{
	struct run *run = gitops->run;
	struct origin origin = gitops_origin(object);
	struct place place;
	const char *path;

	return run->project->discover.exclude.count && origin_source(&origin) &&
	       origin_first(&origin, &place) &&
	       run_locate(run, place.source->name, &path) == TREE_OK &&
	       discover_excludes(&run->project->discover, path);
}

static void look_at(struct gitops *gitops, struct gitops_found *found)
{
	size_t i;

	for (i = 0; kinds[i]; i++) {
		if (!object_is(found->object, kinds[i]->group, kinds[i]->kind))
			continue;
		found->kind = kinds[i];
		memset(&gitops->asking, 0, sizeof(gitops->asking));
		if (!run_may_follow(gitops->run))
			gitops_skip(found, "the project file says `follow: "
					   "false`");
		else if (is_excluded(gitops, found->object))
			gitops_skip(found,
				    "the project file excludes its file");
		else if (found->kind->follow(found) == GITOPS_WAIT)
			vec_push(gitops->arena, &gitops->waiting, *found);
	}
}

void gitops_look_at(const struct gitops_found *maker,
		    const struct object *object)
{
	struct gitops_found found = *maker;

	found.object = object;
	look_at(maker->gitops, &found);
}

static void look_at_job(struct gitops *gitops, struct job *job)
{
	struct gitops_found found = {
		.gitops = gitops,
		.job = job,
		.parent = job->target->followed,
	};
	struct object *object;

	bundle_foreach (object, job->bundle) {
		found.object = object;
		look_at(gitops, &found);
	}
}

static void look_again(struct gitops *gitops, bool last)
{
	struct gitops_founds waiting = gitops->waiting;
	size_t i;

	memset(&gitops->waiting, 0, sizeof(gitops->waiting));
	for (i = 0; i < waiting.count; i++) {
		waiting.items[i].last = last;
		look_at(gitops, &waiting.items[i]);
	}
}

/*
 * A build writes what was declared and nothing beside it; what nobody declared
 * it writes as applied.
 */
static bool has_objects(const struct job *job)
{
	return job->bundle && !job->failed &&
	       (job->run->lint || job->target->discovered);
}

/*
 * Of environments that share a bundle the first is asked.  Two clusters that
 * apply one folder may mean different things by the names in it.
 */
static bool is_asked(const struct job *job)
{
	return has_objects(job) && (!job->same || job->target->followed);
}

bool gitops_follow(struct gitops *gitops, size_t first)
{
	struct run *run = gitops->run;
	size_t count = run->jobs.count, i;

	for (i = first; i < count; i++)
		if (has_objects(run->jobs.items[i]) &&
		    !run->jobs.items[i]->same)
			gitops_index(gitops, run->jobs.items[i]);
	look_again(gitops, false);
	for (i = first; i < count; i++)
		if (is_asked(run->jobs.items[i]))
			look_at_job(gitops, run->jobs.items[i]);
	if (run->jobs.count == count)
		look_again(gitops, true);
	return run->jobs.count > count;
}
