/*
 * The one hash table: byte strings to pointers, insertion order kept.
 *
 *	struct table names;
 *
 *	table_init(&names, arena);
 *	table_put(&names, key, len, object);
 *	object = table_get(&names, key, len);
 *	for (size_t i = 0; i < names.count; i++)
 *		use(names.entries[i].key, names.entries[i].value);
 *
 * Keys are not copied and have to live as long as the table.  The hash has a
 * seed drawn when the process starts; nothing visible depends on it.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct table_entry {
	const char *key;
	uint32_t len;
	uint32_t hash;
	void *value;
};

struct table {
	struct arena *arena;
	struct table_entry *entries; /* in the order of insertion */
	uint32_t count;
	uint32_t room;
	uint32_t *slots; /* index + 1 into entries, 0 is free */
	uint32_t mask;
};

/* The hash that tables and value maps share. */
uint32_t table_hash(const char *key, size_t len);

void table_init(struct table *table, struct arena *arena);

/* Room for `count` entries, so that growing leaves no holes. */
void table_reserve(struct table *table, size_t count);

/* NULL if absent. */
void *table_get(const struct table *table, const char *key, size_t len);
void *table_gets(const struct table *table, const char *key);

/* The entry itself, to tell "absent" from "stored NULL". */
struct table_entry *table_find(const struct table *table, const char *key,
			       size_t len);

/* Add or replace.  Returns what was there before, NULL if nothing was. */
void *table_put(struct table *table, const char *key, size_t len, void *value);
void *table_puts(struct table *table, const char *key, void *value);

#endif
