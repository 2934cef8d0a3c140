/* Expressions: reading them, and trying those that must work without variables. */
#include <stdio.h>

#include "model/build.h"

/* ---- reading --------------------------------------------------------------------- */

struct expr expr_static(struct build *b, struct str text)
{
    struct str kept = arena_copy(b->keep, text);

    return (struct expr){.text = kept, .body = kept, .is_set = text.len > 0};
}

/* A text that compiled once and does not any more is null, not text. */
static const struct feel_expr *null_compile(struct build *b)
{
    struct feel_expr *feel = NULL;
    struct err err;

    feel_compile(b->keep, FEEL_EXPRESSION, STR("null"), NULL, &feel, &err);
    return feel;
}

static const struct feel_expr *body_compile(struct build *b, const struct xml_node *at,
                                            struct str body)
{
    struct feel_expr *feel = NULL;
    struct err err;

    if (feel_compile(b->keep, FEEL_EXPRESSION, body, NULL, &feel, &err))
        return feel;
    finding_late(b, at, "failed to parse expression '%.*s': %s", ARG(body), err.text);
    return null_compile(b);
}

struct expr expr_read(struct build *b, const struct xml_node *at, struct str text,
                      enum expr_want want)
{
    struct expr e = expr_static(b, text);

    if (text.len > 1 && text.data[0] == '=') {
        e.body = (struct str){e.text.data + 1, e.text.len - 1};
        e.feel = body_compile(b, at, e.body);
    } else if (text.len > 0 && want == EXPR_FEEL) {
        finding_late(b, at,
                     "Expected expression but found static value '%.*s'. An expression "
                     "must start with '=' (e.g. '=%.*s').",
                     ARG(text), ARG(text));
    }
    return e;
}

struct str attribute_must(struct build *b, const struct xml_node *at, const char *name)
{
    struct str value = xml_get(at, "", name);

    if (value.len == 0)
        finding(b, at, "Attribute '%s' must be present and not empty", name);
    return value;
}

/* ---- targets of mappings --------------------------------------------------------- */

#define PATH_PATTERN "[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*"

static const char *const reserved[] = {"null",    "true",     "false", "function",
                                       "if",      "then",     "else",  "for",
                                       "between", "instance", "of"};
#define RESERVED_LIST \
    "null, true, false, function, if, then, else, for, between, instance, of"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_path(struct str s)
{
    bool is_start = true;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (c == '.' && !is_start)
            is_start = true;
        else if (is_letter(c) || (!is_start && c >= '0' && c <= '9'))
            is_start = false;
        else
            return false;
    }
    return !is_start;
}

static bool is_reserved(struct str s)
{
    for (size_t i = 0; i < LEN(reserved); i++)
        if (str_is(s, reserved[i]))
            return true;
    return false;
}

static void path_cut(struct build *b, struct mapping *m)
{
    u32 count = 1;

    for (size_t i = 0; i < m->target.len; i++)
        count += m->target.data[i] == '.';
    struct str *path = NEW_ARRAY(b->keep, struct str, count);
    for (size_t i = 0, from = 0; i <= m->target.len; i++) {
        if (i < m->target.len && m->target.data[i] != '.')
            continue;
        path[m->path_count++] = (struct str){m->target.data + from, i - from};
        from = i + 1;
    }
    m->path = path;
}

bool mapping_path_read(struct build *b, const struct xml_node *at, struct mapping *m)
{
    m->target = arena_copy(b->keep, xml_get(at, "", "target"));
    if (m->target.len == 0)
        finding_late(b, at, "Expected path expression but not found.");
    else if (!is_path(m->target))
        finding_late(
            b, at,
            "Expected path expression '%.*s' but doesn't match the pattern '%s'.",
            ARG(m->target), PATH_PATTERN);
    else if (is_reserved(m->target))
        finding_late(b, at,
                     "Expected path expression '%.*s' but is one of the reserved words "
                     "(%s).",
                     ARG(m->target), RESERVED_LIST);
    else
        path_cut(b, m);
    return m->path_count > 0;
}

/* ---- trying them without variables ----------------------------------------------- */

struct feel_value expr_value(struct build *b, const struct expr *e)
{
    struct feel_env env = {.now = b->options->now,
                           .zones = b->options->zones,
                           .limits = feel_limits_default,
                           .dialect = FEEL_CAMUNDA};

    return e->feel ? feel_eval(e->feel, &env, b->scratch) : feel_string(e->body);
}

/* What is wrong with the value of a timer; empty: nothing. */
static struct str duration_fault(struct build *b, const struct expr *e,
                                 const struct feel_value *v)
{
    bool is_text = v->kind == FEEL_STRING;
    struct feel_span span;

    if (is_text ? feel_read_span(v->string, &span) : feel_span_of(v, &span))
        return STR("");
    if (is_text)
        return arena_print(b->scratch,
                           "Invalid duration format '%.*s' for expression '%.*s'.",
                           ARG(v->string), ARG(e->body));
    return arena_print(b->scratch,
                       "Expected result of the expression '%.*s' to be one of "
                       "'[DURATION, PERIOD, STRING]', but was '%s'.",
                       ARG(e->body), feel_type_name(v));
}

static struct str date_fault(struct build *b, const struct expr *e,
                             const struct feel_value *v)
{
    struct zones *zones = b->options->zones;
    bool is_text = v->kind == FEEL_STRING;
    i64 ms;

    if (is_text ? feel_read_instant(v->string, zones, &ms)
                : feel_instant_of(v, zones, &ms))
        return STR("");
    if (is_text)
        return arena_print(b->scratch,
                           "Invalid date-time format '%.*s' for expression '%.*s'.",
                           ARG(v->string), ARG(e->body));
    return arena_print(b->scratch,
                       "Expected result of the expression '%.*s' to be one of "
                       "'[DATE_TIME, STRING]', but was '%s'.",
                       ARG(e->body), feel_type_name(v));
}

/* Cuts `s` at the first slash: what stands before it; the rest stays in `s`, with no
 * data when there is no slash. */
static struct str slash_cut(struct str *s)
{
    const char *slash = s->len ? memchr(s->data, '/', s->len) : NULL;
    struct str before = *s;

    if (slash)
        before.len = (size_t)(slash - s->data);
    *s = slash ? (struct str){slash + 1, s->len - before.len - 1} : (struct str){0};
    return before;
}

/* [count]/[start/]interval, what stands behind the R of a repeating interval. */
static struct str repeat_fault(struct build *b, struct str rest)
{
    struct str count = slash_cut(&rest);
    struct feel_span span;
    u64 number;
    i64 ms;

    if (count.len > 0 && !str_to_u64(count, &number))
        return STR("Cannot parse repetitions count");
    if (rest.len == 0)
        return STR("No interval given");
    struct str start = slash_cut(&rest);
    if (!rest.data)
        rest = start;
    else if (!feel_read_instant(start, b->options->zones, &ms))
        return arena_print(b->scratch, "Invalid date-time format '%.*s'", ARG(start));
    if (feel_read_span(rest, &span))
        return STR("");
    return arena_print(b->scratch, "Invalid duration format '%.*s'", ARG(rest));
}

static struct str cycle_fault(struct build *b, const struct expr *e,
                              const struct feel_value *v)
{
    struct err err;
    i64 next;

    if (v->kind != FEEL_STRING)
        return arena_print(b->scratch,
                           "Expected result of the expression '%.*s' to be 'STRING', "
                           "but was '%s'.",
                           ARG(e->body), feel_type_name(v));
    if (v->string.len > 0 && v->string.data[0] == 'R')
        return repeat_fault(b, (struct str){v->string.data + 1, v->string.len - 1});
    if (feel_cron_next(v->string, b->options->now, b->options->zones, (struct str){0},
                       &next, &err))
        return STR("");
    return arena_copy(b->scratch, str_of(err.text));
}

/* Static values are known now, and so must be what starts a process: there are no
 * variables yet that it could read. */
void timer_check(struct build *b, const struct part *p)
{
    static const char *const names[] = {"", "duration", "date", "cycle"};
    const struct expr *e = &p->e->timer_value;
    struct str fault = {0};

    if (!e->is_set || (e->feel && !is_process_start(p)) || !b->is_strict)
        return;
    struct feel_value v = expr_value(b, e);
    switch (p->e->timer) {
    case TIMER_NONE:
        break;
    case TIMER_DURATION:
        fault = duration_fault(b, e, &v);
        break;
    case TIMER_DATE:
        fault = date_fault(b, e, &v);
        break;
    case TIMER_CYCLE:
        fault = cycle_fault(b, e, &v);
        break;
    }
    if (fault.len)
        finding_late(b, p->xml, "Invalid timer %s expression (%.*s)",
                     names[p->e->timer], ARG(fault));
}

/* The name of what starts a process becomes static: its value. */
void start_name_check(struct build *b, struct part *p, struct expr *name,
                      const char *what)
{
    if (!name->feel)
        return;
    struct feel_value v = expr_value(b, name);
    if (v.kind == FEEL_STRING) {
        name->body = arena_copy(b->keep, v.string);
        name->feel = NULL;
    } else if (v.kind == FEEL_GAVE_UP) {
        finding_late(
            b, p->xml,
            "Expected constant expression but found '%.*s', which could not be "
            "evaluated without context: %.*s",
            ARG(name->text), ARG(v.string));
    } else {
        finding_late(b, p->xml,
                     "Expected constant expression of type String for %s name '%.*s', "
                     "but was %s",
                     what, ARG(name->text), feel_type_name(&v));
    }
}
