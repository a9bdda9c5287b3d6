#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_read.h"

/* libyaml's words, and what a reader of the file wants to hear as well. */
static const struct {
	const char *text;
	const char *help;
} remedies[] = {
	{ "mapping values are not allowed in this context",
	  "quote a text that holds ': ', or mend the indentation" },
	{ "found character that cannot start any token",
	  "indent with spaces, not tabs; quote a text that begins with @, ` "
	  "or %" },
	{ "did not find expected key",
	  "mend the indentation, or quote the text before" },
	{ "did not find expected '-' indicator",
	  "mend the indentation of the list" },
	{ "found unexpected end of stream", "close the quote" },
	{ "could not find expected ':'",
	  "put a colon and a blank behind the key, or indent the text" },
	{ "invalid leading UTF-8 octet", "save the file as UTF-8" },
	{ "invalid trailing UTF-8 octet", "save the file as UTF-8" },
	{ "incomplete UTF-8 octet sequence", "save the file as UTF-8" },
	{ "control characters are not allowed",
	  "write the character as \\xNN in double quotes" },
};

bool yaml_problem_report(struct diag_sink *diags, const struct source *source,
			 const struct yaml_problem *problem)
{
	uint32_t end = problem->offset < source->len ? problem->offset + 1
						     : problem->offset;
	struct origin at = origin_at(source, problem->offset, end);

	/* go-yaml's verdict, but it does not say what to do. */
	if (strcmp(problem->text, "document contains excessive aliasing") == 0)
		diag_error(diags, &at,
			   "aliases stand for too much of the document "
			   "(--limit aliases)");
	else
		diag_error(diags, &at, "%s", problem->text);
	for (size_t i = 0; i < ARRAY_COUNT(remedies); i++)
		if (strcmp(problem->text, remedies[i].text) == 0)
			diag_help(diags, "%s", remedies[i].help);
	diag_native(diags, "%s", yaml_problem_go(diags->arena, problem));
	return false;
}

/* %YAML with a version that is not 1.1. */
static bool is_other_version(const char *line, size_t len)
{
	size_t at = strlen("%YAML");

	if (len <= at || strncmp(line, "%YAML", at) != 0)
		return false;
	while (at < len && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return len - at < 3 || strncmp(line + at, "1.1", 3) != 0 ||
	       (at + 3 < len && line[at + 3] >= '0' && line[at + 3] <= '9');
}

void yaml_problem_version(struct yaml_problem *problem, const char *text,
			  size_t len)
{
	const char *at = text, *end = text + len, *next;
	uint32_t line = 0;

	if (strcmp(problem->text, "did not find expected <document start>") &&
	    strcmp(problem->text, "found duplicate %YAML directive"))
		return;
	for (; at < end; at = next, line++) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		const char *first = at;

		next = feed ? feed + 1 : end;
		while (first < next && strchr(" \t\r\n", *first))
			first++;
		if (first == next || *first == '#')
			continue;
		if (!is_other_version(at, (size_t)(next - at)))
			return;
		problem->text = "found incompatible YAML document";
		problem->go_line = line;
		return;
	}
}

const char *yaml_problem_go(struct arena *arena,
			    const struct yaml_problem *problem)
{
	if (problem->json)
		return problem->text;
	if (!problem->go_line)
		return arena_join(arena, "yaml: ", problem->text);
	return arena_printf(arena, "yaml: line %u: %s", problem->go_line,
			    problem->text);
}

struct value *yaml_read_reported(struct arena *arena,
				 const struct source *source,
				 const struct yaml_options *options,
				 struct diag_sink *diags)
{
	struct yaml_problem problem;
	struct value *value =
		yaml_read(arena, source, 0, source->len, options, &problem);

	if (!value)
		yaml_problem_report(diags, source, &problem);
	return value;
}
