/* tests.h - `fermata test`: all tests of decisions below a folder, each with the model
 * that it names and that lies beside it. */
#ifndef TESTS_H
#define TESTS_H

#include "cli/scenarios.h"

struct tests {
    struct desk *desk;
    struct arena arena;          /* of one file of tests */
    struct arena scratch;        /* of one check */
    const char *file;            /* that is being run */
    size_t passed[2], failed[2]; /* checks that expect null, that expect a value */
    struct scenarios scenarios;  /* of processes, which lie in the same folders */
};

/* Runs what the words name, folders or files; tells what fails and, with --verbose, all
 * else. False: a word names nothing that can be read. */
bool tests_run(struct desk *d, struct tests *t);

#endif
