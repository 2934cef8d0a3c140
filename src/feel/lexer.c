/* lexer.c - the words of FEEL text. Where a name with white space ends depends on the
 * names that are known, so the lexer gives single words and the parser asks lex_name.
 */
#include "base/utf8.h"
#include "feel/internal.h"

struct points {
    u32 first, last;
};

static bool is_among(u32 point, const struct points *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

/* DMN 1.5, 10.3.1.2, rules 28 and 29, without the question mark. */
bool lex_is_name_start(u32 point)
{
    static const struct points starts[] = {
        {'a', 'z'},       {'A', 'Z'},         {'_', '_'},       {0xc0, 0xd6},
        {0xd8, 0xf6},     {0xf8, 0x2ff},      {0x370, 0x37d},   {0x37f, 0x167f},
        {0x1681, 0x180d}, {0x180f, 0x1fff},   {0x200c, 0x200d}, {0x2070, 0x218f},
        {0x2c00, 0x2fef}, {0x3001, 0xd7ff},   {0xf900, 0xfdcf}, {0xfdf0, 0xfefe},
        {0xff00, 0xfffd}, {0x10000, 0xeffff},
    };

    return is_among(point, starts, LEN(starts));
}

bool lex_is_name_part(u32 point)
{
    static const struct points parts[] = {
        {'0', '9'}, {0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}};

    return lex_is_name_start(point) || is_among(point, parts, LEN(parts));
}

bool lex_is_space(u32 point)
{
    static const struct points spaces[] = {
        {9, 13},          {' ', ' '},       {0x85, 0x85},     {0xa0, 0xa0},
        {0x1680, 0x1680}, {0x180e, 0x180e}, {0x2000, 0x200b}, {0x2028, 0x2029},
        {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}};

    return is_among(point, spaces, LEN(spaces));
}

static bool stands(struct str text, size_t at, const char *what)
{
    return str_starts((struct str){text.data + at, text.len - at}, str_of(what));
}

/* Past a comment that begins at `at`; `at` itself when none does or it has no end. */
static size_t comment_end(struct str text, size_t at)
{
    size_t end = at + 2;

    if (stands(text, at, "//")) {
        while (end < text.len && text.data[end] != '\n')
            end++;
        return end;
    }
    if (!stands(text, at, "/*"))
        return at;
    for (; end < text.len; end++)
        if (stands(text, end, "*/"))
            return end + 2;
    return at;
}

size_t lex_space(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (!lex_is_space(utf8_next(text, &next)))
            next = comment_end(text, at);
        if (next == at)
            break;
        at = next;
    }
    return at;
}

static size_t name_run(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (!lex_is_name_part(utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

bool lex_name(struct str text, size_t at, struct str name, size_t *end)
{
    size_t i = 0;

    while (i < name.len) {
        size_t next = i, len;
        u32 point = utf8_next(name, &next);
        if (lex_is_space(point)) {
            i = next;
            continue;
        }
        at = lex_space(text, at);
        if (lex_is_name_part(point))
            next = name_run(name, i);
        len = next - i;
        if (len > text.len - at || memcmp(text.data + at, name.data + i, len) != 0)
            return false;
        at += len;
        if (lex_is_name_part(point) && name_run(text, at) != at)
            return false;
        i = next;
    }
    *end = at;
    return true;
}

struct str lex_tidy(struct str name, struct arena *arena)
{
    char *data = arena_alloc(arena, name.len + 1);
    size_t len = 0;

    for (size_t at = 0; at < name.len;) {
        size_t next = at;
        u32 point = utf8_next(name, &next);
        if (!lex_is_space(point)) {
            memcpy(data + len, name.data + at, next - at);
            len += next - at;
        } else if (len > 0 && data[len - 1] != ' ') {
            data[len++] = ' ';
        }
        at = next;
    }
    return (struct str){data, len > 0 && data[len - 1] == ' ' ? len - 1 : len};
}

/* ---- tokens ---------------------------------------------------------------------- */

static struct token token(enum token_kind kind, struct str text, size_t at, size_t end)
{
    return (struct token){kind, {text.data + at, end - at}, at, end};
}

static struct token bad(const char *why, size_t at, size_t end)
{
    return (struct token){TOKEN_BAD, str_of(why), at, end};
}

static bool is_digit(struct str text, size_t at)
{
    return at < text.len && text.data[at] >= '0' && text.data[at] <= '9';
}

static size_t digit_run(struct str text, size_t at)
{
    while (is_digit(text, at))
        at++;
    return at;
}

/* digits [. digits] [e [+-] digits]; the first of two points is not part of it. */
static struct token lex_number(struct str text, size_t at)
{
    size_t end = digit_run(text, at);

    if (end < text.len && text.data[end] == '.' && is_digit(text, end + 1))
        end = digit_run(text, end + 1);
    if (end < text.len && (text.data[end] | 32) == 'e') {
        size_t sign = end + 1;
        if (sign < text.len && (text.data[sign] == '+' || text.data[sign] == '-'))
            sign++;
        if (is_digit(text, sign))
            end = digit_run(text, sign);
    }
    return token(TOKEN_NUMBER, text, at, end);
}

/* Past the quote that ends the string, or past all text. */
static size_t string_end(struct str text, size_t at, char quote)
{
    for (at++; at < text.len && text.data[at] != quote; at++)
        if (quote == '"' && text.data[at] == '\\' && at + 1 < text.len)
            at++;
    return at + 1;
}

static struct token lex_string(struct str text, size_t at)
{
    size_t end = string_end(text, at, '"');

    if (end > text.len)
        return bad("a string without its closing quote", at, text.len);
    return token(TOKEN_STRING, text, at, end);
}

static struct token lex_at(struct str text, size_t at)
{
    size_t start = at + 1;
    struct token t;

    if (start >= text.len || text.data[start] != '"')
        return bad("@ without a string behind it", at, start);
    t = lex_string(text, start);
    if (t.kind == TOKEN_STRING)
        t.kind = TOKEN_AT;
    t.at = at;
    return t;
}

static struct token lex_quoted(struct str text, size_t at)
{
    size_t end = string_end(text, at, '`');
    struct token t;

    if (end > text.len)
        return bad("a name without its closing backtick", at, text.len);
    t = token(TOKEN_QUOTED, text, at + 1, end - 1);
    t.at = at;
    t.end = end;
    return t.text.len ? t : bad("an empty name", at, end);
}

static struct token lex_mark(struct str text, size_t at)
{
    static const char *const marks[] = {"..", "**", "<=", ">=", "!=", "->"};
    size_t end = at;

    for (size_t i = 0; i < LEN(marks); i++)
        if (stands(text, at, marks[i]))
            return token(TOKEN_MARK, text, at, at + 2);
    if (stands(text, at, "/*"))
        return bad("a comment without its end", at, text.len);
    if (text.data[at] && strchr(".,:()[]{}=<>+-*/?'", text.data[at]))
        return token(TOKEN_MARK, text, at, at + 1);
    utf8_next(text, &end);
    return token(TOKEN_BAD, text, at, end);
}

struct token lex(struct str text, size_t at)
{
    size_t next;

    at = lex_space(text, at);
    if (at >= text.len)
        return token(TOKEN_END, text, text.len, text.len);
    if (is_digit(text, at) || (text.data[at] == '.' && is_digit(text, at + 1)))
        return lex_number(text, at);
    if (text.data[at] == '"')
        return lex_string(text, at);
    if (text.data[at] == '@')
        return lex_at(text, at);
    if (text.data[at] == '`')
        return lex_quoted(text, at);
    next = at;
    if (lex_is_name_start(utf8_next(text, &next)))
        return token(TOKEN_WORD, text, at, name_run(text, next));
    return lex_mark(text, at);
}

/* ---- escapes in strings ---------------------------------------------------------- */

static bool read_hex(struct str s, size_t at, size_t count, u32 *out)
{
    *out = 0;
    if (count > s.len - at)
        return false;
    for (size_t i = 0; i < count; i++) {
        char c = s.data[at + i], low = (char)(c | 32);
        if (c >= '0' && c <= '9')
            *out = *out << 4 | (u32)(c - '0');
        else if (low >= 'a' && low <= 'f')
            *out = *out << 4 | (u32)(low - 'a' + 10);
        else
            return false;
    }
    return true;
}

/* \uXXXX, two of them for a surrogate pair, or \UXXXXXX; *at is behind the letter. */
static bool unescape_point(struct str s, size_t *at, char letter, u32 *point)
{
    size_t count = letter == 'u' ? 4 : 6;
    u32 low;

    if (!read_hex(s, *at, count, point))
        return false;
    *at += count;
    if (*point >= 0xd800 && *point < 0xdc00) {
        if (!stands(s, *at, "\\u") || !read_hex(s, *at + 2, 4, &low) || low < 0xdc00 ||
            low > 0xdfff)
            return false;
        *at += 6;
        *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    }
    return *point <= 0x10ffff && (*point < 0xd800 || *point > 0xdfff);
}

/* An unknown letter after the backslash stays as it is, with the backslash, so that
 * regular expressions can be written with one. */
bool lex_unescape(struct str literal, struct arena *arena, struct str *out)
{
    static const char letters[] = "nrtbf\"'\\/", means[] = "\n\r\t\b\f\"'\\/";
    struct str s = {literal.data + 1, literal.len - 2};
    char *data = arena_alloc(arena, s.len + 1);
    size_t len = 0;

    for (size_t at = 0; at < s.len;) {
        char c = s.data[at++];
        const char *known;
        u32 point;
        if (c != '\\' || at == s.len) {
            data[len++] = c;
            continue;
        }
        c = s.data[at++];
        known = strchr(letters, c);
        if (c && known) {
            data[len++] = means[known - letters];
        } else if (c == 'u' || c == 'U') {
            char bytes[4];
            if (!unescape_point(s, &at, c, &point))
                return false;
            size_t count = utf8_put(bytes, point);
            memcpy(data + len, bytes, count);
            len += count;
        } else {
            data[len++] = '\\';
            data[len++] = c;
        }
    }
    *out = (struct str){data, len};
    return true;
}
