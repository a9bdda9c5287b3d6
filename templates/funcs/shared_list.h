/*
 * Lists made from lists without copying their items.
 *
 * Sprig copies the whole list in append, rest and their like, and a loop that
 * appends would be quadratic, in memory that is never given back.  Items of a
 * list are not changed once a template can see it, so lists may lie in one
 * stretch of items: who is at its end grows it there, everybody else copies.
 */
#ifndef TEMPLATES_FUNCS_SHARED_LIST_H
#define TEMPLATES_FUNCS_SHARED_LIST_H

#include <stddef.h>

#include "templates/func.h"

/* Items [begin, end) as a []interface {}. */
struct value *shared_list_part(struct call *call, const struct value *from,
			       size_t begin, size_t end);

/*
 * The same, and what lies behind `end` in the array of `from` can still be
 * reached: shared_list_array() of the result has it.
 */
struct value *shared_list_window(struct call *call, const struct value *from,
				 size_t begin, size_t end);
struct value_list shared_list_array(const struct value *from);

/* The items of `from`, and behind them those of `more`. */
struct value *shared_list_join(struct call *call, const struct value *from,
			       const struct value *more);

/* The items of `from` with one behind the last, or before the first. */
struct value *shared_list_append(struct call *call, const struct value *from,
				 const struct value *item);
struct value *shared_list_prepend(struct call *call, const struct value *from,
				  const struct value *item);

#endif
