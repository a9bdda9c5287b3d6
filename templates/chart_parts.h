/*
 * What a loaded chart is made of; private to the files behind chart.h.
 */
#ifndef TEMPLATES_CHART_PARTS_H
#define TEMPLATES_CHART_PARTS_H

#include "base/diag.h"
#include "base/tree.h"
#include "templates/chart.h"
#include "templates/chart_verbs.h"
#include "templates/metadata.h"

/* A file of a chart.  Its text is read when somebody asks for it. */
struct chart_file {
	const char *name; /* relative to the chart */
	const char *path; /* in the view */
	struct tree_view *view;
	struct source *source; /* NULL: not read yet */
};

VEC_TYPE(chart_files, struct chart_file *);
VEC_TYPE(charts, struct chart *);

struct chart {
	struct metadata *metadata;
	struct origin origin; /* of Chart.yaml */
	const char *name;     /* the alias, if it has one */
	const char *dir;      /* in the view; NULL: in an archive */
	const struct chart *parent;
	struct charts children;
	struct chart_wants wants; /* that charts/ lacks, and were looked for */
	bool borrowed;            /* it stands in for one that is not there */
	struct chart_files templates;
	struct chart_files files;       /* what .Files shows */
	struct chart_files raw;         /* all of them, in the order read */
	struct chart_file *lock;        /* or NULL */
	struct chart_file *values_file; /* or NULL */
	struct chart_file *schema;      /* or NULL */
	struct value *values;           /* a map; defaults, never changed */
	bool plain; /* a folder of templates without Chart.yaml */
};

/* The text without a byte order mark; NULL: reported. */
MUST_USE struct source *chart_file_read(struct chart_file *file,
					enum source_role role,
					struct diag_sink *diags);

/* Who unpacks, and what Helm prints before a problem. */
struct chart_reader {
	struct arena *arena;
	struct diag_sink *diags;
	const char *prefix;
	const struct limits *limits;
	enum chart_dialect dialect;
	uint64_t *left; /* of what archives in an archive may have, or NULL */
};

/* The files of a chart in an archive, in its order, named from the chart. */
MUST_USE bool chart_unpack(const struct chart_reader *reader,
			   const struct source *archive,
			   struct chart_files *files);

/* Note as wanted each dependency whose name is not in `has`. */
void chart_find_wants(struct arena *arena, struct chart *chart,
		      const struct table *has);

/* NULL: charts/ has something for it, or nobody was asked. */
const struct chart_wanted *chart_find_wanted(const struct chart *chart,
					     const struct dependency *entry);

/* Whether it lies below crds/ and may hold one. */
bool chart_file_is_crd(const struct chart_file *file);

/* shop/charts/db: the folder as names of templates have it. */
const char *chart_full_path(struct arena *arena, const struct chart *chart);

/*
 * Chart, metadata and children anew, so that dependencies can be switched off
 * and renamed; files and values are shared.
 */
struct chart *chart_clone(struct arena *arena, const struct chart *chart,
			  const struct chart *parent);

/* Give a chart of a clone another name, for its templates as well. */
void chart_rename(struct arena *arena, struct chart *chart, const char *name);

/* chart_notes.c: what Helm logs, in options->notes; NULL: nobody asks. */
void chart_note_link(struct arena *arena,
		     const struct chart_load_options *options,
		     struct tree_view *view, const char *path);

/* A file that only charts of apiVersion v1 should have. */
void chart_note_old_file(const struct chart_load_options *options,
			 const struct chart *chart, bool lock);

/*
 * chart_schema.c: whether the values are as the values.schema.json of the chart
 * and of those below want them.  False: reported, Helm's text with the first.
 */
MUST_USE bool chart_meets_schemas(struct arena *arena, struct diag_sink *diags,
				  const struct chart_options *options,
				  const struct chart *chart,
				  const struct value *values);

#endif
