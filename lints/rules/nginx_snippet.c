/*
 * nginx-snippet: configuration of the controller written into an Ingress.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "networking.k8s.io", "Ingress" },
					   { "extensions", "Ingress" },
					   { "", "ConfigMap" },
					   { NULL, NULL } };

static bool is_snippet(const char *key)
{
	static const char *const prefixes[] = { "nginx.ingress.kubernetes.io/",
						"nginx.org/" };
	size_t i, len = strlen(key);

	for (i = 0; i < ARRAY_COUNT(prefixes); i++)
		if (strncmp(key, prefixes[i], strlen(prefixes[i])) == 0)
			break;
	if (i == ARRAY_COUNT(prefixes))
		return false;
	return (len > 8 && strcmp(key + len - 8, "-snippet") == 0) ||
	       (len > 9 && strcmp(key + len - 9, "-snippets") == 0);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *allow =
		value_at(object->root, "data.allow-snippet-annotations");
	const struct value_entry *entry;

	if (object_is(object, "", "ConfigMap")) {
		if (value_equals_string(allow, "true"))
			lint_report(run, allow,
				    "allow-snippet-annotations of ConfigMap "
				    "'%s' lets Ingresses inject nginx "
				    "configuration (CVE-2021-25742)",
				    object->name);
		return;
	}
	value_foreach (entry, value_at(object->root, "metadata.annotations"))
		if (is_snippet(entry->key))
			lint_report(run, entry->value,
				    "annotation %s injects nginx configuration "
				    "(CVE-2021-25742)",
				    entry->key);
}

const struct lint_rule lint_nginx_snippet = {
	.name = "nginx-snippet",
	.code = "PL5124",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An annotation injects configuration into nginx.",
	.why = "Whoever may write an Ingress reads the Secrets of the whole "
	       "cluster.",
	.fix = "Delete it; use the supported annotations.",
	.kinds = kinds,
	.check_object = check,
};
