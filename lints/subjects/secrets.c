#include "lints/subjects/secrets.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/glob.h"
#include "base/real.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/names.h"

const struct lint_param lint_secret_params[] = {
	{ "names", LINT_PARAM_TEXTS,
	  "[secret, password, passwd, pwd, token, bearer, apikey, "
	  "api_key, access_key, private_key, credential, "
	  "aws_secret_access_key, google_application_credentials, "
	  "azure_*key, oci_cli_key_content]",
	  "Parts of names that tell a secret, whatever the case; * is "
	  "any text." },
	{ "ignoreNames", LINT_PARAM_TEXTS, "[]",
	  "Names that are none; * is any text." },
	{ "ignoreValues", LINT_PARAM_TEXTS, "[]",
	  "Values that are none; * is any text." },
	{ .name = NULL }
};

enum {
	JWT_PART = 10 /* characters of a part, at least */
};

static const char *lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *at;

	for (at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

/* A pattern matches a part of the text. */
static bool has_part(struct arena *arena, const char *text, const char *pattern)
{
	if (!glob_is_pattern(pattern))
		return strstr(text, pattern) != NULL;
	return glob_match(GLOB_GOBWAS, arena_printf(arena, "*%s*", pattern),
			  text);
}

static bool is_any(struct arena *arena, const char *text,
		   const char *const *patterns)
{
	for (; *patterns; patterns++)
		if (has_part(arena, text, lower(arena, *patterns)))
			return true;
	return false;
}

/* tokenSecretName, token-secret.name: token_secret_name */
static const char *words_of(struct arena *arena, const char *name)
{
	char *copy = arena_alloc(arena, 2 * strlen(name) + 1), *out = copy;
	char last = '\0';

	for (; *name; last = *name++) {
		if (isupper((unsigned char)*name) &&
		    islower((unsigned char)last))
			*out++ = '_';
		*out++ = isalnum((unsigned char)*name)
				 ? (char)tolower((unsigned char)*name)
				 : '_';
	}
	*out = '\0';
	return copy;
}

static bool has_end(const char *name, const char *const *ends, size_t count)
{
	size_t i, len = strlen(name);

	for (i = 0; i < count; i++) {
		size_t tail = strlen(ends[i]);

		if (len >= tail && strcmp(name + len - tail, ends[i]) == 0)
			return true;
	}
	return false;
}

/* Names of things beside the secret: DB_PASSWORD_FILE. */
static bool names_something_else(struct arena *arena, const char *of)
{
	static const char *const ends[] = {
		"_file",       "_path",
		"_name",       "_ref",
		"_url",        "_ttl",
		"_length",     "_enabled",
		"_namespace",  "_type",
		"_provider",   "_policy",
		"_expiry",     "_timeout",
		"_duration",   "_interval",
		"_format",     "_header",
		"_expiration", "_lifetime",
		"_algorithm",  "_issuer",
		"_endpoint",   "_prefix",
		"_html",       "_md",
		"_tmpl",       "_tpl",
		"_cmd",        "_command",
		"_selector",   "_user",
		"_username",   "_initial_cluster_token",
		"_mode",       "_method",
		"_size",       "_count",
		"_strategy",   "_audience",
		"_claim",      "_scope",
		"_level",      "_version",
		"_required",   "_kube_secret",
	};

	return has_end(words_of(arena, of), ends, ARRAY_COUNT(ends));
}

/* DB_SECRET: web-db, of which there is one; a password is never a name. */
static bool names_secret(struct lint_run *run, const char *of,
			 const char *value)
{
	static const char *const ends[] = { "secret", "secrets", "credential",
					    "credentials" };

	return has_end(words_of(run->arena, of), ends, ARRAY_COUNT(ends)) &&
	       (lint_names_anywhere(run, "", "Secret", value) ||
		(run->object &&
		 lint_names_made(run, "Secret",
				 lint_namespace(run, run->object), value)));
}

static bool is_number(const char *value)
{
	return value[strspn(value, "0123456789.+-_")] == '\0';
}

/* Only $(X) references. */
static bool is_reference(const char *value)
{
	while (*value == '$' && value[1] == '(') {
		value = strchr(value, ')');
		if (!value)
			return false;
		value++;
	}
	return !*value;
}

/* "jwt,priv-key=/etc/token.pem,sign-method=RS256": what reads a file. */
static bool names_file(const char *value)
{
	return strstr(value, "=/") && strchr(value, ',');
}

/* A URL is none unless it has user and password in it. */
static bool is_plain_url(const char *value)
{
	const char *host = strstr(value, "://");
	size_t len;

	if (!host)
		return false;
	host += 3;
	len = strcspn(host, "/?#");
	return !memchr(host, '@', len);
}

static bool is_harmless(const char *value)
{
	static const char *const words[] = { "true",    "false", "yes",
					     "no",      "on",    "off",
					     "none",    "null",  "enabled",
					     "disabled" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i], value) == 0)
			return true;
	return !*value || *value == '/' || strncmp(value, "./", 2) == 0 ||
	       is_number(value) || is_reference(value) || is_plain_url(value) ||
	       names_file(value);
}

/* "-----BEGIN RSA PRIVATE KEY-----", and with fewer dashes as SSH2 has it. */
static bool has_private_key(const char *text)
{
	static const char opening[] = "BEGIN ", what[] = "PRIVATE KEY";
	const char *begin = text, *key = text, *end;

	while ((begin = strstr(begin, opening)) != NULL) {
		if (begin - text < 3 || strspn(begin - 3, "- ") < 3) {
			begin += strlen(opening);
			continue;
		}
		if (key < begin)
			key = strstr(begin, what);
		if (!key)
			return false;
		end = begin + strcspn(begin, "\n");
		if (key < end)
			return true;
		begin = end;
	}
	return false;
}

bool lint_secret_is_clear(struct lint_run *run, const char *name,
			  const char *value)
{
	const char *low;

	if (has_private_key(value))
		return true;
	if (is_harmless(value))
		return false;
	low = lower(run->arena, name);
	if (names_something_else(run->arena, name) ||
	    !is_any(run->arena, low, lint_param_texts(run, "names")) ||
	    is_any(run->arena, low, lint_param_texts(run, "ignoreNames")) ||
	    names_secret(run, name, value))
		return false;
	return !is_any(run->arena, lower(run->arena, value),
		       lint_param_texts(run, "ignoreValues"));
}

/* Characters of a token behind its front. */
enum alphabet {
	UPPER,
	WORD,
	HEXADECIMAL
};

static bool is_in(enum alphabet alphabet, char byte)
{
	unsigned char c = (unsigned char)byte;

	switch (alphabet) {
	case UPPER:
		return isupper(c) || isdigit(c);
	case WORD:
		return isalnum(c) || c == '_' || c == '-';
	case HEXADECIMAL:
		return isdigit(c) || (c >= 'a' && c <= 'f');
	}
	return false;
}

static const struct {
	const char *front;
	size_t least; /* characters behind it */
	size_t most;
	enum alphabet alphabet;
	const char *what;
} tokens[] = {
	{ "AKIA", 16, 16, UPPER, "an AWS access key" },
	{ "ASIA", 16, 16, UPPER, "an AWS access key" },
	{ "AIza", 35, 35, WORD, "a Google API key" },
	{ "ghp_", 36, 36, WORD, "a GitHub token" },
	{ "gho_", 36, 36, WORD, "a GitHub token" },
	{ "ghu_", 36, 36, WORD, "a GitHub token" },
	{ "ghs_", 36, 36, WORD, "a GitHub token" },
	{ "ghr_", 36, 36, WORD, "a GitHub token" },
	{ "github_pat_", 60, 90, WORD, "a GitHub token" },
	{ "glpat-", 20, 60, WORD, "a GitLab token" },
	{ "npm_", 36, 36, WORD, "an npm token" },
	{ "sk_live_", 24, 120, WORD, "a Stripe key" },
	{ "rk_live_", 24, 120, WORD, "a Stripe key" },
	{ "xoxb-", 20, 120, WORD, "a Slack token" },
	{ "xoxp-", 20, 120, WORD, "a Slack token" },
	{ "hvs.", 24, 200, WORD, "a Vault token" },
	{ "NRAK-", 27, 27, UPPER, "a New Relic key" },
	{ "api-", 36, 36, HEXADECIMAL, "a LaunchDarkly key" },
	{ "sdk-", 36, 36, HEXADECIMAL, "a LaunchDarkly key" },
	{ "SK", 32, 32, HEXADECIMAL, "a Twilio key" },
	{ "ATBB", 32, 32, WORD, "a Bitbucket password" },
	{ "dop_v1_", 64, 64, HEXADECIMAL, "a DigitalOcean token" },
};

/* Shannon's, in bits a character. */
static double randomness(const char *text, size_t len)
{
	size_t counts[256] = { 0 };
	double bits = 0;
	size_t i;

	for (i = 0; i < len; i++)
		counts[(unsigned char)text[i]]++;
	for (i = 0; i < 256; i++)
		if (counts[i]) {
			double share = (double)counts[i] / (double)len;

			bits -= share * real_log2(share);
		}
	return bits;
}

static bool is_random(const char *text, size_t len, int64_t entropy)
{
	return randomness(text, len) * 10 >= (double)entropy;
}

static const char *token_at(const char *at, int64_t entropy)
{
	size_t i, len;

	for (i = 0; i < ARRAY_COUNT(tokens); i++) {
		size_t front;

		if (tokens[i].front[0] != *at)
			continue;
		front = strlen(tokens[i].front);
		if (strncmp(at, tokens[i].front, front) != 0)
			continue;
		len = 0;
		while (len <= tokens[i].most &&
		       is_in(tokens[i].alphabet, at[front + len]))
			len++;
		if (len < tokens[i].least || len > tokens[i].most ||
		    isalnum((unsigned char)at[front + len]))
			continue;
		/* Sixteen letters cannot be as random as forty. */
		if (is_random(at + front, len,
			      tokens[i].alphabet == HEXADECIMAL || len < 20
				      ? entropy * 8 / 10
				      : entropy))
			return tokens[i].what;
	}
	return NULL;
}

/* eyJ...: base64url of {" ; three parts. */
static bool is_jwt(const char *at, int64_t entropy)
{
	size_t part, len, all = 0;

	if (strncmp(at, "eyJ", 3) != 0)
		return false;
	for (part = 0; part < 3; part++) {
		len = 0;
		while (is_in(WORD, at[all + len]))
			len++;
		if (len < JWT_PART || (part < 2 && at[all + len] != '.'))
			return false;
		all += len + 1;
	}
	return is_random(at, all - 1, entropy);
}

/* What tokens, and "eyJ", begin with. */
static const bool fronts[UCHAR_MAX + 1] = {
	['A'] = true, ['G'] = true, ['N'] = true, ['S'] = true, ['a'] = true,
	['d'] = true, ['e'] = true, ['g'] = true, ['h'] = true, ['n'] = true,
	['r'] = true, ['s'] = true, ['x'] = true,
};

const char *lint_secret_token(const char *text, size_t len, int64_t entropy)
{
	const char *what;
	size_t i;

	if (has_private_key(text))
		return "a private key";
	for (i = 0; i + LINT_SECRET_SHORTEST <= len; i++) {
		if (!fronts[(unsigned char)text[i]] ||
		    (i && isalnum((unsigned char)text[i - 1])))
			continue;
		what = token_at(text + i, entropy);
		if (what)
			return what;
		if (is_jwt(text + i, entropy))
			return "a JSON web token";
	}
	return NULL;
}
