/*
 * The little arithmetic that floats need here and C has only in libm, which
 * takes longer to load than most of what this program is called for.
 */
#ifndef BASE_REAL_H
#define BASE_REAL_H

#include <stdbool.h>
#include <stdint.h>

/* Whether there is nothing behind the point; false for NaN and infinities. */
bool real_is_whole(double x);

/*
 * Whether `x` is a multiple of `of`, which is above 0, as their decimal forms
 * are: 0.3 is one of 0.1.
 */
bool real_is_multiple(double x, double of);

/* math.Pow(10, n) of Go, to the last bit. */
double real_power_of_ten(int64_t n);

/* The logarithm to base 2; `x` is above 0 and finite. */
double real_log2(double x);

#endif
