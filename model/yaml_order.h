/*
 * The order of keys that go-yaml's encoders print.  Private to the emitter;
 * yaml_compare_keys() in model/yaml_emit.h is the relation for others.
 */
#ifndef MODEL_YAML_ORDER_H
#define MODEL_YAML_ORDER_H

#include <stdbool.h>

struct arena;
struct value;
struct value_entry;

/*
 * Entries sorted by bytes, then stably by the natural order, which is not
 * transitive: the same map always gives the same result.  `v3` asks for
 * go-yaml v3's order, where behind a digit a letter comes first.
 */
struct value_entry **yaml_sort_keys(struct arena *arena,
				    const struct value *map, bool v3);

#endif
