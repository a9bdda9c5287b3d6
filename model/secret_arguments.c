#include "model/secret_arguments.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "model/secret.h"
#include "model/value.h"

static const char *const lists[] = { "command", "args" };

/* An item, and where it stands among the words of the command. */
struct word {
	const struct value *item;
	size_t begin;
	size_t end;
};

VEC_TYPE(words, struct word);

/* What is no text stands for some word. */
static void gather(struct arena *arena, const struct value *container,
		   struct str *text, struct words *words)
{
	const struct value *item;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		list_foreach (item, value_get(container, lists[i])) {
			struct word word = { item, text->len, 0 };

			str_puts(text, value_string_or(item, "-"));
			word.end = text->len;
			str_putc(text, ' ');
			if (value_is_string(item))
				vec_push(arena, words, word);
		}
	}
}

static void add(struct table *secrets, const struct value *item, bool option)
{
	struct secret_argument *argument =
		table_get(secrets, (const char *)&item, sizeof(item));

	if (!argument) {
		argument = arena_zalloc(secrets->arena, sizeof(*argument));
		argument->item = item;
		argument->alone = secret_hides(item->string, item->len);
		table_put(secrets, (const char *)&argument->item,
			  sizeof(argument->item), argument);
	}
	argument->option |= option;
}

void secret_arguments_add(struct table *secrets, const struct value *container)
{
	struct secret_range range = { 0 };
	struct words words = { 0 };
	struct str text;
	size_t at = 0, i;

	str_init(&text, secrets->arena);
	gather(secrets->arena, container, &text, &words);
	while (secret_next(str_text(&text), text.len, &range)) {
		while (at < words.count && words.items[at].end <= range.begin)
			at++;
		for (i = at; i < words.count; i++) {
			if (words.items[i].begin >= range.end)
				break;
			add(secrets, words.items[i].item, range.option);
		}
	}
}

const struct secret_argument *secret_argument_of(const struct table *secrets,
						 const struct value *item)
{
	return table_get(secrets, (const char *)&item, sizeof(item));
}
