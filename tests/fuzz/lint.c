/*
 * Any YAML, as a stream of manifests, through all rules: definitions of
 * custom resources in it become schemas of the objects beside them.  The same
 * once more says the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/manifests.h"
#include "lints/lint.h"
#include "model/bundle.h"

enum {
	MOST_ALIASES = 10000,
	MOST_DEPTH = 200,
	MOST_OBJECTS = 1000
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Every finding in a line. */
static void lint(struct arena *arena, struct bundle *bundle, struct str *out)
{
	struct lint_layers layers = {
		.profile = "all",
		.target = "",
		.environment = "",
		.kubernetes = { 25, 36 },
		.whole = true,
	};
	struct diag_sink diags;
	struct lint_config *config;
	size_t i;

	diag_sink_init(&diags, arena);
	config = lint_configure(arena, &diags, &layers);
	must(config != NULL);
	lint_bundle(config, bundle, NULL, &diags);
	for (i = 0; i < diags.diags.count; i++) {
		const struct diag *diag = diags.diags.items[i];

		str_printf(out, "%s %s %s\n", diag->rule ? diag->rule : "",
			   diag->path ? diag->path : "", diag->message);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct limits limits = limits_default();
	struct str first, again;
	struct fact_log facts;
	struct diag_sink diags;
	struct manifests manifests = {
		.bundle = bundle_new(arena, "default"),
		.diags = &diags,
		.facts = &facts,
		.limits = &limits,
		.dialect = YAML_HELM,
		.syntax_is_fact = true,
	};
	const char *text = arena_strndup(arena, (const char *)data, size);

	limits.aliases = MOST_ALIASES;
	limits.tree_depth = MOST_DEPTH;
	limits.objects = MOST_OBJECTS;
	diag_sink_init(&diags, arena);
	fact_log_init(&facts, arena);
	if (manifests_read(&manifests,
			   source_new(arena, "in.yaml", SOURCE_MANIFEST, text,
				      strlen(text)))) {
		str_init(&first, arena);
		str_init(&again, arena);
		lint(arena, manifests.bundle, &first);
		lint(arena, manifests.bundle, &again);
		must(first.len == again.len &&
		     memcmp(first.text, again.text, first.len) == 0);
	}
	arena_free(arena);
	return 0;
}
