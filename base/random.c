#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/sha.h"
#include "base/str.h"

/* Every system has this file; the calls that replace it differ. */
bool random_bytes(void *bytes, size_t len, struct diag_sink *diags)
{
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	char *at = bytes;

	while (fd >= 0 && len) {
		ssize_t got = read(fd, at, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		at += got;
		len -= (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	if (!len && fd >= 0)
		return true;
	return diag_error(diags, NULL,
			  "cannot read random bytes from /dev/urandom: %s",
			  strerror(errno));
}

/* Block after block the digest of the number and the seed. */
void random_repeat(struct arena *arena, const char *seed, uint64_t *drawn,
		   void *bytes, size_t len)
{
	uint8_t digest[SHA256_BYTES];
	char *at = bytes;
	struct str text;

	str_init(&text, arena);
	while (len) {
		size_t part = len < sizeof(digest) ? len : sizeof(digest);

		str_clear(&text);
		str_printf(&text, "%llu:%s", (unsigned long long)(*drawn)++,
			   seed);
		sha256(text.text, text.len, digest);
		memcpy(at, digest, part);
		at += part;
		len -= part;
	}
}
