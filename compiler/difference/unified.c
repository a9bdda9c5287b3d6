/*
 * unified: the objects as YAML, line by line, for tools that read patches.
 */
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "compiler/difference.h"
#include "compiler/difference/lines.h"
#include "compiler/job.h"
#include "model/object.h"
#include "model/value.h"

enum {
	CONTEXT = 3
};

static void write_object(struct str *out, const struct object_change *change,
			 struct job *job, const struct object *object)
{
	struct object shown;

	if (!object || !job)
		return;
	shown = *object;
	shown.root = difference_hidden_object(out->arena, change, object);
	/* What the emitter refuses was reported when it was built. */
	if (!job_write_object(job, &shown, out))
		out->len = 0;
}

static void put_name(struct str *out, const struct object_change *change,
		     const struct object *object, const char *side)
{
	if (!object) {
		str_puts(out, "/dev/null");
		return;
	}
	str_printf(out, "%s/", side);
	difference_put_where(out, &change->where);
	str_printf(out, "/%s/%s", object->kind, object->name);
}

static void write(struct str *out, const struct difference *difference,
		  const struct difference_style *style)
{
	size_t i;

	(void)style;
	for (i = 0; i < difference->changes.count; i++) {
		const struct object_change *change =
			difference->changes.items[i];
		struct str old, new;

		str_init(&old, out->arena);
		str_init(&new, out->arena);
		write_object(&old, change, change->old_job, change->old);
		write_object(&new, change, change->new_job, change->new);
		str_puts(out, "--- ");
		put_name(out, change, change->old, "a");
		str_puts(out, "\n+++ ");
		put_name(out, change, change->new, "b");
		str_putc(out, '\n');
		lines_put_hunks(out, &old, &new, CONTEXT);
	}
}

const struct difference_format difference_unified = { "unified", write };
