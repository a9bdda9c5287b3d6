/*
 * target-port-invalid: what cannot be the number or the name of a port.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/name_syntax.h"
#include "model/value.h"
#include "model/value_path.h"

static void check_port(struct lint_run *run, const char *field,
		       const struct value *value, bool may_be_zero)
{
	const char *text = value_string(value), *reason = NULL;
	int64_t number;

	if (text && *text && strspn(text, "0123456789") == strlen(text))
		reason = "a quoted number is a name";
	else if (text && !strstr(text, "${"))
		reason = lint_name_refused_port(run->arena, text);
	else if (!text && value_as_int(value, &number) &&
		 (number < !may_be_zero || number > 65535))
		reason = "it is not in 1–65535";
	if (reason)
		lint_report(run, value, "%s '%s' is not a port: %s", field,
			    text          ? text
			    : value->text ? value->text
					  : "",
			    reason);
}

/* The schema says so where it is asked. */
static void check_number(struct lint_run *run, const struct value *port)
{
	const struct value *number = value_get(port, "containerPort");

	if (!value_is_null(number))
		check_port(run, "containerPort", number, false);
	else if (!lint_is_on(run, LINT_RULE_schema_required_missing))
		lint_report_absent(run, port, "containerPort",
				   "a port has no containerPort");
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	const struct value *port;

	list_foreach (port, value_get(c->spec, "ports")) {
		const struct value *name = value_get(port, "name");

		if (*value_string_or(name, ""))
			check_port(run, "name", name, false);
		check_number(run, port);
		check_port(run, "hostPort", value_get(port, "hostPort"), true);
	}
}

static void check_object(struct lint_run *run, const struct object *object)
{
	const struct value *port;

	if (!object_is(object, "", "Service"))
		return;
	list_foreach (port, value_at(object->root, "spec.ports")) {
		check_port(run, "targetPort", value_get(port, "targetPort"),
			   true);
		check_port(run, "port", value_get(port, "port"), false);
	}
}

const struct lint_rule lint_target_port_invalid = {
	.name = "target-port-invalid",
	.code = "PL5102",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A port is neither a number of 1 to 65535 nor a name of a "
		   "port.",
	.why = "The API server rejects the object.",
	.fix = "Use 1–65535, or a name of at most 15 lower-case characters "
	       "with a letter.",
	.check_object = check_object,
	.check_container = check_container,
};
