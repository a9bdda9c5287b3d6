#include "model/yaml_stand_in.h"

#include <string.h>

static const char *const standing_for[] = {
	"\xEF\xBB\xBF", ":", "'", "/", ",", "[", "]"
};

bool yaml_text_holds(const char *text, size_t len, const char *bytes)
{
	size_t own = strlen(bytes);
	const char *at = text, *end = text + len;

	while ((at = memchr(at, bytes[0], (size_t)(end - at)))) {
		if ((size_t)(end - at) >= own && memcmp(at, bytes, own) == 0)
			return true;
		at++;
	}
	return false;
}

bool yaml_stand_ins_choose(struct yaml_stand_ins *ins, enum yaml_stand_in which,
			   const char *text, size_t len)
{
	static const char *const colons[] = { "^", "$", "~", ";", "=", "+",
					      "Q", "Z", "X", "J", NULL };
	static const char *const quotes[] = { "\xC7\x82", "\xC7\x81",
					      "\xC7\x80", NULL };
	static const char *const boms[] = { "\xEE\x80\x80", "\xEE\x80\x81",
					    "\xEE\x80\x82", NULL };
	static const char *const uris[] = { "~", ";", "=", "+", "$", "*",
					    "Q", "Z", "X", "J", NULL };
	static const char *const *const lists[] = { boms,   colons, quotes,
						    colons, uris,   uris,
						    uris };

	if (ins->chosen[which])
		return true;
	for (size_t i = 0; lists[which][i]; i++)
		if (!yaml_text_holds(text, len, lists[which][i])) {
			ins->chosen[which] = lists[which][i];
			return true;
		}
	return false;
}

void yaml_stand_ins_restore(const struct yaml_stand_ins *ins, char *text,
			    size_t *len)
{
	size_t from = 0, to = 0;

	while (from < *len) {
		size_t which = 0, own = 0;

		for (; which < YAML_STAND_INS; which++) {
			const char *stand_in = ins->chosen[which];

			own = stand_in ? strlen(stand_in) : 0;
			if (own && *len - from >= own &&
			    memcmp(text + from, stand_in, own) == 0)
				break;
		}
		if (which == YAML_STAND_INS) {
			text[to++] = text[from++];
			continue;
		}
		memcpy(text + to, standing_for[which],
		       strlen(standing_for[which]));
		to += strlen(standing_for[which]);
		from += own;
	}
	text[to] = '\0';
	*len = to;
}
