/*
 * The project: plimsoll.yaml and the members it includes as structures, before
 * anything is rendered.  Families have become the targets that are there.
 *
 * Paths in a file are relative to its folder; `dir` is that folder as a path of
 * the tree.  Texts may hold ${variables}, which
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
struct option_texts;
struct project_file;
struct source;
struct tree_view;
struct value;

/* A map of an environment, and the file it stands in. */
struct environment_node {
	const struct value *map;
	const struct project_file *file;
};

struct environment {
	const char *name;        /* "" where the file has no environments */
	const struct value *key; /* place of the name; NULL: nobody wrote it */
	size_t index;            /* among all of the project */
	/* Of the file, then of those that include it; none: it is only named */
	VEC(struct environment_node) nodes;
	/* Itself, then those it extends, the nearest first. */
	VEC(const struct environment *) chain;
};

/* The environments that targets of a file have. */
struct environments {
	VEC(struct environment *) items;
	struct table by_name;
	bool declared; /* false: the unnamed one alone */
};

/* plimsoll.yaml, or a member that it includes. */
struct project_file {
	const struct source *source; /* NULL: there is no project file */
	const char *path;            /* in the tree; or NULL */
	const char *dir;
	const char *prefix; /* of the names of its targets: "teams/a/" */
	struct value *root;
	const struct project_file *parent; /* that includes it; or NULL */
	const struct value *included;      /* the entry that does */
	const struct environments *environments;
	struct table variables; /* each name that is declared in it */
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
	bool named;      /* but the command line asks for this very one */
	const struct target *variant_of; /* the same chart with its defaults */
	const struct followed *followed; /* the object that names it; or NULL */
	bool sifted;     /* documents that are no manifests are left out */
	const char *dir; /* what its paths are relative to, in the tree */
	const struct project_file *file;
	/* Of a member of a family: what ${names} stand for; or NULL. */
	const struct table *captures;
	const bool *belongs; /* to environments, by index; NULL: to all */
	size_t index;
};

/* A text of the project file, and where it stands. */
struct project_text {
	const char *text;
	const struct value *at;
	const struct project_file *file;
};

VEC_TYPE(project_texts, struct project_text);

/* `discover:`, what is to be found beside the targets. */
struct project_discover {
	const struct value *at;       /* NULL: nothing is asked for */
	struct project_texts in;      /* paths and patterns, of the tree */
	struct project_texts exclude; /* the same */
	/* loadRestrictor of each file that has one, with its folder. */
	struct project_texts restrictors;
};

struct project {
	struct arena *arena;
	/* Of the root file, which settings of the whole run stand in. */
	const struct source *source; /* NULL: there is no project file */
	const char *path;            /* of the file, in the tree; or NULL */
	const char *dir;
	struct value *root;
	VEC(struct project_file *) files;  /* the root file first */
	struct table file_paths;           /* of those that have one */
	const struct project_file *inside; /* only its targets run; or NULL */
	/* Of all files, each name once; at least one. */
	VEC(const struct environment *) environments;
	struct table environment_names;
	const struct environment *none; /* for targets nobody declared */
	VEC(struct target *) targets;
	struct table target_names; /* of those that were declared */
	struct project_discover discover;
	struct table shared_bases;       /* discovered: what several build on */
	struct project_texts repository; /* URLs that mean this repository */
	struct limits limits;
};

/* The file nearest above `start`, up to the root of the tree; or NULL. */
const char *project_find(struct tree_view *view, const char *start);

/* What the command line says that paths may depend on. */
struct project_given {
	const struct option_texts *vars;   /* --var NAME=VALUE */
	const struct option_texts *limits; /* --limit NAME=N */
	const char *kubernetes;            /* --kubernetes; or NULL */
};

/*
 * The file, the members it includes, and the families in them.  NULL: what is
 * wrong has been reported, with its places.
 */
MUST_USE struct project *project_load(struct arena *arena,
				      struct diag_sink *diags,
				      struct tree_view *view, const char *path,
				      const struct project_given *given);

/*
 * The highest file above `nearest` whose `include` reaches it, `nearest` if
 * there is none.  NULL: one of them cannot be read, which has been reported.
 */
MUST_USE const char *project_find_top(struct arena *arena,
				      struct diag_sink *diags,
				      struct tree_view *view,
				      const char *nearest);

/*
 * From inside a member only its targets run, and those it includes.  False:
 * the file is no part of the project.
 */
bool project_enter(struct project *project, const char *path);
bool project_is_inside(const struct project *project,
		       const struct target *target);

/* A project without a file: one unnamed environment, no targets. */
struct project *project_empty(struct arena *arena, const char *dir);

/* Add a target that nobody declared; `node` may be an empty map. */
struct target *project_add(struct project *project, const char *name,
			   enum source_kind kind, struct value *from,
			   struct value *node);

/* The environment of this index as the target has it; NULL: it has none. */
const struct environment *project_environment(const struct project *project,
					      const struct target *target,
					      size_t index);

/* Whether the target is made in the environment at all. */
bool project_has_job(const struct project *project, const struct target *target,
		     size_t index);

#endif
