/*
 * What a run has to say: errors, warnings and the findings of rules.
 *
 *	if (!node)
 *		return diag_error(sink, &entry->origin,
 *				  "resource '%s' does not exist", name);
 *
 * Reported once, where it is known, by the function that knows the place; the
 * others just return.  A message is a fragment on one line, lower case, no
 * full stop, no place in it.
 *
 * One sink per job; no locking.  Sinks of jobs are joined in a fixed order.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/vec.h"

struct arena;

enum diag_severity {
	DIAG_INFO,
	DIAG_WARNING,
	DIAG_ERROR
};

/* A second place, or a remark without one (origin_source() is NULL). */
struct diag_note {
	struct origin origin;
	const char *text;
};

/* The object a finding is about; strings are "" where unknown. */
struct diag_object {
	const char *api_version;
	const char *kind;
	const char *name_space;
	const char *name;
};

struct diag {
	enum diag_severity severity;
	bool key; /* about a key or something absent */
	const char *message;
	const char *help;     /* a concrete edit, or NULL */
	const char *native;   /* the words helm or kustomize would print */
	struct origin origin; /* source NULL: no place is known */
	const char *rule;     /* "may-run-as-root"; NULL: not a finding */
	const char *code;     /* "PL3012" */
	const struct diag_object *object;
	const char *path; /* spec.replicas; NULL: the object as a whole */
	VEC(struct diag_note) notes;
	const char *ignored_by; /* NULL: it counts */
	const char *ignored_reason;
};

struct diag_sink {
	struct arena *arena;
	VEC(struct diag *) diags;
	size_t errors; /* of severity DIAG_ERROR that are not findings */
};

void diag_sink_init(struct diag_sink *sink, struct arena *arena);

/* Append; the message is not copied, and the rest is up to the caller. */
struct diag *diag_add(struct diag_sink *sink, enum diag_severity severity,
		      const char *message);

/* The same at a place, or NULL. */
struct diag *diag_vreport(struct diag_sink *sink, enum diag_severity severity,
			  const struct origin *at, const char *format,
			  va_list args) PRINTF_LIKE(4, 0);

/* Report an error; false, so that the caller can return it.  `at` or NULL. */
bool diag_error(struct diag_sink *sink, const struct origin *at,
		const char *format, ...) PRINTF_LIKE(3, 4);
void diag_warning(struct diag_sink *sink, const struct origin *at,
		  const char *format, ...) PRINTF_LIKE(3, 4);

/* Additions to the diagnostic reported last. */
void diag_note(struct diag_sink *sink, const struct origin *at,
	       const char *format, ...) PRINTF_LIKE(3, 4);
void diag_help(struct diag_sink *sink, const char *format, ...)
	PRINTF_LIKE(2, 3);
void diag_native(struct diag_sink *sink, const char *format, ...)
	PRINTF_LIKE(2, 3);

const char *diag_severity_name(enum diag_severity severity);

/*
 * A name as messages show it: in double quotes, control characters as \xNN,
 * cut at 60 characters.
 */
const char *diag_quote(struct arena *arena, const char *name, size_t len);

#endif
