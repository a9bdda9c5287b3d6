/*
 * Time zones of the system: which offset from UTC holds at which second.
 *
 * This is the one reader outside of base/tree: the zone files of the system
 * are no input of a run but part of the machine, as the C library's own.
 * Names come from charts and are checked: no "..", nothing absolute.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* What holds at one second. */
struct zone_offset {
	int32_t seconds;  /* east of UTC */
	const char *name; /* CET, CEST; "" if it has none */
};

enum zone_kind {
	ZONE_UTC,
	ZONE_LOCAL, /* that of the machine */
	ZONE_FIXED,
	ZONE_FILE
};

struct zone;

enum zone_kind zone_kind_of(const struct zone *zone);

/* "" and UTC, Local, or a file of the system; NULL: there is no such zone. */
const struct zone *zone_load(struct arena *arena, const char *name);

/* One offset for ever. */
const struct zone *zone_fixed(struct arena *arena, const char *name,
			      int32_t seconds);

/* Its hours east of UTC if it is fixed and nothing else; else INT_MAX. */
int zone_fixed_hour(const struct zone *zone);

/* Names live in the arena or as long as the zone. */
struct zone_offset zone_at(struct arena *arena, const struct zone *zone,
			   int64_t unix_seconds);

/* The seconds of UTC at which clocks of the zone show `wall` (as if UTC). */
int64_t zone_from_wall(struct arena *arena, const struct zone *zone,
		       int64_t wall);

#endif
