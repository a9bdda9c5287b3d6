/*
 * Probes and the ports of containers.
 */
#ifndef LINTS_SUBJECTS_PROBES_H
#define LINTS_SUBJECTS_PROBES_H

#include <stdbool.h>
#include <stdint.h>

struct value;

/* livenessProbe, readinessProbe, startupProbe; NULL at the end. */
extern const char *const lint_probe_names[];

/* httpGet, tcpSocket, grpc or exec of a probe; `*name` is which. */
const struct value *lint_probe_handler(const struct value *probe,
				       const char **name);

/* The declared port of a container by name, or NULL. */
const struct value *lint_port_named(const struct value *container,
				    const char *name);

/* The declared port by number and protocol, or NULL. */
const struct value *lint_port_numbered(const struct value *container,
				       int64_t number, const char *protocol);

/* The number of a port given by name or number; 0: it has none. */
int64_t lint_port_number(const struct value *container,
			 const struct value *port);

/* A field of a probe with the server's default. */
int64_t lint_probe_int(const struct value *probe, const char *field,
		       int64_t otherwise);

/* Seconds of failing until a probe gives up. */
int64_t lint_probe_patience(const struct value *probe);

#endif
