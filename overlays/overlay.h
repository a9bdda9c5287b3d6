/*
 * Kustomizations: a folder in, a bundle of objects out.
 *
 *	struct overlay_options options = { .view = view, .diags = diags };
 *
 *	bundle = overlay_build(arena, &options, "overlays/prod");
 *	if (bundle && overlay_write(bundle, &options, &out))
 *		...
 *
 * Built as `kustomize build` builds, byte for byte.  Memory comes from the
 * arena and lives as long as it.  NULL or false: the reason and the place
 * have been reported to `diags`, with kustomize's own words as the native
 * text.
 */
#ifndef OVERLAYS_OVERLAY_H
#define OVERLAYS_OVERLAY_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/str.h"
#include "base/vec.h"

struct arena;
struct bundle;
struct diag_sink;
struct fact_log;
struct limits;
struct resolver;
struct str;
struct table;
struct tree_view;
struct value;

enum overlay_compat {
	OVERLAY_5_8_2,
	OVERLAY_5_8_1,
	OVERLAY_5_5, /* kubectl 1.32 */
};

enum overlay_order {
	OVERLAY_ORDER_LEGACY, /* the command line's default */
	OVERLAY_ORDER_NONE,   /* --reorder none */
};

/*
 * What a deployer does to the kustomization it builds: its own options are
 * added to those of the file.  Only the root's file is handed over.
 */
struct overlay_amend {
	void *context;
	bool no_file; /* the folder has none; `read` is NULL then */
	/* The document to use; NULL: reported. */
	struct value *(*document)(void *context, struct arena *arena,
				  struct value *read);
};

struct overlay_options {
	struct tree_view *view;
	struct diag_sink *diags;
	struct fact_log *facts;          /* or NULL */
	const struct resolver *resolver; /* or NULL: no charts, no remotes */
	const struct limits *limits;     /* NULL: the defaults */
	/* Native warnings, one per line, as kustomize prints them; or NULL. */
	struct str *warnings;
	enum overlay_compat compat;
	enum overlay_order order;
	bool any_file; /* --load-restrictor LoadRestrictionsNone */
	bool enable_helm;
	bool alpha_plugins;
	bool managed_by_label;
	bool missing_is_fact;    /* that an input is remote is no error */
	bool programs_are_facts; /* generators that nobody may run */
	/*
	 * Folders that several builds of one tree have in common are parsed
	 * once for all of them: all folders but the root's, or those here.
	 */
	bool shares;
	const struct table *shared; /* or NULL */
	bool crd_merge_keys; /* custom resources merge as their CRD says */
	bool only_written;   /* scalars need no type before they are printed */
	const struct overlay_amend *amend;    /* or NULL */
	const char *helm_kube_version;        /* or NULL */
	const char *const *helm_api_versions; /* NULL at the end, or NULL */
};

/* The objects of the kustomization in folder `dir` of the view. */
MUST_USE struct bundle *overlay_build(struct arena *arena,
				      const struct overlay_options *options,
				      const char *dir);

/*
 * Apply the kustomization or Component in `dir` to the objects of `sources`,
 * as if they were a resource file that its `resources` named first.
 * `sources` is used up.
 */
MUST_USE struct bundle *overlay_apply(struct arena *arena,
				      const struct overlay_options *options,
				      struct bundle *sources, const char *dir);

/* Append the bundle as kustomize prints it. */
MUST_USE bool overlay_write(const struct bundle *bundle,
			    const struct overlay_options *options,
			    struct str *out);

enum {
	OVERLAY_REST_MAX = 3
};

/* What else threads have printed, in its order. */
struct overlay_rest {
	struct str parts[OVERLAY_REST_MAX];
	size_t count;
};

/*
 * The same without a copy of what more than one thread prints: the end is in
 * `rest`, as long as the arena of `out` lives.
 */
MUST_USE bool overlay_write_parts(const struct bundle *bundle,
				  const struct overlay_options *options,
				  struct str *out, struct overlay_rest *rest);

/* Append one object of it. */
MUST_USE bool overlay_write_object(const struct value *root,
				   const struct overlay_options *options,
				   struct str *out);

/* What the file of a kustomization may be called; NULL behind the last. */
extern const char *const overlay_file_names[];

/* Whether a file of this name is one. */
bool overlay_is_file_name(const char *name);

/* Folders that the kustomization in `dir` refers to; for finding roots. */
VEC_TYPE(overlay_paths, const char *);

struct overlay_summary {
	bool component;
	bool amends; /* it has no objects of its own, and patches others' */
	struct overlay_paths names; /* files and folders, relative to root */
};

/* False: there is no kustomization; one that cannot be read is empty. */
bool overlay_summarize(struct arena *arena,
		       const struct overlay_options *options, const char *dir,
		       struct overlay_summary *summary);

#endif
