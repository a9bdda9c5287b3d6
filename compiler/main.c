/*
 * The program: find the command, parse its options, run it.
 */
#include <signal.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mapping.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/command.h"

static int run(struct invocation *invocation)
{
	const struct command *command = invocation->command;
	const struct option_group none[] = { { NULL, NULL, 0 } };
	const struct option_group *groups =
		command->groups ? command->groups : none;
	struct option_problem problem;
	struct str out;

	if (command->raw)
		return command->run(invocation);
	if (command_asks_for_help(invocation->words)) {
		str_init(&out, invocation->arena);
		command_describe(&out, command);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	invocation->options = arena_zalloc(invocation->arena,
					   command->size ? command->size : 1);
	if (!options_environment(invocation->arena, groups, invocation->options,
				 &problem) ||
	    !options_parse(invocation->arena, groups, invocation->options,
			   invocation->words, &invocation->args, &problem)) {
		options_report(&invocation->diags, groups, &problem);
		if (!(*vec_last(&invocation->diags.diags))->help)
			diag_help(&invocation->diags,
				  "`plimsoll %s --help` lists the "
				  "options",
				  command->name);
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	return command->run(invocation);
}

static void interrupted(int number)
{
	file_cleanup();
	raise(number); /* SA_RESETHAND: this time it ends the process */
}

/* Temporary files go, bundles stay whole: old or new. */
static void catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = interrupted;
	action.sa_flags = SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < ARRAY_COUNT(signals); i++)
		sigaction(signals[i], &action, NULL);
	/* A file that may not grow is an error of the write, which is told. */
	action.sa_handler = SIG_IGN;
	action.sa_flags = 0;
	sigaction(SIGXFSZ, &action, NULL);
	mapping_catch();
}

/* A link named helm or kustomize is that command. */
static const struct command *command_of_link(struct arena *arena,
					     const char *program)
{
	const char *name = path_base(arena, program ? program : "");

	if (strcmp(name, "helm") != 0 && strcmp(name, "kustomize") != 0)
		return NULL;
	return command_find(name);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct invocation invocation = { .arena = arena };
	const char *const *words = (const char *const *)argv + (argc > 0);
	struct str out;
	int status;

	catch_signals();
	diag_sink_init(&invocation.diags, arena);
	invocation.command = command_of_link(arena, argv[0]);
	if (invocation.command) {
		invocation.words = words;
		status = run(&invocation);
	} else if (!*words || strcmp(*words, "--help") == 0 ||
		   strcmp(*words, "-h") == 0) {
		str_init(&out, arena);
		command_list(&out);
		status = invocation_print(&invocation, &out, STATUS_CLEAN);
	} else {
		const char *name =
			strcmp(*words, "--version") == 0 ? "version" : *words;

		invocation.command = command_find(name);
		invocation.words = words + 1;
		status = invocation.command
				 ? run(&invocation)
				 : command_unknown(&invocation, *words);
	}
	arena_free(arena);
	return status;
}
