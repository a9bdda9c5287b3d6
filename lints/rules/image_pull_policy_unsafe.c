/*
 * image-pull-policy-unsafe: nodes that run different builds of one tag.
 *
 * A moving tag with a policy that keeps what a node has pulled once; other
 * policies are reported only where the project asks for it.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/image.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "forbid", LINT_PARAM_TEXTS, "[]",
	  "Policies that are always reported." },
	{ "want", LINT_PARAM_TEXT, "",
	  "The policy that all containers are to have." },
	{ "written", LINT_PARAM_BOOL, "false",
	  "That policy has to be written, even where it is the default." },
	{ .name = NULL }
};

/* Unset means Always for :latest, else IfNotPresent. */
static const char *effective(const struct container_ref *c, bool latest)
{
	return value_string_or(value_get(c->spec, "imagePullPolicy"),
			       latest ? "Always" : "IfNotPresent");
}

static bool is_forbidden(struct lint_run *run, const char *policy)
{
	const char *const *list = lint_param_texts(run, "forbid");

	for (; *list; list++)
		if (strcmp(*list, policy) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *text = value_string_or(value_get(c->spec, "image"), "");
	struct lint_image image = lint_image_split(run->arena, text);
	const struct value *written = value_get(c->spec, "imagePullPolicy");
	const struct value *at = written ? written : c->spec;
	bool latest = !*image.digest &&
		      (!*image.tag || strcmp(image.tag, "latest") == 0);
	const char *policy = effective(c, latest);
	const char *want = lint_param_text(run, "want");

	if (!*text)
		return;
	if (is_forbidden(run, policy))
		lint_report(run, at, "imagePullPolicy %s of '%s' is forbidden",
			    policy, container_name(c));
	else if (*want && !written && lint_param_bool(run, "written"))
		lint_report(run, at, "imagePullPolicy of '%s' is not set to %s",
			    container_name(c), want);
	else if (*want && strcmp(policy, want) != 0)
		lint_report(run, at, "imagePullPolicy of '%s' is %s, not %s",
			    container_name(c), policy, want);
	else if (latest && strcmp(policy, "Always") != 0)
		lint_report(run, at,
			    "imagePullPolicy %s with the moving tag '%s': "
			    "nodes run different builds",
			    policy, *image.tag ? image.tag : "latest");
}

const struct lint_rule lint_image_pull_policy_unsafe = {
	.name = "image-pull-policy-unsafe",
	.code = "PL8102",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "The imagePullPolicy keeps old builds of a tag that moves.",
	.why = "Pods of one workload run different code, depending on when "
	       "their node pulled the image.",
	.fix = "Pin the tag or digest, or use Always.",
	.params = params,
	.check_container = check,
};
