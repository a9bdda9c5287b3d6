/*
 * Values without what must not be seen: under keys that say so, in variables
 * and behind options of such names, and where texts hold them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "compiler/difference.h"
#include "model/object.h"
#include "model/secret.h"
#include "model/secret_arguments.h"
#include "model/value.h"

static bool is_changed(const struct object_change *change,
		       const struct value *value)
{
	return change && value &&
	       table_get(&change->by_value, (const char *)&value,
			 sizeof(value));
}

/* What stands behind it in a list is its value: "--password", "secret". */
static bool is_option(const struct value *before)
{
	const char *text = value_string(before);

	return text && text[0] == '-' && !strchr(text, '=') &&
	       secret_key(text, strlen(text));
}

static bool hides(const struct value *map, const struct value_entry *entry)
{
	const char *name = value_string(value_get(map, "name"));

	return secret_key(entry->key, entry->len) ||
	       strstr(entry->key, "last-applied-configuration") ||
	       (name && strcmp(entry->key, "value") == 0 &&
		secret_key(name, strlen(name)));
}

static struct value *hidden_text(struct arena *arena, const struct value *value)
{
	const char *text = value_string(value);
	const char *shown = secret_hidden(arena, text, strlen(text), false);

	return strcmp(shown, text) == 0 ? value_copy(arena, value)
					: value_new_cstring(arena, NULL, shown);
}

/* The words of a command know one another. */
static struct value *hidden_words(struct arena *arena,
				  const struct object_change *change,
				  const struct value *container,
				  const struct value *words)
{
	struct value *copy = value_new_list(arena, NULL);
	const struct secret_argument *secret;
	const struct value *item;
	struct table secrets;

	table_init(&secrets, arena);
	secret_arguments_add(&secrets, container);
	list_foreach (item, words) {
		secret = secret_argument_of(&secrets, item);
		/* A script that holds some is shown without those alone. */
		value_append(arena, copy,
			     difference_hidden(arena, change, item,
					       secret && !secret->alone));
	}
	return copy;
}

static struct value *hidden_map(struct arena *arena,
				const struct object_change *change,
				const struct value *map, bool below)
{
	struct value *copy = value_new_map(arena, NULL), *hidden;
	const struct value_entry *entry;

	value_foreach (entry, map) {
		if (!below && value_is_list(entry->value) &&
		    (strcmp(entry->key, "command") == 0 ||
		     strcmp(entry->key, "args") == 0))
			hidden = hidden_words(arena, change, map, entry->value);
		else
			hidden = difference_hidden(arena, change, entry->value,
						   below || hides(map, entry));
		value_set(arena, copy, entry->key, hidden);
	}
	return copy;
}

struct value *difference_hidden(struct arena *arena,
				const struct object_change *change,
				const struct value *value, bool below)
{
	const char *text = is_changed(change, value) ? "*** (changed)" : "***";
	const struct value *item, *before = NULL;
	struct value *copy;

	if (!value)
		return NULL;
	if (value_is_map(value))
		return hidden_map(arena, change, value, below);
	if (value_is_list(value)) {
		copy = value_new_list(arena, NULL);
		list_foreach (item, value) {
			bool secret = below || is_option(before);

			value_append(
				arena, copy,
				difference_hidden(arena, change, item, secret));
			before = item;
		}
		return copy;
	}
	if (below)
		return value_new_cstring(arena, NULL, text);
	return value_is_string(value) ? hidden_text(arena, value)
				      : value_copy(arena, value);
}

struct value *difference_hidden_object(struct arena *arena,
				       const struct object_change *change,
				       const struct object *object)
{
	static const char *const fields[] = { "data", "stringData" };
	struct value *root =
		difference_hidden(arena, change, object->root, false);
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *data = value_get(object->root, fields[i]);

		if (data && object_is(object, "", "Secret"))
			value_set(arena, root, fields[i],
				  difference_hidden(arena, change, data, true));
	}
	return root;
}
