#include "compiler/gitops/helm_hooks.h"

#include <string.h>

#include "base/arena.h"
#include "compiler/job.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

struct helm_hooks helm_hooks_of(const struct value *spec)
{
	struct helm_hooks hooks = {
		!value_is_true(value_at(spec, "install.disableHooks")),
		!value_is_true(value_at(spec, "upgrade.disableHooks")),
		!value_is_true(value_at(spec, "uninstall.disableHooks")),
		!value_is_true(value_at(spec, "rollback.disableHooks")),
	};

	return hooks;
}

/* "pre-install,post-upgrade"; NULL: it is no hook. */
static const char *events_of(const struct object *object)
{
	return value_string(
		value_get(value_at(object->root, "metadata.annotations"),
			  "helm.sh/hook"));
}

/* An event that nobody knows is for helm-hook-invalid to judge. */
static bool runs(const struct helm_hooks *hooks, const char *event, size_t len)
{
	const struct {
		const char *action;
		bool on;
	} rows[] = {
		{ "-install", hooks->install },
		{ "-upgrade", hooks->upgrade },
		{ "-delete", hooks->uninstall },
		{ "-rollback", hooks->rollback },
	};
	size_t i, end;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		end = strlen(rows[i].action);
		if (len >= end &&
		    !strncmp(event + len - end, rows[i].action, end))
			return rows[i].on;
	}
	return true;
}

static bool is_dead(const struct object *object, const struct helm_hooks *hooks)
{
	const char *events = events_of(object);
	size_t len;

	if (!events)
		return false;
	for (;; events += len + 1) {
		events += strspn(events, " ");
		len = strcspn(events, ",");
		if (runs(hooks, events, strcspn(events, ", ")))
			return false;
		if (!events[len])
			return true;
	}
}

void helm_hooks_drop(struct job *job, const struct helm_hooks *hooks)
{
	struct bundle *kept = bundle_new(job->arena, job->bundle->name_space);
	struct object *object;

	if (hooks->install && hooks->upgrade && hooks->uninstall &&
	    hooks->rollback)
		return;
	bundle_foreach (object, job->bundle)
		if (!is_dead(object, hooks))
			bundle_append(kept, object);
	job->bundle = kept;
}

struct bundle *helm_hooks_split(struct job *job)
{
	struct bundle *kept = bundle_new(job->arena, job->bundle->name_space);
	struct bundle *hooks = bundle_new(job->arena, job->bundle->name_space);
	struct object *object;

	bundle_foreach (object, job->bundle)
		bundle_append(events_of(object) ? hooks : kept, object);
	job->bundle = kept;
	return hooks;
}
