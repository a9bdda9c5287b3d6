/*
 * What people mean when they write a quantity that is none, or a strange one.
 */
#include "lints/schema/quantity.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"

enum {
	KIBI = 1024,
	CORES_MAX = 1000
};

static bool is_bytes(const char *resource)
{
	return strstr(resource, "memory") || strstr(resource, "storage") ||
	       strncmp(resource, "hugepages-", 10) == 0 ||
	       strcmp(resource, "sizeLimit") == 0;
}

const char *quantity_meant(const char *suffix)
{
	static const struct {
		const char *wrong;
		const char *right;
	} slips[] = {
		{ "mi", "Mi" }, { "mib", "Mi" }, { "mb", "M" },
		{ "gi", "Gi" }, { "gib", "Gi" }, { "gb", "G" },
		{ "ki", "Ki" }, { "kib", "Ki" }, { "kb", "k" },
		{ "ti", "Ti" }, { "tib", "Ti" }, { "tb", "T" },
		{ "K", "k" },   { "g", "G" },    { "t", "T" },
	};
	size_t i;

	suffix += strspn(suffix, " ");
	for (i = 0; i < ARRAY_COUNT(slips); i++)
		if (strcasecmp(slips[i].wrong, suffix) == 0)
			return slips[i].right;
	return NULL;
}

const char *quantity_suspicion(const struct quantity *q, const char *resource)
{
	bool bytes = is_bytes(resource);

	if (!q->has_digits)
		return "has no digits and counts as 0";
	if (bytes && quantity_is_fractional(q))
		return "is a fraction of a byte";
	if (bytes && !quantity_is_zero(q) && quantity_compare_int(q, KIBI) < 0)
		return "is less than 1 KiB: a suffix is missing";
	if (strcmp(resource, "cpu") == 0 &&
	    quantity_compare_int(q, CORES_MAX) > 0)
		return "is more than 1000 cores: a suffix is missing";
	return q->format == QUANTITY_EXPONENT ? "has an exponent" : NULL;
}
