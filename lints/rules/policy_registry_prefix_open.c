/*
 * policy-registry-prefix-open: a policy that allows a registry by the
 * beginning of its name, and with it every host that begins so.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "admissionregistration.k8s.io", "ValidatingAdmissionPolicy" },
	{ "constraints.gatekeeper.sh", "K8sAllowedRepos" },
	{ "constraints.gatekeeper.sh", "K8sAllowedReposv2" },
	{ "kyverno.io", "ClusterPolicy" },
	{ "kyverno.io", "Policy" },
	{ NULL, NULL }
};

enum {
	DEPTH_MAX = 100
};

static void report(struct lint_run *run, const struct value *at,
		   const char *prefix)
{
	lint_report(run, at,
		    "the prefix '%s' also allows '%s.evil.example/...'", prefix,
		    prefix);
	lint_help(run, "end it with a slash: '%s/'", prefix);
}

/* A host alone, or a host and the begin of a path, without a slash behind. */
static bool is_open(const char *text, size_t len)
{
	return len && text[len - 1] != '/' && !memchr(text, ':', len) &&
	       !memchr(text, '@', len) && !memchr(text, '*', len);
}

/* K8sAllowedRepos compares the beginning of the image. */
static void check_repos(struct lint_run *run, const struct object *object)
{
	const struct value *item;

	list_foreach (item, value_at(object->root, "spec.parameters.repos"))
		if (value_is_string(item) &&
		    is_open(value_string(item), strlen(value_string(item))))
			report(run, item, value_string(item));
}

/* Kyverno's patterns: "registry.example* | ghcr.io*". */
static void check_pattern(struct lint_run *run, const struct value *at)
{
	const char *text = value_string(at);

	while (*text) {
		size_t len, star;

		text += strspn(text, " |!");
		len = strcspn(text, " |");
		star = strcspn(text, "*");
		if (star < len && star + 1 == len && is_open(text, star))
			report(run, at, arena_strndup(run->arena, text, star));
		text += len;
	}
}

static void walk(struct lint_run *run, const char *key,
		 const struct value *value, size_t depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX)
		return;
	if (value_is_string(value) && strcmp(key, "image") == 0)
		check_pattern(run, value);
	value_foreach (entry, value)
		walk(run, entry->key + strspn(entry->key, "=+(^X"),
		     entry->value, depth + 1);
	list_foreach (item, value)
		walk(run, key, item, depth + 1);
}

/* CEL: image.startsWith('registry.example') */
static void check_cel(struct lint_run *run, const struct object *object)
{
	static const char call[] = "image.startsWith(";
	const struct value *item;

	list_foreach (item, value_at(object->root, "spec.validations")) {
		const struct value *at = value_get(item, "expression");
		const char *text = value_string_or(at, "");

		while ((text = strstr(text, call)) != NULL) {
			const char *end;

			text += strlen(call);
			end = *text ? strchr(text + 1, *text) : NULL;
			if (end && (*text == '\'' || *text == '"') &&
			    is_open(text + 1, (size_t)(end - text) - 1))
				report(run, at,
				       arena_strndup(run->arena, text + 1,
						     (size_t)(end - text) - 1));
		}
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;

	check_repos(run, object);
	check_cel(run, object);
	list_foreach (rule, value_at(object->root, "spec.rules"))
		walk(run, "", value_get(rule, "validate"), 0);
}

const struct lint_rule lint_policy_registry_prefix_open = {
	.name = "policy-registry-prefix-open",
	.code = "PLX101",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A policy allows a registry by a prefix that others can "
		   "have too.",
	.why = "'registry.example' is also the beginning of "
	       "registry.example.evil.example, which anyone can register.",
	.fix = "End the prefix with a slash.",
	.kinds = kinds,
	.check_object = check,
};
