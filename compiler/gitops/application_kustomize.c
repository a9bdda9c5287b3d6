/*
 * A kustomization as Argo CD builds it: the options are written into its file
 * with `kustomize edit`, patches behind the others.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/amend.h"
#include "compiler/gitops/application.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/render.h"
#include "model/value.h"
#include "overlays/overlay.h"

struct amending {
	struct job *job;
	const struct application_source *source;
	const struct value *options;
};

static struct value *text(struct arena *arena, const struct value *at,
			  const char *from, size_t len)
{
	return value_new_string(arena, &at->origin, from, len);
}

/* NAME[=NEW][:TAG][@DIGEST]; a colon before a slash is a port. */
static struct value *image_of(struct arena *arena,
			      const struct application_source *source,
			      const struct value *item)
{
	const char *word =
		application_expand(arena, source, value_string_or(item, ""));
	struct value *image = value_new_map(arena, &item->origin);
	const char *equals = strchr(word, '=');
	const char *name = equals ? equals + 1 : word;
	size_t len = strcspn(name, "@");
	const char *digest = name[len] ? name + len + 1 : NULL;
	const char *tag = NULL;
	size_t i;

	for (i = len; i > 0 && name[i - 1] != '/'; i--)
		if (name[i - 1] == ':')
			tag = name + i;
	if (tag) {
		value_set(arena, image, "newTag",
			  text(arena, item, tag, (size_t)(name + len - tag)));
		len = (size_t)(tag - name) - 1;
	}
	if (digest)
		value_set(arena, image, "digest",
			  text(arena, item, digest, strlen(digest)));
	if (equals)
		value_set(arena, image, "newName",
			  text(arena, item, name, len));
	value_set(arena, image, "name",
		  equals ? text(arena, item, word, (size_t)(equals - word))
			 : text(arena, item, name, len));
	return image;
}

/* "*" keeps what the file says. */
static void keep_starred(struct arena *arena, struct value *image,
			 const struct value *old)
{
	static const char *const names[] = { "newName", "newTag", "digest" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		struct value *kept = value_get(old, names[i]);

		if (!value_equals_string(value_get(image, names[i]), "*"))
			continue;
		if (kept)
			value_set(arena, image, names[i], kept);
		else
			value_remove(image, names[i], strlen(names[i]));
	}
}

/* Entries of a list by name: those of `items` take the place of old ones. */
static void set_named(struct arena *arena, struct value *document,
		      const char *field, struct value *items)
{
	const struct value *own = value_get(document, field), *old;
	struct value *list, *item;

	if (!value_count(items) ||
	    (own && !value_is_list(own) && !value_is_null(own)))
		return;
	list = value_new_list(arena, &items->origin);
	list_foreach (old, own) {
		bool replaced = false;

		list_foreach (item, items) {
			if (!value_equals(value_get(item, "name"),
					  value_get(old, "name")))
				continue;
			keep_starred(arena, item, old);
			replaced = true;
		}
		if (!replaced)
			value_append(arena, list, value_copy(arena, old));
	}
	list_foreach (item, items)
		value_append(arena, list, item);
	value_set(arena, document, field, list);
}

static void set_images(const struct amending *amending, struct arena *arena,
		       struct value *document)
{
	const struct value *images = value_get(amending->options, "images");
	const struct value *item;
	struct value *list;

	if (!value_count(images))
		return;
	list = value_new_list(arena, &images->origin);
	list_foreach (item, images)
		value_append(arena, list,
			     image_of(arena, amending->source, item));
	set_named(arena, document, "images", list);
}

static void set_replicas(struct arena *arena, struct value *document,
			 const struct value *options)
{
	struct value *replicas = value_get(options, "replicas");

	if (value_is_list(replicas))
		set_named(arena, document, "replicas",
			  value_copy_deep(arena, replicas));
}

/* Labels are expanded, annotations where the object says so; or NULL. */
static struct value *pairs_of(const struct amending *amending,
			      struct arena *arena, const char *field)
{
	const struct value *own = value_get(amending->options, field);
	bool expand = strcmp(field, "commonLabels") == 0 ||
		      value_is_true(value_get(amending->options,
					      "commonAnnotationsEnvsubst"));
	const struct value_entry *entry;
	struct value *pairs;

	if (!value_count(own) || !value_is_map(own))
		return NULL;
	pairs = value_new_map(arena, &own->origin);
	value_foreach (entry, own) {
		const char *old = value_string(entry->value);
		const char *whole =
			old && expand ? application_expand(
						arena, amending->source, old)
				      : old;

		value_setn(arena, pairs, entry->key, entry->len, &entry->origin,
			   whole != old ? text(arena, entry->value, whole,
					       strlen(whole))
					: value_copy(arena, entry->value));
	}
	return pairs;
}

/* `kustomize edit add` refuses to overwrite; false: reported. */
static bool add_pairs(const struct amending *amending, struct arena *arena,
		      struct value *document, const char *field, bool force)
{
	const struct value *pairs = pairs_of(amending, arena, field);
	struct value *own = value_get(document, field), *map;
	const struct value_entry *entry;

	if (!value_count(pairs) ||
	    (own && !value_is_map(own) && !value_is_null(own)))
		return true;
	map = value_is_map(own) ? value_copy_deep(arena, own)
				: value_new_map(arena, &pairs->origin);
	value_foreach (entry, pairs) {
		if (!force && value_get(map, entry->key)) {
			diag_error(&amending->job->diags, &entry->origin,
				   "%s is in %s of the kustomization already",
				   entry->key, field);
			diag_help(&amending->job->diags,
				  "say force%c%s: true to replace it",
				  field[0] & ~0x20, field + 1);
			return false;
		}
		value_set(arena, map, entry->key,
			  value_copy(arena, entry->value));
	}
	value_set(arena, document, field, map);
	return true;
}

static bool add_labels(const struct amending *amending, struct arena *arena,
		       struct value *document)
{
	const struct value *options = amending->options;
	struct value *pairs, *list, *entry, *templates;

	if (!value_is_true(value_get(options, "labelWithoutSelector")))
		return add_pairs(
			amending, arena, document, "commonLabels",
			value_is_true(value_get(options, "forceCommonLabels")));
	pairs = pairs_of(amending, arena, "commonLabels");
	if (!pairs)
		return true;
	list = value_new_list(arena, &pairs->origin);
	entry = value_new_map(arena, &pairs->origin);
	value_set(arena, entry, "pairs", pairs);
	templates = value_get(options, "labelIncludeTemplates");
	if (templates)
		value_set(arena, entry, "includeTemplates", templates);
	value_append(arena, list, entry);
	gitops_append(arena, document, "labels", list);
	return true;
}

static bool is_listed(const struct value *list, const struct value *item)
{
	const struct value *own;

	list_foreach (own, list)
		if (value_equals(own, item))
			return true;
	return false;
}

/* Argo CD adds what is not listed yet. */
static void add_components(const struct amending *amending, struct arena *arena,
			   struct value *document)
{
	const struct value *own = value_get(document, "components"), *item;
	const struct value *found = gitops_components(
		arena, amending->job, amending->options, amending->source->dir);
	struct value *list = value_new_list(arena, &found->origin);

	list_foreach (item, found)
		if (!is_listed(own, item))
			value_append(arena, list, value_copy(arena, item));
	gitops_append(arena, document, "components", list);
}

static struct value *amend(void *context, struct arena *arena,
			   struct value *read)
{
	static const char *const names[] = { "namePrefix", "nameSuffix",
					     "namespace" };
	const struct amending *amending = context;
	const struct value *options = amending->options;
	size_t i;

	if (!value_is_map(read))
		return read;
	for (i = 0; i < ARRAY_COUNT(names); i++) {
		struct value *value = value_get(options, names[i]);

		if (value_is_string(value) && value->len)
			gitops_set(arena, read, names[i], value);
	}
	set_images(amending, arena, read);
	set_replicas(arena, read, options);
	if (!add_labels(amending, arena, read) ||
	    !add_pairs(amending, arena, read, "commonAnnotations",
		       value_is_true(
			       value_get(options, "forceCommonAnnotations"))))
		return NULL;
	gitops_append(arena, read, "patches", value_get(options, "patches"));
	add_components(amending, arena, read);
	return read;
}

bool application_render_kustomize(struct job *job,
				  const struct application_source *source)
{
	struct amending amending = {
		.job = job,
		.source = source,
		.options = value_get(source->node, "kustomize"),
	};
	const struct overlay_amend how = {
		.context = &amending,
		.document = amend,
	};
	struct job_source folder = {
		.kind = SOURCE_KIND_KUSTOMIZATION,
		.path = source->dir,
	};

	return render_kustomization(job, &folder, &how);
}
