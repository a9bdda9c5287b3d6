/*
 * Text templates: {{ actions }} in, plain text out.
 *
 * The language of Go's text/template with the functions of Helm.  Charts,
 * files and Kubernetes are unknown here; chart.h adds them on top.
 *
 *	set = template_set_new(arena, TEMPLATE_HELM3);
 *	if (template_set_add(set, "demo/templates/_x.tpl", helpers, diags) &&
 *	    template_set_add(set, "demo/templates/a.yaml", page, diags)) {
 *		run = template_run_new(set, arena, diags, &options);
 *		str_init(&out, arena);
 *		if (template_run(run, "demo/templates/a.yaml", dot, &out))
 *			...
 *	}
 *
 * A set is immutable once its last source is in; runs on several threads may
 * share it.  A run belongs to one thread.  Memory comes from the arenas and
 * lives as long as they; nothing is freed.  A function that returns false has
 * told `diags` the reason and the place, with Helm's own words as diag_native.
 */
#ifndef TEMPLATES_TEMPLATE_H
#define TEMPLATES_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct chart_keys;
struct diag_sink;
struct fact_log;
struct limits;
struct source;
struct tree_view;
struct str;
struct value;

/* Templates that can call one another by name. */
struct template_set;

/* One job's executions of a set. */
struct template_run;

enum template_dialect {
	TEMPLATE_HELM3,
	TEMPLATE_HELM4,
	TEMPLATE_ARGOCD, /* templates of ApplicationSets */
	TEMPLATE_SPRIG,  /* --name-template: no functions of Helm's own */
};

struct template_options {
	enum template_dialect dialect;
	const struct limits *limits; /* NULL: the defaults */
	struct fact_log *facts;      /* what lints want to know, or NULL */
	struct str *lint;   /* `helm lint`: required and fail only tell this */
	bool all_errors;    /* a template goes on behind its first one */
	bool strict;        /* an absent key of a map is an error */
	bool cluster;       /* lookup would ask one, which nobody does */
	bool enable_dns;    /* getHostByName asks the network: refused here */
	const int64_t *now; /* what the time is, in seconds; NULL: ask */
	/* Random functions repeat themselves; NULL: they do not. */
	const char *seed;
	struct chart_keys *keys; /* to be shared; or NULL */
	/* A variable of the environment; NULL: there are none. */
	const char *(*environment)(const char *name);
	bool keep_no_value; /* Go's own text/template: nothing is removed */
};

/*
 * The seed where nobody asked for one and what is rendered is only looked at:
 * the same findings come of it each time, that it is random among them.
 */
extern const char template_own_seed[];

/* The dialect decides which functions there are. */
struct template_set *template_set_new(struct arena *arena,
				      enum template_dialect dialect);

/*
 * Tell all that is wrong with a source, and not only the first of it.  What it
 * defines has a name from then on, and nothing is told of what includes that.
 */
void template_set_all_errors(struct template_set *set);

/*
 * Parse a source; add it under `name` (what error texts call the file and
 * `include` finds), and each {{define}} in it under that one's.  A later
 * definition replaces an earlier one unless it is empty, as in Helm.  The set
 * keeps pointers into name and source, which have to outlive it.
 */
MUST_USE bool template_set_add(struct template_set *set, const char *name,
			       const struct source *source,
			       struct diag_sink *diags);

/*
 * Whether a text that did not parse seems to write to maps of others, so that
 * what runs behind it may miss something.
 */
bool template_may_write(const struct source *source);

struct template_piece {
	const char *name;
	const struct source *source;
	/* That it was read from, to parse it once for all sets; or NULL. */
	struct tree_view *view;
	bool shares; /* there is another set that has it */
};

/*
 * Begin to parse what is about to be added, on other threads if it is much,
 * while the caller does something else.  Nothing is added or reported:
 * template_set_add() of the same piece has the result.
 */
void template_set_parse(struct template_set *set,
			const struct template_piece *pieces, size_t count);

/* Join in and wait; before it the set is of no use. */
void template_set_parsed(struct template_set *set);

/* `options` are copied; NULL: Helm 3 with the defaults. */
struct template_run *template_run_new(const struct template_set *set,
				      struct arena *arena,
				      struct diag_sink *diags,
				      const struct template_options *options);

/*
 * Run a template with `dot` as its data and append the text to `out`, with a
 * segment map.  If it fails, `out` is left as it was.  Every "<no value>" in
 * the text is gone, as in Helm.  A run may execute many templates, one after
 * the other; steps, output and time are counted over all of them.
 */
MUST_USE bool template_run(struct template_run *run, const char *name,
			   const struct value *dot, struct str *out);

/* Whether the last one failed at a limit, which counts for all others too. */
bool template_run_limited(const struct template_run *run);

/* What `explain` says of a function of Helm. */
struct template_function {
	const char *name;
	const char *usage; /* "upper TEXT" */
	const char *help;  /* whole sentences */
	bool helm4_only;
};

/*
 * All functions one after the other, `*at` all zeros at first; false at the
 * end.
 */
struct template_function_at {
	size_t family;
	size_t row;
};
bool template_function_next(struct template_function_at *at,
			    struct template_function *function);

#endif
