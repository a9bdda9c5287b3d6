/*
 * Timestamps as the YAML readers of the reference programs know them:
 * 2001-1-2, 2001-01-02 3:4:5.6, 2001-01-02T03:04:05.6Z, ...+02:00.
 */
#ifndef MODEL_YAML_TIME_H
#define MODEL_YAML_TIME_H

#include <stdbool.h>
#include <stddef.h>

/* Room for the longest form, with a NUL. */
enum {
	YAML_TIME_ROOM = 48
};

/*
 * Whether the text is a timestamp.  If so, `buf` (or NULL) gets it the way
 * Go's encoding/json prints it: 2001-01-02T03:04:05.6Z.
 */
bool yaml_time_parse(const char *text, size_t len, char *buf);

#endif
