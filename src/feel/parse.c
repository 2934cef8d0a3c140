/* parse.c - from text to the tree, by recursive descent. Precedence, loosest first:
 * if, for, some, every and function; or; and; comparisons, between, in; + and -; * and
 * /;
 * **; unary minus; instance of; what follows a value: . [ ( */
#include "base/utf8.h"
#include "feel/internal.h"

#define NESTING_MAX 200
#define TEXT_MAX    (1u << 20)
#define WORK_MAX    50000000 /* looks at names and tokens ahead, in all */

/* A list of names that grows. */
struct names {
    struct str *data;
    size_t count, size;
};

struct parser {
    struct str text;
    struct token token; /* the one that is looked at */
    struct arena *keep;
    const struct feel_names *names; /* the caller's; may be NULL */
    struct names known; /* names with spaces that this text itself makes known */
    struct names bound; /* by what is being parsed now: no reads */
    struct names reads;
    u32 depth;
    u32 inputs; /* how many ? there were */
    u64 work; /* looks so far, where their number is not bounded by the text's length */
    bool has_functions;
    bool at_range_end; /* [ may be the end of a range, and nothing encloses that */
    struct err *err;
    struct trap trap;
};

static void names_add(struct parser *p, struct names *n, struct str name)
{
    if (n->count == n->size) {
        size_t size = n->size ? 2 * n->size : 8;
        struct str *data = NEW_ARRAY(p->keep, struct str, size);
        if (n->count)
            memcpy(data, n->data, n->count * sizeof(*data));
        n->data = data;
        n->size = size;
    }
    n->data[n->count++] = name;
}

static bool names_have(const struct names *n, struct str name)
{
    for (size_t i = n->count; i-- > 0;)
        if (str_equal(n->data[i], name))
            return true;
    return false;
}

/* ---- errors ---------------------------------------------------------------------- */

struct feel_place place_of(struct str text, size_t offset)
{
    struct feel_place place = {.text = text, .at = offset, .line = 1, .column = 1};

    for (size_t at = 0; at < offset && at < text.len; place.column++) {
        if (utf8_next(text, &at) == '\n') {
            place.line++;
            place.column = 0;
        }
    }
    return place;
}

static _Noreturn void parse_fail(struct parser *p, enum err_code code, size_t at,
                                 const char *what)
{
    struct feel_place place = place_of(p->text, at);

    err_set(p->err, code, "line %u, column %u: %s", place.line, place.column, what);
    trap_spring(&p->trap, TRAP_NONE);
}

static _Noreturn void parse_unexpected(struct parser *p, const char *expected)
{
    char text[256];
    struct err found = {0};
    struct token t = p->token;

    if (t.kind == TOKEN_END)
        err_set(&found, ERR_SYNTAX, "found the end, expected %s", expected);
    else if (t.kind == TOKEN_BAD && t.text.data != p->text.data + t.at)
        err_set(&found, ERR_SYNTAX, "found %.*s", ARG(t.text));
    else
        err_set(&found, ERR_SYNTAX, "found '%.*s'%s, expected %s",
                (int)(t.end - t.at < 40 ? t.end - t.at : 40), p->text.data + t.at,
                t.end - t.at < 40 ? "" : "...", expected);
    memcpy(text, found.text, sizeof(text) - 1);
    text[sizeof(text) - 1] = 0;
    parse_fail(p, ERR_SYNTAX, t.at, text);
}

/* Names are compared one by one, which is quick for what people write; a text made to
 * be slow is refused. */
static void parse_work(struct parser *p, size_t looks)
{
    p->work += looks;
    if (p->work > WORK_MAX)
        parse_fail(p, ERR_LIMIT, p->token.at, "too many names for one expression");
}

static void parse_enter(struct parser *p)
{
    if (++p->depth > NESTING_MAX)
        parse_fail(p, ERR_LIMIT, p->token.at, "nested deeper than 200 levels");
}

/* ---- tokens and nodes ------------------------------------------------------------ */

static void parse_to(struct parser *p, size_t at)
{
    p->token = lex(p->text, at);
}

static void parse_next(struct parser *p)
{
    parse_to(p, p->token.end);
}

static bool at_mark(const struct parser *p, const char *mark)
{
    return p->token.kind == TOKEN_MARK && str_is(p->token.text, mark);
}

static bool at_word(const struct parser *p, const char *word)
{
    return p->token.kind == TOKEN_WORD && str_is(p->token.text, word);
}

static bool take_mark(struct parser *p, const char *mark)
{
    bool there = at_mark(p, mark);

    if (there)
        parse_next(p);
    return there;
}

static bool take_word(struct parser *p, const char *word)
{
    bool there = at_word(p, word);

    if (there)
        parse_next(p);
    return there;
}

static void expect_mark(struct parser *p, const char *mark, const char *expected)
{
    if (!take_mark(p, mark))
        parse_unexpected(p, expected);
}

static void expect_word(struct parser *p, const char *word, const char *expected)
{
    if (!take_word(p, word))
        parse_unexpected(p, expected);
}

static struct node *node_new(struct parser *p, enum node_kind kind)
{
    struct node *n = NEW(p->keep, struct node);

    n->kind = kind;
    n->at = (u32)p->token.at;
    return n;
}

/* Room doubles whenever the count is a power of two. */
static void node_add(struct parser *p, struct node *n, struct node *item)
{
    if ((n->count & (n->count - 1)) == 0) {
        struct node **items =
            NEW_ARRAY(p->keep, struct node *, n->count ? 2 * n->count : 1);
        if (n->count)
            memcpy(items, n->items, n->count * sizeof(struct node *));
        n->items = items;
    }
    n->items[n->count++] = item;
}

static struct node *node_of(struct parser *p, enum node_kind kind, struct node *a,
                            struct node *b)
{
    struct node *n = node_new(p, kind);

    n->at = a->at;
    node_add(p, n, a);
    if (b)
        node_add(p, n, b);
    return n;
}

static struct node *node_literal(struct parser *p, struct feel_value v)
{
    struct node *n = node_new(p, NODE_LITERAL);

    n->literal = v;
    return n;
}

static struct node *parse_expression(struct parser *p);
static struct node *parse_additive(struct parser *p);
static struct node *parse_unary(struct parser *p);

/* ---- names ----------------------------------------------------------------------- */

static bool name_is_plain(struct str name)
{
    struct token t = lex(name, 0);

    return t.kind == TOKEN_WORD && t.at == 0 && t.end == name.len;
}

static void name_known(struct parser *p, struct str name)
{
    if (!name_is_plain(name))
        names_add(p, &p->known, name);
}

static void name_look(struct parser *p, struct str known, struct str *name, size_t *end)
{
    size_t here;

    if (known.len && known.data[0] == p->text.data[p->token.at] &&
        lex_name(p->text, p->token.at, known, &here) && here > *end) {
        *end = here;
        *name = known;
    }
}

/* The longest known name with spaces or operators that stands here: one of the caller's
 * or of this text. */
static bool name_longest(struct parser *p, struct str *name, size_t *end)
{
    size_t count = p->names ? p->names->count : 0;
    struct str longest = {0};

    *end = p->token.end;
    parse_work(p, 10 * (count + p->known.count));
    for (size_t i = 0; i < count; i++)
        name_look(p, str_trim(p->names->names[i]), &longest, end);
    if (longest.data)
        longest = arena_copy(p->keep, longest);
    for (size_t i = 0; i < p->known.count; i++)
        name_look(p, p->known.data[i], &longest, end);
    if (!longest.data)
        return false;
    *name = longest;
    return true;
}

/* Whether somebody but us defines the name. */
static bool name_given(const struct parser *p, struct str name)
{
    for (size_t i = 0; p->names && i < p->names->count; i++)
        if (str_equal(str_trim(p->names->names[i]), name))
            return true;
    return names_have(&p->known, name) || names_have(&p->bound, name);
}

/* Whether words, and marks that a name may contain, stand here up to the mark. */
static bool name_ahead(const struct parser *p, const char *mark)
{
    struct token t = p->token;

    if (t.kind != TOKEN_WORD && t.kind != TOKEN_QUOTED && t.kind != TOKEN_STRING)
        return false;
    do {
        t = lex(p->text, t.end);
    } while (t.kind == TOKEN_WORD || t.kind == TOKEN_NUMBER ||
             (t.kind == TOKEN_MARK && t.text.len == 1 &&
              memchr("./-'+*", t.text.data[0], 6)));
    return t.kind == TOKEN_MARK && str_is(t.text, mark);
}

/* A name that is new here: all words up to one of the marks, or to the word `in`. */
static struct str parse_new_name(struct parser *p, const char *expected)
{
    size_t start = p->token.at, end = p->token.end;
    struct str name = p->token.text;

    if (p->token.kind != TOKEN_QUOTED && p->token.kind != TOKEN_WORD)
        parse_unexpected(p, expected);
    if (p->token.kind == TOKEN_QUOTED) {
        parse_next(p);
        name_known(p, name);
        return name;
    }
    for (parse_next(p); !at_word(p, "in"); parse_next(p)) {
        if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_NUMBER &&
            !(p->token.kind == TOKEN_MARK && p->token.text.len == 1 &&
              memchr("./-'+*", p->token.text.data[0], 6)))
            break;
        end = p->token.end;
    }
    name = lex_tidy((struct str){p->text.data + start, end - start}, p->keep);
    name_known(p, name);
    return name;
}

static void parse_read(struct parser *p, struct str name)
{
    parse_work(p, p->bound.count + p->reads.count);
    if (!names_have(&p->bound, name) && !names_have(&p->reads, name))
        names_add(p, &p->reads, name);
}

/* ---- types ----------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum type_kind kind;
    enum feel_kind value;
} type_names[] = {
    {"days and time duration", TYPE_KIND, FEEL_DAYS_TIME_DURATION},
    {"years and months duration", TYPE_KIND, FEEL_YEARS_MONTHS_DURATION},
    {"day-time-duration", TYPE_KIND, FEEL_DAYS_TIME_DURATION},
    {"year-month-duration", TYPE_KIND, FEEL_YEARS_MONTHS_DURATION},
    {"date and time", TYPE_KIND, FEEL_DATE_TIME},
    {"date time", TYPE_KIND, FEEL_DATE_TIME},
    {"date", TYPE_KIND, FEEL_DATE},
    {"time", TYPE_KIND, FEEL_TIME},
    {"number", TYPE_KIND, FEEL_NUMBER},
    {"string", TYPE_KIND, FEEL_STRING},
    {"boolean", TYPE_KIND, FEEL_BOOLEAN},
    {"list", TYPE_KIND, FEEL_LIST},
    {"context", TYPE_KIND, FEEL_CONTEXT},
    {"range", TYPE_KIND, FEEL_RANGE},
    {"function", TYPE_KIND, FEEL_FUNCTION},
    {"Any", TYPE_ANY, FEEL_NULL},
    {"Null", TYPE_NULL, FEEL_NULL},
};

static struct type *parse_type(struct parser *p);

static void type_add(struct parser *p, struct type *t, struct str name,
                     struct type *part)
{
    if ((t->count & (t->count - 1)) == 0) {
        size_t size = t->count ? 2 * t->count : 1;
        struct type **parts = NEW_ARRAY(p->keep, struct type *, size);
        struct str *names = NEW_ARRAY(p->keep, struct str, size);
        if (t->count) {
            memcpy(parts, t->parts, t->count * sizeof(struct type *));
            memcpy(names, t->names, t->count * sizeof(struct str));
        }
        t->parts = parts;
        t->names = names;
    }
    t->parts[t->count] = part;
    t->names[t->count++] = name;
}

/* What stands in < >: one type, named types, or types and -> a type behind. */
static void parse_type_parts(struct parser *p, struct type *t)
{
    if (t->value == FEEL_LIST || t->value == FEEL_RANGE) {
        t->kind = t->value == FEEL_LIST ? TYPE_LIST : TYPE_RANGE;
        type_add(p, t, STR(""), parse_type(p));
    } else if (t->value == FEEL_CONTEXT) {
        t->kind = TYPE_CONTEXT;
        do {
            struct str name = parse_new_name(p, "the name of an entry");
            expect_mark(p, ":", "':' and a type");
            type_add(p, t, name, parse_type(p));
        } while (take_mark(p, ","));
    } else {
        t->kind = TYPE_FUNCTION;
        while (!at_mark(p, ">")) {
            type_add(p, t, STR(""), parse_type(p));
            if (!take_mark(p, ","))
                break;
        }
    }
    expect_mark(p, ">", "'>'");
    if (t->kind == TYPE_FUNCTION) {
        expect_mark(p, "->", "'->' and the type of the result");
        type_add(p, t, STR(""), parse_type(p));
    }
}

/* The text of the longest type that the caller defines and that stands here. */
static bool type_defined(struct parser *p, struct str *text, size_t *end)
{
    size_t count = p->names ? p->names->type_count : 0, here;
    bool found = false;

    parse_work(p, 10 * count);
    for (size_t i = 0; i < count; i++) {
        if (lex_name(p->text, p->token.at, p->names->types[i], &here) &&
            (!found || here > *end)) {
            *text = p->names->type_texts[i];
            *end = here;
            found = true;
        }
    }
    return found;
}

/* The type that another text gives, which is read in between. */
static struct type *parse_type_text(struct parser *p, struct str text)
{
    struct str outer = p->text;
    struct type *t;

    p->text = arena_copy(p->keep, text);
    parse_to(p, 0);
    t = parse_type(p);
    if (p->token.kind != TOKEN_END)
        parse_unexpected(p, "the end of a type");
    p->text = outer;
    return t;
}

static struct type *parse_type(struct parser *p)
{
    struct type *t = NEW(p->keep, struct type);
    struct str name;
    size_t end;

    if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED)
        parse_unexpected(p, "a type");
    parse_enter(p);
    if (type_defined(p, &name, &end)) {
        t = parse_type_text(p, name);
        parse_to(p, end);
        p->depth--;
        return t;
    }
    t->kind = TYPE_UNKNOWN;
    for (size_t i = 0; i < LEN(type_names); i++) {
        if (lex_name(p->text, p->token.at, str_of(type_names[i].name), &end)) {
            t->kind = type_names[i].kind;
            t->value = type_names[i].value;
            break;
        }
    }
    if (t->kind == TYPE_UNKNOWN && !name_longest(p, &name, &end))
        end = p->token.end;
    parse_to(p, end);
    if (t->kind == TYPE_KIND && at_mark(p, "<") &&
        (t->value == FEEL_LIST || t->value == FEEL_RANGE || t->value == FEEL_CONTEXT ||
         t->value == FEEL_FUNCTION)) {
        parse_next(p);
        parse_type_parts(p, t);
    }
    p->depth--;
    return t;
}

/* ---- literals -------------------------------------------------------------------- */

static struct node *parse_number(struct parser *p, bool negative)
{
    struct num n;

    if (!num_from_str(p->token.text, &n))
        parse_fail(p, ERR_SYNTAX, p->token.at, "a number too large");
    parse_next(p);
    return node_literal(p, value_num(negative ? num_neg(n) : n));
}

static struct str parse_string(struct parser *p)
{
    struct str s;

    if (!lex_unescape(p->token.text, p->keep, &s))
        parse_fail(p, ERR_SYNTAX, p->token.at, "a string with a bad escape");
    parse_next(p);
    return s;
}

/* What names a zone has to wait for the zones. */
static struct node *parse_at(struct parser *p)
{
    struct str text = parse_string(p);
    struct node *n = node_new(p, NODE_AT);
    struct feel_value v;

    n->name = text;
    if (!(text.len &&
          (memchr(text.data, '@', text.len) || memchr(text.data, '[', text.len))) &&
        read_temporal(text, NULL, p->keep, &v))
        return node_literal(p, v);
    return n;
}

/* ---- brackets -------------------------------------------------------------------- */

static struct node *parse_range_end(struct parser *p, struct node *start, bool included)
{
    bool was_at_end = p->at_range_end;

    p->at_range_end = true;
    struct node *end = parse_additive(p);
    p->at_range_end = was_at_end;
    struct node *n = node_of(p, NODE_RANGE, start, end);

    n->op = included ? START_INCLUDED : 0;
    if (take_mark(p, "]"))
        n->op |= END_INCLUDED;
    else if (!take_mark(p, ")") && !take_mark(p, "["))
        parse_unexpected(p, "the end of the range: ']', ')' or '['");
    return n;
}

static enum op comparison_at(const struct parser *p)
{
    static const struct {
        const char *mark;
        enum op op;
    } marks[] = {{"=", OP_EQ},  {"!=", OP_NE}, {"<", OP_LT},
                 {"<=", OP_LE}, {">", OP_GT},  {">=", OP_GE}};

    for (size_t i = 0; i < LEN(marks); i++)
        if (at_mark(p, marks[i].mark))
            return marks[i].op;
    return OP_NONE;
}

/* (< 5) and the like: all on one side of a value, or the value, or all others. */
static struct node *parse_open_range(struct parser *p, enum op op)
{
    bool below = op == OP_LT || op == OP_LE;
    struct node *nothing, *bound;

    parse_next(p);
    nothing = node_literal(p, value_null());
    bound = parse_additive(p);
    expect_mark(p, ")", "')'");
    if (op == OP_EQ || op == OP_NE) {
        struct node *point = node_of(p, NODE_RANGE, bound, bound);
        point->op = START_INCLUDED | END_INCLUDED;
        point->op |= op == OP_EQ ? POINT_EQUAL : POINT_OTHER;
        return point;
    }
    struct node *n =
        node_of(p, NODE_RANGE, below ? nothing : bound, below ? bound : nothing);
    n->op = below ? START_OPEN : END_OPEN;
    if (op == OP_LE)
        n->op |= END_INCLUDED;
    if (op == OP_GE)
        n->op |= START_INCLUDED;
    return n;
}

static struct node *parse_parenthesis(struct parser *p)
{
    struct node *n;

    parse_next(p);
    if (comparison_at(p))
        return parse_open_range(p, comparison_at(p));
    n = parse_expression(p);
    if (take_mark(p, ".."))
        return parse_range_end(p, n, false);
    expect_mark(p, ")", "')'");
    return n;
}

static struct node *parse_bracket(struct parser *p)
{
    struct node *n = node_new(p, NODE_LIST), *first;

    parse_next(p);
    if (take_mark(p, "]"))
        return n;
    first = parse_expression(p);
    if (take_mark(p, ".."))
        return parse_range_end(p, first, true);
    node_add(p, n, first);
    while (take_mark(p, ","))
        node_add(p, n, parse_expression(p));
    expect_mark(p, "]", "',' or ']'");
    return n;
}

/* ]a..b]: the start is not included. */
static struct node *parse_reversed_bracket(struct parser *p)
{
    struct node *start;

    parse_next(p);
    start = parse_additive(p);
    expect_mark(p, "..", "'..'");
    return parse_range_end(p, start, false);
}

/* Entries may use those before them, functions also themselves. */
static struct node *parse_context(struct parser *p)
{
    struct node *n = node_new(p, NODE_CONTEXT);
    struct names names = {0};
    size_t bound = p->bound.count;

    parse_next(p);
    while (!at_mark(p, "}")) {
        struct str name;
        if (p->token.kind == TOKEN_STRING)
            name_known(p, name = parse_string(p));
        else
            name = parse_new_name(p, n->count ? "the name of an entry"
                                              : "the name of an entry or '}'");
        expect_mark(p, ":", "':'");
        names_add(p, &names, name);
        node_add(p, n, parse_expression(p));
        names_add(p, &p->bound, name);
        if (!take_mark(p, ","))
            break;
        if (at_mark(p, "}"))
            parse_unexpected(p, "the name of an entry");
    }
    expect_mark(p, "}", "',' or '}'");
    n->names = names.data;
    p->bound.count = bound;
    return n;
}

/* ---- if, for, some, every, function ---------------------------------------------- */

static struct node *parse_if(struct parser *p)
{
    struct node *n = node_new(p, NODE_IF);

    parse_next(p);
    node_add(p, n, parse_expression(p));
    expect_word(p, "then", "'then'");
    node_add(p, n, parse_expression(p));
    expect_word(p, "else", "'else'");
    node_add(p, n, parse_expression(p));
    return n;
}

/* name in domain {, name in domain} return|satisfies body. Later domains see the names
 * before them. */
static struct node *parse_loop(struct parser *p, enum node_kind kind)
{
    struct node *n = node_new(p, kind);
    struct names names = {0};
    size_t bound = p->bound.count;

    parse_next(p);
    do {
        struct str name = parse_new_name(p, "the name of a variable");
        expect_word(p, "in", "'in'");
        struct node *domain = parse_expression(p);
        if (take_mark(p, ".."))
            domain = node_of(p, NODE_SPAN, domain, parse_expression(p));
        node_add(p, n, domain);
        names_add(p, &names, name);
        names_add(p, &p->bound, name);
    } while (take_mark(p, ","));
    if (kind == NODE_FOR) {
        expect_word(p, "return", "',' or 'return'");
        names_add(p, &p->bound, STR("partial"));
    } else {
        expect_word(p, "satisfies", "',' or 'satisfies'");
    }
    node_add(p, n, parse_expression(p));
    n->names = names.data;
    p->bound.count = bound;
    return n;
}

static void parse_parameters(struct parser *p, struct node *n)
{
    struct names names = {0};
    struct type *types = NEW(p->keep, struct type);

    expect_mark(p, "(", "'('");
    while (!at_mark(p, ")")) {
        struct str name = parse_new_name(p, "the name of a parameter");
        names_add(p, &names, name);
        names_add(p, &p->bound, name);
        type_add(p, types, name, take_mark(p, ":") ? parse_type(p) : NULL);
        if (!take_mark(p, ","))
            break;
    }
    expect_mark(p, ")", "',' or ')'");
    n->names = names.data;
    n->name_count = names.count;
    n->types = types->parts;
}

/* `external` and a context; elsewhere it is a name like any other. */
static bool at_external(const struct parser *p)
{
    struct token next = lex(p->text, p->token.end);

    return at_word(p, "external") && next.kind == TOKEN_MARK && str_is(next.text, "{");
}

static struct node *parse_function(struct parser *p)
{
    struct node *n = node_new(p, NODE_FUNCTION);
    size_t bound = p->bound.count;

    parse_next(p);
    parse_parameters(p, n);
    if (at_external(p)) {
        n->op = 1;
        parse_next(p);
    }
    node_add(p, n, parse_expression(p));
    p->bound.count = bound;
    p->has_functions = true;
    return n;
}

/* ---- primary --------------------------------------------------------------------- */

static const struct {
    const char *word;
    enum {
        WORD_TRUE,
        WORD_FALSE,
        WORD_NULL,
        WORD_IF,
        WORD_FOR,
        WORD_SOME,
        WORD_EVERY,
        WORD_FUNCTION,
        WORD_INNER
    } means; /* INNER: begins no expression */
} keywords[] = {
    {"true", WORD_TRUE},       {"false", WORD_FALSE},       {"null", WORD_NULL},
    {"if", WORD_IF},           {"for", WORD_FOR},           {"some", WORD_SOME},
    {"every", WORD_EVERY},     {"function", WORD_FUNCTION}, {"then", WORD_INNER},
    {"else", WORD_INNER},      {"return", WORD_INNER},      {"in", WORD_INNER},
    {"satisfies", WORD_INNER}, {"and", WORD_INNER},         {"or", WORD_INNER},
    {"between", WORD_INNER},
};

static int keyword_of(struct str word)
{
    for (size_t i = 0; i < LEN(keywords); i++)
        if (str_is(word, keywords[i].word))
            return (int)keywords[i].means;
    return -1;
}

static struct node *parse_keyword(struct parser *p, int keyword)
{
    switch (keyword) {
    case WORD_IF:
        return parse_if(p);
    case WORD_FOR:
        return parse_loop(p, NODE_FOR);
    case WORD_SOME:
        return parse_loop(p, NODE_SOME);
    case WORD_EVERY:
        return parse_loop(p, NODE_EVERY);
    case WORD_FUNCTION:
        return parse_function(p);
    case WORD_INNER:
        parse_unexpected(p, "an expression");
    }
    parse_next(p);
    return node_literal(p, keyword == WORD_NULL ? value_null()
                                                : feel_boolean(keyword == WORD_TRUE));
}

static struct node *node_name(struct parser *p, struct str name, size_t end)
{
    struct node *n = node_new(p, NODE_NAME);

    n->name = name;
    parse_to(p, end);
    return n;
}

static bool call_follows(const struct parser *p, size_t at)
{
    at = lex_space(p->text, at);
    return at < p->text.len && p->text.data[at] == '(';
}

/* A name: the longest that is known, then a built-in of several words if it is called,
 * then a keyword, then one word. */
static struct node *parse_word(struct parser *p)
{
    struct str name = p->token.text;
    size_t end = p->token.end;
    const struct builtin *builtin = NULL;
    bool is_quoted = p->token.kind == TOKEN_QUOTED;
    struct node *n;

    if (!is_quoted && !name_longest(p, &name, &end)) {
        builtin = builtin_at(p->text, p->token.at, &end);
        if (builtin && !call_follows(p, end))
            builtin = NULL;
        if (builtin)
            name = str_of(builtin->name);
        else
            end = p->token.end;
        if (!builtin && call_follows(p, end) && !name_given(p, name))
            builtin = builtin_find(name);
        if (!builtin && keyword_of(name) >= 0)
            return parse_keyword(p, keyword_of(name));
    }
    n = node_name(p, name, end);
    n->builtin = builtin;
    if (!builtin)
        parse_read(p, name);
    return n;
}

static struct node *parse_value(struct parser *p)
{
    switch (p->token.kind) {
    case TOKEN_NUMBER:
        return parse_number(p, false);
    case TOKEN_STRING:
        return node_literal(p, feel_string(parse_string(p)));
    case TOKEN_AT:
        return parse_at(p);
    case TOKEN_WORD:
    case TOKEN_QUOTED:
        return parse_word(p);
    case TOKEN_MARK:
        if (at_mark(p, "("))
            return parse_parenthesis(p);
        if (at_mark(p, "["))
            return parse_bracket(p);
        if (at_mark(p, "]"))
            return parse_reversed_bracket(p);
        if (at_mark(p, "{"))
            return parse_context(p);
        if (take_mark(p, "?")) {
            p->inputs++;
            return node_new(p, NODE_INPUT);
        }
        break;
    case TOKEN_END:
    case TOKEN_BAD:
        break;
    }
    parse_unexpected(p, "an expression");
}

static struct node *parse_primary(struct parser *p)
{
    size_t at = p->token.at;
    struct node *n = parse_value(p);

    if (n->kind == NODE_LITERAL) /* which is made when its text is read already */
        n->at = (u32)at;
    return n;
}

/* ---- what follows a value -------------------------------------------------------- */

static struct node *parse_path(struct parser *p, struct node *of)
{
    static const char *const properties[] = {"time offset", "start included",
                                             "end included"};
    struct node *n = node_of(p, NODE_PATH, of, NULL);
    size_t end = p->token.end;

    parse_next(p);
    if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED)
        parse_unexpected(p, "a name");
    n->at = (u32)p->token.at;
    n->name = p->token.text;
    end = p->token.end;
    if (p->token.kind == TOKEN_WORD && !name_longest(p, &n->name, &end)) {
        for (size_t i = 0; i < LEN(properties); i++)
            if (lex_name(p->text, p->token.at, str_of(properties[i]), &end)) {
                n->name = str_of(properties[i]);
                break;
            } else {
                end = p->token.end;
            }
    }
    parse_to(p, end);
    return n;
}

/* In [1..a[ the last bracket ends the range. It does wherever no expression follows,
 * and and( begins one where no range could end. */
static bool filter_follows(const struct parser *p)
{
    struct token t = lex(p->text, p->token.end);

    if (t.kind == TOKEN_WORD && call_follows(p, t.end))
        return keyword_of(t.text) != WORD_INNER || !p->at_range_end;
    if (t.kind == TOKEN_WORD)
        return keyword_of(t.text) != WORD_INNER;
    if (t.kind == TOKEN_MARK)
        return t.text.len == 1 && memchr("([{-?", t.text.data[0], 5);
    return t.kind != TOKEN_END;
}

static struct node *parse_filter(struct parser *p, struct node *of)
{
    struct node *n, *condition;
    size_t bound = p->bound.count;

    parse_next(p);
    names_add(p, &p->bound, STR("item"));
    condition = parse_expression(p);
    p->bound.count = bound;
    n = node_of(p, NODE_FILTER, of, condition);
    n->is_plain = condition->kind == NODE_LITERAL;
    expect_mark(p, "]", "']'");
    return n;
}

static struct node *parse_call(struct parser *p, struct node *of)
{
    struct node *n = node_of(p, NODE_CALL, of, NULL);
    struct names names = {0};
    bool named;

    n->builtin = of->builtin;
    parse_next(p);
    named = name_ahead(p, ":");
    while (!at_mark(p, ")")) {
        if (named) {
            struct str name = p->token.kind == TOKEN_STRING
                                  ? parse_string(p)
                                  : parse_new_name(p, "the name of a parameter");
            names_add(p, &names, name);
            expect_mark(p, ":", "':'");
        }
        node_add(p, n, parse_expression(p));
        if (!take_mark(p, ","))
            break;
        if (at_mark(p, ")"))
            parse_unexpected(p, "an argument");
    }
    expect_mark(p, ")", "',' or ')'");
    n->names = names.data;
    return n;
}

static struct node *parse_postfix(struct parser *p)
{
    struct node *n = parse_primary(p);
    u32 depth = p->depth;

    /* Each step makes the tree one deeper, so it counts as nesting. */
    for (;; parse_enter(p)) {
        if (at_mark(p, "."))
            n = parse_path(p, n);
        else if (at_mark(p, "[") && filter_follows(p))
            n = parse_filter(p, n);
        else if (at_mark(p, "("))
            n = parse_call(p, n);
        else
            break;
    }
    p->depth = depth;
    return n;
}

/* ---- operators ------------------------------------------------------------------- */

static struct node *parse_instance(struct parser *p)
{
    struct node *n = parse_postfix(p);
    struct token next;

    if (!at_word(p, "instance"))
        return n;
    next = lex(p->text, p->token.end);
    if (next.kind != TOKEN_WORD || !str_is(next.text, "of"))
        return n;
    parse_next(p);
    parse_next(p);
    n = node_of(p, NODE_INSTANCE, n, NULL);
    n->type = parse_type(p);
    return n;
}

static struct node *parse_unary(struct parser *p)
{
    struct node *n;

    if (!at_mark(p, "-"))
        return parse_instance(p);
    parse_enter(p);
    parse_next(p);
    n = node_of(p, NODE_NEGATE, parse_unary(p), NULL);
    if (n->items[0]->kind == NODE_LITERAL && n->items[0]->literal.kind == FEEL_NUMBER)
        n = node_literal(p, value_num(num_neg(n->items[0]->literal.number)));
    p->depth--;
    return n;
}

struct level {
    const char *marks[2];
    enum op ops[2];
    struct node *(*operand)(struct parser *p);
};

static enum op op_at(const struct parser *p, const struct level *level)
{
    for (size_t i = 0; i < LEN(level->marks); i++)
        if (level->marks[i] && at_mark(p, level->marks[i]))
            return level->ops[i];
    return OP_NONE;
}

/* A row of operands, however long, is one node: it must not make the tree deep. */
static struct node *parse_level(struct parser *p, const struct level *level)
{
    struct node *first = level->operand(p), *n;
    u8 *ops = NULL;
    u32 count = 0, size = 0;
    enum op op = op_at(p, level);

    if (!op)
        return first;
    n = node_of(p, NODE_ARITHMETIC, first, NULL);
    for (; op; op = op_at(p, level)) {
        if (count == size) {
            u8 *more = arena_alloc(p->keep, size = size ? 2 * size : 8);
            if (count)
                memcpy(more, ops, count);
            ops = more;
        }
        ops[count++] = (u8)op;
        parse_next(p);
        node_add(p, n, level->operand(p));
    }
    n->ops = ops;
    return n;
}

static struct node *parse_power(struct parser *p)
{
    static const struct level level = {{"**"}, {OP_POW}, parse_unary};

    return parse_level(p, &level);
}

static struct node *parse_product(struct parser *p)
{
    static const struct level level = {{"*", "/"}, {OP_MUL, OP_DIV}, parse_power};

    return parse_level(p, &level);
}

static struct node *parse_additive(struct parser *p)
{
    static const struct level level = {{"+", "-"}, {OP_ADD, OP_SUB}, parse_product};

    return parse_level(p, &level);
}

/* One test: a comparison with the input, or an expression. */
static struct node *parse_test(struct parser *p,
                               struct node *(*expression)(struct parser *))
{
    u32 inputs = p->inputs;
    enum op op = comparison_at(p);
    struct node *n;

    if (op) {
        parse_next(p);
        n = node_of(p, NODE_TEST, parse_additive(p), NULL);
        n->op = (u8)op;
    } else {
        n = expression(p);
    }
    n->uses_input = p->inputs > inputs;
    return n;
}

/* Whether the parenthesis that begins here has a comma of its own. */
static bool comma_ahead(struct parser *p)
{
    struct token t = p->token;
    u32 depth = 0;

    for (; t.kind != TOKEN_END && t.kind != TOKEN_BAD; t = lex(p->text, t.end)) {
        parse_work(p, 10);
        if (t.kind != TOKEN_MARK)
            continue;
        if (memchr("([{", t.text.data[0], 3))
            depth++;
        else if (memchr(")]}", t.text.data[0], 3) && --depth == 0)
            return false;
        else if (depth == 1 && t.text.data[0] == ',')
            return true;
    }
    return false;
}

static struct node *parse_in(struct parser *p, struct node *value)
{
    struct node *n = node_of(p, NODE_IN, value, NULL);

    if (!at_mark(p, "(") || !comma_ahead(p)) {
        node_add(p, n, parse_test(p, parse_additive));
        return n;
    }
    parse_next(p);
    do
        node_add(p, n, parse_test(p, parse_expression));
    while (take_mark(p, ","));
    expect_mark(p, ")", "',' or ')'");
    return n;
}

static struct node *parse_comparison(struct parser *p)
{
    struct node *n = parse_additive(p);
    enum op op = comparison_at(p);

    if (op) {
        parse_next(p);
        n = node_of(p, NODE_COMPARE, n, parse_additive(p));
        n->op = (u8)op;
    } else if (take_word(p, "between")) {
        n = node_of(p, NODE_BETWEEN, n, parse_additive(p));
        expect_word(p, "and", "'and' and the upper bound");
        node_add(p, n, parse_additive(p));
    } else if (take_word(p, "in")) {
        n = parse_in(p, n);
    }
    return n;
}

static struct node *parse_and(struct parser *p)
{
    struct node *n = parse_comparison(p);

    if (at_word(p, "and"))
        n = node_of(p, NODE_AND, n, NULL);
    while (take_word(p, "and"))
        node_add(p, n, parse_comparison(p));
    return n;
}

static struct node *parse_expression(struct parser *p)
{
    bool was_at_end = p->at_range_end;
    struct node *n;

    parse_enter(p);
    p->at_range_end = false;
    n = parse_and(p);
    if (at_word(p, "or"))
        n = node_of(p, NODE_OR, n, NULL);
    while (take_word(p, "or"))
        node_add(p, n, parse_and(p));
    p->at_range_end = was_at_end;
    p->depth--;
    return n;
}

/* ---- unary tests ----------------------------------------------------------------- */

static struct node *parse_test_list(struct parser *p, enum node_kind kind)
{
    struct node *n = node_new(p, kind);

    do
        node_add(p, n, parse_test(p, parse_expression));
    while (take_mark(p, ","));
    return n;
}

/* not( tests ) when nothing follows it; else it is the function of that name. */
static bool negation_ahead(const struct parser *p)
{
    struct token t = lex(p->text, p->token.end);
    u32 depth = 0;

    if (!at_word(p, "not") || t.kind != TOKEN_MARK || !str_is(t.text, "("))
        return false;
    for (; t.kind != TOKEN_END && t.kind != TOKEN_BAD; t = lex(p->text, t.end)) {
        if (t.kind == TOKEN_MARK && t.text.data[0] == '(')
            depth++;
        if (t.kind == TOKEN_MARK && t.text.data[0] == ')' && --depth == 0)
            return lex(p->text, t.end).kind == TOKEN_END;
    }
    return false;
}

static struct node *parse_tests(struct parser *p)
{
    struct node *n;

    if (at_mark(p, "-") && lex(p->text, p->token.end).kind == TOKEN_END) {
        parse_next(p);
        return node_new(p, NODE_ANYTHING);
    }
    if (!negation_ahead(p))
        return parse_test_list(p, NODE_TESTS);
    parse_next(p);
    parse_next(p);
    n = parse_test_list(p, NODE_NOT_TESTS);
    expect_mark(p, ")", "',' or ')'");
    return n;
}

/* ---- the face -------------------------------------------------------------------- */

static bool text_is_fine(struct str text, struct err *err)
{
    size_t valid = utf8_valid(text);

    if (text.len > TEXT_MAX)
        return err_set(err, ERR_LIMIT, "an expression of %zu bytes, %u are allowed",
                       text.len, TEXT_MAX);
    if (valid < text.len)
        return err_set(err, ERR_SYNTAX, "byte %zu: no well-formed UTF-8", valid + 1);
    return true;
}

static void parse_all(struct parser *p, enum feel_form form, struct feel_expr *e)
{
    parse_to(p, 0);
    e->root = form == FEEL_UNARY_TESTS ? parse_tests(p) : parse_expression(p);
    if (p->token.kind != TOKEN_END)
        parse_unexpected(p, "an operator or the end");
    e->text = p->text;
    e->reads = p->reads.data;
    e->read_count = p->reads.count;
    e->has_functions = p->has_functions;
}

static struct parser *parser_new(struct arena *keep, struct str text,
                                 const struct feel_names *names, struct err *err)
{
    struct parser *p = NEW(keep, struct parser);

    p->text = arena_copy(keep, text);
    p->keep = keep;
    p->names = names;
    p->err = err;
    return p;
}

bool feel_compile(struct arena *keep, enum feel_form form, struct str text,
                  const struct feel_names *names, struct feel_expr **out,
                  struct err *err)
{
    struct parser *p;

    if (!text_is_fine(text, err))
        return false;
    p = parser_new(keep, text, names, err);
    if (setjmp(p->trap.jump))
        return false;
    *out = NEW(keep, struct feel_expr);
    parse_all(p, form, *out);
    return true;
}

bool feel_compile_type(struct arena *keep, struct str text,
                       const struct feel_names *names, struct feel_type **out,
                       struct err *err)
{
    struct parser *p;

    if (!text_is_fine(text, err))
        return false;
    p = parser_new(keep, text, names, err);
    if (setjmp(p->trap.jump))
        return false;
    *out = NEW(keep, struct feel_type);
    (*out)->type = parse_type_text(p, text);
    return true;
}

const struct str *feel_reads(const struct feel_expr *e, size_t *count)
{
    *count = e->read_count;
    return e->reads;
}
