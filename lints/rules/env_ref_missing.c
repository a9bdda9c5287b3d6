/*
 * env-ref-missing: an environment variable is read from a ConfigMap or
 * Secret, or from a key of one, that does not exist.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

struct env {
	const char *name;
	const char *container;
	const char *key;
	const struct value *key_at;
	const struct value *name_at;
};

static void check_key(struct lint_run *run, const struct env *env,
		      const struct object *object)
{
	if (!*env->key || !lint_lacks_key(object, env->key))
		return;
	lint_report(run, env->key_at,
		    "env %s of '%s' reads key '%s' of %s '%s', which does "
		    "not exist",
		    env->name, env->container, env->key, object->kind,
		    object->name);
	lint_help(run, "create it or correct the name%s",
		  lint_did_you_mean(run, lint_near_key(run, object, env->key)));
}

static void check_ref(struct lint_run *run, const struct env *env,
		      const struct lint_reference *ref)
{
	const struct object *object = lint_referred(run, ref);

	if (object) {
		check_key(run, env, object);
		return;
	}
	if (!lint_dangles(run, ref))
		return;
	lint_report(run, env->name_at,
		    "env %s of '%s' reads key '%s' of %s '%s', which does "
		    "not exist",
		    env->name, env->container, env->key, ref->kind, ref->name);
	lint_help_create(run, ref);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const sources[][2] = {
		{ "configMapKeyRef", "ConfigMap" },
		{ "secretKeyRef", "Secret" },
	};
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(c->spec, "env"))
		for (i = 0; i < ARRAY_COUNT(sources); i++) {
			const struct value *from = value_get(
				value_get(item, "valueFrom"), sources[i][0]);
			struct env env = {
				value_string_or(value_get(item, "name"), ""),
				container_name(c),
				value_string_or(value_get(from, "key"), ""),
				value_get(from, "key"),
				value_get(from, "name"),
			};
			struct lint_reference ref = {
				"",
				sources[i][1],
				lint_namespace(run, c->object),
				value_string_or(env.name_at, ""),
			};

			if (*ref.name &&
			    !value_is_true(value_get(from, "optional")))
				check_ref(run, &env, &ref);
		}
}

const struct lint_rule lint_env_ref_missing = {
	.name = "env-ref-missing",
	.code = "PL7001",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "An environment variable is read from an object or key that "
		   "does not exist.",
	.why = "The container waits for the object and never starts.",
	.fix = "Create it or correct the name.",
	.params = params,
	.check_container = check,
};
