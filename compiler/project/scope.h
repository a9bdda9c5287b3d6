/*
 * What ${names} mean for one target in one environment.
 *
 * A name's value comes from: project < environment < --var; what a family
 * captured comes first.  A text that is only ${x} keeps the type of x; `$${`
 * is a literal `${`.  The scope remembers whether anything that was looked up
 * depends on the environment: a target for which nothing does is rendered once
 * and belongs to all.
 */
#ifndef COMPILER_PROJECT_SCOPE_H
#define COMPILER_PROJECT_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "compiler/options.h"
#include "compiler/project/settings.h"

struct arena;
struct diag_sink;
struct environment;
struct object;
struct project;
struct project_file;
struct target;
struct value;

/* Versions of Kubernetes as minors: 29 is 1.29. */
struct versions {
	unsigned render; /* the first named; of a range the newest */
	unsigned oldest;
	unsigned newest;
};

struct scope {
	struct arena *arena;
	struct diag_sink *diags;
	const struct environment *environment;
	/* The one that ${env} stands for: it, or one that it extends. */
	const struct environment *link;
	const struct target *of;
	const char *target;
	struct settings settings;
	const struct option_texts *given; /* --var NAME=VALUE */
	const struct object *object;      /* for output.path; or NULL */
	struct versions kubernetes;
};

/*
 * The newest release inside, and the range that is known: API versions from
 * the first one on, schemas from 1.22 on.
 */
enum {
	KUBERNETES_DEFAULT = 36,
	KUBERNETES_OLDEST = 1,
	KUBERNETES_NEWEST = 37
};

/*
 * Fill in `scope` but for arena, diags, project, environment, given, which the
 * caller has set.  `flag` is --kubernetes or NULL.
 */
MUST_USE bool scope_init(struct scope *scope, const struct target *target,
			 const char *flag);

/* Each --var NAME=VALUE names a variable that is declared somewhere. */
MUST_USE bool scope_check_given(struct diag_sink *diags,
				const struct project *project,
				const struct option_texts *given);

/* A scalar's text with names replaced; NULL: reported. */
MUST_USE const char *scope_text(struct scope *scope, const struct value *value);

/* The same for any tree; a copy where something was replaced. */
MUST_USE struct value *scope_value(struct scope *scope, struct value *value);

/* Whether plimsoll itself sets a variable of this name. */
bool scope_is_reserved(const char *name);

/*
 * The value of a variable of a project file where no environment counts; NULL:
 * it has none, or an environment gives it one.
 */
const char *scope_project_variable(const struct option_texts *given,
				   const struct project_file *file,
				   const char *name);

/* The source text of a scalar of the project file, NULL if it has none. */
const char *scope_source_text(const struct value *value);

#endif
