#include "templates/exec.h"

#include "base/diag.h"
#include "base/random.h"
#include "templates/exec/run.h"

const char template_own_seed[] = "plimsoll";

bool exec_random(struct call *call, void *bytes, size_t len)
{
	struct diag_sink sink;

	if (call->run->options.seed) {
		random_repeat(call->run->arena, call->run->options.seed,
			      &call->run->draws, bytes, len);
		return true;
	}
	diag_sink_init(&sink, call->arena);
	if (random_bytes(bytes, len, &sink))
		return true;
	call_fail(call, "%s", sink.diags.items[0]->message);
	return false;
}
