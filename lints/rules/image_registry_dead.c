/*
 * image-registry-dead: an image of a registry that is no longer served or
 * updated.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct {
	const char *prefix;
	const char *reason;
	const char *replacement; /* or NULL */
} moved[] = {
	{ "bitnami/", "no longer updated",
	  "bitnamilegacy/ (frozen) or another publisher" },
	{ "docker.io/bitnami/", "no longer updated",
	  "docker.io/bitnamilegacy/ (frozen) or another publisher" },
	{ "docker.pkg.github.com/", "shut down", "ghcr.io" },
	{ "gcr.io/google-containers/", "frozen", "registry.k8s.io" },
	{ "gcr.io/google_containers/", "frozen", "registry.k8s.io" },
	{ "gcr.io/kubernetes-helm/", "gone: it was Helm 2's", NULL },
	{ "k8s.gcr.io/", "frozen since April 2023", "registry.k8s.io" },
	{ "quay.io/kubernetes-ingress-controller/", "no longer updated",
	  "registry.k8s.io/ingress-nginx" },
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");
	const char *text = value_string_or(image, "");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(moved); i++) {
		size_t len = strlen(moved[i].prefix), part;

		if (strncmp(text, moved[i].prefix, len) != 0)
			continue;
		lint_report(run, image, "registry '%.*s' is %s", (int)len - 1,
			    moved[i].prefix, moved[i].reason);
		/* In values, host and folder are often two keys. */
		for (part = len - 1; part && text[part - 1] != '/'; part--)
			;
		lint_at_part(run, image, part, len - 1 - part);
		if (moved[i].replacement)
			lint_help(run, "use %s", moved[i].replacement);
	}
}

const struct lint_rule lint_image_registry_dead = {
	.name = "image-registry-dead",
	.code = "PL8104",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An image comes from a registry that is frozen or gone.",
	.why = "It gets no security fixes, and one day it cannot be pulled.",
	.fix = "Use the registry that took its place.",
	.check_container = check,
};
