#include "lints/subjects/probes.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"

const char *const lint_probe_names[] = { "livenessProbe", "readinessProbe",
					 "startupProbe", NULL };

const struct value *lint_probe_handler(const struct value *probe,
				       const char **name)
{
	static const char *const handlers[] = { "httpGet", "tcpSocket", "grpc",
						"exec" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(handlers); i++) {
		const struct value *handler = value_get(probe, handlers[i]);

		if (!value_is_map(handler))
			continue;
		*name = handlers[i];
		return handler;
	}
	return NULL;
}

const struct value *lint_port_named(const struct value *container,
				    const char *name)
{
	const struct value *port;

	list_foreach (port, value_get(container, "ports"))
		if (value_equals_string(value_get(port, "name"), name))
			return port;
	return NULL;
}

const struct value *lint_port_numbered(const struct value *container,
				       int64_t number, const char *protocol)
{
	const struct value *port;

	list_foreach (port, value_get(container, "ports"))
		if (value_equals_int(value_get(port, "containerPort"),
				     number) &&
		    strcmp(value_string_or(value_get(port, "protocol"), "TCP"),
			   protocol) == 0)
			return port;
	return NULL;
}

int64_t lint_port_number(const struct value *container,
			 const struct value *port)
{
	int64_t number = 0;

	if (value_is_string(port))
		port = value_get(lint_port_named(container, value_string(port)),
				 "containerPort");
	(void)value_as_int(port, &number);
	return number;
}

int64_t lint_probe_int(const struct value *probe, const char *field,
		       int64_t otherwise)
{
	(void)value_as_int(value_get(probe, field), &otherwise);
	return otherwise;
}

int64_t lint_probe_patience(const struct value *probe)
{
	int64_t period = lint_probe_int(probe, "periodSeconds", 10);
	int64_t failures = lint_probe_int(probe, "failureThreshold", 3);

	/* The API server refuses more than an int32 holds. */
	if (period < 0 || period > INT32_MAX || failures < 0 ||
	    failures > INT32_MAX)
		return 0;
	return period * failures;
}
