#include "overlays/hint.h"

#include <string.h>

#include "base/edit_distance.h"
#include "model/object.h"
#include "overlays/accumulator.h"
#include "overlays/run.h"
#include "overlays/selector.h"

struct search {
	const struct accumulator *acc;
	const char *kind; /* "": names of any kind; NULL: kinds */
	size_t at;
	size_t former; /* names of the object given so far */
};

static const char *next_kind(void *context)
{
	struct search *search = context;

	return search->at < search->acc->objects.count
		       ? search->acc->objects.items[search->at++]->kind
		       : NULL;
}

/* What it was called in its file comes first, then what it is called now. */
static const char *next_name(void *context)
{
	struct search *search = context;

	while (search->at < search->acc->objects.count) {
		const struct object *object =
			search->acc->objects.items[search->at];

		if ((!*search->kind ||
		     strcmp(object->kind, search->kind) == 0) &&
		    search->former < object->former_count)
			return object->former[search->former++].name;
		search->former = 0;
		search->at++;
		if (!*search->kind || strcmp(object->kind, search->kind) == 0)
			return object->name;
	}
	return NULL;
}

static bool has_kind(const struct accumulator *acc, const char *kind)
{
	const struct object *object;

	accumulator_foreach(object, acc) if (strcmp(object->kind, kind) ==
					     0) return true;
	return false;
}

const char *hint_for(struct accumulator *acc, const char *kind,
		     const char *name)
{
	struct search search = { .acc = acc, .kind = kind };

	if (acc->hints >= ACCUMULATOR_HINTS)
		return NULL;
	acc->hints++;
	if (*kind && !has_kind(acc, kind))
		return edit_nearest(kind, next_kind, &search);
	return *name ? edit_nearest(name, next_name, &search) : NULL;
}

const char *hint_for_selector(struct accumulator *acc,
			      const struct selector *selector)
{
	const char *kind = selector->parts[SELECTOR_KIND].text;
	const char *name = selector->parts[SELECTOR_NAME].text;

	return hint_for(acc, kind ? kind : "", name ? name : "");
}

void hint_error(struct overlay_run *run, const char *near)
{
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
}

void hint_fact(struct overlay_run *run, const char *near)
{
	if (near && run->facts)
		vec_last(&run->facts->facts)->help =
			overlay_text(run, "did you mean \"%s\"?", near);
}
