#include "templates/exec.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/random.h"
#include "base/sha.h"
#include "base/str.h"
#include "templates/exec/run.h"

const char template_own_seed[] = "plimsoll";

/* Block after block the digest of the seed and a number. */
static void draw(struct template_run *run, char *at, size_t len)
{
	uint8_t digest[SHA256_BYTES];
	struct str text;

	str_init(&text, run->arena);
	while (len) {
		size_t part = len < sizeof(digest) ? len : sizeof(digest);

		str_clear(&text);
		str_printf(&text, "%llu:%s", (unsigned long long)run->draws++,
			   run->options.seed);
		sha256(text.text, text.len, digest);
		memcpy(at, digest, part);
		at += part;
		len -= part;
	}
}

bool exec_random(struct call *call, void *bytes, size_t len)
{
	struct diag_sink sink;

	if (call->run->options.seed) {
		draw(call->run, bytes, len);
		return true;
	}
	diag_sink_init(&sink, call->arena);
	if (random_bytes(bytes, len, &sink))
		return true;
	call_fail(call, "%s", sink.diags.items[0]->message);
	return false;
}
