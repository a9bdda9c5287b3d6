#include "lints/subjects/hidden.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/table.h"
#include "lints/run.h"
#include "model/value.h"

VEC_TYPE(facts_of_key, const struct fact *);

static const char *key_of(struct arena *arena, const struct source *source,
			  const char *field, size_t len)
{
	return arena_printf(arena, "%p %.*s", (const void *)source, (int)len,
			    field);
}

static const struct table *index_facts(struct lint_run *run)
{
	struct table *table = run->found->hidden;
	struct arena *arena = run->found->kept;
	size_t i;

	if (table || !run->found->facts)
		return table;
	table = run->found->hidden = arena_alloc(arena, sizeof(*table));
	table_init(table, arena);
	for (i = 0; i < run->found->facts->facts.count; i++) {
		const struct fact *fact = &run->found->facts->facts.items[i];
		struct facts_of_key *facts;
		const char *key;

		if (fact->kind != FACT_BRANCH_SKIPPED)
			continue;
		key = key_of(arena, origin_source(&fact->origin), fact->text,
			     strlen(fact->text));
		facts = table_gets(table, key);
		if (!facts) {
			facts = arena_zalloc(arena, sizeof(*facts));
			table_puts(table, key, facts);
		}
		vec_push(arena, facts, fact);
	}
	return table;
}

/* How far a line of a template is indented; -1: nothing to go by. */
static int indent_of(const char *line, const char *end)
{
	const char *at = line;

	while (at < end && *at == ' ')
		at++;
	/* What an action at the margin prints is indented by itself. */
	if (at == end || *at == '\n' || *at == '\r' || *at == '#' ||
	    (at + 1 < end && at[0] == '{' && at[1] == '{'))
		return -1;
	return (int)(at - line);
}

/* Whether no line between two places leaves the map that begins at `column`. */
static bool is_inside(const struct source *source, uint32_t from, uint32_t to,
		      int column)
{
	const char *end = source->text + source->len;
	const char *line =
		memchr(source->text + from, '\n', source->len - from);

	while (line && line + 1 < source->text + to) {
		int indent = indent_of(++line, end);

		if (indent >= 0 && indent < column)
			return false;
		line = memchr(line, '\n', (size_t)(end - line));
	}
	return true;
}

static int column_of(const struct source *source, uint32_t at)
{
	uint32_t begin = at;

	while (begin && source->text[begin - 1] != '\n')
		begin--;
	return (int)(at - begin);
}

/* The place in a template that wrote the first key of a map. */
static const struct source *template_of(const struct value *map, uint32_t *at)
{
	const struct origin *origin = &map->origin;
	const struct segment *segment;

	if (!value_is_map(map) || !value_count(map) || !origin_source(origin) ||
	    !origin_source(origin)->map)
		return NULL;
	segment = source_segment(origin_source(origin), origin->begin);
	if (!segment || segment->from)
		return NULL;
	*at = segment->begin + (origin->begin - segment->at);
	return segment->frame->source->map ? NULL : segment->frame->source;
}

static bool is_beside(const struct source *source, uint32_t at, uint32_t other)
{
	return other > at ? is_inside(source, at, other, column_of(source, at))
			  : is_inside(source, other, at, column_of(source, at));
}

/*
 * What is there to be turned on; another branch of the same `if` may ask for a
 * text of one's own, which is empty.
 */
static bool is_switch(const struct origin *condition)
{
	static const char off[] = "false";
	const struct origin *value = origin_prev(condition);
	const struct source *source = value ? origin_source(value) : NULL;

	return source && value->begin + strlen(off) <= source->len &&
	       strncmp(source->text + value->begin, off, strlen(off)) == 0;
}

/* The value that a condition asked for, and then the condition. */
static const struct origin *behind_condition(struct lint_run *run,
					     const struct origin *origin)
{
	struct arena *arena = run->found->sink.arena;
	struct origin condition = origin_alone(origin), *found;

	found = arena_alloc(arena, sizeof(*found));
	*found = origin_after(arena, origin_prev(origin), ORIGIN_TOOK,
			      &condition);
	return found;
}

const struct origin *lint_hidden_by(struct lint_run *run,
				    const struct value *parent,
				    const char *field)
{
	const struct table *table = index_facts(run);
	const struct facts_of_key *facts = NULL;
	const struct source *source = NULL;
	const struct origin *best = NULL;
	uint32_t at = 0;
	size_t i;

	if (table && table->count)
		source = template_of(parent, &at);
	if (source && at < source->len)
		facts = table_gets(table, key_of(run->arena, source, field,
						 strcspn(field, ".[")));
	for (i = 0; facts && i < facts->count; i++) {
		const struct origin *origin = &facts->items[i]->origin;

		if (is_beside(source, at, origin->begin) &&
		    (!best || (!is_switch(best) && is_switch(origin))))
			best = origin;
	}
	return best ? behind_condition(run, best) : NULL;
}
