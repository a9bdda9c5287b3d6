#include "base/regex_parser.h"

#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"

static bool is_octal(int c)
{
	return c >= '0' && c <= '7';
}

static bool bad_escape(struct regex_parser *parser, size_t from)
{
	return regex_fail(parser, "invalid escape sequence", from, parser->at);
}

/* \x{10FFFF}, at the brace. */
static bool parse_braced_hex(struct regex_parser *parser, size_t from,
			     uint32_t *rune)
{
	size_t digits = 0;
	uint32_t c;

	parser->at++;
	for (*rune = 0;; digits++) {
		if (regex_peek(parser, 0) < 0)
			return bad_escape(parser, from);
		if (!regex_next_rune(parser, &c))
			return false;
		if (c == '}')
			break;
		if (hex_digit(c) < 0)
			return bad_escape(parser, from);
		*rune = *rune * 16 + (uint32_t)hex_digit(c);
		if (*rune > RUNE_LAST)
			return bad_escape(parser, from);
	}
	return digits > 0 || bad_escape(parser, from);
}

/* \x41, behind the x; as in Go, both characters are read before either. */
static bool parse_hex(struct regex_parser *parser, size_t from, uint32_t *rune)
{
	uint32_t high, low = 0;

	if (regex_peek(parser, 0) == '{')
		return parse_braced_hex(parser, from, rune);
	if (regex_peek(parser, 0) < 0)
		return bad_escape(parser, from);
	if (!regex_next_rune(parser, &high) ||
	    (regex_peek(parser, 0) >= 0 && !regex_next_rune(parser, &low)))
		return false;
	if (hex_digit(high) < 0 || hex_digit(low) < 0)
		return bad_escape(parser, from);
	*rune = (uint32_t)(hex_digit(high) * 16 + hex_digit(low));
	return true;
}

bool regex_parse_escape(struct regex_parser *parser, uint32_t *rune)
{
	static const char letters[] = "afnrtv", meant[] = "\a\f\n\r\t\v";
	size_t from = parser->at++;
	const char *letter;
	uint32_t c;

	if (parser->at == parser->len)
		return regex_fail(parser,
				  "trailing backslash at end of expression",
				  parser->len, parser->len);
	if (!regex_next_rune(parser, &c))
		return false;
	/* A digit alone would be a back-reference. */
	if (c == '0' ||
	    (c < 0x80 && is_octal((int)c) && is_octal(regex_peek(parser, 0)))) {
		*rune = c - '0';
		for (int i = 0; i < 2 && is_octal(regex_peek(parser, 0)); i++)
			*rune = *rune * 8 +
				(uint32_t)(parser->text[parser->at++] - '0');
		return true;
	}
	if (c == 'x')
		return parse_hex(parser, from, rune);
	if (c && c < 0x80 && (letter = strchr(letters, (int)c))) {
		*rune = (uint32_t)meant[letter - letters];
		return true;
	}
	if (c >= 0x80 || (c >= '0' && c <= '9') || hex_digit(c) >= 0 ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return bad_escape(parser, from);
	*rune = c;
	return true;
}

/* Put a named set into a class: folded first and negated then, as in Go. */
static void merge_set(struct regex_parser *parser, struct rune_set *class,
		      struct rune_set *part, bool negated)
{
	rune_set_clean(part);
	if (parser->flags & REGEX_FLAG_FOLD)
		rune_set_fold(parser->arena, part);
	if (negated)
		rune_set_negate(parser->arena, part);
	for (size_t i = 0; i < part->count; i++)
		rune_set_add(parser->arena, class, part->items[i].first,
			     part->items[i].last);
}

/* Pairs of first and last characters. */
static const struct named_set {
	const char *name;
	const char *pairs;
	size_t len;
} named_sets[] = {
#define NAMED(name, pairs)                                                     \
	{                                                                      \
		name, pairs, sizeof(pairs) - 1                                 \
	}
	NAMED("alnum", "09AZaz"),
	NAMED("alpha", "AZaz"),
	NAMED("ascii", "\0\x7f"),
	NAMED("blank", "\t\t  "),
	NAMED("cntrl", "\0\x1f\x7f\x7f"),
	NAMED("digit", "09"),
	NAMED("graph", "!~"),
	NAMED("lower", "az"),
	NAMED("print", " ~"),
	NAMED("punct", "!/:@[`{~"),
	NAMED("space", "\t\r  "),
	NAMED("upper", "AZ"),
	NAMED("word", "09AZaz__"),
	NAMED("xdigit", "09AFaf"),
	NAMED("d", "09"),
	NAMED("s", "\t\n\f\r  "),
	NAMED("w", "09AZaz__"),
#undef NAMED
	{ NULL, NULL, 0 }
};

static bool merge_named(struct regex_parser *parser, struct rune_set *class,
			const char *name, size_t len, bool negated)
{
	const struct named_set *row = named_sets;
	struct rune_set part = { 0 };

	while (row->name &&
	       (strlen(row->name) != len || memcmp(row->name, name, len) != 0))
		row++;
	if (!row->name)
		return false;
	for (size_t i = 0; i < row->len; i += 2)
		rune_set_add(parser->arena, &part, (unsigned char)row->pairs[i],
			     (unsigned char)row->pairs[i + 1]);
	merge_set(parser, class, &part, negated);
	return true;
}

bool regex_parse_perl_class(struct regex_parser *parser, struct rune_set *class)
{
	int letter = regex_peek(parser, 1);
	char name = (char)(letter | 0x20);

	if (regex_peek(parser, 0) != '\\' || letter < 0 ||
	    !memchr("dDsSwW", letter, 6))
		return false;
	merge_named(parser, class, &name, 1, letter != name);
	parser->at += 2;
	return true;
}

bool regex_parse_unicode_class(struct regex_parser *parser,
			       struct rune_set *class)
{
	size_t from = parser->at, name, end;
	bool negated = regex_peek(parser, 1) == 'P';
	struct rune_set part = { 0 };
	uint32_t c;

	parser->at += 2;
	name = parser->at;
	if (!regex_next_rune(parser, &c))
		return false;
	end = parser->at;
	if (c == '{' && end > name) {
		const char *close =
			memchr(parser->text + end, '}', parser->len - end);

		name = end;
		if (!close)
			return regex_check_utf8(parser, from, parser->len) &&
			       regex_fail(parser,
					  "invalid character class range", from,
					  parser->len);
		end = (size_t)(close - parser->text);
		parser->at = end + 1;
		if (!regex_check_utf8(parser, name, end))
			return false;
	}
	if (name < end && parser->text[name] == '^') {
		negated = !negated;
		name++;
	}
	if (!rune_set_add_named(parser->arena, &part, parser->text + name,
				end - name))
		return regex_fail(parser, "invalid character class range", from,
				  parser->at);
	merge_set(parser, class, &part, negated);
	return true;
}

bool regex_at_unicode_class(const struct regex_parser *parser)
{
	return regex_peek(parser, 0) == '\\' &&
	       (regex_peek(parser, 1) == 'p' || regex_peek(parser, 1) == 'P');
}

/* [:alpha:] or [:^alpha:]; `*found` is false if it is none of these. */
static bool parse_posix_class(struct regex_parser *parser,
			      struct rune_set *class, bool *found)
{
	const char *text = parser->text;
	size_t name = parser->at + 2, end;
	bool negated;

	*found = false;
	if (regex_peek(parser, 0) != '[' || regex_peek(parser, 1) != ':')
		return true;
	for (end = name; end + 1 < parser->len; end++) {
		if (text[end] == ':' && text[end + 1] == ']')
			break;
	}
	if (end + 1 >= parser->len)
		return true;
	negated = name < end && text[name] == '^';
	if (end - name - negated < 2 ||
	    !merge_named(parser, class, text + name + negated,
			 end - name - negated, negated))
		return regex_fail(parser, "invalid character class range",
				  name - 2, end + 2);
	parser->at = end + 2;
	*found = true;
	return true;
}

static bool parse_class_char(struct regex_parser *parser, size_t class_at,
			     uint32_t *rune)
{
	if (parser->at == parser->len)
		return regex_fail(parser, "missing closing ]", class_at,
				  parser->len);
	if (regex_peek(parser, 0) == '\\')
		return regex_parse_escape(parser, rune);
	return regex_next_rune(parser, rune);
}

/* A character or a range of them. */
static bool parse_class_range(struct regex_parser *parser,
			      struct rune_set *class, size_t class_at)
{
	size_t from = parser->at;
	uint32_t first, last;

	if (!parse_class_char(parser, class_at, &first))
		return false;
	last = first;
	if (regex_peek(parser, 0) == '-' && regex_peek(parser, 1) >= 0 &&
	    regex_peek(parser, 1) != ']') {
		parser->at++;
		if (!parse_class_char(parser, class_at, &last))
			return false;
		if (last < first)
			return regex_fail(parser,
					  "invalid character class range", from,
					  parser->at);
	}
	if (parser->flags & REGEX_FLAG_FOLD)
		rune_set_add_folded(parser->arena, class, first, last);
	else
		rune_set_add(parser->arena, class, first, last);
	return true;
}

bool regex_parse_class(struct regex_parser *parser)
{
	size_t class_at = parser->at++;
	struct rune_set class = { 0 };
	bool negated = regex_peek(parser, 0) == '^', first = true, found;

	parser->at += negated;
	for (; first || regex_peek(parser, 0) != ']'; first = false) {
		if (!parse_posix_class(parser, &class, &found))
			return false;
		if (found || regex_parse_perl_class(parser, &class))
			continue;
		if (regex_at_unicode_class(parser)) {
			if (!regex_parse_unicode_class(parser, &class))
				return false;
		} else if (!parse_class_range(parser, &class, class_at)) {
			return false;
		}
	}
	parser->at++;
	rune_set_clean(&class);
	if (negated)
		rune_set_negate(parser->arena, &class);
	return regex_add_set(parser, &class);
}
