/* Enough for the rules beside it. */
#ifndef LINTS_LINT_H
#define LINTS_LINT_H
struct lint_rule {
	const char *name;
	const char *code;
	const char *summary;
};
#endif
