#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/trap.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.data[0]))
        s = (struct str){s.data + 1, s.len - 1};
    while (s.len > 0 && is_space(s.data[s.len - 1]))
        s.len--;
    return s;
}

bool str_to_u64(struct str s, u64 *out)
{
    u64 value = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        u64 digit = (u64)(s.data[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

bool str_to_i64(struct str s, i64 *out)
{
    bool negative = s.len > 0 && s.data[0] == '-';
    u64 value;

    if (negative)
        s = (struct str){s.data + 1, s.len - 1};
    if (!str_to_u64(s, &value) || value > (u64)INT64_MAX + (negative ? 1 : 0))
        return false;
    *out = negative ? (i64)(0 - value) : (i64)value;
    return true;
}

/* From the last digit on, in a place that all of them fit into. */
size_t str_from_u64(char to[U64_DIGITS], u64 value)
{
    char all[U64_DIGITS];
    size_t at = U64_DIGITS;

    do {
        all[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    memcpy(to, all + at, U64_DIGITS - at);
    return U64_DIGITS - at;
}

void must_failed(const char *condition, const char *file, int line,
                 const char *function)
{
    struct trap *trap = trap_get();

    if (!trap) {
        fprintf(stderr, "fermata: must(%s) failed in %s, %s:%d\n", condition, function,
                file, line);
        abort();
    }
    snprintf(trap->text, sizeof(trap->text), "must(%s) failed in %s, %s:%d", condition,
             function, file, line);
    trap_spring(trap, TRAP_MUST);
}

void *must_have(void *memory)
{
    if (!memory)
        trap_set(NULL);
    must(memory);
    return memory;
}

void *must_alloc(size_t size)
{
    return must_have(calloc(1, size ? size : 1));
}

void *must_realloc(void *old, size_t size)
{
    return must_have(realloc(old, size ? size : 1));
}
