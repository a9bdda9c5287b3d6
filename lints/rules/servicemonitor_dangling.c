/*
 * servicemonitor-dangling: a monitor that finds nothing to watch.
 *
 * Judged only where the set has Services, or pods, in a namespace that it
 * looks at.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/names.h"
#include "lints/subjects/selector.h"
#include "lints/subjects/service_labels.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

struct search {
	const struct lint_services *services;
	struct lint_selector selector;
	bool of_pods;
	bool judged; /* there was something to match */
	bool found;
};

static void look(struct lint_run *run, struct search *search,
		 const char *name_space)
{
	struct lint_service_list services = { 0 };
	struct lint_workloads pods;

	if (search->of_pods) {
		search->judged |= lint_pods_are_known(run, name_space);
		lint_select(run, name_space, &search->selector, &pods);
		search->found |= pods.count > 0;
		return;
	}
	search->judged |= lint_services_exist(search->services, name_space) &&
			  !lint_names_filled(run, name_space);
	lint_services_select(run, search->services, name_space,
			     &search->selector, &services);
	search->found |= services.count > 0;
}

static void check_monitor(struct lint_run *run,
			  const struct lint_services *services,
			  const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *names =
		value_at(spec, "namespaceSelector.matchNames");
	bool any = value_is_true(value_at(spec, "namespaceSelector.any"));
	struct search search = {
		.services = services,
		.selector = lint_selector_of(value_get(spec, "selector")),
		.of_pods = strcmp(object->kind, "PodMonitor") == 0,
	};
	const struct value *name;

	/* Pods of all namespaces are not indexed by their labels. */
	if (any && search.of_pods)
		return;
	if (any)
		look(run, &search, "*");
	else if (!value_count(names))
		look(run, &search, lint_namespace(run, object));
	else
		list_foreach (name, names)
			look(run, &search, value_string_or(name, ""));
	if (search.judged && !search.found)
		lint_report_in(run, object, value_get(spec, "selector"),
			       "selector of %s '%s' matches no %s",
			       object->kind, object->name,
			       search.of_pods ? "pod template" : "Service");
}

static void check(struct lint_run *run)
{
	static const char *const watching[] = { "ServiceMonitor",
						"PodMonitor" };
	struct lint_services services;
	const struct object_set *set;
	size_t i, k;

	lint_services_build(run, &services);
	for (k = 0; k < ARRAY_COUNT(watching); k++) {
		set = bundle_of_kind(run->bundle, "monitoring.coreos.com",
				     watching[k]);
		for (i = 0; set && i < set->objects.count; i++)
			check_monitor(run, &services, set->objects.items[i]);
	}
}

const struct lint_rule lint_servicemonitor_dangling = {
	.name = "servicemonitor-dangling",
	.code = "PL5137",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The selector of a ServiceMonitor or PodMonitor matches "
		   "nothing.",
	.why = "Nothing is scraped, and no alert says so.",
	.fix = "Correct the labels or namespaceSelector.",
	.check_bundle = check,
};
