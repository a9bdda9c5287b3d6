/*
 * Attributes of the compilers, under our names.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/* The result says whether it worked: false or NULL is reported already. */
#define MUST_USE __attribute__((warn_unused_result))

/* A printf-like function: argument `f` is the format, `a` the first value. */
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

#define NO_RETURN         __attribute__((noreturn))
#define UNUSED            __attribute__((unused))
#define LIKELY(x)         __builtin_expect(!!(x), 1)
#define UNLIKELY(x)       __builtin_expect(!!(x), 0)

#define ARRAY_COUNT(a)    (sizeof(a) / sizeof((a)[0]))

/* That a text fits a member that is to hold it: C cuts its NUL off silently. */
#define HOLDS(type, member, text)                                              \
	_Static_assert(sizeof(text) <= sizeof(((type *)0)->member),            \
		       "too long: " #member)

/* For what cannot happen: says where, and ends the process with status 2. */
#define BUG(what) bug_at(__FILE__, __LINE__, what)
NO_RETURN void bug_at(const char *file, int line, const char *what);

#endif
