/*
 * Helm 3 logs a line of its source, whatever the text; Helm 4 logs what was
 * printed then as information, and what it took up since as a warning with
 * fields.
 */
#include "templates/values_log.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/str.h"
#include "model/quote.h"
#include "model/value.h"
#include "templates/metadata.h"
#include "templates/print.h"
#include "templates/values.h"

static const struct {
	int line; /* of coalesce.go */
	const char *before, *after;
	bool full; /* the whole place, and not the key */
	bool value;
} clashes[] = {
	[CLASH_SKIPPED] = { 237, "warning: skipped value for ",
			    ": Not a table.", true, false },
	[CLASH_NO_TABLE] = { 316,
			     "warning: cannot overwrite table with non table "
			     "for ",
			     " (", true, true },
	[CLASH_TABLE] = { 319, "warning: destination for ",
			  " is a table. Ignoring non-table value (", true,
			  true },
	[CLASH_GLOBALS_DEST] = { 138,
				 "warning: skipping globals because "
				 "destination ",
				 " is not a table.", false, false },
	[CLASH_GLOBALS_FROM] = { 145,
				 "warning: skipping globals because source ",
				 " is not a table.", false, false },
	[CLASH_GLOBAL_MAP] = { 161,
			       "Conflict: cannot merge map onto non-map "
			       "for ",
			       ". Skipping.", false, false },
	[CLASH_GLOBAL_TABLE] = { 175, "key ", " is table. Skipping", false,
				 false },
};

static void put_place(struct str *out, const struct values_place *at)
{
	if (!at)
		return;
	put_place(out, at->outer);
	str_printf(out, "%s.", at->key);
}

static void put_printed(struct str *out, const struct value *value)
{
	const struct text format = text_of("%v", 2);

	print_format(out, &format, &value, 1, NULL);
	str_putc(out, ')');
}

static void put_quoted(struct str *out, const char *words)
{
	const struct text text = text_of(words, strlen(words));

	quote_put(out, &text);
}

void values_log_clash(const struct coalesce *coalesce, enum clash clash,
		      const struct values_place *at, const char *key,
		      const struct value *value)
{
	struct diag_sink *diags = coalesce->diags;
	struct str words, line;

	str_init(&words, diags->arena);
	str_puts(&words, clashes[clash].before);
	if (clashes[clash].full)
		put_place(&words, at);
	if (clash == CLASH_GLOBAL_MAP)
		put_quoted(&words, key);
	else
		str_puts(&words, key);
	str_puts(&words, clashes[clash].after);
	if (clashes[clash].value)
		put_printed(&words, value);
	if (coalesce->dialect == CHART_HELM3) {
		diag_native(diags, "coalesce.go:%d: %s", clashes[clash].line,
			    str_text(&words));
		return;
	}
	str_init(&line, diags->arena);
	put_quoted(&line, str_text(&words));
	diag_native(diags, "level=INFO msg=%s", str_text(&line));
}

void values_log_no_bool(struct diag_sink *diags, enum chart_dialect dialect,
			const char *kind, const char *name,
			const struct dependency *entry)
{
	bool tag = strcmp(kind, "tag") == 0;
	struct text text = text_of(name, strlen(name));
	struct str line;

	if (dialect == CHART_HELM3) {
		diag_native(diags,
			    "dependencies.go:%d: Warning: %s '%s' for chart "
			    "%s returned non-bool value",
			    tag ? 95 : 64, tag ? "Tag" : "Condition path", name,
			    entry->name);
		return;
	}
	str_init(&line, diags->arena);
	str_printf(&line,
		   "level=WARN msg=\"returned non-bool value\" %s=", kind);
	quote_put_logged(&line, &text);
	text = text_of(entry->name, strlen(entry->name));
	str_puts(&line, " chart=");
	quote_put_logged(&line, &text);
	diag_native(diags, "%s", str_text(&line));
}

void values_log_import(struct diag_sink *diags, enum chart_dialect dialect,
		       const char *chart, const char *part)
{
	struct str quoted, line;
	struct text text;

	str_init(&quoted, diags->arena);
	put_quoted(&quoted, part);
	str_puts(&quoted, " is not a table");
	str_init(&line, diags->arena);
	if (dialect == CHART_HELM3) {
		str_printf(&line,
			   "dependencies.go:%d: Warning: ImportValues missing "
			   "table%s%s: %s",
			   chart ? 270 : 287, chart ? " from chart " : "",
			   chart ? chart : "", str_text(&quoted));
		diag_native(diags, "%s", str_text(&line));
		return;
	}
	str_printf(&line, "level=WARN msg=\"ImportValues missing table%s\"",
		   chart ? " from chart" : "");
	if (chart) {
		text = text_of(chart, strlen(chart));
		str_puts(&line, " chart=");
		quote_put_logged(&line, &text);
	}
	text = text_of(str_text(&quoted), quoted.len);
	str_puts(&line, " error=");
	quote_put_logged(&line, &text);
	diag_native(diags, "%s", str_text(&line));
}
