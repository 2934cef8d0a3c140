#include <signal.h>
#include <stdio.h>

#include "cli/server.h"
#include "cli/shop.h"

static struct server *running;
static volatile sig_atomic_t stops;

static void on_stop(int number)
{
    stops = 1;
    if (running)
        server_wake(running);
}

static void on_done(void *ctx)
{
    server_wake(ctx);
}

static void signals_set(void)
{
    struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

int demo_main(const struct options *o)
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
    struct shop *shop = shop_open(o, server_http(running), on_done, running);
    while (!stops && is_good && !shop_is_done(shop))
        is_good = server_turn(running, &err);
    if (!is_good)
        say(SAY_ERROR, "stopping: %s", err.text);
    shop_stop(shop);
    struct server *s = running;
    running = NULL;
    server_close(s);
    int code = shop_close(shop);
    return is_good ? code : 1;
}
