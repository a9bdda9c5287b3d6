/*
 * spread-selector-mismatch: a workload keeps apart pods that are not its own.
 *
 * A constraint counts what it selects, which is meant to be the pods it stands
 * in.  An anti-affinity may well be about others: it is reported only where a
 * chart or an overlay has no pods that it selects, and its labels are those of
 * the template with other values.
 */
#include "lints/lint.h"

#include "lints/config.h"
#include "lints/index.h"
#include "lints/subjects/placement.h"
#include "model/value.h"
#include "model/value_path.h"

static bool names_own_labels(const struct value *selector,
			     const struct value *labels)
{
	const struct value_entry *label;

	value_foreach (label, value_get(selector, "matchLabels"))
		if (!value_get(labels, label->key))
			return false;
	return value_count(value_get(selector, "matchLabels")) > 0;
}

static bool selects_others(struct lint_run *run,
			   const struct lint_workload *workload,
			   const struct value *term)
{
	struct lint_selector selector =
		lint_selector_of(value_get(term, "labelSelector"));
	struct lint_workloads matched;

	if (value_get(term, "namespaces") ||
	    value_get(term, "namespaceSelector") ||
	    lint_has_hidden_pods(run, workload->name_space))
		return true;
	lint_select(run, workload->name_space, &selector, &matched);
	return matched.count > 0;
}

static void report(struct lint_run *run, const struct podspec *pod,
		   const struct value *at, const char *what)
{
	lint_report(run, at,
		    "%s of '%s' selects labels its own pods do not have: the "
		    "constraint has no effect",
		    what, pod->object->name);
}

static void check_term(struct lint_run *run, const struct podspec *pod,
		       const struct lint_workload *own,
		       const struct lint_pod_term *term)
{
	const struct value *selector = value_get(term->term, "labelSelector");

	if (value_is_null(selector)) {
		lint_report(run, term->term,
			    "a term of '%s' without a labelSelector matches "
			    "no pod",
			    pod->object->name);
		return;
	}
	if (term->anti && run->config->layers->whole &&
	    names_own_labels(selector, own->labels) &&
	    !lint_term_selects(term->term, own->labels) &&
	    !selects_others(run, own, term->term))
		report(run, pod, selector, "podAntiAffinity");
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct lint_workload *own = lint_workload_of(run, pod->object);
	struct lint_pod_terms terms;
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(pod->spec, "topologySpreadConstraints")) {
		const struct value *selector = value_get(item, "labelSelector");

		if (value_is_map(selector) &&
		    !lint_term_selects(item, own->labels))
			report(run, pod, selector, "topologySpreadConstraints");
	}
	lint_pod_terms_of(run, pod->spec, &terms);
	for (i = 0; i < terms.count; i++)
		check_term(run, pod, own, &terms.items[i]);
}

const struct lint_rule lint_spread_selector_mismatch = {
	.name = "spread-selector-mismatch",
	.code = "PL1133",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A spread or anti-affinity does not select the pods it "
		   "stands in.",
	.why = "The scheduler counts other pods, or none: the replicas may "
	       "all land on one node.",
	.fix = "Use the template's own labels.",
	.check_pod = check,
};
