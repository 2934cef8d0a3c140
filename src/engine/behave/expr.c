/* expr.c - expressions of a model in the scope of an element instance. */
#include "engine/behave/behave.h"

#define INPUT_MAX 1024 /* bytes of a value that is kept beside a warning */

/* ---- where names get their values ------------------------------------------------ */

struct names {
    struct step *step;
    u64 scope;
    const struct overlay *over;
    struct str document;   /* of an expression of a client; empty: none */
    struct notes notes;    /* in the step's arena */
    struct warned *warned; /* the same, for the log */
    bool is_quiet;         /* not for the log */
};

static bool names_get(const struct feel_scope *scope, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct names *n = scope->ctx;
    const struct variable_row *v;
    struct str json;

    if (n->over && overlay_get(n->over, name, &json, scratch)) {
        *out = feel_from_json(json, scratch);
        return true;
    }
    if (n->document.len && json_get(n->document, name, scratch, &json)) {
        *out = feel_from_json(json, scratch);
        return true;
    }
    v = n->scope ? variable_visible(n->step, n->scope, name) : NULL;
    if (!v)
        return cluster_names_get(n->step, name, scratch, out);
    *out = feel_from_json(v->value, scratch);
    return true;
}

void notes_take(const struct feel_env *env, struct str warning)
{
    struct notes *n = env->note_ctx;

    if (n->count < NOTES_MAX)
        n->items[n->count++] = arena_copy(n->arena, warning);
}

struct text_list notes_list(const struct notes *n, struct arena *arena)
{
    struct str *all = NEW_ARRAY(arena, struct str, n->count);

    for (u32 i = 0; i < n->count; i++)
        all[i] = arena_copy(arena, n->items[i]);
    return (struct text_list){all, n->count};
}

/* Static text is a number when it reads as one, else a string (behaviours 10.5). */
static struct feel_value static_value(struct str text)
{
    struct num number;
    struct feel_value v = {.kind = FEEL_NUMBER};

    if (!num_from_str(text, &number))
        return feel_string(text);
    v.number = number;
    return v;
}

static bool fail(struct step *s, const struct names *n, struct failure *f,
                 struct str what)
{
    struct buf b;

    *f = (struct failure){
        .problem = PROBLEM_EXTRACT_VALUE_ERROR, .message = what, .scope = n->scope};
    if (n->warned)
        warned_drop(s, n->warned);
    if (n->notes.count == 0)
        return false;
    buf_init(&b, s->arena, what.len + 256);
    buf_print(&b, "%.*s The evaluation reported the following warnings:", ARG(what));
    for (u32 i = 0; i < n->notes.count; i++)
        buf_print(&b, "\n%.*s", ARG(n->notes.items[i]));
    f->message = buf_str(&b);
    return false;
}

/* What the expression has read, as it was. */
static struct str inputs_of(struct step *s, const struct names *n, const struct expr *e)
{
    size_t count;
    const struct str *reads = feel_reads(e->feel, &count);
    const struct variable_row *v;
    struct str value;
    struct buf b;

    buf_init(&b, s->arena, 128);
    buf_byte(&b, '{');
    for (size_t i = 0; i < count; i++) {
        bool is_over = n->over && overlay_get(n->over, reads[i], &value, s->arena);
        v = is_over ? NULL : variable_visible(s, n->scope, reads[i]);
        if (!is_over && !v)
            continue;
        value = is_over ? value : v->value;
        json_put_name(&b, reads[i]);
        if (value.len > INPUT_MAX)
            json_put_string(&b, arena_print(s->arena, "(%zu bytes)", value.len));
        else
            buf_add(&b, value);
    }
    buf_byte(&b, '}');
    return buf_str(&b);
}

/* Behind a value that is null nobody should have to guess why. */
static void warn(struct step *s, struct names *n, const struct expr *e)
{
    const struct element_row *row = element_get(s->state, n->scope);

    if (!row)
        return;
    n->warned = NEW(s->arena, struct warned);
    n->warned->element_instance = n->scope;
    n->warned->what = (struct expression_warned){
        .instance = row->instance,
        .element = row->element,
        .expression = e->body,
        .inputs = inputs_of(s, n, e),
        .warnings = notes_list(&n->notes, s->arena),
    };
    warned_add(s, n->warned);
}

struct feel_env expr_env(struct step *s)
{
    return (struct feel_env){
        .now = s->now,
        .zones = s->engine->options.zones,
        .zone = s->engine->options.zone,
        .limits = feel_limits_default,
        .dialect = FEEL_CAMUNDA,
        .seed = (u64)s->now ^ state_last_key(s->state) << 20 ^ s->events,
    };
}

static bool evaluate(struct step *s, struct names *n, const struct expr *e,
                     struct feel_value *out, struct failure *f)
{
    struct feel_scope scope = {names_get, n};
    struct feel_env env = expr_env(s);

    env.scope = &scope;
    n->notes.arena = s->arena;
    env.note = notes_take;
    env.note_ctx = &n->notes;
    if (!e->feel) {
        *out = static_value(e->body);
        return true;
    }
    arena_reset(&s->engine->feel);
    *out = feel_eval(e->feel, &env, &s->engine->feel);
    if (out->kind != FEEL_GAVE_UP) {
        if (n->notes.count && !n->is_quiet)
            warn(s, n, e);
        return true;
    }
    return fail(s, n, f,
                arena_print(s->arena, "Failed to evaluate expression '%.*s': %.*s",
                            ARG(e->body), ARG(out->string)));
}

static bool wrong_type(struct step *s, const struct names *n, const struct expr *e,
                       const char *wanted, const struct feel_value *got,
                       struct failure *f)
{
    bool is_list = wanted[0] == '[';

    return fail(
        s, n, f,
        arena_print(s->arena,
                    "Expected result of the expression '%.*s' to be %s'%s', but "
                    "was '%s'.",
                    ARG(e->body), is_list ? "one of " : "", wanted,
                    feel_type_name(got)));
}

/* ---- by the type that is wanted -------------------------------------------------- */

bool expr_string(struct step *s, u64 scope, const struct expr *e, struct str *out,
                 struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_STRING)
        return wrong_type(s, &n, e, "STRING", &v, f);
    *out = arena_copy(s->arena, v.string);
    return true;
}

bool expr_i64(struct step *s, u64 scope, const struct expr *e, i64 *out,
              struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_NUMBER)
        return wrong_type(s, &n, e, "NUMBER", &v, f);
    *out = num_cut_i64(v.number);
    return true;
}

bool expr_boolean(struct step *s, u64 scope, const struct expr *e,
                  const struct overlay *over, bool *out, struct failure *f)
{
    struct names n = {.step = s, .scope = scope, .over = over};
    struct feel_value v;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_BOOLEAN)
        return wrong_type(s, &n, e, "BOOLEAN", &v, f);
    *out = v.boolean;
    return true;
}

bool expr_condition(struct step *s, u64 scope, const struct expr *e,
                    const struct overlay *over, bool *out, struct failure *f)
{
    /* It is asked at each change, and mostly before its variables are there. */
    struct names n = {.step = s, .scope = scope, .over = over, .is_quiet = true};
    struct feel_value v;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_BOOLEAN && v.kind != FEEL_NULL)
        return wrong_type(s, &n, e, "BOOLEAN", &v, f);
    *out = v.kind == FEEL_BOOLEAN && v.boolean;
    return true;
}

bool expr_json(struct step *s, u64 scope, const struct expr *e,
               const struct overlay *over, struct str *out, struct failure *f)
{
    struct names n = {.step = s, .scope = scope, .over = over};
    struct feel_value v;
    struct buf b;

    buf_init(&b, s->arena, 32);
    if (!e->is_set) {
        *out = STR("null");
        return true;
    }
    if (!e->feel) { /* a static source is text, also when it looks like a number */
        json_put_string(&b, e->body);
        *out = buf_str(&b);
        return true;
    }
    if (!evaluate(s, &n, e, &v, f))
        return false;
    feel_to_json(&b, &v);
    *out = buf_str(&b);
    return true;
}

bool expr_list(struct step *s, u64 scope, const struct expr *e, struct str *out,
               u32 *count, struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;
    struct buf b;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_LIST)
        return wrong_type(s, &n, e, "ARRAY", &v, f);
    buf_init(&b, s->arena, 64);
    feel_to_json(&b, &v);
    *out = buf_str(&b);
    *count = (u32)feel_list_count(v.list);
    return true;
}

bool expr_key(struct step *s, u64 scope, const struct expr *e, struct str message_name,
              struct str *out, struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;

    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind == FEEL_STRING) {
        *out = arena_copy(s->arena, v.string);
        return true;
    }
    if (v.kind == FEEL_NUMBER) {
        *out = arena_print(s->arena, "%lld", (long long)num_cut_i64(v.number));
        return true;
    }
    return fail(
        s, &n, f,
        arena_print(s->arena,
                    "Failed to extract the correlation key for '%.*s': The value "
                    "must be either a string or a number, but was '%s'.",
                    ARG(e->body), feel_type_name(&v)));
}

/* ---- of a client ----------------------------------------------------------------- */

/* The text behind its `=`; false: it is static. */
static bool is_feel(struct str text, struct str *body)
{
    struct str trimmed = str_trim(text);

    if (trimmed.len == 0 || trimmed.data[0] != '=')
        return false;
    *body = (struct str){trimmed.data + 1, trimmed.len - 1};
    return true;
}

static bool free_read(struct step *s, struct str text, struct expr *e, struct str *why)
{
    struct feel_expr *feel = NULL;
    struct err err = {0};

    *e = (struct expr){.text = text, .body = text, .is_set = true};
    if (!is_feel(text, &e->body))
        return true;
    if (!feel_compile(s->arena, FEEL_EXPRESSION, e->body, NULL, &feel, &err)) {
        *why = arena_print(s->arena, "Failed to parse expression '%.*s': %s",
                           ARG(e->body), err.text);
        return false;
    }
    e->feel = feel;
    return true;
}

bool expr_free(struct step *s, u64 scope, struct str text, struct str variables,
               struct str *out, struct text_list *warnings, struct str *why)
{
    struct names n = {
        .step = s, .scope = scope, .document = variables, .is_quiet = true};
    struct feel_value v;
    struct failure f;
    struct expr e;
    struct buf b;

    if (!free_read(s, text, &e, why))
        return false;
    if (!evaluate(s, &n, &e, &v, &f)) {
        *why = f.message;
        return false;
    }
    buf_init(&b, s->arena, 64);
    feel_to_json(&b, &v);
    *out = buf_str(&b);
    *warnings = notes_list(&n.notes, s->arena);
    return true;
}

/* ---- what a language model is to fill in ----------------------------------------- */

/* Null and what is empty is left out. */
static void put_field(struct step *s, struct buf *b, const struct feel_call *call,
                      const char *name)
{
    struct feel_env env = expr_env(s);
    struct feel_value v;
    struct buf json;

    arena_reset(&s->engine->feel);
    v = feel_call_value(call, str_of(name), &env, &s->engine->feel);
    buf_init(&json, s->arena, 32);
    feel_to_json(&json, &v);
    struct str text = buf_str(&json);
    if (v.kind == FEEL_GAVE_UP || str_is(text, "null") || str_is(text, "\"\"") ||
        str_is(text, "[]") || str_is(text, "{}"))
        return;
    json_put_name(b, str_of(name));
    buf_add(b, text);
}

void expr_parameters(struct step *s, const struct expr *e, struct buf *list)
{
    static const char *const fields[] = {"description", "type", "schema", "options"};
    const struct feel_call *calls;
    size_t count = e->feel ? feel_calls(e->feel, STR("fromAi"), s->arena, &calls) : 0;

    for (size_t i = 0; i < count; i++) {
        struct str name;
        if (!feel_call_path(&calls[i], STR("value"), s->arena, &name))
            continue;
        json_comma(list);
        buf_byte(list, '{');
        json_put_name(list, STR("name"));
        json_put_string(list, name);
        for (size_t k = 0; k < LEN(fields); k++)
            put_field(s, list, &calls[i], fields[k]);
        buf_byte(list, '}');
    }
}

/* ---- texts and dates of a user task ---------------------------------------------- */

static struct str comma_list(struct step *s, struct str text)
{
    struct buf b;

    buf_init(&b, s->arena, text.len + 16);
    buf_byte(&b, '[');
    while (text.len) {
        const char *comma = memchr(text.data, ',', text.len);
        size_t len = comma ? (size_t)(comma - text.data) : text.len;
        json_comma(&b);
        json_put_string(&b, str_trim((struct str){text.data, len}));
        len += comma != NULL;
        text = (struct str){text.data + len, text.len - len};
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

bool expr_texts(struct step *s, u64 scope, const struct expr *e, struct str *out,
                struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;
    struct buf b;

    if (!e->feel) {
        *out = comma_list(s, e->body);
        return true;
    }
    if (!evaluate(s, &n, e, &v, f))
        return false;
    if (v.kind == FEEL_NULL) {
        *out = (struct str){NULL, 0};
        return true;
    }
    if (v.kind != FEEL_LIST)
        return wrong_type(s, &n, e, "ARRAY", &v, f);
    for (size_t i = 0; i < feel_list_count(v.list); i++)
        if (feel_list_at(v.list, i, &s->engine->feel).kind != FEEL_STRING)
            return fail(
                s, &n, f,
                arena_print(s->arena,
                            "Expected result of the expression '%.*s' to be "
                            "'ARRAY' containing 'STRING' items, but was 'ARRAY' "
                            "containing at least one non-'STRING' item.",
                            ARG(e->body)));
    buf_init(&b, s->arena, 32);
    feel_to_json(&b, &v);
    *out = buf_str(&b);
    return true;
}

bool expr_date(struct step *s, u64 scope, const struct expr *e, struct str *out,
               struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;
    struct buf b;
    i64 ms;

    if (!e->feel) {
        *out = e->body;
        return true;
    }
    if (!evaluate(s, &n, e, &v, f))
        return false;
    *out = (struct str){NULL, 0};
    if (v.kind == FEEL_NULL || (v.kind == FEEL_STRING && v.string.len == 0))
        return true;
    if (v.kind == FEEL_STRING) {
        if (!feel_read_instant(v.string, s->engine->options.zones, &ms))
            return fail(s, &n, f,
                        arena_print(s->arena,
                                    "Invalid date-time format '%.*s' for expression "
                                    "'%.*s'.",
                                    ARG(v.string), ARG(e->body)));
        *out = arena_copy(s->arena, v.string);
        return true;
    }
    if (!feel_instant_of(&v, s->engine->options.zones, &ms))
        return wrong_type(s, &n, e, "[DATE_TIME, STRING]", &v, f);
    buf_init(&b, s->arena, 40);
    feel_to_json(&b, &v);
    *out = json_text(buf_str(&b), s->arena);
    return true;
}

/* ---- timers (behaviours 13.1) ---------------------------------------------------- */

/* R/P.., R3/P.., R3/<start>/P..: repetitions (-1: for ever), a start (or none), a span.
 */
struct repeating {
    i64 repetitions, start;
    bool has_start;
    struct feel_span span;
};

static bool read_repeating(struct step *s, struct str text, struct repeating *out,
                           const char **why)
{
    const char *slash = memchr(text.data, '/', text.len);

    *out = (struct repeating){.repetitions = -1};
    if (!slash)
        return *why = "No interval given", false;
    struct str count = {text.data + 1, (size_t)(slash - text.data) - 1};
    if (count.len && !str_to_i64(count, &out->repetitions))
        return *why = "Cannot parse repetitions count", false;
    struct str rest = {slash + 1, text.len - count.len - 2};
    slash = memchr(rest.data, '/', rest.len);
    if (slash) {
        struct str start = {rest.data, (size_t)(slash - rest.data)};
        out->has_start = true;
        if (!feel_read_instant(start, s->engine->options.zones, &out->start))
            return *why = "Cannot parse the start", false;
        rest = (struct str){slash + 1, rest.len - start.len - 1};
    }
    *why = "Cannot parse the interval";
    return feel_read_span(rest, &out->span);
}

static i64 later(struct step *s, i64 ms, const struct feel_span *span)
{
    return feel_later(ms, span, s->engine->options.zones, s->engine->options.zone);
}

static bool bad_cycle(struct step *s, const struct names *n, struct str text,
                      const struct expr *e, const char *why, struct failure *f)
{
    return fail(s, n, f,
                arena_print(s->arena,
                            "Invalid cycle format '%.*s' for expression "
                            "'%.*s'. %s.",
                            ARG(text), ARG(e->body), why));
}

/* The next moment that a cron text names after now; once and now when there is none. */
static bool cron_schedule(struct step *s, const struct names *n, struct str text,
                          const struct expr *e, struct schedule *out, struct failure *f)
{
    struct err err = {0};
    i64 next;

    if (!feel_cron_next(text, s->now, s->engine->options.zones, s->engine->options.zone,
                        &next, &err))
        return bad_cycle(s, n, text, e, err.text, f);
    *out = next < 0 ? (struct schedule){s->now, 0} : (struct schedule){next, -1};
    return true;
}

static bool cycle_schedule(struct step *s, const struct names *n, struct str text,
                           const struct expr *e, struct schedule *out,
                           struct failure *f)
{
    struct repeating r;
    const char *why = "";

    if (text.len == 0 || text.data[0] != 'R')
        return cron_schedule(s, n, text, e, out, f);
    if (!read_repeating(s, text, &r, &why))
        return bad_cycle(s, n, text, e, why, f);
    out->repetitions = r.repetitions;
    out->due = r.has_start && r.start > s->now ? r.start : later(s, s->now, &r.span);
    return true;
}

static bool timer_text(struct step *s, struct names *n, const struct element *e,
                       struct feel_value *v, struct failure *f)
{
    if (!evaluate(s, n, &e->timer_value, v, f))
        return false;
    if (v->kind == FEEL_STRING)
        v->string = arena_copy(s->arena, v->string);
    return true;
}

static bool duration_schedule(struct step *s, struct names *n, const struct element *e,
                              const struct feel_value *v, struct schedule *out,
                              struct failure *f)
{
    struct feel_span span;

    if (v->kind == FEEL_STRING) {
        if (!feel_read_span(v->string, &span))
            return fail(s, n, f,
                        arena_print(s->arena,
                                    "Invalid duration format '%.*s' for expression "
                                    "'%.*s'.",
                                    ARG(v->string), ARG(e->timer_value.body)));
    } else if (!feel_span_of(v, &span)) {
        return wrong_type(s, n, &e->timer_value, "[DURATION, PERIOD, STRING]", v, f);
    }
    *out = (struct schedule){later(s, s->now, &span), 1};
    return true;
}

static bool date_schedule(struct step *s, struct names *n, const struct element *e,
                          const struct feel_value *v, struct schedule *out,
                          struct failure *f)
{
    struct zones *zones = s->engine->options.zones;

    out->repetitions = 1;
    if (v->kind == FEEL_STRING) {
        if (feel_read_instant(v->string, zones, &out->due))
            return true;
        return fail(
            s, n, f,
            arena_print(s->arena,
                        "Invalid date-time format '%.*s' for expression '%.*s'.",
                        ARG(v->string), ARG(e->timer_value.body)));
    }
    return feel_instant_of(v, zones, &out->due) ||
           wrong_type(s, n, &e->timer_value, "[DATE_TIME, STRING]", v, f);
}

bool expr_timer(struct step *s, u64 scope, const struct element *e,
                struct schedule *out, struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct feel_value v;

    if (!timer_text(s, &n, e, &v, f))
        return false;
    switch (e->timer) {
    case TIMER_DURATION:
        return duration_schedule(s, &n, e, &v, out, f);
    case TIMER_DATE:
        return date_schedule(s, &n, e, &v, out, f);
    case TIMER_CYCLE:
        if (v.kind != FEEL_STRING)
            return wrong_type(s, &n, &e->timer_value, "STRING", &v, f);
        return cycle_schedule(s, &n, v.string, &e->timer_value, out, f);
    case TIMER_NONE:
        break;
    }
    must(!"a timer without a kind");
    return false;
}

/* From the former due date, so that it does not drift; a cron from now. */
bool expr_timer_again(struct step *s, u64 scope, const struct element *e, i64 due,
                      i64 *next, struct failure *f)
{
    struct names n = {.step = s, .scope = scope};
    struct schedule schedule = {0};
    struct repeating r;
    struct feel_value v;
    const char *why = "";

    if (!timer_text(s, &n, e, &v, f))
        return false;
    if (v.kind != FEEL_STRING)
        return wrong_type(s, &n, &e->timer_value, "STRING", &v, f);
    if (v.string.len == 0 || v.string.data[0] != 'R') {
        if (!cron_schedule(s, &n, v.string, &e->timer_value, &schedule, f))
            return false;
        *next = schedule.due;
        return true;
    }
    if (!read_repeating(s, v.string, &r, &why))
        return bad_cycle(s, &n, v.string, &e->timer_value, why, f);
    *next = later(s, due, &r.span);
    return true;
}
