/*
 * The Pod Security Standards, control by control, as the admission plugin of
 * the API server judges them in each of its versions.
 *
 *	struct lint_pss_violation found;
 *	size_t at = 0;
 *
 *	while (lint_pss_next(pod, LINT_PSS_BASELINE, minor, &at, &found))
 *		...
 */
#ifndef LINTS_SUBJECTS_PSS_H
#define LINTS_SUBJECTS_PSS_H

#include <stdbool.h>
#include <stddef.h>

#include "lints/rule.h"
#include "model/podspec.h"

enum lint_pss_level {
	LINT_PSS_BASELINE,
	LINT_PSS_RESTRICTED /* holds the baseline as well */
};

struct lint_pss_violation {
	enum lint_pss_level level;
	const char *says; /* "a port is bound on the node" */
	enum lint_rule_at rule;
	const struct value *at; /* what is set wrong, or where it is missing */
};

/*
 * The next control of a level that the pod violates; `*at` is 0 at first.
 * `minor` is the version of the policy: 29 is v1.29.
 */
bool lint_pss_next(const struct podspec *pod, enum lint_pss_level level,
		   unsigned minor, size_t *at,
		   struct lint_pss_violation *violation);

/* "latest", "1.29" or "v1.29"; "" is `otherwise`.  False: none of these. */
bool lint_pss_version(const char *text, unsigned otherwise, unsigned *minor);

bool lint_pss_sysctl_is_safe(const char *name, unsigned minor);
bool lint_pss_capability_is_baseline(const char *name);
bool lint_pss_capability_is_restricted(const char *name);
bool lint_pss_volume_is_restricted(const char *type);
bool lint_pss_apparmor_is_fine(const char *profile);
bool lint_pss_selinux_is_fine(const char *type, unsigned minor);

/* "container.apparmor.security.beta.kubernetes.io/" */
extern const char lint_pss_apparmor_annotation[];

#endif
