#include "base/limits.h"

#include <string.h>

struct limits limits_default(void)
{
	struct limits limits = {
#define LIMIT(field, name, value, help) .field = (value),
		LIMITS(LIMIT)
#undef LIMIT
	};

	return limits;
}

bool limits_set(struct limits *limits, const char *name, uint64_t value)
{
#define LIMIT(field, text, initial, help)                                      \
	if (strcmp(name, text) == 0) {                                         \
		limits->field = value;                                         \
		return true;                                                   \
	}
	LIMITS(LIMIT)
#undef LIMIT
	return false;
}
