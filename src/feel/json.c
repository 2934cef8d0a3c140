/* json.c - values from JSON text, one level at a time, and to it. */
#include <stdio.h>

#include "base/utf8.h"
#include "feel/internal.h"

/* ---- walking over text that is known to be JSON ---------------------------------- */

static size_t skip_space(struct str s, size_t at)
{
    while (at < s.len && (s.data[at] == ' ' || s.data[at] == '\t' ||
                          s.data[at] == '\n' || s.data[at] == '\r'))
        at++;
    return at;
}

static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.data[at] != '"'; at++)
        if (s.data[at] == '\\')
            at++;
    return at < s.len ? at + 1 : s.len;
}

/* Past the value at `at`, whatever is nested in it; *height says how deep that was. */
static size_t skip_value(struct str s, size_t at, u32 *height)
{
    u32 depth = 0;

    *height = 0;
    while (at < s.len) {
        char c = s.data[at];
        if (c == '"') {
            at = skip_string(s, at);
            if (depth == 0)
                return at;
            continue;
        }
        if (depth == 0 && (c == ',' || c == ':' || c == ']' || c == '}'))
            break;
        at++;
        if (c == '{' || c == '[')
            *height = ++depth > *height ? depth : *height;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return at;
}

static bool read_hex4(struct str s, size_t at, u32 *out)
{
    *out = 0;
    if (at > s.len || s.len - at < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        char c = s.data[at + i], low = (char)(c | 32);
        bool digit = c >= '0' && c <= '9', letter = low >= 'a' && low <= 'f';
        if (!digit && !letter)
            return false;
        *out = *out << 4 | (u32)(digit ? c - '0' : low - 'a' + 10);
    }
    return true;
}

/* \uXXXX at *at, which is behind the u; a pair of surrogates is one code point, a lone
 * one is U+FFFD. */
static u32 read_escape(struct str s, size_t *at)
{
    u32 point, low;

    if (!read_hex4(s, *at, &point))
        return 0xfffd;
    *at += 4;
    if (point < 0xd800 || point > 0xdfff)
        return point;
    if (point > 0xdbff || *at + 2 > s.len || s.data[*at] != '\\' ||
        s.data[*at + 1] != 'u' || !read_hex4(s, *at + 2, &low) || low < 0xdc00 ||
        low > 0xdfff)
        return 0xfffd;
    *at += 6;
    return 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
}

static struct str unescape(struct str s, struct arena *arena)
{
    static const char letters[] = "bfnrt", means[] = "\b\f\n\r\t";
    char *data = arena_alloc(arena, s.len + 4);
    size_t len = 0;

    for (size_t at = 0; at < s.len;) {
        char c = s.data[at++];
        if (c != '\\' || at == s.len) {
            data[len++] = c;
            continue;
        }
        c = s.data[at++];
        const char *known = c ? strchr(letters, c) : NULL;
        if (c == 'u')
            len += utf8_put(data + len, read_escape(s, &at));
        else
            data[len++] = known ? means[known - letters] : c;
    }
    return (struct str){data, len};
}

/* The string with its quotes; borrowed from the text unless something is escaped. */
static struct str json_string(struct str s, struct arena *arena)
{
    struct str inner = {s.data + 1, s.len < 2 ? 0 : s.len - 2};

    return inner.len && memchr(inner.data, '\\', inner.len) ? unescape(inner, arena)
                                                            : inner;
}

static struct feel_value from_json(struct str json, u32 height, struct arena *scratch)
{
    size_t at = skip_space(json, 0);
    struct feel_value v = value_null();
    char c = at < json.len ? json.data[at] : 0;
    struct num n;

    json = str_trim(json);
    if (c == '"')
        return feel_string(json_string(json, scratch));
    if (c == 't' || c == 'f')
        return feel_boolean(c == 't');
    if (c == '[') {
        struct feel_list *l = NEW(scratch, struct feel_list);
        l->json = json;
        l->height = height;
        return (struct feel_value){.kind = FEEL_LIST, .list = l};
    }
    if (c == '{') {
        struct feel_context *o = NEW(scratch, struct feel_context);
        o->json = json;
        o->height = height;
        return (struct feel_value){.kind = FEEL_CONTEXT, .context = o};
    }
    if (num_from_str(json, &n))
        v = value_num(n);
    return v;
}

/* How deep it nests is seen when it is read. */
struct feel_value feel_from_json(struct str json, struct arena *scratch)
{
    return from_json(json, 1, scratch);
}

/* The next value of an array or object; an empty one is the end. */
static struct str next_value(struct str s, size_t *at, u32 *height)
{
    size_t start = skip_space(s, *at), end;

    if (start < s.len && (s.data[start] == ',' || s.data[start] == ':'))
        start = skip_space(s, start + 1);
    end = skip_value(s, start, height);
    *at = end;
    return (struct str){s.data + start, end - start};
}

size_t feel_list_count(const struct feel_list *l)
{
    size_t at = 1, count = 0;
    u32 height;

    if (!l->json.len)
        return l->count;
    while (next_value(l->json, &at, &height).len)
        count++;
    return count;
}

const struct feel_list *list_read(const struct feel_list *list, struct arena *arena)
{
    struct feel_list *l = (struct feel_list *)list;
    struct items items = {.arena = arena};
    size_t at = 1;
    u32 height;

    if (!l->json.len)
        return l;
    for (struct str v; (v = next_value(l->json, &at, &height)).len;)
        items_add(&items, from_json(v, height, arena));
    l->items = items.data;
    l->count = items.count;
    l->height = value_height(items.data, items.count);
    l->json = STR("");
    return l;
}

static size_t count_entries(struct str json)
{
    size_t at = 1, count = 0;
    u32 height;

    while (next_value(json, &at, &height).len)
        count++;
    return count / 2;
}

const struct feel_context *context_read(const struct feel_context *context,
                                        struct arena *arena)
{
    struct feel_context *c = (struct feel_context *)context;
    struct feel_value *values;
    struct str *names;
    size_t at = 1, count;
    u32 height;

    if (!c->json.len)
        return c;
    count = count_entries(c->json);
    names = NEW_ARRAY(arena, struct str, count);
    values = NEW_ARRAY(arena, struct feel_value, count);
    for (size_t i = 0; i < count; i++) {
        struct str value;
        names[i] = json_string(next_value(c->json, &at, &height), arena);
        value = next_value(c->json, &at, &height);
        values[i] = from_json(value, height, arena);
    }
    c->height = value_height(values, count);
    c->names = names;
    c->values = values;
    c->count = count;
    c->json = STR("");
    return c;
}

/* ---- whether text is JSON -------------------------------------------------------- */

static bool check_string(struct str s, size_t *at)
{
    if (*at >= s.len || s.data[*at] != '"')
        return false;
    for (++*at; *at < s.len && s.data[*at] != '"'; ++*at) {
        u32 point;
        if ((u8)s.data[*at] < ' ')
            return false;
        if (s.data[*at] != '\\')
            continue;
        if (++*at >= s.len || !s.data[*at] || !strchr("\"\\/bfnrtu", s.data[*at]))
            return false;
        if (s.data[*at] == 'u' && !read_hex4(s, *at + 1, &point))
            return false;
    }
    return (*at)++ < s.len;
}

static size_t check_digits(struct str s, size_t at)
{
    while (at < s.len && s.data[at] >= '0' && s.data[at] <= '9')
        at++;
    return at;
}

static bool check_number(struct str s, size_t *at)
{
    size_t start = *at + (*at < s.len && s.data[*at] == '-');
    size_t end = check_digits(s, start), more;

    if (end == start || (s.data[start] == '0' && end > start + 1))
        return false;
    if (end < s.len && s.data[end] == '.') {
        more = check_digits(s, end + 1);
        if (more == end + 1)
            return false;
        end = more;
    }
    if (end < s.len && (s.data[end] | 32) == 'e') {
        end++;
        end += end < s.len && (s.data[end] == '+' || s.data[end] == '-');
        more = check_digits(s, end);
        if (more == end)
            return false;
        end = more;
    }
    *at = end;
    return true;
}

static bool check_word(struct str s, size_t *at)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < LEN(words); i++) {
        if (str_starts((struct str){s.data + *at, s.len - *at}, str_of(words[i]))) {
            *at += strlen(words[i]);
            return true;
        }
    }
    return check_number(s, at);
}

static bool check_char(struct str s, size_t *at, char c)
{
    *at = skip_space(s, *at);
    if (*at >= s.len || s.data[*at] != c)
        return false;
    ++*at;
    return true;
}

static bool check_value(struct str s, size_t *at, u32 depth)
{
    bool object;

    *at = skip_space(s, *at);
    if (*at >= s.len || depth == 0)
        return false;
    if (s.data[*at] == '"')
        return check_string(s, at);
    object = s.data[*at] == '{';
    if (!object && s.data[*at] != '[')
        return check_word(s, at);
    ++*at;
    if (check_char(s, at, object ? '}' : ']'))
        return true;
    do {
        *at = skip_space(s, *at);
        if (object && (!check_string(s, at) || !check_char(s, at, ':')))
            return false;
        if (!check_value(s, at, depth - 1))
            return false;
    } while (check_char(s, at, ','));
    return check_char(s, at, object ? '}' : ']');
}

bool json_is_valid(struct str text, u32 depth)
{
    size_t at = 0;

    return utf8_valid(text) == text.len && check_value(text, &at, depth) &&
           skip_space(text, at) == text.len;
}

/* ---- writing --------------------------------------------------------------------- */

static void put_string(struct buf *out, struct str s)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

    buf_byte(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        const char *known = c ? strchr(plain, c) : NULL;
        if (known) {
            buf_byte(out, '\\');
            buf_byte(out, letters[known - plain]);
        } else if ((u8)c < ' ') {
            buf_print(out, "\\u%04x", c);
        } else {
            buf_byte(out, c);
        }
    }
    buf_byte(out, '"');
}

/* A zone is written as the offset that it means at that moment. */
static void put_moment(struct buf *out, const struct feel_value *v, bool keep_zone)
{
    struct feel_moment m = *v->moment;

    if (v->kind == FEEL_DATE_TIME && m.place == PLACE_ZONE)
        m.place = PLACE_OFFSET;
    buf_byte(out, '"');
    print_moment(out, v->kind, &m);
    if (keep_zone && m.place != v->moment->place)
        buf_print(out, "[%.*s]", ARG(m.zone));
    buf_byte(out, '"');
}

static void put_list(struct buf *out, const struct feel_list *l, bool keep_zone)
{
    buf_byte(out, '[');
    for (size_t i = 0; i < l->count; i++) {
        if (i)
            buf_byte(out, ',');
        value_to_json(out, &l->items[i], keep_zone);
    }
    buf_byte(out, ']');
}

static void put_context(struct buf *out, const struct feel_context *c, bool keep_zone)
{
    buf_byte(out, '{');
    for (size_t i = 0; i < c->count; i++) {
        if (i)
            buf_byte(out, ',');
        put_string(out, c->names[i]);
        buf_byte(out, ':');
        value_to_json(out, &c->values[i], keep_zone);
    }
    buf_byte(out, '}');
}

static void put_printed(struct buf *out, const struct feel_value *v)
{
    struct buf text;

    buf_init(&text, out->arena, 0);
    value_print(&text, v, PRINT_FEEL);
    put_string(out, buf_str(&text));
}

/* What came as JSON and was never looked into goes out as it came. */
void value_to_json(struct buf *out, const struct feel_value *v, bool keep_zone)
{
    switch (v->kind) {
    case FEEL_BOOLEAN:
        buf_text(out, v->boolean ? "true" : "false");
        return;
    case FEEL_NUMBER:
        num_to_buf(out, v->number);
        return;
    case FEEL_STRING:
        put_string(out, v->string);
        return;
    case FEEL_DATE:
    case FEEL_TIME:
    case FEEL_DATE_TIME:
        put_moment(out, v, keep_zone);
        return;
    case FEEL_DAYS_TIME_DURATION:
    case FEEL_YEARS_MONTHS_DURATION:
        buf_byte(out, '"');
        print_duration(out, v->kind, v->span);
        buf_byte(out, '"');
        return;
    case FEEL_LIST:
        if (v->list->json.len)
            buf_add(out, v->list->json);
        else
            put_list(out, v->list, keep_zone);
        return;
    case FEEL_CONTEXT:
        if (v->context->json.len)
            buf_add(out, v->context->json);
        else
            put_context(out, v->context, keep_zone);
        return;
    case FEEL_RANGE:
        put_printed(out, v);
        return;
    case FEEL_NULL:
    case FEEL_FUNCTION:
    case FEEL_GAVE_UP:
        break;
    }
    buf_text(out, "null");
}

void feel_to_json(struct buf *out, const struct feel_value *v)
{
    value_to_json(out, v, false);
}
