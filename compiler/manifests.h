/*
 * Texts of YAML into objects: plain manifests, streams, rendered charts.
 */
#ifndef COMPILER_MANIFESTS_H
#define COMPILER_MANIFESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "model/yaml_scalar.h"

struct bundle;
struct diag_sink;
struct fact_log;
struct limits;
struct source;
struct yaml_texts;

/* Sources that nobody named and that held no manifest at all. */
struct sifted_source {
	const char *name;
	const char *why;
};

VEC_TYPE(sifted, struct sifted_source);

struct manifests {
	struct bundle *bundle; /* objects are appended to it */
	struct diag_sink *diags;
	struct fact_log *facts;
	const struct limits *limits;
	enum yaml_dialect dialect;
	struct yaml_texts *texts; /* of all of them; or NULL */
	bool syntax_is_fact;   /* what does not parse: a fact, not an error */
	struct sifted *sifted; /* NULL: what is no manifest is a finding */
};

/*
 * The objects of all documents of a source; items of a List become objects of
 * their own.  A document that is no object is a fact.  False: reported.
 */
MUST_USE bool manifests_read(const struct manifests *manifests,
			     const struct source *source);

/* The same for one document, bytes [begin, end). */
MUST_USE bool manifests_read_document(const struct manifests *manifests,
				      const struct source *source, size_t begin,
				      size_t end);

#endif
