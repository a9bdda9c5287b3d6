#include "overlays/selector.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/node.h"
#include "overlays/run.h"

static const char *const part_names[SELECTOR_PARTS] = { "group", "version",
							"kind", "name",
							"namespace" };

static bool is_plain(const char *text)
{
	return !strpbrk(text, "\\.+*?()|[]{}^$");
}

static bool read_part(struct overlay_run *run, const struct value *value,
		      bool exact, struct selector_field *field)
{
	const char *text = node_text(run->arena, value);
	const char *pattern, *error;

	if (!*text)
		return true;
	if (exact || is_plain(text)) {
		field->text = text;
		return true;
	}
	pattern = overlay_text(run, "^(?:%s)$", text);
	field->regex =
		regex_compile(run->arena, pattern, strlen(pattern), &error);
	if (!field->regex)
		return overlay_fail(run, &value->origin, error,
				    "\"%s\" is no regular expression: %s", text,
				    error);
	return true;
}

bool selector_read(struct overlay_run *run, const struct value *value,
		   bool exact, struct selector *selector)
{
	const struct value *labels = value_get(value, "labelSelector");
	const struct value *annotations =
		value_get(value, "annotationSelector");
	size_t i;

	memset(selector, 0, sizeof(*selector));
	for (i = 0; i < SELECTOR_PARTS; i++) {
		const struct value *part = value_get(value, part_names[i]);

		if (!part)
			continue;
		if (!read_part(run, part, exact, &selector->parts[i]))
			return false;
		if (selector->parts[i].text || selector->parts[i].regex)
			selector->has_id = true;
	}
	selector->has_labels = labels && labels->len;
	selector->has_annotations = annotations && annotations->len;
	if (labels && !requirements_read(run, value_string_or(labels, ""),
					 &labels->origin, &selector->labels))
		return false;
	return !annotations ||
	       requirements_read(run, value_string_or(annotations, ""),
				 &annotations->origin, &selector->annotations);
}

bool selector_part_matches(const struct selector *selector,
			   enum selector_part part, const char *text)
{
	const struct selector_field *field = &selector->parts[part];

	if (field->text)
		return strcmp(field->text, text) == 0;
	return !field->regex || regex_matches(field->regex, text, strlen(text));
}

bool selector_meta_matches(struct overlay_run *run,
			   const struct selector *selector,
			   const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");

	return requirements_match(run, &selector->labels,
				  value_get(metadata, "labels")) &&
	       requirements_match(run, &selector->annotations,
				  value_get(metadata, "annotations"));
}

static bool matches(struct overlay_run *run, const struct selector *selector,
		    const struct object *object)
{
	if (!selector_part_matches(selector, SELECTOR_NAMESPACE,
				   resource_first_namespace(object)) &&
	    !selector_part_matches(selector, SELECTOR_NAMESPACE,
				   resource_namespace(object)))
		return false;
	if (!selector_part_matches(selector, SELECTOR_NAME,
				   resource_first_name(object)) &&
	    !selector_part_matches(selector, SELECTOR_NAME, object->name))
		return false;
	return selector_part_matches(selector, SELECTOR_GROUP, object->group) &&
	       selector_part_matches(selector, SELECTOR_VERSION,
				     object->version) &&
	       selector_part_matches(selector, SELECTOR_KIND, object->kind) &&
	       selector_meta_matches(run, selector, object);
}

static int by_index(const void *a, const void *b)
{
	const struct object *one = *(struct object *const *)a;
	const struct object *two = *(struct object *const *)b;

	return (one->index > two->index) - (one->index < two->index);
}

void selector_candidates(struct overlay_run *run,
			 const struct selector *selector,
			 struct accumulator *acc,
			 struct stream_objects *objects)
{
	const char *name = selector->parts[SELECTOR_NAME].text;
	const struct object_set *set;
	struct object *object;
	size_t i;

	if (!name) {
		accumulator_foreach(object, acc)
			vec_push(run->arena, objects, object);
		return;
	}
	set = accumulator_named(acc, name);
	for (i = 0; set && i < set->objects.count; i++)
		vec_push(run->arena, objects, set->objects.items[i]);
	if (objects->count > 1)
		qsort(objects->items, objects->count, sizeof(*objects->items),
		      by_index);
}

void selector_select(struct overlay_run *run, const struct selector *selector,
		     struct accumulator *acc, struct stream_objects *objects)
{
	struct stream_objects candidates = { 0 };
	size_t i;

	selector_candidates(run, selector, acc, &candidates);
	for (i = 0; i < candidates.count; i++)
		if (matches(run, selector, candidates.items[i]))
			vec_push(run->arena, objects, candidates.items[i]);
}
