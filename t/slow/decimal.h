/* decimal.h - decimal numbers of 34 digits, as one computes on paper: slow, simple, and
 * written without a look at base/num. Half to even. */
#ifndef SLOW_DECIMAL_H
#define SLOW_DECIMAL_H

#include "base/buf.h"

enum { DECIMAL_DIGITS = 34 };

/* Digits from the last to the first, without zeros at either end; no digits: zero. */
struct decimal {
    bool negative;
    int exponent; /* of the last digit */
    int count;
    u8 digits[DECIMAL_DIGITS];
};

struct decimal decimal_of(i64 whole, int exponent); /* whole * 10 ** exponent */
struct decimal decimal_add(const struct decimal *a, const struct decimal *b);
struct decimal decimal_mul(const struct decimal *a, const struct decimal *b);
struct decimal decimal_div(const struct decimal *a,
                           const struct decimal *b); /* b: not 0 */
struct decimal decimal_neg(struct decimal a);
int decimal_compare(const struct decimal *a, const struct decimal *b);
/* As FEEL prints it. */
void decimal_print(struct buf *out, const struct decimal *a);

#endif
