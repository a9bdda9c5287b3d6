#include "lints/subjects/placement.h"

#include <string.h>

#include "base/attr.h"
#include "lints/lint.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static void add(struct lint_run *run, struct lint_node_keys *keys,
		enum lint_node_key_use use, const char *key,
		const struct value *at)
{
	if (key)
		vec_push(run->arena, keys,
			 ((struct lint_node_key){ use, key, at }));
}

static void add_key(struct lint_run *run, struct lint_node_keys *keys,
		    enum lint_node_key_use use, const struct value *at)
{
	add(run, keys, use, value_string(at), at);
}

static void add_expressions(struct lint_run *run, struct lint_node_keys *keys,
			    const struct value *term)
{
	const struct value *expression;

	list_foreach (expression, value_get(term, "matchExpressions"))
		add_key(run, keys, LINT_NODE_AFFINITY,
			value_get(expression, "key"));
}

static void add_affinity(struct lint_run *run, struct lint_node_keys *keys,
			 const struct value *pod)
{
	const struct value *affinity = value_at(pod, "affinity.nodeAffinity");
	const struct value *required = value_at(
		affinity, "requiredDuringSchedulingIgnoredDuringExecution."
			  "nodeSelectorTerms");
	const struct value *preferred = value_get(
		affinity, "preferredDuringSchedulingIgnoredDuringExecution");
	const struct value *term;

	list_foreach (term, required)
		add_expressions(run, keys, term);
	list_foreach (term, preferred)
		add_expressions(run, keys, value_get(term, "preference"));
}

void lint_node_keys_of(struct lint_run *run, const struct value *pod,
		       struct lint_node_keys *keys)
{
	const struct value_entry *label;
	const struct value *item;
	struct lint_pod_terms terms;
	size_t i;

	memset(keys, 0, sizeof(*keys));
	value_foreach (label, value_get(pod, "nodeSelector"))
		add(run, keys, LINT_NODE_SELECTOR, label->key, label->value);
	add_affinity(run, keys, pod);
	list_foreach (item, value_get(pod, "topologySpreadConstraints"))
		add_key(run, keys, LINT_TOPOLOGY,
			value_get(item, "topologyKey"));
	lint_pod_terms_of(run, pod, &terms);
	for (i = 0; i < terms.count; i++)
		add_key(run, keys, LINT_TOPOLOGY,
			value_get(terms.items[i].term, "topologyKey"));
	list_foreach (item, value_get(pod, "tolerations"))
		add_key(run, keys, LINT_TOLERATION, value_get(item, "key"));
}

void lint_pod_terms_of(struct lint_run *run, const struct value *pod,
		       struct lint_pod_terms *terms)
{
	const struct value *affinity = value_get(pod, "affinity");
	const struct value *sides[] = { value_get(affinity, "podAffinity"),
					value_get(affinity,
						  "podAntiAffinity") };
	const struct value *item, *term;
	size_t i;

	memset(terms, 0, sizeof(*terms));
	for (i = 0; i < ARRAY_COUNT(sides); i++) {
		list_foreach (item,
			      value_get(sides[i], "requiredDuringScheduling"
						  "IgnoredDuringExecution"))
			vec_push(run->arena, terms,
				 ((struct lint_pod_term){ item, i }));
		list_foreach (item,
			      value_get(sides[i], "preferredDuringScheduling"
						  "IgnoredDuringExecution")) {
			term = value_get(item, "podAffinityTerm");
			if (term)
				vec_push(run->arena, terms,
					 ((struct lint_pod_term){ term, i }));
		}
	}
}

bool lint_term_selects(const struct value *term, const struct value *labels)
{
	const struct value *value = value_get(term, "labelSelector");
	struct lint_selector selector = lint_selector_of(value);

	return value_is_map(value) && lint_selector_matches(&selector, labels);
}
