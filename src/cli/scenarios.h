/* scenarios.h - tests of processes: files *.scenario.yaml beside the models. Each runs
 * on an engine of its own, in virtual time. docs/command-line.md tells what stands in
 * them. */
#ifndef SCENARIOS_H
#define SCENARIOS_H

#include "cli/desk.h"

struct scenarios {
    struct desk *desk;
    size_t passed, failed;
    struct buf tap, cases; /* what is to be printed at the end; of a JUnit file */
    struct covered *covered;
    size_t covered_count;
};

void scenarios_open(struct scenarios *s, struct desk *d);
bool scenario_is(struct str path);
/* Runs all of a file. */
void scenario_file(struct scenarios *s, const char *path);
/* What of the processes no scenario has passed; and the reports that are asked for. */
bool scenarios_end(struct scenarios *s);

#endif
