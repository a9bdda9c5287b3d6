/*
 * Option tables: the command line, --help, the man page and the completions
 * come from the same rows.
 *
 *	struct explain_options {
 *		bool all;
 *		const char *format;
 *	};
 *	#define FIELD(x) offsetof(struct explain_options, x)
 *	static const struct option options[] = {
 *		{ .name = "all", .kind = OPTION_FLAG, .offset = FIELD(all),
 *		  .help = "List every rule, function and transformer." },
 *		{ .name = NULL }
 *	};
 *
 * The parser writes through the offsets.  Options that several commands
 * share are one table over one struct, a group with an offset of its own.
 */
#ifndef COMPILER_OPTIONS_H
#define COMPILER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct str;

enum option_kind {
	OPTION_FLAG,   /* bool; --name, --name=false, --no-name is its own */
	OPTION_TEXT,   /* const char *; the last one wins */
	OPTION_TEXTS,  /* struct option_texts; repeatable */
	OPTION_NUMBER, /* int64_t */
	OPTION_MAYBE,  /* const char *; the value is optional: --name[=X] */
	OPTION_TAKEN,  /* accepted with a value, no effect */
	OPTION_NOTED,  /* accepted without a value, no effect */
};

VEC_TYPE(option_texts, const char *);

struct option {
	const char *name;
	char letter;
	uint8_t kind; /* enum option_kind */
	bool hidden;  /* not in --help */
	size_t offset;
	const char *value; /* what --help calls the argument: "FORMAT" */
	const char *help;  /* whole sentences */
	const char *words; /* "auto always never": all it takes; or NULL */
	const char *bare;  /* OPTION_MAYBE: the value of none; NULL: "" */
};

struct option_group {
	const char *title; /* heading in --help */
	const struct option *options;
	size_t offset; /* of the group's struct in the command's */
};

enum option_fault {
	OPTION_UNKNOWN,
	OPTION_UNKNOWN_LETTER,
	OPTION_NEEDS_VALUE,
	OPTION_TAKES_NONE,
	OPTION_NOT_A_NUMBER,
	OPTION_NOT_A_BOOLEAN,
};

struct option_problem {
	enum option_fault fault;
	const char *word;            /* the argument as typed */
	const struct option *option; /* NULL if unknown */
	const char *value;
};

/*
 * Parse `args` (ends with NULL) into `target`.  Words that are no options go
 * to `rest`; "--" ends the options.  Groups end with NULL options.  False:
 * `*problem` says why; nothing is reported.
 */
bool options_parse(struct arena *arena, const struct option_group *groups,
		   void *target, const char *const *args,
		   struct option_texts *rest, struct option_problem *problem);

/* Take values from PLIMSOLL_NAME variables, before the command line. */
bool options_environment(struct arena *arena, const struct option_group *groups,
			 void *target, struct option_problem *problem);

/*
 * A variable of the environment, NULL if it is unset or empty.  The only way
 * to the environment.
 */
const char *options_variable(const char *name);

/* Report in our words, with did-you-mean. */
bool options_report(struct diag_sink *diags, const struct option_group *groups,
		    const struct option_problem *problem);

/* Whether the word behind it is its value. */
bool option_takes_value(const struct option *option);

/* "-e, --env ENV" */
void option_label(struct str *out, const struct option *option);

/* The rows as --help prints them. */
void options_help(struct str *out, const struct option_group *groups);

#endif
