#include "cli/run.h"

#include <signal.h>
#include <stdio.h>

/* What a signal handler may touch. */
static struct server *running;
static volatile sig_atomic_t stops;
static bool is_lost;

static void on_stop(int number)
{
    stops = 1;
    if (running)
        server_wake(running);
}

static void signals_set(void)
{
    struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

struct server *run_open(const struct options *o)
{
    struct err err = {0};

    signals_set();
    running = server_open(o, &err);
    if (!running) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return NULL;
    }
    printf("ready grpc=%s http=%s data=%s\n", server_grpc(running),
           server_http(running), o->ephemeral ? "none" : o->data);
    fflush(stdout);
    return running;
}

bool run_turn(struct server *s)
{
    struct err err = {0};

    if (stops)
        return false;
    is_lost = !server_turn(s, &err);
    if (is_lost)
        say(SAY_ERROR, "stopping: %s", err.text);
    return !is_lost && !stops;
}

int run_close(struct server *s)
{
    if (!is_lost)
        say(SAY_INFO, "stopping");
    running = NULL;
    server_close(s);
    return is_lost ? 1 : 0;
}
