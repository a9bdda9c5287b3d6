#include "lints/subjects/ports.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void add(struct lint_run *run, const struct container_ref *c,
		const struct value *at, struct lint_ports *ports)
{
	struct lint_port port = {
		.at = at,
		.container = container_name(c),
		.name = value_string_or(value_get(at, "name"), ""),
		.protocol = value_string_or(value_get(at, "protocol"), "TCP"),
		.host_ip = value_string_or(value_get(at, "hostIP"), ""),
	};

	(void)value_as_int(value_get(at, "containerPort"), &port.number);
	vec_push(run->arena, ports, port);
}

void lint_ports_of(struct lint_run *run, const struct podspec *pod,
		   struct lint_ports *ports)
{
	struct container_ref c;
	const struct value *port;

	for (podspec_first(pod, &c); c.spec; podspec_next(&c))
		if (lint_runs_on(&c))
			list_foreach (port, value_get(c.spec, "ports"))
				add(run, &c, port, ports);
}

static struct lint_ports *differing(struct lint_run *run,
				    const struct lint_ports *ports)
{
	struct arena *arena = lint_answers(run);
	struct lint_ports *kept = arena_zalloc(arena, sizeof(*kept));
	struct table known;
	size_t i;

	table_init(&known, run->arena);
	for (i = 0; i < ports->count; i++) {
		const struct lint_port *port = &ports->items[i];

		if (!table_puts(&known,
				arena_printf(run->arena, "%s\n%s\n%lld",
					     port->name, port->protocol,
					     (long long)port->number),
				kept))
			vec_push(arena, kept, *port);
	}
	return kept;
}

const struct lint_ports *
lint_ports_of_all(struct lint_run *run, const struct lint_workloads *workloads)
{
	const void **known =
		lint_answer(run, workloads->items, workloads->count, NULL);
	struct lint_ports *all;
	size_t i;

	if (known && *known)
		return *known;
	all = arena_zalloc(run->arena, sizeof(*all));
	for (i = 0; i < workloads->count; i++)
		lint_ports_of(run, &workloads->items[i]->pod, all);
	if (!known)
		return all;
	*known = differing(run, all);
	return *known;
}

bool lint_port_is(const struct lint_port *port, const struct value *wanted,
		  const char *protocol)
{
	if (strcmp(port->protocol, protocol) != 0)
		return false;
	if (value_is_string(wanted))
		return strcmp(port->name, value_string(wanted)) == 0;
	return port->number && value_equals_int(wanted, port->number);
}

const char *lint_port_near(struct lint_run *run, const struct lint_ports *ports,
			   const struct value *wanted)
{
	VEC(const char *) names = { 0 };
	size_t i;

	if (!value_is_string(wanted))
		return NULL;
	for (i = 0; i < ports->count; i++)
		if (*ports->items[i].name)
			vec_push(run->arena, &names, ports->items[i].name);
	vec_push(run->arena, &names, NULL);
	return edit_nearest_of(value_string(wanted), names.items);
}

const struct value *lint_service_port(const struct object *service,
				      const struct value *wanted)
{
	const struct value *port;

	list_foreach (port, value_at(service->root, "spec.ports"))
		if (value_equals(value_get(port, value_is_string(wanted)
							 ? "name"
							 : "port"),
				 wanted))
			return port;
	return NULL;
}

const char *lint_service_ports_text(struct arena *arena,
				    const struct object *service)
{
	const struct value *port;
	struct str text;

	str_init(&text, arena);
	list_foreach (port, value_at(service->root, "spec.ports")) {
		const char *name = value_string(value_get(port, "name"));
		int64_t number = 0;

		(void)value_as_int(value_get(port, "port"), &number);
		str_printf(&text, "%s%s%s%lld%s", text.len ? ", " : "",
			   name ? name : "", name ? " (" : "",
			   (long long)number, name ? ")" : "");
	}
	return str_text(&text);
}

const char *lint_port_text(struct arena *arena, const struct value *port)
{
	int64_t number;

	if (value_is_string(port))
		return arena_printf(arena, "'%s'", value_string(port));
	if (value_as_int(port, &number))
		return arena_printf(arena, "%lld", (long long)number);
	return "?";
}

bool lint_port_is_of_mesh(const struct value *port)
{
	static const struct {
		int64_t from, to;
	} ports[] = { { 4140, 4143 },   { 4190, 4191 },   { 15000, 15090 },
		      { 20000, 20000 }, { 20100, 20200 }, { 20300, 20300 } };
	int64_t number;
	size_t i;

	if (!value_as_int(port, &number))
		return false;
	for (i = 0; i < ARRAY_COUNT(ports); i++)
		if (number >= ports[i].from && number <= ports[i].to)
			return true;
	return false;
}
