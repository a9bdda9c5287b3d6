/*
 * completion: what a shell has to know to complete our command line.
 */
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/completion.h"

static const char *const shells[] = { "bash", "zsh", "fish", NULL };

static void (*const writers[])(struct str *out) = {
	completion_bash,
	completion_zsh,
	completion_fish,
};

static int run(struct invocation *invocation)
{
	const char *shell =
		invocation->args.count == 1 ? invocation->args.items[0] : "";
	const char *near;
	struct str out;
	size_t i;

	str_init(&out, invocation->arena);
	for (i = 0; shells[i]; i++) {
		if (strcmp(shells[i], shell) != 0)
			continue;
		writers[i](&out);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	diag_error(&invocation->diags, NULL,
		   "completion needs bash, zsh or fish");
	near = *shell ? edit_nearest_of(shell, shells) : NULL;
	if (near)
		diag_help(&invocation->diags, "did you mean \"%s\"?", near);
	invocation_flush(invocation);
	return STATUS_ERROR;
}

const struct command command_completion = {
	.name = "completion",
	.summary = "Print what makes a shell complete commands and options.",
	.usage = "completion bash|zsh|fish",
	.help = "bash  source <(plimsoll completion bash)\n"
		"zsh   source <(plimsoll completion zsh)\n"
		"fish  plimsoll completion fish | source\n"
		"`make install` puts them where the shells look.",
	.run = run,
};
