#include "compiler/inputs/lenders.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "base/table.h"
#include "base/tree.h"
#include "compiler/git.h"
#include "compiler/run.h"

static bool is_chart(struct run *run, const char *dir)
{
	struct tree_stat stat;

	return tree_view_stat(&run->view,
			      path_below(run->arena, dir, "Chart.yaml"),
			      &stat) == TREE_OK;
}

/* Whether a folder or one above it is a chart; those in `seen` are none. */
static bool is_in_chart(struct run *run, struct table *seen, const char *dir)
{
	while (!table_gets(seen, dir)) {
		if (is_chart(run, dir))
			return true;
		table_puts(seen, dir, seen);
		if (!*dir)
			break;
		dir = path_folder(run->arena, dir);
	}
	return false;
}

bool lenders_changed(struct run *run, const struct git_paths *paths,
		     size_t files)
{
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; i < paths->count; i++) {
		const char *path = paths->items[i];
		const char *dir =
			i < files ? path_folder(run->arena, path) : path;

		/* It may be gone. */
		if (strcmp(path_name(path), "Chart.yaml") == 0 ||
		    is_in_chart(run, &seen, dir))
			return true;
	}
	return false;
}

static bool holds(struct tree_view *view, const char *dir, const char *name,
		  const char *word)
{
	struct source *source;

	return tree_view_read(view, path_below(view->arena, dir, name),
			      SOURCE_CHART, &source) == TREE_OK &&
	       strstr(source->text, word);
}

bool lenders_may_serve(struct run *run, const char *dir)
{
	static const char scheme[] = "file:";
	struct arena *arena = arena_new_passing();
	struct tree_view view;
	bool may;

	tree_view_init(&view, run->view.tree, arena);
	may = holds(&view, dir, "Chart.yaml", scheme) ||
	      holds(&view, dir, "requirements.yaml", scheme);
	arena_free(arena);
	return may;
}
