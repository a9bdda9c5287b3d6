/*
 * The executor's own: a run, and an activation for each template at work.
 */
#ifndef TEMPLATES_EXEC_RUN_H
#define TEMPLATES_EXEC_RUN_H

#include <setjmp.h>
#include <stdbool.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "model/value.h"
#include "templates/ast.h"
#include "templates/failure.h"
#include "templates/func.h"
#include "templates/set.h"
#include "templates/template.h"

/*
 * A value with its static type as far as Go lets it show: `boxed` is what
 * came out of a map or list of interface {}.  A boxed null is a nil
 * interface, any other null no value at all.
 */
struct cell {
	const struct value *value;
	bool boxed;
};

/* One template at work. */
struct activation {
	struct template_run *run;
	struct activation *caller;
	const struct template_tree *tree;
	const struct frame *frame;
	struct cell *slots; /* of variables */
	struct cell dot;
	struct str *out;
	/* What an error names: set where an evaluation begins, not reset. */
	const struct node *current;
	/* Above 0 where the template expects that a value may be absent. */
	uint32_t guards;
	/* Above 0 where what is read is put somewhere and asked for there. */
	uint32_t kept;
	/* The action at work, for segments. */
	const struct origin *action;
	/* Some of the variables were not set, see resume.c. */
	bool doubtful;
};

struct included {
	uint64_t depth;
};

struct template_run {
	const struct template_set *set;
	struct arena *arena;
	struct diag_sink *diags;
	struct template_options options;
	struct limits limits;
	struct overlay *overlay; /* of the tpl at work; NULL: none */
	struct table texts;      /* tpl text -> struct tpl_text */
	struct table included;   /* name -> struct included */
	struct table undefined;  /* paths that were noted already */
	struct activation *top;
	struct failure failure;
	struct doubts *doubts; /* NULL: the first error ends a template */
	VEC(const struct value *) arguments;
	VEC(struct str *) scratch; /* free for use */
	const char *stack;         /* where the run began, or its dive */
	bool deep;                 /* on a stack of its own, see exec.c */
	jmp_buf full;              /* where it ends for lack of memory */
	uint64_t steps;
	uint64_t written; /* bytes */
	size_t used;      /* of the arena, before the run */
	uint64_t draws;   /* of random bytes from the seed */
	double deadline;
	uint32_t depth;      /* of activations */
	uint32_t texts_deep; /* tpl within tpl */
};

static inline bool cell_is_nil(const struct cell *cell)
{
	return !cell->value || cell->value->kind == VALUE_NULL;
}

/* No value at all, which fields may be taken from. */
static inline bool cell_is_invalid(const struct cell *cell)
{
	return cell_is_nil(cell) && !cell->boxed;
}

/* nil where a value is needed. */
extern const struct value exec_nil;

/* exec.c */

/* Run a tree into `out`, called at the activation at work. */
bool exec_tree(struct template_run *run, const struct template_tree *tree,
	       const struct cell *dot, struct str *out);

/* Count; false: a limit is reached, and reported. */
bool exec_step(struct activation *act, size_t steps);

/* False: the time is up, and that is reported; for what takes long. */
bool exec_clock(struct activation *act);

/*
 * What Helm does to every text it rendered, also where a chart wrote it: take
 * each "<no value>" out, from byte `from` on.
 */
void exec_remove_no_value(struct template_run *run, struct str *out,
			  size_t from);

/* A buffer to write to, and to give back. */
struct str *exec_scratch(struct template_run *run);
void exec_release(struct template_run *run, struct str *str);

/* Run `list`; what exec_range needs. */
enum flow {
	FLOW_NEXT,
	FLOW_BREAK,
	FLOW_CONTINUE,
	FLOW_FAIL
};
enum flow exec_list(struct activation *act, const struct node_list *list);

/* range.c */
enum flow exec_range(struct activation *act, const struct node *node);

/* eval.c */
/* The condition of if, with and range, where a value may well be absent. */
bool eval_condition(struct activation *act, const struct node *pipe,
		    struct cell *result);
/* Whether a function is asked because its argument may be absent. */
bool is_guard(const struct activation *act, const struct func *func);
/* Whether it only hands on what it gets: dict "a" .Values.a */
bool is_keeper(const struct activation *act, const struct func *func);
bool eval_pipeline(struct activation *act, const struct node *pipe,
		   struct cell *result);
bool eval_function(struct activation *act, const struct node *function,
		   const struct node *command, const struct cell *final,
		   struct cell *result);
/* Words that are values themselves: literals and dot. */
bool eval_literal(struct activation *act, const struct node *node,
		  struct cell *result);

/* field.c; `command` is NULL without arguments. */
bool eval_fields(struct activation *act, const struct node *node,
		 const struct node *command, const struct cell *final,
		 struct cell *result);

/* call.c: a call that is being made. */
struct invocation {
	const struct func *func;
	struct word name;           /* as the template writes it */
	const struct node *node;    /* that a failure names */
	const struct node *command; /* with the arguments, or NULL */
	const struct cell *final;   /* what came through the pipe, or NULL */
	const struct value *receiver;
};

bool eval_call(struct activation *act, const struct invocation *call,
	       struct cell *result);

/* resume.c */
struct doubts *exec_doubts_new(struct arena *arena);
void exec_doubts_clear(struct template_run *run);
/* Remember what the failure that begins at the current node is about. */
void exec_note_cause(struct activation *act);
/* Whether the node is left out, because it reads what was not set. */
bool exec_passes(struct activation *act, const struct node *node);
/* The node failed; whether its list may go on. */
bool exec_resume(struct activation *act, const struct node *node);
/* Whether anything failed and the template went on. */
bool exec_failed(const struct template_run *run);

/* error.c.  All give false. */
/* Go's words at the current node. */
bool exec_fail(struct activation *act, const char *format, ...)
	PRINTF_LIKE(2, 3);
/* The same where our own words are better; `plain` from the run's arena. */
bool exec_fail_plain(struct activation *act, const char *plain,
		     const char *help, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* A function failed: wrap what it said. */
bool exec_wrap(struct activation *act, const struct node *node,
	       const char *message);
/* One of our own limits. */
bool exec_limit(struct activation *act, const char *name, const char *format,
		...) PRINTF_LIKE(3, 4);
/* Report the failure of the run as one diagnostic. */
void exec_report(struct template_run *run, const char *name);
/* The place of a node in its source. */
struct origin exec_origin(const struct activation *act,
			  const struct node *node);

#endif
