/* run.h - a server that runs until somebody stops it: by a signal, or by its owner. One
 * in a process, since signals are the process's.
 *
 *     struct server *s = run_open(&options);
 *     while (run_turn(s) && !done) ...
 *     return run_close(s);
 */
#ifndef RUN_H
#define RUN_H

#include "cli/server.h"

/* Prints the ready line; NULL: it has said what is wrong. */
struct server *run_open(const struct options *o);
/* False: a signal has come, or the log is lost (which is said). */
bool run_turn(struct server *s);
/* Ends it cleanly; the exit code: 1 when the log was lost. */
int run_close(struct server *s);

#endif
