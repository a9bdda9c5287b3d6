/*
 * json: everything, versioned; docs/report.schema.json describes it.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/report.h"
#include "model/json.h"

static void put_string(struct str *out, const char *text)
{
	if (text)
		json_write_string(out, text, strlen(text), true);
	else
		str_puts(out, "null");
}

static void put_field(struct str *out, const char *name, const char *text)
{
	str_printf(out, "\"%s\": ", name);
	put_string(out, text);
}

static void put_place(struct str *out, const struct finding_place *place)
{
	str_putc(out, '{');
	put_field(out, "file", place->file);
	str_printf(out,
		   ", \"line\": %u, \"column\": %u, \"endLine\": %u, "
		   "\"endColumn\": %u, ",
		   place->line, place->column, place->end_line,
		   place->end_column);
	put_field(out, "role", place->role);
	if (place->name) {
		str_puts(out, ", ");
		put_field(out, "object", place->name);
	}
	str_putc(out, '}');
}

static void put_places(struct str *out, const struct finding *finding)
{
	size_t i;

	str_puts(out, "\"locations\": [");
	for (i = 0; i < finding->places->count; i++) {
		str_puts(out, i ? ", " : "");
		put_place(out, &finding->places->items[i]);
	}
	str_puts(out, "], \"notes\": [");
	for (i = 0; i < finding->notes->count; i++) {
		const struct finding_note *note = &finding->notes->items[i];

		str_puts(out, i ? ", {" : "{");
		put_field(out, "text", note->text);
		if (note->has_place) {
			str_puts(out, ", \"location\": ");
			put_place(out, &note->place);
		}
		str_putc(out, '}');
	}
	str_putc(out, ']');
}

/* Names without repetition, in order of appearance. */
static void put_names(struct str *out, const char *field,
		      const struct finding *finding, bool targets)
{
	const char *between = "";
	size_t i, j;

	str_printf(out, "\"%s\": [", field);
	for (i = 0; i < finding->where->count; i++) {
		const struct finding_where *where = finding->where->items;
		const char *name =
			targets ? where[i].target : where[i].environment;

		for (j = 0; j < i; j++)
			if (strcmp(targets ? where[j].target
					   : where[j].environment,
				   name) == 0)
				break;
		if (j < i || !*name)
			continue;
		str_puts(out, between);
		put_string(out, name);
		between = ", ";
	}
	str_puts(out, "], ");
}

static void put_finding(struct str *out, const struct finding *finding)
{
	str_puts(out, "    {");
	put_field(out, "rule", finding->diag->rule);
	str_puts(out, ", ");
	put_field(out, "code", finding->diag->code);
	str_puts(out, ", ");
	put_field(out, "severity", diag_severity_name(finding->diag->severity));
	str_puts(out, ",\n     ");
	put_field(out, "message", finding->message);
	str_puts(out, ",\n     ");
	put_field(out, "help", finding->diag->help);
	str_puts(out, ",\n     \"object\": {");
	put_field(out, "apiVersion", finding->diag->object->api_version);
	str_puts(out, ", ");
	put_field(out, "kind", finding->diag->object->kind);
	str_puts(out, ", ");
	put_field(out, "namespace", finding->diag->object->name_space);
	str_puts(out, ", ");
	put_field(out, "name", finding->diag->object->name);
	str_puts(out, "}, ");
	put_field(out, "path", finding->diag->path ? finding->diag->path : "");
	str_puts(out, ",\n     ");
	put_names(out, "targets", finding, true);
	put_names(out, "environments", finding, false);
	str_printf(out, "\"count\": %u, ", finding->count);
	put_field(out, "fingerprint", finding_fingerprint(out->arena, finding));
	str_puts(out, ",\n     \"ignored\": ");
	if (finding->diag->ignored_by) {
		str_putc(out, '{');
		put_field(out, "by", finding->diag->ignored_by);
		str_puts(out, ", ");
		put_field(out, "reason", finding->diag->ignored_reason);
		str_putc(out, '}');
	} else {
		str_puts(out, "null");
	}
	str_puts(out, ",\n     ");
	put_places(out, finding);
	str_puts(out, ",\n     \"fix\": null}");
}

static void put_unchecked(struct str *out, const struct report_unchecked *row)
{
	str_puts(out, "  {\"apiVersion\": ");
	put_string(out, row->api_version);
	str_puts(out, ", \"kind\": ");
	put_string(out, row->kind);
	str_printf(out, ", \"count\": %zu}", row->count);
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	const struct report_skipped *skipped = &report->skipped;
	const char *between = "\n";
	size_t i;

	str_puts(out, "{\"version\": 1,\n \"tool\": {\"name\": \"plimsoll\", "
		      "\"version\": \"" PLIMSOLL_VERSION "\"},\n"
		      " \"findings\": [");
	for (i = 0; i < report->findings.count; i++) {
		if (report->findings.items[i]->diag->ignored_by &&
		    !style->show_ignored)
			continue;
		str_puts(out, between);
		put_finding(out, report->findings.items[i]);
		between = ",\n";
	}
	str_puts(out, "],\n \"diagnostics\": [");
	for (i = 0; i < report->errors.count; i++) {
		str_puts(out, i ? ",\n" : "\n");
		put_finding(out, report->errors.items[i]);
	}
	str_puts(out, "],\n \"unchecked\": [");
	for (i = 0; i < report->unchecked.count; i++) {
		str_puts(out, i ? ",\n" : "\n");
		put_unchecked(out, report->unchecked.entries[i].value);
	}
	str_puts(out, "],\n \"skipped\": {");
#define SKIP(field, json, human)                                               \
	str_printf(out, "\"" json "\": %zu, ", skipped->field);
	REPORT_SKIPS(SKIP)
#undef SKIP
	str_printf(out,
		   "\"files\": %zu},\n"
		   " \"summary\": {\"error\": %zu, \"warning\": %zu, \"info\": "
		   "%zu}}\n",
		   skipped->files, report->counts[DIAG_ERROR],
		   report->counts[DIAG_WARNING], report->counts[DIAG_INFO]);
}

const struct report_format report_json = {
	.name = "json",
	.help = "Everything as JSON, with a version and a schema.",
	.write = write,
};
