/*
 * image-registry-not-allowed: images of registries that are not wanted here.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "allow", LINT_PARAM_PATTERNS, "[.]",
	  "Patterns over images of which one has to match." },
	{ "deny", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over images that are refused." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");
	const char *text = value_string_or(image, "");

	if (*text && (lint_param_matches(run, "deny", text) ||
		      !lint_param_matches(run, "allow", text)))
		lint_report(run, image, "image '%s' of '%s' is not allowed",
			    text, container_name(c));
}

const struct lint_rule lint_image_registry_not_allowed = {
	.name = "image-registry-not-allowed",
	.code = "PL8103",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An image is not on the list of what is allowed, or on that "
		   "of what is not.",
	.why = "Nobody has checked what comes from there.",
	.fix = "Use an image of an allowed registry.",
	.params = params,
	.check_container = check,
};
