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

void *must_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    must(memory);
    return memory;
}

void *must_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    must(memory);
    return memory;
}

struct str i64_digits(i64 value, char space[I64_DIGITS])
{
    u64 rest = value < 0 ? 0 - (u64)value : (u64)value;
    char *at = space + I64_DIGITS;

    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10));
    if (value < 0)
        *--at = '-';
    return (struct str){at, (size_t)(space + I64_DIGITS - at)};
}
