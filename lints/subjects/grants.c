#include "lints/subjects/grants.h"

#include "base/arena.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *key_of(struct lint_run *run, const char *kind,
			  const char *from, const char *to)
{
	return arena_printf(run->arena, "%s\n%s\n%s", kind, from, to);
}

void lint_grants_build(struct lint_run *run, struct lint_grants *grants)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "gateway.networking.k8s.io", "ReferenceGrant");
	const struct value *from;
	size_t i;

	table_init(&grants->allowed, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		struct object *grant = set->objects.items[i];

		list_foreach (from, value_at(grant->root, "spec.from")) {
			const char *kind =
				value_string_or(value_get(from, "kind"), "");
			const char *other = value_string_or(
				value_get(from, "namespace"), "");

			table_puts(&grants->allowed,
				   key_of(run, kind, other,
					  lint_namespace(run, grant)),
				   grant);
		}
	}
}

bool lint_grants_allow(struct lint_run *run, const struct lint_grants *grants,
		       const char *kind, const char *from, const char *to)
{
	return table_gets(&grants->allowed, key_of(run, kind, from, to)) !=
	       NULL;
}
