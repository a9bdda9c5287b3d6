/*
 * The facts of the schema of Kubernetes 1.21.2 that a strategic merge sees:
 * every list that merges, in every kind.
 */
#include <string.h>

#include "base/attr.h"
#include "overlays/schema.h"

#define MAP(name, type)                                                        \
	{                                                                      \
		name, type, NULL, NULL                                         \
	}
#define LIST(name, key, type)                                                  \
	{                                                                      \
		name, type, key, NULL                                          \
	}
#define LIST2(name, key, second, type)                                         \
	{                                                                      \
		name, type, key, second                                        \
	}
#define END                                                                    \
	{                                                                      \
		NULL, NULL, NULL, NULL                                         \
	}
#define TYPE(name) static const struct schema_type name = { name##_fields }

static const struct schema_field meta_fields[] = {
	LIST("finalizers", "", NULL), LIST("ownerReferences", "uid", NULL), END
};
TYPE(meta);

static const struct schema_field container_fields[] = {
	LIST("env", "name", NULL),
	LIST2("ports", "containerPort", "protocol", NULL),
	LIST("volumeMounts", "mountPath", NULL),
	LIST("volumeDevices", "devicePath", NULL), END
};
TYPE(container);

static const struct schema_field ephemeral_fields[] = {
	LIST("env", "name", NULL), LIST("volumeMounts", "mountPath", NULL),
	LIST("volumeDevices", "devicePath", NULL), END
};
TYPE(ephemeral);

static const struct schema_field claim_template_fields[] = {
	MAP("metadata", &meta), END
};
TYPE(claim_template);

static const struct schema_field ephemeral_volume_fields[] = {
	MAP("volumeClaimTemplate", &claim_template), END
};
TYPE(ephemeral_volume);

static const struct schema_field volume_fields[] = {
	MAP("ephemeral", &ephemeral_volume), END
};
TYPE(volume);

static const struct schema_field pod_spec_fields[] = {
	LIST("containers", "name", &container),
	LIST("initContainers", "name", &container),
	LIST("ephemeralContainers", "name", &ephemeral),
	LIST("imagePullSecrets", "name", NULL),
	LIST("volumes", "name", &volume),
	LIST("hostAliases", "ip", NULL),
	LIST2("topologySpreadConstraints", "topologyKey", "whenUnsatisfiable",
	      NULL),
	END
};
TYPE(pod_spec);

static const struct schema_field conditions_fields[] = {
	LIST("conditions", "type", NULL), END
};
TYPE(conditions);

static const struct schema_field pod_status_fields[] = {
	LIST("conditions", "type", NULL), LIST("podIPs", "ip", NULL), END
};
TYPE(pod_status);

static const struct schema_field node_status_fields[] = {
	LIST("conditions", "type", NULL), LIST("addresses", "type", NULL), END
};
TYPE(node_status);

static const struct schema_field pod_template_fields[] = {
	MAP("metadata", &meta), MAP("spec", &pod_spec), END
};
TYPE(pod_template);

static const struct schema_field with_template_fields[] = {
	MAP("template", &pod_template), END
};
TYPE(with_template);

static const struct schema_field job_template_fields[] = {
	MAP("metadata", &meta), MAP("spec", &with_template), END
};
TYPE(job_template);

static const struct schema_field cron_spec_fields[] = {
	MAP("jobTemplate", &job_template), END
};
TYPE(cron_spec);

static const struct schema_field service_spec_fields[] = {
	LIST2("ports", "port", "protocol", NULL), END
};
TYPE(service_spec);

static const struct schema_field csi_spec_fields[] = {
	LIST("drivers", "name", NULL), END
};
TYPE(csi_spec);

static const struct schema_field node_spec_fields[] = {
	LIST("podCIDRs", "", NULL), END
};
TYPE(node_spec);

static const struct schema_field plain_kind_fields[] = { MAP("metadata", &meta),
							 END };
TYPE(plain_kind);

static const struct schema_field status_kind_fields[] = {
	MAP("metadata", &meta), MAP("status", &conditions), END
};
TYPE(status_kind);

static const struct schema_field workload_fields[] = {
	MAP("metadata", &meta), MAP("spec", &with_template),
	MAP("status", &conditions), END
};
TYPE(workload);

static const struct schema_field cron_job_fields[] = { MAP("metadata", &meta),
						       MAP("spec", &cron_spec),
						       END };
TYPE(cron_job);

static const struct schema_field pod_fields[] = { MAP("metadata", &meta),
						  MAP("spec", &pod_spec),
						  MAP("status", &pod_status),
						  END };
TYPE(pod);

static const struct schema_field pod_template_kind_fields[] = {
	MAP("metadata", &meta), MAP("template", &pod_template), END
};
TYPE(pod_template_kind);

static const struct schema_field service_fields[] = {
	MAP("metadata", &meta), MAP("spec", &service_spec),
	MAP("status", &conditions), END
};
TYPE(service);

static const struct schema_field service_account_fields[] = {
	MAP("metadata", &meta), LIST("secrets", "name", NULL), END
};
TYPE(service_account);

static const struct schema_field webhooks_fields[] = {
	MAP("metadata", &meta), LIST("webhooks", "name", NULL), END
};
TYPE(webhooks);

static const struct schema_field csi_node_fields[] = { MAP("metadata", &meta),
						       MAP("spec", &csi_spec),
						       END };
TYPE(csi_node);

static const struct schema_field node_fields[] = { MAP("metadata", &meta),
						   MAP("spec", &node_spec),
						   MAP("status", &node_status),
						   END };
TYPE(node);

static const struct schema_field component_status_fields[] = {
	MAP("metadata", &meta), LIST("conditions", "type", NULL), END
};
TYPE(component_status);

static const struct known_kind {
	const char *group;
	const char *version;
	const char *kind;
	const struct schema_type *type;
} known_kinds[] = {
#define KNOWN(group, version, kind, type) { group, version, kind, &type },
#include "overlays/merge_keys.def"
#undef KNOWN
};

const struct schema_type *schema_builtin(const char *group, const char *version,
					 const char *kind)
{
	size_t low = 0, high = ARRAY_COUNT(known_kinds);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct known_kind *row = &known_kinds[middle];
		int order = strcmp(group, row->group);

		if (order == 0)
			order = strcmp(version, row->version);
		if (order == 0)
			order = strcmp(kind, row->kind);
		if (order == 0)
			return row->type;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const struct definition {
	const char *name;
	const struct schema_type *type;
} definitions[] = {
	{ "io.k8s.api.core.v1.PodTemplateSpec", &pod_template },
	{ "io.k8s.api.core.v1.PodSpec", &pod_spec },
	{ "io.k8s.api.core.v1.Container", &container },
	{ "io.k8s.api.core.v1.EphemeralContainer", &ephemeral },
	{ "io.k8s.api.core.v1.ServiceSpec", &service_spec },
	{ "io.k8s.api.core.v1.Volume", &volume },
	{ "io.k8s.api.batch.v1.JobSpec", &with_template },
	{ "io.k8s.api.apps.v1.DeploymentSpec", &with_template },
	{ "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", &meta },
};

const struct schema_type *schema_definition(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(definitions); i++)
		if (strcmp(definitions[i].name, name) == 0)
			return definitions[i].type;
	return NULL;
}
