#include "base/fact.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"

void fact_log_init(struct fact_log *log, struct arena *arena)
{
	memset(log, 0, sizeof(*log));
	log->arena = arena;
}

void fact_add(struct fact_log *log, enum fact_kind kind,
	      const struct origin *at, const char *format, ...)
{
	struct fact *fact;
	va_list args;

	if (!log)
		return;
	fact = vec_new(log->arena, &log->facts);
	memset(fact, 0, sizeof(*fact));
	fact->kind = kind;
	fact->origin = *at;
	va_start(args, format);
	fact->text = arena_vprintf(log->arena, format, args);
	va_end(args);
}
