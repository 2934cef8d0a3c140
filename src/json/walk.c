/* Canonical text, read. Whoever hands in anything else made a mistake: must(). */
#include <stdlib.h>

#include "base/utf8.h"
#include "json/private.h"

enum json_kind json_kind(struct str value)
{
    must(value.len > 0);
    switch (value.data[0]) {
    case 'n':
        return JSON_NULL;
    case 'f':
        return JSON_FALSE;
    case 't':
        return JSON_TRUE;
    case '"':
        return JSON_STRING;
    case '[':
        return JSON_ARRAY;
    case '{':
        return JSON_MAP;
    }
    must(value.data[0] == '-' || (value.data[0] >= '0' && value.data[0] <= '9'));
    return JSON_NUMBER;
}

const char *json_kind_name(struct str value)
{
    switch (json_kind(value)) {
    case JSON_NULL:
        return "NIL";
    case JSON_FALSE:
    case JSON_TRUE:
        return "BOOLEAN";
    case JSON_NUMBER:
        for (size_t i = 0; i < value.len; i++)
            if (value.data[i] == '.' || value.data[i] == 'e' || value.data[i] == 'E')
                return "FLOAT";
        return "INTEGER";
    case JSON_STRING:
        return "STRING";
    case JSON_ARRAY:
        return "ARRAY";
    case JSON_MAP:
        return "MAP";
    }
    return "";
}

/* ---- skipping -------------------------------------------------------------------- */

/* The place behind the string whose opening quote is at `at`: behind the next quote
 * with an even number of backslashes before it. */
static size_t string_end(struct str s, size_t at)
{
    const char *end = s.data + s.len, *quote;
    size_t slashes;

    must(at < s.len);
    must(s.data[at] == '"');
    quote = s.data + at;
    do {
        quote = memchr(quote + 1, '"', (size_t)(end - quote) - 1);
        must(quote);
        slashes = 0; /* counted back; the opening quote is none */
        while (quote[-1 - (ptrdiff_t)slashes] == '\\')
            slashes++;
    } while (slashes % 2);
    return (size_t)(quote - s.data) + 1;
}

/* Of a number or of null, true, false. */
static bool is_scalar_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' ||
           c == '.' || c == 'E';
}

/* The place behind the value at `at`. Only brackets and strings matter on the way. */
static size_t value_end(struct str s, size_t at)
{
    u32 depth = 0;

    must(at < s.len);
    if (s.data[at] != '{' && s.data[at] != '[' && s.data[at] != '"') {
        while (at < s.len && is_scalar_byte(s.data[at]))
            at++;
        return at;
    }
    do {
        must(at < s.len);
        char c = s.data[at];
        if (c == '"') {
            at = string_end(s, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    } while (depth > 0);
    return at;
}

static struct str part(struct str s, size_t from, size_t to)
{
    return (struct str){s.data + from, to - from};
}

/* ---- walking --------------------------------------------------------------------- */

struct json_walk json_walk(struct str value)
{
    enum json_kind kind = json_kind(value);

    must(kind == JSON_MAP || kind == JSON_ARRAY);
    must(value.len >= 2);
    return (struct json_walk){value, 1};
}

/* As json_next, but the name is left as it is written, with its quotes. */
static bool next_raw(struct json_walk *w, struct json_member *out)
{
    struct str s = w->text;
    bool is_map = s.data[0] == '{';

    must(w->at < s.len);
    if (s.data[w->at] == (is_map ? '}' : ']'))
        return false;
    if (w->at > 1) {
        must(s.data[w->at] == ',');
        w->at++;
    }
    *out = (struct json_member){0};
    if (is_map) {
        size_t end = string_end(s, w->at);
        must(end < s.len && s.data[end] == ':');
        out->name = part(s, w->at, end);
        w->at = end + 1;
    }
    size_t end = value_end(s, w->at);
    must(end > w->at && end < s.len);
    out->value = part(s, w->at, end);
    w->at = end;
    return true;
}

bool json_next(struct json_walk *w, struct arena *arena, struct json_member *out)
{
    if (!next_raw(w, out))
        return false;
    if (out->name.len)
        out->name = json_text(out->name, arena);
    return true;
}

/* ---- strings --------------------------------------------------------------------- */

char json_escape(u8 byte)
{
    switch (byte) {
    case '"':
    case '\\':
        return (char)byte;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    }
    return 0;
}

char json_unescape(int c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return (char)c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    }
    return 0;
}

static u32 hex_value(char c)
{
    return (u32)(c <= '9' ? c - '0' : c - 'a' + 10) & 15;
}

/* The byte that is written at *at of a string's inside, moving past it. */
static char byte_next(struct str s, size_t *at)
{
    char c = s.data[(*at)++];

    if (c != '\\')
        return c;
    must(*at < s.len);
    c = s.data[(*at)++];
    if (c == 'u') { /* always \u00XX */
        must(s.len - *at >= 4);
        *at += 4;
        return (char)(hex_value(s.data[*at - 2]) << 4 | hex_value(s.data[*at - 1]));
    }
    c = json_unescape(c);
    must(c);
    return c;
}

static struct str inside(struct str string)
{
    must(string.len >= 2 && string.data[0] == '"');
    must(string.data[string.len - 1] == '"');
    return part(string, 1, string.len - 1);
}

struct str json_text(struct str string, struct arena *arena)
{
    struct str s = inside(string);
    size_t len = 0;

    if (s.len == 0 || !memchr(s.data, '\\', s.len))
        return s;
    char *text = arena_alloc(arena, s.len + 1);
    for (size_t at = 0; at < s.len;)
        text[len++] = byte_next(s, &at);
    return (struct str){text, len};
}

/* The written string stands for these bytes; without a copy. */
static bool string_is(struct str string, struct str text)
{
    struct str s = inside(string);
    size_t at = 0, i = 0;

    while (at < s.len && i < text.len && byte_next(s, &at) == text.data[i])
        i++;
    return at == s.len && i == text.len;
}

bool json_get(struct str object, struct str name, struct arena *arena, struct str *out)
{
    must(json_kind(object) == JSON_MAP);
    struct json_walk w = json_walk(object);
    for (struct json_member m; next_raw(&w, &m);) {
        if (string_is(m.name, name)) {
            *out = m.value;
            return true;
        }
    }
    return false;
}

/* ---- numbers --------------------------------------------------------------------- */

/* value * 10^zeros + digit, unless that is more than 2^63. */
static bool shift_in(u64 *value, i64 zeros, u64 digit)
{
    for (; zeros > 0 && *value > 0; zeros--) {
        if (*value > (1ull << 63) / 10)
            return false;
        *value *= 10;
    }
    *value += digit;
    return *value <= 1ull << 63;
}

/* The exponent at `at`, which nothing sensible exceeds: it stops at a billion. */
static i64 exponent_read(struct str s, size_t at)
{
    bool is_minus = at < s.len && s.data[at] == '-';
    i64 exponent = 0;

    if (at < s.len && (s.data[at] == '-' || s.data[at] == '+'))
        at++;
    for (; at < s.len && exponent < 1000000000; at++)
        exponent = exponent * 10 + (s.data[at] - '0');
    return is_minus ? -exponent : exponent;
}

/* 1200, 12e2, 1.2E+3 and 1200.00 are all the whole number 1200. */
bool json_i64(struct str number, i64 *out)
{
    bool is_minus = number.len > 0 && number.data[0] == '-', is_fraction = false;
    u64 value = 0;
    i64 zeros = 0, power = 0;
    size_t at = is_minus;

    must(json_kind(number) == JSON_NUMBER);
    for (; at < number.len && (number.data[at] | 0x20) != 'e'; at++) {
        if (number.data[at] == '.') {
            is_fraction = true;
            continue;
        }
        power -= is_fraction;
        zeros++;
        if (number.data[at] == '0')
            continue;
        if (!shift_in(&value, zeros, (u64)(number.data[at] - '0')))
            return false;
        zeros = 0;
    }
    power += zeros + (at < number.len ? exponent_read(number, at + 1) : 0);
    if (value > 0 && (power < 0 || !shift_in(&value, power, 0)))
        return false;
    if (value == 1ull << 63 && !is_minus)
        return false;
    *out = is_minus ? (i64)(0 - value) : (i64)value;
    return true;
}

/* ---- names that repeat, and merging ---------------------------------------------- */

struct order {
    struct str name;
    size_t place;
};

static int order_compare(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    int order = str_compare(x->name, y->name);

    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* A few names are compared each with each. Many are sorted; a hash table would be at
 * the mercy of whoever chooses the names. */
bool json_names_repeat(const struct str *names, size_t count, struct arena *arena)
{
    if (count <= 8) {
        for (size_t i = 1; i < count; i++)
            for (size_t k = 0; k < i; k++)
                if (str_equal(names[i], names[k]))
                    return true;
        return false;
    }
    struct order *sorted = NEW_ARRAY(arena, struct order, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct order){names[i], i};
    qsort(sorted, count, sizeof(*sorted), order_compare);
    for (size_t i = 1; i < count; i++)
        if (str_equal(sorted[i - 1].name, sorted[i].name))
            return true;
    return false;
}

/* Moves the last value of each name to the first of that name; the rest is left without
 * a name. */
static void members_unite(struct json_member *members, size_t count,
                          struct arena *arena)
{
    struct order *sorted = NEW_ARRAY(arena, struct order, count);

    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct order){members[i].name, i};
    qsort(sorted, count, sizeof(*sorted), order_compare);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (!str_equal(sorted[first].name, sorted[i].name)) {
            first = i;
            continue;
        }
        members[sorted[first].place].value = members[sorted[i].place].value;
        members[sorted[i].place].name.len = 0;
    }
}

void json_object_unique(struct buf *out, struct str object, size_t count,
                        struct arena *arena)
{
    struct json_member *members = NEW_ARRAY(arena, struct json_member, count);
    struct json_walk w = json_walk(object);
    size_t found = 0;

    while (found < count && next_raw(&w, &members[found]))
        found++;
    must(found == count);
    must(object.data[w.at] == '}');
    members_unite(members, count, arena);
    buf_byte(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (members[i].name.len == 0)
            continue;
        json_comma(out);
        buf_add(out, members[i].name);
        buf_byte(out, ':');
        buf_add(out, members[i].value);
    }
    buf_byte(out, '}');
}

static size_t member_count(struct str object)
{
    struct json_walk w = json_walk(object);
    size_t count = 0;

    for (struct json_member m; next_raw(&w, &m);)
        count++;
    return count;
}

struct str json_merge(struct str under, struct str over, struct arena *arena)
{
    must(json_kind(under) == JSON_MAP);
    must(json_kind(over) == JSON_MAP);
    if (over.len == 2)
        return under;
    if (under.len == 2)
        return over;
    struct buf both, out;
    buf_init(&both, arena, under.len + over.len);
    buf_add(&both, part(under, 0, under.len - 1));
    buf_byte(&both, ',');
    buf_add(&both, part(over, 1, over.len));
    buf_init(&out, arena, both.len);
    json_object_unique(&out, buf_str(&both), member_count(under) + member_count(over),
                       arena);
    return buf_str(&out);
}

/* ---- writing ----------------------------------------------------------------------
 */

static void point_write(struct buf *b, u32 point)
{
    if (point < 0x80 && json_escape((u8)point)) {
        buf_byte(b, '\\');
        buf_byte(b, json_escape((u8)point));
    } else if (point < 0x20) {
        buf_print(b, "\\u%04x", point);
    } else {
        b->len += utf8_put(buf_room(b, 4), point);
    }
}

static bool is_plain(char c)
{
    return (u8)c >= 0x20 && (u8)c < 0x80 && c != '"' && c != '\\';
}

void json_put_string(struct buf *b, struct str text)
{
    size_t plain = 0;

    while (plain < text.len && is_plain(text.data[plain]))
        plain++;
    buf_byte(b, '"');
    buf_add(b, (struct str){text.data, plain});
    for (size_t at = plain; at < text.len;)
        point_write(b, utf8_next(text, &at));
    buf_byte(b, '"');
}

void json_put_i64(struct buf *b, i64 value)
{
    char space[I64_DIGITS];

    buf_add(b, i64_digits(value, space));
}

void json_put_name(struct buf *b, struct str name)
{
    json_comma(b);
    json_put_string(b, name);
    buf_byte(b, ':');
}

void json_comma(struct buf *b)
{
    if (b->len > 0 && !strchr("{[:", b->data[b->len - 1]))
        buf_byte(b, ',');
}
