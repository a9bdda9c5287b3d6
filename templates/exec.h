/*
 * What functions may ask of the executor.
 */
#ifndef TEMPLATES_EXEC_H
#define TEMPLATES_EXEC_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "templates/template.h"

struct call;
struct text;
struct value;

/* "error calling NAME: MESSAGE", at the call. */
void exec_call_failed(struct call *call, const char *format, va_list args)
	PRINTF_LIKE(2, 0);

/*
 * required and fail: the words of the chart's author, reported alone and with
 * the place in the file that was asked for.  NULL, to be returned.
 */
const struct value *exec_stop(struct call *call, const struct text *words);

/* Run a template by name; NULL: it failed. */
const struct value *exec_include(struct call *call, const struct text *name,
				 const struct value *dot);

/* Parse a text as a template and run it; NULL: it failed. */
const struct value *exec_tpl(struct call *call, const struct value *text,
			     const struct value *dot);

const struct template_options *exec_options(const struct template_run *run);

/*
 * Random bytes: from the system, or from the seed of the run, which then gives
 * the same ones each time.  False: there are none, the call has failed.
 */
MUST_USE bool exec_random(struct call *call, void *bytes, size_t len);

/* Whether the run was told what makes the function's result the same again. */
bool exec_repeats(const struct call *call);

/* A value that is lost with the action: a function was random. */
void exec_note_random(struct call *call);

#endif
