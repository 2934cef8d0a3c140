#include "base/num.h"

/* Intel's library in the variant without global state: values by value, the rounding
 * mode and the flags as arguments. */
#define DECIMAL_CALL_BY_REFERENCE      0
#define DECIMAL_GLOBAL_ROUNDING        0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>
#include <stdio.h>

/* The library's numbers for its rounding modes. */
enum { MODE_EVEN = 0, MODE_FLOOR = 1, MODE_CEILING = 2, MODE_ZERO = 3, MODE_AWAY = 4 };

#define FLAG_INVALID 0x01
#define FLAG_INEXACT 0x20

#define SIGN_BIT     (1ULL << 63)
#define SPECIAL_BITS                                                \
    (3ULL << 61) /* infinity, no number, or a coefficient too large \
                  */
#define COEFFICIENT_BITS ((1ULL << 49) - 1) /* of the high word */
#define EXPONENT_BIAS    6176
#define EXPONENT_ZERO    ((u64)EXPONENT_BIAS << 49)
#define EXPONENT_MAX     6111
#define DIGITS_MAX       34

static BID_UINT128 in(struct num n)
{
    BID_UINT128 b;

    memcpy(&b, &n, sizeof(b));
    return b;
}

static struct num out(BID_UINT128 b)
{
    struct num n;

    memcpy(&n, &b, sizeof(n));
    return n;
}

/* ---- small whole numbers, which are most ----------------------------------------- */

/* True for a whole number written with exponent zero that fits 62 bits. Such numbers
 * add and multiply exactly in an i64, with the very bits that the library would give.
 */
static bool is_small(struct num n)
{
    return (n.high & ~SIGN_BIT) == EXPONENT_ZERO && n.low < 1ULL << 62;
}

static i64 small_value(struct num n)
{
    return n.high & SIGN_BIT ? -(i64)n.low : (i64)n.low;
}

static struct num small_num(i64 n, u64 exponent_bits)
{
    u64 size = n < 0 ? 0 - (u64)n : (u64)n;

    return (struct num){size, exponent_bits | (n < 0 ? SIGN_BIT : 0)};
}

struct num num_from_i64(i64 n)
{
    return small_num(n, EXPONENT_ZERO);
}

/* Likewise with any exponent: 19.99 is 1999, two behind the point. */
static bool is_short(struct num n)
{
    return !(n.high & COEFFICIENT_BITS) && n.low < 1ULL << 62 &&
           (n.high & SPECIAL_BITS) != SPECIAL_BITS;
}

static u64 exponent_bits(struct num n)
{
    return n.high & ~SIGN_BIT;
}

/* The larger exponent comes down to the smaller one; false: it does not fit. */
static bool scale_down(struct num *n, u64 bits)
{
    static const u64 tens[] = {
        1,           10,           100,          1000,      10000,
        100000,      1000000,      10000000,     100000000, 1000000000,
        10000000000, 100000000000, 1000000000000};
    u64 places = (exponent_bits(*n) - bits) >> 49;

    if (places >= LEN(tens) || n->low >= (1ULL << 62) / tens[places])
        return false;
    n->low *= tens[places];
    n->high = bits | (n->high & SIGN_BIT);
    return true;
}

/* Whether both are short and have, or can be given, the same exponent: then they add
 * and compare as whole numbers do. The library gives such a sum the same bits. */
static bool align(struct num *a, struct num *b)
{
    u64 x = exponent_bits(*a), y = exponent_bits(*b);

    if (!is_short(*a) || !is_short(*b))
        return false;
    return x == y ? true : x > y ? scale_down(a, y) : scale_down(b, x);
}

/* ---- text ------------------------------------------------------------------------ */

/* What is read of a number's text: its first digits, and where the point stands. */
struct digits {
    char text[DIGITS_MAX + 2]; /* one more than fits, and one for all that follow */
    size_t count;
    i64 exponent;
    bool any;
};

static void digit_add(struct digits *d, char c, bool behind_point)
{
    d->any = true;
    if (d->count == 0 && c == '0') {
        d->exponent -= behind_point;
    } else if (d->count <= DIGITS_MAX) {
        d->text[d->count++] = c;
        d->exponent -= behind_point;
    } else {
        /* One digit stands for all that follow: whether anything is there decides ties.
         */
        if (c != '0' && d->count == DIGITS_MAX + 1 &&
            d->text[DIGITS_MAX] % 5 == '0' % 5)
            d->text[DIGITS_MAX]++;
        d->exponent += !behind_point;
    }
}

/* The exponent behind the digits, at s[at]; false when there is something else. */
static bool read_exponent(struct str s, size_t at, i64 *exponent)
{
    bool negative = false;
    i64 value = 0;

    if (at == s.len)
        return true;
    if (s.data[at] != 'e' && s.data[at] != 'E')
        return false;
    at++;
    if (at < s.len && (s.data[at] == '+' || s.data[at] == '-'))
        negative = s.data[at++] == '-';
    if (at == s.len)
        return false;
    for (; at < s.len; at++) {
        if (s.data[at] < '0' || s.data[at] > '9')
            return false;
        if (value < 1000000)
            value = value * 10 + (s.data[at] - '0');
    }
    *exponent += negative ? -value : value;
    return true;
}

/* Few digits are the coefficient as they stand. False: that is for the library. */
static bool short_from_digits(const struct digits *d, bool negative, struct num *n)
{
    i64 value = 0;

    if (d->count > 18 || d->exponent < -EXPONENT_BIAS || d->exponent > EXPONENT_MAX)
        return false;
    for (size_t i = 0; i < d->count; i++)
        value = value * 10 + (d->text[i] - '0');
    *n = small_num(negative ? -value : value, (u64)(d->exponent + EXPONENT_BIAS) << 49);
    return true;
}

bool num_from_str(struct str s, struct num *n)
{
    struct digits d = {.count = 0};
    bool negative = s.len > 0 && s.data[0] == '-', behind_point = false;
    size_t at = negative;
    char text[DIGITS_MAX + 32];
    unsigned flags = 0;

    for (; at < s.len; at++) {
        if (s.data[at] == '.' && !behind_point)
            behind_point = true;
        else if (s.data[at] >= '0' && s.data[at] <= '9')
            digit_add(&d, s.data[at], behind_point);
        else
            break;
    }
    if (!d.any || s.data[at - 1] == '.' || !read_exponent(s, at, &d.exponent))
        return false;
    if (d.count == 0) {
        *n = num_from_i64(0);
        return true;
    }
    if (short_from_digits(&d, negative, n))
        return true;
    snprintf(text, sizeof(text), "%s%.*sE%lld", negative ? "-" : "", (int)d.count,
             d.text, (long long)d.exponent);
    *n = out(bid128_from_string(text, MODE_EVEN, &flags));
    return num_is_valid(*n);
}

/* The coefficient's digits, without zeros at the end (which the exponent takes); how
 * many there are. */
static size_t coefficient(struct num n, char text[DIGITS_MAX + 8], i64 *exponent)
{
    unsigned __int128 c = (unsigned __int128)(n.high & COEFFICIENT_BITS) << 64 | n.low;
    char reversed[DIGITS_MAX + 8];
    size_t count = 0;

    *exponent = (i64)(n.high >> 49 & 0x3fff) - EXPONENT_BIAS;
    if ((n.high & SPECIAL_BITS) == SPECIAL_BITS)
        c = 0; /* an encoding of a coefficient beyond 34 digits, which means zero */
    for (; c && c % 10 == 0; c /= 10)
        ++*exponent;
    for (; c; c /= 10)
        reversed[count++] = (char)('0' + (int)(c % 10));
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    return count;
}

static size_t put(char *to, size_t at, const char *text, size_t len)
{
    memcpy(to + at, text, len);
    return at + len;
}

static size_t put_zeros(char *to, size_t at, i64 count)
{
    for (; count > 0; count--)
        to[at++] = '0';
    return at;
}

size_t num_to_text(char text[NUM_TEXT_MAX], struct num n)
{
    char digits[DIGITS_MAX + 8];
    i64 exponent;
    size_t count, at = 0;

    if (!num_is_valid(n))
        return put(text, 0, "null", 4);
    count = coefficient(n, digits, &exponent);
    if (count == 0)
        return put(text, 0, "0", 1);
    i64 point = (i64)count + exponent; /* digits before it */
    if (n.high & SIGN_BIT)
        text[at++] = '-';
    if (point > 40 || point < -34) {
        at = put(text, at, digits, 1);
        if (count > 1)
            at = put(text, put(text, at, ".", 1), digits + 1, count - 1);
        return at + (size_t)snprintf(text + at, NUM_TEXT_MAX - at, "E%+lld",
                                     (long long)point - 1);
    }
    if (exponent >= 0)
        return put_zeros(text, put(text, at, digits, count), exponent);
    if (point <= 0) {
        at = put_zeros(text, put(text, at, "0.", 2), -point);
        return put(text, at, digits, count);
    }
    at = put(text, put(text, at, digits, (size_t)point), ".", 1);
    return put(text, at, digits + point, count - (size_t)point);
}

void num_to_buf(struct buf *b, struct num n)
{
    char text[NUM_TEXT_MAX];

    buf_add(b, (struct str){text, num_to_text(text, n)});
}

/* ---- questions ------------------------------------------------------------------- */

bool num_is_valid(struct num n)
{
    return (n.high >> 59 & 0xf) != 0xf; /* infinity and no number begin with 1111 */
}

int num_sign(struct num n)
{
    if (!num_is_valid(n) || bid128_isZero(in(n)))
        return 0;
    return n.high & SIGN_BIT ? -1 : 1;
}

bool num_to_i64(struct num n, i64 *value)
{
    unsigned flags = 0;

    if (is_small(n)) {
        *value = small_value(n);
        return true;
    }
    *value = bid128_to_int64_xint(in(n), &flags);
    return !(flags & (FLAG_INVALID | FLAG_INEXACT));
}

i64 num_cut_i64(struct num n)
{
    unsigned flags = 0;
    i64 value;

    if (is_small(n))
        return small_value(n);
    if (!num_is_valid(n))
        return 0;
    value = bid128_to_int64_int(in(n), &flags);
    if (flags & FLAG_INVALID)
        return n.high & SIGN_BIT ? INT64_MIN : INT64_MAX;
    return value;
}

#define TEN_TO_34 ((i128)100000000000000000 * 100000000000000000)

struct num num_from_i128(i128 n)
{
    i128 c = n < 0 ? -n : n;

    if (c >= TEN_TO_34 || c < 0)
        return num_div(num_from_i64(1), num_from_i64(0));
    return (struct num){.low = (u64)c,
                        .high = (n < 0 ? SIGN_BIT : 0) | (u64)EXPONENT_BIAS << 49 |
                                (u64)(c >> 64)};
}

bool num_cut_i128(struct num n, i128 *whole)
{
    unsigned flags = 0;

    n = out(bid128_quantize(in(n), in(num_from_i64(1)), MODE_ZERO, &flags));
    if (!num_is_valid(n))
        return false;
    *whole = (i128)(n.high & COEFFICIENT_BITS) << 64 | n.low;
    if (n.high & SIGN_BIT)
        *whole = -*whole;
    return true;
}

bool num_is_whole(struct num n)
{
    return is_small(n) || (num_is_valid(n) && num_equal(n, num_round(n, 0, NUM_DOWN)));
}

int num_compare(struct num a, struct num b)
{
    unsigned flags = 0;

    if (align(&a, &b))
        return (small_value(a) > small_value(b)) - (small_value(a) < small_value(b));
    if (bid128_quiet_less(in(a), in(b), &flags))
        return -1;
    return bid128_quiet_greater(in(a), in(b), &flags);
}

bool num_equal(struct num a, struct num b)
{
    unsigned flags = 0;

    if (align(&a, &b))
        return small_value(a) == small_value(b);
    return bid128_quiet_equal(in(a), in(b), &flags);
}

/* ---- arithmetic ------------------------------------------------------------------ */

struct num num_neg(struct num a)
{
    return num_sub(num_from_i64(0), a); /* so that zero has no sign */
}

struct num num_abs(struct num a)
{
    return num_sign(a) < 0 ? num_neg(a) : a;
}

struct num num_add(struct num a, struct num b)
{
    unsigned flags = 0;

    if (align(&a, &b))
        return small_num(small_value(a) + small_value(b), exponent_bits(a));
    return out(bid128_add(in(a), in(b), MODE_EVEN, &flags));
}

struct num num_sub(struct num a, struct num b)
{
    unsigned flags = 0;

    if (align(&a, &b))
        return small_num(small_value(a) - small_value(b), exponent_bits(a));
    return out(bid128_sub(in(a), in(b), MODE_EVEN, &flags));
}

struct num num_mul(struct num a, struct num b)
{
    i64 exponent = (i64)(exponent_bits(a) >> 49) + (i64)(exponent_bits(b) >> 49);
    unsigned flags = 0;
    i64 product;

    exponent -= EXPONENT_BIAS;
    if (is_short(a) && is_short(b) && exponent >= 0 &&
        exponent <= EXPONENT_MAX + EXPONENT_BIAS &&
        !__builtin_mul_overflow(small_value(a), small_value(b), &product))
        return small_num(product, (u64)exponent << 49);
    return out(bid128_mul(in(a), in(b), MODE_EVEN, &flags));
}

struct num num_div(struct num a, struct num b)
{
    unsigned flags = 0;

    return out(bid128_div(in(a), in(b), MODE_EVEN, &flags));
}

struct num num_mod(struct num a, struct num b)
{
    unsigned flags = 0;
    struct num rest = out(bid128_fmod(in(a), in(b), &flags));

    if (num_sign(rest) != 0 && num_sign(rest) != num_sign(b))
        rest = num_add(rest, b);
    return rest;
}

/* ---- powers ---------------------------------------------------------------------- */

/* The library's powers are off by dozens of units of the last digit where the exponent
 * is large. Whole ones are therefore multiplied out, with twice the digits. */
struct wide {
    struct num high, low; /* their sum is meant */
};

enum { POWER_MAX = 1000000 };

static struct num fused(struct num a, struct num b, struct num c) /* a * b + c */
{
    unsigned flags = 0;

    return out(bid128_fma(in(a), in(b), in(c), MODE_EVEN, &flags));
}

static struct wide wide_mul(struct wide a, struct wide b)
{
    struct num product = num_mul(a.high, b.high);
    struct num rest = fused(a.high, b.high, num_neg(product));
    struct num sum;

    rest = num_add(rest, num_add(num_mul(a.high, b.low), num_mul(a.low, b.high)));
    sum = num_add(product, rest);
    return (struct wide){sum, num_add(num_sub(product, sum), rest)};
}

static struct wide wide_pow(struct num a, u64 exponent)
{
    struct wide power = {num_from_i64(1), num_from_i64(0)}, square = {a, power.low};

    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            power = wide_mul(power, square);
        if (exponent > 1)
            square = wide_mul(square, square);
    }
    return power;
}

/* 1 / w: a quotient, and what it is off by. */
static struct num wide_invert(struct wide w)
{
    struct num quotient = num_div(num_from_i64(1), w.high), minus = num_neg(quotient);
    struct num rest =
        num_add(fused(minus, w.high, num_from_i64(1)), num_mul(minus, w.low));

    return num_add(quotient, num_mul(quotient, rest));
}

struct num num_pow(struct num a, struct num b)
{
    unsigned flags = 0;
    struct num power;
    i64 exponent;

    if (num_sign(a) && num_to_i64(b, &exponent) && exponent && exponent <= POWER_MAX &&
        exponent >= -POWER_MAX) {
        struct wide w = wide_pow(a, (u64)(exponent < 0 ? -exponent : exponent));
        power = exponent < 0 ? wide_invert(w) : w.high;
        if (num_sign(power))
            return power;
    }
    return out(
        bid128_pow(in(a), in(b), MODE_EVEN, &flags)); /* also what is too large */
}

/* ---- roots and logarithms -------------------------------------------------------- */

struct num num_sqrt(struct num a)
{
    unsigned flags = 0;

    return out(bid128_sqrt(in(a), MODE_EVEN, &flags));
}

struct num num_exp(struct num a)
{
    unsigned flags = 0;

    return out(bid128_exp(in(a), MODE_EVEN, &flags));
}

struct num num_ln(struct num a)
{
    unsigned flags = 0;

    return out(bid128_log(in(a), MODE_EVEN, &flags));
}

/* ---- rounding -------------------------------------------------------------------- */

static struct num quantize(struct num a, struct num quantum, unsigned mode)
{
    unsigned flags = 0;
    struct num q = out(bid128_quantize(in(a), in(quantum), mode, &flags));

    return num_is_valid(q) ? q : a;
}

/* The library knows no "ties toward zero": cut, and look at what was cut off. */
static struct num round_half_down(struct num a, struct num quantum)
{
    struct num cut = quantize(a, quantum, MODE_ZERO);
    struct num twice = num_mul(num_abs(num_sub(a, cut)), num_from_i64(2));

    if (num_compare(twice, quantum) <= 0)
        return cut;
    return quantize(a, quantum, num_sign(a) < 0 ? MODE_FLOOR : MODE_CEILING);
}

struct num num_round(struct num a, int scale, enum num_rounding how)
{
    static const unsigned modes[] = {[NUM_HALF_EVEN] = MODE_EVEN,
                                     [NUM_FLOOR] = MODE_FLOOR,
                                     [NUM_CEILING] = MODE_CEILING,
                                     [NUM_DOWN] = MODE_ZERO,
                                     [NUM_HALF_UP] = MODE_AWAY};
    unsigned flags = 0;
    struct num quantum =
        out(bid128_scalbn(in(num_from_i64(1)), -scale, MODE_EVEN, &flags));

    if (!num_is_valid(a) || !num_is_valid(quantum))
        return a;
    if (how == NUM_HALF_DOWN)
        return round_half_down(a, quantum);
    if (how == NUM_UP)
        return quantize(a, quantum, num_sign(a) < 0 ? MODE_FLOOR : MODE_CEILING);
    return quantize(a, quantum, modes[how]);
}
