/*
 * Times and durations as objects that templates hold.
 */
#ifndef TEMPLATES_FUNCS_TIME_OBJECT_H
#define TEMPLATES_FUNCS_TIME_OBJECT_H

#include <stdint.h>

#include "templates/func.h"
#include "templates/time.h"

const struct value *call_give_time(struct call *call,
				   const struct moment *moment);

/* NULL if the value is no time. */
const struct moment *value_moment(const struct value *value);

#endif
