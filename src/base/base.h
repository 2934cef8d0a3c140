/* base.h - what every room starts from: short names for numbers, bytes with a length,
 * and must(), the check for what can only be our own fault. Bigger things of this room
 * have headers of their own: arena, trap, err, buf, due, tree, ring, prng, hash, num,
 * utf8. Pure: nothing here asks the operating system for anything but memory. */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

/* Aligned like the others, so that it makes no struct larger. */
typedef __int128 i128 __attribute__((aligned(8)));

/* How many elements an array has. Not for pointers. */
#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Bytes with a length; not ended by a zero. Whoever makes one says who owns the bytes:
 * mostly they are borrowed from an arena, a request or a state row. */
struct str {
    const char *data; /* borrowed; may be NULL when len is 0 */
    size_t len;
};

/* A struct str of a string literal; of a C string; of a part. */
#define STR(literal) ((struct str){"" literal "", sizeof(literal) - 1})
/* The two for printf: printf("%.*s", ARG(s)). */
#define ARG(s) (int)(s).len, (s).data ? (s).data : ""

static inline struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool str_is(struct str a, const char *text)
{
    return str_equal(a, str_of(text));
}

/* Bytewise order, a shorter string before a longer one that begins with it. */
static inline int str_compare(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.data, b.data, common) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len &&
           (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 ||
            memcmp(s.data + s.len - suffix.len, suffix.data, suffix.len) == 0);
}

/* Without white space (space, tab, line breaks) at both ends. Borrows from s. */
struct str str_trim(struct str s);

/* The decimal number in all of s, with an optional minus; false when there is anything
 * else, nothing at all, or too much for the type. */
bool str_to_i64(struct str s, i64 *out);
bool str_to_u64(struct str s, u64 *out);
/* The other way, without a zero at the end; returns how many digits there are. */
#define U64_DIGITS 20
size_t str_from_u64(char to[U64_DIGITS], u64 value);

/* must(condition): what can only be false by our own fault. On in all builds. Inside an
 * engine step it unwinds to the step (see trap.h), elsewhere it ends the process. */
#define must(condition) \
    ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__, __func__))

_Noreturn void must_failed(const char *condition, const char *file, int line,
                           const char *function);

/* The memory that was asked for. Where there is none the process ends, also inside a
 * step: no instance is to blame, and the log knows all that was acknowledged. */
void *must_have(void *memory);

/* calloc and realloc of memory that must be had. The caller frees. */
void *must_alloc(size_t size); /* zeroed */
void *must_realloc(void *old, size_t size);

#endif
