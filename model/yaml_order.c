#include "model/yaml_order.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "model/value.h"
#include "model/yaml_emit.h"

/* A key, and how far it has been read. */
struct key {
	const char *at;
	const char *end;
	bool digits; /* a run that is not all zeros ends here */
};

static uint32_t peek(const struct key *key, size_t *size)
{
	unsigned char byte = (unsigned char)*key->at;

	if (byte < 0x80) {
		*size = 1;
		return byte;
	}
	return utf8_decode(key->at, (size_t)(key->end - key->at), size);
}

static bool is_letter(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= 'a' && rune <= 'z') ||
		       (rune >= 'A' && rune <= 'Z');
	return rune_is_letter(rune);
}

static bool is_digit(uint32_t rune)
{
	if (rune < 0x80)
		return rune >= '0' && rune <= '9';
	return rune_is_digit(rune);
}

/* The number that begins here; Go's int64 wraps around, and so do we. */
static size_t take_number(struct key key, uint64_t start, int64_t *number)
{
	uint64_t sum = start;
	size_t digits = 0;

	while (key.at < key.end) {
		size_t size;
		uint32_t rune = peek(&key, &size);

		if (!is_digit(rune))
			break;
		sum = sum * 10 + rune - '0';
		digits++;
		key.at += size;
	}
	*number = (int64_t)sum;
	return digits;
}

/* The first difference is at a non-letter on both sides. */
static bool number_less(const struct key *a, const struct key *b,
			uint32_t a_rune, uint32_t b_rune)
{
	/*
	 * A zero behind digits that are not all zero is not a leading one: a
	 * 1 in front of both keeps its weight.
	 */
	uint64_t start = (a_rune == '0' || b_rune == '0') && a->digits ? 1 : 0;
	int64_t a_number, b_number;
	size_t a_digits = take_number(*a, start, &a_number);
	size_t b_digits = take_number(*b, start, &b_number);

	if (a_number != b_number)
		return a_number < b_number;
	if (a_digits != b_digits)
		return a_digits < b_digits;
	return a_rune < b_rune;
}

static bool key_less(struct key a, struct key b, bool v3)
{
	bool behind_digit = false;

	a.digits = false;
	while (a.at < a.end && b.at < b.end) {
		size_t a_size, b_size;
		uint32_t a_rune = peek(&a, &a_size);
		uint32_t b_rune = peek(&b, &b_size);

		if (a_rune != b_rune) {
			bool a_letter = is_letter(a_rune);
			bool b_letter = is_letter(b_rune);

			if (a_letter && b_letter)
				return a_rune < b_rune;
			if (a_letter || b_letter)
				return v3 && behind_digit ? a_letter : b_letter;
			return number_less(&a, &b, a_rune, b_rune);
		}
		behind_digit = is_digit(a_rune);
		a.digits = behind_digit && (a.digits || a_rune != '0');
		a.at += a_size;
		b.at += b_size;
	}
	return a.at == a.end && b.at < b.end;
}

static bool entry_less(const struct value_entry *a, const struct value_entry *b,
		       bool v3)
{
	struct key one = { a->key, a->key + a->len, false };
	struct key two = { b->key, b->key + b->len, false };

	return key_less(one, two, v3);
}

int yaml_compare_keys(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct key one = { a, a + a_len, false };
	struct key two = { b, b + b_len, false };

	if (key_less(one, two, false))
		return -1;
	return key_less(two, one, false) ? 1 : 0;
}

static void merge_runs(struct value_entry **to, struct value_entry **from,
		       size_t middle, size_t count, bool v3)
{
	size_t a = 0, b = middle;

	for (size_t i = 0; i < count; i++) {
		bool second = b < count &&
			      (a == middle || entry_less(from[b], from[a], v3));

		to[i] = second ? from[b++] : from[a++];
	}
}

enum {
	SMALL = 8
};

static void sort_small(struct value_entry **entries, size_t count, bool v3)
{
	for (size_t i = 1; i < count; i++) {
		struct value_entry *entry = entries[i];
		size_t at = i;

		for (; at > 0 && entry_less(entry, entries[at - 1], v3); at--)
			entries[at] = entries[at - 1];
		entries[at] = entry;
	}
}

/* Halves are bounded by the logarithm of the count. */
static void sort(struct value_entry **entries, struct value_entry **room,
		 size_t count, bool v3)
{
	if (count <= SMALL) {
		sort_small(entries, count, v3);
		return;
	}
	sort(entries, room, count / 2, v3);
	sort(entries + count / 2, room, count - count / 2, v3);
	memcpy(room, entries, count * sizeof(*entries));
	merge_runs(entries, room, count / 2, count, v3);
}

static bool bytes_less(const struct value_entry *a, const struct value_entry *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->key, b->key, len);

	return order ? order < 0 : a->len < b->len;
}

/* The entries by bytes; most maps are small. */
static struct value_entry **by_bytes(struct arena *arena,
				     const struct value *map, size_t count)
{
	struct value_entry **entries;

	if (count > 2 * SMALL)
		return value_sorted(arena, map);
	entries = arena_alloc(arena, count * sizeof(struct value_entry *));
	for (size_t i = 0; i < count; i++) {
		struct value_entry *entry = value_entry_at(map, i);
		size_t at = i;

		for (; at > 0 && bytes_less(entry, entries[at - 1]); at--)
			entries[at] = entries[at - 1];
		entries[at] = entry;
	}
	return entries;
}

struct value_entry **yaml_sort_keys(struct arena *arena,
				    const struct value *map, bool v3)
{
	size_t count = value_count(map);
	struct value_entry **sorted = by_bytes(arena, map, count);

	sort(sorted,
	     count > SMALL ? arena_alloc(arena, count * sizeof(*sorted)) : NULL,
	     count, v3);
	return sorted;
}
