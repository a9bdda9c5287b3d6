/*
 * Generators: objects made from literals and files, merged with what is there.
 */
#ifndef OVERLAYS_GENERATE_H
#define OVERLAYS_GENERATE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"
#include "overlays/stream.h"

struct accumulator;
struct object;
struct origin;
struct overlay_run;
struct value;

struct generator {
	const char *field; /* of the kustomization; NULL: only a plugin */
	const char *kind;  /* of the built-in plugin */
	const char *summary;
	/* Refuse what must not run before any generator runs; or NULL. */
	bool (*check)(struct overlay_run *run, const struct value *args);
	/* The arguments as such a refusal shows them; with `check`. */
	const struct value *(*shown)(struct overlay_run *run,
				     const struct value *args);
	bool (*generate)(struct overlay_run *run, const struct value *args,
			 struct stream_objects *objects);
};

#define GENERATOR(x) extern const struct generator generator_##x;
#include "overlays/generators.def"
#undef GENERATOR

const struct generator *generator_of_kind(const char *kind);

/* All generators of the current kustomization, in Kustomize's order. */
MUST_USE bool generate_all(struct overlay_run *run, struct accumulator *acc);

/* Append a generated object, or merge it as its behavior says. */
MUST_USE bool generate_absorb(struct overlay_run *run, struct accumulator *acc,
			      struct object *object);

#endif
