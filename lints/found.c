/*
 * From what rules reported to what a run says: severities of the project,
 * other choices for some source paths, ignores, and the fixed order.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/origin.h"
#include "lints/config.h"
#include "lints/run.h"
#include "lints/suppress.h"
#include "model/bundle.h"

/* By object, then rule, then time; serials make the order total. */
static int compare(const void *left, const void *right)
{
	const struct lint_finding *a = *(struct lint_finding *const *)left;
	const struct lint_finding *b = *(struct lint_finding *const *)right;

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	if (a->object && a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->serial < b->serial ? -1 : a->serial > b->serial;
}

/* The setting that holds where the finding's first place is. */
static const struct lint_setting *setting_at(const struct lint_config *config,
					     const struct lint_finding *finding)
{
	struct place place;
	size_t i = config->regions.count;

	if (i && origin_source(&finding->diag->origin) &&
	    origin_first(&finding->diag->origin, &place))
		while (i--)
			if (lint_path_matches(config,
					      config->regions.items[i].pattern,
					      place.source->name))
				return &config->regions.items[i]
						.settings[finding->rule];
	return &config->settings[finding->rule];
}

void lint_found_finish(struct lint_run *run, struct diag_sink *sink)
{
	struct lint_found *found = run->found;
	struct lint_suppressions suppressions;
	size_t i;

	if (!found->findings.count)
		return;
	lint_fold(run);
	lint_fold_places(run);
	lint_suppressions_init(&suppressions, sink->arena);
	qsort(found->findings.items, found->findings.count,
	      sizeof(*found->findings.items), compare);
	vec_exact(sink->arena, &sink->diags, found->findings.count);
	for (i = 0; i < found->findings.count; i++) {
		struct lint_finding *finding = found->findings.items[i];
		const struct lint_setting *setting =
			setting_at(run->config, finding);

		if (!setting->on || finding->folded)
			continue;
		if (setting->has_severity)
			finding->diag->severity = setting->severity;
		lint_ignore_apply(run->config, lint_rules[finding->rule],
				  finding->diag);
		lint_suppress(&suppressions, lint_rules[finding->rule],
			      finding->object
				      ? run->bundle->objects
						.items[finding->object - 1]
				      : NULL,
			      finding->diag);
		vec_push(sink->arena, &sink->diags, finding->diag);
	}
}
