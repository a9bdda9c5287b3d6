#include "compiler/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/run.h"

static const char ledger_name[] = LEDGER_NAME;

static const char heading[] =
	"# Files that plimsoll build made here; --prune removes what is listed "
	"and made no more.\n";

/* A list that anybody may have written: only names below the folder. */
static bool is_safe(struct arena *arena, const char *path)
{
	return *path && !path_is_absolute(path) &&
	       strcmp(path_clean(arena, path), path) == 0 &&
	       path_is_below(path, "") && strcmp(path, ".") != 0 &&
	       strcmp(path, ledger_name) != 0;
}

bool ledger_load(struct ledger *ledger, struct run *run, const char *dir)
{
	const char *path, *line;
	struct source *source;
	enum tree_status status;
	uint32_t number;
	size_t len;

	memset(ledger, 0, sizeof(*ledger));
	ledger->run = run;
	ledger->dir = dir;
	table_init(&ledger->listed, run->arena);
	table_init(&ledger->made, run->arena);
	status =
		run_locate(run, path_join(run->arena, dir, ledger_name), &path);
	/* An output folder outside of what may be read has no list. */
	if (status != TREE_OK)
		return true;
	status = tree_view_read(&run->view, path, SOURCE_PROJECT, &source);
	if (status == TREE_MISSING || status == TREE_NOT_DIR)
		return true;
	if (status != TREE_OK)
		return diag_error(run->diags, NULL, "%s cannot be read: %s",
				  tree_view_display(&run->view, path),
				  tree_status_text(status));
	for (number = 1; (line = source_line(source, number, &len)); number++) {
		const char *name = arena_strndup(run->arena, line, len);

		if (*name == '#' || !*name)
			continue;
		if (!is_safe(run->arena, name))
			return diag_error(run->diags, NULL,
					  "%s:%u lists %s, which no build can "
					  "have made; nothing is touched",
					  source->name, number,
					  diag_quote(run->arena, name, len));
		table_puts(&ledger->listed, name, ledger);
	}
	return true;
}

void ledger_add(struct ledger *ledger, const char *path)
{
	const char *name = path_relative(
		ledger->run->arena, path_clean(ledger->run->arena, ledger->dir),
		path_clean(ledger->run->arena, path));

	table_puts(&ledger->made, name, ledger);
}

const char **ledger_left_over(const struct ledger *ledger)
{
	const char **names =
		arena_alloc(ledger->run->arena,
			    (ledger->listed.count + 1) * sizeof(*names));
	size_t count = 0;
	uint32_t i;

	for (i = 0; i < ledger->listed.count && ledger->complete; i++) {
		const char *name = ledger->listed.entries[i].key;

		if (!table_gets(&ledger->made, name))
			names[count++] = name;
	}
	names[count] = NULL;
	return names;
}

/* Whether each folder on the way is one, and no link that leads elsewhere. */
static bool is_inside(struct ledger *ledger, const char *name)
{
	struct arena *arena = ledger->run->arena;
	const char *slash;
	struct stat stat;

	for (slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *part = path_join(
			arena, ledger->dir,
			arena_strndup(arena, name, (size_t)(slash - name)));

		if (lstat(part, &stat) != 0 || !S_ISDIR(stat.st_mode))
			return false;
	}
	return true;
}

static bool remove_file(struct ledger *ledger, const char *name)
{
	struct run *run = ledger->run;
	const char *path = path_join(run->arena, ledger->dir, name);
	const char *folder = path_dir(run->arena, name);
	struct stat stat;

	if (!is_inside(ledger, name) || lstat(path, &stat) != 0 ||
	    !S_ISREG(stat.st_mode))
		return true; /* gone, or not what a build made */
	if (unlink(path) != 0)
		return diag_error(run->diags, NULL, "%s cannot be removed: %s",
				  path, strerror(errno));
	if (!run->options->quiet)
		command_tell(run->arena,
			     arena_printf(run->arena, "removed %s\n", path));
	/* Up to the first folder that is not empty. */
	while (strcmp(folder, ".") != 0 &&
	       rmdir(path_join(run->arena, ledger->dir, folder)) == 0)
		folder = path_dir(run->arena, folder);
	return true;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool ledger_store(struct ledger *ledger, bool prune)
{
	struct arena *arena = ledger->run->arena;
	const char **left = ledger_left_over(ledger);
	const char **names =
		arena_alloc(arena, (ledger->listed.count + ledger->made.count) *
						   sizeof(*names) +
					   sizeof(*names));
	size_t count = 0, i;
	struct str out;

	for (i = 0; prune && left[i]; i++)
		if (!remove_file(ledger, left[i]))
			return false;
	for (i = 0; i < ledger->made.count; i++)
		names[count++] = ledger->made.entries[i].key;
	for (i = 0; i < ledger->listed.count; i++) {
		const char *name = ledger->listed.entries[i].key;

		if (!table_gets(&ledger->made, name) &&
		    !(prune && ledger->complete))
			names[count++] = name;
	}
	if (!count)
		return true;
	qsort(names, count, sizeof(*names), compare);
	str_init(&out, arena);
	str_puts(&out, heading);
	for (i = 0; i < count; i++)
		str_printf(&out, "%s\n", names[i]);
	return file_write(arena, ledger->run->diags,
			  path_join(arena, ledger->dir, ledger_name), out.text,
			  out.len) != FILE_FAILED;
}
