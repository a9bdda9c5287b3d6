/*
 * volume-plugin-removed: volumes that Kubernetes does not know any more.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"

/* `since`: the minor without it; 0: a driver outside took it over. */
static const struct {
	const char *type;
	unsigned since;
	const char *instead;
} plugins[] = {
	{ "awsElasticBlockStore", 0, "the CSI driver of EBS" },
	{ "azureDisk", 0, "the CSI driver of Azure Disk" },
	{ "azureFile", 0, "the CSI driver of Azure File" },
	{ "cephfs", 31, "the CSI driver of Ceph" },
	{ "cinder", 0, "the CSI driver of Cinder" },
	{ "flocker", 25, "a CSI driver" },
	{ "gcePersistentDisk", 0, "the CSI driver of Persistent Disk" },
	{ "gitRepo", 33, "an init container that clones into an emptyDir" },
	{ "glusterfs", 26, "a CSI driver" },
	{ "photonPersistentDisk", 31, "a CSI driver" },
	{ "portworxVolume", 0, "the CSI driver of Portworx" },
	{ "quobyte", 25, "a CSI driver" },
	{ "rbd", 31, "the CSI driver of Ceph" },
	{ "scaleIO", 22, "a CSI driver" },
	{ "storageos", 25, "a CSI driver" },
	{ "vsphereVolume", 0, "the CSI driver of vSphere" },
};

enum {
	NEWEST = 99
};

static void check_source(struct lint_run *run, const struct value *volume)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(plugins); i++) {
		const struct value *at = value_get(volume, plugins[i].type);

		if (!at)
			continue;
		if (!plugins[i].since)
			lint_report_as(run, DIAG_INFO, at,
				       "volume type %s is served by a driver "
				       "outside of Kubernetes",
				       plugins[i].type);
		else if (lint_in(run, plugins[i].since, NEWEST))
			lint_report(run, at,
				    "volume type %s does not work since 1.%u",
				    plugins[i].type, plugins[i].since);
		else
			lint_report(run, at, "volume type %s is deprecated",
				    plugins[i].type);
		lint_help(run, "use %s", plugins[i].instead);
	}
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;

	list_foreach (volume, value_get(pod->spec, "volumes"))
		check_source(run, volume);
}

static void check_object(struct lint_run *run, const struct object *object)
{
	if (object_is(object, "", "PersistentVolume"))
		check_source(run, value_get(object->root, "spec"));
}

const struct lint_rule lint_volume_plugin_removed = {
	.name = "volume-plugin-removed",
	.code = "PL2122",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A volume is of a type that was removed or moved out.",
	.why = "Pods with it never start, or need a driver that has to be "
	       "installed.",
	.fix = "Use a CSI driver.",
	.check_pod = check_pod,
	.check_object = check_object,
};
