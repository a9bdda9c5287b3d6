/*
 * The grammar of --set and its like: assignments in one argument.
 *
 *	a.b[0].c=1,d={x,y},e\.f=text
 *
 * Each argument is a source of its own, so that a value leads back to the
 * argument that set it.
 */
#ifndef TEMPLATES_STRVALS_H
#define TEMPLATES_STRVALS_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/str.h"
#include "templates/chart_values.h"

struct arena;
struct diag_sink;
struct source;
struct value;

/* Assign to the map `into`, which the caller owns. */
MUST_USE bool strvals_parse(struct arena *arena, struct diag_sink *diags,
			    struct value *into, const struct source *argument,
			    const struct chart_setting *setting);

#endif
