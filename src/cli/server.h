/* server.h - the roof: opens the rooms, joins them, turns the wheel. One thread: the
 * caller's. `serve` and `demo` are two users of it.
 *
 *     struct server *s = server_open(&options, &err);
 *     while (!stop) server_turn(s, &err);
 *     server_close(s);
 */
#ifndef SERVER_H
#define SERVER_H

#include "base/err.h"
#include "cli/cli.h"

struct server;

/* Ports first, then the data: whatever is wrong, nothing was touched. NULL: err says it
 * in one sentence. */
struct server *server_open(const struct options *o, struct err *err);
/* Waits for something to do, and does it. False: the log is lost; end. */
bool server_turn(struct server *s, struct err *err);
void server_wake(struct server *s); /* from a signal handler or another thread */
/* Answers who waits, finishes what is under way, makes all durable; within a second. */
void server_close(struct server *s);

const char *server_grpc(const struct server *s); /* HOST:PORT as bound */
const char *server_http(const struct server *s);

i64 now_ms(void); /* since 1970, by the machine's clock */

/* Log lines on standard error: `2026-11-24T08:00:00.123Z info text`. */
enum say_level { SAY_ERROR, SAY_WARN, SAY_INFO, SAY_DEBUG };
bool say_level_set(const char *name); /* false: there is no such level */
void say(enum say_level level, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
