/* The reader at the door: any bytes in, canonical text out, or an error with its place.
 *
 * What it has put out so far is mostly what it has read so far. While that is so to the
 * byte, nothing is copied: `same` counts how much of the text is output already. */
#include <endian.h>

#include "base/utf8.h"
#include "json/private.h"

/* The name of a member in the output, from its quote to behind the other. */
struct span {
    size_t from, to;
};

struct reader {
    struct str text;
    size_t at; /* the next byte of the text */
    u32 depth, depth_max;
    struct arena *arena;
    struct err *err;

    size_t same;    /* while nothing is copied: the output is text[0..same) */
    bool is_copied; /* the output is in `out` */
    struct buf out;
    struct buf unique; /* an object without its repeated names, on its way to `out` */

    struct span *names; /* of all objects that are open, the innermost last */
    size_t name_count, name_size;
};

static bool value_read(struct reader *r);

static bool fail(struct reader *r, const char *what)
{
    const char *end = r->at >= r->text.len ? ", but the text ends" : "";

    return err_set(r->err, ERR_SYNTAX, "JSON, byte %zu: %s%s", r->at + 1, what, end);
}

/* ---- output -------------------------------------------------------------------------
 */

static void output_copy(struct reader *r)
{
    if (r->is_copied)
        return;
    buf_init(&r->out, r->arena, r->text.len + 16);
    buf_add(&r->out, (struct str){r->text.data, r->same});
    r->is_copied = true;
}

static void output_put(struct reader *r, const char *data, size_t len)
{
    const char *here = r->text.data + r->same;

    if (!r->is_copied && len <= r->text.len - r->same &&
        (data == here || memcmp(here, data, len) == 0)) {
        r->same += len;
        return;
    }
    output_copy(r);
    buf_add(&r->out, (struct str){data, len});
}

static void output_byte(struct reader *r, char c)
{
    if (!r->is_copied && r->same < r->text.len && r->text.data[r->same] == c)
        r->same++;
    else
        output_put(r, &c, 1);
}

static struct str output(const struct reader *r)
{
    return r->is_copied ? buf_str(&r->out) : (struct str){r->text.data, r->same};
}

/* ---- the text -------------------------------------------------------------------- */

/* The next byte, or -1 at the end. */
static int peek(const struct reader *r)
{
    return r->at < r->text.len ? (u8)r->text.data[r->at] : -1;
}

static void blank_skip(struct reader *r)
{
    for (int c = peek(r); c == ' ' || c == '\t' || c == '\n' || c == '\r'; c = peek(r))
        r->at++;
}

/* The byte `c` after blanks, into the output too. */
static bool punctuation(struct reader *r, char c)
{
    blank_skip(r);
    if (peek(r) != c)
        return false;
    r->at++;
    output_byte(r, c);
    return true;
}

/* ---- strings -----------------------------------------------------------------------
 */

static bool hex4(struct reader *r, u32 *out)
{
    u32 unit = 0;

    for (int i = 0; i < 4; i++, r->at++) {
        int c = peek(r);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return fail(r, "expected four hexadecimal digits after \\u");
        unit = unit << 4 | (u32)digit;
    }
    *out = unit;
    return true;
}

/* Behind `\u`: one code point, which may be written as two surrogates. */
static bool point_read(struct reader *r, u32 *point)
{
    size_t start = r->at - 2;
    u32 low = 0;

    if (!hex4(r, point))
        return false;
    if (*point < 0xd800 || *point > 0xdfff)
        return true;
    if (*point < 0xdc00 && peek(r) == '\\' && r->text.len - r->at > 1 &&
        r->text.data[r->at + 1] == 'u') {
        r->at += 2;
        if (!hex4(r, &low))
            return false;
    }
    if (low < 0xdc00 || low > 0xdfff) {
        r->at = start;
        return fail(r, "half of a surrogate pair");
    }
    *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    return true;
}

static void point_put(struct reader *r, u32 point)
{
    static const char hex[] = "0123456789abcdef";
    char escaped[] = {'\\', 'u', '0', '0', hex[point >> 4 & 15], hex[point & 15]};
    char plain[4] = {0};

    if (point < 0x80 && json_escape((u8)point)) {
        escaped[1] = json_escape((u8)point);
        output_put(r, escaped, 2);
    } else if (point < 0x20) {
        output_put(r, escaped, sizeof(escaped));
    } else {
        size_t len = utf8_put(plain, point);
        output_put(r, plain, len);
    }
}

/* One of  \" \\ \/ \b \f \n \r \t \uXXXX  with r->at at the backslash. */
static bool escape_read(struct reader *r)
{
    u32 point = 0;

    r->at++;
    int c = peek(r);
    char known = json_unescape(c);
    if (!known && c != 'u')
        return fail(r, "unknown escape in a string");
    r->at++;
    if (known)
        point = (u8)known;
    else if (!point_read(r, &point))
        return false;
    point_put(r, point);
    return true;
}

/* Of the first of eight bytes that is a control character, a quote or a backslash the
 * highest bit is set, and of none before it. */
static u64 marks(u64 eight)
{
    u64 ones = 0x0101010101010101, quote = eight ^ ones * '"';
    u64 slash = eight ^ ones * '\\';

    return ((eight - ones * 0x20) | (quote - ones) | (slash - ones)) & ~eight &
           ones * 0x80;
}

static bool is_plain(char c)
{
    return (u8)c >= 0x20 && c != '"' && c != '\\';
}

/* How many bytes from here stand for themselves in a string; `is_ascii`: and are all
 * ASCII. */
static size_t plain_len(const char *from, size_t most, bool *is_ascii)
{
    size_t len = 0;
    u64 eight, high = 0, mark;

    for (; most - len >= sizeof(eight); len += sizeof(eight)) {
        memcpy(&eight, from + len, sizeof(eight));
        eight = le64toh(eight);
        if ((mark = marks(eight))) {
            *is_ascii = !((high | (eight & (mark ^ (mark - 1)))) & 0x8080808080808080);
            return len + (size_t)__builtin_ctzll(mark) / 8;
        }
        high |= eight;
    }
    for (; len < most && is_plain(from[len]); len++)
        high |= (u64)(u8)from[len];
    *is_ascii = !(high & 0x8080808080808080);
    return len;
}

/* Bytes of a string that stand for themselves. */
static bool plain_read(struct reader *r)
{
    const char *from = r->text.data + r->at;
    bool is_ascii;
    size_t len = plain_len(from, r->text.len - r->at, &is_ascii);
    size_t good = is_ascii ? len : utf8_valid((struct str){from, len});

    r->at += good;
    if (good < len)
        return fail(r, "a string is not valid UTF-8");
    output_put(r, from, len);
    return true;
}

static bool string_read(struct reader *r)
{
    r->at++;
    output_byte(r, '"');
    for (;;) {
        if (!plain_read(r))
            return false;
        int c = peek(r);
        if (c == '"')
            break;
        if (c < 0)
            return fail(r, "expected '\"' at the end of a string");
        if (c != '\\')
            return fail(r, "a control character in a string is not escaped");
        if (!escape_read(r))
            return false;
    }
    r->at++;
    output_byte(r, '"');
    return true;
}

/* ---- numbers and words -------------------------------------------------------------
 */

static bool digits_read(struct reader *r)
{
    size_t start = r->at;

    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return r->at > start || fail(r, "expected a digit");
}

/* number = [-] (0 | 1-9 digits) [. digits] [(e | E) [+ | -] digits] */
static bool number_read(struct reader *r)
{
    size_t start = r->at;

    if (peek(r) == '-')
        r->at++;
    if (peek(r) == '0')
        r->at++;
    else if (!digits_read(r))
        return false;
    if (peek(r) >= '0' && peek(r) <= '9')
        return fail(r, "a number begins with a needless zero");
    if (peek(r) == '.') {
        r->at++;
        if (!digits_read(r))
            return false;
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        r->at++;
        if (peek(r) == '+' || peek(r) == '-')
            r->at++;
        if (!digits_read(r))
            return false;
    }
    struct str number = {r->text.data + start, r->at - start};
    if (str_is(number, "-0"))
        number = STR("0");
    output_put(r, number.data, number.len);
    return true;
}

static bool word_read(struct reader *r, struct str word)
{
    struct str rest = {r->text.data + r->at, r->text.len - r->at};

    if (!str_starts(rest, word))
        return fail(r, "expected a value");
    r->at += word.len;
    output_put(r, word.data, word.len);
    return true;
}

/* ---- arrays and objects ---------------------------------------------------------- */

static bool level_open(struct reader *r, char c)
{
    if (r->depth == r->depth_max)
        return err_set(r->err, ERR_SYNTAX,
                       "JSON, byte %zu: nested more than %u levels deep", r->at + 1,
                       r->depth_max);
    r->depth++;
    return punctuation(r, c);
}

static bool array_read(struct reader *r)
{
    if (!level_open(r, '['))
        return false;
    if (!punctuation(r, ']')) {
        do {
            if (!value_read(r))
                return false;
        } while (punctuation(r, ','));
        if (!punctuation(r, ']'))
            return fail(r, "expected ',' or ']' after an item");
    }
    r->depth--;
    return true;
}

static void name_note(struct reader *r, struct span name)
{
    if (r->name_count == r->name_size) {
        size_t size = r->name_size ? r->name_size * 2 : 16;
        struct span *names = NEW_ARRAY(r->arena, struct span, size);
        if (r->name_count)
            memcpy(names, r->names, r->name_count * sizeof(*names));
        r->names = names;
        r->name_size = size;
    }
    r->names[r->name_count++] = name;
}

static bool member_read(struct reader *r)
{
    blank_skip(r);
    if (peek(r) != '"')
        return fail(r, "expected a name in double quotes");
    struct span name = {.from = output(r).len};
    if (!string_read(r))
        return false;
    name.to = output(r).len;
    name_note(r, name);
    if (!punctuation(r, ':'))
        return fail(r, "expected ':' after a name");
    return value_read(r);
}

/* The object that begins at `from` of the output is complete; its names are those from
 * `first` on. The usual case, that all are different, changes nothing. */
static void object_close(struct reader *r, size_t from, size_t first)
{
    size_t count = r->name_count - first;
    struct str all = output(r);

    r->name_count = first;
    if (count < 2)
        return;
    struct str few[24];
    struct str *names =
        count <= LEN(few) ? few : NEW_ARRAY(r->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        struct span name = r->names[first + i];
        names[i] = (struct str){all.data + name.from, name.to - name.from};
    }
    if (!json_names_repeat(names, count, r->arena))
        return;
    struct str object = {all.data + from, all.len - from};
    r->unique.len = 0;
    json_object_unique(&r->unique, object, count, r->arena);
    output_copy(r);
    r->out.len = from;
    buf_add(&r->out, buf_str(&r->unique));
}

static bool object_read(struct reader *r)
{
    size_t from = output(r).len, first = r->name_count;

    if (!level_open(r, '{'))
        return false;
    if (!punctuation(r, '}')) {
        do {
            if (!member_read(r))
                return false;
        } while (punctuation(r, ','));
        if (!punctuation(r, '}'))
            return fail(r, "expected ',' or '}' after a member");
    }
    object_close(r, from, first);
    r->depth--;
    return true;
}

static bool value_read(struct reader *r)
{
    blank_skip(r);
    switch (peek(r)) {
    case '{':
        return object_read(r);
    case '[':
        return array_read(r);
    case '"':
        return string_read(r);
    case 't':
        return word_read(r, STR("true"));
    case 'f':
        return word_read(r, STR("false"));
    case 'n':
        return word_read(r, STR("null"));
    case '-':
    case '0' ... '9':
        return number_read(r);
    }
    return fail(r, "expected a value");
}

/* ---- the whole ----------------------------------------------------------------------
 */

/* The kind of a root that should have been an object, for the error. */
static const char *kind_name(struct str value)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_FALSE] = "a boolean",
        [JSON_TRUE] = "a boolean",  [JSON_NUMBER] = "a number",
        [JSON_STRING] = "a string", [JSON_ARRAY] = "an array",
        [JSON_MAP] = "an object"};

    return names[json_kind(value)];
}

bool json_canonical(struct str text, enum json_want want,
                    const struct json_limits *limits, struct arena *arena,
                    struct str *out, struct err *err)
{
    struct reader r = {
        .text = text, .depth_max = limits->depth, .arena = arena, .err = err};

    buf_init(&r.unique, arena, 0);
    blank_skip(&r);
    if (want == JSON_OBJECT && r.at == text.len) {
        *out = STR("{}");
        return true;
    }
    if (!value_read(&r))
        return false;
    blank_skip(&r);
    if (r.at < text.len)
        return fail(&r, "expected nothing more after the value");
    *out = output(&r);
    if (want == JSON_OBJECT && json_kind(*out) != JSON_MAP)
        return err_set(err, ERR_SYNTAX, "expected an object, but got %s",
                       kind_name(*out));
    return true;
}
