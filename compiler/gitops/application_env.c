/*
 * The build environment of Argo CD: names in texts of an Application that it
 * replaces itself.  A revision is known when it is applied; it stays, in
 * braces, and is opaque to checks.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/gitops/application.h"
#include "model/value.h"

static bool is(const char *name, size_t len, const char *known)
{
	return strlen(known) == len && strncmp(name, known, len) == 0;
}

/* NULL: known only when it is applied. */
static const char *find(const struct application_source *source,
			const char *name, size_t len)
{
	static const struct {
		const char *name;
		const char *field; /* of the source */
	} rows[] = {
		{ "ARGOCD_APP_SOURCE_PATH", "path" },
		{ "ARGOCD_APP_SOURCE_REPO_URL", "repoURL" },
		{ "ARGOCD_APP_SOURCE_TARGET_REVISION", "targetRevision" },
	};
	size_t i;

	if (is(name, len, "ARGOCD_APP_NAME"))
		return source->name;
	if (is(name, len, "ARGOCD_APP_NAMESPACE"))
		return source->destination;
	if (is(name, len, "ARGOCD_APP_PROJECT_NAME"))
		return source->project;
	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (is(name, len, rows[i].name))
			return value_string_or(
				value_get(source->node, rows[i].field), "");
	/* What nobody sets is empty. */
	return strncmp(name, "ARGOCD_APP_REVISION", 19) == 0 ||
			       strncmp(name, "KUBE_", 5) == 0
		       ? NULL
		       : "";
}

const char *application_expand(struct arena *arena,
			       const struct application_source *source,
			       const char *text)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
		"0123456789";
	const char *name, *found;
	struct str out;
	size_t len;

	if (!strchr(text, '$'))
		return text;
	str_init(&out, arena);
	while (*text) {
		if (*text != '$') {
			str_putc(&out, *text++);
			continue;
		}
		name = text + 1;
		if (*name == '$') {
			str_putc(&out, '$');
			text += 2;
			continue;
		}
		if (*name == '{' && strchr(name, '}')) {
			len = strcspn(++name, "}");
			text = name + len + 1;
		} else {
			len = strspn(name, letters);
			text = name + len;
		}
		found = len ? find(source, name, len) : "$";
		if (found)
			str_puts(&out, found);
		else
			str_printf(&out, "${%.*s}", (int)len, name);
	}
	return str_text(&out);
}
