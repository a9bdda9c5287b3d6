/*
 * Lists as several families of functions read and make them.
 *
 * Go's []interface {}, []string and []int are all VALUE_LIST here; only the
 * `type` tells them apart, so the items are read in one way.
 */
#ifndef TEMPLATES_FUNCS_ITEMS_H
#define TEMPLATES_FUNCS_ITEMS_H

#include <stdbool.h>

#include "base/attr.h"
#include "templates/func.h"

/*
 * An argument as an item of a new list or map: shared, not copied, so that
 * maps stay the same maps.  Values are only changed where they are owned.
 */
static inline struct value *value_shared(const struct value *value)
{
	return (struct value *)value;
}

/* What the run may take, as it was set. */
struct limits call_limits(const struct call *call);

/* Fail unless `count` pieces of `size` bytes are below the limit of output. */
MUST_USE bool call_fits(struct call *call, uint64_t count, uint64_t size);

/* The numbers of a []byte as items of a list; any other value as it is. */
const struct value *bytes_as_list(struct call *call, const struct value *value);

/* Append a text to a []string. */
void strings_add(struct call *call, struct value *list, struct text text);

#endif
