#include "base/zone.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/big_endian.h"
#include "base/civil.h"
#include "base/zone_rule.h"

enum {
	FILE_MAX = 256 * 1024,
	HEADER = 44
};

struct zone {
	enum zone_kind kind;
	struct zone_offset fixed;
	/* Of a file: the lists in its second part, 64 bits wide. */
	const unsigned char *times;
	const unsigned char *indexes;
	const unsigned char *types;
	const char *names;
	uint32_t time_count;
	uint32_t type_count;
	uint32_t name_bytes;
	const char *rule;
};

static const char *const folders[] = {
	"/usr/share/zoneinfo/",
	"/usr/share/lib/zoneinfo/",
	"/usr/lib/locale/TZ/",
	"/etc/zoneinfo/",
};

/* The counts of a header: in the order of the file. */
enum {
	IS_UTC,
	IS_STANDARD,
	LEAPS,
	TIMES,
	TYPES,
	NAMES,
	COUNTS
};

static bool read_header(const unsigned char *at, const unsigned char *end,
			uint32_t counts[COUNTS])
{
	size_t i;

	if (end - at < HEADER || memcmp(at, "TZif", 4) != 0)
		return false;
	for (i = 0; i < COUNTS; i++) {
		counts[i] = big_endian_32(at + 20 + 4 * i);
		if (counts[i] > FILE_MAX)
			return false;
	}
	return true;
}

static size_t body_size(const uint32_t counts[COUNTS], size_t time_size)
{
	return counts[TIMES] * (time_size + 1) + counts[TYPES] * 6u +
	       counts[NAMES] + counts[LEAPS] * (time_size + 4) +
	       counts[IS_STANDARD] + counts[IS_UTC];
}

/* The second header, behind the 32-bit part; its lists, and the rule. */
static bool parse_file(struct zone *zone, unsigned char *text, size_t len)
{
	unsigned char *at = text, *end = text + len;
	uint32_t counts[COUNTS];
	size_t size, rule;

	if (!read_header(at, end, counts) || at[4] < '2')
		return false;
	size = HEADER + body_size(counts, 4);
	if (size > len || !read_header(at + size, end, counts))
		return false;
	at += size + HEADER;
	size = body_size(counts, 8);
	if (size >= (size_t)(end - at) || !counts[TYPES])
		return false;
	zone->time_count = counts[TIMES];
	zone->type_count = counts[TYPES];
	zone->name_bytes = counts[NAMES];
	zone->times = at;
	zone->indexes = zone->times + 8u * zone->time_count;
	zone->types = zone->indexes + zone->time_count;
	zone->names = (const char *)zone->types + 6u * zone->type_count;
	at += size;
	/* The text has a NUL behind it, put there when it was read. */
	zone->rule = "";
	rule = *at == '\n' ? strcspn((const char *)at + 1, "\n") : 0;
	if (rule && at[1 + rule]) {
		at[1 + rule] = '\0';
		zone->rule = (const char *)at + 1;
	}
	return true;
}

static unsigned char *read_file(struct arena *arena, const char *path,
				size_t *len)
{
	FILE *file = fopen(path, "rb");
	unsigned char *text;

	if (!file)
		return NULL;
	text = arena_alloc(arena, FILE_MAX + 1);
	*len = fread(text, 1, FILE_MAX, file);
	text[*len] = '\0';
	fclose(file);
	return text;
}

static bool is_clean(const char *name)
{
	return name[0] != '/' && !strchr(name, '\\') && !strstr(name, "..") &&
	       strlen(name) < 256;
}

const struct zone *zone_fixed(struct arena *arena, const char *name,
			      int32_t seconds)
{
	struct zone *zone = arena_zalloc(arena, sizeof(*zone));

	zone->kind = ZONE_FIXED;
	zone->fixed.name = name;
	zone->fixed.seconds = seconds;
	return zone;
}

enum zone_kind zone_kind_of(const struct zone *zone)
{
	return zone->kind;
}

int zone_fixed_hour(const struct zone *zone)
{
	if (zone->kind != ZONE_FIXED || *zone->fixed.name ||
	    zone->fixed.seconds % 3600)
		return INT_MAX;
	return zone->fixed.seconds / 3600;
}

const struct zone *zone_load(struct arena *arena, const char *name)
{
	struct zone *zone = arena_zalloc(arena, sizeof(*zone));
	size_t i, len;

	zone->fixed.name = "UTC";
	if (!*name || strcmp(name, "UTC") == 0)
		return zone;
	zone->kind = ZONE_LOCAL;
	if (strcmp(name, "Local") == 0)
		return zone;
	zone->kind = ZONE_FILE;
	for (i = 0; is_clean(name) && i < sizeof(folders) / sizeof(*folders);
	     i++) {
		unsigned char *text = read_file(
			arena, arena_join(arena, folders[i], name), &len);

		if (text && parse_file(zone, text, len))
			return zone;
	}
	return NULL;
}

/*
 * The C library knows the zone of the machine; the offset is what its clock
 * shows, taken as UTC, less the second that was asked for.
 */
static struct zone_offset local_at(struct arena *arena, int64_t unix_seconds)
{
	struct zone_offset offset = { 0, "UTC" };
	time_t seconds = (time_t)unix_seconds;
	char name[64];
	struct tm tm;

	if (!localtime_r(&seconds, &tm))
		return offset;
	offset.seconds = (int32_t)(civil_days((int64_t)tm.tm_year + 1900,
					      tm.tm_mon + 1, tm.tm_mday) *
					   86400 +
				   tm.tm_hour * 3600 + tm.tm_min * 60 +
				   tm.tm_sec - unix_seconds);
	if (strftime(name, sizeof(name), "%Z", &tm))
		offset.name = arena_strdup(arena, name);
	return offset;
}

/* How many changes lie at or before the second. */
static uint32_t changes_before(const struct zone *zone, int64_t unix_seconds)
{
	uint32_t low = 0, high = zone->time_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if ((int64_t)big_endian_64(zone->times + 8u * middle) <=
		    unix_seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct zone_offset type_at(struct arena *arena, const struct zone *zone,
				  uint32_t index)
{
	struct zone_offset offset = { 0, "" };
	const unsigned char *type;

	if (index >= zone->type_count)
		index = 0;
	type = zone->types + 6u * index;
	offset.seconds = (int32_t)big_endian_32(type);
	if (type[5] < zone->name_bytes)
		offset.name =
			arena_strndup(arena, zone->names + type[5],
				      strnlen(zone->names + type[5],
					      zone->name_bytes - type[5]));
	return offset;
}

/* Before the first change the first type that is no summer time holds. */
static uint32_t first_type(const struct zone *zone)
{
	uint32_t i;

	for (i = 0; i < zone->type_count; i++) {
		if (!zone->types[6u * i + 4])
			return i;
	}
	return 0;
}

struct zone_offset zone_at(struct arena *arena, const struct zone *zone,
			   int64_t unix_seconds)
{
	struct zone_offset offset;
	uint32_t count;

	switch (zone->kind) {
	case ZONE_UTC:
	case ZONE_FIXED:
		return zone->fixed;
	case ZONE_LOCAL:
		return local_at(arena, unix_seconds);
	case ZONE_FILE:
		break;
	}
	count = changes_before(zone, unix_seconds);
	if (count == zone->time_count &&
	    zone_rule_at(arena, zone->rule, unix_seconds, &offset))
		return offset;
	return type_at(arena, zone,
		       count ? zone->indexes[count - 1] : first_type(zone));
}

int64_t zone_from_wall(struct arena *arena, const struct zone *zone,
		       int64_t wall)
{
	struct zone_offset near = zone_at(arena, zone, wall);

	/* Close to a change the first guess may lie on its other side. */
	near = zone_at(arena, zone, wall - near.seconds);
	return wall - near.seconds;
}
