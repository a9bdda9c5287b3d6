#include "model/kinds.h"

#include <string.h>

#include "base/attr.h"

#define KIND(in, named, of_many, namespaced, pods)                             \
	HOLDS(struct kind, group, in);                                         \
	HOLDS(struct kind, kind, named);                                       \
	HOLDS(struct kind, plural, of_many);                                   \
	HOLDS(struct kind, pod_path, pods);
#include "model/kinds.def"
#undef KIND

static const struct kind table[] = {
#define KIND(group, kind, plural, namespaced, pod_path)                        \
	{ group, kind, plural, namespaced, pod_path },
#include "model/kinds.def"
#undef KIND
};

const struct kind *kinds_all(size_t *count)
{
	*count = sizeof(table) / sizeof(table[0]);
	return table;
}

const struct kind *kinds_find(const char *group, const char *kind)
{
	size_t low = 0, high = sizeof(table) / sizeof(table[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(group, table[middle].group);

		if (order == 0)
			order = strcmp(kind, table[middle].kind);
		if (order == 0)
			return &table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
