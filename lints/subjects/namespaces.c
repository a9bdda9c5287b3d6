#include "lints/subjects/namespaces.h"

#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value_path.h"

void lint_namespaces_lacking(struct lint_run *run, const char *kind)
{
	const struct object_set *spaces =
		bundle_of_kind(run->bundle, "", "Namespace");
	const struct object_set *set = bundle_of_kind(run->bundle, "", kind);
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; set && i < set->objects.count; i++)
		table_puts(&seen, lint_namespace(run, set->objects.items[i]),
			   set->objects.items[i]);
	for (i = 0; spaces && i < spaces->objects.count; i++) {
		const struct object *space = spaces->objects.items[i];

		if (!table_gets(&seen, space->name))
			lint_report_in(run, space,
				       value_at(space->root, "metadata.name"),
				       "namespace '%s' has no %s", space->name,
				       kind);
	}
}
