/*
 * A schema that is seen to be one at once: its metaschema has to agree,
 * whichever draft it is of.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "model/json.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

static void check(struct arena *arena, const struct value *root,
		  enum schema_draft draft)
{
	const struct limits limits = limits_default();
	struct schema_run run = { .arena = arena, .limits = &limits };
	struct schema_instance instance = { root, NULL, NULL, 0 };
	struct schema_scope scope = { &run, NULL, NULL };
	struct schema_errors errors = { 0 };
	struct schema_seen seen;

	table_init(&run.resources, arena);
	table_init(&run.owners, arena);
	table_init(&run.targets, arena);
	table_init(&run.places, arena);
	table_init(&run.patterns, arena);
	schema_seen_init(&seen, arena);
	scope.resource = schema_metaschema(&run, draft);
	run.metaschema = scope.resource->root;
	schema_apply(&scope, scope.resource->root, &instance, &seen, &errors);
	if (errors.count || run.broken)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct source *source =
		source_new(arena, "values.schema.json", SOURCE_CHART,
			   arena_strndup(arena, (const char *)data, size),
			   size);
	struct schema_run counted = { .arena = arena };
	struct json_problem problem;
	const struct value *root =
		json_read(arena, source, 0, size, false, &problem);
	enum schema_draft draft;

	if (root && schema_is_sound(&counted, root))
		for (draft = DRAFT_4; draft <= DRAFT_2020; draft++)
			check(arena, root, draft);
	arena_free(arena);
	return 0;
}
