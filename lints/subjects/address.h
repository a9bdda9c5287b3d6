/*
 * Addresses of the internet protocol as fields hold them.
 */
#ifndef LINTS_SUBJECTS_ADDRESS_H
#define LINTS_SUBJECTS_ADDRESS_H

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

/*
 * What the server's lenient parser takes: leading zeros of an IPv4 address and
 * host bits of a range are no errors to it.
 */
bool lint_ip_is_valid(const char *text);
bool lint_ip_is_range(const char *text);

#endif
