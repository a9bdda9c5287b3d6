/*
 * The project: plimsoll.yaml as structures, before anything is rendered.
 *
 * Paths in it are relative to the folder of the project file; `dir` is that
 * folder as a path of the tree.  Texts may hold ${variables}, which
 * compiler/resolve.h replaces per target and environment.
 */
#ifndef COMPILER_PROJECT_H
#define COMPILER_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/limits.h"
#include "base/table.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct followed;
struct source;
struct tree_view;
struct value;

struct environment {
	const char *name;         /* "" where the project has no environments */
	const struct value *node; /* its map, or NULL */
	const struct value *key;  /* place of the name */
	size_t index;
};

enum source_kind {
	SOURCE_KIND_CHART,
	SOURCE_KIND_KUSTOMIZATION,
	SOURCE_KIND_MANIFESTS,
	SOURCE_KIND_TEMPLATES,
	SOURCE_KIND_STREAM, /* standard input, already read */
};

struct target_source {
	enum source_kind kind;
	const struct value *from; /* the value of chart:, manifests: ... */
	const struct value *node; /* the map with values:, release: ... */
};

struct target {
	const char *name;
	const struct value *node; /* its map */
	const struct value *key;  /* place of the name */
	VEC(struct target_source) sources;
	bool discovered; /* nobody declared it */
	const struct target *variant_of; /* the same chart with its defaults */
	const struct followed *followed; /* the object that names it; or NULL */
	bool sifted;     /* documents that are no manifests are left out */
	const char *dir; /* what its paths are relative to, in the tree */
	size_t index;
};

/* A text of the project file, and where it stands. */
struct project_text {
	const char *text;
	const struct value *at;
};

VEC_TYPE(project_texts, struct project_text);

/* `discover:`, what is to be found beside the targets. */
struct project_discover {
	const struct value *at;       /* NULL: nothing is asked for */
	struct project_texts in;      /* paths and patterns, of the tree */
	struct project_texts exclude; /* the same */
};

struct project {
	struct arena *arena;
	const struct source *source; /* NULL: there is no project file */
	const char *path;            /* of the file, in the tree; or NULL */
	const char *dir;
	struct value *root;
	VEC(struct environment) environments; /* at least one */
	bool has_environments;
	struct environment none; /* for targets that nobody declared */
	VEC(struct target *) targets;
	struct table variables; /* each name declared anywhere */
	struct project_discover discover;
	struct project_texts repository; /* URLs that mean this repository */
	struct limits limits;
};

/* The file nearest above `start`, up to the root of the tree; or NULL. */
const char *project_find(struct tree_view *view, const char *start);

/* NULL: what is wrong has been reported, with its places. */
MUST_USE struct project *project_load(struct arena *arena,
				      struct diag_sink *diags,
				      struct tree_view *view, const char *path);

/* A project without a file: one unnamed environment, no targets. */
struct project *project_empty(struct arena *arena, const char *dir);

/* Add a target that nobody declared; `node` may be an empty map. */
struct target *project_add(struct project *project, const char *name,
			   enum source_kind kind, struct value *from,
			   struct value *node);

#endif
