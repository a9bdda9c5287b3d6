#include "templates/certificate_rsa.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/lib.h"
#include "base/pool.h"
#include "templates/certificate.h"

static struct {
#define FN(x) __typeof__(x) *x;
#include "templates/certificate_rsa.def"
#undef FN
} bn;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(__typeof__(bn), x) },
#include "templates/certificate_rsa.def"
#undef FN
};

static const char *const library_names[] = { "libcrypto.so.3",
					     "libcrypto.3.dylib",
					     "libcrypto.so", NULL };

static struct lib library = {
	.names = library_names,
	.package = "libssl3 (OpenSSL)",
	.functions = functions,
	.count = ARRAY_COUNT(functions),
	.table = &bn,
};

enum {
	/*
	 * Dividing by more primes leaves fewer numbers to test: as long as a
	 * prime less costs more than the tests it spares.
	 */
	PRIMES_BELOW_1024 = 1 << 17,
	PRIMES_BELOW_2048 = 1 << 19,
	/* Odd numbers: of 1024 bits one in 355 is prime, of 2048 in 710. */
	WINDOW = 8192,
	WINDOWS_MAX = 64,
	/* As FIPS 186-4 asks of primes of 1024 and more bits. */
	ROUNDS = 5,
	PARTS = 8,
	EXPONENT = 65537,
	PRIME_BYTES_MAX = 2048 / 8,
};

/* Odd primes whose product is a word: they share one long division. */
struct prime_group {
	uint64_t product;
	size_t count;
};

struct primes {
	uint32_t *items;
	struct prime_group *groups;
	size_t group_count;
};

/*
 * A number that is being looked for, from a random one on.  Both threads may
 * test some of its candidates, and the first that is prime counts, whoever
 * finds it.
 */
struct search {
	const struct primes *primes;
	unsigned char seed[PRIME_BYTES_MAX];
	size_t bytes;
	BIGNUM *from;          /* the window at hand */
	uint16_t left[WINDOW]; /* odd numbers behind it to be tested */
	size_t count;
	atomic_size_t next;  /* that nobody tests yet, as an index */
	atomic_size_t found; /* or as high as can be */
	BIGNUM *prime;       /* NULL: none yet */
};

static void add_prime(struct primes *primes, uint32_t prime, size_t index)
{
	struct prime_group *group = primes->groups + primes->group_count;

	primes->items[index] = prime;
	if (!primes->group_count || group[-1].product > UINT64_MAX / prime) {
		primes->group_count++;
		*group = (struct prime_group){ prime, 1 };
	} else {
		group[-1].product *= prime;
		group[-1].count++;
	}
}

/* The odd primes after 1, as many as are worth dividing by. */
static void find_primes(struct primes *primes, struct arena *arena,
			size_t below)
{
	bool *composite = arena_zalloc(arena, below / 2);
	size_t i, j, count = 0;

	/* There are fewer than that. */
	primes->items = arena_alloc(arena, below / 8 * sizeof(*primes->items));
	primes->groups =
		arena_alloc(arena, below / 16 * sizeof(*primes->groups));
	primes->group_count = 0;
	for (i = 1; i < below / 2; i++) {
		if (composite[i])
			continue;
		add_prime(primes, (uint32_t)(2 * i + 1), count++);
		for (j = 2 * i * (i + 1); j < below / 2; j += 2 * i + 1)
			composite[j] = true;
	}
}

/* Of the odd numbers behind one that leaves `has`, those that leave `rest`. */
static void strike_out(uint32_t prime, uint32_t has, uint32_t rest,
		       bool divided[WINDOW])
{
	uint32_t behind = rest + prime - has;
	size_t at;

	if (behind >= prime)
		behind -= prime;
	if (behind % 2)
		behind += prime;
	for (at = behind / 2; at < WINDOW; at += prime)
		divided[at] = true;
}

/*
 * Which of the odd numbers from `from` on cannot be used: a small prime
 * divides them, or the exponent divides the number before.
 */
static void divide(const struct primes *primes, const BIGNUM *from,
		   bool divided[WINDOW])
{
	const uint32_t *prime = primes->items;
	size_t i, k;

	memset(divided, false, WINDOW * sizeof(*divided));
	for (i = 0; i < primes->group_count; i++) {
		const struct prime_group *group = &primes->groups[i];
		uint64_t rest = bn.BN_mod_word(from, group->product);

		for (k = 0; k < group->count; k++, prime++)
			strike_out(*prime, (uint32_t)(rest % *prime), 0,
				   divided);
	}
	strike_out(EXPONENT, (uint32_t)bn.BN_mod_word(from, EXPONENT), 1,
		   divided);
}

/* A number that may be prime, and what it takes to find out. */
struct candidate {
	BIGNUM *number;
	BIGNUM *less; /* by one: odd times a power of two */
	BIGNUM *odd;
	int twos;
	BIGNUM *base;
	BIGNUM *power;
	BN_MONT_CTX *mont;
};

static bool candidate_new(struct candidate *candidate)
{
	candidate->number = bn.BN_new();
	candidate->less = bn.BN_new();
	candidate->odd = bn.BN_new();
	candidate->base = bn.BN_new();
	candidate->power = bn.BN_new();
	candidate->mont = bn.BN_MONT_CTX_new();
	return candidate->number && candidate->less && candidate->odd &&
	       candidate->base && candidate->power && candidate->mont;
}

static void candidate_free(struct candidate *candidate)
{
	bn.BN_clear_free(candidate->number);
	bn.BN_clear_free(candidate->less);
	bn.BN_clear_free(candidate->odd);
	bn.BN_clear_free(candidate->base);
	bn.BN_clear_free(candidate->power);
	bn.BN_MONT_CTX_free(candidate->mont);
}

static void candidate_set(struct candidate *candidate, const BIGNUM *from,
			  size_t distance, BN_CTX *room)
{
	bn.BN_copy(candidate->number, from);
	bn.BN_add_word(candidate->number, distance);
	bn.BN_copy(candidate->less, candidate->number);
	bn.BN_sub_word(candidate->less, 1);
	candidate->twos = 1;
	while (!bn.BN_is_bit_set(candidate->less, candidate->twos))
		candidate->twos++;
	bn.BN_rshift(candidate->odd, candidate->less, candidate->twos);
	bn.BN_MONT_CTX_set(candidate->mont, candidate->number, room);
}

/* From 2 to the number less 2. */
static void draw_base(struct candidate *candidate)
{
	bn.BN_sub_word(candidate->less, 2);
	bn.BN_priv_rand_range(candidate->base, candidate->less);
	bn.BN_add_word(candidate->less, 2);
	bn.BN_add_word(candidate->base, 2);
}

/* Whether the power tells that the number is no prime (Miller and Rabin). */
static bool tells_composite(struct candidate *candidate, BN_CTX *room)
{
	BIGNUM *power = candidate->power;
	int i;

	if (bn.BN_is_one(power))
		return false;
	for (i = 0; i < candidate->twos; i++) {
		if (bn.BN_cmp(power, candidate->less) == 0)
			return false;
		if (!bn.BN_mod_mul(power, power, power, candidate->number,
				   room))
			return true;
	}
	return true;
}

/* A round for both: some processors need no more time for two than for one. */
static bool take_powers(struct candidate pair[2], BN_CTX *room)
{
	draw_base(&pair[0]);
	draw_base(&pair[1]);
	return bn.BN_mod_exp_mont_consttime_x2(
		pair[0].power, pair[0].base, pair[0].odd, pair[0].number,
		pair[0].mont, pair[1].power, pair[1].base, pair[1].odd,
		pair[1].number, pair[1].mont, room);
}

/* One of the pair has passed a round: it has to pass all others as well. */
static bool is_prime(struct candidate pair[2], size_t which, BN_CTX *room)
{
	int i;

	candidate_set(&pair[!which], pair[which].number, 0, room);
	for (i = 1; i < ROUNDS; i += 2)
		if (!take_powers(pair, room) ||
		    tells_composite(&pair[0], room) ||
		    tells_composite(&pair[1], room))
			return false;
	return true;
}

static void sieve(void *context, size_t index)
{
	struct search *search = (struct search *)context + index;
	bool divided[WINDOW];
	uint16_t i;

	if (search->prime)
		return;
	divide(search->primes, search->from, divided);
	search->count = 0;
	for (i = 0; i < WINDOW; i++)
		if (!divided[i])
			search->left[search->count++] = i;
	atomic_init(&search->next, 0);
	atomic_init(&search->found, SIZE_MAX);
}

static void note_found(struct search *search, size_t at)
{
	size_t found = atomic_load(&search->found);

	while (at < found &&
	       !atomic_compare_exchange_weak(&search->found, &found, at))
		;
}

/* Test candidates until all before the first prime are known. */
static void take_part(struct search *search, struct candidate pair[2],
		      BN_CTX *room)
{
	size_t at, which;

	while (!search->prime &&
	       (at = atomic_fetch_add(&search->next, 2)) < search->count &&
	       at < atomic_load(&search->found)) {
		size_t two = at + 1 < search->count ? at + 1 : at;

		candidate_set(&pair[0], search->from, 2u * search->left[at],
			      room);
		candidate_set(&pair[1], search->from, 2u * search->left[two],
			      room);
		if (!take_powers(pair, room))
			return;
		which = tells_composite(&pair[0], room);
		if (!(which && tells_composite(&pair[1], room)) &&
		    is_prime(pair, which, room))
			note_found(search, which ? two : at);
	}
}

/* Each thread looks for one prime, then helps with the other. */
static void find_prime(void *context, size_t index)
{
	struct search *searches = context;
	struct candidate pair[2];
	BN_CTX *room = bn.BN_CTX_new();
	bool ready = candidate_new(&pair[0]);

	ready = candidate_new(&pair[1]) && ready && room;
	if (ready) {
		take_part(&searches[index], pair, room);
		take_part(&searches[!index], pair, room);
	}
	candidate_free(&pair[0]);
	candidate_free(&pair[1]);
	bn.BN_CTX_free(room);
}

static bool search_begin(struct search *search, const struct primes *primes)
{
	search->primes = primes;
	/* So that the product of two has all of its bits. */
	search->seed[0] |= 0xC0;
	search->seed[search->bytes - 1] |= 1;
	search->from = bn.BN_bin2bn(search->seed, (int)search->bytes, NULL);
	if (!search->from)
		return false;
	bn.BN_set_flags(search->from, BN_FLG_CONSTTIME);
	return true;
}

/* What was found in a window, or on to the next. */
static void close_window(struct search *search)
{
	size_t found = atomic_load(&search->found);

	if (search->prime)
		return;
	if (found == SIZE_MAX) {
		/* The top bits stay: a carry through all does not happen. */
		bn.BN_add_word(search->from, 2 * WINDOW);
	} else {
		bn.BN_add_word(search->from, 2u * search->left[found]);
		search->prime = search->from;
	}
}

/* The first primes from the numbers that were drawn; false: not found. */
static bool find_both(struct search searches[2])
{
	size_t workers = pool_default_workers(), i;

	for (i = 0; i < WINDOWS_MAX; i++) {
		pool_run(workers, 2, sieve, searches);
		pool_run(workers, 2, find_prime, searches);
		close_window(&searches[0]);
		close_window(&searches[1]);
		if (searches[0].prime && searches[1].prime)
			return true;
	}
	return false;
}

/* The parts of a key in the order of RFC 8017. */
enum part {
	PART_N,
	PART_E,
	PART_D,
	PART_P,
	PART_Q,
	PART_DP,
	PART_DQ,
	PART_QI,
};

/* From both primes, the larger one first. */
static bool complete(BIGNUM *parts[PARTS])
{
	BIGNUM *p1 = bn.BN_new(), *q1 = bn.BN_new(), *phi = bn.BN_new();
	BN_CTX *room = bn.BN_CTX_new();
	bool done;

	done = p1 && q1 && phi && room &&
	       bn.BN_mul(parts[PART_N], parts[PART_P], parts[PART_Q], room) &&
	       bn.BN_set_word(parts[PART_E], EXPONENT) &&
	       bn.BN_copy(p1, parts[PART_P]) && bn.BN_sub_word(p1, 1) &&
	       bn.BN_copy(q1, parts[PART_Q]) && bn.BN_sub_word(q1, 1) &&
	       bn.BN_mul(phi, p1, q1, room);
	if (done) {
		bn.BN_set_flags(phi, BN_FLG_CONSTTIME);
		bn.BN_set_flags(parts[PART_D], BN_FLG_CONSTTIME);
		done = bn.BN_mod_inverse(parts[PART_D], parts[PART_E], phi,
					 room) &&
		       bn.BN_div(NULL, parts[PART_DP], parts[PART_D], p1,
				 room) &&
		       bn.BN_div(NULL, parts[PART_DQ], parts[PART_D], q1,
				 room) &&
		       bn.BN_mod_inverse(parts[PART_QI], parts[PART_Q],
					 parts[PART_P], room);
	}
	bn.BN_clear_free(p1);
	bn.BN_clear_free(q1);
	bn.BN_clear_free(phi);
	bn.BN_CTX_free(room);
	return done;
}

static EVP_PKEY *key_of(BIGNUM *const parts[PARTS])
{
	static const char *const names[PARTS] = {
		[PART_N] = OSSL_PKEY_PARAM_RSA_N,
		[PART_E] = OSSL_PKEY_PARAM_RSA_E,
		[PART_D] = OSSL_PKEY_PARAM_RSA_D,
		[PART_P] = OSSL_PKEY_PARAM_RSA_FACTOR1,
		[PART_Q] = OSSL_PKEY_PARAM_RSA_FACTOR2,
		[PART_DP] = OSSL_PKEY_PARAM_RSA_EXPONENT1,
		[PART_DQ] = OSSL_PKEY_PARAM_RSA_EXPONENT2,
		[PART_QI] = OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
	};
	EVP_PKEY_CTX *context =
		bn.EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM_BLD *list = bn.OSSL_PARAM_BLD_new();
	OSSL_PARAM *all = NULL;
	EVP_PKEY *key = NULL;
	bool pushed = context && list;
	int i;

	for (i = 0; i < PARTS && pushed; i++)
		pushed = bn.OSSL_PARAM_BLD_push_BN(list, names[i], parts[i]);
	if (pushed)
		all = bn.OSSL_PARAM_BLD_to_param(list);
	if (all && bn.EVP_PKEY_fromdata_init(context) > 0 &&
	    bn.EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, all) <= 0)
		key = NULL;
	bn.OSSL_PARAM_free(all);
	bn.OSSL_PARAM_BLD_free(list);
	bn.EVP_PKEY_CTX_free(context);
	return key;
}

static EVP_PKEY *key_from(const struct search searches[2])
{
	BIGNUM *parts[PARTS] = { NULL };
	int i, order = bn.BN_cmp(searches[0].prime, searches[1].prime);
	EVP_PKEY *key = NULL;
	bool made = order != 0;

	for (i = 0; i < PARTS; i++) {
		if (i == PART_P || i == PART_Q)
			continue;
		parts[i] = bn.BN_new();
		made = made && parts[i];
	}
	parts[PART_P] = searches[order < 0].prime;
	parts[PART_Q] = searches[order > 0].prime;
	if (made && complete(parts))
		key = key_of(parts);
	for (i = 0; i < PARTS; i++)
		if (i != PART_P && i != PART_Q)
			bn.BN_clear_free(parts[i]);
	return key;
}

EVP_PKEY *certificate_rsa_key(struct crypto *crypto, int bits)
{
	struct search *searches =
		arena_zalloc(crypto->arena, 2 * sizeof(*searches));
	struct primes primes;
	EVP_PKEY *key = NULL;
	bool ready = true;
	size_t i;

	crypto->problem = NULL;
	if (!lib_load(&library, crypto->diags))
		return NULL;
	for (i = 0; i < 2; i++) {
		searches[i].bytes = (size_t)bits / 16;
		if (!certificate_draw(crypto, searches[i].seed,
				      searches[i].bytes))
			return NULL;
	}
	find_primes(&primes, crypto->arena,
		    bits > 2048 ? PRIMES_BELOW_2048 : PRIMES_BELOW_1024);
	for (i = 0; i < 2; i++)
		ready = search_begin(&searches[i], &primes) && ready;
	if (ready && find_both(searches))
		key = key_from(searches);
	if (!key)
		crypto->problem = "failed to generate private key";
	for (i = 0; i < 2; i++)
		bn.BN_clear_free(searches[i].from);
	memset(searches, 0, 2 * sizeof(*searches));
	bn.ERR_clear_error();
	return key;
}
