/*
 * Functions of the template language.
 *
 * A function is a row in the table of its family's file and a C function.  The
 * executor has evaluated the arguments, counted them, and checked and adapted
 * their types against the row before `run` is called (Go's rules: a float
 * for an int parameter is an error with Go's text, an untyped literal
 * adapts, a nil for a string is an error ...).
 *
 *	static const struct value *fn_upper(struct call *call)
 *	{
 *		...
 *	}
 *
 *	const struct func template_funcs_strings[] = {
 *		{ .name = "upper", .takes = { ARG_STRING }, .run = fn_upper,
 *		  .usage = "upper TEXT",
 *		  .help = "TEXT in upper case." },
 *		{ .name = NULL }
 *	};
 *
 * A new family is one line in templates/funcs.def.
 *
 * Arguments are shared with everybody who holds them: never change one, but
 * for the maps that set, unset and merge change by design.
 */
#ifndef TEMPLATES_FUNC_H
#define TEMPLATES_FUNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"
#include "model/value.h"

struct arena;
struct node;
struct template_run;

/* What a parameter is in Go; the name in error texts follows from it. */
enum arg_type {
	ARG_NONE, /* ends `takes` */
	ARG_ANY,
	ARG_STRING,
	ARG_INT,
	ARG_INT64,
	ARG_UINT32, /* only a literal is one */
	ARG_FLOAT,
	ARG_BOOL,
	ARG_LIST,        /* []interface {} */
	ARG_STRINGS,     /* []string */
	ARG_MAP,         /* map[string]interface {} */
	ARG_STRING_MAP,  /* map[string]string */
	ARG_TIME,        /* time.Time */
	ARG_DURATION,    /* time.Duration; a whole literal is one, too */
	ARG_VERSION,     /* *semver.Version */
	ARG_CERTIFICATE, /* sprig.certificate */
	ARG_OPAQUE,      /* checked by the function itself */
};

enum {
	FUNC_PARAMETERS = 6
};

struct call {
	struct template_run *run; /* the executor's; see exec.h */
	struct arena *arena;
	const struct func *func;
	const struct value *receiver; /* of a method; else NULL */
	const struct value **args;
	size_t count;
	const struct frame *frame; /* for segments of what is made */
	uint32_t begin;            /* the action, in frame->source */
	const struct node *node;   /* the call expression */
	struct origin origin;      /* of the call expression */
	const struct origin *kept; /* its copy in the arena, once needed */
};

/* Why a function gives another result next time. */
enum func_random {
	FUNC_DRAWS = 1, /* --seed repeats it */
	FUNC_TIME = 2,  /* SOURCE_DATE_EPOCH does */
};

struct func {
	const char *name;
	uint8_t takes[FUNC_PARAMETERS]; /* enum arg_type */
	uint8_t rest;    /* type of further arguments; ARG_NONE: no more */
	bool lazy;       /* and, or: the executor evaluates them itself */
	uint8_t random;  /* enum func_random: a fact is noted */
	bool helm4_only; /* not in dialect helm3 */
	bool argocd_only;
	bool helm_own;   /* and not Sprig's */
	bool sprig_only; /* no chart has it */
	bool slow;       /* makes keys: the clock is looked at behind each */
	const struct value *(*run)(struct call *call);
	const char *usage; /* upper-case words stand for arguments */
	const char *help;  /* whole sentences */
};

/*
 * The argument, NULL if there are fewer; never NULL below func's count.  A nil
 * for a map or a list arrives as an empty one.
 */
const struct value *call_arg(const struct call *call, size_t index);

/* The same; an object gives the list, map or number below its methods. */
const struct value *call_under(struct call *call, size_t index);

/* As C values; the executor has checked the types. */
const char *call_string(const struct call *call, size_t index);
int64_t call_int(const struct call *call, size_t index);
double call_float(const struct call *call, size_t index);
bool call_bool(const struct call *call, size_t index);

/*
 * A string argument with its segment map.  One that came from values without a
 * map gets a map of one segment that shows the value, so that what is cut and
 * joined from it keeps leading there.
 */
struct text call_text(struct call *call, size_t index);

/* The same for any value, printed as %v does. */
struct text call_print(struct call *call, const struct value *value);

/*
 * Stop the template: "error calling NAME: MESSAGE".  NULL, to be returned.
 */
const struct value *call_fail(struct call *call, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* Results.  All carry the origin of the call. */

const struct value *call_null(struct call *call);
const struct value *call_give_bool(struct call *call, bool boolean);
const struct value *call_give_int(struct call *call, int64_t integer);
const struct value *call_give_int64(struct call *call, int64_t integer);
const struct value *call_give_float(struct call *call, double real);

/* A text with its own map (cut, insert, emit and keep of base/str.h). */
const struct value *call_give_text(struct call *call, const struct text *text);

/* A builder that begins with what the call marks; finish with give_str. */
void call_str(struct call *call, struct str *str);
const struct value *call_give_str(struct call *call, struct str *str);

/*
 * Opaque: one segment, `from` the first argument that has an origin.  The
 * bytes are copied.
 */
const struct value *call_give_opaque(struct call *call, const char *text,
				     size_t len);

/* New and empty; []interface {} and map[string]interface {}. */
struct value *call_new_list(struct call *call);
struct value *call_new_map(struct call *call);

/*
 * Sprig's conversions: strings are read in base 0 after an all-zero fraction
 * is removed, booleans are 1 and 0, floats are cut, failure is 0.
 */
int64_t call_to_int64(const struct value *value);
double call_to_float(const struct value *value);

/* Sprig's strval: strings as they are, bytes, errors, else %v. */
struct text call_strval(struct call *call, const struct value *value);

/* The truth of a template, and Sprig's "empty" (nil, false, 0, "", []). */
bool template_truth(const struct value *value);
bool template_empty(const struct value *value);

/* "string", "[]interface {}", "map[string]interface {}", "<nil>": typeOf. */
const char *template_type_name(const struct value *value);
/* "string", "slice", "map", "float64", "struct", "ptr", "invalid": kindOf. */
const char *template_kind_name(const struct value *value);

/* All families; each table ends with a NULL name. */
#define FUNCS(family) extern const struct func template_funcs_##family[];
#include "templates/funcs.def"
#undef FUNCS

/* All functions, one after the other; both numbers 0 at first. */
const struct func *template_func_next(size_t *family, size_t *row);

#endif
