/* eval.c - walking the tree. Every node costs a step and a level of depth; what cannot
 * be computed is null and noted; what exceeds a limit jumps back to feel_eval. */
#include <stdarg.h>
#include <stdio.h>

#include "feel/internal.h"

#define TEXT_SHOWN 200 /* characters of a value in a note */

/* A level of depth may take a KiB of the stack. */
const struct feel_limits feel_limits_default = {
    .steps = 5000000, .depth = 1000, .string = 4u << 20, .list = 1000000};

/* ---- giving up ------------------------------------------------------------------- */

void eval_give_up(struct eval *e, struct str why)
{
    e->why = why;
    trap_spring(&e->trap, TRAP_FULL);
}

void eval_step(struct eval *e, u64 count)
{
    if (count > e->left.steps)
        eval_give_up(e, STR("the limit of steps"));
    e->left.steps -= count;
}

void eval_check_string(struct eval *e, size_t len)
{
    if (len > e->env->limits.string)
        eval_give_up(e, STR("the limit of a string's length"));
}

void eval_check_list(struct eval *e, size_t count)
{
    if (count > e->env->limits.list)
        eval_give_up(e, STR("the limit of a list's length"));
}

void eval_check_height(struct eval *e, const struct feel_value *v)
{
    if ((v->kind == FEEL_LIST || v->kind == FEEL_CONTEXT) &&
        value_height(v, 1) - 1 > HEIGHT_MAX)
        eval_give_up(e, STR("the limit of nesting"));
}

struct items eval_items(struct eval *e)
{
    return (struct items){.arena = e->arena};
}

/* ---- notes ----------------------------------------------------------------------- */

struct feel_value eval_null(struct eval *e, const char *type, const char *fmt, ...)
{
    char text[512];
    va_list args;
    int start, len;

    if (!e->env->note)
        return value_null();
    start = snprintf(text, sizeof(text), "[%s] ", type);
    va_start(args, fmt);
    len = vsnprintf(text + start, sizeof(text) - (size_t)start, fmt, args);
    va_end(args);
    len = len < (int)sizeof(text) - start ? start + len : (int)sizeof(text) - 1;
    if (e->env->place)
        *e->env->place = place_of(e->expr->text, e->node ? e->node->at : 0);
    e->env->note(e->env, (struct str){text, (size_t)len});
    return value_null();
}

/* Whether printing the value takes about that many characters at most. */
static bool is_short(const struct feel_value *v, size_t *left)
{
    const struct feel_value *items = NULL;
    size_t cost = 1, count = 0;

    if (v->kind == FEEL_STRING)
        cost += v->string.len;
    if (v->kind == FEEL_LIST) {
        cost += v->list->json.len;
        items = v->list->items;
        count = v->list->count;
    }
    if (v->kind == FEEL_CONTEXT) {
        cost += v->context->json.len;
        items = v->context->values;
        count = v->context->count;
    }
    if (cost > *left)
        return false;
    *left -= cost;
    for (size_t i = 0; i < count; i++)
        if (!is_short(&items[i], left))
            return false;
    return true;
}

/* Short, since it only explains; and only where somebody listens. */
struct str eval_text(struct eval *e, const struct feel_value *v)
{
    size_t left = TEXT_SHOWN;
    struct buf text;

    if (!e->env->note)
        return STR("");
    if (v->kind == FEEL_STRING) {
        struct str s = v->string;
        while (s.len > TEXT_SHOWN ||
               (s.len < v->string.len && (s.data[s.len] & 0xc0) == 0x80))
            s.len = s.len > TEXT_SHOWN ? TEXT_SHOWN : s.len - 1;
        return s;
    }
    if (!is_short(v, &left))
        return v->kind == FEEL_LIST ? STR("[...]") : STR("{...}");
    buf_init(&text, e->arena, 32);
    value_print(&text, v, PRINT_STRING);
    return buf_str(&text);
}

/* ---- names ----------------------------------------------------------------------- */

struct frame *eval_push(struct eval *e, const struct frame *up, struct str name,
                        struct feel_value value)
{
    struct frame *f = NEW(e->arena, struct frame);

    *f = (struct frame){.up = up, .name = name, .value = value};
    return f;
}

static bool frame_find(struct eval *e, struct str name, struct feel_value *out)
{
    size_t at, walked = 0;

    for (const struct frame *f = e->frame; f; f = f->up) {
        walked += f->context ? f->context->count : 1;
        if (walked >= 64) {
            eval_step(e, walked / 64);
            walked = 0;
        }
        if (!f->context && str_equal(f->name, name)) {
            *out = f->value;
            return true;
        }
        if (f->context && context_find(f->context, name, &at)) {
            *out = f->context->values[at];
            return true;
        }
    }
    return false;
}

static bool name_find(struct eval *e, struct str name, struct feel_value *out)
{
    const struct feel_scope *scope = e->scope;

    return frame_find(e, name, out) ||
           (scope && scope->get(scope, name, e->arena, out));
}

static struct feel_value function_of(struct eval *e, const struct builtin *b)
{
    struct feel_function *f = NEW(e->arena, struct feel_function);

    f->builtin = b;
    return (struct feel_value){.kind = FEEL_FUNCTION, .function = f};
}

static struct feel_value eval_name(struct eval *e, const struct node *n)
{
    struct feel_value v;
    const struct builtin *b = n->builtin;

    if (name_find(e, n->name, &v))
        return v;
    if (!b && e->env->dialect == FEEL_STANDARD)
        b = builtin_find(n->name);
    if (b)
        return function_of(e, b);
    return eval_null(e, "NO_VARIABLE_FOUND", "No variable found with name '%.*s'",
                     ARG(n->name));
}

struct feel_value eval_input(struct eval *e)
{
    struct feel_value v;

    if (name_find(e, STR("?"), &v))
        return v;
    return eval_null(e, "NO_VARIABLE_FOUND", "No input value found for '?'");
}

/* ---- paths ----------------------------------------------------------------------- */

static struct str keys_text(struct eval *e, const struct feel_context *c)
{
    struct buf text;

    if (!e->env->note)
        return STR("");
    if (c->count == 0)
        return STR("The context is empty");
    buf_init(&text, e->arena, 64);
    buf_text(&text, "Available keys: ");
    for (size_t i = 0; i < c->count && text.len < 300; i++)
        buf_print(&text, "%s'%.*s'", i ? ", " : "", ARG(c->names[i]));
    return buf_str(&text);
}

static struct feel_value path_context(struct eval *e, const struct feel_context *c,
                                      struct str name)
{
    size_t at;

    c = context_read(c, e->arena);
    eval_step(e, c->count / 64);
    if (context_find(c, name, &at))
        return c->values[at];
    return eval_null(e, "NO_CONTEXT_ENTRY_FOUND",
                     "No context entry found with key '%.*s'. %.*s", ARG(name),
                     ARG(keys_text(e, c)));
}

static struct feel_value path_of(struct eval *e, const struct feel_value *v,
                                 struct str name);

static struct feel_value path_list(struct eval *e, const struct feel_list *l,
                                   struct str name)
{
    struct items items = eval_items(e);

    l = list_read(l, e->arena);
    eval_step(e, l->count);
    for (size_t i = 0; i < l->count; i++)
        items_add(&items, l->items[i].kind == FEEL_LIST
                              ? value_null()
                              : path_of(e, &l->items[i], name));
    return items_list(&items);
}

static struct feel_value path_of(struct eval *e, const struct feel_value *v,
                                 struct str name)
{
    if (v->kind == FEEL_CONTEXT)
        return path_context(e, v->context, name);
    if (v->kind == FEEL_LIST)
        return path_list(e, v->list, name);
    if (v->kind == FEEL_NULL)
        return eval_null(e, "NO_CONTEXT_ENTRY_FOUND",
                         "No context entry found with key '%.*s'. The context is null",
                         ARG(name));
    return eval_property(e, v, name);
}

static struct feel_value eval_path(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return path_of(e, &v, n->name);
}

/* ---- lists, contexts, ranges ----------------------------------------------------- */

static struct feel_value eval_list(struct eval *e, const struct node *n)
{
    struct feel_value *items = NEW_ARRAY(e->arena, struct feel_value, n->count);

    for (u32 i = 0; i < n->count; i++)
        items[i] = eval_node(e, n->items[i]);
    return feel_list_of(items, n->count, e->arena);
}

/* The value of an entry, with the entries before it in scope; a function also sees
 * itself, so that it can recur. */
static struct feel_value eval_entry(struct eval *e, const struct node *n, u32 i)
{
    struct frame *own = NULL;
    struct feel_value v;

    if (n->items[i]->kind == NODE_FUNCTION)
        e->frame = own = eval_push(e, e->frame, n->names[i], value_null());
    v = eval_node(e, n->items[i]);
    if (!own)
        e->frame = own = eval_push(e, e->frame, n->names[i], v);
    own->value = v;
    return v;
}

static struct feel_value eval_context(struct eval *e, const struct node *n)
{
    struct feel_value *values = NEW_ARRAY(e->arena, struct feel_value, n->count);
    struct str *names = NEW_ARRAY(e->arena, struct str, n->count);
    struct feel_context c = {.names = names, .values = values};
    const struct frame *before = e->frame;
    bool doubled = false;
    size_t at;

    for (u32 i = 0; i < n->count; i++) {
        struct feel_value v = eval_entry(e, n, i);
        bool known = context_find(&c, n->names[i], &at);
        eval_step(e, c.count / 64);
        doubled |= known;
        at = known ? at : c.count++;
        names[at] = n->names[i];
        values[at] = v;
    }
    e->frame = before;
    if (doubled && e->env->dialect == FEEL_STANDARD)
        return eval_null(e, "UNKNOWN", "Two context entries have the same key");
    return feel_context_of(names, values, c.count, e->arena);
}

/* Both ends are of one kind that has an order, or null. */
static bool range_is_sane(const struct feel_range *r)
{
    int order;

    if (r->start.kind == FEEL_NULL || r->end.kind == FEEL_NULL) {
        const struct feel_value *end = r->start.kind == FEEL_NULL ? &r->end : &r->start;
        return end->kind == FEEL_NULL || value_order(end, end, &order);
    }
    return value_order(&r->start, &r->end, &order);
}

static struct feel_value eval_range(struct eval *e, const struct node *n)
{
    struct feel_range *r = NEW(e->arena, struct feel_range);

    r->start = eval_node(e, n->items[0]);
    r->end = eval_node(e, n->items[1]);
    r->start_included = n->op & START_INCLUDED;
    r->end_included = n->op & END_INCLUDED;
    r->start_open = n->op & START_OPEN;
    r->end_open = n->op & END_OPEN;
    r->point = n->op & POINT_EQUAL ? OP_EQ : n->op & POINT_OTHER ? OP_NE : OP_NONE;
    if (!range_is_sane(r))
        return eval_null(e, "INVALID_TYPE", "No range from '%.*s' to '%.*s'",
                         ARG(eval_text(e, &r->start)), ARG(eval_text(e, &r->end)));
    return (struct feel_value){.kind = FEEL_RANGE, .range = r};
}

/* ---- functions ------------------------------------------------------------------- */

static struct feel_value eval_function(struct eval *e, const struct node *n)
{
    struct feel_function *f = NEW(e->arena, struct feel_function);

    f->node = n;
    f->frame = e->frame;
    f->scope = e->scope;
    f->expr = e->expr;
    return (struct feel_value){.kind = FEEL_FUNCTION, .function = f};
}

/* Which argument is for the parameter; false: none, or more than one. */
static bool argument_for(struct str parameter, size_t place, const struct str *names,
                         size_t count, size_t *at)
{
    bool found = false;

    if (!names) {
        *at = place;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(names[i], parameter)) {
            if (found)
                return false;
            *at = i;
            found = true;
        }
    }
    return found;
}

/* The arguments in the order of the parameters; NULL, and a note: they do not fit. */
static struct feel_value *arguments_in_order(struct eval *e,
                                             const struct str *parameters,
                                             size_t wanted,
                                             const struct feel_value *args,
                                             const struct str *names, size_t count)
{
    struct feel_value *ordered = NEW_ARRAY(e->arena, struct feel_value, count + 1);
    size_t at;

    if (wanted != count) {
        eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                  "A function of %zu parameters was given %zu arguments", wanted,
                  count);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!argument_for(parameters[i], i, names, count, &at)) {
            eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                      "No argument for the parameter '%.*s'", ARG(parameters[i]));
            return NULL;
        }
        ordered[i] = args[at];
    }
    return ordered;
}

/* As the parameter's type lets it pass; false, and a note: it does not. */
static bool argument_pass(struct eval *e, const struct node *f, size_t i,
                          struct feel_value *v)
{
    struct feel_value passed;

    if (!f->types[i] || v->kind == FEEL_NULL)
        return true;
    passed = type_conform(e, f->types[i], v);
    if (passed.kind != FEEL_NULL) {
        *v = passed;
        return true;
    }
    eval_null(e, "FUNCTION_INVOCATION_FAILURE",
              "'%.*s' is not of the type of the parameter '%.*s'", ARG(eval_text(e, v)),
              ARG(f->names[i]));
    return false;
}

static struct feel_value apply_external(struct eval *e, const struct node *f,
                                        const struct feel_value *args)
{
    struct feel_value body = eval_node(e, f->items[0]);
    const struct feel_external *external = e->env->external;

    if (!external || body.kind != FEEL_CONTEXT)
        return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                         "There are no external functions here");
    return external->call(external, body.context, args, f->name_count, e->arena);
}

/* The body runs where the function was written: with the names, and in the expression,
 * of that place. */
static struct feel_value apply_node(struct eval *e, const struct feel_function *f,
                                    struct feel_value *args)
{
    const struct eval before = {
        .frame = e->frame, .scope = e->scope, .expr = e->expr, .node = e->node};
    const struct frame *frame = f->frame;
    struct feel_value v;

    for (size_t i = 0; i < f->node->name_count; i++) {
        if (!argument_pass(e, f->node, i, &args[i]))
            return value_null();
        frame = eval_push(e, frame, f->node->names[i], args[i]);
    }
    e->frame = frame;
    e->scope = f->scope;
    e->expr = f->expr;
    e->node = f->node;
    v = f->node->op ? apply_external(e, f->node, args)
                    : eval_node(e, f->node->items[0]);
    e->frame = before.frame;
    e->scope = before.scope;
    e->expr = before.expr;
    e->node = before.node;
    return v;
}

/* The host evaluates with what is left of our budget, and as deep as we are. */
static struct feel_value apply_host(struct eval *e, const struct feel_host *h,
                                    const struct feel_value *args)
{
    struct feel_env env = *e->env;
    struct feel_value v;

    env.scope = e->scope;
    env.budget = &e->left;
    v = h->call(h, &env, args, e->arena);
    if (v.kind == FEEL_GAVE_UP)
        eval_give_up(e, v.string);
    return v;
}

struct feel_value eval_apply_named(struct eval *e, const struct feel_function *f,
                                   const struct feel_value *args,
                                   const struct str *names, size_t count)
{
    struct feel_value *ordered;

    eval_step(e, 1);
    if (f->builtin)
        return builtin_call(e, f->builtin, args, names, count);
    ordered = f->host ? arguments_in_order(e, f->host->names, f->host->count, args,
                                           names, count)
                      : arguments_in_order(e, f->node->names, f->node->name_count, args,
                                           names, count);
    if (!ordered)
        return value_null();
    return f->host ? apply_host(e, f->host, ordered) : apply_node(e, f, ordered);
}

struct feel_value eval_apply(struct eval *e, const struct feel_function *f,
                             const struct feel_value *args, size_t count)
{
    return eval_apply_named(e, f, args, NULL, count);
}

static struct feel_value no_function(struct eval *e, const struct node *callee,
                                     size_t count)
{
    return eval_null(e, "NO_FUNCTION_FOUND",
                     "No function found with name '%.*s' and %zu parameters",
                     ARG(callee->name), count);
}

/* A function that the expression or its surroundings define hides a built-in. */
static struct feel_value eval_call(struct eval *e, const struct node *n)
{
    const struct node *callee = n->items[0];
    size_t count = n->count - 1;
    struct feel_value *args = NEW_ARRAY(e->arena, struct feel_value, count);
    const struct builtin *builtin = n->builtin;
    struct feel_value f = value_null();

    if (callee->kind != NODE_NAME)
        f = eval_node(e, callee);
    else if (builtin)
        frame_find(e, callee->name, &f);
    else
        name_find(e, callee->name, &f);
    for (size_t i = 0; i < count; i++)
        args[i] = eval_node(e, n->items[i + 1]);
    if (f.kind == FEEL_FUNCTION)
        return eval_apply_named(e, f.function, args, n->names, count);
    if (!builtin && callee->kind == NODE_NAME)
        builtin = builtin_find(callee->name);
    if (!builtin)
        return no_function(e, callee, count);
    eval_step(e, 1);
    return builtin_call(e, builtin, args, n->names, count);
}

/* ---- all nodes ------------------------------------------------------------------- */

static struct feel_value eval_row(struct eval *e, const struct node *n)
{
    struct feel_value sum = eval_node(e, n->items[0]);

    for (u32 i = 1; i < n->count; i++) {
        struct feel_value next = eval_node(e, n->items[i]);
        sum = eval_arithmetic(e, n->ops[i - 1], &sum, &next);
    }
    return sum;
}

static struct feel_value eval_at(struct eval *e, const struct node *n)
{
    struct feel_value v;

    if (read_temporal(n->name, e->env, e->arena, &v))
        return v;
    return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                     "'%.*s' is no date, time or duration", ARG(n->name));
}

static struct feel_value eval_minus(struct eval *e, const struct node *n)
{
    struct feel_value v = eval_node(e, n->items[0]);

    return eval_negate(e, &v);
}

static struct feel_value eval_any_node(struct eval *e, const struct node *n)
{
    switch (n->kind) {
    case NODE_LITERAL:
        return n->literal;
    case NODE_AT:
        return eval_at(e, n);
    case NODE_NAME:
        return eval_name(e, n);
    case NODE_INPUT:
        return eval_input(e);
    case NODE_PATH:
        return eval_path(e, n);
    case NODE_FILTER:
        return eval_filter(e, n);
    case NODE_ARITHMETIC:
        return eval_row(e, n);
    case NODE_AND:
        return eval_logic(e, n, NO);
    case NODE_OR:
        return eval_logic(e, n, YES);
    case NODE_NEGATE:
        return eval_minus(e, n);
    case NODE_COMPARE:
        return eval_compare(e, n);
    case NODE_BETWEEN:
        return eval_between(e, n);
    case NODE_IN:
        return eval_in_tests(e, n);
    case NODE_INSTANCE:
        return eval_instance(e, n);
    case NODE_IF:
        return eval_if(e, n);
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
        return eval_loop(e, n);
    case NODE_RANGE:
        return eval_range(e, n);
    case NODE_LIST:
        return eval_list(e, n);
    case NODE_CONTEXT:
        return eval_context(e, n);
    case NODE_FUNCTION:
        return eval_function(e, n);
    case NODE_CALL:
        return eval_call(e, n);
    case NODE_TESTS:
    case NODE_NOT_TESTS:
        return eval_tests(e, n);
    case NODE_ANYTHING:
        return feel_boolean(true);
    case NODE_SPAN: /* only the parser's loops have these two, and look into them */
    case NODE_TEST:
        break;
    }
    must(!"a node that is evaluated");
    return value_null();
}

struct feel_value eval_node(struct eval *e, const struct node *n)
{
    const struct node *around = e->node;
    struct feel_value v;

    eval_step(e, 1);
    if (++e->left.depth > e->env->limits.depth)
        eval_give_up(e, STR("the limit of depth"));
    e->node = n;
    v = eval_any_node(e, n);
    e->node = around;
    eval_check_height(e, &v);
    e->left.depth--;
    return v;
}

/* ---- the face -------------------------------------------------------------------- */

/* Whatever else jumps here (a failed must, a look-up that met something cold) was meant
 * for the one who called us. */
static _Noreturn void pass_on(const struct trap *trap, struct trap *caller)
{
    if (!caller)
        must_failed(trap->text, __FILE__, __LINE__, __func__);
    memcpy(caller->text, trap->text, sizeof(caller->text));
    trap_spring(caller, trap->why);
}

/* What an evaluation computes: an expression, a value that is to conform, or a call. */
struct job {
    const struct feel_expr *expr;
    const struct type *type;
    const struct feel_value *value;
    const struct feel_function *function;
    const struct feel_value *args;
    const struct str *names;
    size_t count;
};

static struct feel_value job_run(struct eval *e, const struct job *j)
{
    if (j->type)
        return type_conform(e, j->type, j->value);
    return j->expr ? eval_node(e, j->expr->root)
                   : eval_apply_named(e, j->function, j->args, j->names, j->count);
}

static struct feel_value job_guard(const struct job *j, const struct feel_env *env,
                                   struct arena *scratch)
{
    static const struct feel_expr no_expr = {.has_functions = true};
    struct eval e = {.env = env, .arena = scratch, .scope = env->scope};
    struct trap *const full = scratch->full;
    struct trap *const caller = trap_set(&e.trap);
    volatile bool finished = false;
    struct feel_value v;

    e.expr = j->expr ? j->expr : &no_expr;
    e.left.steps = env->limits.steps;
    if (env->budget)
        e.left = *env->budget;
    e.why = STR("the limit of memory");
    scratch->full = &e.trap;
    if (setjmp(e.trap.jump) == 0) {
        v = job_run(&e, j);
        finished = true;
    }
    scratch->full = full;
    trap_set(caller);
    if (env->budget)
        env->budget->steps = e.left.steps;
    if (finished)
        return v;
    if (e.trap.why != TRAP_FULL)
        pass_on(&e.trap, caller);
    return (struct feel_value){.kind = FEEL_GAVE_UP, .string = e.why};
}

struct feel_value feel_eval(const struct feel_expr *expr, const struct feel_env *env,
                            struct arena *scratch)
{
    return job_guard(&(struct job){.expr = expr}, env, scratch);
}

struct feel_value feel_function_of(const struct feel_host *h, struct arena *scratch)
{
    struct feel_function *f = NEW(scratch, struct feel_function);

    f->host = h;
    return (struct feel_value){.kind = FEEL_FUNCTION, .function = f};
}

struct feel_value feel_apply(const struct feel_value *function,
                             const struct feel_value *args, const struct str *names,
                             size_t count, const struct feel_env *env,
                             struct arena *scratch)
{
    struct job job = {.args = args, .names = names, .count = count};

    if (function->kind == FEEL_FUNCTION) {
        job.function = function->function;
        return job_guard(&job, env, scratch);
    }
    if (env->place)
        *env->place = (struct feel_place){0};
    if (env->note)
        env->note(env, STR("[NO_FUNCTION_FOUND] What is called is no function"));
    return value_null();
}

/* With limits of its own, so that no value can take too long. */
struct feel_value feel_conform(const struct feel_type *t, const struct feel_value *v,
                               struct arena *scratch)
{
    struct feel_env env = {.limits = feel_limits_default, .dialect = FEEL_STANDARD};
    struct job job = {.type = t->type, .value = v};

    return job_guard(&job, &env, scratch);
}
