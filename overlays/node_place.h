/*
 * The places of nodes; private to the node_*.c files.  See node_places.h.
 */
#ifndef OVERLAYS_NODE_PLACE_H
#define OVERLAYS_NODE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table.h"
#include "model/value.h"

struct arena;
struct object;
struct overlay_run;

struct spot {
	uint32_t line; /* 0: it stands nowhere */
	uint32_t column;
};

struct place_key {
	const char *content; /* the key itself; NULL: of a generator */
	struct spot spot;
	enum value_style style;
};

/* Of one node, found by what is in it: a transformer puts something new. */
struct node_place {
	const void *content;
	struct spot spot;
	bool gone;    /* a transformer made what is in it anew */
	bool printed; /* anew, with this style and tag, and keys sorted */
	enum value_style style;
	enum value_tag tag;
	struct table keys; /* of a map, to struct place_key, in their order */
};

struct node_places {
	struct table nodes;       /* content to struct node_place */
	struct table lent;        /* keys of patches to struct place_key */
	struct table annotations; /* to struct noted, as they were set */
	size_t before; /* metadata that was there when all were set */
};

struct noted {
	enum value_style style;
	const struct place_key *key; /* of a patch; or NULL */
};

/* Those of an object, made if it has none. */
struct node_places *node_places_of(struct overlay_run *run,
				   const struct object *object);

/* Texts may be shared between nodes; after this one is not. */
void node_place_own(struct arena *arena, struct value *value);

struct node_place *node_place_new(struct overlay_run *run,
				  struct node_places *places,
				  const struct value *value);

/* NULL: it stands nowhere. */
struct node_place *node_place_find(const struct node_places *places,
				   const struct value *value);

/*
 * A key of a patch keeps its quotes wherever it is added, and nothing else.
 * NULL: it is none.
 */
struct place_key *node_place_lent(const struct node_places *places,
				  const struct value_entry *entry);

#endif
