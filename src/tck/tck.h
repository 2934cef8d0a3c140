/* tck.h - tests of decisions, in the format of the DMN Technology Compatibility Kit:
 * read from XML, run against a model, compared.
 *
 *     struct tck *t;
 *     if (!tck_parse(xml, arena, &t, &err)) ... err says why
 *     ... bring the model that tck_model(t) names ...
 *     tck_run(t, model, &options, scratch);
 *
 * Opens no files. Uses: dmn, feel, xml, base. Pure. */
#ifndef TCK_H
#define TCK_H

#include "dmn/dmn.h"

struct tck;

/* What `text` holds is made in the arena, and the tests live as long as that. NULL in
 * `out`: it is XML that has nothing to do with tests. ERR_SYNTAX: no XML, another
 * namespace, no name of a model; ERR_LIMIT: too large. */
bool tck_parse(struct str text, struct arena *arena, struct tck **out, struct err *err);
struct str tck_model(const struct tck *t); /* the name of the model's file */

/* One result node: what a decision is expected to give. Lives until the next one. */
struct tck_check {
    struct str test, node; /* id of the test case; name of the decision */
    bool is_good;
    struct feel_value wanted, got; /* got GAVE_UP: there is nothing of that name */
    struct str failure;            /* why the decision failed; empty: it did not */
};

struct tck_options {
    struct zones *zones;
    i64 now;
    void (*tell)(void *ctx, const struct tck_check *c);
    /* When a check is not good: afterwards told what made values null. May be NULL. */
    void (*note)(const struct feel_env *env, struct str warning);
    void *ctx; /* of tell; the note's env has it, too */
};

/* Every result node of every test case, from the inputs alone. Numbers may differ by
 * 1e-8, as in other runners; where an error is expected null will do. `scratch` is
 * reset before each. */
void tck_run(const struct tck *t, const struct dmn *model,
             const struct tck_options *options, struct arena *scratch);

#endif
