/*
 * Configuration as Go's encoding/json decodes it, by tables.
 *
 * Keys match without regard to case, of two that match the last one in order
 * of bytes wins, and null leaves a field unset.
 */
#ifndef OVERLAYS_DECODE_H
#define OVERLAYS_DECODE_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/overlay.h"

struct overlay_run;
struct value;

enum decode_type {
	DECODE_STRING,
	DECODE_BOOL,
	DECODE_INT,
	DECODE_STRINGS,    /* a list of strings */
	DECODE_STRING_MAP, /* a map of strings */
	DECODE_MAP,        /* a map of anything */
	DECODE_STRUCT,
	DECODE_STRUCTS, /* a list of structs */
	DECODE_END,
};

struct decode_struct;

struct decode_field {
	const char *name;
	enum decode_type type;
	const struct decode_struct *of;
	/* The newest release without the field; the first: all have it. */
	enum overlay_compat absent;
	/* What Go has it embedded in, as "ResId.Gvk"; or NULL. */
	const char *within;
	/* Go's name for a list of structs, or for a string; or NULL. */
	const char *called;
};

struct decode_struct {
	const char *name;                  /* Go's: "Kustomization" */
	const char *type;                  /* Go's, qualified: "types.Label" */
	const struct decode_field *fields; /* the last has no name */
};

/*
 * Files beside the kustomization come by way of another library, which makes
 * texts of numbers and booleans where a text is wanted, but does not see what
 * a struct has embedded.
 */
enum decode_mode {
	DECODE_KUSTOMIZATION, /* no unknown fields, nothing is converted */
	DECODE_CONFIGURATION, /* no unknown fields */
	DECODE_LOOSE,
};

/*
 * A map with the canonical names of the fields that are set; the values are
 * those of `value`.  NULL: reported, with json's own words.
 */
MUST_USE struct value *decode_struct(struct overlay_run *run,
				     const struct decode_struct *shape,
				     const struct value *value,
				     enum decode_mode mode);

#endif
