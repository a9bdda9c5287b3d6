/*
 * nginx-retired: the controller that gets no more fixes.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const char text[] =
	"ingress-nginx is retired since March 2026: no more security fixes";

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");

	if (strstr(value_string_or(image, ""), "/ingress-nginx/controller"))
		lint_report(run, image, "%s", text);
}

/* The class alone may be that of another controller for nginx. */
static void check_object(struct lint_run *run, const struct object *object)
{
	static const char prefix[] = "nginx.ingress.kubernetes.io/";
	const struct value *class =
		value_at(object->root, "spec.ingressClassName");
	const struct value *controller =
		value_at(object->root, "spec.controller");
	const struct value_entry *entry;

	if (strcmp(object->kind, "IngressClass") == 0 &&
	    value_equals_string(controller, "k8s.io/ingress-nginx"))
		lint_report(run, controller, "%s", text);
	if (strcmp(object->kind, "Ingress") != 0 ||
	    !value_equals_string(class, "nginx"))
		return;
	value_foreach (entry, value_at(object->root, "metadata.annotations"))
		if (strncmp(entry->key, prefix, strlen(prefix)) == 0) {
			lint_report(run, class, "%s", text);
			return;
		}
}

const struct lint_rule lint_nginx_retired = {
	.name = "nginx-retired",
	.code = "PL5126",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "The set relies on ingress-nginx, which is retired.",
	.why = "Holes that are found in it stay open.",
	.fix = "Move to a maintained controller or Gateway API.",
	.check_object = check_object,
	.check_container = check_container,
};
