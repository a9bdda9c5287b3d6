/*
 * Events of a YAML parser over a part of a source, with places in bytes.
 * For the reader, and for who prints a text anew; the only user of libyaml,
 * which reads what the scanner of yaml_block.h leaves to it.
 *
 * libyaml is not go-yaml: what the reference programs take and it does not,
 * or the other way round, is made equal here.
 */
#ifndef MODEL_YAML_EVENTS_H
#define MODEL_YAML_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/value.h"
#include "model/yaml_read.h"

struct arena;
struct source;
struct yaml_events;

enum yaml_event_kind {
	YAML_EVENT_END, /* of the stream */
	YAML_EVENT_DOCUMENT,
	YAML_EVENT_DOCUMENT_END,
	YAML_EVENT_SCALAR,
	YAML_EVENT_ALIAS,
	YAML_EVENT_LIST,
	YAML_EVENT_MAP,
	YAML_EVENT_CLOSE, /* of a list or map */
};

/*
 * Texts live until the next event is asked for; a NUL follows anchors, tags
 * and the names of aliases.
 */
struct yaml_event {
	enum yaml_event_kind kind;
	enum value_style style;
	bool plain;       /* a scalar to be resolved: plain, no tag */
	const char *text; /* of a scalar; the name of an alias */
	size_t len;
	const char *anchor; /* or NULL */
	const char *tag;    /* "tag:yaml.org,2002:int", "!x"; or NULL */
	uint32_t begin;     /* anchor and tag included */
	uint32_t end;       /* of no use for block collections */
};

struct yaml_events *yaml_events_open(struct arena *arena,
				     const struct source *source, size_t begin,
				     size_t end, enum yaml_dialect dialect);
void yaml_events_close(struct yaml_events *events);

/* Leave all to libyaml, for tests: the same events come, only later. */
void yaml_events_slow(struct yaml_events *events);

/* False: `*problem` says why. */
bool yaml_events_next(struct yaml_events *events, struct yaml_event *event,
		      struct yaml_problem *problem);

/*
 * The reader is about to refuse the event.  False: go-yaml, whose scanner is
 * ahead of its reader, has stumbled before; then `*problem` says over what.
 */
bool yaml_events_confirm(struct yaml_events *events,
			 struct yaml_problem *problem);

/*
 * Behind the end of a document: go-yaml v3 has looked at what comes next, and
 * failed if that is no token at all.
 */
bool yaml_events_end(struct yaml_events *events, struct yaml_problem *problem);

#endif
