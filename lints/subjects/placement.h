/*
 * Where pods may run: labels of nodes, and terms that spread pods.
 */
#ifndef LINTS_SUBJECTS_PLACEMENT_H
#define LINTS_SUBJECTS_PLACEMENT_H

#include <stdbool.h>

#include "base/vec.h"

struct lint_run;
struct value;

enum lint_node_key_use {
	LINT_NODE_SELECTOR, /* nodeSelector */
	LINT_NODE_AFFINITY, /* keys of affinity.nodeAffinity */
	LINT_TOPOLOGY,      /* topologyKey of spreads and pod affinities */
	LINT_TOLERATION,
};

/* A label, or taint, of nodes that a pod names. */
struct lint_node_key {
	enum lint_node_key_use use;
	const char *key;
	const struct value *at;
};

VEC_TYPE(lint_node_keys, struct lint_node_key);

/* All that a pod spec names, in the order above. */
void lint_node_keys_of(struct lint_run *run, const struct value *pod,
		       struct lint_node_keys *keys);

/* A term of a pod affinity. */
struct lint_pod_term {
	const struct value *term; /* {topologyKey, labelSelector ...} */
	bool anti;
};

VEC_TYPE(lint_pod_terms, struct lint_pod_term);

/* Required and preferred ones, first those of podAffinity. */
void lint_pod_terms_of(struct lint_run *run, const struct value *pod,
		       struct lint_pod_terms *terms);

/* Whether the labelSelector of a term or spread matches; absent: never. */
bool lint_term_selects(const struct value *term, const struct value *labels);

#endif
