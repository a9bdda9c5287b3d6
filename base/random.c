#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

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
