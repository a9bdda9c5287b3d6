#include "overlays/id_conflicts.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "overlays/accumulator.h"
#include "overlays/refusal.h"
#include "overlays/run.h"

/* Why it has no JSON; NULL: it has. */
static const char *fault_of(struct overlay_run *run, const struct value *shown)
{
	const char *error;
	struct str out;

	str_init(&out, run->arena);
	if (!refusal_duplicate(run->arena, shown, &error) &&
	    yaml_emit(&out, shown, YAML_FORM_KUSTOMIZE, NULL, &error))
		return NULL;
	return strstr(error, "yaml: ") ? strstr(error, "yaml: ") : error;
}

/* The objects of one id, as kustomize prints them: with its annotations. */
static const char *describe(struct overlay_run *run,
			    const struct object_set *same)
{
	const char *error, *fault;
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = 0; i < same->objects.count; i++) {
		struct value *shown =
			resource_annotated(run, same->objects.items[i]);

		if (i)
			str_putc(&out, ' ');
		fault = fault_of(run, shown);
		if (fault)
			str_printf(&out, "<%s>", fault);
		else if (!json_write(&out, shown, NULL, NULL, &error))
			str_puts(&out, error);
	}
	return str_text(&out);
}

bool id_conflicts_check(struct overlay_run *run, struct accumulator *acc,
			const char *name_space)
{
	struct object *object;

	accumulator_changed(acc);
	accumulator_foreach(object, acc)
	{
		const struct resource_id id = { object->group, object->version,
						object->kind, object->name,
						object->name_space };
		const struct object_set *same = accumulator_current(acc, &id);

		if (!same || same->objects.count == 1)
			continue;
		(void)!overlay_fail(
			run, &object->root->origin,
			overlay_text(run,
				     "namespace transformation produces ID "
				     "conflict: [%s]",
				     describe(run, same)),
			"in namespace \"%s\" there are two objects %s \"%s\"",
			name_space, object->kind, object->name);
		diag_note(run->diags, &same->objects.items[1]->root->origin,
			  "the other one");
		return false;
	}
	return true;
}
