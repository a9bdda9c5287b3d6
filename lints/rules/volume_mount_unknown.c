/*
 * volume-mount-unknown: a container mounts a volume that its pod does not
 * have.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/table.h"
#include "base/vec.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

struct names {
	struct table table;
	VEC(const char *) list; /* NULL at the end */
};

static void add(struct lint_run *run, struct names *names,
		const struct value *value)
{
	const char *name = value_string_or(value, "");

	table_puts(&names->table, name, (void *)value);
	vec_push(run->arena, &names->list, name);
}

/* The pod's volumes, and the claims of a StatefulSet. */
static void collect(struct lint_run *run, const struct container_ref *c,
		    struct names *names)
{
	const struct value *item;

	table_init(&names->table, run->arena);
	list_foreach (item, value_get(c->pod, "volumes"))
		add(run, names, value_get(item, "name"));
	list_foreach (item,
		      value_at(c->object->root, "spec.volumeClaimTemplates"))
		add(run, names, value_at(item, "metadata.name"));
	vec_push(run->arena, &names->list, NULL);
}

static void check_list(struct lint_run *run, const struct container_ref *c,
		       const struct names *names, const char *field)
{
	const struct value *item;

	list_foreach (item, value_get(c->spec, field)) {
		const struct value *at = value_get(item, "name");
		const char *name = value_string(at);

		if (!name || table_find(&names->table, name, strlen(name)))
			continue;
		lint_report(
			run, at, "%.*s '%s' of '%s' names no volume of the pod",
			(int)strlen(field) - 1, field, name, container_name(c));
		lint_help(
			run, "add the volume or correct the name%s",
			lint_did_you_mean(
				run, edit_nearest_of(name, names->list.items)));
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	struct names names = { 0 };

	if (!value_count(value_get(c->spec, "volumeMounts")) &&
	    !value_count(value_get(c->spec, "volumeDevices")))
		return;
	collect(run, c, &names);
	check_list(run, c, &names, "volumeMounts");
	check_list(run, c, &names, "volumeDevices");
}

const struct lint_rule lint_volume_mount_unknown = {
	.name = "volume-mount-unknown",
	.code = "PL7005",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A container mounts a volume that its pod does not have.",
	.why = "The API server rejects the object.",
	.fix = "Add the volume or correct the name.",
	.check_container = check,
};
