/*
 * Addresses of the internet protocol as fields hold them.
 */
#ifndef LINTS_ADDRESS_H
#define LINTS_ADDRESS_H

#include <stdbool.h>

struct arena;

/*
 * How an address or a range is to be written; NULL: it is canonical, or no
 * address at all.  "" where nobody can tell, because octal and decimal readers
 * disagree about leading zeros.
 */
const char *lint_ip_canonical(struct arena *arena, const char *text);

/* 127.0.0.0/8, ::1, and what is valid on one link only. */
bool lint_ip_is_local(const char *text);

#endif
