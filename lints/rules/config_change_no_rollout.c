/*
 * config-change-no-rollout: pods that keep the old values of a ConfigMap or
 * Secret until something restarts them.
 *
 * Variables are set once (so are files of a subPath, which are the matter of
 * subpath-config-stale).  A checksum of the content in an annotation, a hash in
 * the name, or a controller that watches for changes makes a rollout of it.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "annotations", LINT_PARAM_PATTERNS,
	  "[checksum, sha256, hash, reloader\\.stakater\\.com, "
	  "wave\\.pusher\\.com]",
	  "Patterns over annotations that restart the pods." },
	{ .name = NULL }
};

/* A name that Kustomize made: web-config-5h7tk2m8g9. */
static bool is_hashed(const char *name)
{
	static const char letters[] = "bcdfghkmt2456789";
	size_t len = strlen(name);

	return len > 11 && name[len - 11] == '-' &&
	       strspn(name + len - 10, letters) == 10;
}

static bool restarts(struct lint_run *run, const struct value *metadata)
{
	const struct value_entry *entry;

	value_foreach (entry, value_get(metadata, "annotations"))
		if (lint_param_matches(run, "annotations", entry->key))
			return true;
	return false;
}

static void use(struct lint_run *run, struct table *seen, const char *kind,
		const struct value *name)
{
	const struct lint_reference ref = { "", kind,
					    lint_namespace(run, run->object),
					    value_string_or(name, "") };
	const struct object *object = lint_referred(run, &ref);

	/* What others keep does not change with this set. */
	if (!object || is_hashed(ref.name) ||
	    value_is_true(value_get(object->root, "immutable")) ||
	    table_puts(seen, arena_printf(run->arena, "%s/%s", kind, ref.name),
		       (void *)object))
		return;
	lint_report(run, name,
		    "a change of %s '%s' does not restart the pods of %s '%s'",
		    kind, ref.name, run->object->kind, run->object->name);
}

static void use_container(struct lint_run *run, struct table *seen,
			  const struct container_ref *c)
{
	const struct value *item;

	list_foreach (item, value_get(c->spec, "env")) {
		use(run, seen, "ConfigMap",
		    value_at(item, "valueFrom.configMapKeyRef.name"));
		use(run, seen, "Secret",
		    value_at(item, "valueFrom.secretKeyRef.name"));
	}
	list_foreach (item, value_get(c->spec, "envFrom")) {
		use(run, seen, "ConfigMap",
		    value_at(item, "configMapRef.name"));
		use(run, seen, "Secret", value_at(item, "secretRef.name"));
	}
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct container_ref c;
	struct table seen;

	if (!lint_is_service(pod->object, pod->spec) ||
	    object_is(pod->object, "", "Pod") || restarts(run, pod->metadata) ||
	    restarts(run, value_get(pod->object->root, "metadata")))
		return;
	table_init(&seen, run->arena);
	for (podspec_first(pod, &c); c.spec; podspec_next(&c))
		use_container(run, &seen, &c);
}

const struct lint_rule lint_config_change_no_rollout = {
	.name = "config-change-no-rollout",
	.code = "PL7112",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Pods read a ConfigMap or Secret once and are not restarted "
		   "when it changes.",
	.why = "Old and new pods run with different values, until the next "
	       "rollout applies the change by surprise.",
	.fix = "Put a checksum of its content into an annotation of the pod "
	       "template, or a hash into its name.",
	.params = params,
	.check_pod = check,
};
