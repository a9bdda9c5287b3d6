/*
 * What machine formats share: order, escapes, paths, identities.
 */
#ifndef COMPILER_REPORT_PUT_H
#define COMPILER_REPORT_PUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "compiler/report.h"

/* Errors without a rule, then findings, each by severity, the worst first. */
struct report_list {
	const struct finding **items;
	size_t count;
};

/* What counts, and with --show-ignored what does not. */
void report_sort(struct arena *arena, const struct report *report,
		 const struct report_style *style, struct report_list *list);

/* The place to edit; NULL: none is known. */
const struct finding_place *report_place(const struct finding *finding);

/* A name as the root of the repository sees it: "deploy/web.yaml". */
const char *report_path(struct arena *arena, const struct report *report,
			const char *file);

/* "PL3012 may-run-as-root: message"; an error is its message alone. */
const char *report_title(struct arena *arena, const struct finding *finding);

/* "rule", or "error" for what has none. */
const char *report_rule(const struct finding *finding);

/* `names` has the severities from info to error. */
const char *report_word(const struct finding *finding,
			const char *const names[3]);

/*
 * The fingerprint, with an occurrence behind it where others have the same:
 * unique in the report.  `seen` is the caller's, made with table_init.
 */
const char *report_identity(struct arena *arena, struct table *seen,
			    const struct finding *finding);

void report_put_json(struct str *out, const char *text);

/* Text of XML 1.0, in which control characters cannot be. */
void report_put_xml(struct str *out, const char *text);

/* Each of the bytes in `special` as `%XX`. */
void report_put_percent(struct str *out, const char *text, const char *special);

/* A reference of a file inside the repository. */
void report_put_uri(struct str *out, const char *path);

/* Text of Markdown in which nothing is markup; lines become one. */
void report_put_markdown(struct str *out, const char *text);

#endif
