/*
 * linux-hardening-missing: a container on which nothing of Linux is drawn.
 */
#include "lints/lint.h"

#include <string.h>
#include <strings.h>

#include "lints/subjects/pods.h"
#include "lints/subjects/pss.h"
#include "model/value.h"

/* Before 1.30 the profile of a container stood in an annotation of its pod. */
static bool has_annotation(const struct podspec *pod,
			   const struct container_ref *c)
{
	const struct value *notes = value_get(pod->metadata, "annotations");
	size_t len = strlen(lint_pss_apparmor_annotation);
	const struct value_entry *entry;

	value_foreach (entry, notes)
		if (strncmp(entry->key, lint_pss_apparmor_annotation, len) ==
			    0 &&
		    strcmp(entry->key + len, container_name(c)) == 0)
			return true;
	return false;
}

/* What is dropped counts unless all is added. */
static bool drops(const struct value *capabilities)
{
	const struct value *item;

	list_foreach (item, value_get(capabilities, "add"))
		if (strcasecmp(value_string_or(item, ""), "ALL") == 0)
			return false;
	return value_count(value_get(capabilities, "drop")) > 0;
}

static bool is_confined(const struct container_ref *c)
{
	const char *seccomp = value_string_or(
		lint_security(c, "seccompProfile.type"), "Unconfined");
	const char *apparmor = value_string_or(
		lint_security(c, "appArmorProfile.type"), "Unconfined");
	const struct value *caps = lint_own_security(c, "capabilities");

	return strcmp(seccomp, "Unconfined") != 0 ||
	       strcmp(apparmor, "Unconfined") != 0 ||
	       value_count(lint_security(c, "seLinuxOptions")) || drops(caps);
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct container_ref c;

	if (lint_is_windows(pod->spec))
		return;
	for (podspec_first(pod, &c); c.spec; podspec_next(&c))
		if (!is_confined(&c) && !has_annotation(pod, &c))
			lint_report(run, c.spec,
				    "container '%s' has no AppArmor, seccomp, "
				    "SELinux or dropped capabilities",
				    container_name(&c));
}

const struct lint_rule lint_linux_hardening_missing = {
	.name = "linux-hardening-missing",
	.code = "PL3114",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container has none of the means by which Linux "
		   "confines it.",
	.why = "AppArmor, seccomp, SELinux or dropped capabilities stop what "
	       "a hole in the application allows.",
	.fix = "Set a seccompProfile, or drop capabilities.",
	.check_pod = check,
};
