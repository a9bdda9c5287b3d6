/*
 * NetworkPolicies, as far as several are alike to rules.
 */
#ifndef LINTS_SUBJECTS_POLICIES_H
#define LINTS_SUBJECTS_POLICIES_H

struct object;

/*
 * What a policy restricts, in which ways it says so, and for what it has rules:
 * below 32, and equal for policies of which one is as good as another.
 */
unsigned lint_policy_pattern(const struct object *policy);

#endif
