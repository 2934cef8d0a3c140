/* boxes.c - boxed expressions: reading them, and what each is worth. Iterators borrow
 * the loops of FEEL: their domain and their body are names that it finds. */
#include "dmn/private.h"

#define DOMAIN "the domain"
#define BODY   "the body"

/* ---- reading --------------------------------------------------------------------- */

static struct box *box_new(struct build *b, enum dmn_kind kind,
                           const struct xml_node *n)
{
    struct box *box = NEW(b->keep, struct box);

    box->kind = kind;
    box->id = arena_copy(b->keep, dmn_get(n, "id"));
    box->line = n->line;
    box->type = border_read(b, n, dmn_get(n, "typeRef"));
    return box;
}

static void box_room(struct build *b, struct box *box, size_t items, size_t names)
{
    box->items = NEW_ARRAY(b->keep, struct box *, items);
    box->names = NEW_ARRAY(b->keep, struct str, names);
    box->types = NEW_ARRAY(b->keep, const struct border *, names);
}

static void literal_read(struct build *b, struct box *box, const struct xml_node *n)
{
    box->code = code_read(b, n, FEEL_EXPRESSION, dmn_text(n, ""));
}

/* Entries may use those before them; a function also itself. */
static void context_read(struct build *b, struct box *box, const struct xml_node *n)
{
    struct xml_node *entry = dmn_child(n, "contextEntry");
    size_t count = dmn_children(n, "contextEntry"), outer = b->scope.count;

    box_room(b, box, count, count);
    for (; entry; entry = dmn_next(entry, "contextEntry")) {
        struct xml_node *variable = dmn_child(entry, "variable");
        size_t i = box->count++;
        if (variable) {
            box->names[i] = words_tidy(b, dmn_get(variable, "name"));
            box->types[i] = border_read(b, variable, dmn_get(variable, "typeRef"));
        } else if (dmn_next(entry, "contextEntry")) {
            build_flaw(b, entry, "only the last entry of a context may lack a name");
        }
        words_add(b, &b->scope, box->names[i]);
        box->items[i] = box_in(b, entry);
    }
    b->scope.count = outer;
}

static void list_read(struct build *b, struct box *box, const struct xml_node *n)
{
    struct box *item;

    box_room(b, box, n->last ? (size_t)(n->last->tag - n->tag) : 0, 0);
    for (const struct xml_node *c = n->first; c; c = c->next)
        if ((item = box_read(b, c)))
            box->items[box->count++] = item;
}

/* One cell of a row after the other; a row with too few or too many is a flaw. */
static void row_read(struct build *b, struct box *box, const struct xml_node *row)
{
    size_t end = box->count + box->name_count;
    struct box *cell;

    for (const struct xml_node *c = row->first; c; c = c->next) {
        if (!(cell = box_read(b, c)))
            continue;
        if (box->count == end) {
            build_flaw(b, row, "a row with more cells than there are columns");
            break;
        }
        box->items[box->count++] = cell;
    }
    if (box->count < end)
        build_flaw(b, row, "a row with fewer cells than there are columns");
    box->count = end;
}

static void relation_read(struct build *b, struct box *box, const struct xml_node *n)
{
    size_t columns = dmn_children(n, "column"), rows = dmn_children(n, "row");

    box_room(b, box, columns * rows, columns);
    for (struct xml_node *c = dmn_child(n, "column"); c; c = dmn_next(c, "column")) {
        box->types[box->name_count] = border_read(b, c, dmn_get(c, "typeRef"));
        box->names[box->name_count++] = words_tidy(b, dmn_get(c, "name"));
    }
    for (struct xml_node *r = dmn_child(n, "row"); r; r = dmn_next(r, "row"))
        row_read(b, box, r);
}

/* items[0] is what is called; the bindings follow. */
static void invocation_read(struct build *b, struct box *box, const struct xml_node *n)
{
    size_t count = dmn_children(n, "binding");

    box_room(b, box, count + 1, count);
    box->items[0] = box_in(b, n);
    box->count = 1;
    for (struct xml_node *c = dmn_child(n, "binding"); c; c = dmn_next(c, "binding")) {
        struct xml_node *parameter = dmn_child(c, "parameter");
        if (!parameter) {
            build_flaw(b, c, "a binding without a parameter");
            continue;
        }
        box->types[box->name_count] =
            border_read(b, parameter, dmn_get(parameter, "typeRef"));
        box->names[box->name_count++] = words_tidy(b, dmn_get(parameter, "name"));
        box->items[box->count++] = box_in(b, c);
    }
}

static enum language language_of(struct build *b, const struct xml_node *n)
{
    struct str kind = dmn_get(n, "kind");

    if (str_is(kind, "Java"))
        return LANGUAGE_JAVA;
    if (str_is(kind, "PMML"))
        return LANGUAGE_PMML;
    if (kind.len && !str_is(kind, "FEEL"))
        build_flaw(b, n, "a function of the unknown kind '%.*s'", ARG(kind));
    return LANGUAGE_FEEL;
}

struct box *function_read(struct build *b, const struct xml_node *n)
{
    size_t count = dmn_children(n, "formalParameter"), outer = b->scope.count;
    struct box *box = box_new(b, DMN_FUNCTION_DEFINITION, n);

    box_room(b, box, 1, count);
    box->type = border_result(b, box->type);
    box->language = language_of(b, n);
    for (struct xml_node *p = dmn_child(n, "formalParameter"); p;
         p = dmn_next(p, "formalParameter")) {
        struct str name = words_tidy(b, dmn_get(p, "name"));
        box->types[box->name_count] = border_read(b, p, dmn_get(p, "typeRef"));
        box->names[box->name_count++] = name;
        words_add(b, &b->scope, name);
    }
    box->items[box->count++] = box_in(b, n);
    b->scope.count = outer;
    return box;
}

static void conditional_read(struct build *b, struct box *box, const struct xml_node *n)
{
    static const char *const parts[] = {"if", "then", "else"};

    box_room(b, box, LEN(parts), 0);
    for (size_t i = 0; i < LEN(parts); i++) {
        struct xml_node *c = dmn_child(n, parts[i]);
        if (!c)
            build_flaw(b, n, "a conditional without '%s'", parts[i]);
        box->items[box->count++] = c ? box_in(b, c) : NULL;
    }
}

/* What FEEL shall do with the domain and the body: a loop of its own. */
static struct str loop_text(struct build *b, enum dmn_kind kind, struct str name)
{
    if (kind == DMN_FILTER)
        return STR(""); /* an entry named item would hide the item */
    if (kind == DMN_FOR)
        return arena_print(
            b->keep, "for `%.*s` in `" DOMAIN "` return `" BODY "`(`%.*s`, partial)",
            ARG(name), ARG(name));
    return arena_print(b->keep,
                       "%s `%.*s` in `" DOMAIN "` satisfies `" BODY "`(`%.*s`)",
                       kind == DMN_SOME ? "some" : "every", ARG(name), ARG(name));
}

static void loop_read(struct build *b, struct box *box, const struct xml_node *n)
{
    const char *body = box->kind == DMN_FILTER ? "match"
                       : box->kind == DMN_FOR  ? "return"
                                               : "satisfies";
    struct xml_node *in = dmn_child(n, "in"), *c = dmn_child(n, body);
    size_t outer = b->scope.count;

    box_room(b, box, 2, 2);
    box->names[0] = box->kind == DMN_FILTER
                        ? STR("item")
                        : words_tidy(b, dmn_get(n, "iteratorVariable"));
    box->names[1] = STR("partial");
    box->name_count = box->kind == DMN_FOR ? 2 : 1;
    if (!in || !c || box->names[0].len == 0)
        build_flaw(b, n, "needs 'in', '%s' and the name of a variable", body);
    box->items[box->count++] = in ? box_in(b, in) : NULL;
    for (size_t i = 0; i < box->name_count; i++)
        words_add(b, &b->scope, box->names[i]);
    box->items[box->count++] = c ? box_in(b, c) : NULL;
    b->scope.count = outer;
    box->code =
        code_read(b, n, FEEL_EXPRESSION, loop_text(b, box->kind, box->names[0]));
}

static enum dmn_kind kind_of(const struct xml_node *n)
{
    static const char *const words[] = {"",
#define X(name, word) word,
                                        DMN_KINDS(X)
#undef X
    };

    for (size_t i = 1; i < LEN(words); i++)
        if (is_dmn(n, words[i]))
            return (enum dmn_kind)i;
    return DMN_UNKNOWN;
}

/* NULL: the element is no expression. */
struct box *box_read(struct build *b, const struct xml_node *n)
{
    enum dmn_kind kind = kind_of(n);
    struct box *box;

    if (kind == DMN_UNKNOWN)
        return NULL;
    if (kind == DMN_FUNCTION_DEFINITION)
        return function_read(b, n);
    box = box_new(b, kind, n);
    switch (kind) {
    case DMN_DECISION_TABLE:
        box->table = table_read(b, n);
        break;
    case DMN_LITERAL_EXPRESSION:
        literal_read(b, box, n);
        break;
    case DMN_CONTEXT:
        context_read(b, box, n);
        break;
    case DMN_INVOCATION:
        invocation_read(b, box, n);
        break;
    case DMN_LIST:
        list_read(b, box, n);
        break;
    case DMN_RELATION:
        relation_read(b, box, n);
        break;
    case DMN_CONDITIONAL:
        conditional_read(b, box, n);
        break;
    case DMN_FOR:
    case DMN_SOME:
    case DMN_EVERY:
    case DMN_FILTER:
        loop_read(b, box, n);
        break;
    case DMN_FUNCTION_DEFINITION:
    case DMN_UNKNOWN:
        break;
    }
    return box;
}

struct box *box_in(struct build *b, const struct xml_node *parent)
{
    struct box *box = NULL;

    for (const struct xml_node *c = parent->first; c && !box; c = c->next)
        box = box_read(b, c);
    return box;
}

/* ---- functions ------------------------------------------------------------------- */

/* A boxed function, or the body of an iterator, where it was met. */
struct closure {
    struct feel_host host;
    const struct box *box;
    const struct scope *scope;
    bool *is_wrong; /* set when a test of some or every is neither true nor false */
};

static struct closure *closure_new(const struct box *box, const struct scope *s,
                                   struct feel_value (*call)(const struct feel_host *,
                                                             const struct feel_env *,
                                                             const struct feel_value *,
                                                             struct arena *))
{
    struct closure *c = NEW(s->memo->run->scratch, struct closure);

    c->host = (struct feel_host){
        .call = call, .names = box->names, .count = box->name_count, .ctx = c};
    c->box = box;
    c->scope = s;
    return c;
}

static struct feel_value closure_value(const struct closure *c)
{
    return feel_function_of(&c->host, c->scope->memo->run->scratch);
}

/* What stands in a body of Java: its class and its method, and nothing to evaluate. */
static struct feel_value java_apply(const struct closure *c,
                                    const struct feel_value *args,
                                    struct arena *scratch)
{
    struct run *r = c->scope->memo->run;
    struct feel_value body = box_eval(c->box->items[0], c->scope);

    if (c->box->language == LANGUAGE_PMML)
        return run_error(r, "functions written in PMML are not supported");
    if (body.kind != FEEL_CONTEXT)
        return run_error(r, "a Java function without a class and a method signature");
    return java_call(r->env.external, body.context, args, c->box->name_count, scratch);
}

static struct feel_value function_apply(const struct closure *c,
                                        const struct feel_value *args,
                                        struct arena *scratch)
{
    const struct scope *s = c->scope;
    struct run *r = s->memo->run;
    struct feel_value *passed =
        NEW_ARRAY(scratch, struct feel_value, c->box->name_count);

    for (size_t i = 0; i < c->box->name_count; i++) {
        passed[i] = border_pass(r, c->box->types[i], args[i]);
        if (passed[i].kind == FEEL_NULL && args[i].kind != FEEL_NULL)
            return passed[i]; /* what does not fit is not called with null */
        s = scope_push(s, c->box->names[i], passed[i]);
    }
    if (c->box->language != LANGUAGE_FEEL)
        return java_apply(c, passed, scratch);
    return border_pass(r, c->box->type, box_eval(c->box->items[0], s));
}

/* FEEL calls us back with what is left of its budget. */
static struct feel_value function_call(const struct feel_host *h,
                                       const struct feel_env *env,
                                       const struct feel_value *args,
                                       struct arena *scratch)
{
    const struct closure *c = h->ctx;
    struct run *r = c->scope->memo->run;
    struct feel_budget *before = r->env.budget;
    struct feel_value v;

    r->env.budget = env->budget;
    v = function_apply(c, args, scratch);
    r->env.budget = before;
    return v;
}

static struct feel_value body_apply(const struct closure *c,
                                    const struct feel_value *args)
{
    const struct scope *s = c->scope;

    for (size_t i = 0; i < c->box->name_count; i++)
        s = scope_push(s, c->box->names[i], args[i]);
    return box_eval(c->box->items[1], s);
}

static struct feel_value body_call(const struct feel_host *h,
                                   const struct feel_env *env,
                                   const struct feel_value *args, struct arena *scratch)
{
    const struct closure *c = h->ctx;
    struct run *r = c->scope->memo->run;
    struct feel_budget *before = r->env.budget;
    struct feel_value v;

    r->env.budget = env->budget;
    v = body_apply(c, args);
    r->env.budget = before;
    *c->is_wrong |= (c->box->kind == DMN_SOME || c->box->kind == DMN_EVERY) &&
                    v.kind != FEEL_BOOLEAN && v.kind != FEEL_NULL;
    return v;
}

/* ---- values ---------------------------------------------------------------------- */

static struct feel_value loop_eval(const struct box *b, const struct scope *s)
{
    struct feel_value domain = box_eval(b->items[0], s);
    const struct scope *inner = scope_push(s, STR(DOMAIN), domain);
    struct closure *body = closure_new(b, s, body_call);
    bool is_wrong = false;
    struct feel_value v;

    body->is_wrong = &is_wrong;
    inner = scope_push(inner, STR(BODY), closure_value(body));
    v = code_eval(s->memo->run, &b->code, inner);
    if (is_wrong)
        return run_error(s->memo->run, "a test that is neither true nor false");
    return v;
}

/* Whether the item passes; its entries are names, too, nearer than the item itself. */
static bool item_matches(const struct box *b, const struct scope *s,
                         struct feel_value item, bool *is_wrong)
{
    struct scope *inner = scope_push(s, STR("item"), item);
    struct feel_value v;

    if (item.kind == FEEL_CONTEXT) {
        inner = scope_push(inner, STR(""), item);
        inner->context = item.context;
    }
    v = box_eval(b->items[1], inner);
    *is_wrong |= v.kind != FEEL_BOOLEAN && v.kind != FEEL_NULL;
    return v.kind == FEEL_BOOLEAN && v.boolean;
}

static struct feel_value filter_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    struct feel_value domain = box_eval(b->items[0], s), *items;
    size_t count = 1, kept = 0;
    bool is_wrong = false;

    if (domain.kind == FEEL_NULL)
        return run_error(r, "nothing to filter");
    if (domain.kind == FEEL_LIST)
        count = feel_list_count(domain.list);
    items = NEW_ARRAY(r->scratch, struct feel_value, count);
    for (size_t i = 0; i < count && !is_wrong; i++) {
        items[kept] = domain.kind == FEEL_LIST
                          ? feel_list_at(domain.list, i, r->scratch)
                          : domain;
        kept += item_matches(b, s, items[kept], &is_wrong);
    }
    if (is_wrong)
        return run_error(r, "a filter's test that is neither true nor false");
    return feel_list_of(items, kept, r->scratch);
}

static struct feel_value conditional_eval(const struct box *b, const struct scope *s)
{
    struct feel_value condition = box_eval(b->items[0], s);
    bool holds = condition.kind == FEEL_BOOLEAN && condition.boolean;

    return box_eval(b->items[holds ? 1 : 2], s);
}

static bool name_is_new(const struct str *names, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(names[i], name))
            return false;
    return true;
}

/* A function sees itself: its name is in scope before it has its value. */
static struct feel_value context_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    struct feel_value *values = NEW_ARRAY(r->scratch, struct feel_value, b->count);
    bool is_doubled = false;

    for (size_t i = 0; i < b->count; i++) {
        if (b->names[i].len == 0)
            return box_eval(b->items[i], s);
        struct scope *own = scope_push(s, b->names[i], (struct feel_value){0});
        bool is_function = b->items[i] && b->items[i]->kind == DMN_FUNCTION_DEFINITION;
        run_step(r, i / 16);
        is_doubled |= !name_is_new(b->names, i, b->names[i]);
        values[i] =
            border_pass(r, b->types[i], box_eval(b->items[i], is_function ? own : s));
        own->value = values[i];
        s = own;
    }
    if (is_doubled)
        return run_error(r, "a context with two entries of one name");
    return feel_context_of(b->names, values, b->count, r->scratch);
}

static struct feel_value list_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    struct feel_value *items = NEW_ARRAY(r->scratch, struct feel_value, b->count);

    for (size_t i = 0; i < b->count; i++)
        items[i] = box_eval(b->items[i], s);
    return feel_list_of(items, b->count, r->scratch);
}

static struct feel_value relation_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    size_t columns = b->name_count, rows = columns ? b->count / columns : 0;
    struct feel_value *cells = NEW_ARRAY(r->scratch, struct feel_value, b->count);
    struct feel_value *list = NEW_ARRAY(r->scratch, struct feel_value, rows);

    for (size_t i = 0; i < b->count; i++)
        cells[i] = border_pass(r, b->types[i % columns], box_eval(b->items[i], s));
    for (size_t i = 0; i < rows; i++)
        list[i] = feel_context_of(b->names, cells + i * columns, columns, r->scratch);
    return feel_list_of(list, rows, r->scratch);
}

static struct feel_value invocation_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    struct feel_value function = box_eval(b->items[0], s);
    struct feel_value *args = NEW_ARRAY(r->scratch, struct feel_value, b->name_count);
    struct feel_env env = r->env;
    struct feel_value v;

    if (function.kind != FEEL_FUNCTION)
        return run_error(r, "what is invoked is no function");
    for (size_t i = 0; i < b->name_count; i++)
        args[i] = border_pass(r, b->types[i], box_eval(b->items[i + 1], s));
    env.scope = &s->face;
    v = feel_apply(&function, args, b->names, b->name_count, &env, r->scratch);
    if (v.kind == FEEL_GAVE_UP)
        run_fail(r, "failed to invoke a function: %.*s", ARG(v.string));
    return v;
}

static struct feel_value box_value(const struct box *b, const struct scope *s)
{
    switch (b->kind) {
    case DMN_UNKNOWN:
        break;
    case DMN_DECISION_TABLE:
        return table_eval(b->table, s, NULL);
    case DMN_LITERAL_EXPRESSION:
        return code_eval(s->memo->run, &b->code, s);
    case DMN_CONTEXT:
        return context_eval(b, s);
    case DMN_INVOCATION:
        return invocation_eval(b, s);
    case DMN_LIST:
        return list_eval(b, s);
    case DMN_RELATION:
        return relation_eval(b, s);
    case DMN_FUNCTION_DEFINITION:
        return closure_value(closure_new(b, s, function_call));
    case DMN_CONDITIONAL:
        return conditional_eval(b, s);
    case DMN_FOR:
    case DMN_SOME:
    case DMN_EVERY:
        return loop_eval(b, s);
    case DMN_FILTER:
        return filter_eval(b, s);
    }
    return (struct feel_value){.kind = FEEL_NULL};
}

/* Each box is one level of nesting, as each node of FEEL is. A missing one is null. */
struct feel_value box_eval(const struct box *b, const struct scope *s)
{
    struct run *r = s->memo->run;
    struct feel_value v = {.kind = FEEL_NULL};

    if (!b)
        return v;
    run_step(r, 1);
    if (++r->env.budget->depth > r->env.limits.depth)
        run_fail(r, "more nested calls than the limit of depth allows");
    v = box_value(b, s);
    if (b->kind != DMN_FUNCTION_DEFINITION) /* its type is that of what it returns */
        v = border_pass(r, b->type, v);
    r->env.budget->depth--;
    return v;
}
