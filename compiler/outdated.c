#include "compiler/outdated.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/run.h"
#include "compiler/terminal.h"
#include "model/secret.h"

enum {
	NAMES_MAX = 6,  /* of missing bundles */
	LINES_MAX = 20, /* of those that differ */
	SLACK = 2,      /* so few more are shown, too */
	MARGIN = 2,
	LINE_SHOWN = 72,
	BEFORE = 30 /* of a long line, what stands before the difference */
};

static bool is_mark(const struct source *source, uint32_t number)
{
	size_t len;
	const char *line = source_line(source, number, &len);

	return !line || (len == 3 && memcmp(line, "---", 3) == 0);
}

/* Whether a line of a bundle is of a Secret. */
static bool is_of_secret(const struct source *source, uint32_t number)
{
	static const char kind[] = "kind: Secret";
	const char *line;
	size_t len;

	while (number > 1 && !is_mark(source, number - 1))
		number--;
	for (; !is_mark(source, number); number++) {
		line = source_line(source, number, &len);
		if (len == sizeof(kind) - 1 && memcmp(line, kind, len) == 0)
			return true;
	}
	return false;
}

/* "  - replicas: 3"; of a long line the part around `at`. */
static void put_line(struct str *out, const struct source *source,
		     uint32_t number, char sign, size_t at)
{
	size_t len, begin = 0, none;
	const char *line = source_line(source, number, &len);

	/* Behind the last line feed there is no line to people. */
	if (!line || (!len && !source_line(source, number + 1, &none))) {
		str_printf(out, "\n  %c (the end)", sign);
		return;
	}
	if (is_of_secret(source, number) || secret_line(line, len))
		line = secret_masked(out->arena, line, &len);
	else if (len > LINE_SHOWN && at > LINE_SHOWN - BEFORE)
		begin = at - BEFORE;
	line = secret_hidden(out->arena, line, len, true);
	if (begin > len)
		begin = len;
	len -= begin;
	str_printf(out, "\n  %c %s%.*s%s", sign, begin ? "..." : "",
		   (int)(len > LINE_SHOWN ? LINE_SHOWN : len), line + begin,
		   len > LINE_SHOWN ? "..." : "");
}

const char *outdated_difference(struct arena *arena, const struct source *old,
				const struct source *fresh, bool random)
{
	size_t len, new_len, at = 0;
	const char *was, *is;
	uint32_t line;
	struct str out;

	for (line = 1;; line++) {
		was = source_line(old, line, &len);
		is = source_line(fresh, line, &new_len);
		if (!was || !is || len != new_len || memcmp(was, is, len) != 0)
			break;
	}
	while (was && is && at < len && at < new_len && was[at] == is[at])
		at++;
	str_init(&out, arena);
	str_printf(&out, "stale %s:%u", fresh->name, line);
	if (was || is) {
		put_line(&out, old, line, '-', at);
		put_line(&out, fresh, line, '+', at);
	}
	if (random)
		str_puts(&out, "\n  its templates draw at random: --seed and "
			       "SOURCE_DATE_EPOCH\n  make that the same again "
			       "in each build");
	return str_text(&out);
}

size_t outdated_count(const struct outdated *outdated)
{
	return outdated->missing.count + outdated->stale.count +
	       outdated->left_over.count;
}

static void append(struct run *run, struct outdated_texts *all,
		   const struct outdated_texts *some)
{
	size_t i;

	for (i = 0; i < some->count; i++)
		vec_push(run->arena, all, some->items[i]);
}

void outdated_add(struct run *run, struct outdated *all,
		  const struct outdated *some)
{
	append(run, &all->missing, &some->missing);
	append(run, &all->stale, &some->stale);
	append(run, &all->left_over, &some->left_over);
	all->random += some->random;
}

static size_t shown(const struct run *run, size_t count, size_t most)
{
	return run->options->verbose || count <= most + SLACK ? count : most;
}

static void print(struct run *run, const char *words)
{
	size_t width = terminal_wrap(STDERR_FILENO);
	struct str out;

	str_init(&out, run->arena);
	if (width)
		str_put_wrapped(&out, words, 0, MARGIN, width);
	else
		str_printf(&out, "%s\n", words);
	command_tell(run->arena, str_text(&out));
}

/* One line each, or one for all. */
static void print_names(struct run *run, const struct outdated_texts *paths,
			const char *what, const char *whats)
{
	size_t most = shown(run, paths->count, NAMES_MAX), i;
	struct str line;

	if (!paths->count)
		return;
	str_init(&line, run->arena);
	if (paths->count == 1)
		str_printf(&line, "%s ", what);
	else
		str_printf(&line, "%zu files are %s: ", paths->count, whats);
	for (i = 0; i < most; i++)
		str_printf(&line, "%s%s", i ? ", " : "", paths->items[i]);
	if (most < paths->count)
		str_printf(&line, " and %zu more", paths->count - most);
	print(run, str_text(&line));
}

static void print_stale(struct run *run, const struct outdated_texts *lines)
{
	size_t most = shown(run, lines->count, LINES_MAX), i;

	for (i = 0; i < most; i++)
		command_tell(run->arena,
			     arena_join(run->arena, lines->items[i], "\n"));
	if (most < lines->count)
		print(run, arena_printf(run->arena,
					"%zu more are stale; -v shows them",
					lines->count - most));
}

/* The command that was given, but for what it may not write. */
static const char *command(struct run *run)
{
	struct str out;

	str_init(&out, run->arena);
	str_puts(&out, "plimsoll build");
	if (run->options->config)
		str_printf(&out, " --config %s", run->options->config);
	if (run->options->output)
		str_printf(&out, " -o %s", run->options->output);
	return str_text(&out);
}

void outdated_print(struct run *run, const struct outdated *outdated)
{
	bool writes = outdated->stale.count > outdated->random ||
		      outdated->missing.count;
	const char *build = command(run), *text = NULL;

	print_stale(run, &outdated->stale);
	print_names(run, &outdated->missing, "missing", "missing");
	print_names(run, &outdated->left_over, "left over", "left over");
	if (outdated->left_over.count)
		text = arena_printf(run->arena,
				    "`%s --prune` %sremoves what no target "
				    "makes any more",
				    build, writes ? "writes them, and " : "");
	else if (writes)
		text = arena_printf(run->arena, "`%s` writes %s", build,
				    outdated_count(outdated) == 1 ? "it"
								  : "them");
	if (text && !run->options->quiet)
		print(run, text);
}
