/*
 * Secrets that the words of a command tell together: `command: [mysql]` and
 * `args: [-psecret]`.
 *
 *	struct table secrets;
 *
 *	table_init(&secrets, arena);
 *	secret_arguments_add(&secrets, container);
 *	argument = secret_argument_of(&secrets, item);
 */
#ifndef MODEL_SECRET_ARGUMENTS_H
#define MODEL_SECRET_ARGUMENTS_H

#include <stdbool.h>

struct table;
struct value;

struct secret_argument {
	const struct value *item;
	bool alone;  /* it shows the secret without the others */
	bool option; /* it is what an option of a well-known program takes */
};

/* Look at `command` and `args` of a container, whatever else that may be. */
void secret_arguments_add(struct table *secrets, const struct value *container);

/* NULL: no item of them, or one without a secret. */
const struct secret_argument *secret_argument_of(const struct table *secrets,
						 const struct value *item);

#endif
