/*
 * Shared libraries on first use.  Linking all of them at start-up would cost
 * more than rendering a chart.
 */
#ifndef BASE_LIB_H
#define BASE_LIB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct diag_sink;

struct lib_function {
	const char *name;
	size_t offset; /* of its pointer in the table */
};

struct lib {
	const char *const *names; /* file names to try, NULL at the end */
	const char *package;      /* what to install, for the message */
	const struct lib_function *functions;
	size_t count;
	void *table;         /* the pointers */
	void (*ready)(void); /* called once after loading, or NULL */
	void *_Atomic handle;
};

/*
 * Load unless loaded; false: reported, naming the package, unless `diags` is
 * NULL.
 */
MUST_USE bool lib_load(struct lib *lib, struct diag_sink *diags);

#endif
