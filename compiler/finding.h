/*
 * What reports show: a diagnostic with its places resolved to lines.
 *
 * A finding points into its diagnostic and the texts of its places; the job
 * they came from has to be there until the report is written.
 */
#ifndef COMPILER_FINDING_H
#define COMPILER_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/origin.h"
#include "base/str.h"
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
	const char *text; /* the line, secrets masked; or the name; no NUL */
	size_t text_len;
};

VEC_TYPE(finding_places, struct finding_place);

struct finding_note {
	const char *text;
	bool has_place;
	struct finding_place place;
};

VEC_TYPE(finding_notes, struct finding_note);

/* A target and environment a finding was seen in. */
struct finding_where {
	const char *target;      /* "" outside targets */
	const char *environment; /* "" without environments */
};

VEC_TYPE(finding_wheres, struct finding_where);

/* What was found, and where: the same line of a template in one target. */
struct finding_member {
	const struct diag *diag;
	struct finding_where where;
	const char *identity; /* of a bare one; or NULL */
};

VEC_TYPE(finding_members, struct finding_member);

/* There may be a hundred thousand: what several have is there once. */
struct finding {
	const struct diag *diag; /* without a rule: an error */
	const char *message;     /* as it may be shown */
	const char *fingerprint; /* NULL: finding_fingerprint() makes it */
	const char *identity;    /* what that is made of, of a bare one */
	const struct finding_places *places; /* the line to edit is first */
	const struct finding_notes *notes;
	struct finding_wheres *where;
	struct finding_members *others; /* folded into it; NULL: none */
	uint32_t count;                 /* equal ones, this one included */
	uint32_t hash; /* of its first place, for who folds it; or 0 */
	bool more_places;
	bool stops; /* its target failed with it */
};

enum {
	FINDING_NODES = 64
};

/* Most nodes that have a finding have several: the places of those of late. */
struct finding_nodes {
	struct str identity; /* of bare ones, while it is made */
	struct finding_node {
		struct origin origin;
		bool key;
		bool secret;
		bool more;
		const struct finding_places *places;
	} nodes[FINDING_NODES];
};

/*
 * `nodes` or NULL.  `bare`: it is compared first, has an identity, and needs
 * finding_find_words() to be shown; then there are nodes.
 */
struct finding *finding_new(struct arena *arena, struct finding_nodes *nodes,
			    const struct diag *diag, bool bare);

/* By what it is known again when lines and files move. */
const char *finding_fingerprint(struct arena *arena,
				const struct finding *finding);

/* The same of one that was folded into it. */
const char *finding_member_fingerprint(struct arena *arena,
				       const struct finding *finding,
				       const struct diag *diag);

/* One that was seen just there counts once. */
void finding_add_where(struct arena *arena, struct finding_wheres *all,
		       const struct finding_where *where);

/* The one it was made of, and those folded into it; false: no more. */
bool finding_member(const struct finding *finding, size_t index,
		    struct finding_member *member);

/* The message without secrets, and the notes. */
void finding_find_words(struct arena *arena, struct finding *finding);

/* A bare one as if only these had been folded, in their order. */
void finding_keep(struct arena *arena, struct finding *finding,
		  const struct finding_members *kept);

/* One more place at the end of the chain: an object that led there. */
void finding_add_object(struct arena *arena, struct finding *finding,
			const struct origin *at, const char *role,
			const char *name);

#endif
