/*
 * YAML into values, on the events of libyaml's parser.
 *
 * One call reads one document.  Streams are cut by model/yaml_split.h first,
 * because Helm and Kustomize cut them textually and differently.  Each node
 * records plain byte offsets in its source; if that is a rendered text, the
 * walk back to the template happens in origin_resolve().
 */
#ifndef MODEL_YAML_READ_H
#define MODEL_YAML_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/yaml_scalar.h"

struct arena;
struct diag_sink;
struct fact_log;
struct limits;
struct source;
struct value;

/* Why a document was refused. */
struct yaml_problem {
	uint32_t offset;  /* of the place to look at */
	uint32_t go_line; /* what go-yaml prints; 0: no "line N: " */
	const char *text; /* libyaml's words: did not find expected key */
	bool limit;       /* a limit of ours, not a fault of syntax */
	bool json;        /* said by the hop through JSON: no "yaml: " */
	bool merge;       /* what a merge key merges cannot be merged */
};

/*
 * Keys and short scalars of many documents, each text once.  Whoever reads a
 * stream makes one of these and hands it to each call; it lives as long as
 * the values, in the same arena.
 */
struct yaml_texts;

struct yaml_texts *yaml_texts_new(struct arena *arena);

struct yaml_options {
	enum yaml_dialect dialect;
	const struct limits *limits; /* NULL: the defaults */
	struct fact_log *facts;      /* duplicate keys are noted; or NULL */
	struct yaml_texts *texts;    /* NULL: of this document alone */
	bool json_numbers;           /* YAML_HELM: apply yaml_json_numbers */
	bool nodes; /* YAML_KUSTOMIZE: "<<" is any key, aliases stand alone */
};

/*
 * The first document in bytes [begin, end) of `source`.  An empty one is a
 * null value.  Aliases become copies with a TOOK link, up to a limit; merge
 * keys are applied as the dialect says; of equal keys the last one wins (and
 * the map has VALUE_FLAG_DUPLICATE).  NULL: `*problem` says why.
 */
struct value *yaml_read(struct arena *arena, const struct source *source,
			size_t begin, size_t end,
			const struct yaml_options *options,
			struct yaml_problem *problem);

/* The same over the whole source; a problem is reported as an error. */
MUST_USE struct value *yaml_read_reported(struct arena *arena,
					  const struct source *source,
					  const struct yaml_options *options,
					  struct diag_sink *diags);

/* Report a problem with its place, in plain words with a remedy if known. */
bool yaml_problem_report(struct diag_sink *diags, const struct source *source,
			 const struct yaml_problem *problem);

/* go-yaml asks for version 1.1 before it asks what follows. */
void yaml_problem_version(struct yaml_problem *problem, const char *text,
			  size_t len);

/* "yaml: line 3: did not find expected key", as go-yaml prints it. */
const char *yaml_problem_go(struct arena *arena,
			    const struct yaml_problem *problem);

#endif
