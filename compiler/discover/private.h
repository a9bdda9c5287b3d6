/*
 * What the parts of discovery share: the folders of one search, and what is
 * in them.
 */
#ifndef COMPILER_DISCOVER_PRIVATE_H
#define COMPILER_DISCOVER_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/discover.h"
#include "compiler/git.h"
#include "compiler/project.h"
#include "compiler/sops.h"
#include "overlays/overlay.h"

struct value;

struct folder {
	const char *path;
	struct folder *parent; /* NULL: the root of the tree */
	bool asked;            /* by `discover:`, or by the path named */
	bool excluded;         /* by the project file */
	const char *left_out;  /* why nothing in it counts, or NULL */
	bool tested; /* the YAML in it is of a test, in part half objects */
	bool has_chart;
	struct folder *chart;      /* the outermost one it is part of */
	const char *kustomization; /* the file's name, or NULL */
	struct folder *kustomized; /* the nearest with one, at it or above */
	bool is_read;              /* its kustomization */
	bool is_far;               /* and nobody asks what it names */
	bool component;
	bool amends;  /* it waits for what another tool hands to it */
	bool unbuilt; /* the project file excludes its kustomization alone */
	bool library;
	bool named;                   /* a kustomization builds on it */
	bool shared;                  /* several do, at some remove */
	bool reached;                 /* and is built, or is a root itself */
	bool holds_named;             /* a kustomization names a file in it */
	struct overlay_paths names;   /* what its kustomization refers to */
	struct option_texts variants; /* values files to render it with */
	struct value *files;          /* the set of manifests in it; a list */
};

VEC_TYPE(folders, struct folder *);

/* What a file is by its text alone. */
enum glance {
	GLANCE_MANIFEST, /* it may be one */
	GLANCE_OTHER,
	GLANCE_GENERATED,
	GLANCE_UNREADABLE,
};

struct search {
	struct discovery *discovery;
	struct arena *arena;
	const char *top;
	struct git_paths files; /* below top; sorted */
	struct table folders;   /* path to struct folder, parents first */
	struct folder *last;    /* of the file before: often the same */
	struct folders charts;
	struct folders kustomizations;
	struct folders sets;
	struct table named;   /* files, to the folder that names them */
	struct table written; /* files that a build of ours has made */
	bool has_sops;        /* a .sops.yaml is among the files */
	struct sops sops;
};

/* files.c */

MUST_USE bool search_list(struct search *search);
struct folder *search_folder_of(struct search *search, const char *path);

/* yaml, yml or json; what else counts is named by somebody. */
bool search_is_yaml(const char *name);
bool search_is_json(const char *name);

/* Whether a file is among what is to be found. */
bool search_is_asked(const struct search *search, const struct folder *folder,
		     const char *path);

/* Whether a declared target reads it. */
bool search_is_taken(const struct search *search, const char *path);

/* Whether what it holds, by the name of a file in it, may be a target. */
bool search_may_add(struct search *search, const struct folder *folder,
		    const char *file);

/* As the user would type it. */
const char *search_display(struct search *search, const char *path);

struct value *search_text(struct search *search, const char *text);

/*
 * Do count things on all workers, `size` of them at a time; each call has a
 * view of its own, whose arena lives as long as the search's.
 */
void search_spread(struct search *search, size_t count, size_t size,
		   void (*work)(void *context, struct tree_view *view,
				size_t index),
		   void *context);

/* charts.c */

void search_charts(struct search *search);
void add_charts(struct search *search);
void add_folder(struct search *search, enum source_kind kind, const char *dir);

/* kustomizations.c */

void search_kustomizations(struct search *search);
void add_roots(struct search *search);

/* manifests.c: everything else, and what is left out. */

void add_manifests(struct search *search);

/* Count a file under a reason. */
void search_skip(struct search *search, size_t *counter, const char *why,
		 const char *path);

#endif
