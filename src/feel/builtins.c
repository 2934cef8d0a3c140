/* builtins.c - finding a built-in by its name, and giving it the arguments it expects.
 */
#include "feel/internal.h"

#define PARAMETERS_MAX 8

static const struct builtin *const tables[] = {
    builtins_number, builtins_string, builtins_list,  builtins_context,
    builtins_time,   builtins_range,  builtins_logic,
};

const struct builtin *builtin_find(struct str name)
{
    for (size_t i = 0; i < LEN(tables); i++)
        for (const struct builtin *b = tables[i]; b->name; b++)
            if (str_is(name, b->name))
                return b;
    return NULL;
}

struct str feel_builtin_name(size_t i)
{
    for (size_t k = 0; k < LEN(tables); k++)
        for (const struct builtin *b = tables[k]; b->name; b++)
            if (i-- == 0)
                return str_of(b->name);
    return (struct str){0};
}

const struct builtin *builtin_at(struct str text, size_t at, size_t *end)
{
    const struct builtin *longest = NULL;
    size_t here;

    *end = at;
    for (size_t i = 0; i < LEN(tables); i++) {
        for (const struct builtin *b = tables[i]; b->name; b++) {
            if (b->name[0] == text.data[at] && strchr(b->name, ' ') &&
                lex_name(text, at, str_of(b->name), &here) && here > *end) {
                *end = here;
                longest = b;
            }
        }
    }
    return longest;
}

struct feel_value builtin_fail(struct eval *e, const char *why)
{
    return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                     "Failed to invoke function '%s': %s", e->builtin->name, why);
}

/* ---- which argument is for which parameter --------------------------------------- */

static size_t parameter_count(const char *kinds)
{
    return strlen(kinds) - (strchr(kinds, '|') != NULL);
}

static size_t required_count(const char *kinds)
{
    const char *bar = strchr(kinds, '|');

    return bar ? (size_t)(bar - kinds) : strlen(kinds);
}

static char kind_at(const char *kinds, size_t i)
{
    return kinds[i + (i >= required_count(kinds))];
}

/* The place of the name between the commas; false: not there. */
static bool parameter_find(const char *parameters, struct str name, size_t *place)
{
    *place = 0;
    for (const char *at = parameters; *at; ++*place) {
        size_t len = strcspn(at, ",");
        if (str_equal((struct str){at, len}, name))
            return true;
        at += len + (at[len] == ',');
    }
    return false;
}

/* The arguments of one call in the order of a row's parameters. */
struct arranged {
    struct feel_value args[PARAMETERS_MAX];
    bool given[PARAMETERS_MAX];
};

static bool arrange_named(const struct builtin *b, const struct feel_value *args,
                          const struct str *names, size_t count, struct arranged *a)
{
    size_t place;

    for (size_t i = 0; i < count; i++) {
        if (!parameter_find(b->parameters, names[i], &place) || a->given[place])
            return false;
        a->args[place] = args[i];
        a->given[place] = true;
    }
    for (size_t i = 0; i < required_count(b->kinds); i++)
        if (!a->given[i] && kind_at(b->kinds, i) != 'o')
            return false;
    return true;
}

/* A last parameter of kind r takes all arguments that are left, at least one. */
static bool arrange_placed(struct eval *e, const struct builtin *b,
                           const struct feel_value *args, size_t count,
                           struct arranged *a)
{
    size_t most = parameter_count(b->kinds);
    bool takes_rest = most > 0 && kind_at(b->kinds, most - 1) == 'r';

    if (count < required_count(b->kinds) || (count > most && !takes_rest))
        return false;
    for (size_t i = 0; i < count && i < most; i++) {
        a->args[i] = args[i];
        a->given[i] = true;
    }
    if (takes_rest)
        a->args[most - 1] = feel_list_of(args + most - 1, count - most + 1, e->arena);
    return true;
}

/* ---- whether they are of the right kind ------------------------------------------ */

static bool kind_is(char kind, const struct feel_value *v)
{
    switch (kind) {
    case 's':
        return v->kind == FEEL_STRING;
    case 'n':
        return v->kind == FEEL_NUMBER;
    case 'b':
        return v->kind == FEEL_BOOLEAN;
    case 'l':
    case 'r':
        return v->kind == FEEL_LIST;
    case 'c':
        return v->kind == FEEL_CONTEXT;
    case 'g':
        return v->kind == FEEL_RANGE;
    case 'f':
        return v->kind == FEEL_FUNCTION;
    case 'D':
        return v->kind == FEEL_DAYS_TIME_DURATION;
    case 'Y':
        return v->kind == FEEL_YEARS_MONTHS_DURATION;
    case 'p':
        return v->kind != FEEL_NULL && v->kind != FEEL_RANGE;
    case 'a':
        return v->kind != FEEL_NULL;
    default:
        return true; /* x, o */
    }
}

/* A single value counts as a list of one, and a list of one as its value. */
static bool kind_fit(struct eval *e, char kind, struct feel_value *v)
{
    struct feel_value *single;

    if (memchr("SNBL", kind, 4)) {
        if (v->kind == FEEL_NULL)
            return true;
        kind = (char)(kind | 32);
    }
    if (v->kind == FEEL_LIST)
        eval_step(e, list_read(v->list, e->arena)->count);
    eval_check_height(e, v);
    if (v->kind == FEEL_STRING)
        eval_step(e, v->string.len / 64);
    if (kind_is(kind, v))
        return true;
    if (kind == 'l' && v->kind != FEEL_NULL) {
        single = NEW(e->arena, struct feel_value);
        *single = *v;
        *v = feel_list_of(single, 1, e->arena);
        return true;
    }
    if (v->kind == FEEL_LIST && v->list->count == 1 &&
        kind_is(kind, &v->list->items[0])) {
        *v = v->list->items[0];
        return true;
    }
    return false;
}

static bool kinds_fit(struct eval *e, const struct builtin *b, struct arranged *a)
{
    for (size_t i = 0; i < parameter_count(b->kinds); i++) {
        char kind = kind_at(b->kinds, i);
        if ((a->given[i] || i < required_count(b->kinds)) &&
            !kind_fit(e, kind, &a->args[i]))
            return false;
    }
    return true;
}

/* ---- the call -------------------------------------------------------------------- */

static struct feel_value builtin_run(struct eval *e, const struct builtin *b,
                                     const struct feel_value *args)
{
    const struct builtin *before = e->builtin;
    struct feel_value v;

    e->builtin = b;
    v = b->call(e, args);
    e->builtin = before;
    if (v.kind == FEEL_LIST)
        eval_check_list(e, feel_list_count(v.list));
    if (v.kind == FEEL_STRING)
        eval_check_string(e, v.string.len);
    return v;
}

static struct feel_value builtin_misfit(struct eval *e, const struct builtin *b,
                                        const struct feel_value *args, size_t count,
                                        bool right_count)
{
    struct buf text;

    if (!right_count || !e->env->note)
        return eval_null(e, "NO_FUNCTION_FOUND",
                         "No function found with name '%s' and %zu parameters", b->name,
                         count);
    buf_init(&text, e->arena, 64);
    for (size_t i = 0; i < count && text.len < 200; i++)
        buf_print(&text, "%s'%.*s'", i ? ", " : "", ARG(eval_text(e, &args[i])));
    return eval_null(e, "FUNCTION_INVOCATION_FAILURE",
                     "Failed to invoke function '%s': Illegal arguments: %.*s", b->name,
                     ARG(buf_str(&text)));
}

struct feel_value builtin_call(struct eval *e, const struct builtin *first,
                               const struct feel_value *args, const struct str *names,
                               size_t count)
{
    bool right_count = false;

    for (const struct builtin *b = first;
         b->name && (b == first || strcmp(b->name, first->name) == 0); b++) {
        struct arranged a = {0};
        if (names ? !arrange_named(b, args, names, count, &a)
                  : !arrange_placed(e, b, args, count, &a))
            continue;
        right_count = true;
        if (kinds_fit(e, b, &a))
            return builtin_run(e, b, a.args);
    }
    return builtin_misfit(e, first, args, count, right_count);
}
