#include "lints/subjects/control_plane.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/number.h"

enum test {
	IS,
	NOT,
	GIVEN,
	ABSENT,
	HAS,
	LACKS,
	LEAST,
	STRONG
};

static const struct row {
	const char *component;
	const char *flag;
	enum test test;
	const char *word;
} rows[] = {
#define FLAG(component, flag, test, word) { component, flag, test, word },
#include "lints/control_plane.def"
#undef FLAG
};

bool control_plane_has(const char *component)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (strcmp(rows[i].component, component) == 0)
			return true;
	return false;
}

static bool lists(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (*list) {
		size_t item = strcspn(list, ",");

		if (item == len && strncmp(list, word, len) == 0)
			return true;
		list += item + (list[item] == ',');
	}
	return false;
}

/* Words in the names of suites that have been broken. */
static const char *weak_in(const char *suites)
{
	static const char *const weak[] = { "RC4", "3DES", "CBC_SHA", "_NULL_",
					    "TLS_RSA_" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(weak); i++)
		if (strstr(suites, weak[i]))
			return weak[i];
	return NULL;
}

static bool is_below(const char *text, const char *least)
{
	int64_t a, b;

	return number_parse_int(text, strlen(text), 10, &a) == NUMBER_OK &&
	       number_parse_int(least, strlen(least), 10, &b) == NUMBER_OK &&
	       a < b;
}

/* NULL: nothing is wrong.  `value` is NULL where the flag is not there. */
static const char *wrong(struct arena *arena, const struct row *row,
			 const char *value)
{
	const char *bad;

	switch (row->test) {
	case IS:
		if (!value || strcmp(value, row->word) != 0)
			return arena_printf(arena, "is not %s", row->word);
		break;
	case NOT:
		if (value && strcmp(value, row->word) == 0)
			return arena_printf(arena, "is %s", row->word);
		break;
	case GIVEN:
		if (!value)
			return "is not given";
		break;
	case ABSENT:
		if (value)
			return "is given";
		break;
	case HAS:
		if (!value || !lists(value, row->word))
			return arena_printf(arena, "lacks %s", row->word);
		break;
	case LACKS:
		if (value && lists(value, row->word))
			return arena_printf(arena, "has %s", row->word);
		break;
	case LEAST:
		if (!value || is_below(value, row->word))
			return arena_printf(arena, "is below %s", row->word);
		break;
	case STRONG:
		bad = value ? weak_in(value) : NULL;
		if (bad)
			return arena_printf(arena, "has weak suites (%s)", bad);
		break;
	}
	return NULL;
}

const char *control_plane_next(struct arena *arena, const char *component,
			       const struct table *flags, size_t *index,
			       const char **flag)
{
	while (*index < ARRAY_COUNT(rows)) {
		const struct row *row = &rows[(*index)++];
		const char *reason;

		if (strcmp(row->component, component) != 0)
			continue;
		reason = wrong(arena, row, table_gets(flags, row->flag));
		if (!reason)
			continue;
		*flag = row->flag;
		return reason;
	}
	return NULL;
}
