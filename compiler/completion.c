#include "compiler/completion.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/command.h"

static const char head[] = "written by `plimsoll completion %s`; do not edit";

/* "hook install|uninstall", "config [verify|show] [TARGET]": the verbs. */
static void put_verbs(struct str *out, const struct command *command)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	const char *at = command->usage + strcspn(command->usage, " ");
	size_t begin = out->len, len;

	for (; *at; at += len) {
		at += strspn(at, " []|");
		len = strcspn(at, " []|");
		if (len && strspn(at, letters) == len)
			str_printf(out, "%s%.*s", out->len > begin ? " " : "",
				   (int)len, at);
	}
}

static const char *verbs_of(struct arena *arena, const struct command *command)
{
	struct str verbs;

	str_init(&verbs, arena);
	put_verbs(&verbs, command);
	return str_text(&verbs);
}

static void put_names(struct str *out)
{
	size_t i;

	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			str_printf(out, "%s%s", i ? " " : "",
				   commands[i]->name);
}

/* What kind of a name an option takes. */
static bool takes(const struct option *option, const char *what)
{
	return option->value && strcmp(option->value, what) == 0;
}

/* Each option that is shown, in the order of --help. */
struct walk {
	const struct option_group *group;
	const struct option *at;
};

static const struct option *next_option(struct walk *walk)
{
	while (walk->group && walk->group->options) {
		if (!walk->at)
			walk->at = walk->group->options;
		while (walk->at->name && walk->at->hidden)
			walk->at++;
		if (walk->at->name)
			return walk->at++;
		walk->group++;
		walk->at = NULL;
	}
	return NULL;
}

static void put_bash_label(struct str *out, const struct option *option)
{
	str_printf(out, "--%s", option->name);
	if (option->letter)
		str_printf(out, "|-%c", option->letter);
}

/* The values of options, by the word before the one to complete. */
static void put_bash_values(struct str *out, const struct command *command)
{
	struct walk walk = { .group = command->groups };
	const struct option *option;

	str_puts(out, "\t\tcase $last in\n");
	while ((option = next_option(&walk)) != NULL) {
		if (!option_takes_value(option))
			continue;
		str_puts(out, "\t\t");
		put_bash_label(out, option);
		if (option->words)
			str_printf(out, ") values='%s' ;;\n", option->words);
		else if (takes(option, "DIR"))
			str_puts(out, ") values=-d ;;\n");
		else if (takes(option, "FILE"))
			str_puts(out, ") values=-f ;;\n");
		else
			str_puts(out, ") return ;;\n");
	}
	str_puts(out, "\t\tesac\n");
}

static void put_bash_command(struct str *out, const struct command *command)
{
	struct walk walk = { .group = command->groups };
	const struct option *option;

	str_printf(out, "\t%s)\n", command->name);
	if (strcmp(command->name, "help") == 0)
		str_puts(out, "\t\tverbs=$commands\n");
	else
		str_printf(out, "\t\tverbs='%s'\n",
			   verbs_of(out->arena, command));
	if (command->groups && !command->raw) {
		put_bash_values(out, command);
		str_puts(out, "\t\toptions='");
		while ((option = next_option(&walk)) != NULL)
			str_printf(out, "--%s ", option->name);
		str_puts(out, "--help'\n");
	}
	str_puts(out, "\t\t;;\n");
}

static const char bash_begin[] =
	"\tlocal word=${COMP_WORDS[COMP_CWORD]}\n"
	"\tlocal last=${COMP_WORDS[COMP_CWORD-1]} values= options= verbs=\n"
	"\tCOMPREPLY=()\n"
	"\t# --name=val comes as three words\n"
	"\tif [[ $word == = ]]; then\n"
	"\t\tword=\n"
	"\telif [[ $last == = && $COMP_CWORD -gt 2 ]]; then\n"
	"\t\tlast=${COMP_WORDS[COMP_CWORD-2]}\n"
	"\tfi\n"
	"\tif [[ $COMP_CWORD -eq 1 ]]; then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tcase ${COMP_WORDS[1]} in\n";

static const char bash_end[] =
	"\tesac\n"
	"\tcase $values in\n"
	"\t-d|-f) COMPREPLY=($(compgen $values -- \"$word\")) ;;\n"
	"\t?*) COMPREPLY=($(compgen -W \"$values\" -- \"$word\")) ;;\n"
	"\t*)\n"
	"\t\tif [[ $word == -* ]]; then\n"
	"\t\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
	"\t\telse\n"
	"\t\t\t[[ $COMP_CWORD -ne 2 ]] || COMPREPLY=($(compgen -W "
	"\"$verbs\" -- \"$word\"))\n"
	"\t\t\tCOMPREPLY+=($(compgen -f -- \"$word\"))\n"
	"\t\tfi ;;\n"
	"\tesac\n"
	"}\n"
	"complete -o filenames -F _plimsoll plimsoll\n";

void completion_bash(struct str *out)
{
	size_t i;

	str_puts(out, "# ");
	str_printf(out, head, "bash");
	str_puts(out, "\n_plimsoll() {\n\tlocal commands='");
	put_names(out);
	str_puts(out, "'\n");
	str_puts(out, bash_begin);
	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			put_bash_command(out, commands[i]);
	str_puts(out, bash_end);
}

/* Text inside single quotes; `special` also gets a backslash. */
static void put_quoted(struct str *out, const char *text, const char *special,
		       const char *apostrophe)
{
	for (; *text; text++) {
		if (*text == '\'') {
			str_puts(out, apostrophe);
			continue;
		}
		if (strchr(special, *text))
			str_putc(out, '\\');
		str_putc(out, *text);
	}
}

static void put_zsh_value(struct str *out, const struct option *option)
{
	str_puts(out, ":");
	put_quoted(out, option->value ? option->value : "VALUE", ":\\",
		   "'\\''");
	str_puts(out, ":");
	if (option->words)
		str_printf(out, "(%s)", option->words);
	else if (takes(option, "DIR"))
		str_puts(out, "_files -/");
	else if (takes(option, "FILE"))
		str_puts(out, "_files");
}

static void put_zsh_spec(struct str *out, const struct option *option,
			 const char *name, const char *joined)
{
	bool value = option_takes_value(option);

	str_printf(out, "\t\t\t'%s%s%s[",
		   option->kind == OPTION_TEXTS ? "*" : "", name,
		   value ? joined : "");
	put_quoted(out, option->help ? option->help : "", "[]:\\", "'\\''");
	str_putc(out, ']');
	if (value)
		put_zsh_value(out, option);
	str_puts(out, "' \\\n");
}

static void put_zsh_command(struct str *out, const struct command *command)
{
	struct walk walk = { .group = command->groups };
	const char *verbs = verbs_of(out->arena, command);
	const struct option *option;

	str_printf(out, "\t%s)\n\t\t_arguments -s \\\n", command->name);
	while (!command->raw && (option = next_option(&walk)) != NULL) {
		char letter[3] = { '-', option->letter, '\0' };

		put_zsh_spec(out, option,
			     arena_join(out->arena, "--", option->name), "=");
		if (option->letter)
			put_zsh_spec(out, option, letter, "+");
	}
	if (*verbs)
		str_printf(out, "\t\t\t'1:verb:(%s)' \\\n", verbs);
	if (strcmp(command->name, "help") == 0)
		str_puts(out, "\t\t\t'1:command:($names)' ;;\n");
	else
		str_puts(out, "\t\t\t'*:file:_files' ;;\n");
}

void completion_zsh(struct str *out)
{
	size_t i;

	str_puts(out, "#compdef plimsoll\n# ");
	str_printf(out, head, "zsh");
	str_puts(out, "\n_plimsoll() {\n\tlocal -a commands names\n"
		      "\tcommands=(\n");
	for (i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		str_printf(out, "\t\t'%s:", commands[i]->name);
		put_quoted(out, commands[i]->summary, ":\\", "'\\''");
		str_puts(out, "'\n");
	}
	str_puts(out, "\t)\n\tnames=(${commands%%:*})\n"
		      "\tif (( CURRENT == 2 )); then\n"
		      "\t\t_describe command commands\n\t\treturn\n\tfi\n"
		      "\tshift words\n\t(( CURRENT-- ))\n"
		      "\tcase $words[1] in\n");
	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			put_zsh_command(out, commands[i]);
	str_puts(out, "\tesac\n}\n"
		      "if [[ $funcstack[1] == _plimsoll ]]; then\n"
		      "\t_plimsoll \"$@\"\nelse\n"
		      "\tcompdef _plimsoll plimsoll\nfi\n");
}

static void put_fish_option(struct str *out, const struct command *command,
			    const struct option *option)
{
	str_printf(out,
		   "complete -c plimsoll -n '__fish_seen_subcommand_from %s' "
		   "-l %s",
		   command->name, option->name);
	if (option->letter)
		str_printf(out, " -s %c", option->letter);
	if (option_takes_value(option)) {
		if (option->words)
			str_printf(out, " -x -a '%s'", option->words);
		else if (takes(option, "DIR"))
			str_puts(out, " -x -a '(__fish_complete_directories)'");
		else if (takes(option, "FILE"))
			str_puts(out, " -r -F");
		else
			str_puts(out, " -x");
	}
	str_puts(out, " -d '");
	put_quoted(out, option->help ? option->help : "", "\\", "\\'");
	str_puts(out, "'\n");
}

static void put_fish_command(struct str *out, const struct command *command)
{
	struct walk walk = { .group = command->groups };
	const char *verbs = verbs_of(out->arena, command);
	const struct option *option;

	str_printf(out,
		   "complete -c plimsoll -n __fish_use_subcommand -f -a %s "
		   "-d '",
		   command->name);
	put_quoted(out, command->summary, "\\", "\\'");
	str_puts(out, "'\n");
	if (*verbs)
		str_printf(out,
			   "complete -c plimsoll -n "
			   "'__fish_seen_subcommand_from %s' -a '%s'\n",
			   command->name, verbs);
	while (!command->raw && (option = next_option(&walk)) != NULL)
		put_fish_option(out, command, option);
}

void completion_fish(struct str *out)
{
	size_t i;

	str_puts(out, "# ");
	str_printf(out, head, "fish");
	str_putc(out, '\n');
	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			put_fish_command(out, commands[i]);
	str_puts(out, "complete -c plimsoll -n '__fish_seen_subcommand_from "
		      "help' -f -a '");
	put_names(out);
	str_puts(out, "'\n");
}
