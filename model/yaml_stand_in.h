/*
 * Characters that go-yaml reads as part of a text where libyaml does not are
 * replaced by others of the same length that the document does not hold, and
 * put back in scalars.  Private to the events of the parser.
 */
#ifndef MODEL_YAML_STAND_IN_H
#define MODEL_YAML_STAND_IN_H

#include <stdbool.h>
#include <stddef.h>

enum yaml_stand_in {
	YAML_STAND_IN_MARK,  /* a byte order mark inside, a letter in v2 */
	YAML_STAND_IN_COLON, /* {a:, b}: part of the key in v2 */
	YAML_STAND_IN_QUOTE, /* \' in double quotes */
	YAML_STAND_IN_SLASH, /* the / of \/, which is no escape in v2 */
	YAML_STAND_IN_COMMA, /* !a,[b]: all of it the tag */
	YAML_STAND_IN_OPEN,
	YAML_STAND_IN_CLOSE,
	YAML_STAND_INS
};

struct yaml_stand_ins {
	const char *chosen[YAML_STAND_INS]; /* NULL: not needed yet */
};

bool yaml_text_holds(const char *text, size_t len, const char *bytes);

/* A character that the document does not hold; false if there is none. */
bool yaml_stand_ins_choose(struct yaml_stand_ins *ins, enum yaml_stand_in which,
			   const char *text, size_t len);

/* Put back what stands for something else; the text only gets shorter. */
void yaml_stand_ins_restore(const struct yaml_stand_ins *ins, char *text,
			    size_t *len);

#endif
