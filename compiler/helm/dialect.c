/*
 * Flags that only one Helm has, and what the other says of them.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/helm.h"

#define NO_EFFECT                                                              \
	"this flag has no effect for 'helm template' and will be removed in "  \
	"Helm 5"

static const struct {
	const char *name;
	bool four;           /* Helm 3 does not know it */
	const char *instead; /* why Helm 4 says that it is deprecated */
} flags[] = {
	{ "atomic", false, "use --rollback-on-failure instead" },
	{ "color", true, NULL },
	{ "colour", true, NULL },
	{ "content-cache", true, NULL },
	{ "force", false, "use --force-replace instead" },
	{ "force-conflicts", true, NULL },
	{ "force-replace", true, NULL },
	{ "hide-notes", false, NO_EFFECT },
	{ "no-headers", true, NULL },
	{ "render-subchart-notes", false, NO_EFFECT },
	{ "rollback-on-failure", true, NULL },
	{ "server-side", true, NULL },
	{ "validate", false, "use '--dry-run=server' instead" },
};

static bool check(struct helm *helm, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(flags); i++) {
		if (strlen(flags[i].name) != len ||
		    strncmp(flags[i].name, name, len) != 0)
			continue;
		if (helm->dialect == CHART_HELM3 && flags[i].four)
			return helm_fail(helm, "unknown flag: --%s",
					 flags[i].name);
		if (helm->dialect == CHART_HELM4 && flags[i].instead)
			str_printf(helm->notes,
				   "Flag --%s has been deprecated, %s\n",
				   flags[i].name, flags[i].instead);
	}
	return true;
}

bool helm_check_dialect(struct helm *helm, const char *const *words)
{
	for (; *words && strcmp(*words, "--") != 0; words++)
		if (strncmp(*words, "--", 2) == 0 &&
		    !check(helm, *words + 2, strcspn(*words + 2, "=")))
			return false;
	return true;
}
