/*
 * What Helm logs while it loads a chart.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/tree.h"
#include "model/quote.h"
#include "templates/chart_parts.h"

static void put_logged(struct str *out, const char *path)
{
	const struct text text = text_of(path, strlen(path));

	quote_put_logged(out, &text);
}

void chart_note_link(struct arena *arena,
		     const struct chart_load_options *options,
		     struct tree_view *view, const char *path)
{
	struct str *notes = options->notes;
	const char *root = *path == '/' ? "" : "/", *real;

	if (!notes || tree_view_resolve(view, path, &real) != TREE_OK)
		return;
	path = arena_printf(arena, "%s%s", root, path);
	real = arena_printf(arena, "%s%s", root, real);
	if (options->dialect == CHART_HELM3) {
		str_printf(notes,
			   "walk.go:75: found symbolic link in path: %s "
			   "resolves to %s. Contents of linked file included "
			   "and used\n",
			   path, real);
		return;
	}
	str_puts(notes,
		 "level=INFO msg=\"found symbolic link in path. Contents of "
		 "linked file included and used\" path=");
	put_logged(notes, path);
	str_puts(notes, " resolved=");
	put_logged(notes, real);
	str_putc(notes, '\n');
}

void chart_note_old_file(const struct chart_load_options *options,
			 const struct chart *chart, bool lock)
{
	struct str *notes = options->notes;
	bool three = options->dialect == CHART_HELM3;
	const char *quote = three ? "\"" : "\\\"";

	if (!notes || chart_is_v1(chart))
		return;
	if (three)
		str_printf(notes, "load.go:%d: Warning: ", lock ? 138 : 120);
	else
		str_puts(notes, "level=INFO msg=\"Warning: ");
	str_printf(notes,
		   "%s since apiVersion %sv2%s. We recommend migrating %s.",
		   lock ? "Dependency locking is handled in Chart.lock"
			: "Dependencies are handled in Chart.yaml",
		   quote, quote,
		   lock ? "to Chart.lock" : "dependencies to Chart.yaml");
	str_puts(notes, three ? "\n" : "\"\n");
}
