/*
 * How far go-yaml v2's scanner looks ahead of its parser, done with libyaml's.
 * Private to model/yaml_events.c.
 *
 * Where a document has several faults, it is the first one that counts, and
 * that depends on who comes first to which place: the parser to a token that
 * does not fit, or the scanner to text that is none.  What the two libraries
 * do differently:
 *
 * - A text that begins a line and has no colon behind it is a fault for
 *   libyaml when the scanner leaves the line, for go-yaml when the parser
 *   arrives there.
 * - go-yaml forgets that [] and {} may be keys as soon as they are closed, and
 *   hands them to the parser; a colon behind them then comes out of order.
 *   Where they begin a line the next token still misses that colon.
 * - In brackets that must be a key go-yaml reads the token after the end of
 *   the line before it looks at the key.
 */
#ifndef MODEL_YAML_EVENTS_AHEAD_H
#define MODEL_YAML_EVENTS_AHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

struct yaml_ahead {
	yaml_parser_t *parser;
	char *text; /* changed where go-yaml sees no colon */
	size_t len;
	size_t at;       /* so much is given */
	bool required;   /* brackets were let off that must be a key */
	yaml_mark_t key; /* theirs */
	/* Empty brackets that begin a line, up to the token behind them. */
	enum {
		OWED_NOTHING,
		OWED_SEEN,   /* forgotten, but a colon has to follow */
		OWED_OPEN,   /* the parser has taken them as a value */
		OWED_CLOSED, /* what comes next is no colon */
	} owed;
	size_t owed_depth;
	yaml_mark_t owed_key;
	bool cut; /* the text ends before a fault that is due at: */
	size_t cut_token;
};

/* Whether a text has something like {}: or {}a: in it. */
bool yaml_ahead_is_for(const char *text, size_t len);

/* Let the parser, which is new, read the text under our eyes. */
void yaml_ahead_watch(struct yaml_ahead *ahead, yaml_parser_t *parser,
		      char *text, size_t len);

/*
 * The parser has failed: whether that is too early, because the text that
 * should have been a key is not the next token.  Then it is due there.
 */
bool yaml_ahead_is_early(struct yaml_ahead *ahead, const yaml_parser_t *parser);

/* yaml_parser_parse() which also fails where go-yaml does. */
bool yaml_ahead_parse(struct yaml_ahead *ahead, yaml_event_t *event);

/* Whether the parser has now come to where the fault is due. */
bool yaml_ahead_is_due(const struct yaml_ahead *ahead);

/* The text at the fault can begin no token, and go-yaml says so. */
bool yaml_ahead_starts_none(const yaml_parser_t *parser, char at);

/* Whether the tokens behind a document are some: go-yaml v3 looks at them. */
bool yaml_ahead_scan(yaml_parser_t *parser);

#endif
