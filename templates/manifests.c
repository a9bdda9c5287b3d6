#include "templates/manifests.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

static const struct {
	const char *kind;
	bool helm4_only;
} install_order[] = {
#define KIND(name)  { #name, false },
#define KIND4(name) { #name, true },
#include "templates/install_order.def"
#undef KIND
#undef KIND4
};

/* A document with what it is sorted by. */
struct sorted {
	struct chart_document document;
	size_t rank;  /* by kind; ARRAY_COUNT(install_order): unknown */
	size_t place; /* as it came */
};

VEC_TYPE(sorted_documents, struct sorted);

struct collector {
	struct arena *arena;
	struct arena *trees; /* of the document at hand */
	struct diag_sink *diags;
	const struct manifest_options *options;
	struct sorted_documents manifests;
	struct sorted_documents hooks;
};

static size_t rank_of(const char *kind, enum chart_dialect dialect)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(install_order); i++)
		if (strcmp(install_order[i].kind, kind) == 0 &&
		    (dialect == CHART_HELM4 || !install_order[i].helm4_only))
			return i;
	return ARRAY_COUNT(install_order);
}

static int compare_documents(const void *a, const void *b)
{
	const struct sorted *one = a, *two = b;

	if (one->rank != two->rank)
		return one->rank < two->rank ? -1 : 1;
	if (one->rank == ARRAY_COUNT(install_order)) {
		int order = strcmp(one->document.kind, two->document.kind);

		if (order)
			return order;
	}
	return one->place < two->place ? -1 : 1;
}

/* Reading the head: apiVersion, kind, metadata. */

static bool fail(struct collector *collector,
		 const struct chart_document *document, const struct value *at,
		 const char *what, const char *text)
{
	diag_error(collector->diags, &at->origin, "%s", what);
	diag_native(collector->diags,
		    "YAML parse error on %s: error unmarshaling JSON: while "
		    "decoding JSON: json: cannot unmarshal %s",
		    document->path, text);
	return false;
}

static const char *json_kind(const struct value *value)
{
	if (value_is_map(value))
		return "object";
	if (value_is_list(value))
		return "array";
	if (value_is_string(value))
		return "string";
	return value_is_bool(value) ? "bool" : "number";
}

/* The field; Go's JSON also takes a key in other letters. */
static struct value *field(const struct value *map, const char *name)
{
	struct value *found = value_get(map, name);
	const struct value_entry *entry;

	if (found)
		return found;
	value_foreach (entry, map) {
		if (strcasecmp(entry->key, name) == 0)
			found = entry->value;
	}
	return found;
}

/* A text field: numbers and booleans are taken as text. */
static bool read_text(struct collector *collector,
		      const struct chart_document *document,
		      const struct value *value, const char *path,
		      const char **text)
{
	char number[NUMBER_ROOM];

	*text = "";
	if (value_is_null(value))
		return true;
	if (value_is_string(value)) {
		*text = arena_strndup(collector->arena, value->string,
				      value->len);
		return true;
	}
	if (value_is_map(value) || value_is_list(value))
		return fail(collector, document, value,
			    arena_printf(collector->arena,
					 "%s is a %s; text is needed", path,
					 value_kind_name(value->kind)),
			    arena_printf(collector->arena,
					 "%s into Go struct field %s of type "
					 "string",
					 json_kind(value), path));
	if (value_is_bool(value)) {
		*text = value->boolean ? "true" : "false";
		return true;
	}
	number_format_float(number, value->real, 'g', -1);
	*text = arena_strdup(collector->arena, number);
	return true;
}

static bool read_annotations(struct collector *collector,
			     const struct chart_document *document,
			     const struct value *annotations, const char **hook)
{
	const struct value_entry *entry;
	const char *text;

	*hook = NULL;
	if (value_is_null(annotations))
		return true;
	if (!value_is_map(annotations))
		return fail(collector, document, annotations,
			    "metadata.annotations is no map",
			    arena_printf(collector->arena,
					 "%s into Go struct field "
					 ".metadata.annotations of type "
					 "map[string]string",
					 json_kind(annotations)));
	value_foreach (entry, annotations) {
		bool is_hook = strcmp(entry->key, "helm.sh/hook") == 0;

		if (value_is_string(entry->value) && !is_hook)
			continue;
		if (!read_text(collector, document, entry->value,
			       ".metadata.annotations", &text))
			return false;
		if (is_hook)
			*hook = text;
	}
	return true;
}

static bool read_metadata(struct collector *collector,
			  struct chart_document *document,
			  const struct value *metadata, const char **hook)
{
	*hook = NULL;
	if (value_is_null(metadata))
		return true;
	if (!value_is_map(metadata))
		return fail(collector, document, metadata, "metadata is no map",
			    arena_printf(
				    collector->arena,
				    "%s into Go struct field "
				    "SimpleHead.metadata of type struct { Name "
				    "string \"json:\\\"name\\\"\"; Annotations "
				    "map[string]string "
				    "\"json:\\\"annotations\\\"\" }",
				    json_kind(metadata)));
	return read_text(collector, document, field(metadata, "name"),
			 ".metadata.name", &document->name) &&
	       read_annotations(collector, document,
				field(metadata, "annotations"), hook);
}

static bool read_tree(struct collector *collector,
		      struct chart_document *document, const char **hook)
{
	const struct yaml_options options = {
		.dialect = YAML_HELM,
		.limits = collector->options->limits,
		.json_numbers = true,
	};
	struct arena *arena = collector->arena;
	struct yaml_problem problem;
	const char *version;
	struct value *root =
		yaml_read(collector->trees, document->source, document->begin,
			  document->end, &options, &problem);

	*hook = NULL;
	document->kind = document->name = "";
	if (!root) {
		yaml_problem_report(collector->diags, document->source,
				    &problem);
		diag_native(collector->diags,
			    "YAML parse error on %s: error converting YAML to "
			    "JSON: %s",
			    document->path, yaml_problem_go(arena, &problem));
		return false;
	}
	if (value_is_null(root))
		return true;
	if (!value_is_map(root))
		return fail(
			collector, document, root,
			arena_printf(arena,
				     "a document is a %s; an object "
				     "is needed",
				     value_kind_name(root->kind)),
			arena_printf(arena,
				     "%s into Go value of type "
				     "%s.SimpleHead",
				     json_kind(root),
				     collector->options->dialect == CHART_HELM4
					     ? "util"
					     : "releaseutil"));
	return read_text(collector, document, field(root, "apiVersion"),
			 "SimpleHead.apiVersion", &version) &&
	       read_text(collector, document, field(root, "kind"),
			 "SimpleHead.kind", &document->kind) &&
	       read_metadata(collector, document, field(root, "metadata"),
			     hook);
}

/* The tree lives as long as somebody may be told about a place in it. */
static bool read_head(struct collector *collector,
		      struct chart_document *document, const char **hook)
{
	bool fine;

	collector->trees = arena_new();
	fine = read_tree(collector, document, hook);
	if (fine)
		arena_free(collector->trees);
	else
		arena_adopt(collector->arena, collector->trees);
	return fine;
}

/* Hooks. */

enum hook_verdict {
	HOOK_UNKNOWN,
	HOOK_KNOWN,
	HOOK_TEST
};

static enum hook_verdict hook_event(const char *name, size_t len)
{
	static const char *const events[] = {
		"pre-install", "post-install", "pre-delete",   "post-delete",
		"pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback",
		"test",        "test-success",
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(events); i++)
		if (strlen(events[i]) == len &&
		    strncasecmp(events[i], name, len) == 0)
			return i >= 8 ? HOOK_TEST : HOOK_KNOWN;
	return HOOK_UNKNOWN;
}

/* One unknown event, and the document is dropped whole. */
static enum hook_verdict hook_verdict(const char *events)
{
	enum hook_verdict verdict = HOOK_KNOWN;

	for (;;) {
		size_t len = strcspn(events, ","), size;
		const char *from = events, *end = events + len;
		enum hook_verdict event;

		while (from < end &&
		       rune_is_space(
			       utf8_decode(from, (size_t)(end - from), &size)))
			from += size;
		while (from < end &&
		       rune_is_space(utf8_decode_last(
			       from, (size_t)(end - from), &size)))
			end -= size;
		event = hook_event(from, (size_t)(end - from));
		if (event == HOOK_UNKNOWN)
			return HOOK_UNKNOWN;
		if (event == HOOK_TEST)
			verdict = HOOK_TEST;
		if (!events[len])
			return verdict;
		events += len + 1;
	}
}

static void take(struct collector *collector,
		 const struct chart_document *document, const char *hook)
{
	const struct manifest_options *options = collector->options;
	struct sorted_documents *list = &collector->manifests;
	struct sorted sorted = { .document = *document };

	if (hook) {
		enum hook_verdict verdict = hook_verdict(hook);

		if (verdict == HOOK_UNKNOWN || options->no_hooks ||
		    (verdict == HOOK_TEST && options->skip_tests))
			return;
		sorted.document.hook = true;
		sorted.document.test = verdict == HOOK_TEST;
		list = &collector->hooks;
	}
	sorted.rank = rank_of(document->kind, options->dialect);
	sorted.place = list->count;
	vec_push(collector->arena, list, sorted);
}

struct head {
	struct chart_document document;
	const char *hook; /* NULL: none */
};

/* The documents of a file. */
struct heads {
	const struct rendered *file;
	VEC(struct head) items;
	bool good;
};

/* False: one of them is none; reported.  Those behind it are only looked at. */
static bool read_heads(struct collector *collector, struct heads *heads)
{
	const struct rendered *file = heads->file;
	struct yaml_documents documents = { 0 };
	bool fine = true;
	uint32_t bad;
	size_t i;

	if (!yaml_split(collector->arena, file->source,
			collector->options->dialect == CHART_HELM4
				? YAML_SPLIT_HELM4
				: YAML_SPLIT_HELM3,
			&documents, &bad))
		BUG("Helm's splitters refuse nothing");
	for (i = 0; i < documents.count; i++) {
		struct head head = {
			.document = {
				.path = file->path,
				.source = file->source,
				.begin = documents.items[i].begin,
				.end = documents.items[i].end,
			},
		};

		if (!read_head(collector, &head.document, &head.hook)) {
			if (!collector->options->all_errors)
				return false;
			fine = false;
		}
		if (fine)
			vec_push(collector->arena, &heads->items, head);
	}
	return fine;
}

static void take_heads(struct collector *collector, const struct heads *heads)
{
	size_t i;

	for (i = 0; i < heads->items.count; i++)
		take(collector, &heads->items.items[i].document,
		     heads->items.items[i].hook);
}

/* The documents before one that is none are taken as well. */
static bool take_file(struct collector *collector, struct heads *heads)
{
	bool fine = heads->good || read_heads(collector, heads);

	take_heads(collector, heads);
	return fine;
}

enum {
	/* Less than that is read before a thread has started. */
	WORTH_THREADS = 128 << 10,
};

/* A file that is read ahead, into memory of its own. */
struct ahead {
	const struct manifest_options *options;
	struct arena *arena;
	struct heads *heads;
};

/* What is wrong is found once more, and told, when it is the file's turn. */
static void read_ahead(void *context, size_t index)
{
	struct ahead *ahead = (struct ahead *)context + index;
	struct diag_sink unheard;
	struct collector collector = { .arena = ahead->arena,
				       .diags = &unheard,
				       .options = ahead->options };

	diag_sink_init(&unheard, ahead->arena);
	ahead->heads->good = read_heads(&collector, ahead->heads);
	if (!ahead->heads->good)
		memset(&ahead->heads->items, 0, sizeof(ahead->heads->items));
}

static struct heads *all_heads(struct collector *collector,
			       const struct rendered_files *files)
{
	struct arena *arena = collector->arena;
	size_t count = files->count, bytes = 0, i;
	struct heads *heads = arena_zalloc(arena, count * sizeof(*heads));
	struct ahead *ahead;

	for (i = 0; i < count; i++) {
		heads[i].file = &files->items[i];
		bytes += files->items[i].source->len;
	}
	if (bytes < WORTH_THREADS || pool_default_workers() < 2)
		return heads;
	ahead = arena_alloc(arena, count * sizeof(*ahead));
	for (i = 0; i < count; i++) {
		ahead[i] = (struct ahead){ collector->options,
					   arena_new_small(), &heads[i] };
		arena_adopt(arena, ahead[i].arena);
	}
	pool_run(pool_default_workers(), count, read_ahead, ahead);
	return heads;
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct rendered *)a)->path,
		      ((const struct rendered *)b)->path);
}

static void append_sorted(struct arena *arena, struct sorted_documents *list,
			  struct chart_documents *documents)
{
	size_t i;

	if (list->count > 1)
		qsort(list->items, list->count, sizeof(*list->items),
		      compare_documents);
	for (i = 0; i < list->count; i++)
		vec_push(arena, documents, list->items[i].document);
}

static bool is_blank(const struct source *source)
{
	uint32_t at = 0;
	size_t size;

	while (at < source->len &&
	       rune_is_space(
		       utf8_decode(source->text + at, source->len - at, &size)))
		at += (uint32_t)size;
	return at == source->len;
}

/* What Helm shows of files among which one is no YAML. */
static void append_debris(struct collector *collector,
			  const struct rendered_files *files,
			  struct chart_documents *documents)
{
	size_t i;

	memset(documents, 0, sizeof(*documents));
	for (i = 0; i < files->count; i++) {
		const struct rendered *file = &files->items[i];

		if (!is_blank(file->source))
			*vec_new(collector->arena, documents) =
				(struct chart_document){
					.path = file->path,
					.source = file->source,
					.end = file->source->len,
				};
	}
	for (i = 0; i < collector->hooks.count; i++)
		vec_push(collector->arena, documents,
			 collector->hooks.items[i].document);
}

bool manifests_collect(struct arena *arena, struct diag_sink *diags,
		       struct rendered_files *files,
		       const struct manifest_options *options,
		       struct chart_documents *documents)
{
	struct collector collector = { .arena = arena,
				       .diags = diags,
				       .options = options };
	struct heads *heads;
	bool fine = true;
	size_t i;

	if (files->count > 1)
		qsort(files->items, files->count, sizeof(*files->items),
		      compare_files);
	heads = all_heads(&collector, files);
	for (i = 0; i < files->count; i++)
		if (!take_file(&collector, &heads[i])) {
			fine = false;
			if (!options->all_errors)
				break;
		}
	if (!fine) {
		append_debris(&collector, files, documents);
		return false;
	}
	append_sorted(arena, &collector.manifests, documents);
	append_sorted(arena, &collector.hooks, documents);
	return true;
}
