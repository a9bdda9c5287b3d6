/*
 * The block that SOPS adds to what it has encrypted: no field of any kind,
 * and gone before the API server sees the object.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "model/object.h"
#include "model/placeholder.h"
#include "model/value.h"

bool schema_is_sops(const struct schema_at *at, const char *key)
{
	return !at->up && strcmp(key, "sops") == 0;
}

static void check_mac(struct schema_walk *walk, const struct schema_at *sops,
		      const char *owner)
{
	const struct value_entry *entry = value_entry(sops->value, "mac", 3);
	struct schema_at mac = { .up = sops, .entry = entry };

	if (!entry || value_is_null(entry->value)) {
		schema_lacks(walk, sops, owner, "mac");
		return;
	}
	mac.value = entry->value;
	if (!value_is_string(mac.value) ||
	    !placeholder_is_encrypted(mac.value->string, mac.value->len))
		schema_wrong_type(walk, &mac, "string that SOPS has encrypted");
}

/* Who may decrypt it: one list of keys at least has an entry. */
static bool has_keys(const struct value *sops)
{
	static const char *const lists[] = {
		"age",        "azure_kv", "gcp_kms", "hc_vault",
		"key_groups", "kms",      "pgp",
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++)
		if (value_is_list(value_get(sops, lists[i])) &&
		    value_count(value_get(sops, lists[i])))
			return true;
	return false;
}

void schema_sops(struct schema_walk *walk, const struct schema_at *root)
{
	const struct value_entry *entry = value_entry(root->value, "sops", 4);
	struct schema_at at = { .up = root, .entry = entry };
	const char *owner = "the sops block";

	if (!entry)
		return;
	at.value = entry->value;
	if (!value_is_map(at.value)) {
		schema_wrong_type(walk, &at, "map");
		return;
	}
	check_mac(walk, &at, owner);
	if (value_is_null(value_get(at.value, "lastmodified")))
		schema_lacks(walk, &at, owner, "lastmodified");
	if (value_is_null(value_get(at.value, "version")))
		schema_lacks(walk, &at, owner, "version");
	if (!has_keys(at.value))
		schema_lacks(walk, &at, owner,
			     "age, pgp or another list of keys");
}
