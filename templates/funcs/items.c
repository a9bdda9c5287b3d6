#include "templates/funcs/items.h"

#include "base/limits.h"
#include "templates/exec.h"

bool call_fits(struct call *call, uint64_t count, uint64_t size)
{
	const struct limits *limits = exec_options(call->run)->limits;
	uint64_t most =
		limits ? limits->output_size : limits_default().output_size;

	if (!size || count <= most / size)
		return true;
	call_fail(call,
		  "the result has more than %llu bytes (--limit output-size)",
		  (unsigned long long)most);
	return false;
}
