/*
 * Services, Ingresses and NetworkPolicies.
 */
#include "lints/schema/refuse.h"

#include <string.h>

#include "base/arena.h"
#include "lints/subjects/address.h"
#include "model/object.h"
#include "model/value.h"

enum {
	FAMILIES = 2,
	KUBELET_PORT = 10250,
	AFFINITY_LONGEST = 86400 /* seconds */
};

static void check_service_ports(struct schema_walk *walk,
				const struct schema_at *at, const char *type)
{
	struct schema_at ports = schema_child(walk, at, "ports");
	bool headless = strcmp(schema_text(at, "clusterIP"), "None") == 0;
	size_t i;

	if (!value_count(ports.value) && !headless &&
	    strcmp(type, "ExternalName") != 0)
		schema_refuse_field(walk, at, "ports", "is required");
	for (i = 0; i < value_count(ports.value); i++) {
		struct schema_at port = schema_item(&ports, i);

		schema_refuse_name(walk, &port, "name", LINT_NAME_LABEL);
		if (strcmp(type, "ClusterIP") == 0 &&
		    schema_int(&port, "nodePort", 0))
			schema_refuse_field(walk, &port, "nodePort",
					    "may not be used when the type is "
					    "ClusterIP");
		if (strcmp(type, "LoadBalancer") == 0 &&
		    schema_int(&port, "port", 0) == KUBELET_PORT)
			schema_refuse_field(walk, &port, "port",
					    "may not expose port %d, since it "
					    "is used by kubelet",
					    KUBELET_PORT);
	}
}

static void check_external_name(struct schema_walk *walk,
				const struct schema_at *at)
{
	static const char *const unused[] = { "clusterIPs", "ipFamilies",
					      "ipFamilyPolicy", NULL };
	const char *name = schema_text(at, "externalName");
	size_t len = strlen(name);
	const char *reason;

	schema_refuse_empty(walk, at, "externalName");
	schema_refuse_there(walk, at, unused, "when the type is ExternalName");
	if (*schema_text(at, "clusterIP"))
		schema_refuse_field(walk, at, "clusterIP",
				    "may not be set when the type is "
				    "ExternalName");
	if (len && name[len - 1] == '.')
		name = arena_strndup(walk->run->arena, name, len - 1);
	reason = *name ? lint_name_refused(walk->run->arena,
					   LINT_NAME_SUBDOMAIN, name)
		       : NULL;
	if (reason && !schema_is_open(name))
		schema_refuse_field(walk, at, "externalName", "'%s': %s", name,
				    reason);
}

static void check_affinity(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at config =
		schema_child(walk, at, "sessionAffinityConfig");
	struct schema_at client = schema_child(walk, &config, "clientIP");

	if (strcmp(schema_text(at, "sessionAffinity"), "ClientIP") == 0)
		schema_refuse_range(walk, &client, "timeoutSeconds", 1,
				    AFFINITY_LONGEST);
	else if (config.value)
		schema_refuse(walk, &config,
			      "must not be set when sessionAffinity is None");
}

static void check_cluster_ips(struct schema_walk *walk,
			      const struct schema_at *at, const char *type)
{
	struct schema_at ips = schema_child(walk, at, "clusterIPs");
	struct schema_at families = schema_child(walk, at, "ipFamilies");
	const char *ip = schema_text(at, "clusterIP");

	if (strcmp(ip, "None") == 0 && strcmp(type, "ClusterIP") != 0 &&
	    strcmp(type, "ExternalName") != 0)
		schema_refuse_field(walk, at, "clusterIP",
				    "may not be None for %s Services", type);
	else if (*ip && strcmp(ip, "None") != 0 && !schema_is_open(ip) &&
		 !lint_ip_is_valid(ip))
		schema_refuse_field(walk, at, "clusterIP",
				    "'%s' is neither an address nor None", ip);
	if (value_count(ips.value) > FAMILIES)
		schema_refuse(walk, &ips, "must not have more than %d",
			      FAMILIES);
	if (*ip && value_is_string(value_item(ips.value, 0)) &&
	    !value_equals_string(value_item(ips.value, 0), ip))
		schema_refuse(walk, &ips, "the first must be clusterIP");
	if (value_count(families.value) > FAMILIES)
		schema_refuse(walk, &families, "must not have more than %d",
			      FAMILIES);
	else if (value_count(families.value) == FAMILIES &&
		 value_equals(value_item(families.value, 0),
			      value_item(families.value, 1)))
		schema_refuse(walk, &families, "the same twice");
}

/* Refused before they are sent where nothing can answer. */
static bool is_special(const char *ip)
{
	return lint_ip_is_local(ip) || strcmp(ip, "0.0.0.0") == 0 ||
	       strcmp(ip, "::") == 0 || strncmp(ip, "224.0.0.", 8) == 0;
}

static void check_external_ips(struct schema_walk *walk,
			       const struct schema_at *at)
{
	struct schema_at ips = schema_child(walk, at, "externalIPs");
	size_t i;

	for (i = 0; i < value_count(ips.value); i++) {
		struct schema_at item = schema_item(&ips, i);
		const char *ip = value_string(item.value);

		if (!ip || schema_is_open(ip))
			continue;
		if (!lint_ip_is_valid(ip))
			schema_refuse(walk, &item, "'%s' is not an address",
				      ip);
		else if (is_special(ip))
			schema_refuse(walk, &item,
				      "'%s' is unspecified, loopback or link-"
				      "local",
				      ip);
	}
}

static void check_balancer(struct schema_walk *walk, const struct schema_at *at,
			   const char *type)
{
	struct schema_at ranges =
		schema_child(walk, at, "loadBalancerSourceRanges");
	bool local =
		strcmp(schema_text(at, "externalTrafficPolicy"), "Local") == 0;
	size_t i;

	if (strcmp(type, "LoadBalancer") != 0) {
		if (value_count(ranges.value))
			schema_refuse(walk, &ranges,
				      "may only be used when the type is "
				      "LoadBalancer");
		if (schema_has(at, "allocateLoadBalancerNodePorts"))
			schema_refuse_field(walk, at,
					    "allocateLoadBalancerNodePorts",
					    "may only be used when the type is "
					    "LoadBalancer");
		if (schema_has(at, "loadBalancerClass"))
			schema_refuse_field(walk, at, "loadBalancerClass",
					    "may only be used when the type is "
					    "LoadBalancer");
	}
	if (schema_int(at, "healthCheckNodePort", 0) &&
	    (!local || strcmp(type, "LoadBalancer") != 0))
		schema_refuse_field(walk, at, "healthCheckNodePort",
				    "may only be set when the type is "
				    "LoadBalancer and externalTrafficPolicy is "
				    "Local");
	for (i = 0; i < value_count(ranges.value); i++) {
		struct schema_at range = schema_item(&ranges, i);
		const char *text = value_string_or(range.value, "");

		/* The server cuts white space here. */
		text += strspn(text, " ");
		if (!strchr(text, ' ') && !schema_is_open(text) &&
		    !lint_ip_is_range(text))
			schema_refuse(walk, &range,
				      "'%s' is not a range such "
				      "as 10.0.0.0/8",
				      text);
	}
}

void schema_check_service(struct schema_walk *walk, const struct schema_at *at)
{
	const char *type = schema_text(at, "type");

	if (!*type)
		type = "ClusterIP";
	check_service_ports(walk, at, type);
	if (strcmp(type, "ExternalName") == 0)
		check_external_name(walk, at);
	check_affinity(walk, at);
	check_cluster_ips(walk, at, type);
	check_external_ips(walk, at);
	check_balancer(walk, at, type);
}

static bool is_stable_ingress(const struct schema_walk *walk)
{
	return strcmp(walk->object->group, "networking.k8s.io") == 0 &&
	       strcmp(walk->object->version, "v1") == 0;
}

void schema_check_ingress(struct schema_walk *walk, const struct schema_at *at)
{
	/* "backend" is its name in older versions, and reported as unknown. */
	if (is_stable_ingress(walk) && !schema_has(at, "defaultBackend") &&
	    !schema_has(at, "backend") &&
	    !value_count(value_get(at->value, "rules")))
		schema_refuse(walk, at,
			      "either defaultBackend or rules must be "
			      "specified");
}

static void check_host(struct schema_walk *walk, const struct schema_at *at)
{
	const char *host = value_string_or(at->value, "");
	const char *reason;

	if (!*host || schema_is_open(host))
		return;
	if (lint_ip_is_valid(host)) {
		schema_refuse(walk, at, "must be a DNS name, not an address");
		return;
	}
	reason = lint_name_refused(walk->run->arena, LINT_NAME_SUBDOMAIN,
				   strncmp(host, "*.", 2) == 0 ? host + 2
							       : host);
	if (reason)
		schema_refuse(walk, at, "'%s': %s", host, reason);
}

void schema_check_ingress_rule(struct schema_walk *walk,
			       const struct schema_at *at)
{
	struct schema_at host = schema_child(walk, at, "host");
	struct schema_at http = schema_child(walk, at, "http");

	if (host.value)
		check_host(walk, &host);
	if (value_is_map(http.value) &&
	    value_is_list(value_get(http.value, "paths")) &&
	    !value_count(value_get(http.value, "paths")))
		schema_refuse_field(walk, &http, "paths", "is required");
}

void schema_check_ingress_tls(struct schema_walk *walk,
			      const struct schema_at *at)
{
	struct schema_at hosts = schema_child(walk, at, "hosts");
	size_t i;

	for (i = 0; i < value_count(hosts.value); i++) {
		struct schema_at host = schema_item(&hosts, i);

		check_host(walk, &host);
	}
	schema_refuse_name(walk, at, "secretName", LINT_NAME_SUBDOMAIN);
}

void schema_check_ingress_backend(struct schema_walk *walk,
				  const struct schema_at *at)
{
	bool service = schema_has(at, "service");

	if (!is_stable_ingress(walk))
		return;
	if (service && schema_has(at, "resource"))
		schema_refuse_field(walk, at, "resource",
				    "cannot set both resource and service "
				    "backends");
	else if (!service && !schema_has(at, "resource") &&
		 !schema_has(at, "serviceName") &&
		 !schema_has(at, "servicePort"))
		schema_refuse(walk, at,
			      "must specify one of: service, resource");
}

void schema_check_ingress_service(struct schema_walk *walk,
				  const struct schema_at *at)
{
	struct schema_at port = schema_child(walk, at, "port");
	bool named = *schema_text(&port, "name");
	bool numbered = schema_int(&port, "number", 0);

	schema_refuse_name(walk, at, "name", LINT_NAME_SERVICE);
	if (named && numbered)
		schema_refuse(walk, &port,
			      "cannot set both port name and port number");
	else if (!named && !numbered &&
		 (!port.value || value_is_map(port.value)) &&
		 !schema_has(&port, "name") && !schema_has(&port, "number"))
		schema_refuse(walk, &port, "port name or number is required");
}

void schema_check_policy_port(struct schema_walk *walk,
			      const struct schema_at *at)
{
	int64_t port = schema_int(at, "port", 0);
	int64_t end = schema_int(at, "endPort", 0);

	if (!schema_has(at, "endPort"))
		return;
	if (!schema_has(at, "port"))
		schema_refuse_field(walk, at, "endPort",
				    "may not be specified when port is not "
				    "specified");
	else if (!port && *schema_text(at, "port"))
		schema_refuse_field(walk, at, "endPort",
				    "may not be specified when port is a name");
	else if (end < port)
		schema_refuse_field(walk, at, "endPort",
				    "must be greater than or equal to port");
}

void schema_check_policy_peer(struct schema_walk *walk,
			      const struct schema_at *at)
{
	bool selects = schema_has(at, "podSelector") ||
		       schema_has(at, "namespaceSelector");

	if (schema_has(at, "ipBlock") && selects)
		schema_refuse_field(walk, at, "ipBlock",
				    "may not be specified with another peer");
	else if (!schema_has(at, "ipBlock") && !selects)
		schema_refuse(walk, at, "must specify a peer");
}

void schema_check_ip_block(struct schema_walk *walk, const struct schema_at *at)
{
	struct schema_at except = schema_child(walk, at, "except");
	const char *range = schema_text(at, "cidr");
	size_t i;

	if (*range && !schema_is_open(range) && !lint_ip_is_range(range))
		schema_refuse_field(walk, at, "cidr",
				    "'%s' is not a range such as 10.0.0.0/8",
				    range);
	for (i = 0; i < value_count(except.value); i++) {
		struct schema_at item = schema_item(&except, i);
		const char *text = value_string_or(item.value, "");

		if (!schema_is_open(text) && !lint_ip_is_range(text))
			schema_refuse(walk, &item,
				      "'%s' is not a range such "
				      "as 10.0.0.0/8",
				      text);
		else if (*range && strcmp(text, range) == 0)
			schema_refuse(walk, &item,
				      "must be a strict subset of cidr");
	}
}
