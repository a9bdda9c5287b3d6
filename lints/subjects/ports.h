/*
 * Ports of pods and of Services.
 */
#ifndef LINTS_SUBJECTS_PORTS_H
#define LINTS_SUBJECTS_PORTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "lints/index.h"
#include "model/podspec.h"

struct arena;
struct lint_run;
struct object;
struct value;

/* A declared port of a container. */
struct lint_port {
	const struct value *at; /* its map */
	const char *container;
	const char *name; /* "" if it has none */
	const char *protocol;
	const char *host_ip;
	int64_t number; /* 0 if it is none */
};

VEC_TYPE(lint_ports, struct lint_port);

/* Those of regular containers and sidecars, appended. */
void lint_ports_of(struct lint_run *run, const struct podspec *pod,
		   struct lint_ports *ports);

/* What all of these declare; of ports with one name and number the first. */
const struct lint_ports *
lint_ports_of_all(struct lint_run *run, const struct lint_workloads *workloads);

/* Whether it is the port meant by a number or a name. */
bool lint_port_is(const struct lint_port *port, const struct value *wanted,
		  const char *protocol);

/* The one name that is nearly the wanted; or NULL. */
const char *lint_port_near(struct lint_run *run, const struct lint_ports *ports,
			   const struct value *wanted);

/* The port of a Service with this number or name; or NULL. */
const struct value *lint_service_port(const struct object *service,
				      const struct value *wanted);

/* Names and numbers of a Service's ports: "http (80), 9090". */
const char *lint_service_ports_text(struct arena *arena,
				    const struct object *service);

/* A port as messages show it: 80 or 'http'. */
const char *lint_port_text(struct arena *arena, const struct value *port);

/* Where the proxies listen that Istio, Linkerd and Consul inject. */
bool lint_port_is_of_mesh(const struct value *port);

#endif
