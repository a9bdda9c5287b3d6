#include "lints/subjects/pss.h"

#include <string.h>

#include "base/attr.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	SECCOMP_FIELDS_SINCE = 19,
	WINDOWS_EXEMPT_SINCE = 25,
	OWN_USERS_SINCE = 35,
	NEVER = 9999
};

struct judging {
	const struct podspec *pod;
	unsigned minor;
};

/*
 * What is wrong about a pod or one of its containers, NULL if nothing is.  A
 * check is asked for the pod first (`c` is NULL), then for each container.
 */
typedef const struct value *(*pss_check)(const struct judging *in,
					 const struct container_ref *c);

static const struct value *context_of(const struct judging *in,
				      const struct container_ref *c)
{
	return value_get(c ? c->spec : in->pod->spec, "securityContext");
}

static const struct value *if_true(const struct value *flag)
{
	return value_is_true(flag) ? flag : NULL;
}

/* Windows has none of what the restricted level asks for. */
static bool is_windows(const struct judging *in)
{
	return in->minor >= WINDOWS_EXEMPT_SINCE &&
	       value_equals_string(value_at(in->pod->spec, "os.name"),
				   "windows");
}

static bool has_own_users(const struct judging *in)
{
	return in->minor >= OWN_USERS_SINCE &&
	       value_is_false(value_get(in->pod->spec, "hostUsers"));
}

static const struct value *host_process(const struct judging *in,
					const struct container_ref *c)
{
	return if_true(
		value_at(context_of(in, c), "windowsOptions.hostProcess"));
}

static const struct value *host_network(const struct judging *in,
					const struct container_ref *c)
{
	return c ? NULL : if_true(value_get(in->pod->spec, "hostNetwork"));
}

static const struct value *host_pid(const struct judging *in,
				    const struct container_ref *c)
{
	return c ? NULL : if_true(value_get(in->pod->spec, "hostPID"));
}

static const struct value *host_ipc(const struct judging *in,
				    const struct container_ref *c)
{
	return c ? NULL : if_true(value_get(in->pod->spec, "hostIPC"));
}

static const struct value *privileged(const struct judging *in,
				      const struct container_ref *c)
{
	return c ? if_true(value_get(context_of(in, c), "privileged")) : NULL;
}

static const struct value *added_beyond(const struct judging *in,
					const struct container_ref *c,
					bool (*is_allowed)(const char *name))
{
	const struct value *item;

	if (!c)
		return NULL;
	list_foreach (item, value_at(context_of(in, c), "capabilities.add"))
		if (value_is_string(item) && !is_allowed(value_string(item)))
			return item;
	return NULL;
}

static const struct value *capabilities(const struct judging *in,
					const struct container_ref *c)
{
	return added_beyond(in, c, lint_pss_capability_is_baseline);
}

static const struct value *host_path(const struct judging *in,
				     const struct container_ref *c)
{
	const struct value *volume, *path;

	if (!c)
		list_foreach (volume, value_get(in->pod->spec, "volumes")) {
			path = value_get(volume, "hostPath");
			if (value_is_map(path))
				return path;
		}
	return NULL;
}

static const struct value *host_port(const struct judging *in UNUSED,
				     const struct container_ref *c)
{
	const struct value *port, *host;
	int64_t number;

	if (c)
		list_foreach (port, value_get(c->spec, "ports")) {
			host = value_get(port, "hostPort");
			if (value_as_int(host, &number) && number)
				return host;
		}
	return NULL;
}

static const struct value *named_host(const struct value *handlers)
{
	static const char *const names[] = { "httpGet", "tcpSocket" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const struct value *host =
			value_get(value_get(handlers, names[i]), "host");

		if (value_is_string(host) && *value_string(host))
			return host;
	}
	return NULL;
}

static const struct value *probe_host(const struct judging *in UNUSED,
				      const struct container_ref *c)
{
	static const char *const paths[] = { "livenessProbe", "readinessProbe",
					     "startupProbe",
					     "lifecycle.postStart",
					     "lifecycle.preStop" };
	const struct value *host = NULL;
	size_t i;

	for (i = 0; c && !host && i < ARRAY_COUNT(paths); i++)
		host = named_host(value_at(c->spec, paths[i]));
	return host;
}

static const struct value *apparmor(const struct judging *in,
				    const struct container_ref *c)
{
	const struct value *type =
		value_at(context_of(in, c), "appArmorProfile.type");
	const struct value_entry *entry;
	size_t len = strlen(lint_pss_apparmor_annotation);

	if (value_is_string(type) &&
	    !lint_pss_apparmor_is_fine(value_string(type)))
		return type;
	if (!c)
		value_foreach (entry,
			       value_get(in->pod->metadata, "annotations"))
			if (strncmp(entry->key, lint_pss_apparmor_annotation,
				    len) == 0 &&
			    !lint_pss_apparmor_is_fine(
				    value_string_or(entry->value, "")))
				return entry->value;
	return NULL;
}

static const struct value *selinux(const struct judging *in,
				   const struct container_ref *c)
{
	static const char *const others[] = { "user", "role" };
	const struct value *options =
		value_get(context_of(in, c), "seLinuxOptions");
	const struct value *type = value_get(options, "type");
	size_t i;

	if (!lint_pss_selinux_is_fine(value_string_or(type, ""), in->minor))
		return type;
	for (i = 0; i < ARRAY_COUNT(others); i++) {
		const struct value *other = value_get(options, others[i]);

		if (*value_string_or(other, ""))
			return other;
	}
	return NULL;
}

static const struct value *unmasked(const struct judging *in,
				    const struct container_ref *c)
{
	const struct value *mount =
		c ? value_get(context_of(in, c), "procMount") : NULL;

	return value_is_string(mount) && !value_equals_string(mount, "Default")
		       ? mount
		       : NULL;
}

static const struct value *proc_mount(const struct judging *in,
				      const struct container_ref *c)
{
	return has_own_users(in) ? NULL : unmasked(in, c);
}

static bool is_profile(const char *type)
{
	return strcmp(type, "RuntimeDefault") == 0 ||
	       strcmp(type, "Localhost") == 0;
}

static const struct value *seccomp(const struct judging *in,
				   const struct container_ref *c)
{
	const struct value *type =
		value_at(context_of(in, c), "seccompProfile.type");

	return value_is_string(type) && !is_profile(value_string(type)) ? type
									: NULL;
}

/* Before the fields there were annotations of the pod. */
static const struct value *seccomp_annotation(const struct judging *in,
					      const struct container_ref *c)
{
	static const char pod[] = "seccomp.security.alpha.kubernetes.io/pod";
	static const char front[] =
		"container.seccomp.security.alpha.kubernetes.io/";
	const struct value_entry *entry;

	if (c)
		return NULL;
	value_foreach (entry, value_get(in->pod->metadata, "annotations")) {
		const char *profile = value_string_or(entry->value, "");

		if (strcmp(entry->key, pod) != 0 &&
		    strncmp(entry->key, front, sizeof(front) - 1) != 0)
			continue;
		if (strcmp(profile, "runtime/default") != 0 &&
		    strcmp(profile, "docker/default") != 0 &&
		    strncmp(profile, "localhost/", 10) != 0)
			return entry->value;
	}
	return NULL;
}

static const struct value *sysctl(const struct judging *in,
				  const struct container_ref *c)
{
	const struct value *item, *name;

	if (!c)
		list_foreach (item,
			      value_get(context_of(in, NULL), "sysctls")) {
			name = value_get(item, "name");
			if (value_is_string(name) &&
			    !lint_pss_sysctl_is_safe(value_string(name),
						     in->minor))
				return name;
		}
	return NULL;
}

static const struct value *volume_type(const struct judging *in,
				       const struct container_ref *c)
{
	const struct value_entry *entry;
	const struct value *volume;

	if (!c)
		list_foreach (volume, value_get(in->pod->spec, "volumes"))
			value_foreach (entry, volume)
				if (!lint_pss_volume_is_restricted(entry->key))
					return entry->value;
	return NULL;
}

static const struct value *escalation(const struct judging *in,
				      const struct container_ref *c)
{
	const struct value *flag = value_get(c ? context_of(in, c) : NULL,
					     "allowPrivilegeEscalation");

	if (!c || is_windows(in) || value_is_false(flag))
		return NULL;
	return flag ? flag : c->spec;
}

/* A false on the pod counts even where every container overrides it. */
static const struct value *non_root(const struct judging *in,
				    const struct container_ref *c)
{
	const struct value *all =
		value_get(context_of(in, NULL), "runAsNonRoot");
	const struct value *own = value_get(context_of(in, c), "runAsNonRoot");

	if (has_own_users(in) || value_is_true(own))
		return NULL;
	if (value_is_false(own))
		return own;
	return !c || value_is_true(all) ? NULL : c->spec;
}

static const struct value *user(const struct judging *in,
				const struct container_ref *c)
{
	const struct value *uid = value_get(context_of(in, c), "runAsUser");

	return value_equals_int(uid, 0) && !has_own_users(in) ? uid : NULL;
}

static const struct value *seccomp_set(const struct judging *in,
				       const struct container_ref *c)
{
	const struct value *all =
		value_at(context_of(in, NULL), "seccompProfile.type");
	const struct value *own =
		value_at(context_of(in, c), "seccompProfile.type");

	if (is_windows(in))
		return NULL;
	if (value_is_string(own))
		return is_profile(value_string(own)) ? NULL : own;
	return !c || is_profile(value_string_or(all, "")) ? NULL : c->spec;
}

static const struct value *dropped(const struct judging *in,
				   const struct container_ref *c)
{
	const struct value *list =
		value_at(c ? context_of(in, c) : NULL, "capabilities.drop");
	const struct value *item;

	if (!c || is_windows(in))
		return NULL;
	list_foreach (item, list)
		if (value_equals_string(item, "ALL"))
			return NULL;
	return list ? list : c->spec;
}

static const struct value *added(const struct judging *in,
				 const struct container_ref *c)
{
	return is_windows(in)
		       ? NULL
		       : added_beyond(in, c, lint_pss_capability_is_restricted);
}

#define BASELINE(since, before, check, rule, says)                             \
	{                                                                      \
		LINT_PSS_BASELINE, since, before, check, LINT_RULE_##rule,     \
			says                                                   \
	}
#define RESTRICTED(since, before, check, rule, says)                           \
	{                                                                      \
		LINT_PSS_RESTRICTED, since, before, check, LINT_RULE_##rule,   \
			says                                                   \
	}

/* Controls from version `since` up to the one before `before`. */
static const struct {
	enum lint_pss_level level;
	unsigned since;
	unsigned before;
	pss_check check;
	enum lint_rule_at rule;
	const char *says;
} controls[] = {
	BASELINE(0, NEVER, host_process, host_process_windows,
		 "a container runs as a host process of Windows"),
	BASELINE(0, NEVER, host_network, host_network,
		 "the pod uses the node's network"),
	BASELINE(0, NEVER, host_pid, host_pid,
		 "the pod sees the node's processes"),
	BASELINE(0, NEVER, host_ipc, host_ipc,
		 "the pod shares the node's IPC namespace"),
	BASELINE(0, NEVER, privileged, privileged_container,
		 "a container is privileged"),
	BASELINE(0, NEVER, capabilities, capabilities_beyond_baseline,
		 "a container adds a capability"),
	BASELINE(0, NEVER, host_path, host_path_volume,
		 "a volume is a folder of the node"),
	BASELINE(0, NEVER, host_port, host_port, "a port is bound on the node"),
	BASELINE(34, NEVER, probe_host, probe_host_set,
		 "a probe or a hook names a host"),
	BASELINE(0, NEVER, apparmor, apparmor_unconfined,
		 "AppArmor is switched off"),
	BASELINE(0, NEVER, selinux, selinux_options_unsafe,
		 "SELinux options are not those of containers"),
	BASELINE(0, NEVER, proc_mount, proc_mount_unmasked,
		 "a container sees /proc unmasked"),
	BASELINE(0, SECCOMP_FIELDS_SINCE, seccomp_annotation,
		 seccomp_unconfined, "seccomp is switched off"),
	BASELINE(SECCOMP_FIELDS_SINCE, NEVER, seccomp, seccomp_unconfined,
		 "seccomp is switched off"),
	BASELINE(0, NEVER, sysctl, sysctl_unsafe,
		 "a sysctl is not in the safe set"),
	RESTRICTED(0, NEVER, volume_type, volume_type_restricted,
		   "a volume is of another type than allowed"),
	RESTRICTED(8, NEVER, escalation, privilege_escalation_unset,
		   "allowPrivilegeEscalation is not false"),
	RESTRICTED(0, NEVER, non_root, may_run_as_root,
		   "runAsNonRoot is not true"),
	RESTRICTED(23, NEVER, user, run_as_root_uid, "runAsUser is 0"),
	RESTRICTED(SECCOMP_FIELDS_SINCE, NEVER, seccomp_set, seccomp_missing,
		   "seccompProfile is not RuntimeDefault or Localhost"),
	RESTRICTED(22, NEVER, dropped, capabilities_not_dropped,
		   "capabilities are not dropped"),
	RESTRICTED(22, NEVER, added, capabilities_beyond_restricted,
		   "a container adds a capability"),
	RESTRICTED(OWN_USERS_SINCE, NEVER, unmasked, proc_mount_unmasked,
		   "a container sees /proc unmasked"),
};

/* The first of the pod and its containers that violates a control. */
static const struct value *violated(const struct judging *in, pss_check check)
{
	const struct value *found = check(in, NULL);
	struct container_ref c;

	if (found)
		return found;
	for (podspec_first(in->pod, &c); c.spec && !found; podspec_next(&c))
		found = check(in, &c);
	return found;
}

bool lint_pss_next(const struct podspec *pod, enum lint_pss_level level,
		   unsigned minor, size_t *at,
		   struct lint_pss_violation *violation)
{
	struct judging in = { .pod = pod, .minor = minor };

	while (*at < ARRAY_COUNT(controls)) {
		size_t i = (*at)++;

		if (controls[i].level > level || minor < controls[i].since ||
		    minor >= controls[i].before)
			continue;
		violation->at = violated(&in, controls[i].check);
		violation->level = controls[i].level;
		violation->says = controls[i].says;
		violation->rule = controls[i].rule;
		if (violation->at)
			return true;
	}
	return false;
}
