/* run.c - one run of a model: where names get their values, what each element is worth,
 * and how a run ends. */
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/tree.h"
#include "dmn/private.h"

#define TEXT_SHOWN 100 /* bytes of a value in a message */

static struct feel_value value_null(void)
{
    return (struct feel_value){.kind = FEEL_NULL};
}

/* ---- failing --------------------------------------------------------------------- */

void run_fail(struct run *r, const char *fmt, ...)
{
    static const struct str full = {"the limit of memory", 19};
    char text[512];
    va_list args;
    char *kept;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    kept = arena_try(r->scratch, strlen(text) + 1);
    r->failure = full;
    if (kept) {
        memcpy(kept, text, strlen(text));
        r->failure = (struct str){kept, strlen(text)};
    }
    trap_spring(&r->trap, TRAP_NONE);
}

struct feel_value run_error(struct run *r, const char *fmt, ...)
{
    char text[512] = "[UNKNOWN] ";
    size_t start = strlen(text);
    va_list args;

    va_start(args, fmt);
    vsnprintf(text + start, sizeof(text) - start, fmt, args);
    va_end(args);
    if (r->dmn->dialect == FEEL_CAMUNDA)
        run_fail(r, "%s", text + start);
    if (r->env.place)
        *r->env.place = (struct feel_place){0};
    if (r->env.note)
        r->env.note(&r->env, str_of(text));
    return value_null();
}

void run_step(struct run *r, size_t count)
{
    if (count > r->env.budget->steps)
        run_fail(r, "the limit of steps");
    r->env.budget->steps -= count;
}

struct str run_text(struct run *r, const struct feel_value *v)
{
    struct buf out;
    size_t len;

    if (!r->env.note && r->dmn->dialect == FEEL_STANDARD)
        return STR(""); /* nobody will see it */
    buf_init(&out, r->scratch, 64);
    feel_print(&out, v);
    len = out.len < TEXT_SHOWN ? out.len : TEXT_SHOWN;
    while (len < out.len && ((u8)out.data[len] & 0xc0) == 0x80)
        len--;
    return (struct str){out.data, len};
}

/* ---- expressions ----------------------------------------------------------------- */

struct feel_value code_eval(struct run *r, const struct code *c, const struct scope *s)
{
    struct feel_env env = r->env;
    struct feel_value v;

    if (c->is_broken)
        return run_error(r, "the expression '%.*s' could not be read", ARG(c->text));
    if (!c->feel)
        return value_null();
    env.scope = s ? &s->face : NULL;
    env.seed = hash_mix(env.seed + ++r->draws);
    v = feel_eval(c->feel, &env, r->scratch);
    if (v.kind == FEEL_GAVE_UP)
        run_fail(r, "failed to evaluate expression '%.*s': %.*s", ARG(c->text),
                 ARG(v.string));
    return v;
}

bool code_is_true(struct run *r, const struct code *c, const struct scope *s)
{
    struct feel_value v = code_eval(r, c, s);

    return v.kind == FEEL_BOOLEAN && v.boolean;
}

bool code_holds(struct run *r, const struct code *tests, struct feel_value value,
                const struct scope *s)
{
    struct memo memo = {.run = r};
    struct scope none = {.memo = &memo}, *input;

    input = scope_push(s ? s : &none, STR("?"), value);
    if (!s)
        input->up = NULL;
    return code_is_true(r, tests, input);
}

/* ---- names ----------------------------------------------------------------------- */

static struct feel_value element_value(struct memo *m, const struct element *e);

/* All that is required of one import, by its names. */
static struct feel_value import_value(const struct scope *s, struct str import)
{
    const struct element *e = s->element;
    struct arena *scratch = s->memo->run->scratch;
    struct str *names = NEW_ARRAY(scratch, struct str, e->need_count);
    struct feel_value *values = NEW_ARRAY(scratch, struct feel_value, e->need_count);
    size_t count = 0;

    for (size_t i = 0; i < e->need_count; i++) {
        if (!str_equal(e->needs[i].import, import))
            continue;
        names[count] = e->needs[i].element->variable;
        values[count++] = element_value(s->memo, e->needs[i].element);
    }
    return feel_context_of(names, values, count, scratch);
}

/* In Camunda's dialect a decision is also known by its name and its id, and inputs are
 * whatever the caller has by that name. */
static bool need_is(const struct dmn *d, const struct need *n, struct str name)
{
    const struct element *e = n->element;

    if (d->dialect == FEEL_STANDARD)
        return !n->import.len && str_equal(e->variable, name);
    return e->kind != INPUT && !n->import.len &&
           (str_equal(e->variable, name) || str_equal(e->face.name, name) ||
            str_equal(e->face.id, name));
}

static bool element_name(const struct scope *s, struct str name, struct feel_value *out)
{
    const struct element *e = s->element;
    struct run *r = s->memo->run;

    for (size_t i = 0; i < e->need_count; i++) {
        const struct need *n = &e->needs[i];
        if (n->import.len && str_equal(n->import, name)) {
            *out = import_value(s, name);
            return true;
        }
        if (need_is(r->dmn, n, name)) {
            *out = element_value(s->memo, n->element);
            return true;
        }
    }
    if (e->kind == KNOWLEDGE && str_equal(e->variable, name)) {
        *out = element_value(s->memo, e);
        return true;
    }
    return r->dmn->dialect == FEEL_CAMUNDA && !s->memo->is_closed && r->inputs &&
           r->inputs->get(r->inputs, name, r->scratch, out);
}

static bool scope_get(const struct feel_scope *face, struct str name,
                      struct arena *scratch, struct feel_value *out)
{
    const struct scope *s = (const struct scope *)(const void *)face;

    for (; s; s = s->up) {
        if (s->element)
            return element_name(s, name, out);
        if (s->context && feel_context_get(s->context, name, scratch, out))
            return true;
        if (!s->context && str_equal(s->name, name)) {
            *out = s->value;
            return true;
        }
    }
    return false;
}

struct scope *scope_push(const struct scope *up, struct str name,
                         struct feel_value value)
{
    struct scope *s = NEW(up->memo->run->scratch, struct scope);

    *s = (struct scope){.face = {.get = scope_get},
                        .up = up,
                        .memo = up->memo,
                        .name = name,
                        .value = value};
    return s;
}

static struct scope *scope_of(struct memo *m, const struct element *e)
{
    struct scope *s = NEW(m->run->scratch, struct scope);

    *s = (struct scope){.face = {.get = scope_get}, .memo = m, .element = e};
    return s;
}

/* ---- inputs ---------------------------------------------------------------------- */

static bool given(struct run *r, struct str name, struct feel_value *out)
{
    return r->inputs && r->inputs->get(r->inputs, name, r->scratch, out);
}

/* An input of a model that was imported: by its full name, or below the import. */
static bool given_imported(struct run *r, const struct element *e,
                           struct feel_value *out)
{
    const struct file *own = r->dmn->files;
    struct feel_value import;

    if (given(
            r,
            arena_print(r->scratch, "{%.*s}%.*s", ARG(e->file->uri), ARG(e->face.name)),
            out))
        return true;
    for (size_t i = 0; i < own->import_count; i++)
        if (own->imports[i].file == e->file && own->imports[i].name.len &&
            given(r, own->imports[i].name, &import) && import.kind == FEEL_CONTEXT &&
            feel_context_get(import.context, e->face.name, r->scratch, out))
            return true;
    return false;
}

static bool given_element(struct run *r, const struct element *e,
                          struct feel_value *out)
{
    return (e->file != r->dmn->files && given_imported(r, e, out)) ||
           given(r, e->variable, out) || given(r, e->face.name, out);
}

static struct feel_value input_value(struct memo *m, const struct element *e)
{
    struct feel_value v;

    if (m->is_closed || !given_element(m->run, e, &v))
        return run_error(m->run, "no value for the input '%.*s'", ARG(e->face.name));
    return border_pass(m->run, e->type, v);
}

/* ---- decisions ------------------------------------------------------------------- */

/* Room for this one and for all that are being made around it, so that failing needs no
 * memory. */
static void trace_open(struct run *r)
{
    size_t size = 2 * r->trace_size + 16;
    struct dmn_evaluated *trace;

    if (r->trace_count + ++r->open < r->trace_size)
        return;
    trace = NEW_ARRAY(r->scratch, struct dmn_evaluated, size);
    if (r->trace_count)
        memcpy(trace, r->trace, r->trace_count * sizeof(*trace));
    r->trace = trace;
    r->trace_size = size;
}

static struct feel_value decision_logic(struct memo *m, const struct element *e,
                                        struct dmn_evaluated *trace)
{
    const struct scope *s = scope_of(m, e);
    struct feel_value v;

    if (!e->logic)
        return value_null();
    if (e->logic->kind != DMN_DECISION_TABLE)
        return box_eval(e->logic, s);
    v = table_eval(e->logic->table, s, trace);
    return border_pass(m->run, e->logic->type, v);
}

/* Within a service nothing is traced: it may be called any number of times. */
static struct feel_value decision_value(struct memo *m, const struct element *e)
{
    struct run *r = m->run;
    const struct element *around = r->deciding;
    struct dmn_evaluated *outer = r->current, *own;

    for (size_t i = 0; i < e->need_count; i++)
        if (e->needs[i].element->kind == DECISION)
            element_value(m, e->needs[i].element);
    own = NEW(r->scratch, struct dmn_evaluated);
    own->decision = &e->face;
    if (m->is_closed)
        return border_pass(r, e->type, decision_logic(m, e, own));
    trace_open(r);
    r->deciding = e;
    r->current = own;
    own->output = border_pass(r, e->type, decision_logic(m, e, own));
    r->trace[r->trace_count++] = *own;
    r->open--;
    r->deciding = around;
    r->current = outer;
    return own->output;
}

/* ---- decision services ----------------------------------------------------------- */

struct call {
    struct feel_host host;
    const struct element *element;
    struct run *run;
};

static struct memo *memo_new(struct run *r, bool is_closed)
{
    struct memo *m = NEW(r->scratch, struct memo);

    run_step(r, r->dmn->element_count / 16);
    m->run = r;
    m->is_closed = is_closed;
    m->slots = NEW_ARRAY(r->scratch, struct slot, r->dmn->element_count);
    return m;
}

static void memo_set(struct memo *m, const struct element *e, struct feel_value v)
{
    m->slots[e->place] = (struct slot){.is_done = true, .value = v};
}

static struct feel_value service_value(struct memo *m, const struct dmn_service *s)
{
    struct run *r = m->run;
    struct feel_value *values =
        NEW_ARRAY(r->scratch, struct feel_value, s->output_count);
    struct str *names = NEW_ARRAY(r->scratch, struct str, s->output_count);

    for (size_t i = 0; i < s->output_count; i++) {
        names[i] = s->outputs[i]->variable;
        values[i] = element_value(m, s->outputs[i]);
    }
    return s->output_count == 1
               ? values[0]
               : feel_context_of(names, values, s->output_count, r->scratch);
}

static struct feel_value service_apply(struct run *r, const struct element *e,
                                       const struct feel_value *args)
{
    struct memo *m = memo_new(r, true);

    for (size_t i = 0; i < e->service.input_count; i++) {
        const struct element *input = e->service.inputs[i];
        struct feel_value v = border_pass(r, input->type, args[i]);
        if (v.kind == FEEL_NULL && args[i].kind != FEEL_NULL)
            return v;
        memo_set(m, input, v);
    }
    if (++r->env.budget->depth > r->env.limits.depth)
        run_fail(r, "more nested calls than the limit of depth allows");
    struct feel_value v = border_pass(r, e->type, service_value(m, &e->service));
    r->env.budget->depth--;
    return v;
}

static struct feel_value service_call(const struct feel_host *h,
                                      const struct feel_env *env,
                                      const struct feel_value *args,
                                      struct arena *scratch)
{
    const struct call *c = h->ctx;
    struct feel_budget *before = c->run->env.budget;
    struct feel_value v;

    c->run->env.budget = env->budget;
    v = service_apply(c->run, c->element, args);
    c->run->env.budget = before;
    return v;
}

static struct feel_value service_function(struct run *r, const struct element *e)
{
    struct call *c = NEW(r->scratch, struct call);
    struct str *names = NEW_ARRAY(r->scratch, struct str, e->service.input_count);

    for (size_t i = 0; i < e->service.input_count; i++)
        names[i] = e->service.inputs[i]->variable;
    *c = (struct call){.element = e, .run = r};
    c->host = (struct feel_host){.call = service_call,
                                 .names = names,
                                 .count = e->service.input_count,
                                 .ctx = c};
    return feel_function_of(&c->host, r->scratch);
}

/* ---- any element ----------------------------------------------------------------- */

static struct feel_value element_make(struct memo *m, const struct element *e)
{
    struct feel_value v;

    switch (e->kind) {
    case INPUT:
        return input_value(m, e);
    case DECISION:
        if (m->run->dmn->dialect == FEEL_STANDARD && !m->is_closed &&
            e != m->run->wanted && given_element(m->run, e, &v))
            return border_pass(m->run, e->type, v);
        return decision_value(m, e);
    case KNOWLEDGE:
        return box_eval(e->logic, scope_of(m, e));
    case SERVICE:
        return service_function(m->run, e);
    }
    return value_null();
}

/* Once for each element. What comes to need itself while it is made (a service can be
 * called from within what it decides) is an error. */
static struct feel_value element_value(struct memo *m, const struct element *e)
{
    struct slot *slot = &m->slots[e->place];

    if (slot->is_done)
        return slot->value;
    if (slot->is_busy)
        return run_error(m->run, "'%.*s' requires itself", ARG(e->face.name));
    slot->is_busy = true;
    slot->value = element_make(m, e);
    slot->is_done = true;
    return slot->value;
}

/* ---- the face -------------------------------------------------------------------- */

/* Whatever else jumps to us was meant for the one who called. */
static _Noreturn void pass_on(const struct trap *trap, struct trap *caller)
{
    if (!caller)
        must_failed(trap->text, __FILE__, __LINE__, __func__);
    memcpy(caller->text, trap->text, sizeof(caller->text));
    trap_spring(caller, trap->why);
}

static void run_init(struct run *r, const struct dmn *d, const struct feel_env *env,
                     struct arena *scratch)
{
    r->dmn = d;
    r->inputs = env->scope;
    r->scratch = scratch;
    r->env = *env;
    r->env.dialect = d->dialect;
    r->external.call = java_call;
    r->env.external = &r->external;
    r->budget = (struct feel_budget){.steps = env->limits.steps};
    if (env->budget)
        r->budget = *env->budget;
    r->env.budget = &r->budget;
}

/* What has been made so far, and last what could not be. */
static void run_failed(struct run *r, struct dmn_result *out)
{
    out->value = value_null();
    if (r->trap.why == TRAP_FULL)
        r->failure = STR("the limit of memory");
    if (r->current)
        r->trace[r->trace_count++] = *r->current;
    out->failure = r->failure;
    out->failed = r->deciding ? &r->deciding->face : &r->first->face;
}

static struct feel_value run_service(struct run *r, const struct dmn_service *service)
{
    struct memo *m = memo_new(r, false);
    struct feel_value v;

    for (size_t i = 0; i < service->input_count; i++) {
        const struct element *input = service->inputs[i];
        bool is_given = given_element(r, input, &v);
        memo_set(m, input, is_given ? border_pass(r, input->type, v) : value_null());
    }
    v = service_value(m, service);
    return border_pass(r, OWNER(service, const struct element, service)->type, v);
}

/* What is to be done under a trap: one of the three. */
struct job {
    const struct element *decision;
    const struct dmn_service *service;
    const struct feel_value *text; /* to be read as the input */
    const struct element *input;
};

static struct feel_value job_run(struct run *r, const struct job *job)
{
    if (job->decision)
        return element_value(memo_new(r, false), job->decision);
    if (job->service)
        return run_service(r, job->service);
    return border_read_text(r, job->input->type, *job->text);
}

static void run_all(const struct job *job, struct run *r, struct dmn_result *out)
{
    struct trap *const full = r->scratch->full;
    struct trap *const caller = trap_set(&r->trap);

    *out = (struct dmn_result){0};
    r->scratch->full = &r->trap;
    if (setjmp(r->trap.jump) == 0)
        out->value = job_run(r, job);
    else
        out->failed = &r->first->face;
    r->scratch->full = full;
    trap_set(caller);
    if (out->failed && r->trap.why != TRAP_FULL && r->trap.why != TRAP_NONE)
        pass_on(&r->trap, caller);
    if (out->failed)
        run_failed(r, out);
    out->trace = r->trace;
    out->trace_count = r->trace_count;
}

void dmn_decide(const struct dmn *d, const struct dmn_decision *decision,
                const struct feel_env *env, struct arena *scratch,
                struct dmn_result *out)
{
    const struct element *e = OWNER(decision, const struct element, face);
    struct run r = {.wanted = e, .first = e};

    run_init(&r, d, env, scratch);
    run_all(&(struct job){.decision = e}, &r, out);
    if (env->budget)
        env->budget->steps = r.budget.steps;
}

void dmn_serve(const struct dmn *d, const struct dmn_service *service,
               const struct feel_env *env, struct arena *scratch,
               struct dmn_result *out)
{
    struct run r = {.first = OWNER(service, const struct element, service)};

    run_init(&r, d, env, scratch);
    run_all(&(struct job){.service = service}, &r, out);
    if (env->budget)
        env->budget->steps = r.budget.steps;
}

static const struct element *input_named(const struct dmn *d, struct str name)
{
    for (size_t i = 0; i < d->element_count; i++) {
        const struct element *e = d->elements[i];
        if ((e->kind == INPUT || e->kind == DECISION) &&
            (str_equal(e->face.name, name) || str_equal(e->variable, name)))
            return e;
    }
    return NULL;
}

struct feel_value dmn_read_input(const struct dmn *d, struct str input,
                                 const struct feel_value *v, const struct feel_env *env,
                                 struct arena *scratch)
{
    const struct element *e = input_named(d, input);
    struct run r = {.first = e};
    struct dmn_result result;

    if (!e)
        return *v;
    run_init(&r, d, env, scratch);
    r.env.note = NULL;
    run_all(&(struct job){.text = v, .input = e}, &r, &result);
    return result.failed ? *v : result.value;
}
