/*
 * helm env: the variables Helm reads, with what holds where they are not set.
 * Plugins and wrappers ask for its folders.
 */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "compiler/options.h"

enum kind {
	KIND_TEXT,
	KIND_BOOL,
	KIND_WHOLE,
	KIND_LIST,
	KIND_FOLDER, /* of the user's, or below one */
};

/* Where a user's folder is: Helm's variable, the desktop's, below HOME. */
struct home {
	const char *own;
	const char *general;
	const char *below;
};

static const struct home homes[] = {
	{ "HELM_CACHE_HOME", "XDG_CACHE_HOME", ".cache" },
	{ "HELM_CONFIG_HOME", "XDG_CONFIG_HOME", ".config" },
	{ "HELM_DATA_HOME", "XDG_DATA_HOME", ".local/share" },
};

enum {
	CACHE,
	CONFIG,
	DATA
};

struct row {
	const char *name;
	enum kind kind;
	const char *absent; /* or what lies in the folder */
	int home;
	bool helm4_only;
};

static const struct row rows[] = {
	{ .name = "HELM_BIN", .absent = "helm" },
	{ .name = "HELM_BURST_LIMIT", .kind = KIND_WHOLE, .absent = "100" },
	{ "HELM_CACHE_HOME", KIND_FOLDER, "", CACHE, false },
	{ "HELM_CONFIG_HOME", KIND_FOLDER, "", CONFIG, false },
	{ "HELM_CONTENT_CACHE", KIND_FOLDER, "content", CACHE, true },
	{ "HELM_DATA_HOME", KIND_FOLDER, "", DATA, false },
	{ .name = "HELM_DEBUG", .kind = KIND_BOOL },
	{ .name = "HELM_KUBEAPISERVER" },
	{ .name = "HELM_KUBEASGROUPS", .kind = KIND_LIST },
	{ .name = "HELM_KUBEASUSER" },
	{ .name = "HELM_KUBECAFILE" },
	{ .name = "HELM_KUBECONTEXT" },
	{ .name = "HELM_KUBEINSECURE_SKIP_TLS_VERIFY", .kind = KIND_BOOL },
	{ .name = "HELM_KUBETLS_SERVER_NAME" },
	{ .name = "HELM_KUBETOKEN" },
	{ .name = "HELM_MAX_HISTORY", .kind = KIND_WHOLE, .absent = "10" },
	{ .name = "HELM_NAMESPACE" },
	{ "HELM_PLUGINS", KIND_FOLDER, "plugins", DATA, false },
	{ .name = "HELM_QPS" },
	{ "HELM_REGISTRY_CONFIG", KIND_FOLDER, "registry/config.json", CONFIG,
	  false },
	{ "HELM_REPOSITORY_CACHE", KIND_FOLDER, "repository", CACHE, false },
	{ "HELM_REPOSITORY_CONFIG", KIND_FOLDER, "repositories.yaml", CONFIG,
	  false },
};

static const char *below_home(struct helm *helm, const struct home *home,
			      const char *name)
{
	const char *base = options_variable(home->own);
	const char *user = options_variable("HOME");

	if (!base) {
		base = options_variable(home->general);
		if (!base)
			base = path_join(helm->arena, user ? user : "/",
					 home->below);
		base = path_join(helm->arena, base, "helm");
	}
	return path_clean(helm->arena, path_join(helm->arena, base, name));
}

const char *helm_repository_config(struct helm *helm)
{
	const char *set = options_variable("HELM_REPOSITORY_CONFIG");

	return set ? set
		   : below_home(helm, &homes[CONFIG], "repositories.yaml");
}

/* With two digits behind the point. */
static const char *queries(struct helm *helm)
{
	const char *text = helm->global->qps;
	char buf[NUMBER_ROOM];
	double real = 0;

	if (!text)
		text = options_variable("HELM_QPS");
	if (text && number_parse_float(text, strlen(text), &real) != NUMBER_OK)
		real = 0;
	return arena_strndup(
		helm->arena, buf,
		number_format_float(buf, (double)(float)real, 'f', 2));
}

/* What a flag says instead of the variable; NULL: there is none. */
static const char *of_flag(struct helm *helm, const struct row *row)
{
	const struct helm_global *global = helm->global;

	if (strcmp(row->name, "HELM_DEBUG") == 0)
		return global->debug ? "true" : "false";
	if (strcmp(row->name, "HELM_NAMESPACE") == 0)
		return helm_namespace(helm);
	if (strcmp(row->name, "HELM_QPS") == 0)
		return queries(helm);
	if (strcmp(row->name, "HELM_KUBECONTEXT") == 0)
		return global->kube_context;
	return strcmp(row->name, "HELM_BURST_LIMIT") == 0 ? global->burst_limit
							  : NULL;
}

/*
 * Where a text is no number, Helm takes what holds without it; what a flag
 * says may be 0x64, too.
 */
static const char *whole(struct helm *helm, const struct row *row,
			 const char *text)
{
	int base = text == helm->global->burst_limit ? 0 : 10;
	char buf[NUMBER_ROOM];
	int64_t number;

	if (!text ||
	    number_parse_int(text, strlen(text), base, &number) != NUMBER_OK)
		return row->absent;
	return arena_strndup(helm->arena, buf, number_format_int(buf, number));
}

static const char *trimmed(struct helm *helm, const char *text)
{
	size_t len = strlen(text += strspn(text, ", "));

	while (len && strchr(", ", text[len - 1]))
		len--;
	return arena_strndup(helm->arena, text, len);
}

static const char *value_of(struct helm *helm, const struct row *row)
{
	const char *absent = row->absent ? row->absent : "";
	const char *text = of_flag(helm, row);

	if (!text && strcmp(row->name, "HELM_BIN") != 0)
		text = options_variable(row->name);
	switch (row->kind) {
	case KIND_TEXT:
		break;
	case KIND_BOOL:
		return text && helm_is_true(text) ? "true" : "false";
	case KIND_WHOLE:
		return whole(helm, row, text);
	case KIND_LIST:
		return text ? trimmed(helm, text) : "";
	case KIND_FOLDER:
		return text && *absent
			       ? text
			       : below_home(helm, &homes[row->home], absent);
	}
	return text ? text : absent;
}

static int run(struct helm *helm)
{
	const char *asked = helm->args.count ? helm->args.items[0] : NULL;
	const char *config = helm->global->kubeconfig;
	size_t i;

	if (helm->args.count > 1) {
		helm_fail(helm, "\"helm env\" accepts at most 1 argument\n\n"
				"Usage:  helm env [flags]");
		return STATUS_FINDINGS;
	}
	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct row *row = &rows[i];

		if (row->helm4_only && helm->dialect == CHART_HELM3)
			continue;
		if (!asked)
			str_printf(helm->out, "%s=\"%s\"\n", row->name,
				   value_of(helm, row));
		else if (strcmp(asked, row->name) == 0)
			str_puts(helm->out, value_of(helm, row));
	}
	if (config && *config && !asked)
		str_printf(helm->out, "KUBECONFIG=\"%s\"\n", config);
	if (config && asked && strcmp(asked, "KUBECONFIG") == 0)
		str_puts(helm->out, config);
	if (asked)
		str_putc(helm->out, '\n');
	return STATUS_CLEAN;
}

const struct helm_verb helm_environment = {
	.name = "env",
	.usage = "[flags]",
	.summary = "Print the variables that Helm reads.",
	.run = run,
};
