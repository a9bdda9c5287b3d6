/*
 * Tokens of a template.
 *
 * Outside of actions there is only text; inside, white space is a token of its
 * own, because `.a .b` are two words and `.a.b` is one.  Trim markers and
 * comments are gone when the parser looks.
 */
#ifndef TEMPLATES_LEX_H
#define TEMPLATES_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum token_kind {
	TOKEN_ERROR, /* lex_message() says what is wrong */
	TOKEN_AFTER, /* what is asked for behind it */
	TOKEN_END,   /* of the text */
	TOKEN_TEXT,
	TOKEN_OPEN,  /* {{ */
	TOKEN_CLOSE, /* }} */
	TOKEN_SPACE,
	TOKEN_ASSIGN,  /* = */
	TOKEN_DECLARE, /* := */
	TOKEN_PIPE,
	TOKEN_LEFT,  /* ( */
	TOKEN_RIGHT, /* ) */
	TOKEN_CHAR,  /* a comma, or what nothing begins with */
	TOKEN_FIELD,
	TOKEN_VARIABLE,
	TOKEN_WORD,
	TOKEN_BOOL,
	TOKEN_NUMBER,
	TOKEN_COMPLEX,
	TOKEN_RUNE,
	TOKEN_STRING,
	TOKEN_RAW,
	/* From here on Go prints a token as <word>. */
	TOKEN_DOT,
	TOKEN_BLOCK,
	TOKEN_BREAK,
	TOKEN_CONTINUE,
	TOKEN_DEFINE,
	TOKEN_ELSE,
	TOKEN_KEYWORD_END,
	TOKEN_IF,
	TOKEN_NIL,
	TOKEN_RANGE,
	TOKEN_TEMPLATE,
	TOKEN_WITH,
};

/* Small enough to be given in registers. */
struct token {
	enum token_kind kind;
	uint32_t begin;
	uint32_t end;
};

struct lexer {
	struct arena *arena; /* for messages */
	const char *text;
	uint32_t len;
	uint32_t at;
	uint32_t start; /* of the token at hand */
	uint32_t parens;
	bool inside;
	const char *message; /* of what is wrong, once something is */
};

void lex_init(struct lexer *lexer, struct arena *arena, const char *text,
	      size_t len);

/* After an error or the end, the same again. */
struct token lex_next(struct lexer *lexer);

/* Counted from 1, when something is wrong. */
uint32_t lex_line(const struct lexer *lexer, uint32_t at);

/* Go on outside of any action, behind an error. */
void lex_resume(struct lexer *lexer, uint32_t at);

/*
 * Where the action that begins at `from` ends, if that is beyond doubt and it
 * declares nothing; or 0.
 */
uint32_t lex_action_end(const struct lexer *lexer, uint32_t from);

/* The next definition, that at `from` included, that begins a line; or 0. */
uint32_t lex_next_define(const struct lexer *lexer, uint32_t from);

/* What is wrong with a token of the first two kinds. */
const char *lex_message(const struct lexer *lexer, const struct token *token);

#endif
