#include "templates/lex.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

void lex_init(struct lexer *lexer, struct arena *arena, const char *text,
	      size_t len)
{
	memset(lexer, 0, sizeof(*lexer));
	lexer->arena = arena;
	lexer->text = text;
	lexer->len = (uint32_t)len;
}

static struct token give(struct lexer *lexer, enum token_kind kind)
{
	struct token token = { kind, lexer->start, lexer->at };

	lexer->start = lexer->at;
	return token;
}

static struct token fail(struct lexer *lexer, const char *message)
{
	struct token token = { TOKEN_ERROR, lexer->start, lexer->at };

	lexer->message = message;
	return token;
}

/* "}}" or the beginning of a comment: two bytes. */
static bool ahead(const struct lexer *lexer, const char *what)
{
	return lexer->len - lexer->at >= 2 &&
	       lexer->text[lexer->at] == what[0] &&
	       lexer->text[lexer->at + 1] == what[1];
}

/* What an ASCII byte is inside an action. */
enum {
	SPACE = 1,
	WORD = 2,  /* a whole word rune by itself */
	STOP = 4,  /* a word may end in front of it */
	QUOTE = 8, /* what stands in a string may end at it */
};

/* clang-format off */
#define S (SPACE | STOP)
#define W WORD
#define Q QUOTE
static const uint8_t classes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, S, S | Q, 0, 0, S, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	S, 0, Q, 0, 0, 0, 0, Q, STOP, STOP, 0, 0, STOP, 0, STOP, 0,
	W, W, W, W, W, W, W, W, W, W, STOP, 0, 0, 0, 0, 0,
	0, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, 0, Q, 0, 0, W,
	0, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, 0, STOP, 0, 0, 0,
};
#undef S
#undef W
#undef Q
/* clang-format on */

static bool is_of(char byte, uint8_t class)
{
	return classes[(unsigned char)byte] & class;
}

static bool is_space(char byte)
{
	return is_of(byte, SPACE);
}

static char byte_at(const struct lexer *lexer, uint32_t at)
{
	return at < lexer->len ? lexer->text[at] : '\0';
}

/* " -}}", whatever the space is. */
static bool trims_right_at(const struct lexer *lexer, uint32_t at)
{
	return lexer->len >= at + 4 && lexer->text[at + 1] == '-' &&
	       is_space(lexer->text[at]) &&
	       memcmp(lexer->text + at + 2, "}}", 2) == 0;
}

static bool closes(const struct lexer *lexer)
{
	return ahead(lexer, "}}") || trims_right_at(lexer, lexer->at);
}

static bool trims_left(const struct lexer *lexer)
{
	return byte_at(lexer, lexer->at + 2) == '-' &&
	       lexer->at + 3 < lexer->len &&
	       is_space(lexer->text[lexer->at + 3]);
}

/* The byte where the next {{ stands, or the end. */
static uint32_t find_open(const struct lexer *lexer)
{
	const char *from = lexer->text + lexer->at;
	const char *end = lexer->text + lexer->len, *brace;

	while ((brace = memchr(from, '{', (size_t)(end - from))) != NULL) {
		if (brace + 1 < end && brace[1] == '{')
			return (uint32_t)(brace - lexer->text);
		from = brace + 1;
	}
	return lexer->len;
}

static void skip_space(struct lexer *lexer)
{
	const char *at = lexer->text + lexer->at;
	const char *end = lexer->text + lexer->len;

	while (at < end && is_space(*at))
		at++;
	lexer->at = (uint32_t)(at - lexer->text);
}

static uint32_t find_comment_end(const struct lexer *lexer)
{
	const char *from = lexer->text + lexer->at;
	const char *end = lexer->text + lexer->len, *star;

	while ((star = memchr(from, '*', (size_t)(end - from))) != NULL) {
		if (star + 1 < end && star[1] == '/')
			return (uint32_t)(star - lexer->text);
		from = star + 1;
	}
	return lexer->len;
}

/* Behind the opening "/" and "*"; false: `*token` is the error. */
static bool skip_comment(struct lexer *lexer, struct token *token)
{
	uint32_t end;

	lexer->start = lexer->at;
	lexer->at += 2;
	end = find_comment_end(lexer);
	if (end == lexer->len) {
		*token = fail(lexer, "unclosed comment");
		return false;
	}
	lexer->at = end + 2;
	if (!closes(lexer)) {
		*token = fail(lexer, "comment ends before closing delimiter");
		return false;
	}
	if (ahead(lexer, "}}")) {
		lexer->at += 2;
	} else {
		lexer->at += 4;
		skip_space(lexer);
	}
	lexer->start = lexer->at;
	return true;
}

/*
 * Text up to the next action that is no comment.  A comment ends a piece of
 * text, as its neighbours are not adjacent in the source.
 */
static struct token lex_text(struct lexer *lexer)
{
	struct token token;

	for (;;) {
		uint32_t open = find_open(lexer), end = open;
		bool trim;

		lexer->at = open;
		trim = open < lexer->len && trims_left(lexer);
		while (trim && end > lexer->start &&
		       is_space(lexer->text[end - 1]))
			end--;
		if (end > lexer->start) {
			lexer->at = end;
			token = give(lexer, TOKEN_TEXT);
			lexer->at = lexer->start = open;
			return token;
		}
		lexer->start = open;
		if (open == lexer->len)
			return give(lexer, TOKEN_END);
		lexer->at = open + (trim ? 4 : 2);
		if (!ahead(lexer, "/*")) {
			lexer->at = open + 2;
			lexer->inside = true;
			lexer->parens = 0;
			token = give(lexer, TOKEN_OPEN);
			if (trim)
				lexer->start = lexer->at = open + 3;
			return token;
		}
		if (!skip_comment(lexer, &token))
			return token;
	}
}

static struct token lex_close(struct lexer *lexer)
{
	struct token token;
	bool trim = !ahead(lexer, "}}");

	if (trim)
		lexer->start = lexer->at += 2;
	lexer->at += 2;
	token = give(lexer, TOKEN_CLOSE);
	if (trim)
		skip_space(lexer);
	lexer->start = lexer->at;
	lexer->inside = false;
	return token;
}

static uint32_t peek(const struct lexer *lexer, size_t *size)
{
	*size = 0;
	if (lexer->at >= lexer->len)
		return 0;
	return utf8_decode(lexer->text + lexer->at, lexer->len - lexer->at,
			   size);
}

static bool is_word_rune(uint32_t rune)
{
	return rune == '_' || rune_is_letter(rune) || rune_is_digit(rune);
}

static void skip_word(struct lexer *lexer)
{
	const char *end = lexer->text + lexer->len;
	size_t size;

	for (;;) {
		const char *at = lexer->text + lexer->at;

		while (at < end && is_of(*at, WORD))
			at++;
		lexer->at = (uint32_t)(at - lexer->text);
		if (at == end || !(*at & 0x80))
			return;
		if (!is_word_rune(peek(lexer, &size)))
			return;
		lexer->at += (uint32_t)size;
	}
}

/* Whether a word may end here. */
static bool at_terminator(const struct lexer *lexer)
{
	return lexer->at >= lexer->len || is_of(lexer->text[lexer->at], STOP) ||
	       ahead(lexer, "}}");
}

/* %#U: U+002D '-', without the character if it cannot be printed. */
static const char *name_rune(struct lexer *lexer, const char *before)
{
	char shown[UTF8_ROOM + 1] = "";
	size_t size;
	uint32_t rune = peek(lexer, &size);

	if (!rune_is_print(rune))
		return arena_printf(lexer->arena, "%s U+%04X", before, rune);
	shown[utf8_encode(shown, rune)] = '\0';
	return arena_printf(lexer->arena, "%s U+%04X '%s'", before, rune,
			    shown);
}

static struct token bad_character(struct lexer *lexer)
{
	const char *message = name_rune(lexer, "bad character");

	return fail(lexer, message);
}

static struct token lex_field_or_variable(struct lexer *lexer,
					  enum token_kind kind)
{
	if (at_terminator(lexer))
		return give(lexer,
			    kind == TOKEN_FIELD ? TOKEN_DOT : TOKEN_VARIABLE);
	skip_word(lexer);
	if (!at_terminator(lexer))
		return bad_character(lexer);
	return give(lexer, kind);
}

static enum token_kind word_kind(const char *word, size_t len)
{
	static const struct {
		char word[9];
		uint8_t len;
		uint8_t kind;
	} keywords[] = {
#define KEYWORD(word, kind) { word, sizeof(word) - 1, kind }
		KEYWORD("block", TOKEN_BLOCK),
		KEYWORD("break", TOKEN_BREAK),
		KEYWORD("continue", TOKEN_CONTINUE),
		KEYWORD("define", TOKEN_DEFINE),
		KEYWORD("else", TOKEN_ELSE),
		KEYWORD("end", TOKEN_KEYWORD_END),
		KEYWORD("false", TOKEN_BOOL),
		KEYWORD("if", TOKEN_IF),
		KEYWORD("nil", TOKEN_NIL),
		KEYWORD("range", TOKEN_RANGE),
		KEYWORD("template", TOKEN_TEMPLATE),
		KEYWORD("true", TOKEN_BOOL),
		KEYWORD("with", TOKEN_WITH),
#undef KEYWORD
	};
	/* By the first letter, one more than where its words begin. */
	static const uint8_t first['z' + 1] = {
		['b'] = 1, ['c'] = 3, ['d'] = 4,  ['e'] = 5,  ['f'] = 7,
		['i'] = 8, ['n'] = 9, ['r'] = 10, ['t'] = 11, ['w'] = 13,
	};
	unsigned char letter = (unsigned char)*word;
	size_t i = letter <= 'z' ? first[letter] : 0;

	if (!i--)
		return TOKEN_WORD;
	for (; i < ARRAY_COUNT(keywords) && keywords[i].word[0] == *word; i++)
		if (keywords[i].len == len &&
		    memcmp(keywords[i].word, word, len) == 0)
			return (enum token_kind)keywords[i].kind;
	return TOKEN_WORD;
}

static struct token lex_word(struct lexer *lexer)
{
	skip_word(lexer);
	if (!at_terminator(lexer))
		return bad_character(lexer);
	return give(lexer, word_kind(lexer->text + lexer->start,
				     lexer->at - lexer->start));
}

static bool accept(struct lexer *lexer, const char *set)
{
	char byte = byte_at(lexer, lexer->at);

	if (!byte || !strchr(set, byte))
		return false;
	lexer->at++;
	return true;
}

static void accept_run(struct lexer *lexer, const char *set)
{
	while (accept(lexer, set))
		;
}

/* False: a letter or digit follows, which then belongs to what is shown. */
static bool scan_number(struct lexer *lexer)
{
	const char *digits = "0123456789_";
	bool decimal = true, hex = false;
	uint32_t rune;
	size_t size;

	accept(lexer, "+-");
	if (accept(lexer, "0")) {
		if (accept(lexer, "xX")) {
			digits = "0123456789abcdefABCDEF_";
			decimal = false;
			hex = true;
		} else if (accept(lexer, "oO")) {
			digits = "01234567_";
			decimal = false;
		} else if (accept(lexer, "bB")) {
			digits = "01_";
			decimal = false;
		}
	}
	accept_run(lexer, digits);
	if (accept(lexer, "."))
		accept_run(lexer, digits);
	if ((decimal && accept(lexer, "eE")) || (hex && accept(lexer, "pP"))) {
		accept(lexer, "+-");
		accept_run(lexer, "0123456789_");
	}
	accept(lexer, "i");
	rune = peek(lexer, &size);
	if (!size || !is_word_rune(rune))
		return true;
	lexer->at += (uint32_t)size;
	return false;
}

static struct token lex_number(struct lexer *lexer)
{
	enum token_kind kind = TOKEN_NUMBER;
	bool good = scan_number(lexer);
	char sign = byte_at(lexer, lexer->at);

	if (good && (sign == '+' || sign == '-')) {
		kind = TOKEN_COMPLEX;
		good = scan_number(lexer) && lexer->text[lexer->at - 1] == 'i';
	}
	if (!good)
		return fail(lexer, arena_printf(lexer->arena,
						"bad number syntax: \"%.*s\"",
						(int)(lexer->at - lexer->start),
						lexer->text + lexer->start));
	return give(lexer, kind);
}

/* Behind the opening quote: strings and runes have escapes, no line feeds. */
static struct token lex_quoted(struct lexer *lexer, char quote,
			       enum token_kind kind, const char *unterminated)
{
	while (lexer->at < lexer->len) {
		const char *at = lexer->text + lexer->at;
		const char *end = lexer->text + lexer->len;
		char byte;

		while (at + 1 < end && !is_of(*at, QUOTE))
			at++;
		lexer->at = (uint32_t)(at + 1 - lexer->text);
		byte = *at;
		if (byte == quote)
			return give(lexer, kind);
		if (byte == '\n')
			break;
		if (byte != '\\')
			continue;
		if (lexer->at >= lexer->len || lexer->text[lexer->at] == '\n')
			break;
		lexer->at++;
	}
	return fail(lexer, unterminated);
}

static struct token lex_raw(struct lexer *lexer)
{
	const char *end =
		memchr(lexer->text + lexer->at, '`', lexer->len - lexer->at);

	if (!end) {
		lexer->at = lexer->len;
		return fail(lexer, "unterminated raw quoted string");
	}
	lexer->at = (uint32_t)(end + 1 - lexer->text);
	return give(lexer, TOKEN_RAW);
}

static struct token close_or_fail(struct lexer *lexer)
{
	return lexer->parens ? fail(lexer, "unclosed left paren")
			     : lex_close(lexer);
}

/* A space that belongs to " -}}" is left to the closing delimiter. */
static struct token lex_space(struct lexer *lexer)
{
	if (trims_right_at(lexer, lexer->at))
		return close_or_fail(lexer);
	skip_space(lexer);
	if (trims_right_at(lexer, lexer->at - 1))
		lexer->at--;
	return give(lexer, TOKEN_SPACE);
}

static struct token lex_punctuation(struct lexer *lexer, enum token_kind kind)
{
	lexer->at++;
	if (kind == TOKEN_LEFT)
		lexer->parens++;
	if (kind == TOKEN_RIGHT && lexer->parens-- == 0)
		return fail(lexer, "unexpected right paren");
	return give(lexer, kind);
}

static struct token lex_other(struct lexer *lexer)
{
	size_t size;
	uint32_t rune = peek(lexer, &size);
	const char *message;

	if (is_word_rune(rune))
		return lex_word(lexer);
	if (rune < 0x80 && rune >= 0x20 && rune != 0x7f) {
		lexer->at++;
		return give(lexer, TOKEN_CHAR);
	}
	message = name_rune(lexer, "unrecognized character in action:");
	lexer->at += (uint32_t)size;
	return fail(lexer, message);
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static struct token lex_dot(struct lexer *lexer)
{
	if (is_digit(byte_at(lexer, lexer->at + 1)))
		return lex_number(lexer);
	lexer->at++;
	return lex_field_or_variable(lexer, TOKEN_FIELD);
}

static struct token lex_colon(struct lexer *lexer)
{
	lexer->at++;
	if (byte_at(lexer, lexer->at) != '=')
		return fail(lexer, "expected :=");
	lexer->at++;
	return give(lexer, TOKEN_DECLARE);
}

static struct token lex_literal(struct lexer *lexer, char byte)
{
	lexer->at++;
	switch (byte) {
	case '"':
		return lex_quoted(lexer, '"', TOKEN_STRING,
				  "unterminated quoted string");
	case '\'':
		return lex_quoted(lexer, '\'', TOKEN_RUNE,
				  "unterminated character constant");
	default:
		return lex_raw(lexer);
	}
}

static struct token lex_inside(struct lexer *lexer)
{
	char byte = byte_at(lexer, lexer->at);

	if (lexer->at >= lexer->len)
		return fail(lexer, "unclosed action");
	switch (byte) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
		return lex_space(lexer);
	case '.':
		return lex_dot(lexer);
	case '$':
		lexer->at++;
		return lex_field_or_variable(lexer, TOKEN_VARIABLE);
	case '"':
	case '\'':
	case '`':
		return lex_literal(lexer, byte);
	case '=':
		return lex_punctuation(lexer, TOKEN_ASSIGN);
	case '|':
		return lex_punctuation(lexer, TOKEN_PIPE);
	case '(':
		return lex_punctuation(lexer, TOKEN_LEFT);
	case ')':
		return lex_punctuation(lexer, TOKEN_RIGHT);
	case ':':
		return lex_colon(lexer);
	case '}':
		return ahead(lexer, "}}") ? close_or_fail(lexer)
					  : lex_other(lexer);
	default:
		if (byte == '+' || byte == '-' || is_digit(byte))
			return lex_number(lexer);
		return is_of(byte, WORD) ? lex_word(lexer) : lex_other(lexer);
	}
}

static struct token give_after(const struct lexer *lexer)
{
	struct token token = { TOKEN_AFTER, lexer->start, lexer->at };

	return token;
}

struct token lex_next(struct lexer *lexer)
{
	if (lexer->message)
		return give_after(lexer);
	return lexer->inside ? lex_inside(lexer) : lex_text(lexer);
}

const char *lex_message(const struct lexer *lexer, const struct token *token)
{
	return token->kind == TOKEN_ERROR ? lexer->message : "unexpected EOF";
}

uint32_t lex_line(const struct lexer *lexer, uint32_t at)
{
	const char *from = lexer->text, *end = from + at;
	uint32_t line = 1;

	while ((from = memchr(from, '\n', (size_t)(end - from))) != NULL) {
		line++;
		from++;
	}
	return line;
}

void lex_resume(struct lexer *lexer, uint32_t at)
{
	lexer->at = lexer->start = at;
	lexer->inside = false;
	lexer->parens = 0;
	lexer->message = NULL;
}

uint32_t lex_action_end(const struct lexer *lexer, uint32_t from)
{
	const char *text = lexer->text;
	uint32_t len = lexer->len;
	char quote = '\0';

	for (uint32_t at = from + 2; at + 1 < len; at++) {
		char byte = text[at];

		if (quote) {
			if (byte == '\\' && quote == '"')
				at++;
			else if (byte == quote)
				quote = '\0';
			else if (byte == '\n')
				return 0;
		} else if (byte == '"' || byte == '`') {
			quote = byte;
		} else if (byte == '}' && text[at + 1] == '}') {
			return at + 2;
		} else if (byte == '{' || byte == '\'' || byte == '=' ||
			   (byte == '/' && text[at + 1] == '*')) {
			return 0;
		}
	}
	return 0;
}

static bool begins_word(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) > len && memcmp(at, word, len) == 0;
}

uint32_t lex_next_define(const struct lexer *lexer, uint32_t from)
{
	const char *end = lexer->text + lexer->len;
	const char *at = lexer->text + from;

	/* That it begins where it may not: something has not ended before. */
	if (begins_word(at, end, "define "))
		while (at > lexer->text && *at != '\n')
			at--;
	for (; (at = memchr(at, '{', (size_t)(end - at))); at++) {
		const char *line = at, *word = at + 2;

		if (!begins_word(at, end, "{{"))
			continue;
		word += begins_word(word, end, "-");
		word += strspn(word, " \t");
		/* Definitions that are commented out are none. */
		if (begins_word(word, end, "/*")) {
			at = strstr(word, "*/");
			if (!at)
				return 0;
			continue;
		}
		while (line > lexer->text &&
		       (line[-1] == ' ' || line[-1] == '\t'))
			line--;
		if ((line == lexer->text || line[-1] == '\n') &&
		    begins_word(word, end, "define "))
			return (uint32_t)(at - lexer->text);
	}
	return 0;
}
