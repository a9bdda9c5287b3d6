/*
 * The parts of a chart as `helm show` prints them.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "templates/chart_object.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"

static bool put_file(struct chart_file *file, enum source_role role,
		     struct diag_sink *diags, struct str *out)
{
	struct source *source = chart_file_read(file, role, diags);

	if (!source)
		return false;
	str_put(out, source->text, source->len);
	str_putc(out, '\n');
	return true;
}

static struct chart_file *find_readme(const struct chart *chart)
{
	static const char *const names[] = { "readme.md", "readme.txt",
					     "readme" };
	size_t i, name;

	for (i = 0; i < chart->files.count; i++)
		for (name = 0; name < ARRAY_COUNT(names); name++)
			if (strcasecmp(chart->files.items[i]->name,
				       names[name]) == 0)
				return chart->files.items[i];
	return NULL;
}

/* helm 4 begins each file with a separator, helm 3 leaves that to the file. */
static bool put_crds(struct chart *chart, enum chart_dialect dialect,
		     struct diag_sink *diags, struct str *out)
{
	size_t i;

	for (i = 0; i < chart->files.count; i++) {
		struct chart_file *file = chart->files.items[i];
		struct source *source;

		if (!chart_file_is_crd(file))
			continue;
		source = chart_file_read(file, SOURCE_MANIFEST, diags);
		if (!source)
			return false;
		if (dialect == CHART_HELM4 &&
		    strncmp(source->text, "---", 3) != 0)
			str_puts(out, "---\n");
		str_put(out, source->text, source->len);
		str_putc(out, '\n');
	}
	for (i = 0; i < chart->children.count; i++)
		if (!put_crds(chart->children.items[i], dialect, diags, out))
			return false;
	return true;
}

/* Between the parts of `show all`; absent parts leave nothing. */
static void begin_part(struct str *out, enum chart_part part)
{
	if (part == CHART_PART_ALL)
		str_puts(out, "---\n");
}

bool chart_show(struct chart *chart, enum chart_part part,
		enum chart_dialect dialect, struct diag_sink *diags,
		struct str *out)
{
	bool all = part == CHART_PART_ALL;
	struct chart_file *readme = find_readme(chart);
	struct str crds;

	if (all || part == CHART_PART_METADATA) {
		chart_metadata_yaml(out, chart, true);
		str_putc(out, '\n');
	}
	if ((all || part == CHART_PART_VALUES) && chart->values_file) {
		begin_part(out, part);
		if (!put_file(chart->values_file, SOURCE_VALUES, diags, out))
			return false;
	}
	if ((all || part == CHART_PART_README) && readme) {
		begin_part(out, part);
		if (!put_file(readme, SOURCE_CHART, diags, out))
			return false;
	}
	if (!all && part != CHART_PART_CRDS)
		return true;
	str_init(&crds, out->arena);
	if (!put_crds(chart, dialect, diags, &crds))
		return false;
	if (all && crds.len && strncmp(crds.text, "---", 3) != 0)
		str_puts(out, "---\n");
	str_put(out, crds.text, crds.len);
	return true;
}
