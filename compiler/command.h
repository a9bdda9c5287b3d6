/*
 * Commands of the program: one file commands/x.c, one const descriptor, one
 * row COMMAND(x) in commands.def.
 */
#ifndef COMPILER_COMMAND_H
#define COMPILER_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/diag.h"
#include "base/str.h"
#include "compiler/options.h"

struct arena;

enum exit_status {
	STATUS_CLEAN = 0,
	STATUS_FINDINGS = 1, /* findings, or a difference where asked */
	STATUS_ERROR = 2,
};

/* One run of one command. */
struct invocation {
	struct arena *arena;
	struct diag_sink diags; /* what has no target: usage, project file */
	const struct command *command;
	const char *const *words; /* after the command's name; NULL at end */
	struct option_texts args; /* what is no option (not for raw ones) */
	void *options;            /* the command's own struct */
};

struct command {
	const char *name;
	const char *summary;               /* one sentence for the list */
	const char *usage;                 /* "explain [RULE|FUNCTION...]" */
	const char *help;                  /* paragraphs; or NULL */
	const struct option_group *groups; /* or NULL */
	size_t size; /* of the struct the groups write into */
	bool raw;    /* parses its own words, as helm and kustomize do */
	bool hidden;
	int (*run)(struct invocation *invocation);
};

#define COMMAND(x) extern const struct command command_##x;
#include "compiler/commands.def"
#undef COMMAND

/* All rows in their order, NULL at the end. */
extern const struct command *const commands[];

const struct command *command_find(const char *name);

/* Whether --help or -h is among the words before "--". */
bool command_asks_for_help(const char *const *words);

/* Say that there is no command of this name; the status. */
int command_unknown(struct invocation *invocation, const char *name);

/* Text of `plimsoll COMMAND --help` and of `plimsoll` alone. */
void command_describe(struct str *out, const struct command *command);
void command_list(struct str *out);

/* Print the invocation's own diagnostics to stderr. */
void invocation_flush(struct invocation *invocation);

/* For people, to stderr; nothing in it steers their terminal. */
void command_tell(struct arena *arena, const char *text);

/* Print and end: for the product, all of it or an error. */
int invocation_print(struct invocation *invocation, const struct str *out,
		     int status);

#endif
