/* dmn_tck.c - `fermata test` for the conformance tests of DMN.
 *
 *     dmn_tck [-v] DIR
 *
 * Prints what fails (with -v also what passes, and why values were null), then how many
 * checks that expect null and that expect a value passed: half of them expect null, so
 * who does nothing passes half. The last line is `N passed, N failed`. */
#include <stdio.h>

#include "cli/tests.h"

static int run(struct desk *d)
{
    struct tests t;

    if (!tests_run(d, &t))
        return 1;
    printf("expecting null: %zu passed, %zu failed\n", t.passed[0], t.failed[0]);
    printf("expecting a value: %zu passed, %zu failed\n", t.passed[1], t.failed[1]);
    printf("%zu passed, %zu failed\n", t.passed[0] + t.passed[1],
           t.failed[0] + t.failed[1]);
    return t.failed[0] + t.failed[1] > 0;
}

int main(int argc, char **argv)
{
    bool is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    struct options o = {.verbose = is_verbose,
                        .words = argv + 1 + is_verbose,
                        .word_count = argc - 1 - is_verbose};

    if (o.word_count != 1) {
        fprintf(stderr, "usage: dmn_tck [-v] DIR\n");
        return 2;
    }
    return desk_run(&o, run);
}
