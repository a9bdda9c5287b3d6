#include "overlays/structured_marks.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/table.h"
#include "model/value.h"
#include "model/yaml_events.h"
#include "overlays/node.h"
#include "overlays/run.h"

struct structured_marks {
	struct table nodes; /* to struct structured_mark */
};

struct walker {
	struct arena *arena;
	struct structured_marks *marks;
	struct yaml_events *events;
	struct yaml_event event;
};

static bool next(struct walker *walker)
{
	struct yaml_problem problem;

	return yaml_events_next(walker->events, &walker->event, &problem);
}

static struct structured_mark *mark(struct walker *walker,
				    const struct value *node)
{
	struct structured_mark *mark =
		arena_zalloc(walker->arena, sizeof(*mark));

	mark->of = node;
	table_put(&walker->marks->nodes, (const char *)&mark->of,
		  sizeof(mark->of), mark);
	return mark;
}

/* As go-yaml v3 prints it. */
static const char *short_tag(struct arena *arena, const char *tag)
{
	static const char core[] = "tag:yaml.org,2002:";

	if (strncmp(tag, core, sizeof(core) - 1) == 0)
		return arena_printf(arena, "!!%s", tag + sizeof(core) - 1);
	if (*tag == '!')
		return arena_strdup(arena, tag);
	return arena_printf(arena, "!<%s>", tag);
}

/* A tag of "!" is not printed: that is left alone. */
static bool take_properties(struct walker *walker, const struct value *node)
{
	const struct yaml_event *event = &walker->event;
	bool merges = event->kind == YAML_EVENT_SCALAR && event->plain &&
		      event->len == 2 && memcmp(event->text, "<<", 2) == 0;
	struct structured_mark *own;

	if (event->tag && strcmp(event->tag, "!") == 0)
		return false;
	if (!event->anchor && !event->tag && !merges)
		return true;
	own = mark(walker, node);
	if (event->anchor)
		own->anchor = arena_printf(walker->arena, "&%s", event->anchor);
	if (event->tag)
		own->tag = short_tag(walker->arena, event->tag);
	else if (merges)
		own->tag = "!!merge";
	return true;
}

static void take_alias(struct walker *walker, struct value *node)
{
	const char *text =
		arena_printf(walker->arena, "*%s", walker->event.text);
	struct value *scalar = node_scalar(walker->arena, &node->origin, text,
					   strlen(text), NODE_UNTYPED);

	*node = *scalar;
	mark(walker, node)->alias = true;
}

static bool walk(struct walker *walker, struct value *node);

static bool walk_list(struct walker *walker, const struct value *list)
{
	struct value *item;

	list_foreach (item, list)
		if (!next(walker) || !walk(walker, item))
			return false;
	return next(walker) && walker->event.kind == YAML_EVENT_CLOSE;
}

/* The tag of a merge key is printed anyhow. */
static bool is_bare_key(const struct yaml_event *event)
{
	return event->kind == YAML_EVENT_SCALAR && !event->anchor &&
	       (!event->tag ||
		(strcmp(event->tag, "tag:yaml.org,2002:merge") == 0 &&
		 event->len == 2 && memcmp(event->text, "<<", 2) == 0));
}

static bool walk_map(struct walker *walker, const struct value *map)
{
	struct value_entry *entry;

	value_foreach (entry, map)
		if (!next(walker) || !is_bare_key(&walker->event) ||
		    !next(walker) || !walk(walker, entry->value))
			return false;
	return next(walker) && walker->event.kind == YAML_EVENT_CLOSE;
}

/* The node that begins with the event. */
static bool walk(struct walker *walker, struct value *node)
{
	switch (walker->event.kind) {
	case YAML_EVENT_ALIAS:
		take_alias(walker, node);
		return true;
	case YAML_EVENT_SCALAR:
		return node_is_scalar(node) && take_properties(walker, node);
	case YAML_EVENT_LIST:
		return value_is_list(node) && take_properties(walker, node) &&
		       walk_list(walker, node);
	case YAML_EVENT_MAP:
		return value_is_map(node) && take_properties(walker, node) &&
		       walk_map(walker, node);
	case YAML_EVENT_END:
	case YAML_EVENT_DOCUMENT:
	case YAML_EVENT_DOCUMENT_END:
	case YAML_EVENT_CLOSE:
		break;
	}
	return false;
}

struct structured_marks *structured_marks_read(struct overlay_run *run,
					       const struct source *source,
					       struct value *tree)
{
	struct walker walker = { .arena = run->arena };
	bool fits;

	walker.marks = arena_zalloc(run->arena, sizeof(*walker.marks));
	table_init(&walker.marks->nodes, run->arena);
	walker.events = yaml_events_open(run->arena, source, 0, source->len,
					 YAML_KUSTOMIZE);
	fits = next(&walker) && walker.event.kind == YAML_EVENT_DOCUMENT &&
	       next(&walker) && walk(&walker, tree);
	yaml_events_close(walker.events);
	return fits ? walker.marks : NULL;
}

const struct structured_mark *
structured_mark_of(const struct structured_marks *marks,
		   const struct value *node)
{
	return marks ? table_get(&marks->nodes, (const char *)&node,
				 sizeof(node))
		     : NULL;
}
