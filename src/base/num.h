/* num.h - decimal numbers of 34 digits (IEEE 754-2008 decimal128), rounded half to
 * even. What has no result (a division by zero, the root of a negative number, too
 * large) is no number: ask num_is_valid. Pure, without a rounding mode or flags
 * outside.
 *
 *     struct num price;
 *     if (num_from_str(STR("19.99"), &price)) price = num_mul(price, num_from_i64(3));
 */
#ifndef NUM_H
#define NUM_H

#include "base/buf.h"

struct num {
    u64 low, high; /* the bits of the interchange format, binary encoding */
};

enum num_rounding {
    NUM_HALF_EVEN,
    NUM_FLOOR,
    NUM_CEILING,
    NUM_DOWN, /* toward zero */
    NUM_UP,   /* away from zero */
    NUM_HALF_UP,
    NUM_HALF_DOWN,
};

/* Digits with an optional minus, point and exponent: "-1.50", ".5", "6.02e23". Digits
 * beyond the 34th round. False for any other text and for what is too large. */
bool num_from_str(struct str s, struct num *out);
struct num num_from_i64(i64 n);
struct num num_from_i128(i128 n);        /* of up to 34 digits; more are no number */
bool num_to_i64(struct num n, i64 *out); /* false: has a fraction, or does not fit */
i64 num_cut_i64(struct num n); /* without its fraction; saturates; 0 if invalid */
/* Without its fraction; false: no number, or not within +-10^34. */
bool num_cut_i128(struct num n, i128 *out);

/* With the fewest digits that give the number back: "1.5", "-0.001"; "1E+50" only where
 * plain notation would be much longer. */
#define NUM_TEXT_MAX 96
size_t num_to_text(char out[NUM_TEXT_MAX], struct num n);
void num_to_buf(struct buf *out, struct num n);

bool num_is_valid(struct num n);
bool num_is_whole(struct num n);
int num_sign(struct num n); /* -1, 0, 1 */
int num_compare(struct num a, struct num b);
bool num_equal(struct num a, struct num b);

struct num num_neg(struct num a);
struct num num_abs(struct num a);
struct num num_add(struct num a, struct num b);
struct num num_sub(struct num a, struct num b);
struct num num_mul(struct num a, struct num b);
struct num num_div(struct num a, struct num b);
struct num num_mod(struct num a, struct num b); /* a - b * floor(a / b) */
struct num num_pow(struct num a, struct num b);
struct num num_sqrt(struct num a);
struct num num_exp(struct num a);
struct num num_ln(struct num a);
/* To `scale` digits behind the point (before it when negative); what has no more digits
 * than that stays as it is. */
struct num num_round(struct num a, int scale, enum num_rounding how);

#endif
