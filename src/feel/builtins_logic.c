/* builtins_logic.c - truth, conversion, and what Camunda adds beside them. */
#include "feel/internal.h"

#define JSON_DEPTH_MAX 200

/* ---- truth ----------------------------------------------------------------------- */

static struct feel_value logic_not(struct eval *e, const struct feel_value *args)
{
    enum truth t = truth_of(&args[0]);

    return t == UNKNOWN ? value_null() : feel_boolean(t == NO);
}

static struct feel_value logic_is(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(value_is(&args[0], &args[1], e->arena));
}

/* Of a list of truths: `decides` ends it, whatever is not true or false is unknown. */
static struct feel_value logic_sum(const struct feel_value *list, enum truth decides)
{
    enum truth sum = decides == NO ? YES : NO;

    for (size_t i = 0; i < list->list->count; i++) {
        enum truth t = truth_of(&list->list->items[i]);
        if (t == decides)
            return value_truth(t);
        if (t == UNKNOWN)
            sum = UNKNOWN;
    }
    return value_truth(sum);
}

static struct feel_value logic_all(struct eval *e, const struct feel_value *args)
{
    return logic_sum(&args[0], NO);
}

static struct feel_value logic_any(struct eval *e, const struct feel_value *args)
{
    return logic_sum(&args[0], YES);
}

static struct feel_value logic_is_defined(struct eval *e, const struct feel_value *args)
{
    return feel_boolean(args[0].kind != FEEL_NULL);
}

static struct feel_value logic_get_or_else(struct eval *e,
                                           const struct feel_value *args)
{
    return args[args[0].kind == FEEL_NULL ? 1 : 0];
}

/* Ends the whole evaluation: nothing around it can catch that. */
static struct feel_value logic_assert(struct eval *e, const struct feel_value *args)
{
    struct str why = STR("The condition is not fulfilled");

    if (truth_of(&args[1]) == YES)
        return args[0];
    if (args[2].kind == FEEL_STRING)
        why = args[2].string;
    eval_null(e, "ASSERT_FAILURE", "%.*s", ARG(why));
    eval_give_up(e, arena_print(e->arena, "Assertion failure: %.*s", ARG(why)));
}

/* ---- conversion ------------------------------------------------------------------ */

static struct feel_value to_string(struct eval *e, const struct feel_value *args)
{
    struct buf text;

    if (args[0].kind == FEEL_STRING)
        return args[0];
    buf_init(&text, e->arena, 32);
    value_print(&text, &args[0],
                e->env->dialect == FEEL_CAMUNDA ? PRINT_CAMUNDA : PRINT_STRING);
    return feel_string(buf_str(&text));
}

static struct feel_value to_number(struct eval *e, const struct feel_value *args)
{
    struct num n;

    if (!num_from_str(args[0].string, &n))
        return builtin_fail(e, "the text is no number");
    return value_num(n);
}

/* A separator is one of the characters allowed, or null; *sign is 0 then. */
static bool separator_of(const struct feel_value *v, const char *allowed, char *sign)
{
    *sign = 0;
    if (v->kind == FEEL_NULL)
        return true;
    if (v->string.len != 1 || !strchr(allowed, v->string.data[0]))
        return false;
    *sign = v->string.data[0];
    return true;
}

static struct feel_value to_number_grouped(struct eval *e,
                                           const struct feel_value *args)
{
    char group, point, *data = arena_alloc(e->arena, args[0].string.len + 1);
    size_t len = 0;
    struct num n;

    if (!separator_of(&args[1], " ,.", &group) ||
        !separator_of(&args[2], ",.", &point) || (group && group == point))
        return builtin_fail(e, "no such separators");
    for (size_t i = 0; i < args[0].string.len; i++) {
        char c = args[0].string.data[i];
        if (c == group && group)
            continue;
        if ((c == '.' || c == ',') && c != (point ? point : '.'))
            return builtin_fail(e, "the text is no number");
        data[len++] = c == point ? '.' : c;
    }
    if (!num_from_str((struct str){data, len}, &n))
        return builtin_fail(e, "the text is no number");
    return value_num(n);
}

static struct feel_value from_json(struct eval *e, const struct feel_value *args)
{
    if (!json_is_valid(args[0].string, JSON_DEPTH_MAX))
        return builtin_fail(e, "the text is no JSON");
    return feel_from_json(args[0].string, e->arena);
}

static struct feel_value to_json(struct eval *e, const struct feel_value *args)
{
    struct buf text;

    buf_init(&text, e->arena, 64);
    value_to_json(&text, &args[0], true);
    return feel_string(buf_str(&text));
}

/* ---- only in processes ----------------------------------------------------------- */

static struct feel_value process_from_ai(struct eval *e, const struct feel_value *args)
{
    return args[0];
}

static struct feel_value cycle_of(struct eval *e, const struct feel_value *duration,
                                  const struct feel_value *count)
{
    struct buf text;

    if (duration->kind != FEEL_DAYS_TIME_DURATION &&
        duration->kind != FEEL_YEARS_MONTHS_DURATION)
        return builtin_fail(e, "a duration was expected");
    buf_init(&text, e->arena, 32);
    buf_byte(&text, 'R');
    if (count && count->kind == FEEL_NUMBER)
        buf_print(&text, "%lld", (long long)num_cut_i64(count->number));
    buf_byte(&text, '/');
    print_duration(&text, duration->kind, duration->span);
    return feel_string(buf_str(&text));
}

static struct feel_value process_cycle(struct eval *e, const struct feel_value *args)
{
    return cycle_of(e, &args[0], NULL);
}

static struct feel_value process_cycle_count(struct eval *e,
                                             const struct feel_value *args)
{
    return cycle_of(e, &args[1], &args[0]);
}

const struct builtin builtins_logic[] = {
    {"not", "negand", "x", logic_not},
    {"is", "value1,value2", "oo", logic_is},
    {"all", "list", "l", logic_all},
    {"all", "list", "r", logic_all},
    {"any", "list", "l", logic_any},
    {"any", "list", "r", logic_any},
    {"and", "list", "l", logic_all},
    {"and", "list", "r", logic_all},
    {"or", "list", "l", logic_any},
    {"or", "list", "r", logic_any},
    {"is defined", "value", "x", logic_is_defined},
    {"get or else", "value,default", "xx", logic_get_or_else},
    {"assert", "value,condition,cause", "xx|S", logic_assert},
    {"string", "from", "a", to_string},
    {"number", "from", "s", to_number},
    {"number", "from,grouping separator,decimal separator", "sS|S", to_number_grouped},
    {"from json", "value", "s", from_json},
    {"to json", "value", "x", to_json},
    {"fromAi", "value,description,type,schema,options", "x|xxxx", process_from_ai},
    {"cycle", "interval", "a", process_cycle},
    {"cycle", "repetitions,interval", "Na", process_cycle_count},
    {0},
};
