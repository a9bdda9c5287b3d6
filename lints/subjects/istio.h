/*
 * Hosts as Istio's objects name them.
 */
#ifndef LINTS_SUBJECTS_ISTIO_H
#define LINTS_SUBJECTS_ISTIO_H

#include <stdbool.h>

struct lint_reference;
struct lint_run;
struct object;
struct value;

/*
 * "web" and "web.shop.svc.cluster.local" are Services; false: a name outside
 * of the cluster, or of a ServiceEntry.
 */
bool lint_istio_service(struct lint_run *run, const struct object *object,
			const char *host, struct lint_reference *ref);

/* One text for all spellings of a host. */
const char *lint_istio_host(struct lint_run *run, const struct object *object,
			    const char *host);

/* Call for each destination of a VirtualService, those of mirrors too. */
void lint_istio_destinations(struct lint_run *run, const struct object *object,
			     void (*check)(struct lint_run *run,
					   const struct object *object,
					   const struct value *destination,
					   void *context),
			     void *context);

#endif
