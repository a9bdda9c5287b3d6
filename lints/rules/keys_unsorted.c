/*
 * keys-unsorted: keys of a map that do not stand in the order of their bytes.
 *
 * Only what one file wrote in one go has an order of its author's: overlays
 * add keys of other files, and sort.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct lint_param params[] = {
	{ "recursive", LINT_PARAM_BOOL, "true",
	  "Look at the maps inside of the object as well." },
	{ .name = NULL }
};

/* The first key that stands behind a greater one; or NULL. */
static const struct value_entry *unsorted(const struct value *map)
{
	const struct value_entry *entry, *last = NULL;

	value_foreach (entry, map) {
		if (last &&
		    origin_source(&last->origin) ==
			    origin_source(&entry->origin) &&
		    last->origin.begin < entry->origin.begin &&
		    strcmp(last->key, entry->key) > 0)
			return entry;
		last = origin_source(&entry->origin) ? entry : NULL;
	}
	return NULL;
}

static const char *before(const struct value *map, const char *key)
{
	const struct value_entry *entry, *least = NULL;

	value_foreach (entry, map)
		if (strcmp(entry->key, key) > 0 &&
		    (!least || strcmp(entry->key, least->key) < 0))
			least = entry;
	return least->key;
}

/* As deep as the reader lets values be. */
static void look(struct lint_run *run, const struct value *value)
{
	const struct value_entry *entry = unsorted(value);
	const struct value *item;

	if (entry)
		lint_report(run, entry->value, "key '%s' stands behind '%s'",
			    entry->key, before(value, entry->key));
	if (!lint_param_bool(run, "recursive"))
		return;
	list_foreach (item, value)
		look(run, item);
	value_foreach (entry, value)
		look(run, entry->value);
}

static void check(struct lint_run *run, const struct object *object)
{
	look(run, object->root);
}

const struct lint_rule lint_keys_unsorted = {
	.name = "keys-unsorted",
	.code = "PL0101",
	.group = LINT_INPUT,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Keys of a map are not in alphabetical order.",
	.why = "In a fixed order two manifests can be read side by side.",
	.fix = "Sort the keys.",
	.params = params,
	.check_object = check,
};
