#include "compiler/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "compiler/block.h"
#include "compiler/finding.h"
#include "compiler/terminal.h"

const struct command *const commands[] = {
#define COMMAND(x) &command_##x,
#include "compiler/commands.def"
#undef COMMAND
	NULL
};

const struct command *command_find(const char *name)
{
	size_t i;

	for (i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

void command_describe(struct str *out, const struct command *command)
{
	str_printf(out, "usage: plimsoll %s\n\n%s\n", command->usage,
		   command->summary);
	if (command->help)
		str_printf(out, "\n%s\n", command->help);
	if (command->groups)
		options_help(out, command->groups);
}

void command_list(struct str *out)
{
	size_t i;

	str_puts(out, "plimsoll renders charts and overlays, checks the "
		      "result and writes plain YAML.\n\n"
		      "usage: plimsoll COMMAND [ARGUMENT...]\n\n");
	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			str_printf(out, "  %-11s %s\n", commands[i]->name,
				   commands[i]->summary);
	str_puts(out, "\nFirst steps:\n"
		      "  plimsoll lint .            check what is in this "
		      "folder\n"
		      "  plimsoll build -o dist     render every target for "
		      "every environment\n"
		      "  plimsoll COMMAND --help    options of a command\n");
}

void invocation_flush(struct invocation *invocation)
{
	struct block_style style = {
		.colour = terminal_colour(NULL, STDERR_FILENO),
		.width = terminal_width(STDERR_FILENO),
		.wrap = terminal_wrap(STDERR_FILENO),
	};
	struct str out;
	size_t i;

	str_init(&out, invocation->arena);
	for (i = 0; i < invocation->diags.diags.count; i++)
		block_put(&out,
			  finding_new(invocation->arena, NULL,
				      invocation->diags.diags.items[i], false),
			  &style);
	if (out.len)
		fwrite(out.text, 1, out.len, stderr);
	invocation->diags.diags.count = 0;
}

bool command_asks_for_help(const char *const *words)
{
	for (; *words && strcmp(*words, "--") != 0; words++)
		if (strcmp(*words, "--help") == 0 || strcmp(*words, "-h") == 0)
			return true;
	return false;
}

static const char *next_name(void *context)
{
	const struct command *const **at = context;

	return **at ? (*(*at)++)->name : NULL;
}

int command_unknown(struct invocation *invocation, const char *name)
{
	const struct command *const *all = commands;
	const char *near = edit_nearest(name, next_name, &all);

	diag_error(&invocation->diags, NULL, "there is no command \"%s\"",
		   name);
	if (near)
		diag_help(&invocation->diags, "did you mean \"%s\"?", near);
	else
		diag_help(&invocation->diags,
			  "`plimsoll help` lists the commands");
	invocation_flush(invocation);
	return STATUS_ERROR;
}

void command_tell(struct arena *arena, const char *text)
{
	struct str tame;

	str_init(&tame, arena);
	str_put_tame(&tame, text, strlen(text));
	fputs(str_text(&tame), stderr);
}

int invocation_print(struct invocation *invocation, const struct str *out,
		     int status)
{
	if ((!out->len || fwrite(out->text, 1, out->len, stdout) == out->len) &&
	    fflush(stdout) == 0)
		return status;
	diag_error(&invocation->diags, NULL,
		   "standard output cannot be written: %s", strerror(errno));
	invocation_flush(invocation);
	return STATUS_ERROR;
}
