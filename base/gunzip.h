/*
 * Gzip, and zlib, unpacked piece by piece.
 *
 *	gunzip_init(&gunzip, arena, bytes, len);
 *	while ((got = gunzip_read(&gunzip, into, sizeof(into))) > 0)
 *		...
 *	if (gunzip.status != GUNZIP_END)
 *		...
 *
 * All that comes before a fault is given before the fault is: an archive whose
 * last bytes are lost is read by Go up to them, so it has to be here.
 */
#ifndef BASE_GUNZIP_H
#define BASE_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct inflate;

enum gunzip_status {
	GUNZIP_MORE,
	GUNZIP_END,
	GUNZIP_SHORT,   /* the bytes end before the text does */
	GUNZIP_CORRUPT, /* no such code; `fault_at` says where */
	GUNZIP_HEADER,  /* what follows a text is no other one */
	GUNZIP_SUM,     /* it is not the text that was packed */
};

struct gunzip {
	const unsigned char *bytes;
	size_t len;
	size_t at;
	struct inflate *inflate;
	uint32_t sum; /* of the member so far */
	uint32_t size;
	enum gunzip_status status;
	bool zlib;
	size_t fault_at;
};

void gunzip_init(struct gunzip *gunzip, struct arena *arena, const char *bytes,
		 size_t len);

/* The same for one text as zlib packs it (RFC 1950). */
void gunzip_init_zlib(struct gunzip *gunzip, struct arena *arena,
		      const char *bytes, size_t len);

/* Up to `len` bytes; fewer only at the end, and `status` says at which. */
size_t gunzip_read(struct gunzip *gunzip, char *into, size_t len);

#endif
