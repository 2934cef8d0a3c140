/* shop.h - the demo's online shop: its services, each a client of the public REST port
 * like any other, and the book in which it notes its orders.
 *
 * Every service can be killed at any moment: it does its work, says so by a message
 * with an id (which is taken once), and only then completes its job. */
#ifndef SHOP_H
#define SHOP_H

#include "cli/cli.h"

struct shop;

/* Deploys the processes and starts the services, each on threads of its own. `wake` is
 * called when the shop has nothing more to do (--exit). */
struct shop *shop_open(const struct options *o, const char *http,
                       void (*wake)(void *ctx), void *ctx);
bool shop_is_done(const struct shop *s);
/* The services are to stop; they do when their calls have been answered. */
void shop_stop(struct shop *s);
/* Waits for them and prints the summary; 0 when every order has ended. */
int shop_close(struct shop *s);

#endif
