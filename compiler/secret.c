#include "compiler/secret.h"

#include <string.h>

#include "base/attr.h"

bool secret_key(const char *key, size_t len)
{
	static const char *const ends[] = {
		"password",  "passwd",     "passphrase", "token",
		"secret",    "apikey",     "api_key",    "api-key",
		"accesskey", "access_key", "privatekey", "private_key",
	};
	size_t i, j, end;

	while (len && strchr("\"' \t", key[len - 1]))
		len--;
	for (i = 0; i < ARRAY_COUNT(ends); i++) {
		end = strlen(ends[i]);
		for (j = 0; j < end && end <= len; j++)
			if ((key[len - end + j] | 0x20) != (ends[i][j] | 0x20))
				break;
		if (j == end)
			return true;
	}
	return false;
}
