/*
 * Functions that change the case of letters or the style of a name.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "templates/func.h"

/*
 * A text that is rewritten character by character.  While no character
 * changes its length the segments of the argument hold for the result.
 */
struct rewrite {
	struct text text;
	size_t at;
	bool same;
	struct str out;
};

static void rewrite_begin(struct rewrite *rewrite, struct call *call,
			  size_t index)
{
	rewrite->text = call_text(call, index);
	rewrite->at = 0;
	rewrite->same = true;
	str_init(&rewrite->out, call->arena);
	str_reserve(&rewrite->out, rewrite->text.len + 1);
}

static bool rewrite_more(const struct rewrite *rewrite)
{
	return rewrite->at < rewrite->text.len;
}

static uint32_t rewrite_peek(const struct rewrite *rewrite, size_t *size)
{
	return utf8_decode(rewrite->text.at + rewrite->at,
			   rewrite->text.len - rewrite->at, size);
}

/* The character at hand becomes `rune`; go to the next one. */
static void rewrite_put(struct rewrite *rewrite, uint32_t rune)
{
	char bytes[UTF8_ROOM];
	size_t size, len = utf8_encode(bytes, rune);

	rewrite_peek(rewrite, &size);
	rewrite->same = rewrite->same && size == len;
	rewrite->at += size;
	str_put(&rewrite->out, bytes, len);
}

static const struct value *rewrite_give(struct rewrite *rewrite,
					struct call *call)
{
	struct text text = str_finish(&rewrite->out);

	if (!rewrite->same)
		return call_give_opaque(call, text.at, text.len);
	text.map = rewrite->text.map;
	return call_give_text(call, &text);
}

static const struct value *change_all(struct call *call,
				      uint32_t (*change)(uint32_t rune))
{
	struct rewrite rewrite;
	size_t size;

	rewrite_begin(&rewrite, call, 0);
	while (rewrite_more(&rewrite))
		rewrite_put(&rewrite, change(rewrite_peek(&rewrite, &size)));
	return rewrite_give(&rewrite, call);
}

static const struct value *fn_upper(struct call *call)
{
	return change_all(call, rune_to_upper);
}

static const struct value *fn_lower(struct call *call)
{
	return change_all(call, rune_to_lower);
}

/* What ends a word for title: of ASCII all but letters, digits and '_'. */
static bool separates_titles(uint32_t rune)
{
	if (rune < 0x80)
		return !(rune >= '0' && rune <= '9') &&
		       !(rune >= 'a' && rune <= 'z') &&
		       !(rune >= 'A' && rune <= 'Z') && rune != '_';
	if (rune_is_letter(rune) || rune_is_digit(rune))
		return false;
	return rune_is_space(rune);
}

static const struct value *fn_title(struct call *call)
{
	struct rewrite rewrite;
	uint32_t before = ' ', rune;
	size_t size;

	rewrite_begin(&rewrite, call, 0);
	while (rewrite_more(&rewrite)) {
		rune = rewrite_peek(&rewrite, &size);
		rewrite_put(&rewrite, separates_titles(before)
					      ? rune_to_title(rune)
					      : rune);
		before = rune;
	}
	return rewrite_give(&rewrite, call);
}

static const struct value *fn_untitle(struct call *call)
{
	struct rewrite rewrite;
	bool begins = true;
	size_t size;

	rewrite_begin(&rewrite, call, 0);
	while (rewrite_more(&rewrite)) {
		uint32_t rune = rewrite_peek(&rewrite, &size);
		bool space = rune_is_space(rune);

		rewrite_put(&rewrite,
			    begins && !space ? rune_to_lower(rune) : rune);
		begins = space;
	}
	return rewrite_give(&rewrite, call);
}

/* A lower-case letter at the beginning of a word becomes a title letter. */
static const struct value *fn_swapcase(struct call *call)
{
	struct rewrite rewrite;
	bool begins = true;
	size_t size;

	rewrite_begin(&rewrite, call, 0);
	while (rewrite_more(&rewrite)) {
		uint32_t rune = rewrite_peek(&rewrite, &size), next = rune;

		if (rune_is_upper(rune) || rune_is_title(rune))
			next = rune_to_lower(rune);
		else if (rune_is_lower(rune))
			next = begins ? rune_to_title(rune)
				      : rune_to_upper(rune);
		begins = rune_is_space(rune);
		rewrite_put(&rewrite, next);
	}
	return rewrite_give(&rewrite, call);
}

/*
 * Sprig walks over bytes here and writes each as a character of its own, so
 * that what is not ASCII comes out mangled; 0x85 and 0xA0 count as blanks.
 */
static void put_byte(struct str *out, char byte)
{
	char bytes[UTF8_ROOM];

	str_put(out, bytes, utf8_encode(bytes, (unsigned char)byte));
}

static const struct value *fn_initials(struct call *call)
{
	struct text text = call_text(call, 0);
	bool begins = true;
	struct str out;
	size_t i;

	str_init(&out, call->arena);
	for (i = 0; i < text.len; i++) {
		bool space = rune_is_space((unsigned char)text.at[i]);

		if (begins && !space)
			put_byte(&out, text.at[i]);
		begins = space;
	}
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

static const struct value *fn_nospace(struct call *call)
{
	struct text text = call_text(call, 0);
	struct str out;
	size_t i, kept = 0;

	str_init(&out, call->arena);
	for (i = 0; i < text.len; i++) {
		if (rune_is_space((unsigned char)text.at[i]))
			continue;
		put_byte(&out, text.at[i]);
		kept++;
	}
	if (kept == text.len)
		return call_give_text(call, &text);
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

enum word_kind {
	WORD_LOWER, /* small letters, letters without case but ideographs */
	WORD_UPPER, /* capitals, or a capital and small letters */
	WORD_NUMBER,
	WORD_CONNECTOR,
	WORD_PUNCT,
	WORD_OTHER, /* symbols, ideographs */
};

struct word {
	const char *at;
	size_t len;
	enum word_kind kind;
};

VEC_TYPE(word_list, struct word);

static bool is_connector(uint32_t rune)
{
	return rune == '_' || rune == '-' || rune_is_space(rune);
}

static bool is_ideograph(uint32_t rune)
{
	return (rune >= 0x4E00 && rune <= 0x9FCC) ||
	       (rune >= 0x3400 && rune <= 0x4D85) ||
	       (rune >= 0x20000 && rune <= 0x2B81D);
}

static enum word_kind rune_kind(uint32_t rune)
{
	if (is_connector(rune))
		return WORD_CONNECTOR;
	if (rune_is_punct(rune))
		return WORD_PUNCT;
	if (rune_is_upper(rune))
		return WORD_UPPER;
	if (rune_is_letter(rune) && !is_ideograph(rune))
		return WORD_LOWER;
	if (rune_is_number(rune))
		return WORD_NUMBER;
	return WORD_OTHER;
}

/* Bytes that are no UTF-8 belong to the character behind; or before. */
static uint32_t rune_behind(const struct text *text, size_t at, uint32_t before,
			    size_t *size)
{
	size_t begin = at, own;

	*size = 0;
	for (; at < text->len; at += own) {
		uint32_t rune =
			utf8_decode(text->at + at, text->len - at, &own);

		*size = at + own - begin;
		if (rune != UTF8_REPLACEMENT)
			return rune;
	}
	return before;
}

/*
 * The end of the run of one kind that begins at `at`.  Behind a punctuation
 * mark '_' and '-' are such marks, too.
 */
static size_t kind_end(const struct text *text, size_t at, size_t *last)
{
	enum word_kind kind = WORD_OTHER;
	uint32_t rune = UTF8_REPLACEMENT;
	size_t begin = at, size = 0;

	for (; at < text->len; at += size) {
		enum word_kind next;

		rune = rune_behind(text, at, rune, &size);
		next = rune_kind(rune);
		if (at == begin)
			kind = next;
		if (next != kind &&
		    (kind != WORD_PUNCT || !rune_is_punct(rune)))
			break;
		*last = at;
	}
	return at;
}

/* In a run of capitals the last one belongs to small letters behind it. */
static size_t word_end(const struct text *text, size_t at, enum word_kind kind)
{
	size_t last = at, size, end = kind_end(text, at, &last);

	if (kind != WORD_UPPER || end == text->len)
		return end;
	if (rune_kind(rune_behind(text, end, UTF8_REPLACEMENT, &size)) !=
	    WORD_LOWER)
		return end;
	return last > at ? last : kind_end(text, end, &last);
}

static struct word_list words_of(struct arena *arena, const struct text *text)
{
	struct word_list words = { 0 };
	size_t at = 0, size;

	while (at < text->len) {
		struct word *word = vec_new(arena, &words);
		size_t end;

		word->at = text->at + at;
		word->kind = rune_kind(
			rune_behind(text, at, UTF8_REPLACEMENT, &size));
		end = word_end(text, at, word->kind);
		word->len = end - at;
		at = end;
	}
	return words;
}

static void put_word(struct str *out, const struct word *word, char connector)
{
	char bytes[UTF8_ROOM];
	size_t at, size;

	if (word->kind != WORD_UPPER && word->kind != WORD_CONNECTOR) {
		str_put(out, word->at, word->len);
		return;
	}
	for (at = 0; at < word->len; at += size) {
		uint32_t rune =
			utf8_decode(word->at + at, word->len - at, &size);

		if (is_connector(rune))
			str_putc(out, connector);
		else
			str_put(out, bytes,
				utf8_encode(bytes, rune_is_upper(rune)
							   ? rune_to_lower(rune)
							   : rune));
	}
}

/* A number goes on with the small letters and numbers that follow. */
static size_t put_tail(struct str *out, const struct word_list *words, size_t i,
		       char connector)
{
	while (i < words->count && (words->items[i].kind == WORD_LOWER ||
				    words->items[i].kind == WORD_NUMBER))
		put_word(out, &words->items[i++], connector);
	return i;
}

static void put_connector(struct str *out, const struct word_list *words,
			  size_t i, char connector)
{
	if (i < words->count && words->items[i].kind != WORD_CONNECTOR &&
	    words->items[i].kind != WORD_PUNCT)
		str_putc(out, connector);
}

/* What stands between word i-1, which is no number, and what follows. */
static size_t put_behind_word(struct str *out, const struct word_list *words,
			      size_t i, char connector)
{
	bool small;

	if (i < words->count && words->items[i].kind != WORD_NUMBER) {
		put_connector(out, words, i, connector);
		return i;
	}
	if (i + 1 >= words->count)
		return i;
	/* HTTP20x is http_20x, but Bld4Floor is bld4_floor. */
	small = words->items[i + 1].kind == WORD_LOWER;
	if (small)
		str_putc(out, connector);
	put_word(out, &words->items[i++], connector);
	if (small)
		i = put_tail(out, words, i, connector);
	put_connector(out, words, i, connector);
	return i;
}

static const struct value *connect_words(struct call *call, char connector)
{
	struct text text = call_text(call, 0);
	struct word_list words = words_of(call->arena, &text);
	struct str out;
	size_t i = 0;

	str_init(&out, call->arena);
	while (i < words.count) {
		const struct word *word = &words.items[i++];

		put_word(&out, word, connector);
		switch (word->kind) {
		case WORD_NUMBER:
			i = put_tail(&out, &words, i, connector);
			put_connector(&out, &words, i, connector);
			break;
		case WORD_CONNECTOR:
		case WORD_PUNCT:
			break;
		case WORD_LOWER:
		case WORD_UPPER:
		case WORD_OTHER:
			i = put_behind_word(&out, &words, i, connector);
			break;
		}
	}
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

static const struct value *fn_snakecase(struct call *call)
{
	return connect_words(call, '_');
}

static const struct value *fn_kebabcase(struct call *call)
{
	return connect_words(call, '-');
}

static uint32_t peek(const struct text *text, size_t at, size_t *size)
{
	*size = 0;
	if (at >= text->len)
		return 0;
	return utf8_decode(text->at + at, text->len - at, size);
}

/* Connectors from `at` on; `*last` is where the last of them begins. */
static size_t connectors_end(const struct text *text, size_t at, size_t *last)
{
	size_t size;

	for (; is_connector(peek(text, at, &size)); at += size)
		*last = at;
	return at;
}

/*
 * One word up to the next connector: a capital, then the rest as it is, but
 * for the capitals that follow a first capital: those become small.
 */
static size_t put_capitalized(struct str *out, const struct text *text,
			      size_t at)
{
	char bytes[UTF8_ROOM];
	size_t size;
	uint32_t rune = peek(text, at, &size);
	bool capitals = rune_is_upper(rune);

	str_put(out, bytes, utf8_encode(bytes, rune_to_upper(rune)));
	for (at += size; at < text->len; at += size) {
		rune = peek(text, at, &size);
		if (is_connector(rune))
			break;
		capitals = capitals && rune_is_upper(rune);
		str_put(out, bytes,
			utf8_encode(bytes,
				    capitals ? rune_to_lower(rune) : rune));
	}
	return at;
}

/*
 * Connectors at both ends stay; of those between words one goes.  A text of
 * connectors alone gets its last one twice.
 */
static const struct value *fn_camelcase(struct call *call)
{
	struct text text = call_text(call, 0);
	size_t last = 0, at = connectors_end(&text, 0, &last), end;
	struct str out;

	str_init(&out, call->arena);
	str_put(&out, text.at, at);
	if (at && at == text.len)
		str_put(&out, text.at + last, at - last);
	while (at < text.len) {
		at = put_capitalized(&out, &text, at);
		end = connectors_end(&text, at, &last);
		if (at < text.len)
			str_put(&out, text.at + at,
				(end == text.len ? end : last) - at);
		at = end;
	}
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

const struct func template_funcs_strings_case[] = {
	{ .name = "camelcase",
	  .takes = { ARG_STRING },
	  .run = fn_camelcase,
	  .usage = "camelcase TEXT",
	  .help = "TEXT in the style of HttpServer." },
	{ .name = "initials",
	  .takes = { ARG_STRING },
	  .run = fn_initials,
	  .usage = "initials TEXT",
	  .help = "The first byte of every word of TEXT." },
	{ .name = "kebabcase",
	  .takes = { ARG_STRING },
	  .run = fn_kebabcase,
	  .usage = "kebabcase TEXT",
	  .help = "TEXT in the style of http-server." },
	{ .name = "lower",
	  .takes = { ARG_STRING },
	  .run = fn_lower,
	  .usage = "lower TEXT",
	  .help = "TEXT in lower case." },
	{ .name = "nospace",
	  .takes = { ARG_STRING },
	  .run = fn_nospace,
	  .usage = "nospace TEXT",
	  .help = "TEXT without its white space." },
	{ .name = "snakecase",
	  .takes = { ARG_STRING },
	  .run = fn_snakecase,
	  .usage = "snakecase TEXT",
	  .help = "TEXT in the style of http_server." },
	{ .name = "swapcase",
	  .takes = { ARG_STRING },
	  .run = fn_swapcase,
	  .usage = "swapcase TEXT",
	  .help = "TEXT with capitals for small letters and the reverse." },
	{ .name = "title",
	  .takes = { ARG_STRING },
	  .run = fn_title,
	  .usage = "title TEXT",
	  .help = "TEXT with a capital at the beginning of every word." },
	{ .name = "untitle",
	  .takes = { ARG_STRING },
	  .run = fn_untitle,
	  .usage = "untitle TEXT",
	  .help = "TEXT with a small letter at the beginning of every word." },
	{ .name = "upper",
	  .takes = { ARG_STRING },
	  .run = fn_upper,
	  .usage = "upper TEXT",
	  .help = "TEXT in upper case." },
	{ .name = NULL }
};
