#include "templates/funcs/items.h"

#include "base/limits.h"
#include "templates/exec.h"

struct limits call_limits(const struct call *call)
{
	const struct limits *limits = exec_options(call->run)->limits;

	return limits ? *limits : limits_default();
}

const struct value *bytes_as_list(struct call *call, const struct value *value)
{
	struct value *list;
	uint32_t i;

	if (value->kind != VALUE_BYTES)
		return value;
	list = call_new_list(call);
	for (i = 0; i < value->len; i++) {
		struct value *byte =
			value_new(call->arena, VALUE_UINT, &value->origin);

		byte->type = VALUE_TYPE_UINT8;
		byte->natural = (unsigned char)value->string[i];
		value_append(call->arena, list, byte);
	}
	return list;
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
