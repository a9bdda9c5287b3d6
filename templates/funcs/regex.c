/*
 * Regular expressions.  The must... forms report a bad pattern; the others run
 * into Go's MustCompile, whose panic is an error in other words.
 */
#include "base/regex.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "model/quote.h"
#include "templates/func.h"
#include "templates/funcs/capacity.h"
#include "templates/funcs/items.h"

/* A pattern and the text it is used on. */
struct search {
	struct regex *regex;
	struct text text;
	struct regex_span *spans;
	size_t count; /* of spans: the groups and the whole */
};

/* A pattern as Go shows it: in back-quotes, unless they cannot hold it. */
static const char *shown(struct call *call, const struct text *pattern)
{
	struct str out;
	size_t at, size;

	str_init(&out, call->arena);
	for (at = 0; at < pattern->len; at += size) {
		uint32_t rune =
			utf8_decode(pattern->at + at, pattern->len - at, &size);

		if ((size == 1 && rune == UTF8_REPLACEMENT) || rune == 0xFEFF ||
		    rune == '`' || rune == 0x7F ||
		    (rune < ' ' && rune != '\t')) {
			quote_put(&out, pattern);
			return str_text(&out);
		}
	}
	str_printf(&out, "`%.*s`", (int)pattern->len, pattern->at);
	return str_text(&out);
}

static bool search_begin(struct search *search, struct call *call, bool must)
{
	struct text pattern = call_text(call, 0);
	const char *error = "";

	search->text = call_text(call, 1);
	search->regex =
		regex_compile(call->arena, pattern.at, pattern.len, &error);
	if (!search->regex) {
		if (must)
			call_fail(call, "%s", error);
		else
			call_fail(call, "regexp: Compile(%s): %s",
				  shown(call, &pattern), error);
		return false;
	}
	search->count = regex_groups(search->regex) + 1;
	search->spans = arena_alloc(call->arena,
				    search->count * sizeof(*search->spans));
	return true;
}

static struct regex_iterator matches_of(const struct search *search)
{
	struct regex_iterator it = { .regex = search->regex,
				     .text = search->text.at,
				     .len = search->text.len };

	return it;
}

static const struct value *fn_match(struct call *call)
{
	struct text pattern = call_text(call, 0), text = call_text(call, 1);
	const char *error;
	struct regex *regex =
		regex_compile(call->arena, pattern.at, pattern.len, &error);

	return call_give_bool(call,
			      regex && regex_matches(regex, text.at, text.len));
}

static const struct value *fn_must_match(struct call *call)
{
	struct search search;

	if (!search_begin(&search, call, true))
		return NULL;
	return call_give_bool(call, regex_matches(search.regex, search.text.at,
						  search.text.len));
}

static const struct value *find(struct call *call, bool must)
{
	struct search search;
	struct text found;

	if (!search_begin(&search, call, must))
		return NULL;
	if (!regex_search(search.regex, search.text.at, search.text.len,
			  search.spans, 1))
		return call_give_opaque(call, "", 0);
	found = text_slice(call->arena, &search.text, search.spans[0].begin,
			   search.spans[0].end);
	return call_give_text(call, &found);
}

static const struct value *fn_find(struct call *call)
{
	return find(call, false);
}

static const struct value *fn_must_find(struct call *call)
{
	return find(call, true);
}

/* None at all is a nil list: null in JSON. */
static const struct value *find_all(struct call *call, bool must)
{
	int64_t left = call_int(call, 2);
	struct value *list = call_new_list(call);
	struct regex_iterator it;
	struct search search;

	if (!search_begin(&search, call, must))
		return NULL;
	list->type = VALUE_TYPE_STRINGS;
	it = matches_of(&search);
	while (left && regex_next(&it, search.spans, 1)) {
		strings_add(call, list,
			    text_slice(call->arena, &search.text,
				       search.spans[0].begin,
				       search.spans[0].end));
		left--;
	}
	capacity_grown(list, 10);
	if (!value_count(list))
		list->flags |= VALUE_FLAG_NIL;
	return list;
}

static const struct value *fn_find_all(struct call *call)
{
	return find_all(call, false);
}

static const struct value *fn_must_find_all(struct call *call)
{
	return find_all(call, true);
}

/* The name behind a '$'; `*end` is what follows.  False: it is none. */
static bool reference(const struct text *with, size_t at, struct text *name,
		      size_t *end)
{
	bool brace = at < with->len && with->at[at] == '{';
	size_t begin = at += brace, size;

	for (; at < with->len; at += size) {
		uint32_t rune =
			utf8_decode(with->at + at, with->len - at, &size);

		if (!rune_is_letter(rune) && !rune_is_digit(rune) &&
		    rune != '_')
			break;
	}
	*name = text_of(with->at + begin, at - begin);
	*end = at + brace;
	if (at == begin)
		return false;
	return !brace || (at < with->len && with->at[at] == '}');
}

/* A number without leading zeros, else -1. */
static long group_number(const struct text *name)
{
	long number = 0;
	size_t i;

	if (name->at[0] == '0' && name->len > 1)
		return -1;
	for (i = 0; i < name->len; i++) {
		if (name->at[i] < '0' || name->at[i] > '9' ||
		    number >= 100000000)
			return -1;
		number = number * 10 + name->at[i] - '0';
	}
	return number;
}

/* The group a reference means, NULL if there is none or it did not match. */
static const struct regex_span *group_of(const struct search *search,
					 const struct text *name)
{
	long number = group_number(name);
	size_t i;

	if (number >= 0)
		return (size_t)number < search->count &&
				       search->spans[number].begin !=
					       REGEX_UNSET
			       ? &search->spans[number]
			       : NULL;
	for (i = 1; i < search->count; i++) {
		const char *own = regex_group_name(search->regex, i);

		if (strlen(own) == name->len &&
		    memcmp(own, name->at, name->len) == 0 &&
		    search->spans[i].begin != REGEX_UNSET)
			return &search->spans[i];
	}
	return NULL;
}

/* What stands for one match: $1, ${name} and $$ in `with` are replaced. */
static void expand(struct str *out, const struct search *search,
		   const struct text *with)
{
	size_t at = 0, end;
	uint32_t hint = 0;

	while (at < with->len) {
		const char *dollar = memchr(with->at + at, '$', with->len - at);
		size_t stop = dollar ? (size_t)(dollar - with->at) : with->len;
		const struct regex_span *group;
		struct text name;

		str_put_slice(out, with, at, stop, &hint);
		if (!dollar)
			return;
		at = stop + 1;
		if (at < with->len && with->at[at] == '$') {
			str_put_slice(out, with, at, at + 1, &hint);
			at++;
		} else if (!reference(with, at, &name, &end)) {
			str_put_slice(out, with, stop, at, &hint);
		} else {
			group = group_of(search, &name);
			if (group)
				str_put_slice(out, &search->text, group->begin,
					      group->end, NULL);
			at = end;
		}
	}
}

static const struct value *replace(struct call *call, bool must, bool literal)
{
	struct text with = call_text(call, 2);
	struct regex_iterator it;
	struct search search;
	uint32_t hint = 0;
	struct str out;
	size_t at = 0;

	if (!search_begin(&search, call, must))
		return NULL;
	call_str(call, &out);
	it = matches_of(&search);
	while (regex_next(&it, search.spans, search.count)) {
		str_put_slice(&out, &search.text, at, search.spans[0].begin,
			      &hint);
		if (literal)
			str_put_text(&out, &with);
		else
			expand(&out, &search, &with);
		at = search.spans[0].end;
	}
	str_put_slice(&out, &search.text, at, search.text.len, &hint);
	return call_give_str(call, &out);
}

static const struct value *fn_replace_all(struct call *call)
{
	return replace(call, false, false);
}

static const struct value *fn_must_replace_all(struct call *call)
{
	return replace(call, true, false);
}

static const struct value *fn_replace_literal(struct call *call)
{
	return replace(call, false, true);
}

static const struct value *fn_must_replace_literal(struct call *call)
{
	return replace(call, true, true);
}

/* An empty match at the beginning separates nothing. */
static const struct value *split(struct call *call, bool must)
{
	int64_t pieces = call_int(call, 2);
	struct value *list = call_new_list(call);
	struct regex_iterator it;
	size_t at = 0, end = 0;
	struct search search;
	uint32_t found = 0;

	if (!search_begin(&search, call, must))
		return NULL;
	list->type = VALUE_TYPE_STRINGS;
	if (!pieces) {
		list->flags |= VALUE_FLAG_NIL;
		return list;
	}
	if (!search.text.len && call_text(call, 0).len) {
		strings_add(call, list, text_of("", 0));
		return list;
	}
	it = matches_of(&search);
	while (regex_next(&it, search.spans, 1)) {
		found++;
		if (pieces == 1)
			break;
		end = search.spans[0].begin;
		if (search.spans[0].end) {
			strings_add(
				call, list,
				text_slice(call->arena, &search.text, at, end));
			pieces--;
		}
		at = search.spans[0].end;
	}
	if (end != search.text.len)
		strings_add(call, list,
			    text_slice(call->arena, &search.text, at,
				       search.text.len));
	capacity_grown(list, found);
	if (!value_count(list))
		list->flags |= VALUE_FLAG_NIL;
	return list;
}

static const struct value *fn_split(struct call *call)
{
	return split(call, false);
}

static const struct value *fn_must_split(struct call *call)
{
	return split(call, true);
}

static const struct value *fn_quote_meta(struct call *call)
{
	struct text text = call_text(call, 0);
	size_t run = 0, i;
	uint32_t hint = 0;
	struct str out;

	call_str(call, &out);
	str_mark_front(&out, &text);
	for (i = 0; i < text.len; i++) {
		if (!text.at[i] || !strchr("\\.+*?()|[]{}^$", text.at[i]))
			continue;
		str_put_slice(&out, &text, run, i, &hint);
		str_putc(&out, '\\');
		run = i;
	}
	str_put_slice(&out, &text, run, text.len, &hint);
	return call_give_str(call, &out);
}

const struct func template_funcs_regex[] = {
	{ .name = "mustRegexFind",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_must_find,
	  .usage = "mustRegexFind PATTERN TEXT",
	  .help = "The same as regexFind." },
	{ .name = "mustRegexFindAll",
	  .takes = { ARG_STRING, ARG_STRING, ARG_INT },
	  .run = fn_must_find_all,
	  .usage = "mustRegexFindAll PATTERN TEXT COUNT",
	  .help = "The same as regexFindAll." },
	{ .name = "mustRegexMatch",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_must_match,
	  .usage = "mustRegexMatch PATTERN TEXT",
	  .help = "Whether PATTERN matches in TEXT; a bad pattern is an "
		  "error." },
	{ .name = "mustRegexReplaceAll",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING },
	  .run = fn_must_replace_all,
	  .usage = "mustRegexReplaceAll PATTERN TEXT NEW",
	  .help = "The same as regexReplaceAll." },
	{ .name = "mustRegexReplaceAllLiteral",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING },
	  .run = fn_must_replace_literal,
	  .usage = "mustRegexReplaceAllLiteral PATTERN TEXT NEW",
	  .help = "The same as regexReplaceAllLiteral." },
	{ .name = "mustRegexSplit",
	  .takes = { ARG_STRING, ARG_STRING, ARG_INT },
	  .run = fn_must_split,
	  .usage = "mustRegexSplit PATTERN TEXT COUNT",
	  .help = "The same as regexSplit." },
	{ .name = "regexFind",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_find,
	  .usage = "regexFind PATTERN TEXT",
	  .help = "The first match of PATTERN in TEXT, or \"\"." },
	{ .name = "regexFindAll",
	  .takes = { ARG_STRING, ARG_STRING, ARG_INT },
	  .run = fn_find_all,
	  .usage = "regexFindAll PATTERN TEXT COUNT",
	  .help = "The first COUNT matches of PATTERN in TEXT, all if COUNT "
		  "is negative." },
	{ .name = "regexMatch",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_match,
	  .usage = "regexMatch PATTERN TEXT",
	  .help = "Whether PATTERN matches in TEXT; a bad pattern never "
		  "does." },
	{ .name = "regexQuoteMeta",
	  .takes = { ARG_STRING },
	  .run = fn_quote_meta,
	  .usage = "regexQuoteMeta TEXT",
	  .help = "A pattern that matches TEXT itself." },
	{ .name = "regexReplaceAll",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING },
	  .run = fn_replace_all,
	  .usage = "regexReplaceAll PATTERN TEXT NEW",
	  .help = "TEXT with each match replaced by NEW, in which $1 or "
		  "${name} stand for groups." },
	{ .name = "regexReplaceAllLiteral",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING },
	  .run = fn_replace_literal,
	  .usage = "regexReplaceAllLiteral PATTERN TEXT NEW",
	  .help = "TEXT with each match replaced by NEW as it is." },
	{ .name = "regexSplit",
	  .takes = { ARG_STRING, ARG_STRING, ARG_INT },
	  .run = fn_split,
	  .usage = "regexSplit PATTERN TEXT COUNT",
	  .help = "At most COUNT pieces of TEXT between the matches, all if "
		  "COUNT is negative." },
	{ .name = NULL }
};
