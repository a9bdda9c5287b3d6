#include "lints/subjects/wanted.h"

#include "lints/lint.h"
#include "model/kinds.h"
#include "model/value.h"

static bool has_pods(const struct object *object)
{
	return object->pod_path || (object->known && *object->known->pod_path);
}

void lint_wanted(struct lint_run *run, const struct object *object,
		 const char *field, const char *what)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *map = value_get(metadata, field);
	const char *key = lint_param_text(run, "key");
	const struct value *value = value_get(map, key);
	const char *text = value_string_or(value, "");

	if (!has_pods(object) || !value_is_map(metadata))
		return;
	if (value) {
		if (!lint_param_matches(run, "value", text))
			lint_report(run, value,
				    "%s '%s' of %s '%s' is not what is wanted: "
				    "'%s'",
				    what, key, object->kind, object->name,
				    text);
		return;
	}
	lint_report_absent(run, map ? map : metadata, map ? "" : field,
			   "%s '%s' lacks the %s '%s'", object->kind,
			   object->name, what, key);
	/* A map that is null begins behind what was to be in it. */
	if (map && !value_is_map(map))
		lint_at_key(run);
}
