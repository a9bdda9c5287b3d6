/*
 * .Capabilities: what Helm says of a cluster when it has none.
 */
#ifndef TEMPLATES_CAPABILITIES_H
#define TEMPLATES_CAPABILITIES_H

#include <stdbool.h>

#include "base/attr.h"
#include "templates/chart.h"

struct arena;
struct diag_sink;
struct value;

struct kube_version {
	const char *version;    /* v1.31.4: .Version */
	const char *normalised; /* without what follows the numbers */
	const char *major;
	const char *minor;
};

/* Read --kube-version; false: reported. */
MUST_USE bool kube_version_parse(struct arena *arena, struct diag_sink *diags,
				 const char *text, enum chart_dialect dialect,
				 struct kube_version *version);

/* `extra` ends with NULL, or is NULL. */
struct value *capabilities_object(struct arena *arena,
				  const struct kube_version *version,
				  const char *const *extra,
				  enum chart_dialect dialect);

#endif
