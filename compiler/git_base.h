/*
 * Bases that lie in Git repositories of this machine: file:// addresses, read
 * from the commit that they name and never from the work tree.
 */
#ifndef COMPILER_GIT_BASE_H
#define COMPILER_GIT_BASE_H

#include <stdbool.h>

#include "base/attr.h"

struct base_answer;
struct base_request;
struct resolver_caller;

/*
 * The tree of a file:// address ("file:///repo//folder?ref=main") and the
 * folder in it.  It lives as long as the caller's arena.  False: reported;
 * other addresses are an error.
 */
MUST_USE bool git_base_open(const struct resolver_caller *caller,
			    const struct base_request *request,
			    struct base_answer *answer);

#endif
