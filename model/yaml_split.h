/*
 * Streams into documents: textual, per program, as offsets in the source.
 */
#ifndef MODEL_YAML_SPLIT_H
#define MODEL_YAML_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct arena;
struct source;

struct yaml_document {
	uint32_t begin;
	uint32_t end;
};

VEC_TYPE(yaml_documents, struct yaml_document);

enum yaml_splitter {
	YAML_SPLIT_HELM3, /* dialect D1: helm 3 */
	YAML_SPLIT_HELM4, /* dialect D3: helm 4.2.4 */
	YAML_SPLIT_KUSTOMIZE,
	YAML_SPLIT_PLAIN, /* kubectl: lines that are "---" and blanks */
};

/*
 * All documents in order, empty ones as the program keeps or drops them.
 * False (YAML_SPLIT_KUSTOMIZE only): text behind `---`; `*bad` is its offset.
 */
bool yaml_split(struct arena *arena, const struct source *source,
		enum yaml_splitter splitter, struct yaml_documents *documents,
		uint32_t *bad);

#endif
