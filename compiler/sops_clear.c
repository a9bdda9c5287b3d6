#include "compiler/sops_clear.h"

#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "base/source.h"
#include "model/placeholder.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

enum {
	DEPTH_MAX = 200
};

static bool ends_in(const char *key, const char *end)
{
	size_t len = strlen(key), end_len = strlen(end);

	return len >= end_len && strcmp(key + len - end_len, end) == 0;
}

/* As SOPS decides for a key; what it says of the keys around it stays. */
static bool is_wanted(const struct sops_keys *keys, const char *key,
		      bool around)
{
	size_t len = strlen(key);

	if (keys->only || keys->only_suffix)
		return around ||
		       (keys->only && regex_matches(keys->only, key, len)) ||
		       (keys->only_suffix && ends_in(key, keys->only_suffix));
	if (keys->never)
		return around && !regex_matches(keys->never, key, len);
	return around && !ends_in(key, keys->never_suffix ? keys->never_suffix
							  : "_unencrypted");
}

/* Nothing and an empty text stay as they are. */
static bool is_clear(const struct value *value)
{
	return !value_is_null(value) &&
	       !(value_is_string(value) &&
		 (!value->len || placeholder_in(value->string, value->len)));
}

static void walk(struct sops_clear *clear, const struct sops_keys *keys,
		 const struct value *at, bool wanted, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX)
		return;
	value_foreach (entry, at)
		if (depth || strcmp(entry->key, "sops") != 0)
			walk(clear, keys, entry->value,
			     is_wanted(keys, entry->key, wanted), depth + 1);
	list_foreach (item, at)
		walk(clear, keys, item, wanted, depth + 1);
	if (!wanted || value_is_map(at) || value_is_list(at) || !is_clear(at))
		return;
	if (!clear->count++)
		clear->first = at;
}

static bool is_secret(const struct value *root)
{
	return value_equals_string(value_get(root, "kind"), "Secret") &&
	       value_equals_string(value_get(root, "apiVersion"), "v1");
}

/* What the block in the file says; patterns that are none fit nothing. */
static struct sops_keys keys_of(struct arena *arena, const struct value *sops)
{
	const struct value *only = value_get(sops, "encrypted_regex");
	const struct value *never = value_get(sops, "unencrypted_regex");
	struct sops_keys keys = {
		.only_suffix =
			value_string(value_get(sops, "encrypted_suffix")),
		.never_suffix =
			value_string(value_get(sops, "unencrypted_suffix")),
	};
	const char *error;

	if (value_is_string(only))
		keys.only =
			regex_compile(arena, only->string, only->len, &error);
	if (value_is_string(never))
		keys.never =
			regex_compile(arena, never->string, never->len, &error);
	return keys;
}

static void look(struct arena *arena, struct sops_clear *clear,
		 const struct sops_keys *keys, const struct value *root,
		 bool secrets_only)
{
	static const char *const fields[] = { "data", "stringData" };
	const struct value *sops = value_get(root, "sops");
	bool all = !keys->only && !keys->only_suffix;
	struct sops_keys own;
	size_t i;

	if (value_is_map(sops)) {
		own = keys_of(arena, sops);
		walk(clear, &own, root, !own.only && !own.only_suffix, 0);
		return;
	}
	if (!secrets_only) {
		walk(clear, keys, root, all, 0);
		return;
	}
	for (i = 0; is_secret(root) && i < sizeof(fields) / sizeof(*fields);
	     i++)
		walk(clear, keys, value_get(root, fields[i]),
		     is_wanted(keys, fields[i], all), 1);
}

struct sops_clear sops_find_clear(struct arena *arena,
				  const struct source *source,
				  const struct sops_keys *keys,
				  bool secrets_only)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct yaml_documents documents = { 0 };
	struct sops_clear clear = { 0, NULL };
	struct yaml_problem problem;
	uint32_t bad;
	size_t i;

	yaml_split(arena, source, YAML_SPLIT_PLAIN, &documents, &bad);
	for (i = 0; i < documents.count; i++) {
		const struct value *root =
			yaml_read(arena, source, documents.items[i].begin,
				  documents.items[i].end, &options, &problem);

		if (root)
			look(arena, &clear, keys, root, secrets_only);
	}
	return clear;
}
