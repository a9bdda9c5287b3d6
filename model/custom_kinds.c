#include "model/custom_kinds.h"

#include <string.h>
#include <strings.h>

#include "model/custom_kinds_table.h"

static const char *group_of(const struct kind_row *row)
{
	return kind_group_text + kind_group_at[row->group];
}

/* The first row that is not before group and kind. */
static const struct kind_row *lower_bound(const char *group, const char *kind)
{
	size_t low = 0, high = kind_row_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct kind_row *row = &kind_rows[middle];
		int order = strcmp(group_of(row), group);

		if (!order)
			order = strcasecmp(kind_names + row->kind, kind);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < kind_row_count ? &kind_rows[low] : NULL;
}

bool custom_kind_find(const char *group, const char *kind,
		      struct custom_kind *found)
{
	const struct kind_row *row = lower_bound(group, kind);

	if (!row || strcmp(group_of(row), group) != 0 ||
	    strcasecmp(kind_names + row->kind, kind) != 0)
		return false;
	found->group = group_of(row);
	found->kind = kind_names + row->kind;
	found->versions = kind_version_text + kind_version_at[row->versions];
	found->pods = kind_pods_text + kind_pods_at[row->pods];
	found->selector = kind_selector_text + kind_selector_at[row->selector];
	found->replicas = kind_replicas_text + kind_replicas_at[row->replicas];
	found->scope = (enum custom_scope)row->scope;
	return true;
}

bool custom_kind_has_group(const char *group)
{
	const struct kind_row *row = lower_bound(group, "");

	return row && strcmp(group_of(row), group) == 0;
}
