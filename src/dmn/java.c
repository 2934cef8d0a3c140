/* java.c - functions that a model says are written in Java. There is no Java here: the
 * few static methods of java.lang that models use are rows of a table, with the types
 * of their parameters as Java has them. Anything else is null, and noted. */
#include <stdio.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/tree.h"
#include "dmn/private.h"

#define PARAMETERS_MAX 8

struct java {
    const struct feel_value *args;
    size_t count;
    struct arena *scratch;
    i64 low, high; /* what the whole type of the method can hold */
};

static struct feel_value java_null(void)
{
    return (struct feel_value){.kind = FEEL_NULL};
}

static struct feel_value java_number(struct num n)
{
    return (struct feel_value){.kind = num_is_valid(n) ? FEEL_NUMBER : FEEL_NULL,
                               .number = n};
}

/* ---- methods --------------------------------------------------------------------- */

static struct feel_value math_abs(struct java *j)
{
    return java_number(num_abs(j->args[0].number));
}

static struct feel_value math_max(struct java *j)
{
    return num_compare(j->args[0].number, j->args[1].number) >= 0 ? j->args[0]
                                                                  : j->args[1];
}

static struct feel_value math_min(struct java *j)
{
    return num_compare(j->args[0].number, j->args[1].number) <= 0 ? j->args[0]
                                                                  : j->args[1];
}

static struct feel_value math_pow(struct java *j)
{
    return java_number(num_pow(j->args[0].number, j->args[1].number));
}

static struct feel_value math_sqrt(struct java *j)
{
    return java_number(num_sqrt(j->args[0].number));
}

static struct feel_value math_exp(struct java *j)
{
    return java_number(num_exp(j->args[0].number));
}

static struct feel_value math_log(struct java *j)
{
    return java_number(num_ln(j->args[0].number));
}

static struct feel_value math_floor(struct java *j)
{
    return java_number(num_round(j->args[0].number, 0, NUM_FLOOR));
}

static struct feel_value math_ceil(struct java *j)
{
    return java_number(num_round(j->args[0].number, 0, NUM_CEILING));
}

static struct feel_value math_rint(struct java *j)
{
    return java_number(num_round(j->args[0].number, 0, NUM_HALF_EVEN));
}

/* The whole number at or below x + 1/2. */
static struct feel_value math_round(struct java *j)
{
    struct num half = num_div(num_from_i64(1), num_from_i64(2));

    return java_number(num_round(num_add(j->args[0].number, half), 0, NUM_FLOOR));
}

static struct feel_value math_signum(struct java *j)
{
    return feel_number(num_sign(j->args[0].number));
}

/* x reduced to within a turn, then the series x - x^3/3! + x^5/5! ..., which starts at
 * 1 for the cosine. Beyond 10^15 a double has no digits left to say where it is. */
static struct feel_value series(struct num x, int start)
{
    struct num turn, sum = num_from_i64(0), term;
    struct num far = num_from_i64(1000000000000000);

    num_from_str(STR("6.283185307179586476925286766559006"), &turn);
    if (num_compare(num_abs(x), far) > 0)
        return java_null();
    x = num_mod(x, turn);
    if (num_compare(num_add(x, x), turn) > 0)
        x = num_sub(x, turn);
    term = start ? x : num_from_i64(1);
    for (int n = start; n < 60; n += 2) {
        sum = num_add(sum, term);
        term = num_neg(num_div(num_mul(term, num_mul(x, x)),
                               num_from_i64((i64)(n + 1) * (n + 2))));
    }
    return java_number(num_round(sum, 16, NUM_HALF_EVEN)); /* a double has no more */
}

static struct feel_value math_sin(struct java *j)
{
    return series(j->args[0].number, 1);
}

static struct feel_value math_cos(struct java *j)
{
    return series(j->args[0].number, 0);
}

/* Integer.valueOf and its like: a sign and digits, within what the type holds. */
static struct feel_value whole_of(struct java *j)
{
    struct str s = j->args[0].string;
    i64 n;

    if (s.len > 1 && s.data[0] == '+' && s.data[1] != '-')
        s = (struct str){s.data + 1, s.len - 1};
    if (!str_to_i64(s, &n) || n < j->low || n > j->high)
        return java_null();
    return feel_number(n);
}

static struct feel_value double_of(struct java *j)
{
    struct num n;

    return num_from_str(str_trim(j->args[0].string), &n) ? java_number(n) : java_null();
}

static struct feel_value boolean_of(struct java *j)
{
    struct str s = j->args[0].string;
    bool is_true = s.len == 4;

    for (size_t i = 0; is_true && i < 4; i++)
        is_true = (s.data[i] | 32) == "true"[i];
    return feel_boolean(is_true);
}

static struct feel_value string_of(struct java *j)
{
    struct buf out;

    if (j->args[0].kind == FEEL_STRING)
        return j->args[0];
    buf_init(&out, j->scratch, 16);
    feel_print(&out, &j->args[0]);
    return feel_string(buf_str(&out));
}

static struct feel_value string_concat(struct java *j)
{
    struct buf out;

    buf_init(&out, j->scratch, 32);
    buf_add(&out, j->args[0].string);
    buf_add(&out, j->args[1].string);
    return feel_string(buf_str(&out));
}

/* ---- String.format
 * ------------------------------------------------------------------- */

static void format_number(struct buf *out, char kind, int scale, struct num n)
{
    struct num rounded = num_round(n, kind == 'd' ? 0 : scale, NUM_HALF_UP);
    char text[NUM_TEXT_MAX];
    size_t len = num_to_text(text, rounded);
    const char *point = memchr(text, '.', len);
    int digits = point ? (int)(len - (size_t)(point + 1 - text)) : 0;

    buf_add(out, (struct str){text, len});
    if (kind == 'd' || scale == 0)
        return;
    buf_text(out, point ? "" : ".");
    for (; digits < scale; digits++)
        buf_byte(out, '0');
}

/* %s, %d, %f, %.2f and %%; false for what else Java knows, and for a wrong argument. */
static bool format_one(struct buf *out, struct str *rest, const struct feel_value **arg,
                       const struct feel_value *end)
{
    int scale = 6;

    if (rest->len > 2 && rest->data[0] == '.' && rest->data[1] >= '0' &&
        rest->data[1] <= '9') {
        scale = rest->data[1] - '0';
        *rest = (struct str){rest->data + 2, rest->len - 2};
    }
    if (rest->len == 0)
        return false;
    char kind = rest->data[0];
    *rest = (struct str){rest->data + 1, rest->len - 1};
    if (kind == '%') {
        buf_byte(out, '%');
        return true;
    }
    if (*arg == end)
        return false;
    const struct feel_value *v = (*arg)++;
    if (kind == 's' && v->kind == FEEL_STRING)
        buf_add(out, v->string);
    else if (kind == 's')
        feel_print(out, v);
    else if (v->kind == FEEL_NUMBER &&
             (kind == 'f' || (kind == 'd' && num_is_whole(v->number))))
        format_number(out, kind, scale, v->number);
    else
        return false;
    return true;
}

/* The arguments after the first, or the items of a list there. */
static struct feel_value string_format(struct java *j)
{
    struct str rest = j->args[0].string;
    size_t count = j->count - 1;
    const struct feel_value *arg = j->args + 1, *end;
    struct buf out;

    if (count == 1 && arg->kind == FEEL_LIST) {
        const struct feel_list *l = arg->list;
        struct feel_value *items;
        count = feel_list_count(l);
        items = NEW_ARRAY(j->scratch, struct feel_value, count);
        for (size_t i = 0; i < count; i++)
            items[i] = feel_list_at(l, i, j->scratch);
        arg = items;
    }
    end = arg + count;
    buf_init(&out, j->scratch, 64);
    while (rest.len) {
        char c = rest.data[0];
        rest = (struct str){rest.data + 1, rest.len - 1};
        if (c != '%')
            buf_byte(&out, c);
        else if (!format_one(&out, &rest, &arg, end))
            return java_null();
    }
    return feel_string(buf_str(&out));
}

/* ---- the table
 * ----------------------------------------------------------------------- */

/* Kinds of parameters: d a number of a floating type, i a whole number of a whole type,
 * s a string, x anything, v all further arguments. The signatures of one row differ in
 * their number types only. */
static const struct method {
    const char *class, *name, *kinds;
    struct feel_value (*call)(struct java *j);
    i64 low, high;
} methods[] = {
    {"java.lang.Math", "abs", "n", math_abs},
    {"java.lang.Math", "max", "nn", math_max},
    {"java.lang.Math", "min", "nn", math_min},
    {"java.lang.Math", "pow", "nn", math_pow},
    {"java.lang.Math", "sqrt", "n", math_sqrt},
    {"java.lang.Math", "exp", "n", math_exp},
    {"java.lang.Math", "log", "n", math_log},
    {"java.lang.Math", "floor", "n", math_floor},
    {"java.lang.Math", "ceil", "n", math_ceil},
    {"java.lang.Math", "rint", "n", math_rint},
    {"java.lang.Math", "round", "n", math_round},
    {"java.lang.Math", "signum", "n", math_signum},
    {"java.lang.Math", "sin", "n", math_sin},
    {"java.lang.Math", "cos", "n", math_cos},
    {"java.lang.Byte", "valueOf", "s", whole_of, INT8_MIN, INT8_MAX},
    {"java.lang.Short", "valueOf", "s", whole_of, INT16_MIN, INT16_MAX},
    {"java.lang.Integer", "valueOf", "s", whole_of, INT32_MIN, INT32_MAX},
    {"java.lang.Long", "valueOf", "s", whole_of, INT64_MIN, INT64_MAX},
    {"java.lang.Byte", "parseByte", "s", whole_of, INT8_MIN, INT8_MAX},
    {"java.lang.Short", "parseShort", "s", whole_of, INT16_MIN, INT16_MAX},
    {"java.lang.Integer", "parseInt", "s", whole_of, INT32_MIN, INT32_MAX},
    {"java.lang.Long", "parseLong", "s", whole_of, INT64_MIN, INT64_MAX},
    {"java.lang.Float", "valueOf", "s", double_of},
    {"java.lang.Double", "valueOf", "s", double_of},
    {"java.lang.Float", "parseFloat", "s", double_of},
    {"java.lang.Double", "parseDouble", "s", double_of},
    {"java.lang.Boolean", "valueOf", "s", boolean_of},
    {"java.lang.Boolean", "parseBoolean", "s", boolean_of},
    {"java.lang.String", "valueOf", "x", string_of},
    {"java.lang.String", "format", "sv", string_format},
    {"java.lang.String", "concat", "ss", string_concat},
};

/* ---- parameters --------------------------------------------------------------------
 */

struct signature {
    struct str name, types[PARAMETERS_MAX];
    size_t count;
};

/* name(type, type): false for anything else. */
static bool signature_read(struct str text, struct signature *out)
{
    const char *open = text.len ? memchr(text.data, '(', text.len) : NULL;
    struct str rest;

    *out = (struct signature){0};
    if (!open || text.data[text.len - 1] != ')')
        return false;
    out->name = str_trim((struct str){text.data, (size_t)(open - text.data)});
    rest = (struct str){open + 1, (size_t)(text.data + text.len - 2 - open)};
    while (str_trim(rest).len && out->count < PARAMETERS_MAX) {
        const char *comma = memchr(rest.data, ',', rest.len);
        size_t len = comma ? (size_t)(comma - rest.data) : rest.len;
        out->types[out->count++] = str_trim((struct str){rest.data, len});
        len += comma != NULL;
        rest = (struct str){rest.data + len, rest.len - len};
    }
    return out->name.len > 0;
}

/* Whether Java would take the argument: a whole type only what it can hold. */
static bool argument_fits(struct str type, const struct feel_value *v)
{
    static const struct {
        const char *type;
        i64 low, high;
    } whole[] = {{"byte", INT8_MIN, INT8_MAX},
                 {"short", INT16_MIN, INT16_MAX},
                 {"int", INT32_MIN, INT32_MAX},
                 {"long", INT64_MIN, INT64_MAX},
                 {"java.lang.Byte", INT8_MIN, INT8_MAX},
                 {"java.lang.Short", INT16_MIN, INT16_MAX},
                 {"java.lang.Integer", INT32_MIN, INT32_MAX},
                 {"java.lang.Long", INT64_MIN, INT64_MAX}};
    static const char *const floating[] = {"float", "double", "java.lang.Float",
                                           "java.lang.Double"};
    i64 n;

    for (size_t i = 0; i < LEN(whole); i++)
        if (str_is(type, whole[i].type))
            return v->kind == FEEL_NUMBER && num_to_i64(v->number, &n) &&
                   n >= whole[i].low && n <= whole[i].high;
    for (size_t i = 0; i < LEN(floating); i++)
        if (str_is(type, floating[i]))
            return v->kind == FEEL_NUMBER;
    if (str_is(type, "java.lang.String"))
        return v->kind == FEEL_STRING;
    if (str_is(type, "boolean") || str_is(type, "java.lang.Boolean"))
        return v->kind == FEEL_BOOLEAN;
    return str_starts(type, STR("[L")) || str_is(type, "java.lang.Object") ||
           str_is(type, "java.lang.Object[]");
}

static bool kinds_fit(const char *kinds, const struct feel_value *args, size_t count)
{
    size_t i = 0;

    for (; kinds[i] && kinds[i] != 'v'; i++) {
        if (i == count || (kinds[i] == 'n' && args[i].kind != FEEL_NUMBER) ||
            (kinds[i] == 's' && args[i].kind != FEEL_STRING))
            return false;
    }
    return kinds[i] == 'v' || i == count;
}

static struct feel_value method_call(const struct method *m, struct java *j,
                                     const struct signature *s)
{
    for (size_t i = 0; i < s->count && i < j->count; i++)
        if (!argument_fits(s->types[i], &j->args[i]))
            return java_null();
    if (!kinds_fit(m->kinds, j->args, j->count))
        return java_null();
    j->low = m->low;
    j->high = m->high;
    return m->call(j);
}

static struct str entry(const struct feel_context *c, const char *name,
                        struct arena *scratch)
{
    struct feel_value v;

    if (!feel_context_get(c, str_of(name), scratch, &v) || v.kind != FEEL_STRING)
        return STR("");
    return str_trim(v.string);
}

static const struct method *method_find(struct str class, struct str name)
{
    for (size_t i = 0; i < LEN(methods); i++)
        if (str_is(class, methods[i].class) && str_is(name, methods[i].name))
            return &methods[i];
    return NULL;
}

/* The body of FEEL has all below `java`, a boxed one has it at once. */
struct feel_value java_call(const struct feel_external *x,
                            const struct feel_context *body,
                            const struct feel_value *args, size_t count,
                            struct arena *scratch)
{
    struct run *r = OWNER(x, struct run, external);
    struct java j = {.args = args, .count = count, .scratch = scratch};
    const struct method *method;
    struct feel_value v = java_null();
    struct signature s;
    struct str class, text;

    if (feel_context_get(body, STR("java"), scratch, &v) && v.kind == FEEL_CONTEXT)
        body = v.context;
    class = entry(body, "class", scratch);
    text = entry(body, "method signature", scratch);
    if (!signature_read(text, &s) || !(method = method_find(class, s.name)))
        return run_error(r, "the Java method '%.*s' of the class '%.*s' is not known",
                         ARG(text), ARG(class));
    if (s.count == count || method->call == string_format)
        v = method_call(method, &j, &s);
    else
        v = java_null();
    if (v.kind == FEEL_NULL)
        return run_error(r, "the Java method '%.*s' does not take these arguments",
                         ARG(text));
    return v;
}
