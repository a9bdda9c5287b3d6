/*
 * values.schema.json of a chart and of those below it.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/source.h"
#include "base/str.h"
#include "model/schema/schema.h"
#include "model/value.h"
#include "templates/chart.h"
#include "templates/chart_parts.h"

struct checking {
	struct arena *arena;
	struct diag_sink *diags;
	const struct chart_options *options;
	struct str text; /* Helm's lines */
};

/*
 * Helm would fetch it.  Who looks at a chart here is told what was not looked
 * at; who wants Helm's verdict gets that of Helm without a network.
 */
static void note_unread(const struct checking *checking,
			const struct source *schema, const char *address)
{
	const struct origin at = origin_at(schema, 0, schema->len != 0);
	struct fact_log *facts = checking->options->facts;

	fact_add(facts, FACT_HELM_CHART, &at,
		 "values.schema.json refers to %s, which is not read: what it "
		 "says of the values is not checked",
		 address);
	facts->facts.items[facts->facts.count - 1].help =
		"put the schema into values.schema.json, below $defs";
}

/* One chart's schema. */
static bool meets_own(struct checking *checking, const struct chart *chart,
		      const struct value *values)
{
	const struct chart_options *options = checking->options;
	const struct schema_options how = {
		.limits = options->limits,
		.without_remote = options->facts != NULL,
	};
	struct diag_sink *diags = checking->diags;
	struct schema_result result;
	struct source *schema;
	struct origin at;
	struct str lines;
	unsigned i;

	schema = chart_file_read(chart->schema, SOURCE_CHART, diags);
	if (!schema)
		return false;
	str_init(&lines, checking->arena);
	if (schema_check(checking->arena, schema, values, &how, &lines,
			 &result)) {
		if (result.unread)
			note_unread(checking, schema, result.unread);
		return true;
	}
	str_printf(&checking->text, "%s:\n", chart->name);
	str_put(&checking->text, lines.text, lines.len);
	for (i = 0; i < result.count; i++)
		diag_error(diags, &result.items[i].at->origin, "values%s: %s",
			   result.items[i].pointer, result.items[i].text);
	at = origin_at(schema, 0, schema->len != 0);
	if (!result.count) {
		diag_error(diags, &at, "values.schema.json is no schema: %s",
			   str_text(&lines));
		if (result.unread)
			diag_help(diags, "--skip-schema-validation renders "
					 "without what the schema says");
	}
	return false;
}

static bool meets(struct checking *checking, const struct chart *chart,
		  const struct value *values)
{
	bool fine = !chart->schema || meets_own(checking, chart, values);
	size_t i;

	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];
		const struct value *own = value_get(values, child->name);

		if (value_is_map(own))
			fine = meets(checking, child, own) && fine;
	}
	return fine;
}

bool chart_meets_schemas(struct arena *arena, struct diag_sink *diags,
			 const struct chart_options *options,
			 const struct chart *chart, const struct value *values)
{
	struct checking checking = { .arena = arena,
				     .diags = diags,
				     .options = options };
	size_t before = diags->diags.count;

	if (options->skip_schema)
		return true;
	str_init(&checking.text, arena);
	str_puts(&checking.text, "values don't meet the specifications of the "
				 "schema(s) in the following chart(s):\n");
	if (meets(&checking, chart, values))
		return true;
	if (diags->diags.count > before)
		diags->diags.items[before]->native = str_text(&checking.text);
	return false;
}
