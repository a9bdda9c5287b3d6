/*
 * config-too-large: what is too large to be stored, or to be applied.
 *
 * kubectl apply keeps a copy of the object in an annotation, and those have
 * a limit of their own.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	DATA_MAX = 1024 * 1024,
	ANNOTATIONS_MAX = 256 * 1024
};

/* Bytes of keys and texts; `encoded` ones are base64. */
static size_t size_of(const struct value *map, bool encoded)
{
	const struct value_entry *entry;
	size_t len, size = 0;

	value_foreach (entry, map) {
		len = value_text(entry->value).len;
		size += entry->len + (encoded ? len / 4 * 3 : len);
	}
	return size;
}

static void report(struct lint_run *run, enum diag_severity severity,
		   const struct value *at, size_t size, size_t most)
{
	lint_report_as(run, severity, at, "%s '%s' is %zu bytes, limit %zu",
		       run->object->kind, run->object->name, size, most);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *data = value_get(object->root, "data");
	const struct value *annotations =
		value_at(object->root, "metadata.annotations");
	bool secret = object_is(object, "", "Secret");
	size_t notes = size_of(annotations, false), size;

	if (notes > ANNOTATIONS_MAX) {
		lint_report(run, annotations,
			    "annotations of %s '%s' are %zu bytes, limit %d",
			    object->kind, object->name, notes, ANNOTATIONS_MAX);
		return;
	}
	if (!secret && !object_is(object, "", "ConfigMap"))
		return;
	size = size_of(data, secret) +
	       size_of(value_get(object->root, "stringData"), false) +
	       size_of(value_get(object->root, "binaryData"), true);
	if (!data)
		data = object->root;
	if (size > DATA_MAX) {
		report(run, DIAG_ERROR, data, size, DATA_MAX);
	} else if (size + notes > ANNOTATIONS_MAX) {
		report(run, DIAG_WARNING, data, size, ANNOTATIONS_MAX);
		lint_help(run, "use server-side apply, or split it");
	}
}

const struct lint_rule lint_config_too_large = {
	.name = "config-too-large",
	.code = "PL7109",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A ConfigMap, a Secret or its annotations are too large.",
	.why = "The API server rejects the object.",
	.fix = "Split it, or keep the data elsewhere.",
	.check_object = check,
};
