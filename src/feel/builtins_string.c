/* builtins_string.c - DMN 1.5, 10.3.4.3: string functions, with Camunda's additions.
 * Positions count code points. */
#include <stdio.h>

#include "base/utf8.h"
#include "feel/internal.h"

/* The bytes from one place to another. */
static struct str part(struct str s, size_t from, size_t to)
{
    return (struct str){s.data + from, to - from};
}

/* Where the code point of that number (from 0) begins; s.len beyond the last. */
static size_t offset_of(struct str s, size_t number)
{
    size_t at = 0;

    for (; number > 0 && at < s.len; number--)
        utf8_next(s, &at);
    return at;
}

/* The first place of `what` from `at` on; SIZE_MAX: none. */
static size_t find(struct str s, struct str what, size_t at)
{
    if (what.len == 0)
        return at;
    while (what.len <= s.len - at) {
        const char *hit = memchr(s.data + at, what.data[0], s.len - at - what.len + 1);
        if (!hit)
            break;
        at = (size_t)(hit - s.data);
        if (memcmp(hit, what.data, what.len) == 0)
            return at;
        at++;
    }
    return SIZE_MAX;
}

/* ---- parts ----------------------------------------------------------------------- */

static struct feel_value string_substring(struct eval *e, const struct feel_value *args)
{
    struct str s = args[0].string;
    i64 count = (i64)utf8_count(s), start = num_cut_i64(args[1].number), wanted = count;
    size_t from;

    if (start == 0)
        return builtin_fail(e, "the start position must not be zero");
    if (args[2].kind == FEEL_NUMBER && (wanted = num_cut_i64(args[2].number)) < 1)
        return builtin_fail(e, "the length must be 1 at least");
    start = start > 0 ? start - 1 : start < -count ? 0 : count + start;
    if (start >= count)
        return feel_string(STR(""));
    from = offset_of(s, (size_t)start);
    s = part(s, from, s.len);
    return feel_string(
        part(s, 0, offset_of(s, (size_t)(wanted < count ? wanted : count))));
}

static struct feel_value string_before(struct eval *e, const struct feel_value *args)
{
    size_t at = find(args[0].string, args[1].string, 0);

    return feel_string(at == SIZE_MAX ? STR("") : part(args[0].string, 0, at));
}

static struct feel_value string_after(struct eval *e, const struct feel_value *args)
{
    size_t at = find(args[0].string, args[1].string, 0);

    if (at == SIZE_MAX)
        return feel_string(STR(""));
    return feel_string(
        part(args[0].string, at + args[1].string.len, args[0].string.len));
}

static struct feel_value string_trim(struct eval *e, const struct feel_value *args)
{
    return feel_string(str_trim(args[0].string));
}

/* ---- questions ------------------------------------------------------------------- */

static struct feel_value string_length(struct eval *e, const struct feel_value *args)
{
    return feel_number((i64)utf8_count(args[0].string));
}

static struct feel_value string_contains(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(find(args[0].string, args[1].string, 0) != SIZE_MAX);
}

static struct feel_value string_starts(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(str_starts(args[0].string, args[1].string));
}

static struct feel_value string_ends(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(str_ends(args[0].string, args[1].string));
}

static struct feel_value string_is_blank(struct eval *e, const struct feel_value *args)
{
    for (size_t at = 0; at < args[0].string.len;)
        if (!lex_is_space(utf8_next(args[0].string, &at)))
            return feel_boolean(false);
    return feel_boolean(true);
}

/* ---- case ------------------------------------------------------------------------ */

static struct feel_value change_case(struct eval *e, struct str s,
                                     size_t (*change)(char *out, u32 point))
{
    struct buf out;

    buf_init(&out, e->arena, s.len + 16);
    for (size_t at = 0; at < s.len;)
        out.len += change(buf_room(&out, 16), utf8_next(s, &at));
    return feel_string(buf_str(&out));
}

static struct feel_value string_upper(struct eval *e, const struct feel_value *args)
{
    return change_case(e, args[0].string, case_upper);
}

static struct feel_value string_lower(struct eval *e, const struct feel_value *args)
{
    return change_case(e, args[0].string, case_lower);
}

/* ---- joining --------------------------------------------------------------------- */

static struct feel_value string_join(struct eval *e, const struct feel_value *args)
{
    const struct feel_list *l = args[0].list;
    struct buf out;
    bool first = true;

    buf_init(&out, e->arena, 64);
    if (args[2].kind == FEEL_STRING)
        buf_add(&out, args[2].string);
    for (size_t i = 0; i < l->count; i++) {
        if (l->items[i].kind == FEEL_NULL)
            continue;
        if (l->items[i].kind != FEEL_STRING)
            return builtin_fail(e, "an item that is no string");
        if (!first && args[1].kind == FEEL_STRING)
            buf_add(&out, args[1].string);
        buf_add(&out, l->items[i].string);
        eval_check_string(e, out.len);
        first = false;
    }
    if (args[3].kind == FEEL_STRING)
        buf_add(&out, args[3].string);
    return feel_string(buf_str(&out));
}

/* ---- patterns -------------------------------------------------------------------- */

static struct feel_value bad_pattern(struct eval *e)
{
    return builtin_fail(e, "the pattern or its flags are not well-formed");
}

static struct str flags_of(const struct feel_value *v)
{
    return v->kind == FEEL_STRING ? v->string : STR("");
}

static struct feel_value string_matches(struct eval *e, const struct feel_value *args)
{
    struct regex *r = regex_get(e, args[1].string, flags_of(&args[2]));
    struct regex_match m;

    if (!r)
        return bad_pattern(e);
    return feel_boolean(regex_next(e, r, args[0].string, 0, &m));
}

/* The number behind $: as many digits as there are groups for. */
static size_t replacement_group(struct str s, size_t *at, size_t groups)
{
    size_t group = (size_t)(s.data[(*at)++] - '0');

    while (*at < s.len && s.data[*at] >= '0' && s.data[*at] <= '9' &&
           group * 10 + (size_t)(s.data[*at] - '0') < groups)
        group = group * 10 + (size_t)(s.data[(*at)++] - '0');
    return group;
}

/* $n is a group, \$ and \\ are these characters; anything else after $ or \ is wrong.
 */
static bool replacement_add(struct buf *out, struct str s, const struct regex_match *m,
                            struct str input)
{
    for (size_t at = 0; at < s.len;) {
        char c = s.data[at++];
        if (c == '\\') {
            if (at == s.len || (s.data[at] != '$' && s.data[at] != '\\'))
                return false;
            buf_byte(out, s.data[at++]);
        } else if (c == '$') {
            if (at == s.len || s.data[at] < '0' || s.data[at] > '9')
                return false;
            size_t group = replacement_group(s, &at, m->count);
            if (group < m->count && m->spans[2 * group] != SIZE_MAX)
                buf_add(out, part(input, m->spans[2 * group], m->spans[2 * group + 1]));
        } else {
            buf_byte(out, c);
        }
    }
    return true;
}

/* From where to look for the next match: behind this one, and past one code point when
 * it was empty. *copy is what stands between. */
static size_t match_resume(struct str s, const struct regex_match *m)
{
    size_t at = m->spans[1];

    if (m->spans[0] == m->spans[1]) {
        if (at >= s.len)
            return SIZE_MAX;
        utf8_next(s, &at);
    }
    return at;
}

static struct feel_value string_replace(struct eval *e, const struct feel_value *args)
{
    struct str s = args[0].string, flags = flags_of(&args[3]);
    struct regex *r = regex_get(e, args[1].string, flags);
    struct regex_match m;
    size_t copied = 0, at = 0;
    struct buf out;

    if (!r)
        return bad_pattern(e);
    buf_init(&out, e->arena, s.len + 16);
    while (at <= s.len && regex_next(e, r, s, at, &m)) {
        buf_add(&out, part(s, copied, m.spans[0]));
        if (flags.len && memchr(flags.data, 'q', flags.len))
            buf_add(&out, args[2].string);
        else if (!replacement_add(&out, args[2].string, &m, s))
            return builtin_fail(e, "the replacement is not well-formed");
        eval_check_string(e, out.len);
        copied = m.spans[1];
        at = match_resume(s, &m);
    }
    buf_add(&out, part(s, copied, s.len));
    return feel_string(buf_str(&out));
}

/* Empty parts are kept, at the end too. An empty match splits between code points, but
 * not at the very start. */
static struct feel_value string_split(struct eval *e, const struct feel_value *args)
{
    struct str s = args[0].string;
    struct regex *r = regex_get(e, args[1].string, STR(""));
    struct items parts = eval_items(e);
    struct regex_match m;
    size_t start = 0, at = 0;

    if (!r)
        return bad_pattern(e);
    while (at <= s.len && regex_next(e, r, s, at, &m)) {
        at = match_resume(s, &m);
        if (m.spans[0] == m.spans[1] && (m.spans[0] == 0 || m.spans[0] == s.len))
            continue;
        items_add(&parts, feel_string(part(s, start, m.spans[0])));
        eval_check_list(e, parts.count);
        start = m.spans[1];
    }
    items_add(&parts, feel_string(part(s, start, s.len)));
    return items_list(&parts);
}

/* Camunda: all matches. */
static struct feel_value string_extract(struct eval *e, const struct feel_value *args)
{
    struct str s = args[0].string;
    struct regex *r = regex_get(e, args[1].string, STR(""));
    struct items found = eval_items(e);
    struct regex_match m;
    size_t at = 0;

    if (!r)
        return bad_pattern(e);
    while (at <= s.len && regex_next(e, r, s, at, &m)) {
        items_add(&found, feel_string(part(s, m.spans[0], m.spans[1])));
        eval_check_list(e, found.count);
        at = match_resume(s, &m);
    }
    return items_list(&found);
}

/* ---- base64 (RFC 4648, 4) -------------------------------------------------------- */

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static struct feel_value string_to_base64(struct eval *e, const struct feel_value *args)
{
    struct str s = args[0].string;
    char *out = arena_alloc(e->arena, s.len / 3 * 4 + 8);
    size_t len = 0;

    for (size_t at = 0; at < s.len; at += 3) {
        size_t count = s.len - at < 3 ? s.len - at : 3;
        u32 bits = 0;
        for (size_t i = 0; i < 3; i++)
            bits = bits << 8 | (i < count ? (u8)s.data[at + i] : 0);
        for (size_t i = 0; i < 4; i++)
            out[len++] = i <= count ? base64_digits[bits >> (18 - 6 * i) & 63] : '=';
    }
    return feel_string((struct str){out, len});
}

/* The value of a digit, or -1. */
static int base64_value(char c)
{
    const char *at = c ? strchr(base64_digits, c) : NULL;

    return at ? (int)(at - base64_digits) : -1;
}

static bool base64_read(struct str s, char *out, size_t *len)
{
    size_t padding = str_ends(s, STR("==")) ? 2 : str_ends(s, STR("=")) ? 1 : 0;
    u32 bits = 0;

    if (s.len % 4 != 0)
        return false;
    for (size_t at = 0; at < s.len; at++) {
        bool pads = at >= s.len - padding;
        int value = pads ? 0 : base64_value(s.data[at]);
        if (value < 0)
            return false;
        bits = bits << 6 | (u32)value;
        if (at % 4 == 3) {
            out[(*len)++] = (char)(bits >> 16);
            out[(*len)++] = (char)(bits >> 8);
            out[(*len)++] = (char)bits;
        }
    }
    *len -= padding;
    return true;
}

static struct feel_value string_from_base64(struct eval *e,
                                            const struct feel_value *args)
{
    struct str out = {arena_alloc(e->arena, args[0].string.len + 4), 0};

    if (!base64_read(args[0].string, (char *)out.data, &out.len) ||
        utf8_valid(out) < out.len)
        return builtin_fail(e, "the text is no base64, or means no UTF-8");
    return feel_string(out);
}

/* RFC 9562, version 7: the time in milliseconds, then random bits. */
static struct feel_value string_uuid(struct eval *e, const struct feel_value *args)
{
    u64 ms = (u64)e->env->now & 0xffffffffffffu, a = eval_random(e), b = eval_random(e);

    return feel_string(arena_print(e->arena, "%08llx-%04llx-7%03llx-%04llx-%012llx",
                                   (unsigned long long)(ms >> 16),
                                   (unsigned long long)(ms & 0xffff),
                                   (unsigned long long)(a & 0xfff),
                                   (unsigned long long)((a >> 12 & 0x3fff) | 0x8000),
                                   (unsigned long long)(b & 0xffffffffffffu)));
}

const struct builtin builtins_string[] = {
    {"substring", "string,start position,length", "sn|n", string_substring},
    {"string length", "string", "s", string_length},
    {"upper case", "string", "s", string_upper},
    {"lower case", "string", "s", string_lower},
    {"substring before", "string,match", "ss", string_before},
    {"substring after", "string,match", "ss", string_after},
    {"replace", "input,pattern,replacement,flags", "sss|S", string_replace},
    {"contains", "string,match", "ss", string_contains},
    {"starts with", "string,match", "ss", string_starts},
    {"ends with", "string,match", "ss", string_ends},
    {"matches", "input,pattern,flags", "ss|S", string_matches},
    {"split", "string,delimiter", "ss", string_split},
    {"string join", "list,delimiter,prefix,suffix", "l|SSS", string_join},
    {"extract", "string,pattern", "ss", string_extract},
    {"trim", "string", "s", string_trim},
    {"is blank", "string", "s", string_is_blank},
    {"to base64", "value", "s", string_to_base64},
    {"from base64", "value", "s", string_from_base64},
    {"uuid", "", "", string_uuid},
    {0},
};
