/*
 * The built-in profiles, and the presets that have on what another tool
 * checks by default.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/config.h"

const char *const lint_profiles[] = {
	"default",  "relaxed",      "strict",         "security",
	"schema",   "all",          "kube-linter",    "kube-score",
	"polaris",  "pluto",        "kubeconform",    "kubent",
	"pss",      "trivy",        "checkov",        "kyverno",
	"plimsoll", "pss-baseline", "pss-restricted", NULL
};

static bool is_default(const struct lint_rule *rule)
{
	return !rule->opt_in;
}

static bool is_relaxed(const struct lint_rule *rule)
{
	if (rule->opt_in)
		return false;
	if (rule->severity == DIAG_ERROR)
		return true;
	return rule->severity == DIAG_WARNING &&
	       (rule->group == LINT_NETWORK || rule->group == LINT_REFERENCES ||
		rule->group == LINT_API);
}

static bool is_strict(const struct lint_rule *rule)
{
	return !rule->opt_in || rule->severity >= DIAG_WARNING;
}

/* What other tools check only on demand. */
static const struct {
	const char *tool;
	const char *check;
} optional[] = {
	{ "kube-linter", "access-to-create-pods" },
	{ "kube-linter", "access-to-secrets" },
	{ "kube-linter", "cluster-admin-role-binding" },
	{ "kube-linter", "dangling-horizontalpodautoscaler" },
	{ "kube-linter", "dangling-ingress" },
	{ "kube-linter", "dangling-networkpolicy" },
	{ "kube-linter", "dangling-networkpolicypeer-podselector" },
	{ "kube-linter", "dangling-servicemonitor" },
	{ "kube-linter", "default-service-account" },
	{ "kube-linter", "dnsconfig-options" },
	{ "kube-linter", "env-value-from" },
	{ "kube-linter", "exposed-services" },
	{ "kube-linter", "hpa-minimum-three-replicas" },
	{ "kube-linter", "minimum-three-replicas" },
	{ "kube-linter", "no-liveness-probe" },
	{ "kube-linter", "no-node-affinity" },
	{ "kube-linter", "no-readiness-probe" },
	{ "kube-linter", "no-rolling-update-strategy" },
	{ "kube-linter", "non-isolated-pod" },
	{ "kube-linter", "priority-class-name" },
	{ "kube-linter", "privileged-ports" },
	{ "kube-linter", "read-secret-from-env-var" },
	{ "kube-linter", "required-annotation-email" },
	{ "kube-linter", "required-label-owner" },
	{ "kube-linter", "restart-policy" },
	{ "kube-linter", "scc-deny-privileged-container" },
	{ "kube-linter", "schema-validation" },
	{ "kube-linter", "sorted-keys" },
	{ "kube-linter", "unsafe-proc-mount" },
	{ "kube-linter", "use-namespace" },
	{ "kube-linter", "wildcard-in-rules" },
	{ "kube-linter", "writable-host-mount" },
	{ "kube-score", "container-cpu-requests-equal-limits" },
	{ "kube-score", "container-ephemeral-storage-request-equals-limit" },
	{ "kube-score", "container-memory-requests-equal-limits" },
	{ "kube-score", "container-ports-check" },
	{ "kube-score", "container-resource-requests-equal-limits" },
	{ "kube-score", "container-seccomp-profile" },
};

bool lint_check_is_optional(const char *tool, const char *check)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(optional); i++)
		if (strcmp(optional[i].tool, tool) == 0 &&
		    strcmp(optional[i].check, check) == 0)
			return true;
	return false;
}

static bool is_known_to(const char *tool, const struct lint_rule *rule)
{
	const struct lint_alias *alias;

	for (alias = lint_aliases; *alias->tool; alias++)
		if (strcmp(alias->tool, tool) == 0 &&
		    strcmp(alias->rule, rule->name) == 0 &&
		    !lint_check_is_optional(tool, alias->check))
			return true;
	return false;
}

static bool is_security(const struct lint_rule *rule)
{
	if (rule->group != LINT_SECURITY && rule->group != LINT_SECRETS &&
	    rule->group != LINT_RBAC)
		return false;
	return !rule->opt_in || is_known_to("pss", rule);
}

static bool is_schema(const struct lint_rule *rule)
{
	return !rule->opt_in &&
	       (rule->group == LINT_INPUT || rule->group == LINT_API);
}

static bool is_pss_baseline(const struct lint_rule *rule)
{
	return rule == &lint_pss_baseline;
}

/* The restricted level has the controls of the baseline as well. */
static bool is_pss_restricted(const struct lint_rule *rule)
{
	return rule == &lint_pss_restricted;
}

static bool is_any(const struct lint_rule *rule UNUSED)
{
	return true;
}

static const struct {
	const char *name;
	bool (*has)(const struct lint_rule *rule);
} own[] = {
	{ "default", is_default },
	{ "relaxed", is_relaxed },
	{ "strict", is_strict },
	{ "security", is_security },
	{ "schema", is_schema },
	{ "all", is_any },
	{ "pss-baseline", is_pss_baseline },
	{ "pss-restricted", is_pss_restricted },
};

bool lint_profile_has(const char *profile, const struct lint_rule *rule)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(own); i++)
		if (strcmp(own[i].name, profile) == 0)
			return own[i].has(rule);
	return is_known_to(profile, rule);
}

#define POLARIS_SECRETS                                                        \
	"[password, token, bearer, secret, aws_secret_access_key, "            \
	"google_application_credentials, azure_*key, oci_cli_key_content]"

/* Where the presets differ from our own defaults; each as that tool has it. */
static const struct {
	const char *profile;
	const char *rule;
	const char *param;
	const char *value;
} arguments_of[] = {
	/* They look at all containers for resources, Polaris does not. */
	{ "kube-linter", "cpu-limit-missing", "initContainers", "true" },
	{ "kube-linter", "cpu-request-missing", "initContainers", "true" },
	{ "kube-linter", "memory-limit-missing", "initContainers", "true" },
	{ "kube-linter", "memory-request-missing", "initContainers", "true" },
	{ "kube-score", "cpu-limit-missing", "initContainers", "true" },
	{ "kube-score", "cpu-request-missing", "initContainers", "true" },
	{ "kube-score", "ephemeral-storage-missing", "initContainers", "true" },
	{ "kube-score", "memory-limit-missing", "initContainers", "true" },
	{ "kube-score", "memory-request-missing", "initContainers", "true" },
	{ "kube-linter", "anti-affinity-missing", "acceptSpread", "false" },
	{ "kube-linter", "anti-affinity-missing", "topologyKeys",
	  "[kubernetes.io/hostname]" },
	{ "kube-linter", "capabilities-custom", "dropped", "true" },
	{ "kube-linter", "env-secret-literal", "names", "[secret]" },
	{ "kube-score", "anti-affinity-missing", "acceptSpread", "false" },
	{ "all", "api-deprecated", "dates", "any" },
	{ "all", "api-removed", "dates", "any" },
	{ "pluto", "api-deprecated", "dates", "pluto" },
	{ "pluto", "api-removed", "dates", "pluto" },
	{ "polaris", "configmap-secret", "names", POLARIS_SECRETS },
	{ "polaris", "env-secret-literal", "names", POLARIS_SECRETS },
	{ "kube-linter", "rolling-update-missing", "withClaims", "true" },
	{ "kube-score", "rolling-update-missing", "withClaims", "true" },
	{ "kube-linter", "replicas-below-minimum", "min", "3" },
	{ "kube-linter", "replicas-below-minimum", "kinds",
	  "[Deployment, DeploymentConfig, StatefulSet]" },
	{ "kube-linter", "hpa-min-too-low", "min", "3" },
	{ "kube-linter", "job-ttl-missing", "hooksCount", "false" },
	{ "kube-linter", "readiness-probe-missing", "when", "always" },
	{ "kube-linter", "liveness-probe-missing", "skipWithoutPort", "false" },
	{ "kube-linter", "anti-affinity-missing", "kinds",
	  "[Deployment, DeploymentConfig, StatefulSet]" },
	{ "kube-score", "anti-affinity-missing", "unset", "2" },
	{ "kube-score", "cpu-request-missing", "limitCounts", "false" },
	{ "kube-score", "ephemeral-storage-missing", "limitCounts", "false" },
	{ "kube-score", "image-pull-policy-unsafe", "want", "Always" },
	{ "kube-score", "liveness-probe-missing", "anyContainer", "true" },
	{ "kube-score", "liveness-probe-missing", "when", "unready" },
	{ "kube-score", "low-uid", "groups", "true" },
	{ "kube-score", "liveness-probe-missing", "skipWithoutPort", "false" },
	{ "kube-score", "memory-request-missing", "limitCounts", "false" },
	{ "kube-score", "networkpolicy-missing", "directions",
	  "[ingress, egress]" },
	{ "kube-score", "pdb-missing", "unset", "2" },
	{ "kube-score", "probes-identical", "patience", "false" },
	{ "kube-score", "readiness-probe-missing", "anyContainer", "true" },
	{ "kube-score", "rolling-update-missing", "when", "service" },
	{ "kube-score", "seccomp-missing", "initContainers", "false" },
	{ "kube-score", "service-exposed", "types", "[NodePort]" },
	{ "kube-score", "statefulset-service-missing", "required", "true" },
	{ "kube-score", "replicas-below-minimum", "when", "service" },
	{ "polaris", "topology-spread-missing", "minReplicas", "1" },
	{ "polaris", "instance-label-mismatch", "required", "true" },
	{ "polaris", "image-pull-policy-unsafe", "want", "Always" },
	{ "polaris", "image-pull-policy-unsafe", "written", "true" },
	{ "polaris", "pdb-min-available-too-high", "autoscaled", "true" },
	{ "polaris", "pdb-min-available-too-high", "equal", "false" },
	{ "polaris", "pdb-missing", "kinds", "[Deployment]" },
	{ "polaris", "pdb-missing", "minReplicas", "1" },
	{ "polaris", "networkpolicy-missing", "directions",
	  "[ingress, egress]" },
	{ "polaris", "networkpolicy-missing", "withRules", "true" },
	{ "polaris", "rbac-pod-exec", "bindings", "true" },
	{ "polaris", "readiness-probe-missing", "when", "always" },
	{ "polaris", "liveness-probe-missing", "skipWithoutPort", "false" },
};

bool lint_profile_has_arguments(const char *profile)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(arguments_of); i++)
		if (strcmp(arguments_of[i].profile, profile) == 0)
			return true;
	return false;
}

void lint_profile_arguments(struct arena *arena, const char *profile,
			    const struct lint_rule *rule,
			    struct lint_setting *setting)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(arguments_of); i++)
		if (strcmp(arguments_of[i].profile, profile) == 0 &&
		    strcmp(arguments_of[i].rule, rule->name) == 0)
			lint_argument_preset(arena, rule, setting,
					     arguments_of[i].param,
					     arguments_of[i].value);
}

bool lint_profile_is_preset(const char *profile)
{
	const struct lint_alias *alias;

	for (alias = lint_aliases; *alias->tool; alias++)
		if (strcmp(alias->tool, profile) == 0)
			return true;
	return false;
}
