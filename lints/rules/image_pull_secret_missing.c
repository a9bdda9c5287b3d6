/*
 * image-pull-secret-missing: a pod that pulls from a private registry and
 * brings nothing to log in with.
 *
 * Nodes may be logged in (as those of the large clouds are for their own
 * registries), so the default knows only registries that always ask.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "private", LINT_PARAM_PATTERNS,
	  "[\\.azurecr\\.io/, \\.jfrog\\.io/, ^registry\\.gitlab\\.com/]",
	  "Patterns over images of private registries." },
	{ .name = NULL }
};

/* The account's secrets are given to its pods; one elsewhere may have some. */
static bool account_has_one(struct lint_run *run, const struct podspec *pod)
{
	struct lint_reference ref = {
		"",
		"ServiceAccount",
		lint_namespace(run, pod->object),
		value_string_or(value_get(pod->spec, "serviceAccountName"),
				"default"),
	};
	const struct object *account = lint_referred(run, &ref);

	return account &&
	       value_count(value_get(account->root, "imagePullSecrets"));
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct container_ref c;

	if (value_count(value_get(pod->spec, "imagePullSecrets")))
		return;
	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		const struct value *image = value_get(c.spec, "image");

		if (!lint_param_matches(run, "private",
					value_string_or(image, "")))
			continue;
		if (!account_has_one(run, pod))
			lint_report(run, image,
				    "image '%s' of '%s' is in a private "
				    "registry, and the pod has no "
				    "imagePullSecrets",
				    value_string(image), container_name(&c));
		return;
	}
}

const struct lint_rule lint_image_pull_secret_missing = {
	.name = "image-pull-secret-missing",
	.code = "PL8106",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod uses an image of a private registry without "
		   "imagePullSecrets.",
	.why = "The pull is refused on every node that is not logged in "
	       "already.",
	.fix = "Name a secret under imagePullSecrets of the pod or of its "
	       "ServiceAccount.",
	.params = params,
	.check_pod = check,
};
