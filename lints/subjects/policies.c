#include "lints/subjects/policies.h"

#include "model/object.h"
#include "model/value.h"

unsigned lint_policy_pattern(const struct object *policy)
{
	const struct value *spec = value_get(policy->root, "spec");
	const struct value *types = value_get(spec, "policyTypes"), *type;
	unsigned pattern = types != NULL;

	list_foreach (type, types)
		pattern |= value_equals_string(type, "Ingress")  ? 2
			   : value_equals_string(type, "Egress") ? 4
								 : 0;
	if (!types && value_get(spec, "egress"))
		pattern |= 4;
	if (value_count(value_get(spec, "ingress")))
		pattern |= 8;
	if (value_count(value_get(spec, "egress")))
		pattern |= 16;
	return pattern;
}
