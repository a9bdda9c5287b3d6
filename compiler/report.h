/*
 * All that a run found, folded, and the formats it is printed in.
 *
 * A format is one file formats/x.c with one const descriptor and one row
 * FORMAT(x) in formats.def.
 */
#ifndef COMPILER_REPORT_H
#define COMPILER_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/finding.h"
#include "compiler/options.h"

struct arena;
struct followed;
struct str;

/*
 * What was not linted, and why: SKIP(field, name in JSON, name for people).
 * Those of REPORT_FILES are files.
 */
#define REPORT_FILES(SKIP)                                                     \
	SKIP(not_manifests, "notManifests", "not manifests")                   \
	SKIP(unreferenced, "unreferenced", "unreferenced")                     \
	SKIP(generated, "generated", "generated")                              \
	SKIP(folders, "folders", "in folders left out")

#define REPORT_SKIPS(SKIP)                                                     \
	REPORT_FILES(SKIP)                                                     \
	SKIP(need_values, "needValues", "charts that need values")             \
	SKIP(opaque, "opaque", "opaque")                                       \
	SKIP(not_followed, "notFollowed", "not followed")

struct report_skipped {
#define SKIP(field, json, human) size_t field;
	REPORT_SKIPS(SKIP)
#undef SKIP
	size_t files; /* of YAML that discovery saw, those above among them */
};

/* Objects for which there is no schema. */
struct report_unchecked {
	const char *api_version;
	const char *kind;
	size_t count;
};

struct report {
	struct arena *arena;
	const char *here;     /* the working directory in the repository */
	const char *category; /* the one environment there is, or NULL */
	VEC(struct finding *) findings; /* in a fixed order, ignored ones too */
	VEC(struct finding *) errors;   /* diagnostics without a rule */
	struct table folded;            /* errors, and what has no place */
	struct {
		uint32_t *slots; /* index + 1 into findings, 0 is free */
		uint32_t mask;
	} by_place;
	struct finding_wheres *where; /* of the finding before; or NULL */
	size_t targets;
	size_t environments;
	size_t objects;
	size_t counts[3]; /* findings by severity, without ignored ones */
	size_t ignored;
	size_t known; /* taken out, as they were there before */
	struct report_skipped skipped;
	struct table unchecked; /* apiVersion and kind to report_unchecked */
	size_t unchecked_objects;
	bool bare;    /* it is compared first: nothing is ready to be shown */
	bool joined;  /* of others: their targets were not counted */
	size_t rules; /* of custom resources, in CEL: not evaluated */
};

struct report_style {
	bool colour;
	size_t width;
	size_t wrap;         /* break sentences there; 0: do not */
	size_t max_per_rule; /* 0: no limit */
	bool brief;          /* no closing line */
	bool quiet;          /* errors only */
	bool show_ignored;
};

struct report_format {
	const char *name;
	const char *help;
	void (*write)(struct str *out, const struct report *report,
		      const struct report_style *style);
};

#define FORMAT(x) extern const struct report_format report_##x;
#include "compiler/formats.def"
#undef FORMAT

extern const struct report_format *const report_formats[];

const struct report_format *report_format_find(const char *name);

void report_init(struct report *report, struct arena *arena);

/* Who has something to say. */
struct report_from {
	const char *target;
	const char *environment;
	const struct option_texts *focus; /* or NULL */
	const struct followed *followed;  /* the object that led there */
};

/*
 * Add what a job has to say.  Findings of one rule and severity with the same
 * place to edit are one, as are equal errors.  With a focus, findings without
 * a place in one of these files and folders are left out.
 */
void report_add(struct report *report, const struct diag_sink *sink,
		const struct report_from *from);

/*
 * The same in two steps: what report_make() gives, one for each of the sink,
 * may be made by several threads, each in an arena of its own.
 */
struct finding **report_make(const struct report *report, struct arena *arena,
			     const struct diag_sink *sink);
void report_add_made(struct report *report, const struct diag_sink *sink,
		     struct finding *const *findings,
		     const struct report_from *from);

/* What is left of a bare one is going to be shown. */
void report_find_words(struct report *report);

/* Take out what somebody knows; how much that was is `known`. */
void report_drop(struct report *report,
		 bool (*is_known)(void *context, struct finding *finding),
		 void *context);

/* Count an object that nothing is known of. */
void report_unchecked(struct report *report, const char *api_version,
		      const char *kind);

/* "1,931" */
void report_put_number(struct str *out, size_t count);

/* "1 target", "1,931 objects" */
void report_put_count(struct str *out, size_t count, const char *one);

/* "2 errors, 1 warning" */
void report_put_counts(struct str *out, const struct report *report);

/* The line that accounts for all there was. */
void report_put_closing(struct str *out, const struct report *report);

#endif
