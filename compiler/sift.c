#include "compiler/sift.h"

#include <string.h>

#include "base/attr.h"
#include "base/source.h"
#include "model/kinds.h"
#include "model/placeholder.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	DEPTH_MAX = 200
};

/*
 * Groups of files that are read by tools and never sent to a cluster.  Those
 * of built-in kinds, and of what a CRD may define, are named elsewhere.
 */
static const char *const client_groups[] = {
	"kustomize.config.k8s.io",
	"config.k8s.io",
	"config.kubernetes.io",
	"audit.k8s.io",
	"apiserver.k8s.io",
	"kind.x-k8s.io",
	"kubeadm.k8s.io",
	"client.authentication.k8s.io",
	"cli.kyverno.io",
	"chainsaw.kyverno.io",
	"test.gatekeeper.sh",
	"kuttl.dev",
	"kpt.dev",
	"fn.kpt.dev",
	"meta.pkg.crossplane.io",
	"backstage.io",
	"ctlptl.dev",
	"devfile.io",
	"eksctl.io",
	"k3d.io",
	"krew.googlecontainertools.github.com",
	"tilt.dev",
	"viaduct.ai", /* a generator of kustomize: ksops */
};

/* A CRD's group has a dot; these are all that have none. */
static const char *const plain_groups[] = { "apps", "autoscaling", "batch",
					    "extensions", "policy" };

static bool ends_in(const char *text, size_t len, const char *end)
{
	size_t end_len = strlen(end);

	return len >= end_len && !memcmp(text + len - end_len, end, end_len);
}

static bool is_client_group(const char *group, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(client_groups); i++)
		if (strlen(client_groups[i]) == len &&
		    !memcmp(client_groups[i], group, len))
			return true;
	return ends_in(group, len, ".config.k8s.io") ||
	       ends_in(group, len, ".config.kubernetes.io");
}

static bool is_known_kind(const char *kind)
{
	const struct kind *kinds;
	size_t i, count;

	kinds = kinds_all(&count);
	for (i = 0; i < count; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return true;
	return false;
}

/* skaffold/v4 is no group of a cluster; app/v1 Deployment is a mistake. */
static bool is_foreign_group(const char *group, size_t len, const char *kind)
{
	size_t i;

	if (memchr(group, '.', len))
		return false;
	for (i = 0; i < ARRAY_COUNT(plain_groups); i++)
		if (strlen(plain_groups[i]) == len &&
		    !memcmp(plain_groups[i], group, len))
			return false;
	return !is_known_kind(kind);
}

/* "v" digits [("alpha" | "beta") digits] */
static bool is_version(const char *text)
{
	size_t digits;

	if (*text++ != 'v')
		return false;
	digits = strspn(text, "0123456789");
	if (!digits)
		return false;
	text += digits;
	if (strncmp(text, "alpha", 5) == 0)
		text += 5;
	else if (strncmp(text, "beta", 4) == 0)
		text += 4;
	else
		return !*text;
	digits = strspn(text, "0123456789");
	return digits && !text[digits];
}

static bool is_camel_case(const char *text)
{
	if (*text < 'A' || *text > 'Z')
		return false;
	for (; *text; text++)
		if (!((*text >= 'A' && *text <= 'Z') ||
		      (*text >= 'a' && *text <= 'z') ||
		      (*text >= '0' && *text <= '9')))
			return false;
	return true;
}

/* A patch says what to do with a part: `$patch: delete`. */
static bool has_directive(const struct value *at, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX)
		return false;
	value_foreach (entry, at)
		if ((entry->key[0] == '$' &&
		     strcmp(entry->key, "$patch") == 0) ||
		    has_directive(entry->value, depth + 1))
			return true;
	list_foreach (item, at)
		if (has_directive(item, depth + 1))
			return true;
	return false;
}

static bool is_named(const struct value *root, const char *kind)
{
	return (ends_in(kind, strlen(kind), "List") &&
		value_get(root, "items")) ||
	       !value_is_null(value_at(root, "metadata.name")) ||
	       !value_is_null(value_at(root, "metadata.generateName"));
}

const char *sift_reason(const struct value *root)
{
	const char *version = value_string(value_get(root, "apiVersion"));
	const char *kind = value_string(value_get(root, "kind"));
	const char *slash = version ? strchr(version, '/') : NULL;
	size_t len = slash ? (size_t)(slash - version) : 0;

	if (!version || !kind)
		return "no apiVersion and kind";
	if (placeholder_is_encrypted(kind, strlen(kind)))
		return "encrypted as a whole";
	if (!is_camel_case(kind))
		return "its kind is not in CamelCase";
	/* Without a group there is one version only. */
	if (slash ? !is_version(slash + 1) : strcmp(version, "v1") != 0)
		return "its apiVersion is not one of Kubernetes";
	/* A kubeconfig calls itself v1 Config. */
	if (slash ? is_client_group(version, len) ||
			    is_foreign_group(version, len, kind)
		  : strcmp(kind, "Config") == 0)
		return "its kind is read by a tool, not by a cluster";
	if (!is_named(root, kind))
		return "it has no name";
	if (has_directive(root, 0))
		return "it is a patch";
	return NULL;
}

bool sift_is_template(const struct source *source)
{
	return strstr(source->text, "{{") || strstr(source->text, "{%");
}

static bool has_line(const struct source *source, const char *word)
{
	size_t len = strlen(word);
	const char *at = source->text;

	while ((at = strstr(at, word)) != NULL) {
		if (at == source->text || at[-1] == '\n')
			return true;
		at += len;
	}
	return false;
}

bool sift_may_be_manifest(const struct source *source)
{
	if (ends_in(source->name, strlen(source->name), ".json"))
		return strstr(source->text, "\"apiVersion\"") &&
		       strstr(source->text, "\"kind\"");
	return has_line(source, "apiVersion:") && has_line(source, "kind:");
}
