/*
 * IP addresses as Go's netip reads them.
 */
#ifndef MODEL_IP_ADDRESS_H
#define MODEL_IP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum ip_kind {
	IP_V4,
	IP_V6,
	IP_V6_ZONE /* with a zone behind a percent sign */
};

/* False: `*problem` is Go's text, beginning with 'ParseAddr("TEXT"): '. */
bool ip_address_read(struct arena *arena, const char *text, size_t len,
		     enum ip_kind *kind, const char **problem);

#endif
