/*
 * One build: what all parts of it share, and how they fail.
 *
 * Kustomize wraps its errors on their way up.  We report once, so what the
 * callers would put around a text is pushed before a call and popped after:
 *
 *	native_push(run, "accumulating components: ", "");
 *	done = build_component(run, ...);
 *	native_pop(run);
 */
#ifndef OVERLAYS_RUN_H
#define OVERLAYS_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/table.h"
#include "base/vec.h"
#include "overlays/overlay.h"

struct accumulator;
struct layer;
struct merge_track;
struct object;
struct schema_crds;
struct schema_set;
struct specs;
struct value;
struct yaml_texts;

enum native_form {
	NATIVE_PLAIN,
	NATIVE_QUOTED,    /* Go prints the inner text with %q */
	NATIVE_ATTEMPT,   /* left out where YAML does not parse */
	NATIVE_REFERENCE, /* "updating name reference in 'before' of ID" */
	NATIVE_FIELD,     /* "considering field 'before' of object ID: " */
	NATIVE_TRAVERSAL, /* "visit traversal on path: [before]: " */
};

/*
 * Kustomize reads a schema when something first asks for it, and what it has
 * read once stays: a base's custom document then only adds to the built-in
 * facts.  Asking for the scope of an unknown kind only notes that they are
 * wanted, so that they are read behind the document.
 */
enum schema_builtin {
	SCHEMA_UNREAD,
	SCHEMA_WANTED,
	SCHEMA_UNDER, /* the document's facts win */
	SCHEMA_OVER,  /* its own win */
};

struct schema_state {
	enum schema_builtin builtin;
	bool ready;
};

struct native_wrap {
	const char *before;
	const char *after;
	enum native_form form;
	const struct object *object;
};

struct overlay_run {
	struct arena *arena;
	struct tree_view *view;
	struct diag_sink *diags;
	struct fact_log *facts;
	struct yaml_texts *texts; /* of the objects that were read */
	const struct overlay_options *options;
	struct layer *layer; /* the kustomization being built */
	struct layer *root;
	struct accumulator *acc; /* that the layer works on */
	const char *file;        /* being read, as its kustomization names it */
	const struct value *plugin;  /* whose configuration is being read */
	struct schema_set *schemas;  /* a custom openapi document */
	struct schema_crds *crds;    /* merge keys of custom resources */
	struct merge_track *track;   /* of a patch whose lists get lost */
	bool schema_set;             /* a kustomization said which one */
	struct schema_state schema;  /* which of them has been looked into */
	const struct specs *builtin; /* the built-in field specs */
	struct table types;          /* of resources, by their keys */
	struct table separators;     /* lines of them, by texts of patches */
	VEC(struct native_wrap) natives;
	uint64_t copied; /* nodes, see overlays/extent.h */
	bool odd_ids;    /* a former id that kustomize cannot read back */
	bool malformed; /* what is being reported is YAML that does not parse */
};

void native_push(struct overlay_run *run, const char *before,
		 const char *after);
void native_push_quoted(struct overlay_run *run, const char *before);
void native_push_field(struct overlay_run *run, const char *path,
		       const struct object *object);
/* The rest of a field's path, behind a list that is entered. */
void native_push_traversal(struct overlay_run *run, const char *rest);
void native_push_reference(struct overlay_run *run, const char *path,
			   const struct object *object);
/* Around the text of a file that was then tried as a folder. */
void native_push_attempt(struct overlay_run *run, const char *before,
			 const char *after);
void native_pop(struct overlay_run *run);
/* Another engine has reported the last error: its text, with this before it. */
void native_adopt(struct overlay_run *run, const char *before);

/*
 * Report an error; false, so that the caller can return it.  `native` is
 * kustomize's innermost text, NULL if it is the same as ours.
 */
MUST_USE bool overlay_fail(struct overlay_run *run, const struct origin *at,
			   const char *native, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* A line that kustomize prints to standard error and goes on. */
void overlay_warn(struct overlay_run *run, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* Formatted text in the run's arena. */
const char *overlay_text(struct overlay_run *run, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* Parts with one character between each two of them. */
const char *overlay_join(struct overlay_run *run, const char *const *parts,
			 const char *gaps);

/* Without white space at both ends. */
const char *overlay_trim(struct overlay_run *run, const char *text);

/* A list as Go's %v and a string as its %q print them. */
const char *overlay_go_quote(struct overlay_run *run, const char *text);

#endif
