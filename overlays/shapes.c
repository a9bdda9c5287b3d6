/*
 * The shapes of kustomization and configuration files, field by field.
 */
#include <stddef.h>
#include <string.h>

#include "overlays/kustomization.h"

/* The name, what it takes, and the struct that Go has it embedded in. */
#define IN(outer, field, type, of)                                             \
	{                                                                      \
		field, type, of, 0, outer, NULL                                \
	}
#define STRING(field)      IN(NULL, field, DECODE_STRING, NULL)
#define BOOL(field)        IN(NULL, field, DECODE_BOOL, NULL)
#define INT(field)         IN(NULL, field, DECODE_INT, NULL)
#define STRINGS(field)     IN(NULL, field, DECODE_STRINGS, NULL)
#define STRING_MAP(field)  IN(NULL, field, DECODE_STRING_MAP, NULL)
#define MAP(field)         IN(NULL, field, DECODE_MAP, NULL)
#define STRUCT(field, of)  IN(NULL, field, DECODE_STRUCT, of)
#define STRUCTS(field, of) IN(NULL, field, DECODE_STRUCTS, of)
/* A field that releases up to that one do not have. */
#define AFTER(release, outer, field, type, of)                                 \
	{                                                                      \
		field, type, of, release, outer, NULL                          \
	}
/* Where Go has a name for what it is a list of, or for the list. */
#define CALLED(field, type, of, name)                                          \
	{                                                                      \
		field, type, of, 0, NULL, name                                 \
	}
#define FIELDSPECS_OF(field)                                                   \
	CALLED(field, DECODE_STRUCTS, &shape_fieldspec, "types.FsSlice")
#define END IN(NULL, NULL, DECODE_END, NULL)

#define GVK_FIELDS(outer)                                                      \
	IN(outer, "group", DECODE_STRING, NULL),                               \
		IN(outer, "version", DECODE_STRING, NULL),                     \
		IN(outer, "kind", DECODE_STRING, NULL)
#define ID_FIELDS                                                              \
	GVK_FIELDS("ResId.Gvk"), IN("ResId", "name", DECODE_STRING, NULL),     \
		IN("ResId", "namespace", DECODE_STRING, NULL)

static const struct decode_field metadata[] = {
	STRING("name"), STRING("namespace"), STRING_MAP("labels"),
	STRING_MAP("annotations"), END
};
static const struct decode_struct shape_metadata = { "ObjectMeta",
						     "types.ObjectMeta",
						     metadata };

static const struct decode_field fieldspec[] = { GVK_FIELDS("Gvk"),
						 STRING("path"), BOOL("create"),
						 END };
static const struct decode_struct shape_fieldspec = { "FieldSpec",
						      "types.FieldSpec",
						      fieldspec };

static const struct decode_field label[] = {
	STRING_MAP("pairs"),
	BOOL("includeSelectors"),
	BOOL("includeTemplates"),
	AFTER(OVERLAY_5_8_1, NULL, "includeVolumeClaimTemplates", DECODE_BOOL,
	      NULL),
	STRUCTS("fields", &shape_fieldspec),
	END
};
static const struct decode_struct shape_label = { "Label", "types.Label",
						  label };

static const struct decode_field selector[] = { ID_FIELDS,
						STRING("annotationSelector"),
						STRING("labelSelector"), END };
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
	AFTER(OVERLAY_5_5, NULL, "options", DECODE_STRUCT,
	      &shape_patch_options),
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

static const struct decode_field field_options[] = {
	STRING("delimiter"), CALLED("index", DECODE_INT, NULL, "int"),
	STRING("encoding"), BOOL("create"), END
};
static const struct decode_struct shape_field_options = { "FieldOptions",
							  "types.FieldOptions",
							  field_options };

static const struct decode_field source_selector[] = {
	ID_FIELDS, STRING("fieldPath"), STRUCT("options", &shape_field_options),
	END
};
static const struct decode_struct shape_source_selector = {
	"SourceSelector", "types.SourceSelector", source_selector
};

static const struct decode_field target_selector[] = {
	STRUCT("select", &shape_selector),
	CALLED("reject", DECODE_STRUCTS, &shape_selector, "[]*types.Selector"),
	STRINGS("fieldPaths"), STRUCT("options", &shape_field_options), END
};
static const struct decode_struct shape_target_selector = {
	"TargetSelector", "types.TargetSelector", target_selector
};

#define REPLACEMENT_FIELDS(outer)                                              \
	AFTER(OVERLAY_5_5, outer, "sourceValue", DECODE_STRING, NULL),         \
		IN(outer, "source", DECODE_STRUCT, &shape_source_selector),    \
	{                                                                      \
		"targets", DECODE_STRUCTS, &shape_target_selector, 0, outer,   \
			"[]*types.TargetSelector"                              \
	}

static const struct decode_field replacement_field[] = {
	STRING("path"), REPLACEMENT_FIELDS("Replacement"), END
};
static const struct decode_struct shape_replacement_field = {
	"ReplacementField", "types.ReplacementField", replacement_field
};

static const struct decode_field replacement[] = { REPLACEMENT_FIELDS(NULL),
						   END };
const struct decode_struct shape_replacement = { "Replacement",
						 "types.Replacement",
						 replacement };

static const struct decode_field generator_options[] = {
	STRING_MAP("labels"), STRING_MAP("annotations"),
	BOOL("disableNameSuffixHash"), BOOL("immutable"), END
};
static const struct decode_struct shape_generator_options = {
	"GeneratorOptions", "types.GeneratorOptions", generator_options
};

#define GENERATOR_FIELDS(args)                                                 \
	IN(args, "namespace", DECODE_STRING, NULL),                            \
		IN(args, "name", DECODE_STRING, NULL),                         \
		IN(args, "behavior", DECODE_STRING, NULL),                     \
		IN(args ".KvPairSources", "literals", DECODE_STRINGS, NULL),   \
		IN(args ".KvPairSources", "files", DECODE_STRINGS, NULL),      \
		IN(args ".KvPairSources", "envs", DECODE_STRINGS, NULL),       \
		IN(args ".KvPairSources", "env", DECODE_STRING, NULL),         \
		IN(args, "options", DECODE_STRUCT, &shape_generator_options)

static const struct decode_field config_map_args[] = {
	GENERATOR_FIELDS("GeneratorArgs"), END
};
static const struct decode_struct shape_config_map = { "ConfigMapArgs",
						       "types.ConfigMapArgs",
						       config_map_args };

static const struct decode_field secret_args[] = {
	GENERATOR_FIELDS("GeneratorArgs"), STRING("type"), END
};
static const struct decode_struct shape_secret = { "SecretArgs",
						   "types.SecretArgs",
						   secret_args };

static const struct decode_field var_target[] = { STRING("apiVersion"),
						  GVK_FIELDS("Gvk"),
						  STRING("name"),
						  STRING("namespace"), END };
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
	CALLED("order", DECODE_STRING, NULL, "types.SortOrder"),
	STRUCT("legacySortOptions", &shape_legacy_sort), END
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
	AFTER(OVERLAY_5_5, NULL, "devel", DECODE_BOOL, NULL),
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
	CALLED("patchesStrategicMerge", DECODE_STRINGS, NULL,
	       "types.PatchStrategicMerge"),
	STRUCTS("patchesJson6902", &shape_patch),
	STRUCTS("patches", &shape_patch),
	STRUCTS("images", &shape_image),
	STRUCTS("imageTags", &shape_image),
	STRUCTS("replacements", &shape_replacement_field),
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

static const struct decode_field reference[] = { GVK_FIELDS("Gvk"),
						 FIELDSPECS_OF("fieldSpecs"),
						 END };
static const struct decode_struct shape_reference = {
	"NameBackReferences", "builtinconfig.NameBackReferences", reference
};

static const struct decode_field configuration[] = {
	FIELDSPECS_OF("namePrefix"),
	FIELDSPECS_OF("nameSuffix"),
	FIELDSPECS_OF("namespace"),
	FIELDSPECS_OF("commonLabels"),
	FIELDSPECS_OF("labels"),
	FIELDSPECS_OF("templateLabels"),
	{ "volumeClaimTemplateLabels", DECODE_STRUCTS, &shape_fieldspec,
	  OVERLAY_5_8_1, NULL, "types.FsSlice" },
	FIELDSPECS_OF("commonAnnotations"),
	CALLED("nameReference", DECODE_STRUCTS, &shape_reference,
	       "builtinconfig.nbrSlice"),
	FIELDSPECS_OF("varReference"),
	FIELDSPECS_OF("images"),
	FIELDSPECS_OF("replicas"),
	END
};
const struct decode_struct shape_configuration = {
	"TransformerConfig", "builtinconfig.TransformerConfig", configuration
};

/* Plugins. */

#define FIELDSPECS STRUCTS("fieldSpecs", &shape_fieldspec)

static const struct decode_field annotations[] = { STRING_MAP("annotations"),
						   FIELDSPECS, END };
static const struct decode_field labels[] = { STRING_MAP("labels"), FIELDSPECS,
					      END };
static const struct decode_field name_space[] = {
	STRUCT("metadata", &shape_metadata), BOOL("unsetOnly"),
	STRING("setRoleBindingSubjects"), FIELDSPECS, END
};
static const struct decode_field image_tag[] = {
	STRUCT("imageTag", &shape_image), FIELDSPECS, END
};
static const struct decode_field replica_count[] = {
	STRUCT("replica", &shape_replica), FIELDSPECS, END
};
static const struct decode_field json_patch[] = {
	STRUCT("target", &shape_selector), STRING("path"), STRING("jsonOp"), END
};
static const struct decode_field merge_patches[] = { STRINGS("paths"),
						     STRING("patches"), END };
static const struct decode_field replacements[] = {
	STRUCTS("replacements", &shape_replacement_field), END
};
static const struct decode_field value_target[] = {
	STRUCT("selector", &shape_selector), STRING("fieldPath"),
	CALLED("filePathPosition", DECODE_INT, NULL, "int"), END
};
static const struct decode_struct shape_value_target = { "Target",
							 "builtins.Target",
							 value_target };
static const struct decode_field value_add[] = {
	STRING("value"), STRUCTS("targets", &shape_value_target),
	STRING("targetFilePath"), END
};
static const struct decode_field config_map_plugin[] = {
	GENERATOR_FIELDS("ConfigMapArgs.GeneratorArgs"), END
};
static const struct decode_field secret_plugin[] = {
	GENERATOR_FIELDS("SecretArgs.GeneratorArgs"),
	IN("SecretArgs", "type", DECODE_STRING, NULL), END
};

#define PLUGIN(kind, fields)                                                   \
	{                                                                      \
		kind "Plugin", "builtins." kind "Plugin", fields               \
	}
static const struct decode_struct plugins[] = {
	PLUGIN("AnnotationsTransformer", annotations),
	PLUGIN("ConfigMapGenerator", config_map_plugin),
	PLUGIN("ImageTagTransformer", image_tag),
	PLUGIN("LabelTransformer", labels),
	PLUGIN("NamespaceTransformer", name_space),
	PLUGIN("PatchJson6902Transformer", json_patch),
	PLUGIN("PatchStrategicMergeTransformer", merge_patches),
	PLUGIN("PatchTransformer", patch),
	PLUGIN("ReplacementTransformer", replacements),
	PLUGIN("ReplicaCountTransformer", replica_count),
	PLUGIN("SecretGenerator", secret_plugin),
	PLUGIN("ValueAddTransformer", value_add),
};

const struct decode_struct *shape_of_plugin(const char *kind)
{
	size_t len = strlen(kind), i;

	for (i = 0; i < sizeof(plugins) / sizeof(plugins[0]); i++)
		if (strncmp(plugins[i].name, kind, len) == 0 &&
		    strcmp(plugins[i].name + len, "Plugin") == 0)
			return &plugins[i];
	return NULL;
}
