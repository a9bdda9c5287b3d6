/*
 * The shapes of kustomization and configuration files, field by field.
 */
#include <stddef.h>

#include "overlays/kustomization.h"

#define STRING(field)                                                          \
	{                                                                      \
		field, DECODE_STRING, NULL, 0                                  \
	}
#define TEXT(field)                                                            \
	{                                                                      \
		field, DECODE_TEXT, NULL, 0                                    \
	}
#define BOOL(field)                                                            \
	{                                                                      \
		field, DECODE_BOOL, NULL, 0                                    \
	}
#define INT(field)                                                             \
	{                                                                      \
		field, DECODE_INT, NULL, 0                                     \
	}
#define STRINGS(field)                                                         \
	{                                                                      \
		field, DECODE_STRINGS, NULL, 0                                 \
	}
#define STRING_MAP(field)                                                      \
	{                                                                      \
		field, DECODE_STRING_MAP, NULL, 0                              \
	}
#define MAP(field)                                                             \
	{                                                                      \
		field, DECODE_MAP, NULL, 0                                     \
	}
#define STRUCT(field, of)                                                      \
	{                                                                      \
		field, DECODE_STRUCT, of, 0                                    \
	}
#define STRUCTS(field, of)                                                     \
	{                                                                      \
		field, DECODE_STRUCTS, of, 0                                   \
	}
/* A field that releases up to that one do not have. */
#define AFTER(release, field, type, of)                                        \
	{                                                                      \
		field, type, of, release                                       \
	}
#define END                                                                    \
	{                                                                      \
		NULL, DECODE_END, NULL, 0                                      \
	}

static const struct decode_field metadata[] = {
	STRING("name"), STRING("namespace"), STRING_MAP("labels"),
	STRING_MAP("annotations"), END
};
static const struct decode_struct shape_metadata = { "ObjectMeta",
						     "types.ObjectMeta",
						     metadata };

static const struct decode_field fieldspec[] = {
	STRING("group"), STRING("version"), STRING("kind"),
	STRING("path"),  BOOL("create"),    END
};
static const struct decode_struct shape_fieldspec = { "FieldSpec",
						      "types.FieldSpec",
						      fieldspec };

static const struct decode_field label[] = {
	STRING_MAP("pairs"),
	BOOL("includeSelectors"),
	BOOL("includeTemplates"),
	AFTER(OVERLAY_5_8_1, "includeVolumeClaimTemplates", DECODE_BOOL, NULL),
	STRUCTS("fields", &shape_fieldspec),
	END
};
static const struct decode_struct shape_label = { "Label", "types.Label",
						  label };

static const struct decode_field selector[] = {
	STRING("group"),         STRING("version"),
	STRING("kind"),          STRING("name"),
	STRING("namespace"),     STRING("annotationSelector"),
	STRING("labelSelector"), END
};
static const struct decode_struct shape_selector = { "Selector",
						     "types.Selector",
						     selector };

static const struct decode_field patch_options[] = { BOOL("allowNameChange"),
						     BOOL("allowKindChange"),
						     END };
static const struct decode_struct shape_patch_options = { "PatchArgs",
							  "types.PatchArgs",
							  patch_options };

static const struct decode_field patch[] = {
	STRING("path"),
	STRING("patch"),
	STRUCT("target", &shape_selector),
	AFTER(OVERLAY_5_5, "options", DECODE_STRUCT, &shape_patch_options),
	MAP("options"), /* of any keys, up to then */
	END
};
static const struct decode_struct shape_patch = { "Patch", "types.Patch",
						  patch };

static const struct decode_field image[] = {
	STRING("name"),   STRING("newName"),   STRING("newTag"),
	STRING("digest"), STRING("tagSuffix"), END
};
static const struct decode_struct shape_image = { "Image", "types.Image",
						  image };

static const struct decode_field replica[] = { STRING("name"), INT("count"),
					       END };
static const struct decode_struct shape_replica = { "Replica", "types.Replica",
						    replica };

static const struct decode_field field_options[] = { STRING("delimiter"),
						     INT("index"),
						     STRING("encoding"),
						     BOOL("create"), END };
static const struct decode_struct shape_field_options = { "FieldOptions",
							  "types.FieldOptions",
							  field_options };

static const struct decode_field source_selector[] = {
	STRING("group"),
	STRING("version"),
	STRING("kind"),
	STRING("name"),
	STRING("namespace"),
	STRING("fieldPath"),
	STRUCT("options", &shape_field_options),
	END
};
static const struct decode_struct shape_source_selector = {
	"SourceSelector", "types.SourceSelector", source_selector
};

static const struct decode_field target_selector[] = {
	STRUCT("select", &shape_selector), STRUCTS("reject", &shape_selector),
	STRINGS("fieldPaths"), STRUCT("options", &shape_field_options), END
};
static const struct decode_struct shape_target_selector = {
	"TargetSelector", "types.TargetSelector", target_selector
};

static const struct decode_field replacement[] = {
	STRING("path"), AFTER(OVERLAY_5_5, "sourceValue", DECODE_STRING, NULL),
	STRUCT("source", &shape_source_selector),
	STRUCTS("targets", &shape_target_selector), END
};
const struct decode_struct shape_replacement = { "ReplacementField",
						 "types.ReplacementField",
						 replacement };

static const struct decode_field generator_options[] = {
	STRING_MAP("labels"), STRING_MAP("annotations"),
	BOOL("disableNameSuffixHash"), BOOL("immutable"), END
};
static const struct decode_struct shape_generator_options = {
	"GeneratorOptions", "types.GeneratorOptions", generator_options
};

#define GENERATOR_FIELDS                                                       \
	STRING("namespace"), STRING("name"), STRING("behavior"),               \
		STRINGS("literals"), STRINGS("files"), STRINGS("envs"),        \
		STRING("env"), STRUCT("options", &shape_generator_options)

static const struct decode_field config_map_args[] = { GENERATOR_FIELDS, END };
static const struct decode_struct shape_config_map = { "ConfigMapArgs",
						       "types.ConfigMapArgs",
						       config_map_args };

static const struct decode_field secret_args[] = { GENERATOR_FIELDS,
						   STRING("type"), END };
static const struct decode_struct shape_secret = { "SecretArgs",
						   "types.SecretArgs",
						   secret_args };

static const struct decode_field var_target[] = { STRING("apiVersion"),
						  STRING("group"),
						  STRING("version"),
						  STRING("kind"),
						  STRING("name"),
						  STRING("namespace"),
						  END };
static const struct decode_struct shape_var_target = { "Target", "types.Target",
						       var_target };

static const struct decode_field var_field[] = { STRING("fieldPath"), END };
static const struct decode_struct shape_var_field = { "FieldSelector",
						      "types.FieldSelector",
						      var_field };

static const struct decode_field var[] = { STRING("name"),
					   STRUCT("objref", &shape_var_target),
					   STRUCT("fieldref", &shape_var_field),
					   END };
static const struct decode_struct shape_var = { "Var", "types.Var", var };

static const struct decode_field legacy_sort[] = { STRINGS("orderFirst"),
						   STRINGS("orderLast"), END };
static const struct decode_struct shape_legacy_sort = {
	"LegacySortOptions", "types.LegacySortOptions", legacy_sort
};

static const struct decode_field sort_options[] = {
	STRING("order"), STRUCT("legacySortOptions", &shape_legacy_sort), END
};
static const struct decode_struct shape_sort = { "SortOptions",
						 "types.SortOptions",
						 sort_options };

static const struct decode_field helm_globals[] = { STRING("chartHome"),
						    STRING("configHome"), END };
static const struct decode_struct shape_helm_globals = { "HelmGlobals",
							 "types.HelmGlobals",
							 helm_globals };

static const struct decode_field helm_chart[] = {
	STRING("name"),
	STRING("version"),
	STRING("repo"),
	STRING("releaseName"),
	STRING("namespace"),
	STRINGS("additionalValuesFiles"),
	STRING("valuesFile"),
	MAP("valuesInline"),
	STRING("valuesMerge"),
	BOOL("includeCRDs"),
	BOOL("skipHooks"),
	STRINGS("apiVersions"),
	STRING("kubeVersion"),
	STRING("nameTemplate"),
	BOOL("skipTests"),
	BOOL("debug"),
	AFTER(OVERLAY_5_5, "devel", DECODE_BOOL, NULL),
	END
};
static const struct decode_struct shape_helm_chart = { "HelmChart",
						       "types.HelmChart",
						       helm_chart };

static const struct decode_field helm_args[] = {
	STRING("chartName"),     STRING("chartVersion"),
	STRING("chartRepoUrl"),  STRING("chartHome"),
	STRING("chartRepoName"), STRING("helmBin"),
	STRING("helmHome"),      STRING("values"),
	MAP("valuesLocal"),      STRING("valuesMerge"),
	STRING("releaseName"),   STRING("releaseNamespace"),
	STRINGS("extraArgs"),    END
};
static const struct decode_struct shape_helm_args = { "HelmChartArgs",
						      "types.HelmChartArgs",
						      helm_args };

static const struct decode_field kustomization[] = {
	STRING("apiVersion"),
	STRING("kind"),
	STRUCT("metadata", &shape_metadata),
	STRING_MAP("openapi"),
	STRING("namePrefix"),
	STRING("nameSuffix"),
	STRING("namespace"),
	STRING_MAP("commonLabels"),
	STRUCTS("labels", &shape_label),
	STRING_MAP("commonAnnotations"),
	STRINGS("patchesStrategicMerge"),
	STRUCTS("patchesJson6902", &shape_patch),
	STRUCTS("patches", &shape_patch),
	STRUCTS("images", &shape_image),
	STRUCTS("imageTags", &shape_image),
	STRUCTS("replacements", &shape_replacement),
	STRUCTS("replicas", &shape_replica),
	STRUCTS("vars", &shape_var),
	STRUCT("sortOptions", &shape_sort),
	STRINGS("resources"),
	STRINGS("components"),
	STRINGS("crds"),
	STRINGS("bases"),
	STRUCTS("configMapGenerator", &shape_config_map),
	STRUCTS("secretGenerator", &shape_secret),
	STRUCT("helmGlobals", &shape_helm_globals),
	STRUCTS("helmCharts", &shape_helm_chart),
	STRUCTS("helmChartInflationGenerator", &shape_helm_args),
	STRUCT("generatorOptions", &shape_generator_options),
	STRINGS("configurations"),
	STRINGS("generators"),
	STRINGS("transformers"),
	STRINGS("validators"),
	STRINGS("buildMetadata"),
	END
};
const struct decode_struct shape_kustomization = { "Kustomization",
						   "types.Kustomization",
						   kustomization };

/* Not the kind: the struct around it hides that from the conversion. */
static const struct decode_field row[] = { STRING("group"), STRING("version"),
					   STRING("kind"),  TEXT("path"),
					   BOOL("create"),  END };
static const struct decode_struct shape_row = { "FieldSpec", "types.FieldSpec",
						row };

static const struct decode_field reference[] = {
	STRING("group"), STRING("version"), STRING("kind"),
	STRUCTS("fieldSpecs", &shape_row), END
};
static const struct decode_struct shape_reference = {
	"NameBackReferences", "builtinconfig.NameBackReferences", reference
};

static const struct decode_field configuration[] = {
	STRUCTS("namePrefix", &shape_row),
	STRUCTS("nameSuffix", &shape_row),
	STRUCTS("namespace", &shape_row),
	STRUCTS("commonLabels", &shape_row),
	STRUCTS("labels", &shape_row),
	STRUCTS("templateLabels", &shape_row),
	AFTER(OVERLAY_5_8_1, "volumeClaimTemplateLabels", DECODE_STRUCTS,
	      &shape_row),
	STRUCTS("commonAnnotations", &shape_row),
	STRUCTS("nameReference", &shape_reference),
	STRUCTS("varReference", &shape_row),
	STRUCTS("images", &shape_row),
	STRUCTS("replicas", &shape_row),
	END
};
const struct decode_struct shape_configuration = {
	"TransformerConfig", "builtinconfig.TransformerConfig", configuration
};
