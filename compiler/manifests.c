#include "compiler/manifests.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/source.h"
#include "compiler/sift.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

enum {
	DROPPED_AT_ONCE = 256 * 1024, /* of a text */
};

static bool add_object(const struct manifests *manifests, struct value *root)
{
	struct bundle *bundle = manifests->bundle;

	if (bundle->objects.count >= manifests->limits->objects) {
		diag_error(manifests->diags, &root->origin,
			   "more than %zu objects in one target",
			   bundle->objects.count);
		diag_help(manifests->diags, "raise it with --limit objects=N");
		return false;
	}
	bundle_append(bundle, object_new(bundle->arena, root));
	return true;
}

static const char sift_template[] = "a template";

/* A fragment's keys tell what it was meant to be. */
static const char *guess(const struct value *root)
{
	static const struct {
		const char *key;
		const char *kind;
	} rows[] = {
		{ "containers", "a pod spec" },
		{ "spec", "an object without its first lines" },
		{ "data", "a ConfigMap or a Secret" },
		{ "rules", "a Role or an Ingress" },
		{ "metadata", "an object without its first lines" },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (value_get(root, rows[i].key))
			return rows[i].kind;
	return NULL;
}

static void not_an_object(const struct manifests *manifests,
			  const struct value *root, size_t index)
{
	const char *like;

	if (!value_is_map(root)) {
		fact_add(manifests->facts, FACT_NOT_AN_OBJECT, &root->origin,
			 "document %zu is not a Kubernetes object: it is a %s",
			 index, value_kind_name(root->kind));
		return;
	}
	like = guess(root);
	fact_add(manifests->facts, FACT_NOT_AN_OBJECT, &root->origin,
		 "document %zu is not a Kubernetes object: it has no %s%s%s%s",
		 index, value_get(root, "apiVersion") ? "kind" : "apiVersion",
		 like ? "; it looks like " : "", like ? like : "", "");
}

/* `why`: set to the reason why a document is none, where sifting. */
static bool add_root(const struct manifests *manifests, struct value *root,
		     size_t index, const char **why)
{
	struct value *items = value_get(root, "items"), *item;
	const char *kind = value_string(value_get(root, "kind")), *reason;
	size_t len = kind ? strlen(kind) : 0;

	if (value_is_null(root))
		return true;
	reason = manifests->sifted ? sift_reason(root) : NULL;
	if (reason) {
		*why = reason;
		return true;
	}
	if (len >= 4 && strcmp(kind + len - 4, "List") == 0 &&
	    value_is_list(items)) {
		list_foreach (item, items)
			if (!add_root(manifests, item, index, why))
				return false;
		return true;
	}
	if (!kind || !value_is_string(value_get(root, "apiVersion"))) {
		not_an_object(manifests, root, index);
		return true;
	}
	return add_object(manifests, root);
}

/* Of the documents of one text, so that it is looked through once. */
struct reading {
	const char *why;    /* none is a manifest, as sift_reason has it */
	const char *unread; /* what does not parse need not; or NULL */
	bool looked;
};

static const char *unread_because(const struct source *source)
{
	if (sift_is_template(source))
		return sift_template;
	return sift_may_be_manifest(source) ? NULL : "it is no YAML";
}

static bool read_document(const struct manifests *manifests,
			  const struct source *source,
			  const struct yaml_document *document, size_t index,
			  struct reading *reading)
{
	struct yaml_options options = {
		.dialect = manifests->dialect,
		.limits = manifests->limits,
		.facts = manifests->facts,
		.texts = manifests->texts,
	};
	struct yaml_problem problem;
	struct value *root =
		yaml_read(manifests->bundle->arena, source, document->begin,
			  document->end, &options, &problem);
	struct origin at;

	if (root)
		return add_root(manifests, root, index, &reading->why);
	if (manifests->sifted && !reading->looked) {
		reading->looked = true;
		reading->unread = unread_because(source);
	}
	if (reading->unread) {
		reading->why = reading->unread;
		return true;
	}
	if (!manifests->syntax_is_fact)
		return yaml_problem_report(manifests->diags, source, &problem);
	at = origin_at(source, problem.offset, problem.offset);
	fact_add(manifests->facts, FACT_YAML_SYNTAX, &at, "%s", problem.text);
	return true;
}

bool manifests_read_document(const struct manifests *manifests,
			     const struct source *source, size_t begin,
			     size_t end)
{
	const struct yaml_document document = { (uint32_t)begin,
						(uint32_t)end };
	struct reading reading = { 0 };

	return read_document(manifests, source, &document, 1, &reading);
}

/* Nobody named it and it holds nothing for a cluster: counted, not judged. */
static void leave_out(const struct manifests *manifests,
		      const struct source *source, const char *why)
{
	struct sifted_source *left =
		vec_new(manifests->bundle->arena, manifests->sifted);

	left->name = source->name;
	left->why = why;
}

/* What was read becomes objects, and the text waits for whoever shows it. */
static void drop_read(const struct source *source,
		      const struct yaml_document *read, size_t *dropped)
{
	if (read->end < *dropped + DROPPED_AT_ONCE)
		return;
	source_drop(source, *dropped, read->end);
	*dropped = read->end;
}

bool manifests_read(const struct manifests *manifests,
		    const struct source *source)
{
	size_t before = manifests->bundle->objects.count;
	size_t facts = manifests->facts->facts.count;
	struct yaml_documents documents = { 0 };
	struct reading reading = { 0 };
	size_t dropped = 0, i;
	uint32_t bad;

	yaml_split(manifests->bundle->arena, source, YAML_SPLIT_PLAIN,
		   &documents, &bad);
	for (i = 0; i < documents.count && reading.why != sift_template; i++) {
		if (!read_document(manifests, source, &documents.items[i],
				   i + 1, &reading))
			return false;
		drop_read(source, &documents.items[i], &dropped);
	}
	if (!manifests->sifted)
		return true;
	/* Of a template the parts that happen to parse say nothing. */
	if (reading.why == sift_template) {
		manifests->bundle->objects.count = before;
		manifests->facts->facts.count = facts;
	}
	if (manifests->bundle->objects.count > before)
		return true;
	for (i = facts; i < manifests->facts->facts.count; i++)
		if (manifests->facts->facts.items[i].kind == FACT_YAML_SYNTAX)
			return true;
	/* Keys that occur twice matter to whoever reads the file. */
	manifests->facts->facts.count = facts;
	leave_out(manifests, source, reading.why ? reading.why : "it is empty");
	return true;
}
