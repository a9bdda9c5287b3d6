/*
 * help: the list of commands, the help of one, or the whole manual.
 */
#include <stddef.h>

#include "base/str.h"
#include "compiler/command.h"
#include "compiler/manual.h"

struct help_options {
	bool man;
	bool markdown;
};

static int run(struct invocation *invocation)
{
	const struct help_options *options = invocation->options;
	const struct command *command;
	const char *name;
	struct str out;

	str_init(&out, invocation->arena);
	if (options->man || options->markdown) {
		(options->man ? manual_man : manual_markdown)(&out);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	if (!invocation->args.count) {
		command_list(&out);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	name = invocation->args.items[0];
	command = command_find(name);
	if (command) {
		command_describe(&out, command);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	return command_unknown(invocation, name);
}

#define FIELD(x) offsetof(struct help_options, x)

static const struct option options[] = {
	{ .name = "man",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(man),
	  .help = "Print the manual as a man page: plimsoll help --man | "
		  "man -l -" },
	{ .name = "markdown",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(markdown),
	  .help = "Print the manual as Markdown." },
	{ .name = NULL },
};

static const struct option_group groups[] = { { "Options", options, 0 },
					      { NULL, NULL, 0 } };

const struct command command_help = {
	.name = "help",
	.summary = "Print the list of commands, the help of one, or the "
		   "manual.",
	.usage = "help [COMMAND]",
	.groups = groups,
	.size = sizeof(struct help_options),
	.run = run,
};
