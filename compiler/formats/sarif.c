/*
 * sarif: version 2.1.0 as GitHub's code scanning takes it.  Only the first
 * location is shown there, and it is the line to edit; the others are linked
 * from the message.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/report_put.h"
#include "lints/lint.h"

/* What GitHub accepts of one run; it keeps the first 5,000. */
enum {
	RESULTS_MAX = 25000,
	RELATED_MAX = 100,
	TEXT_MAX = 1024
};

struct sarif {
	struct str *out;
	const struct report *report;
	struct report_list list;
	struct table rules; /* names of rules that found something */
	struct table seen;
};

static void put_text(struct str *out, const char *name, const char *text)
{
	size_t len = strnlen(text, TEXT_MAX);

	/* Not in the middle of a character. */
	while (len == TEXT_MAX && len &&
	       ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	str_printf(out, "\"%s\": {\"text\": ", name);
	report_put_json(out, arena_strndup(out->arena, text, len));
	str_putc(out, '}');
}

static const struct lint_rule *find_rule(const char *name)
{
	size_t i;

	for (i = 0; lint_rules[i]; i++)
		if (strcmp(lint_rules[i]->name, name) == 0)
			return lint_rules[i];
	return NULL;
}

static void put_rule(struct sarif *sarif, const struct lint_rule *rule)
{
	static const char *const levels[] = { "note", "warning", "error" };
	static const char *const problems[] = { "recommendation", "warning",
						"error" };
	static const char *const scores[] = { "3.0", "5.5", "8.0" };
	struct str *out = sarif->out;

	str_printf(out, "{\"id\": \"%s\", \"name\": \"%s\", ", rule->code,
		   rule->name);
	put_text(out, "shortDescription", rule->summary);
	str_puts(out, ", ");
	put_text(out, "fullDescription", rule->why ? rule->why : rule->summary);
	str_puts(out, ", ");
	put_text(out, "help", rule->fix ? rule->fix : rule->summary);
	str_printf(out,
		   ", \"defaultConfiguration\": {\"level\": \"%s\"}, "
		   "\"properties\": {\"tags\": [\"kubernetes\"%s], "
		   "\"precision\": \"high\", \"problem.severity\": \"%s\"",
		   levels[rule->severity],
		   rule->group == LINT_SECURITY ||
				   rule->group == LINT_SECRETS ||
				   rule->group == LINT_RBAC
			   ? ", \"security\""
			   : "",
		   problems[rule->severity]);
	if (rule->group == LINT_SECURITY || rule->group == LINT_SECRETS ||
	    rule->group == LINT_RBAC)
		str_printf(out, ", \"security-severity\": \"%s\"",
			   scores[rule->severity]);
	str_puts(out, "}}");
}

static void put_rules(struct sarif *sarif)
{
	const char *between = "\n    ";
	size_t i;

	for (i = 0; i < sarif->list.count; i++) {
		const char *name = sarif->list.items[i]->diag->rule;
		const struct lint_rule *rule = NULL;

		if (!name || table_find(&sarif->rules, name, strlen(name)))
			continue;
		table_puts(&sarif->rules, name, sarif);
		rule = find_rule(name);
		if (!rule)
			continue;
		str_puts(sarif->out, between);
		put_rule(sarif, rule);
		between = ",\n    ";
	}
}

/* Regions stay on one line: an annotation needs all its lines in the diff. */
static void put_location(struct sarif *sarif, const struct finding_place *place,
			 bool with_columns)
{
	struct str *out = sarif->out;

	str_puts(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": "
		      "\"");
	report_put_uri(out,
		       report_path(out->arena, sarif->report, place->file));
	str_printf(out, "\"}, \"region\": {\"startLine\": %u, \"endLine\": %u",
		   place->line, place->line);
	if (with_columns && place->end_line == place->line)
		str_printf(out, ", \"startColumn\": %u, \"endColumn\": %u",
			   place->chars.begin, place->chars.end);
	else
		str_printf(out, ", \"startColumn\": %u", place->chars.begin);
	str_puts(out, "}}");
}

static size_t related_count(const struct finding *finding)
{
	size_t count = finding->places->count ? finding->places->count - 1 : 0;

	return count < RELATED_MAX ? count : RELATED_MAX;
}

/* "message ([template](1), [values](2))" */
static void put_message(struct sarif *sarif, const struct finding *finding)
{
	size_t count = related_count(finding), i;
	const char *at;
	struct str text;

	str_init(&text, sarif->out->arena);
	/* A bracket would begin a link. */
	for (at = finding->message; *at; at++)
		str_printf(&text, "%s%c", strchr("[]\\", *at) ? "\\" : "", *at);
	for (i = 0; i < count; i++)
		str_printf(&text, "%s[%s](%zu)", i ? ", " : " (see ",
			   finding->places->items[i + 1].role, i + 1);
	str_puts(&text, count ? ")" : "");
	str_puts(sarif->out, "\"message\": {\"text\": ");
	report_put_json(sarif->out, str_text(&text));
	str_putc(sarif->out, '}');
}

static void put_related(struct sarif *sarif, const struct finding *finding)
{
	size_t count = related_count(finding), i;

	if (!count)
		return;
	str_puts(sarif->out, ", \"relatedLocations\": [");
	for (i = 0; i < count; i++) {
		const struct finding_place *place =
			&finding->places->items[i + 1];

		str_printf(sarif->out, "%s{\"id\": %zu, ", i ? ", " : "",
			   i + 1);
		put_location(sarif, place, true);
		str_puts(sarif->out, ", ");
		put_text(sarif->out, "message",
			 place->name ? arena_printf(sarif->out->arena, "%s %s",
						    place->role, place->name)
				     : place->role);
		str_putc(sarif->out, '}');
	}
	str_putc(sarif->out, ']');
}

static void put_result(struct sarif *sarif, const struct finding *finding)
{
	static const char *const levels[] = { "note", "warning", "error" };
	const struct finding_place none = { .file = "plimsoll.yaml",
					    .line = 1,
					    .end_line = 1,
					    .chars = { 1, 1 } };
	const struct finding_place *first =
		finding->places->count ? &finding->places->items[0] : &none;
	struct str *out = sarif->out;

	str_printf(out, "{\"ruleId\": \"%s\", \"level\": \"%s\", ",
		   finding->diag->code, report_word(finding, levels));
	put_message(sarif, finding);
	str_puts(out, ", \"locations\": [{");
	put_location(sarif, first, true);
	str_puts(out, "}]");
	put_related(sarif, finding);
	str_printf(out,
		   ", \"partialFingerprints\": {\"primaryLocationLineHash\": "
		   "\"%s\"}",
		   report_identity(out->arena, &sarif->seen, finding));
	if (finding->diag->ignored_by) {
		str_puts(out, ", \"suppressions\": [{\"kind\": \"inSource\", "
			      "\"justification\": ");
		report_put_json(out, finding->diag->ignored_reason
					     ? finding->diag->ignored_reason
					     : "");
		str_puts(out, "}]");
	}
	str_putc(out, '}');
}

static size_t put_results(struct sarif *sarif)
{
	const char *between = "\n    ";
	size_t i, count = 0;

	for (i = 0; i < sarif->list.count; i++) {
		if (!sarif->list.items[i]->diag->rule)
			continue;
		if (count++ >= RESULTS_MAX)
			continue;
		str_puts(sarif->out, between);
		put_result(sarif, sarif->list.items[i]);
		between = ",\n    ";
	}
	return count > RESULTS_MAX ? count - RESULTS_MAX : 0;
}

/* What stopped the run, and what was cut, belongs to the run itself. */
static void put_notifications(struct sarif *sarif, size_t cut)
{
	struct str *out = sarif->out;
	const char *between = "";
	size_t i;

	str_printf(out,
		   ",\n  \"invocations\": [{\"executionSuccessful\": %s, "
		   "\"toolExecutionNotifications\": [",
		   sarif->report->errors.count ? "false" : "true");
	for (i = 0; i < sarif->report->errors.count; i++) {
		const struct finding *error = sarif->report->errors.items[i];

		str_printf(out, "%s{\"level\": \"error\", ", between);
		put_text(out, "message", error->message);
		if (error->places->count) {
			str_puts(out, ", \"locations\": [{");
			put_location(sarif, &error->places->items[0], true);
			str_puts(out, "}]");
		}
		str_putc(out, '}');
		between = ", ";
	}
	if (cut)
		str_printf(out,
			   "%s{\"level\": \"note\", \"message\": {\"text\": "
			   "\"%zu findings were cut, the least severe ones\"}}",
			   between, cut);
	str_puts(out, "]}]");
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct sarif sarif = { .out = out, .report = report };
	size_t cut;

	table_init(&sarif.rules, out->arena);
	table_init(&sarif.seen, out->arena);
	report_sort(out->arena, report, style, &sarif.list);
	str_puts(out,
		 "{\"$schema\": "
		 "\"https://json.schemastore.org/sarif-2.1.0.json\",\n"
		 " \"version\": \"2.1.0\",\n"
		 " \"runs\": [{\"tool\": {\"driver\": {\"name\": \"plimsoll\", "
		 "\"semanticVersion\": \"" PLIMSOLL_VERSION "\",\n"
		 "   \"rules\": [");
	put_rules(&sarif);
	str_printf(out,
		   "]}},\n  \"automationDetails\": {\"id\": \"plimsoll/%s%s\"},"
		   "\n  \"columnKind\": \"unicodeCodePoints\",\n"
		   "  \"results\": [",
		   report->category ? report->category : "",
		   report->category && *report->category ? "/" : "");
	cut = put_results(&sarif);
	str_putc(out, ']');
	put_notifications(&sarif, cut);
	str_puts(out, "}]}\n");
}

const struct report_format report_sarif = {
	.name = "sarif",
	.help = "SARIF 2.1.0, as GitHub's code scanning takes it.",
	.write = write,
};
