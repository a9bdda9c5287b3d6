#include "lints/subjects/budgets.h"

#include <string.h>

#include "base/number.h"
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

const struct group_kind lint_budgets[] = { { "policy", "PodDisruptionBudget" },
					   { NULL, NULL } };

static const struct group_kind counted[] = { { "apps", "Deployment" },
					     { "apps", "ReplicaSet" },
					     { "apps", "StatefulSet" },
					     { NULL, NULL } };

void lint_budget_covers(struct lint_run *run, const struct object *budget,
			struct lint_workloads *covered)
{
	const struct value *value = value_at(budget->root, "spec.selector");
	struct lint_selector selector = lint_selector_of(value);
	struct lint_workloads matched;
	size_t i;

	memset(covered, 0, sizeof(*covered));
	if (!value_is_map(value))
		return;
	lint_select(run, lint_namespace(run, budget), &selector, &matched);
	for (i = 0; i < matched.count; i++)
		if (object_is_one_of(matched.items[i]->object, counted))
			vec_push(run->arena, covered, matched.items[i]);
}

bool lint_budget_count(const struct value *value, int64_t replicas,
		       int64_t *count)
{
	const char *text = value_string(value);
	size_t len = text ? strlen(text) : 0;
	int64_t percent;

	if (!text)
		return value_as_int(value, count);
	if (len < 2 || text[len - 1] != '%' ||
	    number_parse_int(text, len - 1, 10, &percent) != NUMBER_OK ||
	    percent < 0 || percent > INT32_MAX || replicas > INT32_MAX)
		return false;
	*count = (replicas * percent + 99) / 100;
	return true;
}
