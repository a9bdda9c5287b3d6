#include "compiler/manual.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"
#include "compiler/command.h"

struct remark {
	const char *name;
	const char *text;
};

static const struct remark examples[] = {
#define EXAMPLE(name, text) { name, text },
#include "compiler/manual.def"
	{ NULL, NULL }
};

static const struct remark variables[] = {
#define VARIABLE(name, text) { name, text },
#include "compiler/manual.def"
	{ NULL, NULL }
};

static const struct remark pathnames[] = {
#define PATHNAME(name, text) { name, text },
#include "compiler/manual.def"
	{ NULL, NULL }
};

static const struct remark statuses[] = {
#define STATUS(name, text) { name, text },
#include "compiler/manual.def"
	{ NULL, NULL }
};

static const struct remark limit_rows[] = {
#define LIMIT(field, name, value, help) { name, help },
	LIMITS(LIMIT)
#undef LIMIT
		{ NULL, NULL }
};

static const char purpose[] =
	"plimsoll renders Helm charts, Kustomize overlays, templates and plain "
	"manifests for every environment of a project, checks what comes out, "
	"and writes plain YAML. A finding names the line to edit: of the "
	"template, the values file or the patch that a field came from. No "
	"cluster, no network and no other program is needed, and nothing "
	"outside the work tree is read.";

static const char about_variables[] =
	"Every option can be given as a variable as well: PLIMSOLL_ and its "
	"name in capitals, with _ for -, as PLIMSOLL_FAIL_ON=error. The "
	"command line outranks it.";

/* One table of options, with the commands that take it. */
struct shelf {
	const struct option_group *group;
	VEC(const char *) commands;
};

VEC_TYPE(shelves, struct shelf);

static struct shelf *shelf_of(struct arena *arena, struct shelves *shelves,
			      const struct option_group *group)
{
	struct shelf *shelf;
	size_t i;

	for (i = 0; i < shelves->count; i++)
		if (shelves->items[i].group->options == group->options)
			return &shelves->items[i];
	shelf = vec_new(arena, shelves);
	memset(shelf, 0, sizeof(*shelf));
	shelf->group = group;
	return shelf;
}

/* Every table once, in the order in which commands first show it. */
static void collect(struct arena *arena, struct shelves *shelves)
{
	const struct option_group *group;
	size_t i;

	for (i = 0; commands[i]; i++) {
		group = commands[i]->hidden ? NULL : commands[i]->groups;
		for (; group && group->options; group++)
			vec_push(arena,
				 &shelf_of(arena, shelves, group)->commands,
				 commands[i]->name);
	}
}

static void put_commands_of(struct str *out, const struct shelf *shelf)
{
	size_t i;

	for (i = 0; i < shelf->commands.count; i++)
		str_printf(out, "%s%s", i ? ", " : "",
			   shelf->commands.items[i]);
}

/* Text for troff: backslashes and minus signs mean themselves. */
static void put_roff(struct str *out, const char *text)
{
	bool first = true;

	for (; *text; text++) {
		if (first && (*text == '.' || *text == '\''))
			str_puts(out, "\\&");
		if (*text == '\\')
			str_puts(out, "\\e");
		else if (*text == '-')
			str_puts(out, "\\-");
		else
			str_putc(out, *text);
		first = *text == '\n';
	}
}

static void put_heading(struct str *out, const char *macro, const char *name)
{
	str_printf(out, ".%s ", macro);
	for (; *name; name++)
		str_putc(out, (char)(strcmp(macro, "SH") == 0
					     ? toupper((unsigned char)*name)
					     : *name));
	str_putc(out, '\n');
}

static void put_paragraph(struct str *out, const char *text)
{
	str_puts(out, ".PP\n");
	put_roff(out, text);
	str_putc(out, '\n');
}

static void put_tagged(struct str *out, const char *name, const char *text)
{
	str_puts(out, ".TP\n.B ");
	put_roff(out, name);
	str_putc(out, '\n');
	put_roff(out, text);
	str_putc(out, '\n');
}

static void put_section(struct str *out, const char *title,
			const struct remark *remarks)
{
	put_heading(out, "SH", title);
	for (; remarks->name; remarks++)
		put_tagged(out, remarks->name, remarks->text);
}

static void put_command(struct str *out, const struct command *command)
{
	str_puts(out, ".TP\n.B plimsoll ");
	put_roff(out, command->usage);
	str_putc(out, '\n');
	put_roff(out, command->summary);
	str_putc(out, '\n');
	if (!command->help)
		return;
	str_puts(out, ".sp\n.nf\n");
	put_roff(out, command->help);
	str_puts(out, "\n.fi\n");
}

static void put_shelf(struct str *out, const struct shelf *shelf)
{
	const struct option *option;
	struct str label;

	str_printf(out, ".SS %s (", shelf->group->title);
	put_commands_of(out, shelf);
	str_puts(out, ")\n");
	for (option = shelf->group->options; option->name; option++) {
		if (option->hidden)
			continue;
		str_init(&label, out->arena);
		option_label(&label, option);
		put_tagged(out, str_text(&label),
			   option->help ? option->help : "");
	}
}

static void put_examples(struct str *out)
{
	const struct remark *example;

	put_heading(out, "SH", "examples");
	for (example = examples; example->name; example++)
		put_tagged(out,
			   arena_join(out->arena, "plimsoll ", example->name),
			   example->text);
}

void manual_man(struct str *out)
{
	struct shelves shelves = { 0 };
	size_t i;

	collect(out->arena, &shelves);
	str_puts(out, ".\\\" Written by `plimsoll help --man`; do not edit.\n"
		      ".TH PLIMSOLL 1 \"\" \"plimsoll " PLIMSOLL_VERSION
		      "\" \"plimsoll\"\n"
		      ".SH NAME\nplimsoll \\- render, check and write "
		      "Kubernetes manifests\n"
		      ".SH SYNOPSIS\n.B plimsoll\n.I command\n"
		      ".RI [ option \" ...]\"\n.RI [ argument \" ...]\"\n");
	put_heading(out, "SH", "description");
	put_paragraph(out, purpose);
	put_paragraph(out,
		      "Called through a link named helm or kustomize it is "
		      "that command.");
	put_heading(out, "SH", "commands");
	for (i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			put_command(out, commands[i]);
	put_heading(out, "SH", "options");
	put_paragraph(out, "--help, or -h, prints those of a command. The "
			   "commands helm and kustomize take the options of "
			   "those programs.");
	for (i = 0; i < shelves.count; i++)
		put_shelf(out, &shelves.items[i]);
	put_heading(out, "SS", "Names for --limit");
	for (i = 0; limit_rows[i].name; i++)
		put_tagged(out, limit_rows[i].name, limit_rows[i].text);
	put_heading(out, "SH", "environment");
	put_paragraph(out, about_variables);
	for (i = 0; variables[i].name; i++)
		put_tagged(out, variables[i].name, variables[i].text);
	put_section(out, "files", pathnames);
	put_section(out, "exit status", statuses);
	put_examples(out);
	str_puts(out, ".SH SEE ALSO\n.BR helm (1),\n.BR kustomize (1),\n"
		      ".BR kubectl (1)\n");
}

/* A cell of a table: a bar would end it. */
static void put_cell(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			str_putc(out, '\\');
		str_putc(out, *text);
	}
}

static void put_row(struct str *out, const char *name, const char *text)
{
	str_puts(out, "| `");
	put_cell(out, name);
	str_puts(out, "` | ");
	put_cell(out, text);
	str_puts(out, " |\n");
}

static void put_rows(struct str *out, const char *title,
		     const struct remark *remarks)
{
	if (title)
		str_printf(out, "\n## %s\n", title);
	str_puts(out, "\n| | |\n| --- | --- |\n");
	for (; remarks->name; remarks++)
		put_row(out, remarks->name, remarks->text);
}

static void put_table(struct str *out, const struct shelf *shelf)
{
	const struct option *option;
	struct str label;

	str_printf(out, "\n### %s\n\nFor ", shelf->group->title);
	put_commands_of(out, shelf);
	str_puts(out, ".\n\n| option | meaning |\n| --- | --- |\n");
	for (option = shelf->group->options; option->name; option++) {
		if (option->hidden)
			continue;
		str_init(&label, out->arena);
		option_label(&label, option);
		put_row(out, str_text(&label),
			option->help ? option->help : "");
	}
}

void manual_markdown(struct str *out)
{
	struct shelves shelves = { 0 };
	size_t i;

	collect(out->arena, &shelves);
	str_printf(out,
		   "<!-- written by `plimsoll help --markdown`; do not edit "
		   "-->\n# Commands and options\n\n%s\n\n## Commands\n",
		   purpose);
	for (i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		str_printf(out, "\n### `plimsoll %s`\n\n%s\n",
			   commands[i]->usage, commands[i]->summary);
		if (commands[i]->help)
			str_printf(out, "\n```text\n%s\n```\n",
				   commands[i]->help);
	}
	str_puts(out, "\n## Options\n\n`--help`, or `-h`, prints those of a "
		      "command. The commands `helm` and `kustomize`\ntake the "
		      "options of those programs.\n");
	for (i = 0; i < shelves.count; i++)
		put_table(out, &shelves.items[i]);
	put_rows(out, "Names for `--limit`", limit_rows);
	str_printf(out, "\n## Environment\n\n%s\n", about_variables);
	put_rows(out, NULL, variables);
	put_rows(out, "Files", pathnames);
	put_rows(out, "Exit status", statuses);
	str_puts(out, "\n## Examples\n\n| | |\n| --- | --- |\n");
	for (i = 0; examples[i].name; i++)
		put_row(out,
			arena_join(out->arena, "plimsoll ", examples[i].name),
			examples[i].text);
}
