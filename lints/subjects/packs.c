#include "lints/subjects/packs.h"

#include <string.h>

#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"

bool lint_has_group(struct lint_run *run, const char *group)
{
	const struct object *object;
	size_t len = strlen(group);

	bundle_foreach (object, run->bundle) {
		size_t own = strlen(object->group);

		if (own >= len &&
		    strcmp(object->group + own - len, group) == 0 &&
		    (own == len || object->group[own - len - 1] == '.'))
			return true;
	}
	return false;
}
