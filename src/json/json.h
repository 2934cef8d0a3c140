/* json.h - JSON text: checked, brought into one form, walked, written, merged.
 *
 * Documents are kept as text and never turned into trees: a variable is a slice of the
 * document it came in. `json_canonical` at the door makes that safe: what it gives back
 * is valid UTF-8 JSON without insignificant white space and with one way to write each
 * string, so equal values are equal bytes, and the walkers below need no checks.
 *
 *     struct str doc;
 *     if (!json_canonical(text, JSON_OBJECT, &limits, arena, &doc, &err)) ...
 *     struct json_walk w = json_walk(doc);
 *     for (struct json_member m; json_next(&w, arena, &m);) ... m.name, m.value
 *
 * Uses: base. Pure. */
#ifndef JSON_H
#define JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct json_limits {
    u32 depth; /* of nested arrays and objects */
};

enum json_want { JSON_ANY, JSON_OBJECT };

/* Checks `text` and gives its canonical form: no white space outside strings; in
 * strings only \" \\ \b \f \n \r \t and \u00XX for other control characters are
 * escaped, all else is UTF-8 (surrogate pairs joined; a lone surrogate is an error);
 * members in the order given, of equal names the last one wins (at the place of the
 * first); numbers as written, but -0 becomes 0. Empty or blank text is `{}` when an
 * object is wanted. `out` lives in the arena, or is (a part of) `text` itself when that
 * is canonical already. Errors (ERR_SYNTAX) say what and at which byte, from 1: "JSON,
 * byte 12: expected ':' after a name"; for a root that is no object when one is wanted:
 * "expected an object, but got an array". */
bool json_canonical(struct str text, enum json_want want,
                    const struct json_limits *limits, struct arena *arena,
                    struct str *out, struct err *err);

/* ---- reading canonical text; anything else is a failed must ---------------------- */

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_MAP
};

enum json_kind json_kind(struct str value);
/* As clients know the kinds, from the encoding that the original keeps values in: NIL,
 * BOOLEAN, INTEGER, FLOAT, STRING, ARRAY or MAP. */
const char *json_kind_name(struct str value);

/* The members of an object or the items of an array, in order. */
struct json_walk {
    struct str text;
    size_t at;
};

struct json_member {
    struct str name; /* decoded; borrowed from the text, or from the arena if escaped */
    struct str value; /* borrowed, canonical */
};

struct json_walk json_walk(struct str value);
bool json_next(struct json_walk *w, struct arena *arena, struct json_member *out);

/* The member of that (decoded) name; false: there is none. */
bool json_get(struct str object, struct str name, struct arena *arena, struct str *out);

/* A string value decoded; borrowed when nothing in it is escaped. */
struct str json_text(struct str string, struct arena *arena);
/* A number that is whole and fits. */
bool json_i64(struct str number, i64 *out);

/* ---- writing --------------------------------------------------------------------- */

void json_put_string(struct buf *b, struct str text); /* quoted and escaped */
void json_put_i64(struct buf *b, i64 value);
/* `"name":`, with a comma before it unless it is the first after `{` or `[`. */
void json_put_name(struct buf *b, struct str name);
void json_comma(struct buf *b); /* a comma, unless the last byte is `{`, `[` or `:` */

/* All members of both objects; those of `over` win. Into the arena. */
struct str json_merge(struct str under, struct str over, struct arena *arena);

#endif
