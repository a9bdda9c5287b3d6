/*
 * The rule at the end of a zone file, such as CET-1CEST,M3.5.0,M10.5.0/3: what
 * holds after the last change that the file lists.
 */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/zone.h"

struct arena;

/* False: it is empty or not understood, and says nothing. */
bool zone_rule_at(struct arena *arena, const char *rule, int64_t unix_seconds,
		  struct zone_offset *offset);

#endif
