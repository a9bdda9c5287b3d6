#include "overlays/shared.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/source.h"
#include "base/table.h"
#include "base/tree.h"
#include "base/tree_made.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "overlays/layer.h"
#include "overlays/run.h"

/* What a file holds; never changed. */
struct shared {
	struct shared_trees trees;
	struct fact_log facts; /* of reading them */
};

static const void *make_stream(struct arena *arena, const struct source *source,
			       const void *limits)
{
	struct shared *shared = arena_zalloc(arena, sizeof(*shared));
	const struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					      .limits = limits,
					      .facts = &shared->facts };
	struct yaml_documents documents = { 0 };
	struct yaml_problem problem;
	uint32_t bad;
	size_t i;

	fact_log_init(&shared->facts, arena);
	if (!yaml_split(arena, source, YAML_SPLIT_KUSTOMIZE, &documents, &bad))
		return NULL;
	for (i = 0; i < documents.count; i++) {
		struct value *tree =
			yaml_read(arena, source, documents.items[i].begin,
				  documents.items[i].end, &options, &problem);

		if (!tree)
			return NULL;
		vec_push(arena, &shared->trees, tree);
	}
	return shared;
}

static const struct tree_maker streams = { make_stream };

static const void *make_kustomization(struct arena *arena,
				      const struct source *source,
				      const void *limits)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = limits,
					      .json_numbers = true };
	struct yaml_problem problem;

	return yaml_read(arena, source, 0, source->len, &options, &problem);
}

static const struct tree_maker kustomizations = { make_kustomization };

/* A root is built by itself; what it builds on others may build on too. */
static bool may_share(const struct overlay_run *run)
{
	const struct overlay_options *options = run->options;

	return run->layer && run->layer->parent &&
	       (options->shares ||
		(options->shared &&
		 table_find(options->shared, run->layer->root,
			    strlen(run->layer->root))));
}

bool shared_stream(struct overlay_run *run, const struct source *source,
		   struct shared_trees *trees)
{
	const struct shared *shared =
		may_share(run) ? tree_view_made(run->view, source, &streams,
						run->options->limits)
			       : NULL;
	size_t i;

	if (!shared)
		return false;
	for (i = 0; i < shared->trees.count; i++)
		vec_push(run->arena, trees,
			 value_copy_deep(run->arena, shared->trees.items[i]));
	for (i = 0; run->facts && i < shared->facts.facts.count; i++)
		vec_push(run->facts->arena, &run->facts->facts,
			 shared->facts.facts.items[i]);
	return true;
}

struct value *shared_kustomization(struct overlay_run *run,
				   const struct source *source)
{
	const struct value *document =
		may_share(run)
			? tree_view_made(run->view, source, &kustomizations,
					 run->options->limits)
			: NULL;

	return document ? value_copy_deep(run->arena, document) : NULL;
}
