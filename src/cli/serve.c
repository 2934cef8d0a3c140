#include <signal.h>
#include <stdio.h>

#include "cli/server.h"

/* What a signal handler may touch. */
static struct server *running;
static volatile sig_atomic_t stops;

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

int serve_main(const struct options *o)
{
    struct err err = {0};
    bool is_good = true;

    signals_set();
    running = server_open(o, &err);
    if (!running) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return 1;
    }
    printf("ready grpc=%s http=%s data=%s\n", server_grpc(running),
           server_http(running), o->ephemeral ? "none" : o->data);
    fflush(stdout);
    while (!stops && is_good)
        is_good = server_turn(running, &err);
    if (!is_good)
        say(SAY_ERROR, "stopping: %s", err.text);
    else
        say(SAY_INFO, "stopping");
    struct server *s = running;
    running = NULL;
    server_close(s);
    return is_good ? 0 : 1;
}
