/*
 * quantity-invalid: what is no quantity, or surely means another one.
 *
 * The API server takes "." and "Mi" for 0 and 128m of memory for an eighth of
 * a byte; what parses is only a warning.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/schema/quantity.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void not_one(struct lint_run *run, const struct value *value,
		    const char *field, const char *text)
{
	size_t digits = strspn(text, "+-.0123456789");
	const char *right = quantity_meant(text + digits);

	lint_report_as(run, DIAG_ERROR, value, "%s '%s' is not a quantity",
		       field, text);
	if (right)
		lint_help(run, "write a quantity: %.*s%s", (int)digits, text,
			  right);
}

static void check_one(struct lint_run *run, const struct value *value,
		      const char *resource, const char *field)
{
	struct quantity quantity;
	const char *why, *text;

	text = quantity_text(run->arena, value);
	if (!text)
		return;
	if (!quantity_of(value, &quantity)) {
		not_one(run, value, field, text);
		return;
	}
	if (quantity.negative && !quantity_is_zero(&quantity)) {
		lint_report_as(run, DIAG_ERROR, value, "%s '%s' is negative",
			       field, text);
		return;
	}
	why = quantity_suspicion(&quantity, resource);
	if (why)
		lint_report_as(run, DIAG_WARNING, value, "%s '%s' %s", field,
			       text, why);
}

static void check_list(struct lint_run *run, const struct value *list,
		       const char *front)
{
	const struct value_entry *entry;

	value_foreach (entry, list)
		check_one(run, entry->value, entry->key,
			  arena_printf(run->arena, "%s.%s", front, entry->key));
}

static void check_resources(struct lint_run *run, const struct value *resources)
{
	check_list(run, value_get(resources, "requests"), "requests");
	check_list(run, value_get(resources, "limits"), "limits");
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	check_resources(run, value_get(c->spec, "resources"));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;

	check_resources(run, value_get(pod->spec, "resources"));
	list_foreach (volume, value_get(pod->spec, "volumes"))
		check_one(run, value_at(volume, "emptyDir.sizeLimit"),
			  "sizeLimit", "sizeLimit");
}

static void check_object(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *claim;

	if (object_is(object, "", "PersistentVolumeClaim"))
		check_resources(run, value_get(spec, "resources"));
	else if (object_is(object, "", "PersistentVolume"))
		check_list(run, value_get(spec, "capacity"), "capacity");
	else if (object_is(object, "", "ResourceQuota"))
		check_list(run, value_get(spec, "hard"), "hard");
	list_foreach (claim, value_get(spec, "volumeClaimTemplates"))
		check_resources(run, value_at(claim, "spec.resources"));
}

const struct lint_rule lint_quantity_invalid = {
	.name = "quantity-invalid",
	.code = "PL2006",
	.group = LINT_RESOURCES,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A quantity is none, or surely means another one.",
	.why = "The API server rejects what it cannot parse, and takes 128m of "
	       "memory for an eighth of a byte.",
	.fix = "Write a quantity such as 500m, 128Mi or 1Gi.",
	.check_object = check_object,
	.check_pod = check_pod,
	.check_container = check_container,
};
