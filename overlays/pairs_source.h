/*
 * The keys and values of ConfigMap and Secret generators: env files,
 * literals, files.
 */
#ifndef OVERLAYS_PAIRS_SOURCE_H
#define OVERLAYS_PAIRS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/vec.h"

struct object;
struct overlay_run;
struct value;

struct source_pair {
	const char *key;
	const char *text; /* any bytes */
	size_t len;
	struct origin origin;
};

VEC_TYPE(source_pairs, struct source_pair);

/* All pairs of a generator's arguments, in order. */
MUST_USE bool source_pairs_load(struct overlay_run *run,
				const struct value *args,
				struct source_pairs *pairs);

/* Metadata, options, behavior of a new ConfigMap or Secret. */
struct object *source_object(struct overlay_run *run, const char *kind,
			     const struct value *args);

/* Once all pairs are in it: keys sorted, and options that stand behind. */
void source_finish(struct overlay_run *run, const struct value *args,
		   struct object *object);

/* Base64 as kustomize writes it: lines of 70 where it is longer. */
struct value *source_base64(struct overlay_run *run,
			    const struct source_pair *pair);

/* Report a key that is there already. */
MUST_USE bool source_repeats(struct overlay_run *run, const struct value *args,
			     const struct source_pair *pair);

#endif
