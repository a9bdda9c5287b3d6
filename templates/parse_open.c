/*
 * Which block an {{end}} is missing for.  The parser is not asked, as it has
 * forgotten what was open when it finds that something is wrong.
 */
#include "base/arena.h"
#include "base/source.h"
#include "templates/lex.h"
#include "templates/parse.h"

VEC_TYPE(opened, struct parse_place);

/* Behind an {{else}} an if is no block of its own. */
static bool opens(const struct token *word)
{
	return word->kind == TOKEN_IF || word->kind == TOKEN_WITH ||
	       word->kind == TOKEN_RANGE || word->kind == TOKEN_DEFINE ||
	       word->kind == TOKEN_BLOCK;
}

/* The first word of an action, which begins at `open`. */
static void take_word(struct arena *arena, struct opened *opened,
		      const struct token *open, const struct token *word)
{
	/* It stands outside of all others, or that is what is wrong. */
	if (word->kind == TOKEN_DEFINE)
		opened->count = 0;
	if (opens(word))
		vec_push(arena, opened,
			 ((struct parse_place){ open->begin, word->end }));
	else if (word->kind == TOKEN_KEYWORD_END && opened->count)
		opened->count--;
}

/* Up to its braces; what is wrong in it is told by others. */
static void take_rest(struct lexer *lexer, struct opened *opened,
		      const struct token *word)
{
	struct token token = *word;

	while (token.kind > TOKEN_END && token.kind != TOKEN_CLOSE)
		token = lex_next(lexer);
	if (token.kind == TOKEN_CLOSE && opens(word))
		vec_last(opened)->end = token.end;
}

bool parse_open_block(struct arena *arena, const struct source *source,
		      uint32_t at, struct parse_place *block)
{
	struct opened opened = { 0 };
	struct lexer lexer;
	struct token open, word;

	lex_init(&lexer, arena, source->text, source->len);
	for (;;) {
		open = lex_next(&lexer);
		if (open.kind == TOKEN_TEXT)
			continue;
		if (open.kind != TOKEN_OPEN)
			break;
		do {
			word = lex_next(&lexer);
		} while (word.kind == TOKEN_SPACE);
		if (word.begin >= at)
			break;
		take_word(arena, &opened, &open, &word);
		take_rest(&lexer, &opened, &word);
	}
	if (!opened.count || (open.kind < TOKEN_END && open.begin < at))
		return false;
	*block = *vec_last(&opened);
	return true;
}
