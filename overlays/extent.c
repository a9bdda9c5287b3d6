#include "overlays/extent.h"

#include "base/limits.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/run.h"

enum {
	TEXT_NODE = 16,     /* bytes of a text that count as a node does */
	OBJECT_NODES = 1000 /* that are put into each object are no matter */
};

static struct limits limits_of(const struct overlay_run *run)
{
	return run->options->limits ? *run->options->limits : limits_default();
}

/* Whether the nodes, which are counted, are nested at most `left` deep. */
static bool count(struct overlay_run *run, const struct value *value,
		  uint64_t left)
{
	const struct value_entry *entry;
	const struct value *item;

	run->copied +=
		1 + (value_is_string(value) ? value->len / TEXT_NODE : 0);
	if (!left)
		return false;
	list_foreach (item, value)
		if (!count(run, item, left - 1))
			return false;
	value_foreach (entry, value)
		if (!count(run, entry->value, left - 1))
			return false;
	return true;
}

static bool is_little(struct overlay_run *run, const struct origin *at)
{
	const unsigned long long most = limits_of(run).aliases;
	const uint64_t free = run->acc ? run->acc->objects.count : 0;

	return run->copied <= free * OBJECT_NODES ||
	       run->copied - free * OBJECT_NODES <= most ||
	       overlay_fail(run, at, NULL,
			    "patches, replacements and vars put in more "
			    "than %llu nodes (--limit aliases)",
			    most);
}

static bool too_deep(struct overlay_run *run, const struct origin *at)
{
	return overlay_fail(run, at, NULL,
			    "the object is nested more than %llu deep "
			    "(--limit tree-depth)",
			    (unsigned long long)limits_of(run).tree_depth);
}

bool extent_allows(struct overlay_run *run, const struct origin *at,
		   const struct value *value, size_t depth)
{
	const uint64_t most = limits_of(run).tree_depth;

	if (depth > most || !count(run, value, most - depth + 1))
		return too_deep(run, at);
	return is_little(run, at);
}

bool extent_allows_text(struct overlay_run *run, const struct origin *at,
			size_t len)
{
	run->copied += len / TEXT_NODE;
	return is_little(run, at);
}

bool extent_allows_path(struct overlay_run *run, const struct origin *at,
			size_t parts)
{
	return parts <= limits_of(run).tree_depth || too_deep(run, at);
}
