/*
 * Numbers as Go reads and prints them.  Go's rules are visible in what
 * charts render, so nothing else in the program reads or prints a float.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Room for any of the formats below, with a NUL.  No float has more decimals
 * than NUMBER_PRECISION; a greater precision is taken as that.
 */
enum {
	NUMBER_ROOM = 1400,
	NUMBER_PRECISION = 1074
};

/*
 * strconv.FormatFloat(x, format, precision, 64): format is e E f g G; a
 * precision of -1 asks for the fewest digits that read back as x.  With 'g'
 * and -1 the exponent form begins below 1e-4 and at 1e+06, which is also what
 * %v of fmt prints.  Returns the length.
 */
size_t number_format_float(char *buf, double x, char format, int precision);

/* encoding/json: no exponent between 1e-6 and 1e21.  x is finite. */
size_t number_format_json(char *buf, double x);

size_t number_format_int(char *buf, int64_t x);
size_t number_format_uint(char *buf, uint64_t x);

enum number_status {
	NUMBER_OK,
	NUMBER_SYNTAX,
	NUMBER_RANGE
};

/*
 * strconv.ParseInt and ParseUint with 64 bits.  Base 0 takes 0x, 0o, 0b, a
 * leading 0 as octal and underscores between digits.  On NUMBER_RANGE the
 * result is the nearest value, as in Go.
 */
enum number_status number_parse_int(const char *text, size_t len, int base,
				    int64_t *result);
enum number_status number_parse_uint(const char *text, size_t len, int base,
				     uint64_t *result);

/* strconv.ParseFloat: decimal, hexadecimal, inf, nan, underscores. */
enum number_status number_parse_float(const char *text, size_t len,
				      double *result);

#endif
