#include "tests/runner/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/runner/case.h"
#include "tests/runner/diff.h"
#include "tests/runner/execute.h"

/* How much is shown of an output that nobody spoke of. */
#define MOST_SHOWN 2000

bool want_actual(const struct section *want, const struct outcome *outcome,
		 struct buffer *bytes)
{
	struct buffer path = { 0 };
	bool ok;

	if (want->kind != SECTION_WANT_FILE) {
		const struct buffer *from = want->kind == SECTION_WANT_STDOUT
						    ? &outcome->out
						    : &outcome->err;

		buffer_put(bytes, from->at, from->len);
		return true;
	}
	buffer_printf(&path, "%s/%s", outcome->dir, want->path);
	ok = buffer_read(bytes, path.at);
	buffer_release(&path);
	return ok;
}

static bool is_there(const struct outcome *outcome, const char *name)
{
	struct buffer path = { 0 };
	struct stat info;
	bool there;

	buffer_printf(&path, "%s/%s", outcome->dir, name);
	there = lstat(path.at, &info) == 0;
	buffer_release(&path);
	return there;
}

static void compare_want(const struct section *want, struct outcome *outcome)
{
	struct buffer got = { 0 };
	struct buffer expected =
		buffer_replace(&want->content, "$DIR", outcome->dir);
	const char *kind = want->kind == SECTION_WANT_STDOUT   ? "stdout"
			   : want->kind == SECTION_WANT_STDERR ? "stderr"
							       : want->path;

	if (!want_actual(want, outcome, &got)) {
		buffer_printf(&outcome->said, "%s was not written\n",
			      want->path);
	} else if (!buffer_equals(&got, &expected)) {
		struct buffer shown_got =
			buffer_replace(&got, outcome->dir, "$DIR");

		buffer_printf(&outcome->said, "%s differs:\n", kind);
		diff_print(&outcome->said, &want->content, &shown_got);
		buffer_release(&shown_got);
	}
	buffer_release(&expected);
	buffer_release(&got);
}

static void show(struct buffer *said, const struct buffer *text)
{
	struct buffer none = { 0 };
	struct buffer part = *text;

	if (part.len > MOST_SHOWN)
		part.len = MOST_SHOWN;
	diff_print(said, &none, &part);
}

void compare_wants(const struct test_case *tc, struct outcome *outcome)
{
	bool stderr_spoken = tc->marks.count || tc->exit > 0;
	bool stderr_wanted = false;

	for (size_t i = 0; i < tc->section_count; i++) {
		const struct section *want = &tc->sections[i];

		if (want->kind == SECTION_WANT_STDERR)
			stderr_wanted = true;
		if (section_is_want(want))
			compare_want(want, outcome);
		else if (want->kind == SECTION_WANT_NO_FILE &&
			 is_there(outcome, want->path))
			buffer_printf(&outcome->said,
				      "%s is there, and should not be\n",
				      want->path);
	}
	if (stderr_wanted || !outcome->err.len)
		return;
	if (outcome->broken || !stderr_spoken) {
		buffer_puts(&outcome->said, outcome->broken
						    ? "stderr is:\n"
						    : "stderr is not empty:\n");
		show(&outcome->said, &outcome->err);
	}
}

/*
 * "file:line:column: severity: message [rule]".  Lines of another form are
 * notes, text, or errors that belong to no rule.
 */
static bool read_finding(char *line, struct mark *mark)
{
	static const char *const severities[] = { ": error: ", ": warning: ",
						  ": info: ", NULL };
	size_t len = strlen(line);
	char *place = NULL;
	char *rule = strrchr(line, '[');
	char *colon;

	for (size_t i = 0; severities[i] && !place; i++)
		place = strstr(line, severities[i]);
	if (!place || !rule || rule < place || line[len - 1] != ']')
		return false;
	line[len - 1] = '\0';
	*place = '\0';
	colon = strrchr(line, ':');
	if (!colon)
		return false;
	*colon = '\0'; /* the column */
	colon = strrchr(line, ':');
	if (!colon)
		return false;
	*colon = '\0';
	mark->path = line;
	mark->line = (unsigned)strtoul(colon + 1, NULL, 10);
	mark->rule = rule + 1;
	return true;
}

static void read_findings(struct marks *found, const struct outcome *outcome,
			  const struct buffer *text)
{
	size_t dir = strlen(outcome->dir);
	char *copy = copy_text(text->at ? text->at : "", text->len);
	char *rest = copy;
	char *line;

	while ((line = strtok_r(rest, "\n", &rest))) {
		struct mark mark;

		if (!read_finding(line, &mark))
			continue;
		if (strncmp(mark.path, outcome->dir, dir) == 0 &&
		    mark.path[dir] == '/')
			mark.path += dir + 1;
		while (strncmp(mark.path, "./", 2) == 0)
			mark.path += 2;
		marks_add(found, copy_text(mark.path, strlen(mark.path)),
			  mark.line, copy_text(mark.rule, strlen(mark.rule)));
	}
	free(copy);
}

static bool marks_hold(const struct marks *marks, const struct mark *mark)
{
	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].line == mark->line &&
		    strcmp(marks->items[i].rule, mark->rule) == 0 &&
		    strcmp(marks->items[i].path, mark->path) == 0)
			return true;
	return false;
}

static void say_missing(struct outcome *outcome, const struct marks *these,
			const struct marks *those, const char *what)
{
	for (size_t i = 0; i < these->count; i++) {
		const struct mark *mark = &these->items[i];

		if (!marks_hold(those, mark))
			buffer_printf(&outcome->said, "%s:%u: %s: %s\n",
				      mark->path, mark->line, what, mark->rule);
	}
}

void compare_marks(const struct test_case *tc, struct outcome *outcome)
{
	struct marks found = { 0 };

	read_findings(&found, outcome, &outcome->out);
	read_findings(&found, outcome, &outcome->err);
	say_missing(outcome, &tc->marks, &found, "marked but not found");
	say_missing(outcome, &found, &tc->marks, "found but not marked");
	for (size_t i = 0; i < found.count; i++) {
		free((char *)found.items[i].path);
		free((char *)found.items[i].rule);
	}
	free(found.items);
}
