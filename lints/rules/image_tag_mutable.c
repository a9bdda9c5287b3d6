/*
 * image-tag-mutable: what runs can change without a change here.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/image.h"
#include "model/value.h"

static const struct lint_param params[] = { { "tags", LINT_PARAM_TEXTS,
					      "[latest]",
					      "Tags that are known to move." },
					    { .name = NULL } };

/* Why the image may change, or NULL. */
static const char *reason(struct lint_run *run, const char *image)
{
	struct lint_image parts = lint_image_split(run->arena, image);

	if (*parts.digest)
		return NULL;
	if (!*parts.tag)
		return "no tag";
	return lint_param_lists(run, "tags", parts.tag) ? "a tag that moves"
							: NULL;
}

static void report(struct lint_run *run, const struct value *image,
		   const char *of, const char *name)
{
	const char *text = value_string_or(image, "");
	const char *why = *text ? reason(run, text) : NULL, *tag;

	if (!why)
		return;
	lint_report(run, image,
		    "image '%s' of %s'%s' has %s: what runs can change "
		    "without a change here",
		    text, of, name, why);
	tag = lint_image_split(run->arena, text).tag;
	if (*tag)
		lint_at_part(run, image, strlen(text) - strlen(tag),
			     strlen(tag));
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	report(run, value_get(c->spec, "image"), "", container_name(c));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;

	list_foreach (volume, value_get(pod->spec, "volumes"))
		report(run, value_get(value_get(volume, "image"), "reference"),
		       "volume ",
		       value_string_or(value_get(volume, "name"), ""));
}

const struct lint_rule lint_image_tag_mutable = {
	.name = "image-tag-mutable",
	.code = "PL8001",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "An image has no tag, or one that moves.",
	.why = "Two pods of one workload may run different code, and what was "
	       "tested is not what runs after the next restart.",
	.fix = "Pin a version tag, better a digest.",
	.params = params,
	.check_pod = check_pod,
	.check_container = check_container,
};
