/*
 * Pods as a whole: what the fields of a pod exclude and demand.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "base/arena.h"
#include "lints/subjects/address.h"
#include "model/object.h"
#include "model/value.h"

enum {
	NAMESERVERS = 3,
	SEARCHES = 32,
	OS_SINCE = 25,
	SYSCTL_CHECK_SINCE = 29
};

static void check_dns(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at config = schema_child(walk, at, "dnsConfig");
	struct schema_at servers = schema_child(walk, &config, "nameservers");
	struct schema_at searches = schema_child(walk, &config, "searches");
	size_t i;

	if (value_count(servers.value) > NAMESERVERS)
		schema_refuse(walk, &servers, "must not have more than %d",
			      NAMESERVERS);
	if (value_count(searches.value) > SEARCHES)
		schema_refuse(walk, &searches, "must not have more than %d",
			      SEARCHES);
	for (i = 0; i < value_count(servers.value); i++) {
		struct schema_at server = schema_item(&servers, i);
		const char *text = value_string(server.value);

		if (text && !schema_is_open(text) && !lint_ip_is_valid(text))
			schema_refuse(walk, &server, "'%s' is not an address",
				      text);
	}
}

static void check_host_users(struct schema_walk *walk,
			     const struct schema_at *at)
{
	static const char *const shared[] = { "hostNetwork", "hostPID",
					      "hostIPC" };
	size_t i;

	if (!value_is_false(value_get(at->value, "hostUsers")))
		return;
	for (i = 0; i < ARRAY_COUNT(shared); i++)
		if (value_is_true(value_get(at->value, shared[i])))
			schema_refuse_field(walk, at, shared[i],
					    "may not be set when hostUsers is "
					    "false");
}

/* Sysctls of a namespace that the pod does not have for itself. */
static void check_sysctls(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at context = schema_child(walk, at, "securityContext");
	struct schema_at list = schema_child(walk, &context, "sysctls");
	size_t i;

	if (!value_is_true(value_get(at->value, "hostNetwork")) ||
	    !schema_since(walk, SYSCTL_CHECK_SINCE))
		return;
	for (i = 0; i < value_count(list.value); i++) {
		struct schema_at sysctl = schema_item(&list, i);

		if (strncmp(schema_text(&sysctl, "name"), "net.", 4) == 0)
			schema_refuse_field(walk, &sysctl, "name",
					    "may not be set when hostNetwork "
					    "is true");
	}
}

static void check_containers_os(struct schema_walk *walk,
				const struct schema_at *at,
				const char *const *fields, const char *reason)
{
	static const char *const lists[] = { "containers", "initContainers" };
	size_t i, j;

	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		struct schema_at list = schema_child(walk, at, lists[i]);

		for (j = 0; j < value_count(list.value); j++) {
			struct schema_at item = schema_item(&list, j);
			struct schema_at context =
				schema_child(walk, &item, "securityContext");

			schema_refuse_there(walk, &context, fields, reason);
		}
	}
}

/* What the other system has and this one has not. */
static void check_os(struct schema_walk *walk, const struct schema_at *at)
{
	static const char *const no_pod[] = { "hostPID", "hostIPC",
					      "shareProcessNamespace", NULL };
	static const char *const no_context[] = { "appArmorProfile",
						  "seLinuxOptions",
						  "seccompProfile",
						  "fsGroup",
						  "sysctls",
						  "runAsUser",
						  "fsGroupChangePolicy",
						  "runAsGroup",
						  "supplementalGroups",
						  NULL };
	static const char *const no_container[] = { "appArmorProfile",
						    "seLinuxOptions",
						    "seccompProfile",
						    "capabilities",
						    "readOnlyRootFilesystem",
						    "privileged",
						    "allowPrivilegeEscalation",
						    "procMount",
						    "runAsUser",
						    "runAsGroup",
						    NULL };
	static const char *const windows[] = { "windowsOptions", NULL };
	struct schema_at os = schema_child(walk, at, "os");
	struct schema_at context = schema_child(walk, at, "securityContext");
	const char *name = schema_text(&os, "name");
	const char *reason;

	if (!schema_since(walk, OS_SINCE))
		return;
	if (strcmp(name, "windows") == 0) {
		reason = "when os.name is windows";
		schema_refuse_there(walk, at, no_pod, reason);
		schema_refuse_there(walk, &context, no_context, reason);
		check_containers_os(walk, at, no_container, reason);
	} else if (strcmp(name, "linux") == 0) {
		reason = "when os.name is linux";
		schema_refuse_there(walk, &context, windows, reason);
		check_containers_os(walk, at, windows, reason);
	}
}

void schema_check_pod(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *containers = value_get(at->value, "containers");

	if (value_is_list(containers) && !value_count(containers))
		schema_refuse_field(walk, at, "containers",
				    "at least one is required");
	schema_refuse_name(walk, at, "hostname", LINT_NAME_LABEL);
	schema_refuse_name(walk, at, "subdomain", LINT_NAME_LABEL);
	schema_refuse_name(walk, at, "nodeName", LINT_NAME_SUBDOMAIN);
	schema_refuse_name(walk, at, "serviceAccountName", LINT_NAME_SUBDOMAIN);
	schema_refuse_name(walk, at, "priorityClassName", LINT_NAME_SUBDOMAIN);
	schema_refuse_name(walk, at, "runtimeClassName", LINT_NAME_SUBDOMAIN);
	check_dns(walk, at);
	check_host_users(walk, at);
	check_sysctls(walk, at);
	check_os(walk, at);
	if (value_is_true(value_get(at->value, "shareProcessNamespace")) &&
	    value_is_true(value_get(at->value, "hostPID")))
		schema_refuse_field(walk, at, "shareProcessNamespace",
				    "cannot be true where hostPID is true");
	if (value_count(value_get(at->value, "schedulingGates")) &&
	    *schema_text(at, "nodeName"))
		schema_refuse_field(walk, at, "nodeName",
				    "cannot be set with schedulingGates");
}

void schema_check_host_alias(struct schema_walk *walk,
			     const struct schema_at *at)
{
	const char *ip = schema_text(at, "ip");
	struct schema_at names = schema_child(walk, at, "hostnames");
	size_t i;

	if (*ip && !schema_is_open(ip) && !lint_ip_is_valid(ip))
		schema_refuse_field(walk, at, "ip", "'%s' is not an address",
				    ip);
	for (i = 0; i < value_count(names.value); i++) {
		struct schema_at name = schema_item(&names, i);
		const char *text = value_string_or(name.value, "");
		const char *reason = lint_name_refused(
			walk->run->arena, LINT_NAME_SUBDOMAIN, text);

		if (reason && !schema_is_open(text))
			schema_refuse(walk, &name, "'%s': %s", text, reason);
	}
}

void schema_check_toleration(struct schema_walk *walk,
			     const struct schema_at *at)
{
	const char *key = schema_text(at, "key");
	const char *operator= schema_text(at, "operator");
	const char *reason =
		*key ? lint_name_refused_key(walk->run->arena, key) : NULL;

	if (reason && !schema_is_open(key))
		schema_refuse_field(walk, at, "key", "'%s' %s", key, reason);
	if (!*key && strcmp(operator, "Exists") != 0 &&
	    !schema_is_open(operator))
		schema_refuse_field(walk, at, "operator",
				    "must be Exists when key is empty, which "
				    "means to match all values and all keys");
	if (strcmp(operator, "Exists") == 0 && *schema_text(at, "value"))
		schema_refuse_field(walk, at, "value",
				    "must be empty when operator is Exists");
	if (schema_has(at, "tolerationSeconds") &&
	    strcmp(schema_text(at, "effect"), "NoExecute") != 0)
		schema_refuse_field(walk, at, "effect",
				    "must be NoExecute when tolerationSeconds "
				    "is set");
}

void schema_check_affinity_term(struct schema_walk *walk,
				const struct schema_at *at)
{
	static const char *const lists[] = { "matchLabelKeys",
					     "mismatchLabelKeys" };
	size_t i;

	if (schema_has(at, "topologyKey"))
		schema_refuse_empty(walk, at, "topologyKey");
	for (i = 0; i < ARRAY_COUNT(lists); i++)
		if (value_count(value_get(at->value, lists[i])) &&
		    !schema_has(at, "labelSelector"))
			schema_refuse_field(walk, at, lists[i],
					    "must not be set when "
					    "labelSelector is not set");
}

static void check_values(struct schema_walk *walk, const struct schema_at *at)
{
	const char *operator= schema_text(at, "operator");
	size_t count = value_count(value_get(at->value, "values"));

	if ((strcmp(operator, "In") == 0 || strcmp(operator, "NotIn") == 0) &&
	    !count)
		schema_refuse_field(walk, at, "values",
				    "must be specified when operator is In or "
				    "NotIn");
	else if ((strcmp(operator, "Exists") == 0 ||
		  strcmp(operator, "DoesNotExist") == 0) &&
		 count)
		schema_refuse_field(walk, at, "values",
				    "may not be specified when operator is "
				    "Exists or DoesNotExist");
	else if ((strcmp(operator, "Gt") == 0 || strcmp(operator, "Lt") == 0) &&
		 count != 1)
		schema_refuse_field(walk, at, "values",
				    "must be a single value when operator is "
				    "Lt or Gt");
}

static void check_match_field(struct schema_walk *walk,
			      const struct schema_at *at)
{
	const char *operator= schema_text(at, "operator");

	if (*schema_text(at, "key") &&
	    strcmp(schema_text(at, "key"), "metadata.name") != 0)
		schema_refuse_field(walk, at, "key",
				    "only metadata.name is a field selector");
	if ((strcmp(operator, "In") == 0 || strcmp(operator, "NotIn") == 0) &&
	    value_count(value_get(at->value, "values")) > 1)
		schema_refuse_field(walk, at, "values",
				    "must have only one element");
}

void schema_check_node_requirement(struct schema_walk *walk,
				   const struct schema_at *at)
{
	if (at->up && at->up->entry &&
	    strcmp(at->up->entry->key, "matchFields") == 0)
		check_match_field(walk, at);
	check_values(walk, at);
}

void schema_check_node_selector(struct schema_walk *walk,
				const struct schema_at *at)
{
	const struct value *terms = value_get(at->value, "nodeSelectorTerms");

	if (value_is_list(terms) && !value_count(terms))
		schema_refuse_field(walk, at, "nodeSelectorTerms",
				    "must have at least one node selector "
				    "term");
}

/* A rule of its own is about the selectors of controllers. */
static bool is_own_selector(const struct schema_walk *walk,
			    const struct schema_at *at)
{
	return at->depth == 4 && /* spec.selector.matchExpressions[0] */
	       strcmp(walk->object->group, "apps") == 0 &&
	       schema_yields(walk, LINT_RULE_selector_empty);
}

void schema_check_label_requirement(struct schema_walk *walk,
				    const struct schema_at *at)
{
	const char *operator= schema_text(at, "operator");
	const char *key = schema_text(at, "key");
	const char *reason =
		*key ? lint_name_refused_key(walk->run->arena, key) : NULL;

	if (is_own_selector(walk, at))
		return;
	if (reason && !schema_is_open(key))
		schema_refuse_field(walk, at, "key", "'%s' %s", key, reason);
	if (strcmp(operator, "Gt") == 0 || strcmp(operator, "Lt") == 0 ||
	    (*operator&& strcmp(operator, "In") != 0 &&
	     strcmp(operator, "NotIn") != 0 &&
	     strcmp(operator, "Exists") != 0 &&
	     strcmp(operator, "DoesNotExist") != 0))
		schema_refuse_field(walk, at, "operator",
				    "'%s' is not one of In, NotIn, Exists or "
				    "DoesNotExist",
				    operator);
	else
		check_values(walk, at);
}
