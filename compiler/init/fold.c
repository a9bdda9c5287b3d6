/*
 * Families in place of lists: targets whose paths differ in one place are one
 * target whose name captures it.
 *
 * Each target says which families it could be in; a family that saves lines is
 * taken, the one that saves most first.  What else lies where its members do,
 * a base or a Component, is excluded by name.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/init.h"

enum {
	SEGMENTS_MAX = 32,
	EXCLUDED_WIDTH = 66, /* of a line of `exclude:` */
	EXCLUDED_MAX = 4,    /* such lines */
	LINES_WANTED = 25,
	DEEP_LEAST = 3 /* lines that a deep family has to save */
};

struct segments {
	const char *items[SEGMENTS_MAX];
	size_t count;
};

struct candidate {
	const char *path;
	enum source_kind kind;
	const char *values; /* those of its members, behind the path */
	bool deep;
	VEC(size_t) targets;
	bool looked;
	struct option_texts matches; /* what is there of such a path */
};

struct folding {
	struct init_plan *plan;
	struct arena *arena;
	struct table candidates;
	size_t lines;   /* of `exclude:`, at most */
	size_t members; /* at least */
};

static struct segments split(struct arena *arena, const char *path)
{
	struct segments segments = { .count = 0 };

	while (*path && segments.count < SEGMENTS_MAX) {
		size_t len = strcspn(path, "/");

		segments.items[segments.count++] =
			arena_strndup(arena, path, len);
		path += len;
		path += *path == '/';
	}
	return segments;
}

static bool is_env(const char *segment)
{
	return strcmp(segment, "${env}") == 0;
}

static bool is_deep(const char *segment)
{
	return strncmp(segment, "${", 2) == 0 && strstr(segment, ":**}");
}

static bool is_environment(const struct init_plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->environments.count; i++)
		if (strcmp(plan->environments.items[i], name) == 0)
			return true;
	return false;
}

/* Whether a path that is there is one of those that a pattern stands for. */
static bool fits(const struct init_plan *plan, const struct segments *pattern,
		 size_t at, const struct segments *path, size_t from)
{
	const char *segment;
	size_t i;

	if (at == pattern->count)
		return from == path->count;
	segment = pattern->items[at];
	if (is_deep(segment)) {
		for (i = from + 1; i <= path->count; i++)
			if (fits(plan, pattern, at + 1, path, i))
				return true;
		return false;
	}
	if (from == path->count)
		return false;
	if (is_env(segment) ? !is_environment(plan, path->items[from])
			    : strncmp(segment, "${", 2) != 0 &&
				      strcmp(segment, path->items[from]) != 0)
		return false;
	return fits(plan, pattern, at + 1, path, from + 1);
}

/* What is below "apps" is an app. */
static const char *name_capture(struct arena *arena, const char *before)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t len = before ? strlen(before) : 0;

	if (len < 3 || before[len - 1] != 's' || strspn(before, letters) != len)
		return "name";
	return arena_strndup(arena, before, len - 1);
}

static void put_segment(struct str *out, const char *segment)
{
	str_printf(out, "%s%s", out->len ? "/" : "", segment);
}

static void offer(struct folding *folding, size_t target, const char *path,
		  bool deep)
{
	const struct init_target *of = &folding->plan->targets.items[target];
	size_t len = strlen(of->path), i;
	struct candidate *candidate;
	struct str values;
	const char *key;

	str_init(&values, folding->arena);
	for (i = 0; i < of->values.count; i++) {
		const char *text = of->values.items[i].text;

		/* Values that lie elsewhere belong to one chart. */
		if (strncmp(text, of->path, len) != 0 || text[len] != '/')
			return;
		str_printf(&values, "%s\n", text + len);
	}
	key = arena_printf(folding->arena, "%d %s\n%s", (int)of->kind, path,
			   str_text(&values));
	candidate = table_gets(&folding->candidates, key);
	if (!candidate) {
		candidate = arena_zalloc(folding->arena, sizeof(*candidate));
		candidate->path = path;
		candidate->kind = of->kind;
		candidate->values = str_text(&values);
		candidate->deep = deep;
		table_puts(&folding->candidates, key, candidate);
	}
	vec_push(folding->arena, &candidate->targets, target);
}

/* One segment is captured. */
static void offer_plain(struct folding *folding, size_t target,
			const struct segments *path)
{
	size_t at, i;

	for (at = 0; at < path->count; at++) {
		const char *before = at ? path->items[at - 1] : NULL;
		struct str out;

		if (is_env(path->items[at]))
			continue;
		str_init(&out, folding->arena);
		for (i = 0; i < path->count; i++)
			put_segment(
				&out,
				i == at ? arena_printf(
						  folding->arena, "${%s}",
						  name_capture(folding->arena,
							       before))
					: path->items[i]);
		offer(folding, target, str_text(&out), false);
	}
}

/* All before the last segments is captured, and perhaps the last one. */
static void offer_deep(struct folding *folding, size_t target,
		       const struct segments *path)
{
	static const char dir[] = "${dir:**}";
	struct arena *arena = folding->arena;
	size_t n = path->count;
	const char *last = path->items[n - 1], *before;

	if (folding->plan->targets.items[target].kind == SOURCE_KIND_CHART)
		return;
	if (n < 2)
		return;
	before = path->items[n - 2];
	if (!is_env(last))
		offer(folding, target, arena_printf(arena, "%s/%s", dir, last),
		      true);
	if (n < 3 || is_env(before))
		return;
	if (is_env(last))
		offer(folding, target,
		      arena_printf(arena, "%s/%s/%s", dir, before, last), true);
	else
		offer(folding, target,
		      arena_printf(arena, "%s/%s/${%s}", dir, before,
				   name_capture(arena, before)),
		      true);
}

static void look(struct folding *folding, struct candidate *candidate)
{
	struct init_plan *plan = folding->plan;
	const struct option_texts *there = candidate->kind == SOURCE_KIND_CHART
						   ? &plan->charts
						   : &plan->kustomizations;
	struct segments pattern = split(folding->arena, candidate->path), path;
	size_t i;

	candidate->looked = true;
	for (i = 0; i < there->count; i++) {
		path = split(folding->arena, there->items[i]);
		if (fits(plan, &pattern, 0, &path, 0))
			vec_push(folding->arena, &candidate->matches,
				 there->items[i]);
	}
}

/* The paths of a target that are there. */
static void add_paths(struct folding *folding, struct table *paths,
		      const struct init_target *target)
{
	const char *at = strstr(target->path, "${env}");
	size_t i;

	if (!at)
		table_puts(paths, target->path, folding);
	for (i = 0; at && i < target->environments.count; i++)
		table_puts(paths,
			   arena_printf(folding->arena, "%.*s%s%s",
					(int)(at - target->path), target->path,
					target->environments.items[i],
					at + strlen("${env}")),
			   folding);
}

/* Words that stand in paths of those left out and in none of a member. */
static const char *best_word(struct folding *folding,
			     const struct option_texts *bad,
			     const struct table *kept)
{
	struct table counts;
	const char *best = NULL;
	size_t most = 1, i, j, count;

	table_init(&counts, folding->arena);
	for (i = 0; i < bad->count; i++) {
		struct segments path = split(folding->arena, bad->items[i]);

		for (j = 0; j < path.count; j++) {
			const char *word = path.items[j];

			if (table_gets(kept, word))
				continue;
			count = (size_t)table_gets(&counts, word) + 1;
			table_puts(&counts, word, (void *)count);
			if (count > most) {
				most = count;
				best = word;
			}
		}
	}
	return best;
}

static bool holds_word(struct arena *arena, const char *path, const char *word)
{
	struct segments segments = split(arena, path);
	size_t i;

	for (i = 0; i < segments.count; i++)
		if (strcmp(segments.items[i], word) == 0)
			return true;
	return false;
}

/* As few patterns as say it. */
static struct option_texts exclude(struct folding *folding,
				   struct option_texts bad,
				   const struct table *members)
{
	struct option_texts patterns = { 0 };
	struct table kept;
	const char *word;
	size_t i, j;

	table_init(&kept, folding->arena);
	for (i = 0; i < members->count; i++) {
		struct segments path =
			split(folding->arena, members->entries[i].key);

		for (j = 0; j < path.count; j++)
			table_puts(&kept, path.items[j], folding);
	}
	while ((word = best_word(folding, &bad, &kept)) != NULL) {
		size_t left = 0;

		vec_push(folding->arena, &patterns,
			 arena_join(folding->arena, "**/", word));
		for (i = 0; i < bad.count; i++)
			if (!holds_word(folding->arena, bad.items[i], word))
				bad.items[left++] = bad.items[i];
		bad.count = left;
	}
	for (i = 0; i < bad.count; i++)
		vec_push(folding->arena, &patterns, bad.items[i]);
	return patterns;
}

static size_t lines_of(const struct option_texts *patterns)
{
	size_t lines = patterns->count > 0, width = 0, i;

	for (i = 0; i < patterns->count; i++) {
		width += strlen(patterns->items[i]) + 4;
		if (width > EXCLUDED_WIDTH) {
			width = strlen(patterns->items[i]) + 4;
			lines++;
		}
	}
	return lines;
}

/* With the line above them. */
static size_t count_lines(const char *values)
{
	size_t lines = *values != '\0';

	for (; *values; values++)
		lines += *values == '\n';
	return lines;
}

/* What a family of the targets that are left would look like, and save. */
static long judge(struct folding *folding, struct candidate *candidate,
		  struct init_family *family)
{
	struct option_texts bad = { 0 };
	struct table members;
	size_t i, count = 0, lines, each;
	long saved;

	memset(family, 0, sizeof(*family));
	table_init(&members, folding->arena);
	for (i = 0; i < candidate->targets.count; i++) {
		const struct init_target *target =
			&folding->plan->targets
				 .items[candidate->targets.items[i]];

		if (target->family || target->broken)
			continue;
		add_paths(folding, &members, target);
		count++;
	}
	if (count < folding->members)
		return 0;
	if (!candidate->looked)
		look(folding, candidate);
	for (i = 0; i < candidate->matches.count; i++)
		if (!table_gets(&members, candidate->matches.items[i]))
			vec_push(folding->arena, &bad,
				 candidate->matches.items[i]);
	/* A folder of one environment cannot be left out alone. */
	if (bad.count && strstr(candidate->path, "${env}"))
		return 0;
	family->exclude = exclude(folding, bad, &members);
	family->path = candidate->path;
	family->kind = candidate->kind;
	family->values = candidate->values;
	family->members = count;
	family->first = members.entries[0].key;
	lines = lines_of(&family->exclude);
	each = 2 + count_lines(candidate->values);
	saved = (long)(count * each) - (long)(each + 1 + lines);
	/* A name that captures whole paths says less. */
	if (candidate->deep)
		saved -= (long)count;
	if (lines > folding->lines)
		return 0;
	return candidate->deep && saved < DEEP_LEAST ? 0 : saved;
}

/* The path without what only holds something else. */
static const char *name_family(struct folding *folding,
			       const struct init_family *family)
{
	struct segments path = split(folding->arena, family->path);
	struct str out;
	size_t i;

	str_init(&out, folding->arena);
	for (i = 0; i < path.count; i++)
		if (!is_env(path.items[i]) &&
		    (family->kind == SOURCE_KIND_CHART ||
		     !init_is_holder(path.items[i])))
			put_segment(&out, path.items[i]);
	for (i = 0; i < folding->plan->families.count; i++)
		if (strcmp(folding->plan->families.items[i].name,
			   str_text(&out)) == 0)
			return family->path;
	return str_text(&out);
}

static bool take_best(struct folding *folding)
{
	struct init_family best = { 0 }, family;
	struct candidate *from = NULL;
	long most = 0, saved;
	uint32_t i;
	size_t j;

	for (i = 0; i < folding->candidates.count; i++) {
		struct candidate *candidate =
			folding->candidates.entries[i].value;

		if (candidate->targets.count < 2)
			continue;
		saved = judge(folding, candidate, &family);
		if (saved <= most)
			continue;
		most = saved;
		best = family;
		from = candidate;
	}
	if (!from)
		return false;
	best.name = name_family(folding, &best);
	vec_push(folding->arena, &folding->plan->families, best);
	for (j = 0; j < from->targets.count; j++) {
		struct init_target *target =
			&folding->plan->targets.items[from->targets.items[j]];

		if (!target->broken && !target->family)
			target->family = folding->plan->families.count;
	}
	return true;
}

/* No more families than come to `limit` lines, those that say most first. */
static size_t fold(struct init_plan *plan, size_t most, size_t least,
		   size_t limit)
{
	struct folding folding = { .plan = plan,
				   .arena = plan->arena,
				   .lines = most,
				   .members = least };
	size_t i, lines = 1; /* "targets:" */

	init_unfold(plan);
	table_init(&folding.candidates, plan->arena);
	for (i = 0; i < plan->targets.count; i++) {
		const struct init_target *target = &plan->targets.items[i];
		struct segments path = split(plan->arena, target->path);

		if (target->broken || !path.count || path.items[0][0] == '.' ||
		    (target->kind != SOURCE_KIND_CHART &&
		     target->kind != SOURCE_KIND_KUSTOMIZATION))
			continue;
		offer_plain(&folding, i, &path);
		offer_deep(&folding, i, &path);
	}
	while (lines + 2 < limit && take_best(&folding))
		lines += 2 + lines_of(&vec_last(&plan->families)->exclude);
	for (i = 0; i < plan->targets.count; i++)
		lines += plan->targets.items[i].family ? 0 : 2;
	return lines;
}

void init_unfold(struct init_plan *plan)
{
	size_t i;

	plan->rest = false;
	plan->families.count = 0;
	for (i = 0; i < plan->targets.count; i++)
		plan->targets.items[i].family = 0;
}

void init_fold(struct init_plan *plan)
{
	if (fold(plan, EXCLUDED_MAX, 2, SIZE_MAX) <= LINES_WANTED)
		return;
	/* Of what has no order a list would say nothing. */
	(void)fold(plan, 1, 3, LINES_WANTED);
	plan->rest = true;
}
