/*
 * Kinds of well-known custom resources: numbers of texts in constant tables.
 *
 * Written by tools/crd_tables.py; model/custom_kinds.h reads them.
 */
#ifndef MODEL_CUSTOM_KINDS_TABLE_H
#define MODEL_CUSTOM_KINDS_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct kind_row {
	uint16_t group; /* in kind_group_at */
	uint16_t kind;  /* in kind_names */
	uint16_t versions;
	uint8_t pods;
	uint8_t selector;
	uint8_t replicas;
	uint8_t scope; /* enum custom_scope */
};

/* Sorted by bytes. */
extern const char kind_group_text[];
extern const uint16_t kind_group_at[];
extern const char kind_names[];
extern const char kind_version_text[];
extern const uint32_t kind_version_at[];
extern const char kind_pods_text[];
extern const uint32_t kind_pods_at[];
extern const char kind_selector_text[];
extern const uint32_t kind_selector_at[];
extern const char kind_replicas_text[];
extern const uint32_t kind_replicas_at[];

/* Sorted by group, and by kind without regard to case. */
extern const struct kind_row kind_rows[];
extern const size_t kind_row_count;

#endif
