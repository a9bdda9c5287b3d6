#include "lints/schema/dates.h"

#include <string.h>

#include "base/attr.h"
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
