#include "base/limits.h"

#include <string.h>

#include "base/number.h"

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

bool limits_set_word(struct limits *limits, const char *word)
{
	const char *equals = strchr(word, '=');
	uint64_t number;

	if (!equals || number_parse_uint(equals + 1, strlen(equals + 1), 10,
					 &number) != NUMBER_OK)
		return false;
#define LIMIT(field, text, initial, help)                                      \
	if (strlen(text) == (size_t)(equals - word) &&                         \
	    strncmp(word, text, strlen(text)) == 0) {                          \
		limits->field = number;                                        \
		return true;                                                   \
	}
	LIMITS(LIMIT)
#undef LIMIT
	return false;
}

#define LIMIT(field, name, value, help) ", " name
const char *const limits_names = (LIMITS(LIMIT)) + sizeof(", ") - 1;
#undef LIMIT
