/*
 * selector-volatile: a selector that changes with every release.
 *
 * "version" alone may be a name for good (v1 beside v2), so its value has to
 * look like the number of a release; "chart" may be the chart's name alone.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { "apps", "ReplicaSet" },
					   { "apps", "StatefulSet" },
					   { "apps", "DaemonSet" },
					   { NULL, NULL } };

static const char *const always[] = {
	"build",
	"commit",
	"git-commit",
	"git-sha",
};

static const char *const charts[] = {
	"app.kubernetes.io/chart",
	"chart",
	"helm.sh/chart",
};

static bool is_release(const char *text)
{
	text += *text == 'v';
	return isdigit((unsigned char)*text) && strchr(text, '.');
}

/* web-1.4.2, in some place of it. */
static bool has_release(const char *text)
{
	for (; (text = strchr(text, '.')) != NULL; text++)
		if (isdigit((unsigned char)text[1]))
			return true;
	return false;
}

static bool is_volatile(const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(always); i++)
		if (strcmp(always[i], key) == 0)
			return true;
	for (i = 0; i < ARRAY_COUNT(charts); i++)
		if (strcmp(charts[i], key) == 0)
			return has_release(value);
	return (strcmp(key, "version") == 0 ||
		strcmp(key, "app.kubernetes.io/version") == 0) &&
	       is_release(value);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value_entry *entry;

	value_foreach (entry,
		       value_at(object->root, "spec.selector.matchLabels"))
		if (is_volatile(entry->key, value_string_or(entry->value, "")))
			lint_report(run, entry->value,
				    "selector of '%s' holds %s, which changes "
				    "with every release, but selectors are "
				    "immutable",
				    object->name, entry->key);
}

const struct lint_rule lint_selector_volatile = {
	.name = "selector-volatile",
	.code = "PL8122",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A selector holds a label that changes with every release.",
	.why = "Selectors are immutable, so that the next upgrade fails.",
	.fix = "Keep only stable labels in it.",
	.kinds = kinds,
	.check_object = check,
};
