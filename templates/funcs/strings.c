/*
 * Functions on texts: cutting, filling, searching, wrapping.
 *
 * Go indexes strings by bytes, and so do the functions that take positions
 * or widths: they may cut a character in two, and charts see that.
 */
#include "templates/funcs/strings.h"

#include "base/utf8.h"
#include "templates/func.h"
#include "templates/funcs/items.h"

/* A part of the argument `index`, with its segments. */
static const struct value *
give_slice(struct call *call, const struct text *text, size_t begin, size_t end)
{
	struct text slice = text_slice(call->arena, text, begin, end);

	return call_give_text(call, &slice);
}

static const struct value *fn_trim(struct call *call)
{
	struct text text = call_text(call, 0);
	size_t begin = 0, end = text.len, size;

	while (begin < end &&
	       rune_is_space(utf8_decode(text.at + begin, end - begin, &size)))
		begin += size;
	while (begin < end && rune_is_space(utf8_decode_last(
				      text.at + begin, end - begin, &size)))
		end -= size;
	return give_slice(call, &text, begin, end);
}

static bool in_set(const struct text *set, uint32_t rune)
{
	size_t at, size;

	for (at = 0; at < set->len; at += size) {
		if (utf8_decode(set->at + at, set->len - at, &size) == rune)
			return true;
	}
	return false;
}

static const struct value *fn_trim_all(struct call *call)
{
	struct text set = call_text(call, 0), text = call_text(call, 1);
	size_t begin = 0, end = text.len, size;

	while (begin < end &&
	       in_set(&set, utf8_decode(text.at + begin, end - begin, &size)))
		begin += size;
	while (begin < end &&
	       in_set(&set,
		      utf8_decode_last(text.at + begin, end - begin, &size)))
		end -= size;
	return give_slice(call, &text, begin, end);
}

static bool begins_with(const struct text *text, const struct text *what)
{
	return text->len >= what->len &&
	       memcmp(text->at, what->at, what->len) == 0;
}

static bool ends_with(const struct text *text, const struct text *what)
{
	return text->len >= what->len &&
	       memcmp(text->at + text->len - what->len, what->at, what->len) ==
		       0;
}

static const struct value *fn_trim_prefix(struct call *call)
{
	struct text prefix = call_text(call, 0), text = call_text(call, 1);
	size_t cut = begins_with(&text, &prefix) ? prefix.len : 0;

	return give_slice(call, &text, cut, text.len);
}

static const struct value *fn_trim_suffix(struct call *call)
{
	struct text suffix = call_text(call, 0), text = call_text(call, 1);
	size_t cut = ends_with(&text, &suffix) ? suffix.len : 0;

	return give_slice(call, &text, 0, text.len - cut);
}

static const struct value *fn_has_prefix(struct call *call)
{
	struct text prefix = call_text(call, 0), text = call_text(call, 1);

	return call_give_bool(call, begins_with(&text, &prefix));
}

static const struct value *fn_has_suffix(struct call *call)
{
	struct text suffix = call_text(call, 0), text = call_text(call, 1);

	return call_give_bool(call, ends_with(&text, &suffix));
}

size_t text_find(const struct text *text, size_t from, const struct text *what)
{
	while (from + what->len <= text->len) {
		const char *at;

		if (!what->len)
			return from;
		at = memchr(text->at + from, what->at[0],
			    text->len - from - what->len + 1);
		if (!at)
			break;
		from = (size_t)(at - text->at);
		if (memcmp(at, what->at, what->len) == 0)
			return from;
		from++;
	}
	return TEXT_NOT_FOUND;
}

static const struct value *fn_contains(struct call *call)
{
	struct text what = call_text(call, 0), text = call_text(call, 1);

	return call_give_bool(call,
			      text_find(&text, 0, &what) != TEXT_NOT_FOUND);
}

/* An empty OLD stands before each character and at the end, as in Go. */
static void put_between(struct str *out, const struct text *text,
			const struct text *with)
{
	size_t at = 0, size;
	uint32_t hint = 0;

	while (at < text->len) {
		utf8_decode(text->at + at, text->len - at, &size);
		str_put_text(out, with);
		str_put_slice(out, text, at, at + size, &hint);
		at += size;
	}
	str_put_text(out, with);
}

static const struct value *fn_replace(struct call *call)
{
	struct text old = call_text(call, 0), with = call_text(call, 1);
	struct text text = call_text(call, 2);
	size_t at = 0, next;
	uint32_t hint = 0;
	struct str out;

	call_str(call, &out);
	if (!old.len) {
		put_between(&out, &text, &with);
		return call_give_str(call, &out);
	}
	next = text_find(&text, 0, &old);
	if (next == TEXT_NOT_FOUND)
		return call_give_text(call, &text);
	for (; next != TEXT_NOT_FOUND; next = text_find(&text, at, &old)) {
		str_put_slice(&out, &text, at, next, &hint);
		str_put_text(&out, &with);
		at = next + old.len;
	}
	str_put_slice(&out, &text, at, text.len, &hint);
	return call_give_str(call, &out);
}

static const struct value *fn_repeat(struct call *call)
{
	int64_t times = call_int(call, 0);
	struct text text = call_text(call, 1);
	struct str out;

	if (times < 0)
		return call_fail(call, "strings: negative Repeat count");
	if (!call_fits(call, text.len, (uint64_t)times))
		return NULL;
	call_str(call, &out);
	str_reserve(&out, text.len * (size_t)times);
	str_repeat(&out, &text, (size_t)times);
	return call_give_str(call, &out);
}

static const struct value *out_of_range(struct call *call, int64_t begin,
					int64_t end)
{
	return call_fail(call,
			 "runtime error: slice bounds out of range [%lld:%lld]",
			 (long long)begin, (long long)end);
}

/* A negative START takes END alone; an END out of range is the end. */
static const struct value *fn_substr(struct call *call)
{
	int64_t begin = call_int(call, 0), end = call_int(call, 1);
	struct text text = call_text(call, 2);
	int64_t len = (int64_t)text.len;

	if (begin < 0) {
		if (end < 0 || end > len)
			return call_fail(call,
					 end < 0 ? "runtime error: slice "
						   "bounds out of range "
						   "[:%lld]"
						 : "runtime error: slice "
						   "bounds out of range "
						   "[:%lld] with length %lld",
					 (long long)end, (long long)len);
		return give_slice(call, &text, 0, (size_t)end);
	}
	if (end < 0 || end > len)
		end = len;
	if (begin > end)
		return out_of_range(call, begin, end);
	return give_slice(call, &text, (size_t)begin, (size_t)end);
}

static const struct value *fn_trunc(struct call *call)
{
	int64_t width = call_int(call, 0);
	struct text text = call_text(call, 1);
	size_t begin = 0, end = text.len;

	if (width < 0 && (uint64_t)-width < text.len)
		begin = text.len - (size_t)-width;
	else if (width >= 0 && (uint64_t)width < text.len)
		end = (size_t)width;
	return give_slice(call, &text, begin, end);
}

/*
 * An abbreviation keeps `offset` in sight: what is left of it becomes "..."
 * if that is worth it, and so does what does not fit at the right.
 */
static const struct value *abbreviate(struct call *call,
				      const struct text *text, int64_t offset,
				      int64_t width)
{
	int64_t len = (int64_t)text->len, from = 0, to = len;
	struct str out;

	if (width < 4 || (offset > 0 && width < 7) || len <= width)
		return call_give_text(call, text);
	if (offset > len)
		offset = len;
	if (len - offset < width - 3)
		offset = len - (width - 3);
	if (offset <= 4) {
		to = width - 3;
	} else if (offset + width - 3 < len) {
		from = offset;
		to = offset + width - 6;
	} else {
		from = len - (width - 3);
	}
	call_str(call, &out);
	str_mark_front(&out, text);
	if (from)
		str_puts(&out, "...");
	str_put_slice(&out, text, (size_t)from, (size_t)to, NULL);
	if (to < len)
		str_puts(&out, "...");
	return call_give_str(call, &out);
}

static const struct value *fn_abbrev(struct call *call)
{
	struct text text = call_text(call, 1);

	return abbreviate(call, &text, 0, call_int(call, 0));
}

static const struct value *fn_abbrevboth(struct call *call)
{
	struct text text = call_text(call, 2);

	return abbreviate(call, &text, call_int(call, 0), call_int(call, 1));
}

/* Every line is padded, empty ones too. */
static const struct value *pad_lines(struct call *call, const char *before)
{
	int64_t width = call_int(call, 0);
	struct text text = call_text(call, 1);
	size_t at = 0, end, lines = 1, i;
	uint32_t hint = 0;
	struct str out;

	if (width < 0)
		return call_fail(call, "strings: negative Repeat count");
	for (i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	if (!call_fits(call, lines, (uint64_t)width))
		return NULL;
	call_str(call, &out);
	str_reserve(&out, text.len + lines * (size_t)width + 2);
	str_mark_front(&out, &text);
	str_puts(&out, before);
	for (;; at = end) {
		const char *feed = memchr(text.at + at, '\n', text.len - at);

		end = feed ? (size_t)(feed - text.at) + 1 : text.len;
		str_fill(&out, ' ', (size_t)width);
		str_put_slice(&out, &text, at, end, &hint);
		if (!feed)
			return call_give_str(call, &out);
	}
}

static const struct value *fn_indent(struct call *call)
{
	return pad_lines(call, "");
}

static const struct value *fn_nindent(struct call *call)
{
	return pad_lines(call, "\n");
}

/*
 * Lines of at most `width` bytes, broken at blanks; blanks at the beginning
 * of a line go.  `long_words` breaks words that are longer than a line.
 */
static const struct value *wrap(struct call *call, const struct text *text,
				int64_t width, const struct text *feed,
				bool long_words)
{
	size_t at = 0, wide = width < 1 ? 1 : (size_t)width;
	uint32_t hint = 0;
	struct str out;

	call_str(call, &out);
	while (text->len - at > wide) {
		size_t end = at + wide;

		if (text->at[at] == ' ') {
			at++;
			continue;
		}
		while (end > at && text->at[end] != ' ')
			end--;
		if (end > at) {
			str_put_slice(&out, text, at, end, &hint);
			str_put_text(&out, feed);
			at = end + 1;
			continue;
		}
		end = at + wide;
		if (!long_words) {
			const char *blank =
				memchr(text->at + end, ' ', text->len - end);

			if (!blank)
				break;
			end = (size_t)(blank - text->at);
		}
		str_put_slice(&out, text, at, end, &hint);
		str_put_text(&out, feed);
		at = end + !long_words;
	}
	str_put_slice(&out, text, at, text->len, &hint);
	return call_give_str(call, &out);
}

static const struct value *fn_wrap(struct call *call)
{
	struct text text = call_text(call, 1), feed = text_of("\n", 1);

	return wrap(call, &text, call_int(call, 0), &feed, false);
}

static const struct value *fn_wrap_with(struct call *call)
{
	struct text feed = call_text(call, 1), text = call_text(call, 2);

	if (!feed.len)
		feed = text_of("\n", 1);
	return wrap(call, &text, call_int(call, 0), &feed, true);
}

static const struct value *fn_plural(struct call *call)
{
	struct text one = call_text(call, 0), many = call_text(call, 1);

	return call_give_text(call, call_int(call, 2) == 1 ? &one : &many);
}

static const struct value *fn_hello(struct call *call)
{
	return call_give_opaque(call, "Hello!", 6);
}

const struct func template_funcs_strings[] = {
	{ .name = "abbrev",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_abbrev,
	  .usage = "abbrev WIDTH TEXT",
	  .help = "TEXT, cut to WIDTH bytes with \"...\" at its end." },
	{ .name = "abbrevboth",
	  .takes = { ARG_INT, ARG_INT, ARG_STRING },
	  .run = fn_abbrevboth,
	  .usage = "abbrevboth OFFSET WIDTH TEXT",
	  .help = "TEXT, cut to WIDTH bytes around OFFSET with \"...\" at "
		  "either end." },
	{ .name = "contains",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_contains,
	  .usage = "contains PART TEXT",
	  .help = "Whether PART stands in TEXT." },
	{ .name = "hasPrefix",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_has_prefix,
	  .usage = "hasPrefix PREFIX TEXT",
	  .help = "Whether TEXT begins with PREFIX." },
	{ .name = "hasSuffix",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_has_suffix,
	  .usage = "hasSuffix SUFFIX TEXT",
	  .help = "Whether TEXT ends with SUFFIX." },
	{ .name = "hello",
	  .run = fn_hello,
	  .usage = "hello",
	  .help = "The text \"Hello!\"." },
	{ .name = "indent",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_indent,
	  .usage = "indent WIDTH TEXT",
	  .help = "TEXT with WIDTH spaces before every line." },
	{ .name = "nindent",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_nindent,
	  .usage = "nindent WIDTH TEXT",
	  .help = "A line feed, then TEXT with WIDTH spaces before every "
		  "line." },
	{ .name = "plural",
	  .takes = { ARG_STRING, ARG_STRING, ARG_INT },
	  .run = fn_plural,
	  .usage = "plural ONE MANY COUNT",
	  .help = "ONE if COUNT is 1, else MANY." },
	{ .name = "repeat",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_repeat,
	  .usage = "repeat COUNT TEXT",
	  .help = "TEXT, COUNT times." },
	{ .name = "replace",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING },
	  .run = fn_replace,
	  .usage = "replace OLD NEW TEXT",
	  .help = "TEXT with every OLD replaced by NEW." },
	{ .name = "substr",
	  .takes = { ARG_INT, ARG_INT, ARG_STRING },
	  .run = fn_substr,
	  .usage = "substr START END TEXT",
	  .help = "Bytes START up to END of TEXT. A negative START means the "
		  "beginning, a negative END the end." },
	{ .name = "trim",
	  .takes = { ARG_STRING },
	  .run = fn_trim,
	  .usage = "trim TEXT",
	  .help = "TEXT without white space at both ends." },
	{ .name = "trimAll",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_trim_all,
	  .usage = "trimAll CHARACTERS TEXT",
	  .help = "TEXT without any of CHARACTERS at both ends." },
	{ .name = "trimall",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_trim_all,
	  .usage = "trimall CHARACTERS TEXT",
	  .help = "The same as trimAll." },
	{ .name = "trimPrefix",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_trim_prefix,
	  .usage = "trimPrefix PREFIX TEXT",
	  .help = "TEXT without PREFIX, if it begins with it." },
	{ .name = "trimSuffix",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_trim_suffix,
	  .usage = "trimSuffix SUFFIX TEXT",
	  .help = "TEXT without SUFFIX, if it ends with it." },
	{ .name = "trunc",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_trunc,
	  .usage = "trunc LENGTH TEXT",
	  .help = "The first LENGTH bytes of TEXT, or the last ones if LENGTH "
		  "is negative." },
	{ .name = "wrap",
	  .takes = { ARG_INT, ARG_STRING },
	  .run = fn_wrap,
	  .usage = "wrap WIDTH TEXT",
	  .help = "TEXT in lines of at most WIDTH bytes; words stay whole." },
	{ .name = "wrapWith",
	  .takes = { ARG_INT, ARG_STRING, ARG_STRING },
	  .run = fn_wrap_with,
	  .usage = "wrapWith WIDTH SEPARATOR TEXT",
	  .help = "TEXT in pieces of at most WIDTH bytes with SEPARATOR "
		  "between them; long words are broken." },
	{ .name = NULL }
};
