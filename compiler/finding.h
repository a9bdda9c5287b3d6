/*
 * What reports show: a diagnostic with its places resolved to lines.
 *
 * Findings own copies of all they need, so the arena of the job they came
 * from may go before the report is written.
 */
#ifndef COMPILER_FINDING_H
#define COMPILER_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/vec.h"

struct arena;

struct finding_place {
	const char *file;
	uint32_t line; /* from 1 */
	uint32_t column;
	uint32_t end_line;
	uint32_t end_column; /* behind the last byte */
	struct {
		uint32_t begin;
		uint32_t end;
	} chars;          /* the columns again, in characters */
	const char *role; /* template, values, patch, base, include ... */
	const char *name; /* of the object that stands there; or NULL */
	const char *text; /* the line, secrets masked; or the name */
	size_t text_len;
};

struct finding_note {
	const char *text;
	bool has_place;
	struct finding_place place;
};

/* A target and environment a finding was seen in. */
struct finding_where {
	const char *target;      /* "" outside targets */
	const char *environment; /* "" without environments */
};

struct finding {
	enum diag_severity severity;
	const char *rule; /* NULL: an error without a rule */
	const char *code;
	const char *message;
	const char *help;
	struct diag_object object;
	const char *path;
	char fingerprint[33];
	VEC(struct finding_place) places; /* the first is the line to edit */
	bool more_places;
	VEC(struct finding_note) notes;
	VEC(struct finding_where) where;
	bool stops;             /* its target failed with it */
	size_t count;           /* equal ones, this one included */
	const char *ignored_by; /* NULL: it counts */
	const char *ignored_reason;
};

struct finding *finding_new(struct arena *arena, const struct diag *diag);

/* One more place at the end of the chain: an object that led there. */
void finding_add_object(struct arena *arena, struct finding *finding,
			const struct origin *at, const char *role,
			const char *name);

#endif
