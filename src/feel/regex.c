/* regex.c - regular expressions as XPath has them (XQuery and XPath
 * Functions 3.1, 5.6), run by PCRE2 after a translation. The library allocates from the
 * evaluation's arena. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"
#include "feel/internal.h"

#define MATCH_LIMIT 200000 /* steps of the library in one match */
#define DEPTH_LIMIT 1000
#define HEAP_KIB    8192

#define KEPT_MAX                                                        \
    16 /* patterns that are looked through before one is compiled again \
        */

/* What all patterns of one evaluation share. */
struct regex_room {
    struct regex *first; /* the one compiled last */
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pcre2_match_context *match;
    pcre2_match_data *data;
};

struct regex {
    struct regex *next;
    struct str pattern, flags; /* as given, to know it again */
    pcre2_code *code;
    size_t groups; /* with the whole */
};

/* ---- translation ----------------------------------------------------------------- */

struct translator {
    struct str in;
    size_t at;
    struct buf out;
    bool drop_space;                    /* flag x */
    bool literal;                       /* flag q */
    bool dot_all;                       /* flag s */
    u32 groups, open[REGEX_GROUPS_MAX]; /* groups so far; those still open */
    u32 open_count, depth;
};

static char peek(const struct translator *t)
{
    return t->at < t->in.len ? t->in.data[t->at] : 0;
}

static bool take(struct translator *t, char c)
{
    if (t->at >= t->in.len || t->in.data[t->at] != c)
        return false;
    t->at++;
    return true;
}

/* White space that flag x lets drop. */
static void drop_space(struct translator *t)
{
    while (t->drop_space && t->at < t->in.len && strchr(" \t\r\n", peek(t)) && peek(t))
        t->at++;
}

static void copy_point(struct translator *t)
{
    size_t start = t->at;

    utf8_next(t->in, &t->at);
    buf_add(&t->out, (struct str){t->in.data + start, t->at - start});
}

/* \p{Lu}: categories go through; names of blocks become ranges. */
static bool translate_property(struct translator *t, bool negated)
{
    static const struct {
        const char *name, *range;
    } blocks[] = {
        {"IsBasicLatin", "\\x{0}-\\x{7f}"},
        {"IsLatin-1Supplement", "\\x{80}-\\x{ff}"},
        {"IsLatinExtended-A", "\\x{100}-\\x{17f}"},
        {"IsLatinExtended-B", "\\x{180}-\\x{24f}"},
        {"IsGreek", "\\x{370}-\\x{3ff}"},
        {"IsGreekandCoptic", "\\x{370}-\\x{3ff}"},
        {"IsCyrillic", "\\x{400}-\\x{4ff}"},
        {"IsHebrew", "\\x{590}-\\x{5ff}"},
        {"IsArabic", "\\x{600}-\\x{6ff}"},
        {"IsThai", "\\x{e00}-\\x{e7f}"},
        {"IsGeneralPunctuation", "\\x{2000}-\\x{206f}"},
        {"IsCurrencySymbols", "\\x{20a0}-\\x{20cf}"},
        {"IsHiragana", "\\x{3040}-\\x{309f}"},
        {"IsKatakana", "\\x{30a0}-\\x{30ff}"},
        {"IsCJKUnifiedIdeographs", "\\x{4e00}-\\x{9fff}"},
        {"IsHangulSyllables", "\\x{ac00}-\\x{d7a3}"},
    };
    char name[40];
    size_t len = 0;

    drop_space(t);
    if (!take(t, '{'))
        return false;
    for (drop_space(t); t->at < t->in.len && peek(t) != '}'; drop_space(t)) {
        if (len == sizeof(name) - 1)
            return false;
        name[len++] = t->in.data[t->at++];
    }
    name[len] = 0;
    if (!take(t, '}') || len == 0)
        return false;
    for (size_t i = 0; i < LEN(blocks); i++) {
        if (strcmp(blocks[i].name, name) == 0) {
            buf_print(&t->out, "[%s%s]", negated ? "^" : "", blocks[i].range);
            return true;
        }
    }
    if (len > 2)
        return false;
    buf_print(&t->out, "\\%c{%s}", negated ? 'P' : 'p', name);
    return true;
}

#define NAME_START "\\p{L}_:"
#define NAME_PART  "\\p{L}\\p{M}\\p{N}_:.\\-\\x{b7}"

/* A reference may only be to a group that is closed already. */
static bool translate_reference(struct translator *t)
{
    u32 group = (u32)(t->in.data[t->at++] - '0');

    while (peek(t) >= '0' && peek(t) <= '9' &&
           group * 10 + (u32)(peek(t) - '0') <= t->groups)
        group = group * 10 + (u32)(t->in.data[t->at++] - '0');
    if (group == 0 || group > t->groups)
        return false;
    for (u32 i = 0; i < t->open_count; i++)
        if (t->open[i] == group)
            return false;
    buf_print(&t->out, "(?:\\g{%u})", group);
    return true;
}

/* Behind a backslash; `in_class`: between brackets. */
static bool translate_escape(struct translator *t, bool in_class)
{
    char c = peek(t);

    if (t->at >= t->in.len)
        return false;
    if (c >= '0' && c <= '9')
        return !in_class && translate_reference(t);
    t->at++;
    switch (c) {
    case 'p':
    case 'P':
        return translate_property(t, c == 'P');
    case 'i':
    case 'c':
        buf_print(&t->out, in_class ? "%s" : "[%s]", c == 'i' ? NAME_START : NAME_PART);
        return true;
    case 'I':
    case 'C':
        if (in_class)
            return false;
        buf_print(&t->out, "[^%s]", c == 'I' ? NAME_START : NAME_PART);
        return true;
    }
    if (!c || !strchr("nrt\\|.?*+(){}-[]^$sSdDwWbB/\"'@#%&,:;<=>!~` ", c))
        return false;
    buf_byte(&t->out, '\\');
    buf_byte(&t->out, c);
    return true;
}

/* [...]: one without what it subtracts becomes itself, [a-[b]] becomes (?:(?![b])[a]).
 */
static bool translate_class(struct translator *t)
{
    struct buf outer = t->out, inner;
    bool first = true, subtracts = false, ok;

    if (++t->depth > 50)
        return false;
    buf_init(&inner, outer.arena, 32);
    t->out = inner;
    buf_byte(&t->out, '[');
    if (take(t, '^'))
        buf_byte(&t->out, '^');
    for (; t->at < t->in.len && (first || peek(t) != ']'); first = false) {
        if (take(t, '\\')) {
            if (!translate_escape(t, true))
                return false;
        } else if (peek(t) == '-' && t->at + 1 < t->in.len &&
                   t->in.data[t->at + 1] == '[' && !first) {
            subtracts = true;
            t->at++;
            break;
        } else if (peek(t) == '[' || (first && peek(t) == ']')) {
            return false;
        } else {
            copy_point(t);
        }
    }
    buf_byte(&t->out, ']');
    inner = t->out;
    t->out = outer;
    if (subtracts) {
        buf_text(&t->out, "(?:(?!");
        ok = take(t, '[') && translate_class(t);
        buf_byte(&t->out, ')');
        buf_add(&t->out, buf_str(&inner));
        buf_byte(&t->out, ')');
        t->depth--;
        return ok && take(t, ']');
    }
    buf_add(&t->out, buf_str(&inner));
    t->depth--;
    return take(t, ']');
}

/* Of what begins with (? only (?: is there. */
static bool translate_open(struct translator *t)
{
    buf_byte(&t->out, '(');
    if (t->open_count == REGEX_GROUPS_MAX)
        return false;
    if (!take(t, '?')) {
        t->open[t->open_count++] = ++t->groups;
        return t->groups < REGEX_GROUPS_MAX;
    }
    if (!take(t, ':'))
        return false;
    buf_text(&t->out, "?:");
    t->open[t->open_count++] = 0;
    return true;
}

static bool translate_next(struct translator *t)
{
    if (take(t, '\\'))
        return translate_escape(t, false);
    if (take(t, '['))
        return translate_class(t);
    if (take(t, '('))
        return translate_open(t);
    if (peek(t) == ')') {
        if (t->open_count == 0)
            return false;
        t->open_count--;
    }
    if (take(t, '.')) {
        buf_text(&t->out, t->dot_all ? "." : "[^\\n\\r]");
        return true;
    }
    copy_point(t);
    return true;
}

static bool translate(struct translator *t)
{
    for (drop_space(t); t->at < t->in.len; drop_space(t))
        if (!translate_next(t))
            return false;
    return t->open_count == 0;
}

/* ---- compiling and matching ------------------------------------------------------ */

static void *regex_alloc(size_t size, void *arena)
{
    return arena_try(arena, size);
}

static void regex_free(void *memory, void *arena)
{
}

static bool read_flags(struct str flags, u32 *options, struct translator *t)
{
    for (size_t i = 0; i < flags.len; i++) {
        switch (flags.data[i]) {
        case 's':
            *options |= PCRE2_DOTALL;
            t->dot_all = true;
            break;
        case 'm':
            *options |= PCRE2_MULTILINE;
            break;
        case 'i':
            *options |= PCRE2_CASELESS;
            break;
        case 'x':
            t->drop_space = true;
            break;
        case 'q':
            t->literal = true;
            break;
        default:
            return false;
        }
    }
    return true;
}

static _Noreturn void regex_give_up(struct eval *e)
{
    eval_give_up(e, STR("the limit of a pattern's work"));
}

static struct regex_room *regex_room(struct eval *e)
{
    struct regex_room *room = e->regex_room;

    if (room)
        return room;
    room = NEW(e->arena, struct regex_room);
    room->general = pcre2_general_context_create(regex_alloc, regex_free, e->arena);
    if (!room->general ||
        !(room->compile = pcre2_compile_context_create(room->general)) ||
        !(room->match = pcre2_match_context_create(room->general)) ||
        !(room->data = pcre2_match_data_create(REGEX_GROUPS_MAX, room->general)))
        regex_give_up(e);
    pcre2_set_newline(room->compile, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(room->compile, 100);
    pcre2_set_match_limit(room->match, MATCH_LIMIT);
    pcre2_set_depth_limit(room->match, DEPTH_LIMIT);
    pcre2_set_heap_limit(room->match, HEAP_KIB);
    e->regex_room = room;
    return room;
}

static struct regex *regex_compile(struct eval *e, struct translator *t, u32 options)
{
    struct regex_room *room = regex_room(e);
    struct regex *r = NEW(e->arena, struct regex);
    struct str pattern = t->literal ? t->in : buf_str(&t->out);
    int error;
    size_t at;

    if (t->literal)
        options = PCRE2_UTF | PCRE2_LITERAL | (options & PCRE2_CASELESS);
    r->code = pcre2_compile((const u8 *)(pattern.data ? pattern.data : ""), pattern.len,
                            options, &error, &at, room->compile);
    if (!r->code)
        return NULL;
    r->groups = t->literal ? 1 : t->groups + 1;
    r->next = room->first;
    room->first = r;
    return r;
}

/* Patterns are mostly used for many texts in a row, so they are kept. */
static struct regex *regex_find(struct eval *e, struct str pattern, struct str flags)
{
    struct regex *r = regex_room(e)->first;

    for (int i = 0; r && i < KEPT_MAX; i++, r = r->next)
        if (str_equal(r->pattern, pattern) && str_equal(r->flags, flags))
            return r;
    return NULL;
}

struct regex *regex_get(struct eval *e, struct str pattern, struct str flags)
{
    u32 options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY |
                  PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK |
                  PCRE2_ALLOW_EMPTY_CLASS;
    struct translator t = {.in = pattern};
    struct regex *r = regex_find(e, pattern, flags);

    if (r)
        return r;
    eval_step(e, 10 + pattern.len);
    if (utf8_valid(pattern) < pattern.len || !read_flags(flags, &options, &t))
        return NULL;
    buf_init(&t.out, e->arena, pattern.len + 16);
    if (!t.literal && !translate(&t))
        return NULL;
    r = regex_compile(e, &t, options);
    if (!r)
        return NULL;
    r->pattern = pattern;
    r->flags = flags;
    return r;
}

size_t regex_groups(const struct regex *r)
{
    return r->groups;
}

bool regex_next(struct eval *e, struct regex *r, struct str s, size_t at,
                struct regex_match *m)
{
    struct regex_room *room = regex_room(e);
    const size_t *ends;
    int count;

    /* The library relies on well-formed text; looked at once, with the first match. */
    if (at == 0 && utf8_valid(s) < s.len)
        return false;
    eval_step(e, 2);
    count = pcre2_match(r->code, (const u8 *)(s.data ? s.data : ""), s.len, at,
                        PCRE2_NO_UTF_CHECK, room->data, room->match);
    if (count == PCRE2_ERROR_NOMATCH) {
        eval_step(e, (s.len - at) / 256);
        return false;
    }
    if (count < 0)
        regex_give_up(e);
    ends = pcre2_get_ovector_pointer(room->data);
    eval_step(e, (ends[1] - at) / 256);
    m->count = r->groups;
    for (size_t i = 0; i < m->count; i++) {
        bool took_part = i < (size_t)count;
        m->spans[2 * i] = took_part ? ends[2 * i] : SIZE_MAX;
        m->spans[2 * i + 1] = took_part ? ends[2 * i + 1] : SIZE_MAX;
    }
    return true;
}
