/*
 * Templates by name: the set of a chart, and what tpl puts in front of it.
 */
#ifndef TEMPLATES_SET_H
#define TEMPLATES_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/table.h"
#include "templates/parse.h"
#include "templates/template.h"

/*
 * Every run knows all functions and asks for few: a hash that is cheap to
 * fill, as their names are chosen by nobody else.
 */
enum {
	FUNCTION_SLOTS = 256,
	FUNCTIONS_MAX = 512,
};

struct function_link {
	const struct func *func;
	uint32_t len;
	uint16_t next; /* in its slot, index + 1 */
};

struct template_set {
	struct arena *arena;
	enum template_dialect dialect;
	bool all_errors;
	bool broken;        /* one of the sources did not parse */
	struct table trees; /* name -> struct template_tree */
	struct table ahead; /* name -> what was parsed, not yet added */
	struct pool_work *parsing;
	uint16_t slots[FUNCTION_SLOTS]; /* index + 1 into functions */
	struct function_link *functions;
	uint32_t function_count;
};

/*
 * The definitions of a tpl text, seen while it runs; behind them those of the
 * texts around it, then the set.
 */
struct overlay {
	struct overlay *outer;
	struct table trees;
};

const struct template_tree *overlay_find(const struct overlay *overlay,
					 const struct template_set *set,
					 const char *name, size_t len);

/* Add parsed trees; an empty one never replaces another. */
void overlay_add(struct overlay *overlay, const struct template_set *set,
		 const struct parsed_trees *trees);

/* For parse_template. */
const struct func *set_function(const void *set, const char *name, size_t len);

/* A template that was meant; NULL: none is near. */
const char *set_nearest_template(const struct template_set *set,
				 const char *name);

#endif
