/*
 * Words of CEL that mean something in every expression.
 */
#include "lints/schema/cel.h"

#include <string.h>

static bool is_in(const char *const *words, const char *name, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && memcmp(*words, name, len) == 0)
			return true;
	return false;
}

bool cel_is_reserved(const char *name, size_t len)
{
	static const char *const words[] = {
		"as",        "break",  "const",  "continue", "else",  "for",
		"function",  "if",     "import", "let",      "loop",  "package",
		"namespace", "return", "var",    "void",     "while", NULL
	};

	return is_in(words, name, len);
}

/* Types are values, and libraries begin with a word of their own. */
bool cel_is_type(const char *name, size_t len)
{
	static const char *const words[] = {
		"Expression",    "JSONPatch", "Object",    "base64",
		"bool",          "bytes",     "cel",       "cidr",
		"double",        "dyn",       "duration",  "format",
		"google",        "int",       "ip",        "jsonpatch",
		"kubernetes",    "list",      "lists",     "map",
		"math",          "net",       "null_type", "optional",
		"optional_type", "quantity",  "regex",     "semver",
		"sets",          "string",    "strings",   "timestamp",
		"type",          "uint",      "url",       NULL
	};

	return is_in(words, name, len);
}
