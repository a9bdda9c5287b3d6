/*
 * helm lint of what a template printed.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/quote.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "templates/capabilities.h"
#include "templates/lint.h"

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static const char subdomain_words[] =
	"a lowercase RFC 1123 subdomain must consist of lower case "
	"alphanumeric characters, '-' or '.', and must start and end with an "
	"alphanumeric character (e.g. 'example.com', regex used for validation "
	"is "
	"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

static const char label_words[] =
	"a DNS-1035 label must consist of lower case alphanumeric characters "
	"or '-', start with an alphabetic character, and end with an "
	"alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
	"validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

static const char name_words[] =
	"a lowercase RFC 1123 label must consist of lower case alphanumeric "
	"characters or '-', and must start and end with an alphanumeric "
	"character (e.g. 'my-name',  or '123-abc', regex used for validation "
	"is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/* One part of a name: letters, digits and dashes, no dash at an end. */
static bool is_label(const char *name, size_t len)
{
	return len && strspn(name, LOWER DIGITS "-") >= len && *name != '-' &&
	       name[len - 1] != '-';
}

static bool is_subdomain(const char *name)
{
	for (;;) {
		size_t len = strcspn(name, ".");

		if (!is_label(name, len))
			return false;
		if (!name[len])
			return true;
		name += len + 1;
	}
}

static const char *check_length(struct arena *arena, const char *name,
				size_t most)
{
	if (strlen(name) <= most)
		return NULL;
	return arena_printf(arena, "must be no more than %zu characters", most);
}

static const char *check_path_segment(const char *name)
{
	if (strcmp(name, ".") == 0)
		return "may not be '.'";
	if (strcmp(name, "..") == 0)
		return "may not be '..'";
	if (strchr(name, '/'))
		return "may not contain '/'";
	return strchr(name, '%') ? "may not contain '%'" : NULL;
}

/* What is wrong with the name of an object of this kind; NULL: nothing. */
static const char *check_name(struct arena *arena, const char *kind,
			      const char *name)
{
	static const char *const paths[] = { "role", "clusterrole",
					     "rolebinding",
					     "clusterrolebinding" };
	const char *problem;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(paths); i++)
		if (strcasecmp(kind, paths[i]) == 0)
			return check_path_segment(name);
	if (strcasecmp(kind, "certificatesigningrequest") == 0)
		return NULL;
	if (strcasecmp(kind, "service") == 0) {
		problem = check_length(arena, name, 63);
		if (problem)
			return problem;
		return is_label(name, strlen(name)) && strchr(LOWER, *name)
			       ? NULL
			       : label_words;
	}
	if (strcasecmp(kind, "namespace") == 0) {
		if (strchr(name, '.'))
			return "must not contain dots";
		problem = check_length(arena, name, 63);
		if (problem)
			return problem;
		return is_label(name, strlen(name)) ? NULL : name_words;
	}
	problem = check_length(arena, name, 253);
	if (problem)
		return problem;
	return is_subdomain(name) ? NULL : subdomain_words;
}

static const char *quoted(struct arena *arena, const char *text)
{
	const struct text plain = text_of(text, strlen(text));
	struct str out;

	str_init(&out, arena);
	quote_put(&out, &plain);
	return str_text(&out);
}

static void lint_name(struct linter *linter, const char *file, const char *kind,
		      const char *name)
{
	const char *problem = check_name(linter->arena, kind, name);
	const char *shown = quoted(linter->arena, name);

	if (problem)
		linter_say(linter, CHART_LINT_WARNING, file,
			   "object name does not conform to Kubernetes naming "
			   "requirements: %s: metadata.name: Invalid value: "
			   "%s: %s",
			   shown, shown, problem);
}

struct deprecated {
	char version[40];
	char kind[40];
	unsigned deprecated;
	unsigned removed;
	char instead[68];
};

#define API(of, named, since, until, use)                                      \
	HOLDS(struct deprecated, version, of);                                 \
	HOLDS(struct deprecated, kind, named);                                 \
	HOLDS(struct deprecated, instead, use);
#include "templates/deprecated.def"
#undef API

static const struct deprecated deprecated[] = {
#define API(version, kind, deprecated, removed, instead)                       \
	{ version, kind, deprecated, removed, instead },
#include "templates/deprecated.def"
#undef API
};

static unsigned minor_of(struct linter *linter)
{
	const char *text = linter->options->kube_version;
	struct kube_version version;
	struct diag_sink unheard;
	int64_t minor;

	diag_sink_init(&unheard, linter->arena);
	if (!kube_version_parse(linter->arena, &unheard,
				text ? text : CHART_KUBE_VERSION, CHART_HELM3,
				&version) ||
	    number_parse_int(version.minor, strlen(version.minor), 10,
			     &minor) != NUMBER_OK)
		return 0;
	return strcmp(version.major, "1") == 0 ? (unsigned)minor : 0;
}

static void lint_deprecation(struct linter *linter, const char *file,
			     const char *version, const char *kind)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(deprecated); i++) {
		const struct deprecated *row = &deprecated[i];

		if (strcmp(row->version, version) != 0 ||
		    strcmp(row->kind, kind) != 0 ||
		    minor_of(linter) < row->deprecated)
			continue;
		linter_say(linter, CHART_LINT_WARNING, file,
			   "%s %s is deprecated in v1.%u+%s%s%s", version, kind,
			   row->deprecated,
			   row->removed ? arena_printf(linter->arena,
						       ", unavailable in "
						       "v1.%u+",
						       row->removed)
					: "",
			   *row->instead ? "; use " : "", row->instead);
		return;
	}
}

/* A test of words in the file, as crude as Helm's. */
static void lint_selector(struct linter *linter, const char *file,
			  const char *kind, const char *name, const char *text)
{
	static const char *const kinds[] = { "Deployment", "ReplicaSet",
					     "DaemonSet", "StatefulSet" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(kinds); i++)
		if (strcmp(kinds[i], kind) == 0 &&
		    !strstr(text, "matchLabels") &&
		    !strstr(text, "matchExpressions"))
			linter_say(linter, CHART_LINT_ERROR, file,
				   "a %s must contain matchLabels or "
				   "matchExpressions, and %s does not",
				   kind, quoted(linter->arena, name));
}

static void lint_list(struct linter *linter, const char *file,
		      const struct value *root)
{
	const struct value *item;

	list_foreach (item, value_get(root, "items")) {
		const struct value *annotations =
			value_get(value_get(item, "metadata"), "annotations");

		if (!value_get(annotations, "helm.sh/resource-policy"))
			continue;
		linter_say(linter, CHART_LINT_ERROR, file,
			   "%cnnotation 'helm.sh/resource-policy' within List "
			   "objects are ignored",
			   linter->options->dialect == CHART_HELM3 ? 'A' : 'a');
		return;
	}
}

/* encoding/json takes keys in any case, the last of those that hold one. */
static const struct value *field_of(const struct value *map, const char *name)
{
	const struct value_entry *entry, *found = NULL;

	value_foreach (entry, map) {
		if (!value_is_null(entry->value) &&
		    strcasecmp(entry->key, name) == 0 &&
		    (!found || strcmp(found->key, entry->key) < 0))
			found = entry;
	}
	return found ? found->value : NULL;
}

/* What `value` cannot be read into, in the words of encoding/json. */
static bool cannot_read(struct linter *linter, const char *file,
			const struct value *value, const char *into)
{
	const char *kind = value_is_map(value)      ? "object"
			   : value_is_list(value)   ? "array"
			   : value_is_string(value) ? "string"
			   : value_is_bool(value)   ? "bool"
						    : "number";
	/* The type's name begins with a small letter in Helm 4. */
	bool helm3 = linter->options->dialect == CHART_HELM3;

	linter_say(linter, CHART_LINT_ERROR, file,
		   "unable to parse YAML: error unmarshaling JSON: while "
		   "decoding JSON: json: cannot unmarshal %s into Go %s",
		   kind,
		   arena_printf(linter->arena, into,
				helm3 ? "K8sYamlStruct" : "k8sYamlStruct"));
	return false;
}

/* Numbers and booleans become text. */
static bool read_text(struct linter *linter, const char *file,
		      const struct value *value, const char *into,
		      const char **text)
{
	char number[NUMBER_ROOM];

	*text = "";
	if (value_is_map(value) || value_is_list(value))
		return cannot_read(linter, file, value, into);
	if (value_is_string(value)) {
		*text = value->string;
	} else if (value_is_bool(value)) {
		*text = value->boolean ? "true" : "false";
	} else if (!value_is_null(value)) {
		number_format_float(number, value->real, 'g', -1);
		*text = arena_strdup(linter->arena, number);
	}
	return true;
}

static bool lint_document(struct linter *linter, const char *file,
			  const struct value *root, const char *text)
{
	const struct value *metadata = field_of(root, "metadata");
	const char *kind, *version, *name, *name_space;

	if (value_is_null(root))
		return true;
	if (!value_is_map(root))
		return cannot_read(linter, file, root,
				   "value of type rules.%s");
	if (!read_text(linter, file, field_of(root, "apiVersion"),
		       "struct field %s.apiVersion of type string", &version) ||
	    !read_text(linter, file, field_of(root, "kind"),
		       "struct field %s.Kind of type string", &kind))
		return false;
	if (!value_is_null(metadata) && !value_is_map(metadata))
		return cannot_read(linter, file, metadata,
				   "struct field %s.Metadata of type "
				   "rules.k8sYamlMetadata");
	if (!read_text(linter, file, field_of(metadata, "namespace"),
		       "struct field k8sYamlMetadata.Metadata.Namespace of "
		       "type string",
		       &name_space) ||
	    !read_text(linter, file, field_of(metadata, "name"),
		       "struct field k8sYamlMetadata.Metadata.Name of type "
		       "string",
		       &name))
		return false;
	lint_name(linter, file, kind, name);
	lint_deprecation(linter, file, version, kind);
	lint_selector(linter, file, kind, name, text);
	if (strcmp(kind, "List") == 0)
		lint_list(linter, file, root);
	return true;
}

static void lint_indent(struct linter *linter, const char *file,
			const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (strspn(text, " \t\r") < len) {
			if (*text == ' ' || *text == '\t')
				linter_say(linter, CHART_LINT_WARNING, file,
					   "document starts with an illegal "
					   "indent: %s, which may cause "
					   "parsing problems",
					   quoted(linter->arena,
						  arena_strndup(linter->arena,
								text, len)));
			return;
		}
		text += len + (text[len] == '\n');
	}
}

/* What stands behind the dashes of a separator, without blanks around it. */
static struct text behind_dashes(const char *line, const char *end)
{
	line += 3;
	while (line < end && strchr(" \t\r\n\v\f", *line))
		line++;
	while (end > line && strchr(" \t\r\n\v\f", end[-1]))
		end--;
	return text_of(line, (size_t)(end - line));
}

/*
 * The next document as the API machinery of Kubernetes cuts them, which is not
 * what decides when a chart is rendered: three dashes and a comment, at once
 * behind them or not, end what stands before, and a line of them that nothing
 * stands before belongs to what follows.  False: the separator is none
 * (reported).
 */
static bool next_document(struct linter *linter, const char *file,
			  const struct source *rendered,
			  struct yaml_document *document)
{
	const char *text = rendered->text;
	uint32_t at = document->begin;

	while (at < rendered->len) {
		const char *feed = strchr(text + at, '\n');
		uint32_t next =
			feed ? (uint32_t)(feed + 1 - text) : rendered->len;

		if (strncmp(text + at, "---", 3) == 0) {
			struct text rest =
				behind_dashes(text + at, text + next);

			if (rest.len && *rest.at != '#') {
				linter_say(linter, CHART_LINT_ERROR, file,
					   "unable to parse YAML: invalid Yaml "
					   "document separator: %.*s",
					   (int)rest.len, rest.at);
				return false;
			}
			if (at > document->begin)
				break;
		}
		at = next;
	}
	document->end = at;
	return true;
}

/* Where the document after this one begins: behind the separator. */
static uint32_t behind(const struct source *rendered, uint32_t end)
{
	const char *feed =
		end < rendered->len ? strchr(rendered->text + end, '\n') : NULL;

	return feed ? (uint32_t)(feed + 1 - rendered->text) : rendered->len;
}

bool linter_check_manifest(struct linter *linter, const char *file,
			   const struct source *rendered)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .json_numbers = true };
	struct yaml_document document = { 0 };
	struct yaml_problem problem;

	if (strspn(rendered->text, " \t\r\n\f\v") == rendered->len)
		return true;
	lint_indent(linter, file, rendered->text);
	for (; document.begin < rendered->len;
	     document.begin = behind(rendered, document.end)) {
		const struct value *root;

		if (!next_document(linter, file, rendered, &document))
			return false;
		root = yaml_read(linter->arena, rendered, document.begin,
				 document.end, &options, &problem);
		if (!root) {
			linter_say(linter, CHART_LINT_ERROR, file,
				   "unable to parse YAML: error converting "
				   "YAML to JSON: %s",
				   yaml_problem_go(linter->arena, &problem));
			return false;
		}
		if (!lint_document(linter, file, root, rendered->text))
			return false;
	}
	return true;
}
