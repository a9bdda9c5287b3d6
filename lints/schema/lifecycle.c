#include "lints/schema/lifecycle.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"

static size_t first_of(const char *kind)
{
	size_t low = 0, high = lifecycle_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(lifecycle_table[middle].kind, kind) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct lifecycle *lifecycle_of_kind(const char *kind, size_t *count)
{
	size_t at = first_of(kind);

	*count = 0;
	while (at + *count < lifecycle_count &&
	       strcmp(lifecycle_table[at + *count].kind, kind) == 0)
		++*count;
	return *count ? &lifecycle_table[at] : NULL;
}

static const struct lifecycle *find(const char *group, const char *version,
				    const char *kind)
{
	size_t i, count;
	const struct lifecycle *rows = lifecycle_of_kind(kind, &count);

	for (i = 0; i < count; i++)
		if (strcmp(rows[i].group, group) == 0 &&
		    strcmp(rows[i].version, version) == 0)
			return &rows[i];
	return NULL;
}

const struct lifecycle *lifecycle_find(const char *group, const char *version,
				       const char *kind)
{
	const struct lifecycle *row = find(group, version, kind);
	size_t len = strlen(kind);
	char item[64];

	if (row || len < 5 || len >= sizeof(item) + 4 ||
	    strcmp(kind + len - 4, "List") != 0)
		return row;
	memcpy(item, kind, len - 4);
	item[len - 4] = '\0';
	return find(group, version, item);
}

const struct lifecycle *lifecycle_of_misspelled(const char *kind, size_t *count,
						const char **spelled)
{
	size_t i;

	for (i = 0; i < lifecycle_count; i++)
		if (strcasecmp(lifecycle_table[i].kind, kind) == 0) {
			*spelled = lifecycle_table[i].kind;
			return lifecycle_of_kind(*spelled, count);
		}
	*count = 0;
	return NULL;
}

bool lifecycle_has_group(const char *group)
{
	size_t i;

	for (i = 0; i < lifecycle_count; i++)
		if (strcmp(lifecycle_table[i].group, group) == 0)
			return true;
	return false;
}

bool lifecycle_serves(const struct lifecycle *row, unsigned minor)
{
	return row->introduced <= minor &&
	       (!row->removed || minor < row->removed);
}

const struct lifecycle *lifecycle_successor(const struct lifecycle *row,
					    unsigned minor)
{
	const struct lifecycle *best = NULL, *rows;
	size_t i, count;

	if (!*row->kind || minor >= row->replacement_since)
		return NULL;
	rows = lifecycle_of_kind(row->kind, &count);
	for (i = 0; i < count; i++)
		if (lifecycle_serves(&rows[i], minor) &&
		    rows[i].introduced > row->introduced &&
		    (!rows[i].removed || rows[i].removed > row->removed) &&
		    (!best || rows[i].introduced > best->introduced))
			best = &rows[i];
	return best;
}

/* Kinds of well-known others that are often put into a group of Kubernetes. */
static const struct {
	const char *kind;
	const char *api;
} others[] = {
	{ "AlertmanagerConfig", "monitoring.coreos.com/v1alpha1" },
	{ "Application", "argoproj.io/v1alpha1" },
	{ "Certificate", "cert-manager.io/v1" },
	{ "ClusterIssuer", "cert-manager.io/v1" },
	{ "ExternalSecret", "external-secrets.io/v1" },
	{ "Gateway", "gateway.networking.k8s.io/v1" },
	{ "GatewayClass", "gateway.networking.k8s.io/v1" },
	{ "GRPCRoute", "gateway.networking.k8s.io/v1" },
	{ "HTTPRoute", "gateway.networking.k8s.io/v1" },
	{ "IngressRoute", "traefik.io/v1alpha1" },
	{ "Issuer", "cert-manager.io/v1" },
	{ "PodMonitor", "monitoring.coreos.com/v1" },
	{ "PrometheusRule", "monitoring.coreos.com/v1" },
	{ "ReferenceGrant", "gateway.networking.k8s.io/v1" },
	{ "ScaledObject", "keda.sh/v1alpha1" },
	{ "SealedSecret", "bitnami.com/v1alpha1" },
	{ "ServiceMonitor", "monitoring.coreos.com/v1" },
	{ "VerticalPodAutoscaler", "autoscaling.k8s.io/v1" },
	{ "VirtualService", "networking.istio.io/v1" },
	{ "VolumeSnapshot", "snapshot.storage.k8s.io/v1" },
	{ "VolumeSnapshotClass", "snapshot.storage.k8s.io/v1" },
};

const char *lifecycle_of_other(const char *kind)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(others[i].kind, kind) == 0)
			return others[i].api;
	return NULL;
}
