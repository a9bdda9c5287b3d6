#include "lints/schema/groups.h"

#include <string.h>

bool schema_group_is_known(const char *group)
{
	size_t low = 0, high = schema_group_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(schema_group_names + schema_groups[middle],
				   group);

		if (!order)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
