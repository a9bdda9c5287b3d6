#include "base/table.h"

#include <string.h>

#include "base/arena.h"

enum {
	FIRST_SLOTS = 16,
	MOST_RESERVED = 1 << 20 /* beyond it only for what comes */
};

/*
 * The seed keeps a hostile input from choosing colliding keys.  It comes from
 * where the loader put this process, so that a static initialiser suffices.
 */
static uint64_t seed(void)
{
	static const char anchor = 0;

	return (uint64_t)(uintptr_t)&anchor * 0x9e3779b97f4a7c15u;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t product = (a ^ 0x2d358dccaa6c78a5u) * (b | 1);

	return product ^ (product >> 29) ^ (a >> 32);
}

uint32_t table_hash(const char *key, size_t len)
{
	uint64_t hash = seed() ^ len, word;

	while (len >= 8) {
		memcpy(&word, key, 8);
		hash = mix(hash ^ word, 0x9e3779b97f4a7c15u);
		key += 8;
		len -= 8;
	}
	word = 0;
	if (len)
		memcpy(&word, key, len);
	hash = mix(hash ^ word, 0xd6e8feb86659fd93u);
	hash = mix(hash, 0x8bb84b93962eacc9u);
	return (uint32_t)(hash ^ (hash >> 32));
}

void table_init(struct table *table, struct arena *arena)
{
	memset(table, 0, sizeof(*table));
	table->arena = arena;
}

static struct table_entry *find_hashed(const struct table *table,
				       const char *key, size_t len,
				       uint32_t hash)
{
	uint32_t slot;

	for (slot = hash & table->mask; table->slots[slot];
	     slot = (slot + 1) & table->mask) {
		struct table_entry *entry =
			&table->entries[table->slots[slot] - 1];

		if (entry->hash == hash && entry->len == len &&
		    memcmp(entry->key, key, len) == 0)
			return entry;
	}
	return NULL;
}

struct table_entry *table_find(const struct table *table, const char *key,
			       size_t len)
{
	return table->count ? find_hashed(table, key, len, table_hash(key, len))
			    : NULL;
}

void *table_get(const struct table *table, const char *key, size_t len)
{
	struct table_entry *entry = table_find(table, key, len);

	return entry ? entry->value : NULL;
}

void *table_gets(const struct table *table, const char *key)
{
	return table_get(table, key, strlen(key));
}

static void insert_slot(struct table *table, uint32_t hash, uint32_t index)
{
	uint32_t slot = hash & table->mask;

	while (table->slots[slot])
		slot = (slot + 1) & table->mask;
	table->slots[slot] = index + 1;
}

static void grow(struct table *table, uint32_t slots)
{
	uint32_t room = slots / 4 * 3, i;

	table->entries = arena_grow(table->arena, table->entries,
				    table->room * sizeof(*table->entries),
				    room * sizeof(*table->entries));
	table->room = room;
	table->slots =
		arena_zalloc(table->arena, slots * sizeof(*table->slots));
	table->mask = slots - 1;
	for (i = 0; i < table->count; i++)
		insert_slot(table, table->entries[i].hash, i);
}

void table_reserve(struct table *table, size_t count)
{
	uint32_t slots = table->slots ? table->mask + 1 : FIRST_SLOTS;

	while (slots / 4 * 3 < count && slots < MOST_RESERVED)
		slots *= 2;
	if (slots / 4 * 3 > table->room)
		grow(table, slots);
}

void *table_put(struct table *table, const char *key, size_t len, void *value)
{
	uint32_t hash = table_hash(key, len);
	struct table_entry *entry =
		table->count ? find_hashed(table, key, len, hash) : NULL;
	void *old;

	if (entry) {
		old = entry->value;
		entry->value = value;
		return old;
	}
	if (table->count == table->room)
		grow(table, table->slots ? (table->mask + 1) * 2 : FIRST_SLOTS);
	entry = &table->entries[table->count];
	entry->key = key;
	entry->len = (uint32_t)len;
	entry->hash = hash;
	entry->value = value;
	insert_slot(table, entry->hash, table->count++);
	return NULL;
}

void *table_puts(struct table *table, const char *key, void *value)
{
	return table_put(table, key, strlen(key), value);
}
