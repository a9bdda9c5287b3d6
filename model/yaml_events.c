#include "model/yaml_events.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/utf8.h"
#include "model/yaml_block.h"
#include "model/yaml_events_ahead.h"
#include "model/yaml_library.h"
#include "model/yaml_stand_in.h"

/* Each repair parses the text anew: a limit for the bytes of all of them. */
enum {
	REPAIRED_MAX = 1 << 28,
	FLOW_MAX = 128,
};

struct yaml_events {
	/* Who gives the events; `passed` are those that the scanner gave. */
	enum {
		BY_SCANNER,
		BY_LIBYAML,
		BY_NOBODY
	} by;
	struct yaml_block block;
	size_t passed;
	struct arena *own;    /* this, to the end of the document */
	struct arena *arena;  /* what the caller keeps */
	const char *original; /* the text of the document */
	const char *text;     /* that, or a repaired copy */
	char *copy;
	uint32_t base; /* of the document in its source */
	uint32_t len;
	enum yaml_dialect dialect;
	yaml_parser_t parser;
	yaml_event_t event;
	size_t given; /* events so far, to come back to after a repair */
	size_t repairs;
	size_t seen; /* so many tokens */
	struct yaml_stand_ins stand_ins;
	/* For the order of faults, in YAML_HELM. */
	bool watched;
	struct yaml_ahead ahead;
	uint32_t cut; /* where the text ends, before the fault that is due */
	struct yaml_problem due;
	/* libyaml counts characters: the last mark, in both units. */
	bool ascii;
	size_t mark_index;
	uint32_t mark_byte;
	/* The flow collections around, a bit for each: is it a map? */
	size_t flow;
	uint8_t flow_maps[FLOW_MAX / 8 + 1];
	uint32_t flow_lines[FLOW_MAX];
};

/* The text to be repaired, and so counted in characters from now on. */
static char *copy_text(struct yaml_events *events)
{
	if (!events->copy) {
		events->copy =
			arena_strndup(events->arena, events->text, events->len);
		events->text = events->copy;
	}
	return events->copy;
}

static void start_parser(struct yaml_events *events)
{
	if (!libyaml.yaml_parser_initialize(&events->parser))
		BUG("out of memory");
	libyaml.yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
	if (events->watched) {
		yaml_ahead_watch(&events->ahead, &events->parser,
				 copy_text(events),
				 events->ahead.cut ? events->cut : events->len);
		return;
	}
	libyaml.yaml_parser_set_input_string(
		&events->parser, (const unsigned char *)events->text,
		events->len);
}

static bool stand_in_for(struct yaml_events *events, enum yaml_stand_in which)
{
	return yaml_stand_ins_choose(&events->stand_ins, which, events->text,
				     events->len);
}

static const char *stand_in(const struct yaml_events *events,
			    enum yaml_stand_in which)
{
	return events->stand_ins.chosen[which];
}

/* libyaml drops the mark at the beginning of any line. */
static void replace_marks(struct yaml_events *events)
{
	static const char bom[] = "\xEF\xBB\xBF";
	char *at, *end;

	if (events->ascii || !yaml_text_holds(events->text, events->len, bom) ||
	    !stand_in_for(events, YAML_STAND_IN_MARK))
		return;
	at = copy_text(events);
	end = events->copy + events->len;
	while ((at = memchr(at, bom[0], (size_t)(end - at)))) {
		if (end - at >= 3 && memcmp(at, bom, 3) == 0)
			memcpy(at, stand_in(events, YAML_STAND_IN_MARK), 3);
		at++;
	}
}

/* In double quotes an unknown escape is left, elsewhere it is put back. */
static void replace_slashes(struct yaml_events *events)
{
	char *at, *end;

	if ((events->dialect != YAML_HELM &&
	     events->dialect != YAML_KUSTOMIZE) ||
	    !yaml_text_holds(events->text, events->len, "\\/") ||
	    !stand_in_for(events, YAML_STAND_IN_SLASH))
		return;
	at = copy_text(events);
	end = events->copy + events->len;
	while ((at = memchr(at, '\\', (size_t)(end - at)))) {
		at++;
		if (at < end && *at == '/')
			*at = *stand_in(events, YAML_STAND_IN_SLASH);
	}
}

static bool has_bom(const char *text, size_t begin, size_t end)
{
	return end - begin >= 3 && memcmp(text + begin, "\xEF\xBB\xBF", 3) == 0;
}

struct yaml_events *yaml_events_open(struct arena *arena,
				     const struct source *source, size_t begin,
				     size_t end, enum yaml_dialect dialect)
{
	struct arena *own = arena_new_small();
	struct yaml_events *events = arena_zalloc(own, sizeof(*events));

	/* go-yaml skips a mark before and another one after it looks. */
	for (int i = 0; i < 2 && has_bom(source->text, begin, end); i++)
		begin += 3;
	events->own = own;
	events->arena = arena;
	events->text = events->original = source->text + begin;
	events->base = (uint32_t)begin;
	events->len = (uint32_t)(end - begin);
	events->dialect = dialect;
	events->block.base = events->base;
	if (!yaml_block_open(&events->block, own, events->text, events->len))
		yaml_events_slow(events);
	return events;
}

void yaml_events_slow(struct yaml_events *events)
{
	if (events->by != BY_SCANNER)
		return;
	events->by = yaml_library_load() ? BY_LIBYAML : BY_NOBODY;
	if (events->by == BY_NOBODY)
		return;
	events->ascii =
		utf8_ascii_prefix(events->text, events->len) == events->len;
	replace_marks(events);
	replace_slashes(events);
	events->watched = events->dialect == YAML_HELM &&
			  yaml_ahead_is_for(events->text, events->len);
	start_parser(events);
}

void yaml_events_close(struct yaml_events *events)
{
	if (events->event.type != YAML_NO_EVENT)
		libyaml.yaml_event_delete(&events->event);
	if (events->by == BY_LIBYAML)
		libyaml.yaml_parser_delete(&events->parser);
	arena_free(events->own);
}

static uint32_t byte_at(struct yaml_events *events, const yaml_mark_t *mark)
{
	const char *text = events->text;

	if (events->ascii)
		return (uint32_t)mark->index;
	while (events->mark_index < mark->index &&
	       events->mark_byte < events->len) {
		do
			events->mark_byte++;
		while (events->mark_byte < events->len &&
		       (text[events->mark_byte] & 0xC0) == 0x80);
		events->mark_index++;
	}
	while (events->mark_index > mark->index) {
		do
			events->mark_byte--;
		while ((text[events->mark_byte] & 0xC0) == 0x80);
		events->mark_index--;
	}
	return events->mark_byte;
}

/* A plain scalar has taken the blanks and lines up to what is next. */
static bool comment_follows(struct yaml_events *events,
			    const yaml_token_t *token)
{
	const char *at = events->text + byte_at(events, &token->end_mark);

	if (token->type != YAML_SCALAR_TOKEN ||
	    token->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return true;
	while (*at == ' ' || *at == '\t')
		at++;
	return *at == '#';
}

/*
 * A line that was no key, and behind it only blanks or a comment without a
 * line feed: go-yaml v2 notices when it has gone to the next line, libyaml
 * before.
 */
static bool ends_in_line(struct yaml_events *events)
{
	const yaml_parser_t *parser = &events->parser;
	const yaml_token_t *last = parser->tokens.tail - 1;

	return parser->problem_mark.column != 0 && parser->eof &&
	       parser->unread <= 1 &&
	       parser->context_mark.line != parser->problem_mark.line &&
	       parser->tokens.tail > parser->tokens.head &&
	       last->end_mark.line == parser->context_mark.line &&
	       strcmp(parser->problem, "could not find expected ':'") == 0 &&
	       comment_follows(events, last);
}

/*
 * go-yaml's two versions look at different marks first, add one only for
 * faults of the scanner, and print no line at all for the first one.
 */
static uint32_t go_line(struct yaml_events *events)
{
	const yaml_parser_t *parser = &events->parser;
	bool scanner = parser->error == YAML_SCANNER_ERROR;
	size_t problem = parser->problem_mark.line;
	size_t context = parser->context_mark.line;

	if (events->dialect == YAML_HELM) {
		if (problem && scanner && ends_in_line(events))
			problem++;
		if (problem)
			return (uint32_t)problem + scanner;
		return (uint32_t)context;
	}
	if (context)
		return (uint32_t)context + scanner;
	return problem ? (uint32_t)problem + scanner : 0;
}

static bool is_due(const struct yaml_events *events)
{
	return events->watched && yaml_ahead_is_due(&events->ahead);
}

static bool fail(struct yaml_events *events, struct yaml_problem *problem)
{
	const yaml_parser_t *parser = &events->parser;
	uint32_t at;

	if (is_due(events)) {
		*problem = events->due;
		return false;
	}
	if (parser->error == YAML_READER_ERROR)
		at = (uint32_t)parser->problem_offset;
	else
		at = byte_at(events, &parser->problem_mark);
	*problem = (struct yaml_problem){
		.offset = events->base + (at < events->len ? at : events->len),
		.go_line = go_line(events),
		.text = parser->problem
				? arena_strdup(events->arena, parser->problem)
				: "unknown problem parsing YAML content",
	};
	if (at < events->len && events->dialect == YAML_HELM &&
	    yaml_ahead_starts_none(parser, events->text[at]) &&
	    comment_follows(events, parser->tokens.tail - 1))
		problem->text = "found character that cannot start any token";
	if (events->dialect != YAML_CORE)
		yaml_problem_version(problem, events->text, events->len);
	return false;
}

/* A comma or bracket that go-yaml takes for a part of the tag before it. */
static bool repair_tag(struct yaml_events *events, uint32_t at)
{
	static const char marks[] = ",[]";
	const char *mark = memchr(marks, events->text[at], sizeof(marks) - 1);
	enum yaml_stand_in which;

	if (!mark || events->dialect == YAML_CORE)
		return false;
	which = YAML_STAND_IN_COMMA + (enum yaml_stand_in)(mark - marks);
	if (!stand_in_for(events, which))
		return false;
	copy_text(events)[at] = *stand_in(events, which);
	return true;
}

static bool may_repair(struct yaml_events *events)
{
	return ++events->repairs * (size_t)events->len <= REPAIRED_MAX;
}

/*
 * A ? in a plain text of a flow collection, which for go-yaml v2 ends the text
 * and begins a key.  A comma makes libyaml's scanner go on as go-yaml's does:
 * what that stumbles over behind it is reported before the key, if it looks
 * that far.
 */
static bool cut_question(struct yaml_events *events, const yaml_mark_t *begin,
			 const yaml_mark_t *end)
{
	uint32_t from = byte_at(events, begin) + 1, to = byte_at(events, end);
	const char *at;

	if (events->dialect != YAML_HELM || to <= from)
		return false;
	at = memchr(events->text + from, '?', to - from);
	if (!at || !may_repair(events))
		return false;
	from = (uint32_t)(at - events->text);
	copy_text(events)[from] = ',';
	return true;
}

/* Whether it is a tag that ends there, and not the anchor behind one. */
static bool ends_in_tag(struct yaml_events *events, uint32_t at)
{
	uint32_t from = byte_at(events, &events->event.start_mark), word = at;

	while (word > from && !strchr(" \t\r\n", events->text[word - 1]))
		word--;
	return events->text[word] == '!';
}

/* In a flow collection libyaml ends a tag at a comma. */
static bool repair_flow(struct yaml_events *events)
{
	const yaml_event_t *event = &events->event;
	uint32_t at;

	if (!events->flow || event->type != YAML_SCALAR_EVENT ||
	    event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return false;
	if (event->data.scalar.length)
		return cut_question(events, &event->start_mark,
				    &event->end_mark);
	at = byte_at(events, &event->end_mark);
	return event->data.scalar.tag && events->text[at] == ',' &&
	       ends_in_tag(events, at) && may_repair(events) &&
	       repair_tag(events, at);
}

/* By how many flow collections are around what follows the token. */
static int opens_flow(const yaml_token_t *token)
{
	return (token->type == YAML_FLOW_SEQUENCE_START_TOKEN) +
	       (token->type == YAML_FLOW_MAPPING_START_TOKEN) -
	       (token->type == YAML_FLOW_SEQUENCE_END_TOKEN) -
	       (token->type == YAML_FLOW_MAPPING_END_TOKEN);
}

static bool repair_token(struct yaml_events *events, const yaml_token_t *token,
			 bool in_flow)
{
	uint32_t at;

	if (token->type == YAML_SCALAR_TOKEN)
		return in_flow &&
		       token->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		       cut_question(events, &token->start_mark,
				    &token->end_mark);
	if (token->type != YAML_TAG_TOKEN)
		return false;
	at = byte_at(events, &token->end_mark);
	return events->text[at] == ',' && may_repair(events) &&
	       repair_tag(events, at);
}

/* The same for tokens that the scanner has come to, ahead of the event. */
static bool repair_ahead(struct yaml_events *events, size_t seen)
{
	const yaml_parser_t *parser = &events->parser;
	size_t from = parser->tokens_parsed;
	ptrdiff_t flow = (ptrdiff_t)events->flow;
	const yaml_token_t *token;

	if (events->dialect != YAML_HELM)
		return false;
	for (token = parser->tokens.head; token < parser->tokens.tail;
	     token++, from++) {
		flow += opens_flow(token);
		if (from >= seen && repair_token(events, token, flow > 0))
			return true;
	}
	events->seen = from;
	return false;
}

/* Whether another fault may be the first one that go-yaml finds. */
static bool look_again(struct yaml_events *events)
{
	yaml_parser_t *parser = &events->parser;

	if (events->dialect != YAML_HELM)
		return false;
	if (!events->watched) {
		events->watched = true;
		return true;
	}
	if (!yaml_ahead_is_early(&events->ahead, parser))
		return false;
	fail(events, &events->due);
	events->cut = byte_at(events, &parser->context_mark);
	return true;
}

/* Whether libyaml stumbled over something that go-yaml takes. */
static bool repair(struct yaml_events *events)
{
	const yaml_parser_t *parser = &events->parser;
	uint32_t at;

	if (is_due(events))
		return false;
	if ((parser->error != YAML_SCANNER_ERROR &&
	     parser->error != YAML_PARSER_ERROR) ||
	    !may_repair(events))
		return false;
	if (repair_ahead(events, 0))
		return true;
	at = byte_at(events, &parser->problem_mark);
	if (strcmp(parser->problem, "found undefined tag handle") == 0) {
		at += (uint32_t)strcspn(events->text + at, " \t\r\n,[]{}");
		return at < events->len && repair_tag(events, at);
	}
	if (parser->error != YAML_SCANNER_ERROR)
		return look_again(events);
	if ((strcmp(parser->problem, "did not find expected tag URI") == 0 ||
	     strcmp(parser->problem,
		    "did not find expected whitespace or line break") == 0) &&
	    repair_tag(events, at))
		return true;
	if (events->text[at] == ':' &&
	    strcmp(parser->problem, "found unexpected ':'") == 0) {
		if (!stand_in_for(events, YAML_STAND_IN_COLON))
			return false;
		copy_text(events)[at] = *stand_in(events, YAML_STAND_IN_COLON);
		return true;
	}
	if (events->text[at] == '\\' && events->text[at + 1] == '\'' &&
	    strcmp(parser->problem, "found unknown escape character") == 0) {
		if (!stand_in_for(events, YAML_STAND_IN_QUOTE))
			return false;
		memcpy(copy_text(events) + at,
		       stand_in(events, YAML_STAND_IN_QUOTE), 2);
		events->ascii = false;
		return true;
	}
	return look_again(events);
}

static bool parse(struct yaml_events *events)
{
	if (events->event.type != YAML_NO_EVENT)
		libyaml.yaml_event_delete(&events->event);
	if (events->watched ? yaml_ahead_parse(&events->ahead, &events->event)
			    : libyaml.yaml_parser_parse(&events->parser,
							&events->event))
		return true;
	events->event.type = YAML_NO_EVENT;
	return false;
}

/* The ? that was cut off behind what ends there; NULL: there was none. */
static const char *question_behind(const struct yaml_events *events,
				   uint32_t end)
{
	const char *at = events->text + end;

	at += strspn(at, " \t\r\n");
	return *at == ',' && events->original[at - events->text] == '?' ? at
									: NULL;
}

static bool ends_in_question(struct yaml_events *events)
{
	return events->event.type == YAML_SCALAR_EVENT &&
	       question_behind(events,
			       byte_at(events, &events->event.end_mark));
}

/*
 * Parse the repaired text up to the event that is next, or to the one that
 * fails: with a text cut off, [a? b: c] begins with no map any more.
 */
static bool parse_again(struct yaml_events *events)
{
	size_t i = 0;

	libyaml.yaml_parser_delete(&events->parser);
	start_parser(events);
	events->mark_index = 0;
	events->mark_byte = 0;
	events->seen = 0;
	while (parse(events))
		if (i++ == events->given || ends_in_question(events))
			return true;
	return false;
}

/* The next event, of the repaired text if need be. */
static bool advance(struct yaml_events *events)
{
	bool parsed = parse(events);

	while (parsed ? repair_flow(events) ||
				repair_ahead(events, events->seen)
		      : repair(events))
		parsed = parse_again(events);
	events->given += parsed;
	return parsed;
}

static enum value_style style_of(const yaml_event_t *event)
{
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return VALUE_STYLE_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return VALUE_STYLE_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE:
		return VALUE_STYLE_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return VALUE_STYLE_FOLDED;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return VALUE_STYLE_PLAIN;
}

/* The ? inside the event, or the one that was cut off behind it; or NULL. */
static const char *question_of(const struct yaml_events *events,
			       const struct yaml_event *event)
{
	const char *text = events->text + (event->begin - events->base);
	const char *end = events->text + (event->end - events->base);

	if (events->dialect != YAML_HELM)
		return end - text > 1
			       ? memchr(text + 1, '?', (size_t)(end - text - 1))
			       : NULL;
	return question_behind(events, event->end - events->base);
}

/*
 * In a flow collection go-yaml takes any ? for the indicator of a key, so
 * [a?b] ends in an error behind the a.
 */
static bool question_fails(struct yaml_events *events,
			   const struct yaml_event *event,
			   struct yaml_problem *problem)
{
	const char *text = events->text + (event->begin - events->base);
	uint32_t line = (uint32_t)events->event.start_mark.line;
	const char *at = question_of(events, event);
	bool map;

	if (!at || events->flow >= FLOW_MAX)
		return false;
	for (const char *feed = text;
	     (feed = memchr(feed, '\n', (size_t)(at - feed))); feed++)
		line++;
	if (events->dialect != YAML_HELM && events->flow_lines[events->flow])
		line = events->flow_lines[events->flow];
	map = events->flow_maps[events->flow / 8] >> events->flow % 8 & 1;
	*problem = (struct yaml_problem){
		.offset = event->begin + (uint32_t)(at - text),
		.go_line = line,
		.text = map ? "did not find expected ',' or '}'"
			    : "did not find expected ',' or ']'",
	};
	return true;
}

/* NULL: none. */
static const char *tag_at(const struct yaml_events *events, yaml_char_t *tag)
{
	size_t len = tag ? strlen((char *)tag) : 0;

	if (len && events->copy)
		yaml_stand_ins_restore(&events->stand_ins, (char *)tag, &len);
	return (const char *)tag;
}

static bool give_scalar(struct yaml_events *events, struct yaml_event *event,
			struct yaml_problem *problem)
{
	yaml_event_t *from = &events->event;

	event->kind = YAML_EVENT_SCALAR;
	event->style = style_of(from);
	event->len = from->data.scalar.length;
	if (events->copy)
		yaml_stand_ins_restore(&events->stand_ins,
				       (char *)from->data.scalar.value,
				       &event->len);
	event->text = (const char *)from->data.scalar.value;
	event->anchor = (const char *)from->data.scalar.anchor;
	event->tag = tag_at(events, from->data.scalar.tag);
	event->plain = from->data.scalar.plain_implicit && !event->tag;
	/* The tag that only says "not plain". */
	if (event->tag && strcmp(event->tag, "!") == 0)
		event->tag = NULL;
	return !(events->flow && event->style == VALUE_STYLE_PLAIN &&
		 events->dialect != YAML_CORE &&
		 question_fails(events, event, problem));
}

static void open_flow(struct yaml_events *events, bool map)
{
	uint8_t bit;

	if (++events->flow >= FLOW_MAX)
		return;
	events->flow_lines[events->flow] =
		(uint32_t)events->event.start_mark.line;
	bit = (uint8_t)(1u << events->flow % 8);
	if (map)
		events->flow_maps[events->flow / 8] |= bit;
	else
		events->flow_maps[events->flow / 8] &= (uint8_t)~bit;
}

static void give_collection(struct yaml_events *events,
			    struct yaml_event *event)
{
	const yaml_event_t *from = &events->event;
	bool flow;

	if (from->type == YAML_SEQUENCE_START_EVENT) {
		event->kind = YAML_EVENT_LIST;
		event->anchor = (const char *)from->data.sequence_start.anchor;
		event->tag = tag_at(events, from->data.sequence_start.tag);
		flow = from->data.sequence_start.style ==
		       YAML_FLOW_SEQUENCE_STYLE;
	} else {
		event->kind = YAML_EVENT_MAP;
		event->anchor = (const char *)from->data.mapping_start.anchor;
		event->tag = tag_at(events, from->data.mapping_start.tag);
		flow = from->data.mapping_start.style ==
		       YAML_FLOW_MAPPING_STYLE;
	}
	event->style = flow ? VALUE_STYLE_FLOW : VALUE_STYLE_BLOCK;
	/* The pair of [a: b] is a map without braces. */
	if (flow)
		open_flow(events,
			  event->kind == YAML_EVENT_MAP &&
				  (event->anchor || event->tag ||
				   events->text[event->begin - events->base] ==
					   '{'));
}

/* For go-yaml there is no YAML but 1.1. */
static bool knows_version(const struct yaml_events *events,
			  const struct yaml_event *event,
			  struct yaml_problem *problem)
{
	const yaml_event_t *from = &events->event;
	const yaml_version_directive_t *version =
		from->data.document_start.version_directive;

	if (events->dialect == YAML_CORE || !version ||
	    (version->major == 1 && version->minor == 1))
		return true;
	*problem = (struct yaml_problem){
		.offset = event->begin,
		.go_line = (uint32_t)from->start_mark.line,
		.text = "found incompatible YAML document",
	};
	return false;
}

static bool next(struct yaml_events *events, struct yaml_event *event,
		 struct yaml_problem *problem)
{
	do
		if (!advance(events))
			return fail(events, problem);
	while (events->event.type == YAML_STREAM_START_EVENT);
	*event = (struct yaml_event){
		.begin = events->base +
			 byte_at(events, &events->event.start_mark),
		.end = events->base + byte_at(events, &events->event.end_mark),
	};
	switch (events->event.type) {
	case YAML_SCALAR_EVENT:
		return give_scalar(events, event, problem);
	case YAML_ALIAS_EVENT:
		event->kind = YAML_EVENT_ALIAS;
		event->text = (const char *)events->event.data.alias.anchor;
		event->len = strlen(event->text);
		return true;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		give_collection(events, event);
		return true;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		event->kind = YAML_EVENT_CLOSE;
		events->flow -= events->flow > 0;
		return true;
	case YAML_DOCUMENT_START_EVENT:
		event->kind = YAML_EVENT_DOCUMENT;
		return knows_version(events, event, problem);
	case YAML_DOCUMENT_END_EVENT:
		event->kind = YAML_EVENT_DOCUMENT_END;
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
		break;
	}
	event->kind = YAML_EVENT_END;
	return true;
}

static bool lacks_libyaml(const struct yaml_events *events,
			  struct yaml_problem *problem)
{
	if (events->by != BY_NOBODY)
		return false;
	*problem = (struct yaml_problem){ .offset = events->base,
					  .text = YAML_LIBRARY_MISSING,
					  .limit = true };
	return true;
}

/* With libyaml from the start, to behind what was given already. */
static bool begin_again(struct yaml_events *events,
			struct yaml_problem *problem)
{
	yaml_events_slow(events);
	if (lacks_libyaml(events, problem))
		return false;
	while (events->passed--)
		if (!next(events, &(struct yaml_event){ 0 }, problem))
			return false;
	return true;
}

bool yaml_events_next(struct yaml_events *events, struct yaml_event *event,
		      struct yaml_problem *problem)
{
	if (events->by == BY_SCANNER &&
	    yaml_block_next(&events->block, event)) {
		events->passed++;
		return true;
	}
	if (events->by != BY_LIBYAML && !begin_again(events, problem))
		return false;
	return next(events, event, problem);
}

bool yaml_events_confirm(struct yaml_events *events,
			 struct yaml_problem *problem)
{
	return events->by != BY_SCANNER || begin_again(events, problem);
}

bool yaml_events_end(struct yaml_events *events, struct yaml_problem *problem)
{
	/* The scanner reads no text with something behind the document. */
	if (events->by == BY_SCANNER || advance(events))
		return true;
	if (events->parser.error != YAML_SCANNER_ERROR &&
	    yaml_ahead_scan(&events->parser))
		return true;
	return fail(events, problem);
}
