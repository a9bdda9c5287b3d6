/*
 * volume-ref-missing: a volume takes its files from a ConfigMap or Secret,
 * or from keys of one, that do not exist.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

struct volume_source {
	const char *volume;
	const struct value *from; /* configMap:, secret: */
	const char *kind;
	const char *field; /* that holds the name */
};

static void check_items(struct lint_run *run,
			const struct volume_source *source,
			const struct object *object)
{
	const struct value *item;

	list_foreach (item, value_get(source->from, "items")) {
		const struct value *at = value_get(item, "key");
		const char *key = value_string(at);

		if (!key || !lint_lacks_key(object, key))
			continue;
		lint_report(run, at,
			    "volume '%s' needs %s '%s' with key '%s', which "
			    "does not exist",
			    source->volume, source->kind, object->name, key);
		lint_help(run, "create it or correct the name%s",
			  lint_did_you_mean(run,
					    lint_near_key(run, object, key)));
	}
}

static void check_source(struct lint_run *run,
			 const struct volume_source *source)
{
	const struct value *name = value_get(source->from, source->field);
	struct lint_reference ref = {
		"",
		source->kind,
		lint_namespace(run, run->object),
		value_string_or(name, ""),
	};
	const struct object *object;

	if (!*ref.name || value_is_true(value_get(source->from, "optional")))
		return;
	object = lint_referred(run, &ref);
	if (object) {
		check_items(run, source, object);
		return;
	}
	if (!lint_dangles(run, &ref))
		return;
	lint_report(run, name,
		    "volume '%s' needs %s '%s', which does not exist",
		    source->volume, ref.kind, ref.name);
	lint_help_create(run, &ref);
}

static void check_sources(struct lint_run *run, const char *volume,
			  const struct value *holder, const char *secret_name)
{
	const struct volume_source config_map = {
		volume, value_get(holder, "configMap"), "ConfigMap", "name"
	};
	const struct volume_source secret = { volume,
					      value_get(holder, "secret"),
					      "Secret", secret_name };

	check_source(run, &config_map);
	check_source(run, &secret);
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume, *source;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		const char *name =
			value_string_or(value_get(volume, "name"), "");

		check_sources(run, name, volume, "secretName");
		list_foreach (source, value_at(volume, "projected.sources"))
			check_sources(run, name, source, "name");
	}
}

const struct lint_rule lint_volume_ref_missing = {
	.name = "volume-ref-missing",
	.code = "PL7003",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A volume needs a ConfigMap, Secret or key that does not "
		   "exist.",
	.why = "The pod stays in ContainerCreating until the object is there.",
	.fix = "Create it or correct the name.",
	.params = params,
	.check_pod = check,
};
