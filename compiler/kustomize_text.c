#include "compiler/kustomize_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "model/bundle.h"
#include "model/object.h"

const char kustomize_help[] =
	"\n"
	"Manages declarative configuration of Kubernetes.\n"
	"\n"
	"Usage:\n"
	"  kustomize [command]\n"
	"\n"
	"Available Commands:\n"
	"  build                     Build a kustomization target from a "
	"directory\n"
	"  help                      Help about any command\n"
	"  version                   Prints the kustomize version\n"
	"\n"
	"Flags:\n"
	"  -h, --help          help for kustomize\n"
	"      --stack-trace   print a stack-trace on error\n"
	"\n"
	"Use \"kustomize [command] --help\" for more information about a "
	"command.\n";

const char kustomize_build_help[] =
	"Build a set of KRM resources using a 'kustomization.yaml' file.\n"
	"The DIR argument must be a path to a directory containing\n"
	"'kustomization.yaml'.\n"
	"If DIR is omitted, '.' is assumed.\n"
	"\n"
	"Usage:\n"
	"  kustomize build DIR [flags]\n"
	"\n"
	"Flags:\n"
	"      --enable-helm                     Enable use of the Helm chart "
	"inflator generator.\n"
	"      --helm-api-versions stringArray   Kubernetes api versions used "
	"by Helm for Capabilities.APIVersions\n"
	"      --helm-kube-version string        Kubernetes version used by "
	"Helm for Capabilities.KubeVersion\n"
	"  -h, --help                            help for build\n"
	"      --load-restrictor string          if set to "
	"'LoadRestrictionsNone', local kustomizations may load files from "
	"outside their root. This does, however, break the relocatability of "
	"the kustomization. (default \"LoadRestrictionsRootOnly\")\n"
	"  -o, --output string                   If specified, write output to "
	"this path.\n"
	"\n"
	"Flags for programs that plimsoll does not run are accepted: "
	"--as-current-user,\n"
	"--enable-alpha-plugins, --enable-exec, -e/--env, --helm-command, "
	"--helm-debug,\n"
	"--mount, --network, --network-name, --stack-trace.\n"
	"\n"
	"Of plimsoll's own: --compat string, the release to build as: "
	"kustomize-5.8.2\n"
	"(default), kustomize-5.8.1 or kustomize-5.5.\n";

const char kustomize_version_json[] = "{\n"
				      "  \"version\": \"v5.8.2\",\n"
				      "  \"gitCommit\": \"unknown\",\n"
				      "  \"buildDate\": \"unknown\",\n"
				      "  \"goOs\": \"linux\",\n"
				      "  \"goArch\": \"amd64\",\n"
				      "  \"goVersion\": \"go1.26.8\"\n"
				      "}\n";

/* Printed with a line feed too many. */
const char kustomize_version_yaml[] = "version: v5.8.2\n"
				      "gitCommit: unknown\n"
				      "buildDate: unknown\n"
				      "goOs: linux\n"
				      "goArch: amd64\n"
				      "goVersion: go1.26.8\n"
				      "\n";

#define VERSION_USAGE                                                          \
	"Usage:\n"                                                             \
	"  kustomize version [flags]\n"                                        \
	"\n"                                                                   \
	"Examples:\n"                                                          \
	"kustomize version\n"                                                  \
	"\n"                                                                   \
	"Flags:\n"                                                             \
	"  -h, --help            help for version\n"                           \
	"  -o, --output string   One of 'yaml' or 'json'.\n"                   \
	"\n"                                                                   \
	"Global Flags:\n"                                                      \
	"      --stack-trace   print a stack-trace on error\n"

const char kustomize_version_usage[] = VERSION_USAGE;
const char kustomize_version_help[] = "Prints the kustomize version\n"
				      "\n" VERSION_USAGE;

static bool in_several_namespaces(const struct bundle *bundle)
{
	const struct object *object;
	const char *first = NULL;

	bundle_foreach (object, bundle) {
		if (first && strcmp(first, object->name_space) != 0)
			return true;
		first = object->name_space;
	}
	return false;
}

static void lower(char *text)
{
	for (; *text; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text += 'a' - 'A';
}

const char *kustomize_file_name(struct arena *arena,
				const struct bundle *bundle,
				const struct object *object, const char *dir)
{
	bool spaced = in_several_namespaces(bundle) && *object->name_space;
	char *name = arena_printf(arena, "%s%s%s%s%s_%s_%s.yaml",
				  spaced ? object->name_space : "",
				  spaced ? "_" : "", object->group,
				  *object->group ? "_" : "", object->version,
				  object->kind, object->name);

	lower(name);
	return path_join(arena, dir, name);
}
