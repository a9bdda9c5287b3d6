/*
 * Functions whose results differ from run to run, unless the run has a seed.
 */
#include "base/arena.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "templates/exec.h"
#include "templates/func.h"
#include "templates/funcs/items.h"

/* The same number on machines of either byte order. */
static uint64_t little(const unsigned char *bytes, size_t len)
{
	uint64_t number = 0;

	while (len--)
		number = number << 8 | bytes[len];
	return number;
}

/* `count` numbers; NULL: reported. */
static uint32_t *draw(struct call *call, uint64_t count)
{
	uint32_t *numbers;
	size_t i;

	if (!call_fits(call, count, sizeof(*numbers)))
		return NULL;
	numbers = arena_alloc(call->arena,
			      ((size_t)count + 1) * sizeof(*numbers));
	if (!exec_random(call, numbers, (size_t)count * sizeof(*numbers)))
		return NULL;
	for (i = 0; i < count; i++)
		numbers[i] = (uint32_t)little((unsigned char *)&numbers[i], 4);
	return numbers;
}

static const char digits[] = "0123456789";
static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyz"
					 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789";
static const char printable[] = " !\"#$%&'()*+,-./0123456789:;<=>?@"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
				"abcdefghijklmnopqrstuvwxyz{|}~";

/* A count below zero gives nothing, and no error. */
static const struct value *choose(struct call *call, const char *characters)
{
	int64_t count = call_int(call, 0), i;
	size_t most = strlen(characters);
	uint32_t *numbers;
	struct str out;

	if (count <= 0)
		return call_give_opaque(call, "", 0);
	numbers = draw(call, (uint64_t)count);
	if (!numbers)
		return NULL;
	call_str(call, &out);
	str_reserve(&out, (size_t)count);
	for (i = 0; i < count; i++)
		str_putc(&out, characters[numbers[i] % most]);
	return call_give_str(call, &out);
}

static const struct value *fn_rand_alpha(struct call *call)
{
	return choose(call, letters);
}

static const struct value *fn_rand_alpha_num(struct call *call)
{
	return choose(call, letters_and_digits);
}

static const struct value *fn_rand_ascii(struct call *call)
{
	return choose(call, printable);
}

static const struct value *fn_rand_numeric(struct call *call)
{
	return choose(call, digits);
}

static const struct value *fn_rand_bytes(struct call *call)
{
	int64_t count = call_int(call, 0);
	struct str out;
	char *bytes;

	if (count < 0)
		return call_fail(call,
				 "runtime error: makeslice: len out of range");
	if (!call_fits(call, (uint64_t)count, 2))
		return NULL;
	bytes = arena_alloc(call->arena, (size_t)count + 1);
	if (!exec_random(call, bytes, (size_t)count))
		return NULL;
	call_str(call, &out);
	base64_encode(&out, bytes, (size_t)count);
	return call_give_str(call, &out);
}

static const struct value *fn_rand_int(struct call *call)
{
	int64_t from = call_int(call, 0), to = call_int(call, 1);
	uint64_t way = (uint64_t)to - (uint64_t)from, number;
	unsigned char bytes[sizeof(number)];

	if (to <= from || way > INT64_MAX)
		return call_fail(call, "invalid argument to Intn");
	if (!exec_random(call, bytes, sizeof(bytes)))
		return NULL;
	number = little(bytes, sizeof(bytes));
	return call_give_int(call, (int64_t)((uint64_t)from + number % way));
}

/* The characters of a text in another order. */
static const struct value *fn_shuffle(struct call *call)
{
	struct text text = call_text(call, 0);
	VEC(uint32_t) runes = { 0 };
	char bytes[UTF8_ROOM];
	uint32_t *numbers;
	size_t i, size;
	struct str out;

	for (i = 0; i < text.len; i += size)
		vec_push(call->arena, &runes,
			 utf8_decode(text.at + i, text.len - i, &size));
	numbers = draw(call, runes.count);
	if (!numbers)
		return NULL;
	for (i = runes.count; i > 1; i--) {
		size_t other = numbers[i - 1] % i;
		uint32_t rune = runes.items[other];

		runes.items[other] = runes.items[i - 1];
		runes.items[i - 1] = rune;
	}
	call_str(call, &out);
	for (i = 0; i < runes.count; i++)
		str_put(&out, bytes, utf8_encode(bytes, runes.items[i]));
	return call_give_str(call, &out);
}

static const struct value *fn_uuidv4(struct call *call)
{
	unsigned char bytes[16];
	struct str out;
	size_t i;

	if (!exec_random(call, bytes, sizeof(bytes)))
		return NULL;
	bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
	bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
	call_str(call, &out);
	for (i = 0; i < sizeof(bytes); i++)
		str_printf(&out,
			   i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x"
								 : "%02x",
			   bytes[i]);
	return call_give_str(call, &out);
}

const struct func template_funcs_random[] = {
	{ .name = "randAlpha",
	  .takes = { ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_alpha,
	  .usage = "randAlpha COUNT",
	  .help = "COUNT random letters." },
	{ .name = "randAlphaNum",
	  .takes = { ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_alpha_num,
	  .usage = "randAlphaNum COUNT",
	  .help = "COUNT random letters and digits." },
	{ .name = "randAscii",
	  .takes = { ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_ascii,
	  .usage = "randAscii COUNT",
	  .help = "COUNT random printable characters of ASCII." },
	{ .name = "randBytes",
	  .takes = { ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_bytes,
	  .usage = "randBytes COUNT",
	  .help = "COUNT random bytes in base64." },
	{ .name = "randInt",
	  .takes = { ARG_INT, ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_int,
	  .usage = "randInt FROM TO",
	  .help = "A random whole number from FROM up to TO, without it." },
	{ .name = "randNumeric",
	  .takes = { ARG_INT },
	  .random = FUNC_DRAWS,
	  .run = fn_rand_numeric,
	  .usage = "randNumeric COUNT",
	  .help = "COUNT random digits." },
	{ .name = "shuffle",
	  .takes = { ARG_STRING },
	  .random = FUNC_DRAWS,
	  .run = fn_shuffle,
	  .usage = "shuffle TEXT",
	  .help = "The characters of TEXT in a random order." },
	{ .name = "uuidv4",
	  .random = FUNC_DRAWS,
	  .run = fn_uuidv4,
	  .usage = "uuidv4",
	  .help = "A random UUID." },
	{ .name = NULL }
};
