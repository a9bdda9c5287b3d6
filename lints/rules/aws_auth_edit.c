/*
 * aws-auth-edit: the map of accounts to rights on EKS.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "ConfigMap" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	if (strcmp(object->name, "aws-auth") == 0 &&
	    strcmp(lint_namespace(run, object), "kube-system") == 0)
		lint_report(run, value_get(object->root, "metadata"),
			    "ConfigMap 'aws-auth' says who may do what in the "
			    "cluster");
}

const struct lint_rule lint_aws_auth_edit = {
	.name = "aws-auth-edit",
	.code = "PL3146",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "The ConfigMap aws-auth is in the set.",
	.why = "It says who is cluster-admin; a mistake locks all out, or "
	       "lets others in.",
	.fix = "Use access entries of the cluster.",
	.kinds = kinds,
	.check_object = check,
};
