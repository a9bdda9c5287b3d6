/*
 * Texts as base64, base32, digests and JSON.
 */
#include "base/arena.h"
#include "base/base64.h"
#include "base/sha.h"
#include "model/json.h"
#include "model/yaml_emit.h"
#include "templates/func.h"

static const struct value *fn_b64enc(struct call *call)
{
	struct text text = call_text(call, 0);
	struct str out;

	str_init(&out, call->arena);
	base64_encode(&out, text.at, text.len);
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

static const struct value *fn_b32enc(struct call *call)
{
	struct text text = call_text(call, 0);
	struct str out;

	str_init(&out, call->arena);
	base32_encode(&out, text.at, text.len);
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

/* What is wrong with the text is the result, and no error, as in Sprig. */
static const struct value *give_decoded(struct call *call, struct str *out,
					const char *name, size_t at, bool ok)
{
	if (!ok) {
		str_clear(out);
		str_printf(out, "illegal %s data at input byte %zu", name, at);
	}
	str_text(out);
	return call_give_opaque(call, out->text, out->len);
}

static const struct value *fn_b64dec(struct call *call)
{
	struct text text = call_text(call, 0);
	size_t at = 0;
	struct str out;
	bool ok;

	str_init(&out, call->arena);
	ok = base64_decode(&out, text.at, text.len, &at);
	return give_decoded(call, &out, "base64", at, ok);
}

static const struct value *fn_b32dec(struct call *call)
{
	struct text text = call_text(call, 0);
	size_t at = 0;
	struct str out;
	bool ok;

	str_init(&out, call->arena);
	ok = base32_decode(&out, text.at, text.len, &at);
	return give_decoded(call, &out, "base32", at, ok);
}

static const struct value *give_hex(struct call *call, const uint8_t *digest,
				    size_t len)
{
	char hex[2 * SHA512_BYTES + 1];

	sha_hex(digest, len, hex);
	return call_give_opaque(call, hex, 2 * len);
}

static const struct value *fn_sha1sum(struct call *call)
{
	struct text text = call_text(call, 0);
	uint8_t digest[SHA1_BYTES];

	sha1(text.at, text.len, digest);
	return give_hex(call, digest, sizeof(digest));
}

static const struct value *fn_sha256sum(struct call *call)
{
	struct text text = call_text(call, 0);
	uint8_t digest[SHA256_BYTES];

	sha256(text.at, text.len, digest);
	return give_hex(call, digest, sizeof(digest));
}

static const struct value *fn_sha512sum(struct call *call)
{
	struct text text = call_text(call, 0);
	uint8_t digest[SHA512_BYTES];

	sha512(text.at, text.len, digest);
	return give_hex(call, digest, sizeof(digest));
}

static const struct value *fn_adler32sum(struct call *call)
{
	struct text text = call_text(call, 0);
	uint32_t a = 1, b = 0;
	char decimal[11];
	size_t i;
	int len;

	for (i = 0; i < text.len; i++) {
		a = (a + (unsigned char)text.at[i]) % 65521;
		b = (b + a) % 65521;
	}
	len = snprintf(decimal, sizeof(decimal), "%u", b << 16 | a);
	return call_give_opaque(call, decimal, (size_t)len);
}

/* `must`: what has no JSON is an error, else the empty text. */
static const struct value *
give_json(struct call *call, const struct json_options *options, bool must)
{
	struct mark_context marks = { call->frame, call->begin };
	const char *error = "";
	struct str out;

	call_str(call, &out);
	if (json_write(&out, call_arg(call, 0), options, &marks, &error))
		return call_give_str(call, &out);
	if (must)
		return call_fail(call, "%s", error);
	return call_give_opaque(call, "", 0);
}

static const struct json_options pretty = { .indent = "  " };
static const struct json_options raw = { .raw = true };

static const struct value *fn_to_pretty_json(struct call *call)
{
	return give_json(call, &pretty, false);
}

static const struct value *fn_must_to_pretty_json(struct call *call)
{
	return give_json(call, &pretty, true);
}

/* Of the three this one panics without "must", too. */
static const struct value *fn_to_raw_json(struct call *call)
{
	return give_json(call, &raw, true);
}

static const struct value *fn_must_from_json(struct call *call)
{
	struct text text = call_text(call, 0);
	struct source *source = source_new(
		call->arena, "mustFromJson", SOURCE_RENDERED,
		arena_strndup(call->arena, text.at, text.len), text.len);
	struct json_problem problem;
	struct value *value;

	source->map = text.map;
	value = json_read(call->arena, source, 0, text.len, false, &problem);
	if (!value)
		return call_fail(call, "%s", problem.text);
	return value;
}

const struct func template_funcs_encoding[] = {
	{ .name = "adler32sum",
	  .takes = { ARG_STRING },
	  .run = fn_adler32sum,
	  .usage = "adler32sum TEXT",
	  .help = "The Adler-32 checksum of TEXT as a decimal number." },
	{ .name = "b32dec",
	  .takes = { ARG_STRING },
	  .run = fn_b32dec,
	  .usage = "b32dec TEXT",
	  .help = "TEXT decoded from base32, or what is wrong with it." },
	{ .name = "b32enc",
	  .takes = { ARG_STRING },
	  .run = fn_b32enc,
	  .usage = "b32enc TEXT",
	  .help = "TEXT in base32." },
	{ .name = "b64dec",
	  .takes = { ARG_STRING },
	  .run = fn_b64dec,
	  .usage = "b64dec TEXT",
	  .help = "TEXT decoded from base64, or what is wrong with it." },
	{ .name = "b64enc",
	  .takes = { ARG_STRING },
	  .run = fn_b64enc,
	  .usage = "b64enc TEXT",
	  .help = "TEXT in base64." },
	{ .name = "mustFromJson",
	  .takes = { ARG_STRING },
	  .run = fn_must_from_json,
	  .usage = "mustFromJson TEXT",
	  .help = "The value that TEXT holds as JSON." },
	{ .name = "mustToPrettyJson",
	  .takes = { ARG_ANY },
	  .run = fn_must_to_pretty_json,
	  .usage = "mustToPrettyJson VALUE",
	  .help = "The same as toPrettyJson, but fails if there is no JSON "
		  "for VALUE." },
	{ .name = "mustToRawJson",
	  .takes = { ARG_ANY },
	  .run = fn_to_raw_json,
	  .usage = "mustToRawJson VALUE",
	  .help = "The same as toRawJson." },
	{ .name = "sha1sum",
	  .takes = { ARG_STRING },
	  .run = fn_sha1sum,
	  .usage = "sha1sum TEXT",
	  .help = "The SHA-1 digest of TEXT in hexadecimal digits." },
	{ .name = "sha256sum",
	  .takes = { ARG_STRING },
	  .run = fn_sha256sum,
	  .usage = "sha256sum TEXT",
	  .help = "The SHA-256 digest of TEXT in hexadecimal digits." },
	{ .name = "sha512sum",
	  .takes = { ARG_STRING },
	  .run = fn_sha512sum,
	  .usage = "sha512sum TEXT",
	  .help = "The SHA-512 digest of TEXT in hexadecimal digits." },
	{ .name = "toPrettyJson",
	  .takes = { ARG_ANY },
	  .run = fn_to_pretty_json,
	  .usage = "toPrettyJson VALUE",
	  .help = "VALUE as JSON, indented by two spaces." },
	{ .name = "toRawJson",
	  .takes = { ARG_ANY },
	  .run = fn_to_raw_json,
	  .usage = "toRawJson VALUE",
	  .help = "VALUE as JSON in which <, > and & stay as they are." },
	{ .name = NULL }
};
