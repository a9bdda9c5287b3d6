#include "templates/funcs/items.h"

#include "base/limits.h"
#include "templates/exec.h"

struct limits call_limits(const struct call *call)
{
	const struct limits *limits = exec_options(call->run)->limits;

	return limits ? *limits : limits_default();
}

bool call_fits(struct call *call, uint64_t count, uint64_t size)
{
	const uint64_t most = call_limits(call).output_size;

	if (!size || count <= most / size)
		return true;
	call_fail(call,
		  "the result has more than %llu bytes (--limit output-size)",
		  (unsigned long long)most);
	return false;
}
