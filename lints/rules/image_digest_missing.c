/*
 * image-digest-missing: images that are not pinned to their content.
 */
#include "lints/lint.h"
#include "lints/subjects/image.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");
	const char *text = value_string_or(image, "");

	if (*text && !*lint_image_split(run->arena, text).digest)
		lint_report(run, image, "image '%s' of '%s' has no digest",
			    text, container_name(c));
}

const struct lint_rule lint_image_digest_missing = {
	.name = "image-digest-missing",
	.code = "PL8101",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "An image has no digest.",
	.why = "Whoever owns the registry can change what a tag means.",
	.fix = "Add @sha256:….",
	.check_container = check,
};
