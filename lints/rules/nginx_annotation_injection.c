/*
 * nginx-annotation-injection: values of annotations that end up as
 * configuration of nginx.
 *
 * Variables ($host) are used by several annotations as documented, so only
 * what ends a directive or opens a block is looked for.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct {
	const char *text;
	const char *reason;
} signs[] = {
	{ "{", "it opens a block" },
	{ "}", "it closes a block" },
	{ ";", "it ends a directive" },
	{ "\n", "it has several lines" },
	{ "_by_lua", "it runs a script" },
	{ "secrets/kubernetes.io/serviceaccount",
	  "it names the token of the controller" },
};

static void check(struct lint_run *run, const struct object *object)
{
	static const char prefix[] = "nginx.ingress.kubernetes.io/";
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, value_at(object->root, "metadata.annotations")) {
		const char *text = value_string_or(entry->value, "");

		/* Snippets are configuration anyway and have their rule. */
		if (strncmp(entry->key, prefix, strlen(prefix)) != 0 ||
		    strstr(entry->key, "-snippet"))
			continue;
		for (i = 0; i < ARRAY_COUNT(signs); i++)
			if (strstr(text, signs[i].text))
				break;
		if (i < ARRAY_COUNT(signs))
			lint_report(run, entry->value,
				    "value of annotation %s can inject nginx "
				    "configuration: %s",
				    entry->key, signs[i].reason);
	}
}

const struct lint_rule lint_nginx_annotation_injection = {
	.name = "nginx-annotation-injection",
	.code = "PL5125",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The value of an annotation can inject configuration into "
		   "nginx.",
	.why = "Whoever may write an Ingress reads the Secrets of the whole "
	       "cluster.",
	.fix = "Write a plain value.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
