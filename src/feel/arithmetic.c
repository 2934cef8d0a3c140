/* arithmetic.c - + - * / ** and unary minus, for every pair of kinds that has a result.
 */
#include "feel/internal.h"

static struct feel_value cannot(struct eval *e, enum op op, const struct feel_value *a,
                                const struct feel_value *b)
{
    struct str x = eval_text(e, a), y = eval_text(e, b);

    switch (op) {
    case OP_ADD:
        return eval_null(e, "INVALID_TYPE", "Can't add '%.*s' to '%.*s'", ARG(y),
                         ARG(x));
    case OP_SUB:
        return eval_null(e, "INVALID_TYPE", "Can't subtract '%.*s' from '%.*s'", ARG(y),
                         ARG(x));
    case OP_MUL:
        return eval_null(e, "INVALID_TYPE", "Can't multiply '%.*s' by '%.*s'", ARG(x),
                         ARG(y));
    case OP_DIV:
        return eval_null(e, "INVALID_TYPE", "Can't divide '%.*s' by '%.*s'", ARG(x),
                         ARG(y));
    default:
        return eval_null(e, "INVALID_TYPE", "Can't raise '%.*s' to the power of '%.*s'",
                         ARG(x), ARG(y));
    }
}

static bool is_duration(const struct feel_value *v)
{
    return v->kind == FEEL_DAYS_TIME_DURATION || v->kind == FEEL_YEARS_MONTHS_DURATION;
}

static bool is_moment(const struct feel_value *v)
{
    return v->kind == FEEL_DATE || v->kind == FEEL_TIME || v->kind == FEEL_DATE_TIME;
}

static struct feel_value on_numbers(struct eval *e, enum op op,
                                    const struct feel_value *a,
                                    const struct feel_value *b)
{
    struct num n = op == OP_ADD   ? num_add(a->number, b->number)
                   : op == OP_SUB ? num_sub(a->number, b->number)
                   : op == OP_MUL ? num_mul(a->number, b->number)
                   : op == OP_DIV ? num_div(a->number, b->number)
                                  : num_pow(a->number, b->number);

    return num_is_valid(n) ? value_num(n) : cannot(e, op, a, b);
}

static struct feel_value on_strings(struct eval *e, struct str a, struct str b)
{
    char *data;

    eval_check_string(e, a.len + b.len);
    data = arena_alloc(e->arena, a.len + b.len + 1);
    if (a.len)
        memcpy(data, a.data, a.len);
    if (b.len)
        memcpy(data + a.len, b.data, b.len);
    return feel_string((struct str){data, a.len + b.len});
}

/* ---- durations ------------------------------------------------------------------- */

static bool span_fits(enum feel_kind kind, i128 span)
{
    i128 most = kind == FEEL_DAYS_TIME_DURATION ? NANOS_MAX : INT64_MAX;

    return span <= most && span >= -most;
}

static struct feel_value span_of_num(struct eval *e, enum op op, enum feel_kind kind,
                                     struct num n, const struct feel_value *a,
                                     const struct feel_value *b)
{
    i128 span;

    if (!num_cut_i128(n, &span) || !span_fits(kind, span))
        return cannot(e, op, a, b);
    return value_span(kind, span);
}

/* Camunda's engine cuts factors and quotients to whole numbers. */
static struct num cut_for(struct eval *e, struct num n)
{
    return e->env->dialect == FEEL_CAMUNDA ? num_round(n, 0, NUM_DOWN) : n;
}

static struct feel_value scale_duration(struct eval *e, enum op op,
                                        const struct feel_value *a,
                                        const struct feel_value *b)
{
    const struct feel_value *duration = is_duration(a) ? a : b;
    const struct feel_value *number = duration == a ? b : a;
    struct num span = num_from_i128(duration->span), by = cut_for(e, number->number);

    return span_of_num(e, op, duration->kind,
                       op == OP_MUL ? num_mul(span, by) : num_div(span, by), a, b);
}

static struct feel_value on_durations(struct eval *e, enum op op,
                                      const struct feel_value *a,
                                      const struct feel_value *b)
{
    struct num x = num_from_i128(a->span), y = num_from_i128(b->span), ratio;

    if (op == OP_ADD)
        return span_of_num(e, op, a->kind, num_add(x, y), a, b);
    if (op == OP_SUB)
        return span_of_num(e, op, a->kind, num_sub(x, y), a, b);
    if (op != OP_DIV || b->span == 0)
        return cannot(e, op, a, b);
    ratio = cut_for(e, num_div(x, y));
    return value_num(ratio);
}

/* ---- moments and durations ------------------------------------------------------- */

/* On the time line, so that a zone's clock may jump; a date stays a date. */
static bool add_nanos(struct eval *e, enum feel_kind kind, struct feel_moment *m,
                      i128 nanos)
{
    i64 rest, seconds = (i64)(nanos / NANOS_PER_SECOND);

    if (kind == FEEL_DATE) {
        bool fits = moment_add_nanos(m, nanos);
        moment_set_day_nanos(m, 0);
        return fits;
    }
    if (kind == FEEL_TIME) {
        rest = (moment_day_nanos(m) + (i64)(nanos % NANOS_PER_DAY) + NANOS_PER_DAY) %
               NANOS_PER_DAY;
        moment_set_day_nanos(m, rest);
        return true;
    }
    if (m->place != PLACE_ZONE)
        return moment_add_nanos(m, nanos);
    rest = m->nanos + (i64)(nanos % NANOS_PER_SECOND);
    if (__builtin_add_overflow(moment_seconds(m), seconds, &seconds) ||
        __builtin_add_overflow(seconds, floor_div(rest, NANOS_PER_SECOND), &seconds))
        return false;
    m->nanos = (i32)floor_mod(rest, NANOS_PER_SECOND);
    return moment_set_seconds(m, seconds, e->env->zones);
}

static struct feel_value shift_moment(struct eval *e, enum op op,
                                      const struct feel_value *a,
                                      const struct feel_value *b)
{
    const struct feel_value *moment = is_moment(a) ? a : b;
    const struct feel_value *duration = moment == a ? b : a;
    struct feel_moment m = *moment->moment;
    i128 span = duration->span;

    if (op == OP_SUB && moment != a)
        return cannot(e, op, a, b);
    if (op == OP_SUB)
        span = -span;
    if (duration->kind == FEEL_DAYS_TIME_DURATION) {
        if (!add_nanos(e, moment->kind, &m, span))
            return cannot(e, op, a, b);
    } else if (moment->kind == FEEL_TIME || !moment_add_months(&m, (i64)span) ||
               !moment_settle(&m, e->env->zones)) {
        return cannot(e, op, a, b);
    }
    return value_moment(moment->kind, &m, e->arena);
}

/* A date beside a date and time counts as its midnight in UTC. */
static bool is_local(const struct feel_value *v)
{
    return v->kind != FEEL_DATE && v->moment->place == PLACE_LOCAL;
}

static struct feel_value moment_distance(struct eval *e, const struct feel_value *a,
                                         const struct feel_value *b)
{
    const struct feel_moment *x = a->moment, *y = b->moment;
    i128 nanos;

    if ((a->kind == FEEL_TIME) != (b->kind == FEEL_TIME))
        return cannot(e, OP_SUB, a, b);
    if (a->kind != FEEL_DATE || b->kind != FEEL_DATE)
        if (is_local(a) != is_local(b))
            return cannot(e, OP_SUB, a, b);
    if (a->kind == FEEL_TIME)
        nanos = moment_day_nanos(x) - moment_day_nanos(y) -
                (x->offset - y->offset) * NANOS_PER_SECOND;
    else
        nanos = (i128)(moment_seconds(x) - moment_seconds(y)) * NANOS_PER_SECOND +
                x->nanos - y->nanos;
    return value_span(FEEL_DAYS_TIME_DURATION, nanos);
}

/* ---- all ------------------------------------------------------------------------- */

struct feel_value eval_arithmetic(struct eval *e, enum op op,
                                  const struct feel_value *a,
                                  const struct feel_value *b)
{
    bool adds = op == OP_ADD || op == OP_SUB;

    if (a->kind == FEEL_NUMBER && b->kind == FEEL_NUMBER)
        return on_numbers(e, op, a, b);
    if (a->kind == FEEL_STRING && b->kind == FEEL_STRING && op == OP_ADD)
        return on_strings(e, a->string, b->string);
    if (is_duration(a) && a->kind == b->kind)
        return on_durations(e, op, a, b);
    if (adds && ((is_moment(a) && is_duration(b)) || (is_duration(a) && is_moment(b))))
        return shift_moment(e, op, a, b);
    if (op == OP_SUB && is_moment(a) && is_moment(b))
        return moment_distance(e, a, b);
    if ((op == OP_MUL && ((is_duration(a) && b->kind == FEEL_NUMBER) ||
                          (a->kind == FEEL_NUMBER && is_duration(b)))) ||
        (op == OP_DIV && is_duration(a) && b->kind == FEEL_NUMBER))
        return scale_duration(e, op, a, b);
    return cannot(e, op, a, b);
}

struct feel_value eval_negate(struct eval *e, const struct feel_value *v)
{
    if (v->kind == FEEL_NUMBER)
        return value_num(num_neg(v->number));
    if (is_duration(v))
        return value_span(v->kind, -v->span);
    return eval_null(e, "INVALID_TYPE", "Can't negate '%.*s'", ARG(eval_text(e, v)));
}
