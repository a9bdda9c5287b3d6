/*
 * --deps: what each bundle was made from, for build systems that decide what
 * is to be made again.  Folders that were listed count as well, so that a new
 * file does; so does where something was looked for in vain.
 */
#ifndef COMPILER_DEPS_H
#define COMPILER_DEPS_H

#include <stdbool.h>

#include "base/attr.h"

struct run;

/* Whether --deps asks for something that there is; false: reported. */
MUST_USE bool deps_check(struct run *run);

/* Write it, if it was asked for; after the bundles.  False: reported. */
MUST_USE bool deps_write(struct run *run);

#endif
