/*
 * What the levels of Pod Security allow by name.
 */
#include "lints/subjects/pss.h"

#include <string.h>

#include "base/attr.h"
#include "base/number.h"

enum {
	ENGINE_SINCE = 31,
	LATEST = 37,
	MINOR_MAX = 999
};

const char lint_pss_apparmor_annotation[] =
	"container.apparmor.security.beta.kubernetes.io/";

static const struct {
	const char *name;
	unsigned since;
} sysctls[] = {
	{ "kernel.shm_rmid_forced", 0 },
	{ "net.ipv4.ip_local_port_range", 0 },
	{ "net.ipv4.ip_unprivileged_port_start", 0 },
	{ "net.ipv4.tcp_syncookies", 0 },
	{ "net.ipv4.ping_group_range", 0 },
	{ "net.ipv4.ip_local_reserved_ports", 27 },
	{ "net.ipv4.tcp_keepalive_time", 29 },
	{ "net.ipv4.tcp_keepalive_intvl", 29 },
	{ "net.ipv4.tcp_keepalive_probes", 29 },
	{ "net.ipv4.tcp_fin_timeout", 29 },
	{ "net.ipv4.tcp_rmem", 32 },
	{ "net.ipv4.tcp_wmem", 32 },
	{ "net.ipv4.tcp_slow_start_after_idle", 37 },
	{ "net.ipv4.tcp_notsent_lowat", 37 },
};

static const char *const capabilities[] = {
	"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE",     "FOWNER",  "FSETID",
	"KILL",        "MKNOD",  "NET_BIND_SERVICE", "SETFCAP", "SETGID",
	"SETPCAP",     "SETUID", "SYS_CHROOT",       NULL
};

/* Beside its type a volume has a name. */
static const char *const volumes[] = {
	"configMap", "csi",    "downwardAPI", "emptyDir",
	"ephemeral", "image",  "name",        "persistentVolumeClaim",
	"projected", "secret", NULL
};

static const char *const apparmor[] = { "", "RuntimeDefault", "Localhost",
					"runtime/default", NULL };

static const char *const selinux[] = { "", "container_t", "container_init_t",
				       "container_kvm_t", NULL };

static bool has(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

bool lint_pss_sysctl_is_safe(const char *name, unsigned minor)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(sysctls); i++)
		if (strcmp(sysctls[i].name, name) == 0)
			return minor >= sysctls[i].since;
	return false;
}

bool lint_pss_capability_is_baseline(const char *name)
{
	return has(capabilities, name);
}

bool lint_pss_capability_is_restricted(const char *name)
{
	return strcmp(name, "NET_BIND_SERVICE") == 0;
}

bool lint_pss_volume_is_restricted(const char *type)
{
	return has(volumes, type);
}

bool lint_pss_apparmor_is_fine(const char *profile)
{
	return has(apparmor, profile) ||
	       strncmp(profile, "localhost/", 10) == 0;
}

bool lint_pss_selinux_is_fine(const char *type, unsigned minor)
{
	return has(selinux, type) || (minor >= ENGINE_SINCE &&
				      strcmp(type, "container_engine_t") == 0);
}

bool lint_pss_version(const char *text, unsigned otherwise, unsigned *minor)
{
	int64_t number;

	*minor = otherwise;
	if (!*text)
		return true;
	if (strcmp(text, "latest") == 0) {
		*minor = LATEST;
		return true;
	}
	text += *text == 'v';
	if (strncmp(text, "1.", 2) != 0 ||
	    number_parse_int(text + 2, strlen(text + 2), 10, &number) !=
		    NUMBER_OK ||
	    number < 0 || number > MINOR_MAX)
		return false;
	*minor = (unsigned)number;
	return true;
}
