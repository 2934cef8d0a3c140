#include <stdio.h>

#include "cli/run.h"
#include "cli/shop.h"

static void on_done(void *ctx)
{
    server_wake(ctx);
}

int demo_main(const struct options *o)
{
    struct server *s = run_open(o);

    if (!s)
        return 1;
    printf("pages at http://%s/\n", server_http(s));
    struct shop *shop = shop_open(o, server_http(s), on_done, s);
    while (!shop_is_done(shop) && run_turn(s))
        ;
    shop_stop(shop);
    int lost = run_close(s), open = shop_close(shop);
    return lost ? lost : open;
}
