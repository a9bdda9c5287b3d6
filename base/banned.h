/*
 * Functions we do not call, and what to call instead.  Included by every
 * build through -include, so that a use does not compile.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BANNED(name) sorry_##name##_is_banned

#undef strcpy
#define strcpy BANNED(strcpy) /* arena_strdup */
#undef strcat
#define strcat BANNED(strcat) /* arena_join, str_puts */
#undef strncpy
#define strncpy BANNED(strncpy) /* arena_strndup */
#undef strncat
#define strncat BANNED(strncat) /* str_put */
#undef sprintf
#define sprintf BANNED(sprintf) /* arena_printf, str_printf */
#undef vsprintf
#define vsprintf BANNED(vsprintf) /* arena_vprintf, str_vprintf */
#undef gets
#define gets BANNED(gets) /* file_read_all */
#undef atoi
#define atoi BANNED(atoi) /* number_parse_int */
#undef atof
#define atof BANNED(atof) /* number_parse_float */
#undef strtol
#define strtol BANNED(strtol) /* number_parse_int */
#undef strtoul
#define strtoul BANNED(strtoul) /* number_parse_uint */
#undef strtod
#define strtod BANNED(strtod) /* number_parse_float */
#undef system
#define system BANNED(system) /* nothing runs another program */
#undef popen
#define popen BANNED(popen) /* nothing runs another program */

#endif
