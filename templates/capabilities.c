#include "templates/capabilities.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/vec.h"
#include "model/json.h"
#include "model/value.h"
#include "templates/chart_verbs.h"
#include "templates/func.h"
#include "templates/object.h"

static bool refuse(struct arena *arena, struct diag_sink *diags,
		   const char *text, const char *why)
{
	diag_error(diags, NULL,
		   "the Kubernetes version is \"%s\"; a version as 1.31 is "
		   "needed",
		   text);
	diag_native(diags, "invalid kube version '%s': %s", text,
		    arena_printf(arena, why, text));
	return false;
}

/*
 * Blanks, a v, numbers with dots between; what follows is kept by helm 4 and
 * cut off by helm 3.  Leading zeros go.
 */
bool kube_version_parse(struct arena *arena, struct diag_sink *diags,
			const char *text, enum chart_dialect dialect,
			struct kube_version *version)
{
	const char *at = text + strspn(text, " \t\n\v\f\r");
	VEC(const char *) parts = { 0 };
	struct str joined;
	size_t i;

	at += *at == 'v';
	if (!strspn(at, "0123456789"))
		return refuse(arena, diags, text,
			      "could not parse \"%s\" as version");
	for (;;) {
		size_t len = strspn(at, "0123456789");
		char number[NUMBER_ROOM];
		uint64_t value;

		if (number_parse_uint(at, len, 10, &value) != NUMBER_OK) {
			at = arena_strndup(arena, at, len);
			return refuse(
				arena, diags, text,
				arena_printf(arena,
					     "illegal non-numeric version "
					     "component \"%s\" in \"%%s\": "
					     "strconv.ParseUint: parsing "
					     "\"%s\": value out of range",
					     at, at));
		}
		number_format_uint(number, value);
		vec_push(arena, &parts, arena_strdup(arena, number));
		at += len;
		if (*at != '.' || !strspn(at + 1, "0123456789"))
			break;
		at++;
	}
	if (parts.count < 2)
		return refuse(arena, diags, text,
			      "illegal version string \"%s\"");
	str_init(&joined, arena);
	for (i = 0; i < parts.count; i++)
		str_printf(&joined, "%c%s", i ? '.' : 'v', parts.items[i]);
	version->normalised = str_text(&joined);
	version->version =
		dialect == CHART_HELM3
			? version->normalised
			: arena_join(arena, "v", text + (*text == 'v'));
	version->major = parts.items[0];
	version->minor = parts.items[1];
	return true;
}

/* The texts of a struct of texts, in the order in which Go prints them. */
struct text_struct {
	const char *const *names; /* ends with NULL */
	const char *const *texts;
	const struct value *const *values;
};

static bool structs_json(struct str *out, const struct value *object,
			 const char **error)
{
	const struct text_struct *fields = object->data;
	size_t i;

	(void)error;
	str_putc(out, '{');
	for (i = 0; fields->names[i]; i++) {
		if (i)
			str_putc(out, ',');
		str_printf(out, "\"%s\":", fields->names[i]);
		json_write_string(out, fields->texts[i],
				  strlen(fields->texts[i]), false);
	}
	str_putc(out, '}');
	return true;
}

static const struct object_part *structs_parts(struct arena *arena,
					       const struct value *object)
{
	const struct text_struct *fields = object->data;
	struct object_part *parts;
	size_t count = 0, i;

	while (fields->names[count])
		count++;
	parts = arena_zalloc(arena, (count + 1) * sizeof(*parts));
	for (i = 0; i < count; i++) {
		parts[i].name = fields->names[i];
		parts[i].value =
			value_new_cstring(arena, NULL, fields->texts[i]);
	}
	return parts;
}

static const struct value *structs_field(struct arena *arena,
					 const struct value *object,
					 const char *name, size_t len)
{
	const struct text_struct *fields = object->data;
	size_t i;

	for (i = 0; fields->names[i]; i++)
		if (strlen(fields->names[i]) == len &&
		    strncmp(fields->names[i], name, len) == 0)
			return value_new_cstring(arena, NULL, fields->texts[i]);
	return NULL;
}

static struct value *new_struct(struct arena *arena,
				const struct object_class *class,
				const char *const *names,
				const char *const *texts)
{
	struct text_struct *fields = arena_zalloc(arena, sizeof(*fields));
	size_t count = 0;

	while (names[count])
		count++;
	fields->names = names;
	fields->texts = memcpy(arena_alloc(arena, count * sizeof(*texts)),
			       texts, count * sizeof(*texts));
	return object_wrap(arena, class, fields);
}

/* .KubeVersion */

static const char *const kube_names3[] = { "Version", "Major", "Minor", NULL };
static const char *const kube_names4[] = { "Version", "normalizedVersion",
					   "Major", "Minor", NULL };

/* String() gives the version without what follows the numbers. */
static const char *kube_string(const struct value *object)
{
	const struct text_struct *fields = object->data;

	return fields->texts[fields->names == kube_names4 ? 1 : 0];
}

static const struct value *fn_string(struct call *call)
{
	const char *text = kube_string(call->receiver);

	return call_give_opaque(call, text, strlen(text));
}

static const struct value *fn_git_version(struct call *call)
{
	const struct text_struct *fields = call->receiver->data;

	return call_give_opaque(call, fields->texts[0],
				strlen(fields->texts[0]));
}

/* A bare {{ .Capabilities.KubeVersion }} calls String(); quote does not. */
static void kube_show(struct str *out, const struct value *object)
{
	str_puts(out, kube_string(object));
}

/* The field that begins with a small letter is nobody's but Go's. */
static const struct value *kube_field(struct arena *arena,
				      const struct value *object,
				      const char *name, size_t len)
{
	return *name == 'n' ? NULL : structs_field(arena, object, name, len);
}

static bool kube_json(struct str *out, const struct value *object,
		      const char **error)
{
	const struct text_struct *fields = object->data;
	const size_t major = fields->names == kube_names4 ? 2 : 1;

	(void)error;
	str_puts(out, "{\"Version\":");
	json_write_string(out, fields->texts[0], strlen(fields->texts[0]),
			  false);
	str_printf(out, ",\"Major\":\"%s\",\"Minor\":\"%s\"}",
		   fields->texts[major], fields->texts[major + 1]);
	return true;
}

static const struct func kube_methods[] = {
	{ .name = "GitVersion",
	  .run = fn_git_version,
	  .usage = "GitVersion",
	  .help = "The version, as older charts ask for it." },
	{ .name = "String",
	  .run = fn_string,
	  .usage = "String",
	  .help = "The version." },
	{ .name = NULL }
};

#define KUBE_MODEL(package)                                                    \
	.model = { .go_type = package ".KubeVersion",                          \
		   .json = kube_json,                                          \
		   .fields = object_fields },                                  \
	.kind = "struct", .field = kube_field, .parts = structs_parts

/* Indexed by dialect: the types moved to another package. */
static const struct object_class kube_copies[] = { { KUBE_MODEL("chartutil") },
						   { KUBE_MODEL("common") } };

#define KUBE_CLASS(package, copy)                                              \
	{                                                                      \
		KUBE_MODEL(package), .methods = kube_methods,                  \
				     .show = kube_show, .copied = copy         \
	}

static const struct object_class kube_classes[] = {
	KUBE_CLASS("chartutil", &kube_copies[0]),
	KUBE_CLASS("common", &kube_copies[1])
};

/* .HelmVersion */

static const char *const helm_names3[] = { "Version", "GitCommit",
					   "GitTreeState", "GoVersion", NULL };
static const char *const helm_names4[] = { "Version",           "GitCommit",
					   "GitTreeState",      "GoVersion",
					   "KubeClientVersion", NULL };

static const struct object_class helm_classes[] = {
	{ .model = { .go_type = "version.BuildInfo",
		     .json = structs_json,
		     .fields = object_fields },
	  .kind = "struct",
	  .field = structs_field,
	  .parts = structs_parts },
	{ .model = { .go_type = "version.BuildInfo",
		     .json = structs_json,
		     .fields = object_fields },
	  .kind = "struct",
	  .field = structs_field,
	  .parts = structs_parts },
};

/* .APIVersions */

static const struct value *versions_under(struct arena *arena,
					  const struct value *object)
{
	(void)arena;
	return object->data;
}

static const struct value *fn_has(struct call *call)
{
	const struct value *list = call->receiver->data, *item;
	struct text wanted = value_text(call_arg(call, 0));

	list_foreach (item, list) {
		if (item->len == wanted.len &&
		    value_equals_string(item, wanted.at))
			return call_give_bool(call, true);
	}
	return call_give_bool(call, false);
}

static bool versions_json(struct str *out, const struct value *object,
			  const char **error)
{
	return json_write(out, object->data, NULL, NULL, error);
}

static const struct func versions_methods[] = {
	{ .name = "Has",
	  .takes = { ARG_STRING },
	  .run = fn_has,
	  .usage = "Has VERSION",
	  .help = "Whether the cluster serves this group version." },
	{ .name = NULL }
};

#define VERSIONS_CLASS(package)                                                \
	{                                                                      \
		.model = { .go_type = package ".VersionSet",                   \
			   .json = versions_json },                            \
		.kind = "slice", .methods = versions_methods,                  \
		.under = versions_under                                        \
	}

static const struct object_class versions_classes[] = {
	VERSIONS_CLASS("chartutil"), VERSIONS_CLASS("common")
};

static struct value *new_versions(struct arena *arena, const char *const *extra,
				  enum chart_dialect dialect)
{
	static const char *const known[] = {
#define API(version) version,
#include "templates/api_versions.def"
#undef API
	};
	struct value *list = value_new_list(arena, NULL);
	size_t i;

	list->type = VALUE_TYPE_STRINGS;
	for (i = 0; i < ARRAY_COUNT(known); i++)
		value_append(arena, list,
			     value_new_cstring(arena, NULL, known[i]));
	for (; extra && *extra; extra++)
		value_append(arena, list,
			     value_new_cstring(arena, NULL, *extra));
	return object_wrap(arena, &versions_classes[dialect], list);
}

/* The whole. */

struct capabilities {
	const struct value *kube_version;
	const struct value *api_versions;
	const struct value *helm_version;
};

static const struct value *field(struct arena *arena,
				 const struct value *object, const char *name,
				 size_t len)
{
	const struct capabilities *all = object->data;

	(void)arena;
	if (len == 11 && memcmp(name, "KubeVersion", len) == 0)
		return all->kube_version;
	if (len == 11 && memcmp(name, "APIVersions", len) == 0)
		return all->api_versions;
	if (len == 11 && memcmp(name, "HelmVersion", len) == 0)
		return all->helm_version;
	return NULL;
}

static bool json(struct str *out, const struct value *object,
		 const char **error)
{
	const struct capabilities *all = object->data;

	str_puts(out, "{\"KubeVersion\":");
	kube_json(out, all->kube_version, error);
	str_puts(out, ",\"APIVersions\":");
	if (!versions_json(out, all->api_versions, error))
		return false;
	str_puts(out, ",\"HelmVersion\":");
	/* The build's description has names of its own in JSON. */
	str_printf(
		out, "{\"version\":\"%s\",\"go_version\":\"%s\"}",
		((const struct text_struct *)all->helm_version->data)->texts[0],
		((const struct text_struct *)all->helm_version->data)
			->texts[3]);
	str_putc(out, '}');
	return true;
}

static const struct object_part *parts(struct arena *arena,
				       const struct value *object)
{
	const struct capabilities *all = object->data;
	const struct object_part fields[] = {
		{ "KubeVersion", all->kube_version, NULL },
		{ "APIVersions", all->api_versions, NULL },
		{ "HelmVersion", all->helm_version, NULL },
		{ NULL, NULL, NULL },
	};

	return memcpy(arena_alloc(arena, sizeof(fields)), fields,
		      sizeof(fields));
}

#define CAPABILITIES_CLASS(package)                                            \
	{                                                                      \
		.model = { .go_type = "*" package ".Capabilities",             \
			   .json = json,                                       \
			   .fields = object_fields },                          \
		.kind = "ptr", .field = field, .parts = parts                  \
	}

static const struct object_class classes[] = { CAPABILITIES_CLASS("chartutil"),
					       CAPABILITIES_CLASS("common") };

const struct value *chart_helm_build(struct arena *arena,
				     enum chart_dialect dialect)
{
	const char *const helm3[] = { "v3.21.4", "", "clean", "go1.26.8" };
	const char *const helm4[] = { "v4.2.4", "", "clean", "go1.26.8",
				      "v1.36" };
	bool three = dialect == CHART_HELM3;

	return new_struct(arena, &helm_classes[dialect],
			  three ? helm_names3 : helm_names4,
			  three ? helm3 : helm4);
}

struct value *capabilities_object(struct arena *arena,
				  const struct kube_version *version,
				  const char *const *extra,
				  enum chart_dialect dialect)
{
	const char *const kube3[] = { version->version, version->major,
				      version->minor };
	const char *const kube4[] = { version->version, version->normalised,
				      version->major, version->minor };
	struct capabilities *all = arena_alloc(arena, sizeof(*all));
	bool three = dialect == CHART_HELM3;

	all->kube_version = new_struct(arena, &kube_classes[dialect],
				       three ? kube_names3 : kube_names4,
				       three ? kube3 : kube4);
	all->api_versions = new_versions(arena, extra, dialect);
	all->helm_version = chart_helm_build(arena, dialect);
	return object_wrap(arena, &classes[dialect], all);
}

bool chart_kube_version(struct arena *arena, struct diag_sink *diags,
			const char *text, enum chart_dialect dialect)
{
	struct kube_version version;

	return !text || !*text ||
	       kube_version_parse(arena, diags, text, dialect, &version);
}
