#include "model/yaml_events_ahead.h"

#include <string.h>

#include "model/yaml_block.h"
#include "model/yaml_library.h"

static const char no_colon[] = "could not find expected ':'";

/*
 * A key has to be on one line and to have so many characters at most; in so
 * many tokens go-yaml v3 looks for comments.
 */
enum {
	KEY_MAX = 1024,
	COMMENT_TOKENS = 3
};

/* What may stand in front of, or be, brackets that must be a key. */
static bool is_opening(const yaml_token_t *token)
{
	return token->type == YAML_FLOW_SEQUENCE_START_TOKEN ||
	       token->type == YAML_FLOW_MAPPING_START_TOKEN ||
	       token->type == YAML_TAG_TOKEN ||
	       token->type == YAML_ANCHOR_TOKEN;
}

bool yaml_ahead_is_for(const char *text, size_t len)
{
	return yaml_block_has_odd_key(text, text + len);
}

static bool may_be_key(const yaml_parser_t *parser,
		       const yaml_simple_key_t *key)
{
	return key->possible && key->token_number >= parser->tokens_parsed &&
	       key->mark.line == parser->mark.line &&
	       key->mark.index + KEY_MAX >= parser->mark.index;
}

enum empty {
	EMPTY_OPEN,   /* a text would begin a key */
	EMPTY_MARKED, /* behind "?" and ":" nothing would */
	EMPTY_TEXT    /* in such a text */
};

/* The quote that ends a text in its line; NULL: none does. */
static const char *end_of_quoted(const char *at)
{
	const char quote = *at++;

	while (*at && *at != '\r' && *at != '\n') {
		if (*at == quote && (quote == '"' || at[1] != quote))
			return at;
		if (*at == quote || (*at == '\\' && quote == '"'))
			at++;
		at += *at != '\0';
	}
	return NULL;
}

/* A quoted text, an anchor or an alias: its last byte; NULL: none is there. */
static const char *end_of_node(const char *at)
{
	static const char word[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
	size_t len;

	if (*at == '"' || *at == '\'')
		return end_of_quoted(at);
	if (*at != '&' && *at != '*')
		return NULL;
	len = strspn(at + 1, word);
	return len && strchr(" \t\r\n?:,]}%@`", at[len + 1]) ? at + len : NULL;
}

/*
 * Whether brackets with what is at `*at` in them may still hold no key; then
 * `*at` is its last byte.
 */
static bool stays_empty(const char **place, enum empty *state)
{
	const char *at = *place, *end;
	bool blank = at[0] == ' ' || at[0] == '\t';

	if (*state == EMPTY_TEXT && at[0] > ' ' && !strchr(",?:[]{}#", at[0]))
		return true;
	if (*state == EMPTY_TEXT && at[0] == '#')
		return at[-1] != ' ' && at[-1] != '\t';
	if (*state == EMPTY_TEXT && at[0] == ':' && at[1] > ' ')
		return true;
	if (strchr(",?:", at[0])) {
		*state = at[0] == ',' ? EMPTY_OPEN : EMPTY_MARKED;
		return true;
	}
	if (at[0] == '-' && (at[1] == ' ' || at[1] == '\t')) {
		*state = EMPTY_OPEN;
		return true;
	}
	if (blank || *state != EMPTY_MARKED)
		return blank;
	end = end_of_node(at);
	if (end) {
		*place = end;
		return true;
	}
	*state = EMPTY_TEXT;
	return at[0] > ' ' && !strchr("[]{}#&*!|>'\"%@`", at[0]);
}

/*
 * The brackets at `from` with nothing in them that may be a key: where they
 * end, with whichever bracket; 0: not so.  Those that begin a line may hold
 * one end of it.
 */
static size_t end_of_empty(const struct yaml_ahead *ahead, size_t from,
			   bool owed)
{
	const char *text = ahead->text, *at = text + from + 1;
	const char *end = text + ahead->len, *most = text + from + KEY_MAX;
	enum empty state = EMPTY_OPEN;

	while (at < end && *at && at < most && stays_empty(&at, &state))
		at++;
	while (owed && at < end && strchr(" \r\n#", *at)) {
		if (*at == '#' && !strchr(" \t\r\n[{", at[-1]))
			return 0;
		at += *at == '#' ? strcspn(at, "\r\n") : 1;
	}
	return at < end && strchr("]}", *at) ? (size_t)(at - text) + 1 : 0;
}

/* The colon behind closed brackets, which becomes a part of a text. */
static void hide_colon(struct yaml_ahead *ahead, size_t from, size_t at,
		       size_t unread)
{
	yaml_parser_t *parser = ahead->parser;

	while (at < ahead->len &&
	       (ahead->text[at] == ' ' || ahead->text[at] == '\t'))
		at++;
	if (at >= ahead->len || ahead->text[at] != ':' ||
	    !(parser->flow_level || at + 1 == ahead->len ||
	      strchr(" \t\r\n", ahead->text[at + 1])))
		return;
	ahead->text[at] = 'Q';
	if (at - from < unread)
		parser->buffer.pointer[at - from] = 'Q';
}

/* Whether a line ends at the brackets, and something is in them behind it. */
static bool goes_on(const struct yaml_ahead *ahead, size_t from)
{
	const char *at = ahead->text + from + 1;

	at += strspn(at, " \t");
	if (*at != '\r' && *at != '\n')
		return false;
	at += strspn(at, " \t\r\n");
	return *at && !strchr("]}", *at);
}

/* Brackets are about to be opened: if they are empty, they are no key. */
static void forget_empty(struct yaml_ahead *ahead)
{
	yaml_parser_t *parser = ahead->parser;
	size_t unread = (size_t)(parser->buffer.last - parser->buffer.pointer);
	size_t raw =
		(size_t)(parser->raw_buffer.last - parser->raw_buffer.pointer);
	size_t from = ahead->at - unread - raw, end;
	bool owed = !parser->flow_level &&
		    parser->indent == (ptrdiff_t)parser->mark.column;

	if (!parser->simple_key_allowed)
		return;
	/* The end of the line is in stock: let_off() would come too late. */
	if (owed && goes_on(ahead, from)) {
		ahead->required = true;
		ahead->key = parser->mark;
		parser->indent--;
		return;
	}
	end = end_of_empty(ahead, from, owed);
	if (!end)
		return;
	/* A key around them has the scanner read on. */
	for (const yaml_simple_key_t *outer = parser->simple_keys.start;
	     outer < parser->simple_keys.top - 1; outer++)
		if (may_be_key(parser, outer))
			return;
	parser->simple_key_allowed = 0;
	if (owed) {
		ahead->owed = OWED_SEEN;
		ahead->owed_depth = 0;
		ahead->owed_key = parser->mark;
	}
	hide_colon(ahead, from, end, unread);
}

/*
 * Inside of brackets that begin a line and therefore must be a key, go-yaml
 * reads the next token before it notices that the line has ended.
 */
static void let_off(struct yaml_ahead *ahead, bool closing)
{
	yaml_parser_t *parser = ahead->parser;
	yaml_simple_key_t *key = parser->simple_keys.start;
	bool inside = parser->flow_level > (closing ? 1 : 0);

	if (!key->possible)
		return;
	if (inside && key->required &&
	    key->token_number == parser->tokens_parsed &&
	    parser->tokens.head < parser->tokens.tail &&
	    is_opening(parser->tokens.head)) {
		key->required = 0;
		ahead->required = true;
		ahead->key = key->mark;
	} else if (!inside && ahead->required) {
		key->required = 1;
		ahead->required = false;
	}
}

/* The scanner asks for the next character, with a few in stock. */
static int feed(void *data, unsigned char *buffer, size_t size, size_t *given)
{
	struct yaml_ahead *ahead = data;
	yaml_parser_t *parser = ahead->parser;
	char at = parser->unread ? (char)*parser->buffer.pointer : '\0';

	(void)size;
	if (parser->simple_keys.top > parser->simple_keys.start) {
		let_off(ahead, at == ']' || at == '}');
		if (at == '[' || at == '{')
			forget_empty(ahead);
	}
	*given = ahead->at < ahead->len;
	if (*given)
		buffer[0] = (unsigned char)ahead->text[ahead->at++];
	return 1;
}

void yaml_ahead_watch(struct yaml_ahead *ahead, yaml_parser_t *parser,
		      char *text, size_t len)
{
	ahead->parser = parser;
	ahead->text = text;
	ahead->len = len;
	ahead->at = 0;
	ahead->required = false;
	ahead->owed = OWED_NOTHING;
	libyaml.yaml_parser_set_input(parser, feed, ahead);
}

bool yaml_ahead_is_early(struct yaml_ahead *ahead, const yaml_parser_t *parser)
{
	const yaml_simple_key_t *key = parser->simple_keys.start;

	if (ahead->cut || parser->error != YAML_SCANNER_ERROR ||
	    strcmp(parser->problem, no_colon) != 0 || !key->possible ||
	    key->mark.index != parser->context_mark.index ||
	    key->token_number <= parser->tokens_parsed)
		return false;
	ahead->cut = true;
	ahead->cut_token = key->token_number;
	return true;
}

bool yaml_ahead_is_due(const struct yaml_ahead *ahead)
{
	const yaml_parser_t *parser = ahead->parser;

	return ahead->cut && (parser->tokens_parsed > ahead->cut_token ||
			      (parser->tokens_parsed == ahead->cut_token &&
			       parser->token_available));
}

static void fail_at(struct yaml_ahead *ahead, const yaml_mark_t *at,
		    const yaml_mark_t *key)
{
	yaml_parser_t *parser = ahead->parser;

	parser->error = YAML_SCANNER_ERROR;
	parser->problem = no_colon;
	parser->problem_mark = *at;
	parser->context_mark = *key;
}

/* Brackets that are no key and have to be one: the parser then says so. */
static bool refuse(struct yaml_ahead *ahead, const yaml_mark_t *from,
		   const yaml_mark_t *to)
{
	yaml_parser_t *parser = ahead->parser;
	const yaml_mark_t *key = &ahead->key;

	if (!ahead->required || from->index > key->index ||
	    to->index < key->index)
		return false;
	ahead->required = false;
	if (key->line == parser->mark.line &&
	    key->index + KEY_MAX >= parser->mark.index)
		return false;
	fail_at(ahead, &parser->mark, key);
	return true;
}

static bool is_end(const yaml_event_t *event)
{
	return event->type == YAML_SEQUENCE_END_EVENT ||
	       event->type == YAML_MAPPING_END_EVENT;
}

/* Go past the events of such brackets: whether this is the one behind them. */
static bool misses_colon(struct yaml_ahead *ahead, const yaml_event_t *event)
{
	bool opens = event->type == YAML_SEQUENCE_START_EVENT ||
		     event->type == YAML_MAPPING_START_EVENT;
	bool closes = is_end(event);

	if (ahead->owed == OWED_SEEN && opens &&
	    event->start_mark.index == ahead->owed_key.index)
		ahead->owed = OWED_OPEN;
	if (ahead->owed == OWED_OPEN) {
		ahead->owed_depth += opens;
		ahead->owed_depth -= closes;
		if (!ahead->owed_depth)
			ahead->owed = OWED_CLOSED;
		return false;
	}
	return ahead->owed == OWED_CLOSED;
}

/*
 * What stands behind such brackets in their line and only could have been the
 * beginning of a key does not ask for the colon.
 */
static bool asks_for_colon(const struct yaml_ahead *ahead,
			   const yaml_token_t *token)
{
	if (token->start_mark.line > ahead->owed_key.line)
		return true;
	if (token->type == YAML_SCALAR_TOKEN)
		return token->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		       token->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	return token->type != YAML_ALIAS_TOKEN && !is_opening(token);
}

/* The parser or the scanner has failed: which fault go-yaml finds there. */
static void find_fault(struct yaml_ahead *ahead)
{
	yaml_parser_t *parser = ahead->parser;
	const yaml_token_t *token = parser->tokens.head;

	if (yaml_ahead_is_due(ahead))
		return;
	if (ahead->owed == OWED_CLOSED) {
		if (token < parser->tokens.tail && asks_for_colon(ahead, token))
			fail_at(ahead, &token->start_mark, &ahead->owed_key);
	} else if (parser->error == YAML_PARSER_ERROR) {
		refuse(ahead, &parser->problem_mark, &parser->problem_mark);
	}
}

bool yaml_ahead_parse(struct yaml_ahead *ahead, yaml_event_t *event)
{
	yaml_parser_t *parser = ahead->parser;

	if (!libyaml.yaml_parser_parse(parser, event)) {
		find_fault(ahead);
		return false;
	}
	if (misses_colon(ahead, event) &&
	    (parser->tokens.head == parser->tokens.tail ||
	     asks_for_colon(ahead, parser->tokens.head))) {
		fail_at(ahead, &event->start_mark, &ahead->owed_key);
	} else if (!yaml_ahead_is_due(ahead) &&
		   (is_end(event) ||
		    !refuse(ahead, &event->start_mark, &event->end_mark))) {
		return true;
	}
	libyaml.yaml_event_delete(event);
	return false;
}

bool yaml_ahead_starts_none(const yaml_parser_t *parser, char at)
{
	const yaml_token_t *last = parser->tokens.tail - 1;

	return parser->error == YAML_SCANNER_ERROR &&
	       strcmp(parser->problem, no_colon) == 0 &&
	       parser->tokens.tail > parser->tokens.head &&
	       last->end_mark.line <= parser->context_mark.line &&
	       (at == '@' || at == '`' || at == '\t' ||
		(at == '%' && parser->problem_mark.column) ||
		((at == '>' || at == '|') && parser->flow_level));
}

bool yaml_ahead_scan(yaml_parser_t *parser)
{
	for (int i = 0; i < COMMENT_TOKENS; i++) {
		yaml_token_t token;

		parser->error = YAML_NO_ERROR;
		if (!libyaml.yaml_parser_scan(parser, &token))
			return parser->error != YAML_SCANNER_ERROR;
		libyaml.yaml_token_delete(&token);
	}
	return true;
}
