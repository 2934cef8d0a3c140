#include "t/slow/decimal.h"

/* What is in between: no sign, as many digits as it takes. */
enum { BIG = 800 };

struct big {
    int count; /* no zeros at the front */
    u8 digits[BIG];
};

static void trim(struct big *b)
{
    while (b->count > 0 && b->digits[b->count - 1] == 0)
        b->count--;
}

static struct big big_of(const struct decimal *a, int zeros)
{
    struct big b = {.count = a->count ? a->count + zeros : 0};

    must(b.count <= BIG);
    for (int i = 0; i < a->count; i++)
        b.digits[i + zeros] = a->digits[i];
    return b;
}

static int big_compare(const struct big *a, const struct big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->digits[i] != b->digits[i])
            return a->digits[i] < b->digits[i] ? -1 : 1;
    return 0;
}

static void big_add(struct big *a, const struct big *b)
{
    int carry = 0;

    for (int i = 0; i < BIG; i++) {
        int digit = a->digits[i] + b->digits[i] + carry;
        a->digits[i] = (u8)(digit % 10);
        carry = digit / 10;
    }
    a->count = BIG;
    trim(a);
}

/* a is not less than b. */
static void big_sub(struct big *a, const struct big *b)
{
    int borrow = 0;

    for (int i = 0; i < BIG; i++) {
        int digit = a->digits[i] - b->digits[i] - borrow;
        borrow = digit < 0;
        a->digits[i] = (u8)(digit + 10 * borrow);
    }
    trim(a);
}

static void big_shift(struct big *a, u8 digit) /* a * 10 + digit */
{
    must(a->count < BIG);
    memmove(a->digits + 1, a->digits, (size_t)a->count);
    a->digits[0] = digit;
    a->count++;
    trim(a);
}

/* -1, 0 or 1: what is dropped is less than, equal to or more than a half. */
static int dropped(const struct big *b, int drop)
{
    int half = b->digits[drop - 1] - 5;

    for (int i = 0; i < drop - 1 && half == 0; i++)
        half = b->digits[i];
    return half < 0 ? -1 : half > 0;
}

static struct decimal rounded(bool negative, struct big b, int exponent)
{
    struct decimal a = {.negative = negative};
    struct big one = {.count = 1, .digits = {1}};
    int drop = b.count - DECIMAL_DIGITS, zeros = 0;

    if (drop > 0) {
        int half = dropped(&b, drop);
        memmove(b.digits, b.digits + drop, (size_t)(BIG - drop));
        memset(b.digits + BIG - drop, 0, (size_t)drop);
        b.count -= drop;
        exponent += drop;
        if (half > 0 || (half == 0 && b.digits[0] % 2))
            big_add(&b, &one);
    }
    while (zeros < b.count && b.digits[zeros] == 0)
        zeros++;
    a.count = b.count - zeros;
    a.exponent = a.count ? exponent + zeros : 0;
    a.negative = a.count && negative;
    memcpy(a.digits, b.digits + zeros, (size_t)a.count);
    return a;
}

struct decimal decimal_of(i64 whole, int exponent)
{
    struct big b = {0};

    for (u64 n = whole < 0 ? 0 - (u64)whole : (u64)whole; n; n /= 10)
        b.digits[b.count++] = (u8)(n % 10);
    return rounded(whole < 0, b, exponent);
}

/* Beyond this distance the smaller one does not touch the digits of the larger. */
static bool is_far(const struct decimal *a, const struct decimal *b)
{
    return a->count && (!b->count || a->exponent > b->exponent + b->count + 100);
}

struct decimal decimal_add(const struct decimal *a, const struct decimal *b)
{
    int exponent = a->exponent < b->exponent ? a->exponent : b->exponent;

    if (!a->count || is_far(b, a))
        return *b;
    if (!b->count || is_far(a, b))
        return *a;
    struct big x = big_of(a, a->exponent - exponent);
    struct big y = big_of(b, b->exponent - exponent);
    if (a->negative == b->negative) {
        big_add(&x, &y);
        return rounded(a->negative, x, exponent);
    }
    if (big_compare(&x, &y) < 0) {
        big_sub(&y, &x);
        return rounded(b->negative, y, exponent);
    }
    big_sub(&x, &y);
    return rounded(a->negative, x, exponent);
}

struct decimal decimal_mul(const struct decimal *a, const struct decimal *b)
{
    struct big product = {0};

    for (int i = a->count - 1; i >= 0; i--) {
        struct big row = big_of(b, 0);
        big_shift(&product, 0);
        for (int j = 0; j < a->digits[i]; j++)
            big_add(&product, &row);
    }
    return rounded(a->negative != b->negative, product, a->exponent + b->exponent);
}

/* Twice as many digits as are kept, and one more for whether anything is left. */
struct decimal decimal_div(const struct decimal *a, const struct decimal *b)
{
    struct big rest = {0}, by = big_of(b, 0), quotient = {0};
    int more = 2 * DECIMAL_DIGITS + 2;

    for (int i = a->count - 1; i >= -more; i--) {
        u8 digit = 0;
        big_shift(&rest, i >= 0 ? a->digits[i] : 0);
        for (; big_compare(&rest, &by) >= 0; digit++)
            big_sub(&rest, &by);
        big_shift(&quotient, digit);
    }
    big_shift(&quotient, rest.count > 0);
    return rounded(a->negative != b->negative, quotient,
                   a->exponent - b->exponent - more - 1);
}

struct decimal decimal_neg(struct decimal a)
{
    a.negative = a.count && !a.negative;
    return a;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    struct decimal minus = decimal_neg(*b), off = decimal_add(a, &minus);

    return !off.count ? 0 : off.negative ? -1 : 1;
}

void decimal_print(struct buf *out, const struct decimal *a)
{
    int point = a->count + a->exponent; /* digits before it */
    bool is_short = point <= 40 && point >= -34;

    if (a->negative)
        buf_byte(out, '-');
    if (is_short && point <= 0)
        buf_text(out, a->count ? "0." : "0");
    for (int i = point; is_short && i < 0; i++)
        buf_byte(out, '0');
    for (int i = a->count - 1; i >= 0; i--) {
        buf_byte(out, (char)('0' + a->digits[i]));
        int before = a->count - i; /* digits printed so far */
        if (i > 0 && before == (is_short ? point : 1))
            buf_byte(out, '.');
    }
    for (int i = 0; is_short && i < a->exponent; i++)
        buf_byte(out, '0');
    if (!is_short)
        buf_print(out, "E%+d", point - 1);
}
