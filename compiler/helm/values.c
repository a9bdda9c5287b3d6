/*
 * Values from the command line: files and the --set family, in Helm's order,
 * which is by kind of flag and not by position.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/helm.h"
#include "model/url.h"
#include "model/value.h"
#include "templates/chart_values.h"

#define FIELD(x) offsetof(struct helm_values, x)

const struct option helm_values_options[] = {
	{ .name = "values",
	  .letter = 'f',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(files),
	  .value = "FILE",
	  .help = "Values from a file, - for standard input; later files "
		  "win." },
	{ .name = "set",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(set),
	  .value = "K=V",
	  .help = "Set values: a.b=1,c[0]=x." },
	{ .name = "set-string",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(set_string),
	  .value = "K=V",
	  .help = "The same, all values are texts." },
	{ .name = "set-file",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(set_file),
	  .value = "K=PATH",
	  .help = "The same, values are the contents of files." },
	{ .name = "set-json",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(set_json),
	  .value = "K=JSON",
	  .help = "The same, values are JSON." },
	{ .name = "set-literal",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(set_literal),
	  .value = "K=TEXT",
	  .help = "The same, the rest of the argument is the text." },
	{ .name = NULL }
};

/* One field of CSV: in double quotes a comma is no end, "" is a quote. */
static const char *put_field(struct arena *arena, const char *at,
			     struct option_texts *parts)
{
	bool quoted = *at == '"';
	struct str field;

	str_init(&field, arena);
	at += quoted;
	while (*at) {
		if (quoted && at[0] == '"' && at[1] == '"')
			at++;
		else if (quoted ? *at == '"' : *at == ',')
			break;
		str_putc(&field, *at++);
	}
	at += quoted && *at == '"';
	vec_push(arena, parts, str_text(&field));
	return at;
}

void helm_split_csv(struct arena *arena, const struct option_texts *flags,
		    struct option_texts *parts)
{
	size_t i;

	for (i = 0; i < flags->count; i++) {
		const char *at = flags->items[i];

		if (!*at)
			continue;
		for (;;) {
			at = put_field(arena, at, parts);
			if (*at != ',')
				break;
			at++;
		}
	}
}

/* Wherever Helm reads a file, blanks around the dash do not count. */
static bool is_stdin(const char *name)
{
	static const char blanks[] = " \t\r\n\v\f";
	size_t begin = strspn(name, blanks);

	return name[begin] == '-' &&
	       !name[begin + 1 + strspn(name + begin + 1, blanks)];
}

static struct source *read_stdin(struct helm *helm)
{
	size_t len;
	char *text =
		file_read_all(helm->arena, helm->diags, STDIN_FILENO,
			      "standard input", helm->limits.file_size, &len);

	if (!text)
		return NULL;
	return source_new(helm->arena, "-", SOURCE_VALUES, text, len);
}

static const char *go_reason(enum tree_status status)
{
	switch (status) {
	case TREE_NOT_FILE:
		return "is a directory";
	case TREE_DENIED:
		return "permission denied";
	case TREE_NOT_DIR:
		return "not a directory";
	case TREE_LOOP:
		return "too many levels of symbolic links";
	case TREE_OK:
	case TREE_MISSING:
	case TREE_OUTSIDE:
	case TREE_TOO_LARGE:
	case TREE_ABSENT:
	case TREE_POINTER:
	case TREE_SUBMODULE:
	case TREE_IO:
		break;
	}
	return "no such file or directory";
}

static struct source *read_file(struct helm *helm, const char *name,
				const char **problem)
{
	struct source *source;
	enum tree_status status;
	struct url url;

	if (is_stdin(name)) {
		source = read_stdin(helm);
		*problem = source ? NULL : "standard input cannot be read";
		return source;
	}
	/* Helm asks first whether it is an address. */
	if (!url_parse(&url, helm->arena, name, strlen(name), problem))
		return NULL;
	if (!*name) {
		*problem = "open : no such file or directory";
		return NULL;
	}
	status = tree_view_read(&helm->view, helm_path(helm, name),
				SOURCE_VALUES, &source);
	if (status == TREE_OK) {
		struct source *own =
			source_new(helm->arena, name, SOURCE_VALUES,
				   source->text, source->len);

		return own;
	}
	*problem = arena_printf(helm->arena, "%s %s: %s",
				status == TREE_NOT_FILE ? "read" : "open", name,
				go_reason(status));
	return NULL;
}

static bool lay_file(struct helm *helm, const char *name, struct value *values)
{
	const struct chart_load_options how = { .dialect = helm->dialect,
						.limits = &helm->limits };
	const char *problem = NULL;
	struct source *source = read_file(helm, name, &problem);
	struct value *layer;

	if (!source)
		return problem ? helm_fail(helm, "%s", problem) : false;
	layer = chart_values_read(helm->arena, source, &how, helm->diags);
	if (!layer)
		return false;
	chart_values_merge(helm->arena, values, layer);
	return true;
}

static bool read_set_file(void *context, const char *path, struct text *text,
			  const char **problem)
{
	struct source *source = read_file(context, path, problem);

	if (!source)
		return false;
	*text = text_of(source->text, source->len);
	return true;
}

static bool set_all(struct helm *helm, const struct option_texts *arguments,
		    enum strvals_form form, struct value *values)
{
	static const char *const names[] = { "--set-json", "--set",
					     "--set-string", "--set-file",
					     "--set-literal" };
	const struct chart_setting setting = {
		.form = form,
		.dialect = helm->dialect,
		.context = helm,
		.read = read_set_file,
	};
	size_t i;

	for (i = 0; i < arguments->count; i++) {
		const char *text = arguments->items[i];
		struct source *source =
			source_new(helm->arena, names[form], SOURCE_VALUES,
				   text, strlen(text));

		if (!chart_values_set(helm->arena, helm->diags, values, source,
				      &setting))
			return false;
	}
	return true;
}

struct value *helm_values_merge(struct helm *helm,
				const struct helm_values *flags)
{
	struct value *values = value_new_map(helm->arena, NULL);
	struct option_texts files = { 0 };
	size_t i;

	helm_split_csv(helm->arena, &flags->files, &files);
	for (i = 0; i < files.count; i++)
		if (!lay_file(helm, files.items[i], values))
			return NULL;
	if (!set_all(helm, &flags->set_json, STRVALS_JSON, values) ||
	    !set_all(helm, &flags->set, STRVALS_SET, values) ||
	    !set_all(helm, &flags->set_string, STRVALS_STRING, values) ||
	    !set_all(helm, &flags->set_file, STRVALS_FILE, values) ||
	    !set_all(helm, &flags->set_literal, STRVALS_LITERAL, values))
		return NULL;
	return values;
}
