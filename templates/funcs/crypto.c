/*
 * Passwords, keys, certificates and ciphers.
 */
#include "base/arena.h"
#include "base/base64.h"
#include "base/diag.h"
#include "base/vec.h"
#include "model/json.h"
#include "templates/certificate.h"
#include "templates/exec.h"
#include "templates/func.h"
#include "templates/object.h"
#include "templates/password.h"

/* What a certificate needs beside the call: its reports go into the call. */
struct job {
	struct crypto crypto;
	struct diag_sink sink;
};

static bool draw(void *context, void *bytes, size_t len)
{
	return exec_random(context, bytes, len);
}

static void job_init(struct job *job, struct call *call)
{
	const struct template_options *options = exec_options(call->run);
	bool only_seen = options->seed == template_own_seed;

	diag_sink_init(&job->sink, call->arena);
	job->crypto = (struct crypto){ .arena = call->arena,
				       .diags = &job->sink,
				       .now = options->now,
				       .keys = only_seen ? options->keys : NULL,
				       .draw = options->seed ? draw : NULL,
				       .context = call };
}

static const struct value *job_failed(struct job *job, struct call *call,
				      const char *before)
{
	if (job->crypto.problem)
		return call_fail(call, "%s%s", before, job->crypto.problem);
	return call_fail(call, "%s", job->sink.diags.items[0]->message);
}

/* Certificates: Cert and Key. */

static const struct certificate *certificate_of(const struct value *value)
{
	return value->data;
}

static const struct object_part *certificate_parts(struct arena *arena,
						   const struct value *object)
{
	const struct certificate *certificate = certificate_of(object);
	struct object_part *parts = arena_zalloc(arena, 3 * sizeof(*parts));

	parts[0].name = "Cert";
	parts[0].value = value_new_cstring(arena, NULL, certificate->cert);
	parts[1].name = "Key";
	parts[1].value = value_new_cstring(arena, NULL, certificate->key);
	return parts;
}

static bool certificate_json(struct str *out, const struct value *value,
			     const char **error)
{
	const struct certificate *certificate = certificate_of(value);

	(void)error;
	str_puts(out, "{\"Cert\":");
	json_write_string(out, certificate->cert, strlen(certificate->cert),
			  false);
	str_puts(out, ",\"Key\":");
	json_write_string(out, certificate->key, strlen(certificate->key),
			  false);
	str_putc(out, '}');
	return true;
}

static const struct value *certificate_field(struct arena *arena,
					     const struct value *object,
					     const char *name, size_t len)
{
	const struct certificate *certificate = certificate_of(object);
	const char *text = NULL;

	if (len == 4 && memcmp(name, "Cert", 4) == 0)
		text = certificate->cert;
	else if (len == 3 && memcmp(name, "Key", 3) == 0)
		text = certificate->key;
	if (!text)
		return NULL;
	return value_new_cstring(arena, &object->origin, text);
}

static const struct object_class certificate_class = {
	.model = { .go_type = "sprig.certificate",
		   .json = certificate_json,
		   .fields = object_fields },
	.kind = "struct",
	.field = certificate_field,
	.parts = certificate_parts,
};

static const struct value *give(struct call *call,
				const struct certificate *certificate)
{
	struct certificate *copy = arena_alloc(call->arena, sizeof(*copy));
	struct value *value;

	*copy = *certificate;
	value = object_wrap(call->arena, &certificate_class, copy);
	value->origin = call->origin;
	return value;
}

static const struct value *make(struct call *call,
				const struct certificate_request *request)
{
	struct certificate certificate;
	struct job job;

	job_init(&job, call);
	if (!certificate_make(&job.crypto, request, &certificate))
		return job_failed(&job, call,
				  request->key ? "parsing private key: " : "");
	return give(call, &certificate);
}

/* Texts of a list argument; false: an item is no string, reported. */
static bool texts_of(struct call *call, size_t index, const char *words,
		     const char *const **texts)
{
	const struct value *list = call_arg(call, index), *item;
	VEC(const char *) found = { 0 };
	struct text shown;

	list_foreach (item, list) {
		shown = call_print(call, item);
		if (!value_is_string(item)) {
			call_fail(call, "%s: %.*s is not a string", words,
				  (int)shown.len, shown.at);
			return false;
		}
		vec_push(call->arena, &found, value_string(item));
	}
	*texts = found.items;
	return true;
}

/* NAME IPS DNS DAYS, as the arguments of three functions begin. */
static bool read_request(struct call *call, struct certificate_request *request)
{
	size_t i;

	memset(request, 0, sizeof(*request));
	request->name = call_string(call, 0);
	request->ip_count = value_count(call_arg(call, 1));
	request->dns_count = value_count(call_arg(call, 2));
	request->days = call_int(call, 3);
	if (!texts_of(call, 1, "error parsing ip", &request->ips))
		return false;
	for (i = 0; i < request->ip_count; i++) {
		if (certificate_is_ip(request->ips[i]))
			continue;
		call_fail(call, "error parsing ip: %s", request->ips[i]);
		return false;
	}
	return texts_of(call, 2, "error processing alternate dns name",
			&request->dns);
}

static const struct value *fn_gen_ca(struct call *call)
{
	struct certificate_request request = { .name = call_string(call, 0),
					       .days = call_int(call, 1),
					       .authority = true };

	if (call->count > 2)
		request.key = call_string(call, 2);
	return make(call, &request);
}

static const struct value *fn_gen_self_signed(struct call *call)
{
	struct certificate_request request;

	if (!read_request(call, &request))
		return NULL;
	if (call->count > 4)
		request.key = call_string(call, 4);
	return make(call, &request);
}

static const struct value *fn_gen_signed(struct call *call)
{
	const struct value *issuer = call_arg(call, 4);
	struct certificate_request request;

	if (!read_request(call, &request))
		return NULL;
	request.issuer = certificate_of(issuer);
	if (call->count > 5)
		request.key = call_string(call, 5);
	return make(call, &request);
}

/* The text that an argument holds in base64; NULL: it does not. */
static const char *decoded(struct call *call, size_t index)
{
	struct text text = call_text(call, index);
	struct str out;
	size_t at;

	str_init(&out, call->arena);
	if (!base64_decode(&out, text.at, text.len, &at))
		return NULL;
	return str_text(&out);
}

static const struct value *fn_build_custom_cert(struct call *call)
{
	struct certificate certificate = { decoded(call, 0), decoded(call, 1) };
	struct job job;

	if (!certificate.cert)
		return call_fail(call, "unable to decode base64 certificate");
	if (!certificate.key)
		return call_fail(call, "unable to decode base64 private key");
	job_init(&job, call);
	if (!certificate_check(&job.crypto, &certificate))
		return job_failed(&job, call, "");
	return give(call, &certificate);
}

/* A kind that nobody knows is told in the result, without an error. */
static const struct value *fn_gen_private_key(struct call *call)
{
	static const char *const types[] = { "rsa", "dsa", "ecdsa", "ed25519" };
	const char *type = call_string(call, 0), *text;
	struct job job;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(types); i++) {
		if (strcmp(types[i], type) == 0)
			break;
	}
	if (i == ARRAY_COUNT(types)) {
		text = arena_join(call->arena, "Unknown type ", type);
		return call_give_opaque(call, text, strlen(text));
	}
	/* OpenSSL draws the numbers of the others. */
	if (exec_repeats(call) &&
	    (strcmp(type, "dsa") == 0 || strcmp(type, "ecdsa") == 0))
		exec_note_random(call);
	job_init(&job, call);
	text = certificate_new_key(&job.crypto, type);
	if (!text)
		return job_failed(&job, call, "");
	return call_give_opaque(call, text, strlen(text));
}

static const char *bcrypt(struct call *call, size_t index)
{
	struct text password = call_text(call, index);
	unsigned char salt[PASSWORD_SALT];
	const char *hash;
	struct job job;

	if (password.len > 72)
		return "failed to encrypt string with bcrypt: bcrypt: "
		       "password length exceeds 72 bytes";
	if (!exec_random(call, salt, sizeof(salt)))
		return NULL;
	job_init(&job, call);
	hash = password_bcrypt(call->arena, &job.sink, call_string(call, index),
			       salt);
	if (!hash)
		job_failed(&job, call, "");
	return hash;
}

static const struct value *fn_bcrypt(struct call *call)
{
	const char *hash = bcrypt(call, 0);

	return hash ? call_give_opaque(call, hash, strlen(hash)) : NULL;
}

static const struct value *fn_htpasswd(struct call *call)
{
	const char *user = call_string(call, 0), *hash, *text;

	if (strchr(user, ':')) {
		text = arena_join(call->arena, "invalid username: ", user);
		return call_give_opaque(call, text, strlen(text));
	}
	hash = bcrypt(call, 1);
	if (!hash)
		return NULL;
	text = arena_printf(call->arena, "%s:%s", user, hash);
	return call_give_opaque(call, text, strlen(text));
}

static const struct value *fn_derive_password(struct call *call)
{
	struct text password = call_text(call, 2), user = call_text(call, 3);
	struct text site = call_text(call, 4);
	struct text salt = password_salt(call->arena, &user);
	const char *kind = call_string(call, 1), *text;
	unsigned char key[64];
	struct job job;

	job_init(&job, call);
	if (!certificate_scrypt(&job.crypto, &password, &salt, key))
		return job_failed(&job, call, "");
	text = password_derive(call->arena, kind, key, &site,
			       (uint32_t)call_int(call, 0));
	if (!text)
		text = arena_join(call->arena, "cannot find password template ",
				  kind);
	return call_give_opaque(call, text, strlen(text));
}

/* The bytes of the password, cut or filled with zeros. */
static void aes_key(struct call *call, struct aes *aes)
{
	struct text password = call_text(call, 0);
	size_t len = password.len < sizeof(aes->key) ? password.len
						     : sizeof(aes->key);

	memset(aes->key, 0, sizeof(aes->key));
	memcpy(aes->key, password.at, len);
}

enum {
	BLOCK = 16
};

static const struct value *fn_encrypt_aes(struct call *call)
{
	struct text text = call_text(call, 1);
	size_t pad = BLOCK - text.len % BLOCK, len = text.len + pad;
	struct aes aes = { .encrypt = true };
	unsigned char *all, *padded;
	struct job job;
	struct str out;

	if (!text.len)
		return call_give_opaque(call, "", 0);
	aes_key(call, &aes);
	if (!exec_random(call, aes.iv, sizeof(aes.iv)))
		return NULL;
	all = arena_alloc(call->arena, BLOCK + len);
	padded = arena_alloc(call->arena, len);
	memcpy(all, aes.iv, BLOCK);
	memcpy(padded, text.at, text.len);
	memset(padded + text.len, (int)pad, pad);
	job_init(&job, call);
	if (!certificate_aes(&job.crypto, &aes, padded, len, all + BLOCK))
		return job_failed(&job, call, "");
	str_init(&out, call->arena);
	base64_encode(&out, (const char *)all, BLOCK + len);
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

/* What remains of the decrypted blocks without the padding they name. */
static const struct value *give_decrypted(struct call *call,
					  const unsigned char *text, size_t len)
{
	long long end = len ? (long long)len - text[len - 1] : 0;

	if (!len)
		return call_fail(call, "runtime error: index out of range "
				       "[-1]");
	if (end < 0)
		return call_fail(call,
				 "runtime error: slice bounds out of range "
				 "[:%lld]",
				 end);
	return call_give_opaque(call, (const char *)text, (size_t)end);
}

static const struct value *fn_decrypt_aes(struct call *call)
{
	struct text text = call_text(call, 1);
	struct aes aes = { .encrypt = false };
	unsigned char *plain;
	size_t at = 0, len;
	struct job job;
	struct str out;

	if (!text.len)
		return call_give_opaque(call, "", 0);
	aes_key(call, &aes);
	str_init(&out, call->arena);
	if (!base64_decode(&out, text.at, text.len, &at))
		return call_fail(call, "illegal base64 data at input byte %zu",
				 at);
	if (out.len < BLOCK)
		return call_fail(call,
				 "runtime error: slice bounds out of range "
				 "[:16] with capacity %zu",
				 text.len / 4 * 3);
	len = out.len - BLOCK;
	if (len % BLOCK)
		return call_fail(call, "crypto/cipher: input not full blocks");
	memcpy(aes.iv, out.text, BLOCK);
	plain = arena_alloc(call->arena, len + BLOCK);
	job_init(&job, call);
	if (!certificate_aes(&job.crypto, &aes,
			     (const unsigned char *)out.text + BLOCK, len,
			     plain))
		return job_failed(&job, call, "");
	return give_decrypted(call, plain, len);
}

const struct func template_funcs_crypto[] = {
	{ .name = "bcrypt",
	  .slow = true,
	  .takes = { ARG_STRING },
	  .random = FUNC_DRAWS,
	  .run = fn_bcrypt,
	  .usage = "bcrypt PASSWORD",
	  .help = "PASSWORD hashed by bcrypt with a new salt." },
	{ .name = "buildCustomCert",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_build_custom_cert,
	  .usage = "buildCustomCert CERT KEY",
	  .help = "The certificate and key, both in base64 of PEM, as an "
		  "object with Cert and Key." },
	{ .name = "decryptAES",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_decrypt_aes,
	  .usage = "decryptAES PASSWORD TEXT",
	  .help = "What encryptAES made TEXT from." },
	{ .name = "derivePassword",
	  .slow = true,
	  .takes = { ARG_UINT32, ARG_STRING, ARG_STRING, ARG_STRING,
		     ARG_STRING },
	  .run = fn_derive_password,
	  .usage = "derivePassword COUNTER KIND PASSWORD USER SITE",
	  .help = "A password for SITE by the Master Password algorithm; KIND "
		  "is maximum, long, medium, short, basic or pin." },
	{ .name = "encryptAES",
	  .takes = { ARG_STRING, ARG_STRING },
	  .random = FUNC_DRAWS,
	  .run = fn_encrypt_aes,
	  .usage = "encryptAES PASSWORD TEXT",
	  .help = "TEXT encrypted with AES-256 in CBC mode, in base64." },
	{ .name = "genCA",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_INT },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_ca,
	  .usage = "genCA NAME DAYS",
	  .help = "A new certificate authority: an object with Cert and "
		  "Key." },
	{ .name = "genCAWithKey",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_INT, ARG_STRING },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_ca,
	  .usage = "genCAWithKey NAME DAYS KEY",
	  .help = "The same as genCA, for a key in PEM." },
	{ .name = "genPrivateKey",
	  .slow = true,
	  .takes = { ARG_STRING },
	  .random = FUNC_DRAWS,
	  .run = fn_gen_private_key,
	  .usage = "genPrivateKey TYPE",
	  .help = "A new private key in PEM; TYPE is rsa, dsa, ecdsa or "
		  "ed25519." },
	{ .name = "genSelfSignedCert",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_LIST, ARG_LIST, ARG_INT },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_self_signed,
	  .usage = "genSelfSignedCert NAME IPS HOSTS DAYS",
	  .help = "A new certificate that signs itself: an object with Cert "
		  "and Key." },
	{ .name = "genSelfSignedCertWithKey",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_LIST, ARG_LIST, ARG_INT, ARG_STRING },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_self_signed,
	  .usage = "genSelfSignedCertWithKey NAME IPS HOSTS DAYS KEY",
	  .help = "The same as genSelfSignedCert, for a key in PEM." },
	{ .name = "genSignedCert",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_LIST, ARG_LIST, ARG_INT, ARG_CERTIFICATE },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_signed,
	  .usage = "genSignedCert NAME IPS HOSTS DAYS CA",
	  .help = "A new certificate signed by CA: an object with Cert and "
		  "Key." },
	{ .name = "genSignedCertWithKey",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_LIST, ARG_LIST, ARG_INT, ARG_CERTIFICATE,
		     ARG_STRING },
	  .random = FUNC_DRAWS | FUNC_TIME,
	  .run = fn_gen_signed,
	  .usage = "genSignedCertWithKey NAME IPS HOSTS DAYS CA KEY",
	  .help = "The same as genSignedCert, for a key in PEM." },
	{ .name = "htpasswd",
	  .slow = true,
	  .takes = { ARG_STRING, ARG_STRING },
	  .random = FUNC_DRAWS,
	  .run = fn_htpasswd,
	  .usage = "htpasswd USER PASSWORD",
	  .help = "A line of an htpasswd file, hashed by bcrypt." },
	{ .name = NULL }
};
