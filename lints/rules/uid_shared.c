/*
 * uid-shared: two workloads that run as one user.
 */
#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

/* The user that the pod sets for all, else that of its first container. */
static const struct value *user_of(const struct podspec *pod)
{
	const struct value *user =
		value_at(pod->spec, "securityContext.runAsUser");
	struct container_ref c;

	if (!value_is_null(user))
		return user;
	podspec_first(pod, &c);
	return c.spec ? lint_own_security(&c, "runAsUser") : NULL;
}

static void check(struct lint_run *run)
{
	const struct lint_workload *workload;
	const struct object *object, *other;
	struct table users;
	int64_t user;

	table_init(&users, run->arena);
	bundle_foreach (object, run->bundle) {
		const struct value *at;
		const char *key;

		workload = lint_workload_of(run, object);
		at = workload ? user_of(&workload->pod) : NULL;
		if (!value_as_int(at, &user))
			continue;
		key = arena_printf(run->arena, "%s/%lld", workload->name_space,
				   (long long)user);
		other = table_gets(&users, key);
		if (!other) {
			table_puts(&users, key, (void *)object);
			continue;
		}
		lint_report_in(run, object, at,
			       "%s '%s' runs as user %lld, as does %s '%s'",
			       object->kind, object->name, (long long)user,
			       other->kind, other->name);
	}
}

const struct lint_rule lint_uid_shared = {
	.name = "uid-shared",
	.code = "PL3105",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Two workloads of a namespace run as the same user.",
	.why = "On a shared volume or node each can touch what belongs to "
	       "the other.",
	.fix = "Give each a user of its own.",
	.check_bundle = check,
};
