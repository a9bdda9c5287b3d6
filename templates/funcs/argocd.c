/*
 * Functions that Argo CD adds for the templates of ApplicationSets.
 */
#include <string.h>

#include "templates/func.h"

enum {
	DNS_NAME_MAX = 253,
	SLUG_MAX = 50
};

/* Letters in lower case, anything but [-a-z0-9.] as a dash. */
static void put_normalised(struct str *out, const char *name)
{
	size_t begin = out->len;

	for (; *name; name++) {
		char byte = *name;

		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		str_putc(out, byte == '-' || byte == '.' ||
					      (byte >= 'a' && byte <= 'z') ||
					      (byte >= '0' && byte <= '9')
				      ? byte
				      : '-');
	}
	if (out->len - begin > DNS_NAME_MAX)
		out->len = begin + DNS_NAME_MAX;
}

/* Dashes and dots at the ends go. */
static const char *trimmed(struct str *text)
{
	while (text->len && strchr("-.", text->text[text->len - 1]))
		text->len--;
	str_text(text);
	return text->text + strspn(text->text, "-.");
}

static const struct value *fn_normalize(struct call *call)
{
	struct str name, out;

	str_init(&name, call->arena);
	put_normalised(&name, call_string(call, 0));
	call_str(call, &out);
	str_puts(&out, trimmed(&name));
	return call_give_str(call, &out);
}

/* Runs of what is no letter and no digit are one dash. */
static const char *slug_of(struct call *call, const char *name)
{
	struct str plain, slug;
	const char *at;

	str_init(&plain, call->arena);
	put_normalised(&plain, name);
	str_init(&slug, call->arena);
	for (at = trimmed(&plain); *at; at++)
		if (*at != '-' && *at != '.')
			str_putc(&slug, *at);
		else if (slug.len && slug.text[slug.len - 1] != '-')
			str_putc(&slug, '-');
	return trimmed(&slug);
}

/* The end of the last word that fits; of the first one its front. */
static size_t words_within(const char *slug, size_t most)
{
	size_t len = strlen(slug), end;

	if (len <= most)
		return len;
	for (end = most; end > 0; end--)
		if (slug[end] == '-')
			return end;
	return most;
}

static const struct value *fn_slugify(struct call *call)
{
	size_t last = call->count - 1, most = SLUG_MAX, len;
	const char *slug = slug_of(call, call_string(call, last));
	bool smart = last > 1 ? call_bool(call, 1) : true;
	struct str out;

	if (last > 0 && call_int(call, 0) > 0)
		most = (size_t)call_int(call, 0);
	len = strlen(slug);
	if (smart)
		len = words_within(slug, most);
	else if (len > most)
		len = most;
	call_str(call, &out);
	str_put(&out, slug, len);
	return call_give_str(call, &out);
}

const struct func template_funcs_argocd[] = {
	{ .name = "normalize",
	  .takes = { ARG_STRING },
	  .argocd_only = true,
	  .run = fn_normalize,
	  .usage = "normalize NAME",
	  .help = "NAME as DNS allows it." },
	{ .name = "slugify",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .argocd_only = true,
	  .run = fn_slugify,
	  .usage = "slugify [LENGTH [WORDS]] NAME",
	  .help = "NAME as part of an address, cut at LENGTH (50), between "
		  "words if WORDS is true." },
	{ .name = NULL }
};
