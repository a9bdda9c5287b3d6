/*
 * Bundles into bytes.  Types are decided by the emitter; what is left to do
 * here are the annotations, which kustomize rewrites as strings whenever it
 * prints an object.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/pool.h"
#include "base/str.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "overlays/node.h"
#include "overlays/overlay.h"
#include "overlays/refusal.h"
#include "overlays/settle.h"

/* Kustomize's own notes, which it takes out of what people wrote, too. */
static const char *const eaten[] = {
	"internal.config.kubernetes.io/previousNames",
	"internal.config.kubernetes.io/previousNamespaces",
	"internal.config.kubernetes.io/previousKinds",
	"internal.config.kubernetes.io/prefixes",
	"internal.config.kubernetes.io/suffixes",
	"internal.config.kubernetes.io/refBy",
	"internal.config.kubernetes.io/generatorBehavior",
	"internal.config.kubernetes.io/needsHashSuffix",
	"internal.config.kubernetes.io/allowNameChange",
	"internal.config.kubernetes.io/allowKindChange",
	"internal.config.kubernetes.io/index",
	"internal.config.kubernetes.io/path",
	"internal.config.kubernetes.io/id",
	"config.kubernetes.io/index",
	"config.kubernetes.io/path",
	"config.k8s.io/id",
};

static bool is_eaten(const char *key)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(eaten); i++)
		if (strcmp(key, eaten[i]) == 0)
			return true;
	return false;
}

static struct value *as_strings(struct arena *arena, struct value *annotations)
{
	struct value *map = value_new_map(arena, &annotations->origin);
	const struct value *pairs = node_paired(arena, annotations);
	const struct value_entry *entry;

	value_foreach (entry, pairs) {
		const char *text = node_text(arena, entry->value);
		size_t len = entry->value->kind == VALUE_STRING
				     ? entry->value->len
				     : strlen(text);

		if (!is_eaten(entry->key))
			value_setn(arena, map, entry->key, entry->len,
				   &entry->origin,
				   node_scalar(arena, &entry->value->origin,
					       text, len, NODE_STRING))
				->kind = node_key_kind(entry->key, entry->len);
	}
	return map;
}

/* The tree as it is printed; the object's own stays as it is. */
static const struct value *printable(struct arena *arena,
				     const struct value *root)
{
	const struct value *metadata = value_get(root, "metadata");
	const struct value_entry *annotations =
		value_entry(metadata, "annotations", 11);
	struct value *copy, *own, *strings = NULL;
	const struct value_entry *entry;

	if (!value_is_null(metadata) && !annotations)
		return root;
	copy = value_new_map(arena, &root->origin);
	value_foreach (entry, root)
		value_setn(arena, copy, entry->key, entry->len, &entry->origin,
			   entry->value)
			->kind = entry->kind;
	own = value_new_map(arena, metadata ? &metadata->origin : NULL);
	if (annotations)
		strings = as_strings(arena, annotations->value);
	value_foreach (entry, metadata) {
		if (entry != annotations)
			value_setn(arena, own, entry->key, entry->len,
				   &entry->origin, entry->value)
				->kind = entry->kind;
		else if (value_count(strings))
			value_setn(arena, own, entry->key, entry->len,
				   &entry->origin, strings);
	}
	value_set(arena, copy, "metadata", own);
	return copy;
}

/* What printable() leaves out, or writes anew, the emitter does not see. */
static bool hides_twins(const struct value *root)
{
	return root->flags & VALUE_FLAG_DUPLICATE ||
	       refusal_has_twins(value_get(root, "metadata"));
}

static bool refuse_twins(const struct value *root,
			 const struct overlay_options *options,
			 struct arena *arena)
{
	const char *error;
	const struct value_entry *twice =
		refusal_duplicate(arena, root, &error);

	if (!twice)
		return false;
	diag_error(options->diags, &twice->origin,
		   "the key \"%s\" is in this map twice", twice->key);
	diag_native(options->diags, "%s", error);
	return true;
}

static bool refuse_lost(const struct value *root,
			const struct overlay_options *options,
			struct arena *arena)
{
	const char *error;
	const struct value *lost = refusal_lost(arena, root, &error);
	struct value *settled;

	if (!lost)
		return false;
	settled = value_copy_deep(arena, root);
	settle(settled);
	diag_error(options->diags, &lost->origin,
		   "this text begins with a tab, which kustomize prints as a "
		   "block that it cannot read again");
	diag_native(options->diags, "%s: %s", refusal_dump(arena, settled),
		    error);
	return true;
}

/* Whether there are keys "<<" in the tree that something was put below. */
static bool merge_keys(struct arena *arena, struct value *tree)
{
	const struct value_entry *key = value_entry(tree, "<<", 2);
	bool found =
		key && key->kind == VALUE_MAP && node_merge_key(arena, tree);
	const struct value_entry *entry;
	struct value *item;

	list_foreach (item, tree)
		found = merge_keys(arena, item) || found;
	value_foreach (entry, tree)
		found = merge_keys(arena, entry->value) || found;
	return found;
}

/* What such keys hold is printed as part of the map around them. */
static bool write_merged(struct value *tree, const struct str *before,
			 struct str *out)
{
	const char *error;

	if (!merge_keys(out->arena, tree))
		return false;
	str_rewind(out, before);
	return yaml_emit(out, tree, YAML_FORM_KUSTOMIZE, NULL, &error);
}

bool overlay_write_object(const struct value *root,
			  const struct overlay_options *options,
			  struct str *out)
{
	const struct value *shown = printable(out->arena, root);
	const struct value *untrue;
	const struct str before = *out;
	struct value *settled;
	const char *error;

	if (shown != root && hides_twins(root) &&
	    refuse_twins(root, options, out->arena))
		return false;
	if (yaml_emit(out, shown, YAML_FORM_KUSTOMIZE, NULL, &error))
		return true;
	if (refuse_twins(root, options, out->arena) ||
	    refuse_lost(root, options, out->arena))
		return false;
	settled = value_copy_deep(out->arena, shown);
	if (write_merged(settled, &before, out))
		return true;
	settle(settled);
	untrue = refusal_untrue(settled);
	diag_error(options->diags, untrue ? &untrue->origin : &root->origin,
		   "cannot be printed: %s", error);
	/* What go-yaml does not read again has no value to be shown. */
	if (strncmp(error, "yaml: ", 6) == 0)
		diag_native(options->diags, "map[string]interface {}(nil): %s",
			    error);
	else
		diag_native(options->diags, "%s: %s",
			    refusal_dump(out->arena, settled), error);
	return false;
}

enum {
	/* Less than that is printed before a thread has started. */
	WORTH_THREADS = 256 << 10,
	SHARES_MAX = OVERLAY_REST_MAX + 1,
};

/* Objects that follow one another, printed by one thread. */
struct share {
	const struct bundle *bundle;
	const struct overlay_options *options;
	struct str *out;
	size_t begin, end;
	size_t bytes; /* of their sources, about what they print */
	bool done;
};

static bool write_objects(const struct bundle *bundle,
			  const struct overlay_options *options, size_t begin,
			  size_t end, struct str *out)
{
	size_t i;

	for (i = begin; i < end; i++) {
		if (i)
			str_puts(out, "---\n");
		if (!overlay_write_object(bundle->objects.items[i]->root,
					  options, out))
			return false;
	}
	return true;
}

static void write_share(void *context, size_t index)
{
	struct share *share = (struct share *)context + index;
	struct overlay_options options = *share->options;
	struct diag_sink unheard;

	diag_sink_init(&unheard, share->out->arena);
	options.diags = &unheard;
	arena_expect(share->out->arena, share->bytes);
	str_reserve(share->out, share->bytes + share->bytes / 8);
	share->done = write_objects(share->bundle, &options, share->begin,
				    share->end, share->out);
}

static size_t bytes_of(const struct bundle *bundle)
{
	const struct object *object;
	size_t bytes = 0;

	bundle_foreach (object, bundle)
		bytes += object->root->origin.length;
	return bytes;
}

/* The objects from `begin` on that make `bytes`; all that are left if last. */
static void cut(struct share *share, size_t bytes, bool last)
{
	const struct bundle *bundle = share->bundle;

	share->end = share->begin;
	/* Where one reaches beyond, half of it decides. */
	while (share->end < bundle->objects.count) {
		const struct object *object = bundle->objects.items[share->end];
		size_t size = object->root->origin.length;

		if (!last && share->bytes + size / 2 >= bytes)
			break;
		share->bytes += size;
		share->end++;
	}
}

static void drop_rest(struct overlay_rest *rest)
{
	while (rest->count)
		arena_free(rest->parts[--rest->count].arena);
}

/* False: nothing was written, and somebody else has to find out why. */
static bool write_shares(const struct bundle *bundle,
			 const struct overlay_options *options, struct str *out,
			 struct overlay_rest *rest)
{
	struct share shares[SHARES_MAX];
	size_t bytes = bytes_of(bundle), len = out->len, at = 0, i;
	size_t workers = bytes < WORTH_THREADS ? 1 : pool_default_workers();
	bool done = true;

	rest->count = 0;
	if (workers < 2)
		return false;
	if (workers > SHARES_MAX)
		workers = SHARES_MAX;
	for (i = 0; i < workers; i++) {
		struct share *share = &shares[i];

		*share = (struct share){ .bundle = bundle,
					 .options = options,
					 .out = out,
					 .begin = at };
		if (i) {
			share->out = &rest->parts[rest->count++];
			str_init(share->out, arena_new());
		}
		cut(share, bytes / workers + 1, i + 1 == workers);
		at = share->end;
	}
	pool_run(workers, workers, write_share, shares);
	for (i = 0; i < workers; i++)
		done = done && shares[i].done;
	if (!done) {
		drop_rest(rest);
		out->len = len;
	}
	return done;
}

bool overlay_write(const struct bundle *bundle,
		   const struct overlay_options *options, struct str *out)
{
	struct overlay_rest rest;
	size_t i;

	if (!write_shares(bundle, options, out, &rest))
		return write_objects(bundle, options, 0, bundle->objects.count,
				     out);
	for (i = 0; i < rest.count; i++)
		str_put(out, rest.parts[i].text, rest.parts[i].len);
	drop_rest(&rest);
	return true;
}

bool overlay_write_parts(const struct bundle *bundle,
			 const struct overlay_options *options, struct str *out,
			 struct overlay_rest *rest)
{
	size_t i;

	if (!write_shares(bundle, options, out, rest))
		return write_objects(bundle, options, 0, bundle->objects.count,
				     out);
	for (i = 0; i < rest->count; i++)
		arena_adopt(out->arena, rest->parts[i].arena);
	return true;
}
