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
static const char *describe(struct overlay_run *run, struct accumulator *acc,
			    const char *key)
{
	const char *error, *fault;
	struct object *object;
	struct str out;

	str_init(&out, run->arena);
	accumulator_foreach(object, acc)
	{
		struct value *shown;

		if (strcmp(resource_key(run, object), key) != 0)
			continue;
		shown = resource_annotated(run, object);
		if (out.len)
			str_putc(&out, ' ');
		fault = fault_of(run, shown);
		if (fault)
			str_printf(&out, "<%s>", fault);
		else if (!json_write(&out, shown, NULL, NULL, &error))
			str_puts(&out, error);
	}
	return str_text(&out);
}

static size_t *count_of(struct id_conflicts *ids, const char *key)
{
	size_t *count = table_gets(&ids->counts, key);

	if (!count) {
		count = arena_zalloc(ids->run->arena, sizeof(*count));
		table_puts(&ids->counts, key, count);
	}
	return count;
}

void id_conflicts_begin(struct id_conflicts *ids, struct overlay_run *run,
			struct accumulator *acc)
{
	struct object *object;

	ids->run = run;
	ids->acc = acc;
	table_init(&ids->counts, run->arena);
	accumulator_foreach(object, acc)
	{
		++*count_of(ids, resource_key(run, object));
	}
}

void id_conflicts_leave(struct id_conflicts *ids, const struct object *object)
{
	--*count_of(ids, resource_key(ids->run, object));
}

bool id_conflicts_enter(struct id_conflicts *ids, struct object *object,
			const char *name_space)
{
	struct overlay_run *run = ids->run;
	const char *key = resource_key(run, object);
	struct object *other;

	if (++*count_of(ids, key) == 1)
		return true;
	(void)!overlay_fail(run, &object->root->origin,
			    overlay_text(run,
					 "namespace transformation produces ID "
					 "conflict: [%s]",
					 describe(run, ids->acc, key)),
			    "in namespace \"%s\" there are two objects %s "
			    "\"%s\"",
			    name_space, object->kind, object->name);
	accumulator_foreach(other, ids->acc)
	{
		if (other == object ||
		    strcmp(resource_key(run, other), key) != 0)
			continue;
		diag_note(run->diags, &other->root->origin, "the other one");
		break;
	}
	return false;
}
