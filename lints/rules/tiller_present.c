/*
 * tiller-present: the server that Helm 2 had.
 */
#include "base/path.h"
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/image.h"
#include "model/value.h"
#include "model/value_path.h"

static bool is_tiller(struct lint_run *run, const char *image)
{
	const char *repository = lint_image_split(run->arena, image).repository;

	return strcmp(path_name(repository), "tiller") == 0;
}

static void report(struct lint_run *run, const struct value *at,
		   const char *name)
{
	lint_report(run, at,
		    "'%s' is Helm 2's Tiller: cluster-admin for anyone who "
		    "reaches it",
		    name);
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");

	if (value_is_string(image) && is_tiller(run, value_string(image)))
		report(run, image, value_string(image));
}

/* The names that `helm init` gave. */
static void check_object(struct lint_run *run, const struct object *object)
{
	if (object_is(object, "", "Service") &&
	    strcmp(object->name, "tiller-deploy") == 0)
		report(run, value_at(object->root, "metadata.name"),
		       object->name);
}

const struct lint_rule lint_tiller_present = {
	.name = "tiller-present",
	.code = "PL3143",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Tiller, the server of Helm 2, is installed.",
	.why = "It acts as cluster-admin for anyone who reaches it, and has "
	       "had no fixes since 2020.",
	.fix = "Delete it.",
	.check_object = check_object,
	.check_container = check_container,
};
