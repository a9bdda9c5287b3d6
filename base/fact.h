/*
 * What an engine noticed and a rule may report.  Engines append facts to
 * their job; lints/ maps kinds of facts to rules.  Engines know no rules.
 */
#ifndef BASE_FACT_H
#define BASE_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/vec.h"

struct arena;
struct diag;

/* FACT(NAME): the text of a fact is the message its rule prints. */
#define FACTS(FACT)                                                            \
	FACT(YAML_SYNTAX)               /* a manifest does not parse */        \
	FACT(DUPLICATE_KEY)             /* a mapping key twice */              \
	FACT(NOT_AN_OBJECT)             /* no apiVersion or kind */            \
	FACT(VALUES_KEY_UNUSED)         /* no template reads this value */     \
	FACT(VALUES_KEY_UNDEFINED)      /* a template reads what is not set */ \
	FACT(TEMPLATE_NO_VALUE)         /* null was printed */                 \
	FACT(TEMPLATE_NONDETERMINISTIC) /* random or time function */          \
	FACT(HELM_KUBEVERSION)          /* a target that the chart excludes */ \
	FACT(HELM_CHART)                /* odd in Chart.yaml and its like */   \
	FACT(PATCH_MATCHES_NOTHING)                                            \
	FACT(LIST_REPLACED_BY_PATCH)                                           \
	FACT(TRANSFORM_MATCHES_NOTHING) /* image, replica, replacement ... */  \
	FACT(MATCHED) /* such an entry found something; no rule's business */  \
	FACT(BRANCH_SKIPPED) /* text: the key it would write; prev: by whom */ \
	FACT(KUSTOMIZATION_DEPRECATED_FIELD)                                   \
	FACT(SECRET_NOT_ENCRYPTED) /* that SOPS has a rule for */              \
	FACT(INPUT_NOT_VENDORED)                                               \
	FACT(CHART_BORROWED)  /* text: from where; help: instead of where */   \
	FACT(INPUT_FROM_TREE) /* all of those in a run */                      \
	FACT(TARGET_BROKEN)   /* what nobody declared does not render */       \
	FACT(INPUT_NOT_TRACKED)                                                \
	FACT(IGNORE_UNUSED)                                                    \
	FACT(IGNORE_UNKNOWN_RULE)

enum fact_kind {
#define FACT(x) FACT_##x,
	FACTS(FACT)
#undef FACT
	FACT_KINDS
};

struct fact {
	enum fact_kind kind;
	struct origin origin;
	const char *text;
	const char *help;        /* or NULL */
	bool perhaps;            /* it may be meant: no more than a note */
	const struct diag *diag; /* what it was before, or NULL */
};

struct fact_log {
	struct arena *arena;
	VEC(struct fact) facts;
};

void fact_log_init(struct fact_log *log, struct arena *arena);

/* Append; `log` may be NULL: then nobody listens. */
void fact_add(struct fact_log *log, enum fact_kind kind,
	      const struct origin *at, const char *format, ...)
	PRINTF_LIKE(4, 5);

#endif
