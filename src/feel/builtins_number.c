/* builtins_number.c - DMN 1.5, 10.3.4.5: numeric functions. */
#include "base/hash.h"
#include "feel/internal.h"

#define SCALE_MIN (-6111)
#define SCALE_MAX 6176

static struct feel_value number_round(struct eval *e, const struct feel_value *args,
                                      enum num_rounding how)
{
    i64 scale = args[1].kind == FEEL_NUMBER ? num_cut_i64(args[1].number) : 0;

    if (scale < SCALE_MIN || scale > SCALE_MAX)
        return builtin_fail(e, "the scale must lie between -6111 and 6176");
    return value_num(num_round(args[0].number, (int)scale, how));
}

static struct feel_value number_decimal(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_HALF_EVEN);
}

static struct feel_value number_decimal_mode(struct eval *e,
                                             const struct feel_value *args)
{
    static const char *const modes[] = {
        [NUM_HALF_EVEN] = "HALF_EVEN", [NUM_FLOOR] = "FLOOR", [NUM_CEILING] = "CEILING",
        [NUM_DOWN] = "DOWN",           [NUM_UP] = "UP",       [NUM_HALF_UP] = "HALF_UP",
        [NUM_HALF_DOWN] = "HALF_DOWN",
    };

    for (size_t i = 0; i < LEN(modes); i++)
        if (str_is(args[2].string, modes[i]))
            return number_round(e, args, (enum num_rounding)i);
    if (!str_is(args[2].string, "UNNECESSARY"))
        return builtin_fail(e, "no such rounding mode");
    struct feel_value v = number_round(e, args, NUM_DOWN);
    if (v.kind == FEEL_NUMBER && !num_equal(v.number, args[0].number))
        return builtin_fail(e, "rounding is necessary");
    return v;
}

static struct feel_value number_floor(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_FLOOR);
}

static struct feel_value number_ceiling(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_CEILING);
}

static struct feel_value number_up(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_UP);
}

static struct feel_value number_down(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_DOWN);
}

static struct feel_value number_half_up(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_HALF_UP);
}

static struct feel_value number_half_down(struct eval *e, const struct feel_value *args)
{
    return number_round(e, args, NUM_HALF_DOWN);
}

static struct feel_value number_abs(struct eval *e, const struct feel_value *args)
{
    return value_num(num_abs(args[0].number));
}

static struct feel_value duration_abs(struct eval *e, const struct feel_value *args)
{
    return args[0].span < 0 ? eval_negate(e, &args[0]) : args[0];
}

static struct feel_value number_modulo(struct eval *e, const struct feel_value *args)
{
    if (num_sign(args[1].number) == 0)
        return builtin_fail(e, "division by zero");
    return value_num(num_mod(args[0].number, args[1].number));
}

static struct feel_value number_sqrt(struct eval *e, const struct feel_value *args)
{
    return value_num(num_sqrt(args[0].number));
}

static struct feel_value number_log(struct eval *e, const struct feel_value *args)
{
    return value_num(num_ln(args[0].number));
}

static struct feel_value number_exp(struct eval *e, const struct feel_value *args)
{
    return value_num(num_exp(args[0].number));
}

/* A fraction makes a number neither odd nor even. */
static struct feel_value number_has_rest(struct num n, i64 rest)
{
    return feel_boolean(num_equal(num_mod(n, num_from_i64(2)), num_from_i64(rest)));
}

static struct feel_value number_odd(struct eval *e, const struct feel_value *args)
{
    return number_has_rest(args[0].number, 1);
}

static struct feel_value number_even(struct eval *e, const struct feel_value *args)
{
    return number_has_rest(args[0].number, 0);
}

u64 eval_random(struct eval *e)
{
    e->draws++;
    return hash_mix(e->env->seed + e->draws * 0x9e3779b97f4a7c15u);
}

/* Sixteen digits behind the point, below 1. */
static struct feel_value number_random(struct eval *e, const struct feel_value *args)
{
    i64 whole = (i64)(eval_random(e) % 10000000000000000u);

    return value_num(num_div(num_from_i64(whole), num_from_i64(10000000000000000)));
}

const struct builtin builtins_number[] = {
    {"decimal", "n,scale", "nn", number_decimal},
    {"decimal", "n,scale,mode", "nns", number_decimal_mode},
    {"floor", "n,scale", "n|n", number_floor},
    {"ceiling", "n,scale", "n|n", number_ceiling},
    {"round up", "n,scale", "nn", number_up},
    {"round down", "n,scale", "nn", number_down},
    {"round half up", "n,scale", "nn", number_half_up},
    {"round half down", "n,scale", "nn", number_half_down},
    {"abs", "n", "n", number_abs},
    {"abs", "n", "D", duration_abs},
    {"abs", "n", "Y", duration_abs},
    {"modulo", "dividend,divisor", "nn", number_modulo},
    {"sqrt", "number", "n", number_sqrt},
    {"log", "number", "n", number_log},
    {"exp", "number", "n", number_exp},
    {"odd", "number", "n", number_odd},
    {"even", "number", "n", number_even},
    {"random number", "", "", number_random},
    {0},
};
