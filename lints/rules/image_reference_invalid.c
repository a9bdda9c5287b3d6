/*
 * image-reference-invalid: an image that no container runtime can pull.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "lints/subjects/image.h"
#include "model/value.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) && (unsigned char)c < 0x80;
}

static const char *bad_repository(const char *text)
{
	size_t i, len = strlen(text);

	if (!len)
		return "it has no name";
	for (i = 0; i < len; i++) {
		if (isupper((unsigned char)text[i]))
			return "its name has upper-case letters";
		if (!is_word(text[i]) && !strchr("._-/", text[i]))
			return "its name has characters that are not allowed";
		if (!is_word(text[i]) &&
		    (i == 0 || i + 1 == len || text[i + 1] == '/' ||
		     (text[i] == '/' && !is_word(text[i + 1]))))
			return "a part of its name begins or ends with a "
			       "separator";
	}
	return NULL;
}

static const char *bad_tag(const char *tag)
{
	size_t i, len = strlen(tag);

	if (len > 128)
		return "its tag has more than 128 characters";
	for (i = 0; i < len; i++)
		if (!is_word(tag[i]) && tag[i] != '_' &&
		    (i == 0 || (tag[i] != '.' && tag[i] != '-')))
			return "its tag has characters that are not allowed";
	return NULL;
}

static const char *bad_digest(const char *digest)
{
	const char *colon = strchr(digest, ':');
	size_t len = colon ? strlen(colon + 1) : 0;

	if (!colon || strspn(colon + 1, "0123456789abcdef") != len)
		return "its digest is not algorithm:hexadecimal digits";
	if (strncmp(digest, "sha256:", 7) == 0 && len != 64)
		return "its digest does not have 64 digits";
	return NULL;
}

static const char *refused(struct lint_run *run, const char *text)
{
	struct lint_image image = lint_image_split(run->arena, text);
	size_t len = strlen(text);
	const char *reason;

	if (!len)
		return "it is empty";
	if (strstr(text, "<no value>"))
		return "a value was not set";
	if (strcspn(text, " \t\r\n") != len)
		return "it has white space";
	if (text[len - 1] == ':' || text[len - 1] == '@')
		return "its tag is empty";
	reason = bad_repository(image.repository);
	if (!reason)
		reason = bad_tag(image.tag);
	if (!reason && *image.digest)
		reason = bad_digest(image.digest);
	return reason;
}

/*
 * Variables and references of build tools are for others to fill in, and
 * OpenShift fills in the images of a DeploymentConfig.
 */
static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");
	const char *text = value_string(image);
	const char *reason;

	/* A placeholder is reported as such. */
	if (text && *text == '<' && lint_is_on(run, LINT_RULE_placeholder_left))
		return;
	if (!text || strchr(text, '$') || strstr(text, "://") ||
	    strcmp(c->object->kind, "DeploymentConfig") == 0)
		return;
	reason = refused(run, text);
	if (reason)
		lint_report(run, image, "'%s' is not an image reference: %s",
			    text, reason);
}

const struct lint_rule lint_image_reference_invalid = {
	.name = "image-reference-invalid",
	.code = "PL8105",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An image is not a valid reference.",
	.why = "The pod stays in InvalidImageName.",
	.fix = "Write registry/name:tag or @sha256:….",
	.check_container = check,
};
