#include "lints/schema/dates.h"

#include <string.h>

#include "base/attr.h"
#include "lints/lint.h"
#include "model/object.h"

static const struct {
	const char *tool;
	const char *group;
	const char *version;
	const char *kind;
	uint8_t deprecated;
	uint8_t removed;
} dated[] = {
#define DATED(tool, group, version, kind, deprecated, removed)                 \
	{ tool, group, version, kind, deprecated, removed },
#include "lints/schema/dates.def"
#undef DATED
};

bool lifecycle_dated(const char *dates, const struct object *object,
		     struct lifecycle *row)
{
	const struct lifecycle *own =
		lifecycle_find(object->group, object->version, object->kind);
	size_t i;

	*row = own ? *own : (struct lifecycle){ .replacement = "" };
	for (i = 0; i < ARRAY_COUNT(dated); i++)
		if (strcmp(dated[i].tool, dates) == 0 &&
		    strcmp(dated[i].kind, object->kind) == 0 &&
		    strcmp(dated[i].group, object->group) == 0 &&
		    strcmp(dated[i].version, object->version) == 0) {
			row->deprecated = dated[i].deprecated;
			row->removed = dated[i].removed;
			return true;
		}
	return own != NULL;
}

bool lifecycle_is_deprecated(const struct lifecycle *row, unsigned minor)
{
	return row->deprecated && minor >= row->deprecated &&
	       !lifecycle_is_removed(row, minor);
}

bool lifecycle_is_removed(const struct lifecycle *row, unsigned minor)
{
	return row->removed && minor >= row->removed;
}

bool lifecycle_dated_elsewhere(const char *dates, const struct object *object,
			       bool (*test)(const struct lifecycle *, unsigned),
			       unsigned minor, struct lifecycle *row)
{
	if (strcmp(dates, "any") != 0)
		return false;
	return lifecycle_dated("pluto", object, row) && test(row, minor);
}

void lifecycle_advise(struct lint_run *run, const struct lifecycle *row)
{
	unsigned oldest = run->kubernetes.oldest;
	const struct lifecycle *next = lifecycle_successor(row, oldest);

	if (next)
		lint_help(run, "use %s%s%s", next->group,
			  *next->group ? "/" : "", next->version);
	else if (*row->replacement && oldest < row->replacement_since)
		lint_help(run, "use %s, from Kubernetes 1.%u on",
			  row->replacement, row->replacement_since);
	else if (*row->replacement)
		lint_help(run, "use %s", row->replacement);
	else
		lint_help(run, "there is no replacement: delete the object");
}
