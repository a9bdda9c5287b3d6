#include "tests/runner/case.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of the file being read; the line feed is not part of it. */
struct line {
	const char *at;
	size_t len;
	size_t begin; /* offset in the file */
	size_t next;  /* offset of the line after it */
	unsigned number;
};

__attribute__((format(printf, 2, 3))) static void complain(struct test_case *tc,
							   const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (tc->error)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	tc->error = copy_text(text, strlen(text));
}

static bool next_line(const struct buffer *text, struct line *line)
{
	const char *feed;

	line->begin = line->next;
	if (line->begin >= text->len)
		return false;
	line->at = text->at + line->begin;
	feed = memchr(line->at, '\n', text->len - line->begin);
	line->len = feed ? (size_t)(feed - line->at) : text->len - line->begin;
	line->next = line->begin + line->len + (feed ? 1 : 0);
	line->number++;
	return true;
}

static bool starts(const struct line *line, const char *prefix)
{
	size_t len = strlen(prefix);

	return line->len >= len && memcmp(line->at, prefix, len) == 0;
}

static bool is_section(const struct line *line)
{
	return line->len > 6 && starts(line, "-- ") &&
	       memcmp(line->at + line->len - 3, " --", 3) == 0;
}

static bool is_blank(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!isspace((unsigned char)line->at[i]))
			return false;
	return true;
}

bool section_is_want(const struct section *section)
{
	return section->kind == SECTION_WANT_STDOUT ||
	       section->kind == SECTION_WANT_STDERR ||
	       section->kind == SECTION_WANT_FILE;
}

void marks_add(struct marks *marks, const char *path, unsigned line,
	       const char *rule)
{
	marks->items = grow_alloc(marks->items, marks->count + 1,
				  sizeof(*marks->items));
	marks->items[marks->count++] = (struct mark){ path, line, rule };
}

/* RULE[, RULE] up to the end of the line or of a template's comment. */
static void scan_rules(struct marks *marks, const char *path, unsigned line,
		       const char *at)
{
	for (;;) {
		size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz"
					"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					"0123456789-");

		if (len)
			marks_add(marks, path, line, copy_text(at, len));
		at += len;
		at += strspn(at, " \t");
		if (*at != ',')
			return;
		at++;
		at += strspn(at, " \t");
	}
}

void marks_scan(struct marks *marks, const char *path,
		const struct buffer *text)
{
	struct line line = { 0 };

	while (next_line(text, &line)) {
		char *copy = copy_text(line.at, line.len);
		const char *at = strstr(copy, "# want: ");

		if (!at)
			at = strstr(copy, "/* want: ");
		if (at)
			scan_rules(marks, path, line.number,
				   strstr(at, "want: ") + strlen("want: "));
		free(copy);
	}
}

/* Words as a shell splits them; quotes and backslash, and nothing else. */
static bool split_words(struct command *cmd, const char *at)
{
	for (;;) {
		struct buffer word = { 0 };
		char quote = '\0';

		at += strspn(at, " \t");
		cmd->words = grow_alloc(cmd->words, cmd->count + 1,
					sizeof(*cmd->words));
		cmd->words[cmd->count] = NULL;
		if (!*at)
			return true;
		buffer_put(&word, "", 0);
		for (; *at && (quote || (*at != ' ' && *at != '\t')); at++) {
			if (*at == quote) {
				quote = '\0';
			} else if (!quote && (*at == '\'' || *at == '"')) {
				quote = *at;
			} else {
				if (*at == '\\' && quote != '\'' && at[1])
					at++;
				buffer_put(&word, at, 1);
			}
		}
		cmd->words[cmd->count++] = word.at;
		if (quote)
			return false;
	}
}

static void add_run(struct test_case *tc, const char *args)
{
	struct command *cmd;

	tc->runs = grow_alloc(tc->runs, tc->run_count + 1, sizeof(*tc->runs));
	cmd = &tc->runs[tc->run_count++];
	*cmd = (struct command){ 0 };
	if (!split_words(cmd, args))
		complain(tc, "run: %s: a quote is not closed", args);
}

static void read_header(struct test_case *tc, const struct line *line)
{
	char *text = copy_text(line->at, line->len);
	char *colon = strstr(text, ": ");
	char *value = colon ? colon + 2 : text + line->len;
	char *end;

	if (colon)
		*colon = '\0';
	if (strcmp(text, "run") == 0 || strcmp(text, "run:") == 0) {
		add_run(tc, value);
	} else if (strcmp(text, "stdin") == 0) {
		tc->input = value;
	} else if (strcmp(text, "in") == 0) {
		tc->folder = value;
	} else if (strcmp(text, "as") == 0) {
		tc->name = value;
	} else if (strcmp(text, "env") == 0 && strchr(value, '=')) {
		tc->env = grow_alloc(tc->env, tc->env_count + 1,
				     sizeof(*tc->env));
		tc->env[tc->env_count++] = value;
	} else if (strcmp(text, "exit") == 0) {
		tc->exit = (int)strtol(value, &end, 10);
		if (end == value || *end || tc->exit < 0)
			complain(tc, "exit: %s is not a status", value);
	} else {
		complain(tc,
			 "line %u: \"%s\" is not run, as, in, stdin, env "
			 "or exit",
			 line->number, text);
	}
}

static void read_attribute(struct test_case *tc, struct section *section,
			   const char *text)
{
	char *end = NULL;

	if (strcmp(text, "base64") == 0) {
		section->base64 = true;
	} else if (strcmp(text, "crlf") == 0) {
		section->crlf = true;
	} else if (strcmp(text, "no newline") == 0) {
		section->no_newline = true;
	} else if (strncmp(text, "link: ", 6) == 0) {
		section->kind = SECTION_LINK;
		section->target = copy_text(text + 6, strlen(text + 6));
	} else if (strncmp(text, "mode: ", 6) == 0) {
		section->mode = (int)strtol(text + 6, &end, 8);
	} else if (strncmp(text, "repeat: ", 8) == 0) {
		section->repeat = (unsigned)strtoul(text + 8, &end, 10);
	} else {
		complain(tc, "line %u: (%s) is not known", section->line, text);
	}
	if (end && (end == strchr(text, ' ') + 1 || *end))
		complain(tc, "line %u: (%s) needs a number", section->line,
			 text);
}

static void name_section(struct test_case *tc, struct section *section,
			 char *name)
{
	size_t len = strlen(name);

	if (strcmp(name, "git add") == 0) {
		section->kind = SECTION_GIT_ADD;
	} else if (strcmp(name, "git commit") == 0) {
		section->kind = SECTION_GIT_COMMIT;
	} else if (strcmp(name, "want stdout") == 0) {
		section->kind = SECTION_WANT_STDOUT;
	} else if (strcmp(name, "want stderr") == 0) {
		section->kind = SECTION_WANT_STDERR;
	} else if (strncmp(name, "want file ", 10) == 0) {
		section->kind = SECTION_WANT_FILE;
		name += 10;
	} else if (strncmp(name, "want no file ", 13) == 0) {
		section->kind = SECTION_WANT_NO_FILE;
		name += 13;
	} else if (strncmp(name, "want ", 5) == 0) {
		complain(tc, "line %u: nothing is known of \"%s\"",
			 section->line, name);
	} else if (name[len - 1] == '/') {
		section->kind = SECTION_FOLDER;
	}
	section->path = copy_text(name, strlen(name));
	if (*section->path == '/' || strncmp(section->path, "../", 3) == 0 ||
	    strstr(section->path, "/../"))
		complain(tc, "line %u: %s leaves the case's directory",
			 section->line, section->path);
}

/* "-- PATH (attribute) (attribute) --" */
static struct section *add_section(struct test_case *tc,
				   const struct line *line)
{
	char *name = copy_text(line->at + 3, line->len - 6);
	struct section *section;
	size_t len;
	char *open;

	tc->sections = grow_alloc(tc->sections, tc->section_count + 1,
				  sizeof(*tc->sections));
	section = &tc->sections[tc->section_count++];
	*section = (struct section){ .mode = -1,
				     .line = line->number,
				     .head = line->begin,
				     .begin = line->next };
	while ((len = strlen(name)) && name[len - 1] == ')') {
		open = strrchr(name, '(');
		if (!open || open == name || open[-1] != ' ')
			break;
		name[len - 1] = '\0';
		read_attribute(tc, section, open + 1);
		open[-1] = '\0';
	}
	name_section(tc, section, name);
	free(name);
	return section;
}

/* The body `repeat` times, "%d" counting from 1. */
static void repeat_body(struct section *section)
{
	struct buffer all = { 0 };
	char number[16];

	for (unsigned i = 1; i <= section->repeat; i++) {
		struct buffer one;

		snprintf(number, sizeof(number), "%u", i);
		one = buffer_replace(&section->content, "%d", number);
		buffer_put(&all, one.at, one.len);
		buffer_release(&one);
	}
	buffer_release(&section->content);
	section->content = all;
}

static void end_section(struct test_case *tc, const struct buffer *text,
			struct section *section)
{
	const char *at = text->at + section->begin;
	size_t len = section->end - section->begin;

	if (section->base64) {
		if (!buffer_from_base64(&section->content, at, len))
			complain(tc, "line %u: this is not base64",
				 section->line);
		return;
	}
	if (section->no_newline && len && at[len - 1] == '\n')
		len--;
	buffer_put(&section->content, at, len);
	if (section->repeat)
		repeat_body(section);
	if (section->crlf) {
		struct buffer out =
			buffer_replace(&section->content, "\n", "\r\n");

		buffer_release(&section->content);
		section->content = out;
	}
	if (section->kind == SECTION_FILE)
		marks_scan(&tc->marks, section->path, &section->content);
	else if (!section_is_want(section) && len)
		complain(tc, "line %u: \"%s\" takes no body", section->line,
			 section->path);
}

/* Sections up to the next case; `line` is the first of them, then that case. */
static bool read_sections(struct test_case *tc, const struct buffer *text,
			  struct line *line)
{
	bool more = true;

	while (more && !starts(line, "=== ")) {
		struct section *section = add_section(tc, line);
		bool blank = false;
		size_t last = line->next;

		section->end = section->begin;
		while ((more = next_line(text, line)) && !is_section(line) &&
		       !starts(line, "=== ")) {
			last = section->end;
			section->end = line->next;
			blank = line->len == 0;
		}
		if (more && starts(line, "=== ") && blank)
			section->end = last;
		end_section(tc, text, section);
	}
	return more;
}

static void check_case(struct test_case *tc)
{
	if (!tc->run_count)
		complain(tc, "nothing is run; a \"run:\" line is needed");
	for (size_t i = 0; i < tc->run_count; i++)
		if (!tc->runs[i].count)
			complain(tc, "a \"run:\" line is empty");
}

/* `line` is the title; afterwards that of the next case. */
static bool read_case(struct case_file *file, struct line *line)
{
	struct test_case *tc;
	bool more;

	file->cases =
		grow_alloc(file->cases, file->count + 1, sizeof(*file->cases));
	tc = &file->cases[file->count++];
	*tc = (struct test_case){ .file = file->path,
				  .line = line->number,
				  .title = copy_text(line->at + 4,
						     line->len - 4),
				  .exit = -1 };
	while ((more = next_line(&file->text, line)) && !is_section(line) &&
	       !starts(line, "=== "))
		if (!is_blank(line) && !starts(line, "#"))
			read_header(tc, line);
	if (more)
		more = read_sections(tc, &file->text, line);
	check_case(tc);
	return more;
}

bool case_file_read(struct case_file *file, const char *path)
{
	struct line line = { 0 };
	bool more;

	*file = (struct case_file){ .path = copy_text(path, strlen(path)) };
	if (!buffer_read(&file->text, path))
		return false;
	while ((more = next_line(&file->text, &line)) && !starts(&line, "=== "))
		if (!is_blank(&line) && !starts(&line, "#"))
			die("%s:%u: only remarks may stand before a case", path,
			    line.number);
	while (more)
		more = read_case(file, &line);
	return true;
}
