/*
 * A diagnostic as people read it: one block with its place, the excerpt with
 * a caret, the rest of the chain, and the remedy.
 *
 *	warning[PL3012] may-run-as-root: container 'app' may run as root
 *	  --> charts/shop/templates/web.yaml:31:9
 *	   |
 *	31 |       - name: app
 *	   |         ^^^^
 *	   = values: charts/shop/values.yaml:4:9
 *	   = help: set runAsNonRoot to true
 *
 * Findings of several rules at one place share a block: their first lines
 * stand one below the other, and each help names its rule.
 */
#ifndef COMPILER_BLOCK_H
#define COMPILER_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

struct finding;
struct str;

struct block_style {
	bool colour;
	size_t width; /* longer excerpts are cut */
	size_t wrap;  /* sentences are broken here; 0: not */
	bool alone;   /* one target only: it need not be named */
};

void block_put(struct str *out, const struct finding *finding,
	       const struct block_style *style);

/* Several findings with one place to edit and one chain: one excerpt. */
void block_put_all(struct str *out, const struct finding *const *findings,
		   size_t count, const struct block_style *style);

/* Whether two findings may share a block. */
bool block_joins(const struct finding *a, const struct finding *b);

#endif
