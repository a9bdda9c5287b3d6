#include "overlays/hash.h"

#include <string.h>

#include "base/sha.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/node_places.h"
#include "overlays/run.h"
#include "overlays/stream.h"

enum {
	HASH_LENGTH = 10
};

/* Digits and letters that could form words are replaced. */
static void encode(const char *hex, char *suffix)
{
	static const char from[] = "013ae", to[] = "ghkmt";
	size_t i;

	for (i = 0; i < HASH_LENGTH; i++) {
		const char *at = strchr(from, hex[i]);

		suffix[i] = at ? to[at - from] : hex[i];
	}
	suffix[HASH_LENGTH] = '\0';
}

/* A member in its JSON view, a scalar as its text; absent: "". */
static bool put_member(struct overlay_run *run, struct value *shown,
		       const struct value *root, const char *key)
{
	struct value *member = value_get(root, key);

	if (!member || node_is_scalar(member)) {
		const char *text = node_text(run->arena, member);

		member = value_new_string(
			run->arena, NULL, text,
			value_is_string(member) ? member->len : strlen(text));
	} else {
		member = value_copy_deep(run->arena, member);
		if (!json_view(run, &member))
			return false;
	}
	value_set(run->arena, shown, key, member);
	return true;
}

/* Hashed only where it is a map. */
static bool put_map(struct overlay_run *run, struct value *shown,
		    const struct value *root, const char *key)
{
	return !value_is_map(value_get(root, key)) ||
	       put_member(run, shown, root, key);
}

/* What is hashed: kind, data, and always an empty name.  NULL: reported. */
static struct value *hashed_view(struct overlay_run *run,
				 const struct object *object)
{
	struct value *shown = value_new_map(run->arena, NULL);
	const struct value *root = object->root;
	bool secret = strcmp(object->kind, "Secret") == 0;

	value_set(run->arena, shown, "kind",
		  value_new_cstring(run->arena, NULL, object->kind));
	value_set(run->arena, shown, "name",
		  value_new_cstring(run->arena, NULL, ""));
	if (!(secret ? put_member(run, shown, root, "type") &&
			       put_member(run, shown, root, "data") &&
			       put_map(run, shown, root, "stringData")
		     : put_member(run, shown, root, "data") &&
			       put_map(run, shown, root, "binaryData")))
		return NULL;
	return shown;
}

/* Append what is hashed; a patch may have made it something else. */
static bool put_hashed(struct overlay_run *run, const struct object *object,
		       const struct origin *by, struct str *text)
{
	const struct value *shown;
	const char *error;

	if (strcmp(object->kind, "ConfigMap") != 0 &&
	    strcmp(object->kind, "Secret") != 0) {
		node_places_write(run, object, text);
		return true;
	}
	shown = hashed_view(run, object);
	if (!shown)
		return false;
	return json_write(text, shown, NULL, NULL, &error) ||
	       overlay_fail(run, by, error, "%s \"%s\" cannot be hashed: %s",
			    object->kind, object->name, error);
}

static void put_name(struct overlay_run *run, struct value *metadata,
		     const struct origin *by, const char *name)
{
	struct value_entry *entry = value_entry(metadata, "name", 4);

	if (entry)
		node_write(run->arena, &entry->value, by, name, NODE_UNTYPED);
	else
		node_set_new(run->arena, metadata, "name",
			     node_scalar(run->arena, by, name, strlen(name),
					 NODE_UNTYPED));
}

static bool add_suffix(struct overlay_run *run, struct object *object)
{
	struct resource *resource = resource_of(object);
	struct value *metadata = value_get(object->root, "metadata");
	const struct origin *by = resource->generated_by
					  ? resource->generated_by
					  : &object->root->origin;
	uint8_t digest[SHA256_BYTES];
	char hex[2 * SHA256_BYTES + 1], suffix[HASH_LENGTH + 1];
	struct str text;

	/* A patch may have left no name to put anything behind. */
	if (metadata && !value_is_map(metadata))
		return stream_validate(run, object->root);
	if (!metadata || (resource->unnamed && !*object->name))
		return stream_validate(run, resource_annotated(run, object));
	str_init(&text, run->arena);
	if (!put_hashed(run, object, by, &text))
		return false;
	sha256(text.text, text.len, digest);
	sha_hex(digest, sizeof(digest), hex);
	encode(hex, suffix);
	resource_remember(run, object);
	put_name(run, metadata, by,
		 overlay_text(run, "%s-%s", object->name, suffix));
	resource_refresh(run, object);
	return true;
}

/*
 * Kustomize's note is an annotation, which a ConfigMap or Secret may bring
 * along.  What is hashed of another kind is where its nodes stood.
 */
static bool wants_suffix(const struct object *object)
{
	const struct value *notes =
		value_get(value_get(object->root, "metadata"), "annotations");

	if (resource_of(object)->needs_hash)
		return true;
	return (strcmp(object->kind, "ConfigMap") == 0 ||
		strcmp(object->kind, "Secret") == 0) &&
	       value_equals_string(value_get(notes,
					     "internal.config.kubernetes.io/"
					     "needsHashSuffix"),
				   "enabled");
}

bool hash_suffixes(struct overlay_run *run, struct accumulator *acc)
{
	struct object *object;

	accumulator_foreach(object,
			    acc) if (wants_suffix(object) &&
				     !add_suffix(run, object)) return false;
	accumulator_changed(acc);
	return true;
}
