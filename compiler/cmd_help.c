/*
 * help: the list of commands, or the help of one.
 */
#include "base/edit_distance.h"
#include "base/str.h"
#include "compiler/command.h"

static const char *next_name(void *context)
{
	const struct command *const **at = context;

	return **at ? (*(*at)++)->name : NULL;
}

static int run(struct invocation *invocation)
{
	const struct command *const *all = commands;
	const struct command *command;
	const char *name, *near;
	struct str out;

	str_init(&out, invocation->arena);
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
	diag_error(&invocation->diags, NULL, "there is no command \"%s\"",
		   name);
	near = edit_nearest(name, next_name, &all);
	if (near)
		diag_help(&invocation->diags, "did you mean \"%s\"?", near);
	invocation_flush(invocation);
	return STATUS_ERROR;
}

const struct command command_help = {
	.name = "help",
	.summary = "Print the list of commands, or the help of one.",
	.usage = "help [COMMAND]",
	.run = run,
};
