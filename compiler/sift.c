#include "compiler/sift.h"

#include <string.h>

#include "base/attr.h"
#include "base/source.h"
#include "model/value.h"
#include "model/value_path.h"

/* Groups of files that are read by tools and never sent to a cluster. */
static const char *const client_groups[] = {
	"kustomize.config.k8s.io",
	"skaffold",
	"kind.x-k8s.io",
	"kubeadm.k8s.io",
	"plimsoll",
	"client.authentication.k8s.io",
	"devfile.io",
	"krew.googlecontainertools.github.com",
	"tilt.dev",
	"kuttl.dev",
	"chainsaw.kyverno.io",
};

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
	return ends_in(group, len, ".config.k8s.io");
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

bool sift_is_manifest(const struct value *root)
{
	const char *version = value_string(value_get(root, "apiVersion"));
	const char *kind = value_string(value_get(root, "kind"));
	const char *slash = version ? strchr(version, '/') : NULL;

	if (!version || !kind || !is_camel_case(kind))
		return false;
	if (!is_version(slash ? slash + 1 : version))
		return false;
	if (slash && is_client_group(version, (size_t)(slash - version)))
		return false;
	/* A kubeconfig calls itself v1 Config. */
	if (!slash && strcmp(kind, "Config") == 0)
		return false;
	return ends_in(kind, strlen(kind), "List") ||
	       !value_is_null(value_at(root, "metadata.name")) ||
	       !value_is_null(value_at(root, "metadata.generateName"));
}

bool sift_is_template(const struct source *source)
{
	return strstr(source->text, "{{") || strstr(source->text, "{%");
}
