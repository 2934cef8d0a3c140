#include "cli/shop.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/prng.h"
#include "cli/http.h"
#include "json/json.h"

/* The models are part of the program. */
#define EMBED(name, path)                                                \
    __asm__(".section .rodata\n" #name ":\n.incbin \"" path "\"\n" #name \
            "_end:\n.byte 0\n.previous\n");                              \
    extern const char name[], name##_end[]

EMBED(shop_order_bpmn, "src/cli/shop/order.bpmn");
EMBED(shop_payment_bpmn, "src/cli/shop/payment.bpmn");

#define ORDERS_MAX      1000000
#define FAILS_ONE_IN    50
#define DECLINES_ONE_IN 10
#define SILENT_ONE_IN   3 /* of those asked for another card, who never answer */
#define HOUR_MS         3600000
#define STUCK_S         60 /* with --exit: so long without an order that ends is too long */
#define MEMORY          ((size_t)64 << 20)

/* ---- the book: a line for each order that was placed or has ended ---------------- */

struct book {
    int fd; /* -1: none is kept */
    pthread_mutex_t lock;
    u32 placed, ended, delivered, canceled; /* counts */
    u8 *has_ended;                          /* owned, by number */
};

struct shop {
    const struct options *options;
    char http[64];
    void (*wake)(void *ctx);
    void *ctx;
    struct book book;
    pthread_t threads[16];
    u32 thread_count;
    atomic_bool stops, is_done;
    atomic_uint failures, declined;
    pthread_mutex_t print;
    u32 before; /* orders that were placed by an earlier run */
};

/* One thread of a service: its connection, its luck, memory for one round. */
struct service {
    struct shop *shop;
    const struct work *work;
    struct http http;
    struct prng luck;
    struct trap trap;
    struct arena arena;
};

struct job {
    struct str key, order;
    i64 retries;
    bool second_try;
};

/* A job type: whose it is, how long it takes, and what is done; false: the job was
 * ended by the work itself, and is not to be completed. */
static const struct work {
    const char *type, *service;
    u32 takes_ms;
    bool (*run)(struct service *s, const struct job *j);
} works[];

static void tell(struct shop *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A sentence of the story, with its time. */
static void tell(struct shop *s, const char *fmt, ...)
{
    struct timespec now;
    struct tm local;
    va_list args;

    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    pthread_mutex_lock(&s->print);
    printf("%02d:%02d:%02d.%03ld  ", local.tm_hour, local.tm_min, local.tm_sec,
           now.tv_nsec / 1000000);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
    pthread_mutex_unlock(&s->print);
}

static void book_line(struct book *b, char what, u32 number)
{
    if (number >= ORDERS_MAX)
        return;
    if (what == 'p') {
        if (number > b->placed)
            b->placed = number;
    } else if (!b->has_ended[number]) {
        b->has_ended[number] = 1;
        b->ended++;
        b->delivered += what == 'd';
        b->canceled += what == 'c';
    }
}

static void book_read(struct book *b)
{
    char line[64];
    int copy = dup(b->fd);
    FILE *f = copy < 0 ? NULL : fdopen(copy, "r");
    char what;
    u32 number;

    while (f && fgets(line, sizeof(line), f))
        if (sscanf(line, "%c %u", &what, &number) == 2)
            book_line(b, what, number);
    if (f)
        fclose(f);
}

static void book_open(struct book *b, const struct options *o)
{
    char path[4096];

    pthread_mutex_init(&b->lock, NULL);
    b->has_ended = must_alloc(ORDERS_MAX);
    b->fd = -1;
    if (o->ephemeral)
        return;
    snprintf(path, sizeof(path), "%s/shop.orders", o->data);
    b->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (b->fd >= 0)
        book_read(b);
}

static void book_note(struct book *b, char what, u32 number)
{
    char line[32];
    int len = snprintf(line, sizeof(line), "%c %u\n", what, number);

    pthread_mutex_lock(&b->lock);
    if (b->fd >= 0 && write(b->fd, line, (size_t)len) != len)
        fprintf(stderr, "the book of orders cannot be written: %s\n", strerror(errno));
    book_line(b, what, number);
    pthread_mutex_unlock(&b->lock);
}

static u32 book_open_orders(struct book *b)
{
    pthread_mutex_lock(&b->lock);
    u32 open = b->placed - b->ended;
    pthread_mutex_unlock(&b->lock);
    return open;
}

/* ---- calls
 * ---------------------------------------------------------------------------------------
 */

/* True when the server took it. What is refused because it was done before is done,
 * too. */
static bool call(struct service *s, const char *method, const char *path,
                 struct str body, struct str *answer)
{
    struct err err;
    int status = 0;

    if (!http_call(&s->http, method, path, STR("application/json"), body, &s->arena,
                   &status, answer, &err))
        return false;
    if (status < 300 || status == 404 || status == 409)
        return true;
    tell(s->shop, "the server refuses %s %s: %.*s", method, path, ARG(*answer));
    return false;
}

static void pause_ms(struct shop *s, u32 ms)
{
    struct timespec t = {0, 20 * 1000000};

    for (u32 done = 0; done < ms && !atomic_load(&s->stops); done += 20)
        nanosleep(&t, NULL);
}

/* A message of an order, kept for an hour, taken once. */
static bool publish(struct service *s, const char *name, struct str order)
{
    struct str answer;
    struct buf b;

    buf_init(&b, &s->arena, 256);
    buf_print(&b,
              "{\"name\":\"%s\",\"correlationKey\":\"%.*s\",\"timeToLive\":%d,"
              "\"messageId\":\"%s-%.*s\",\"variables\":{\"orderId\":\"%.*s\"}}",
              name, ARG(order), HOUR_MS, name, ARG(order), ARG(order));
    return call(s, "POST", "/v2/messages/publication", buf_str(&b), &answer);
}

static bool job_call(struct service *s, const struct job *j, const char *what,
                     struct str body)
{
    char path[96];
    struct str answer;

    snprintf(path, sizeof(path), "/v2/jobs/%.*s/%s", ARG(j->key), what);
    return call(s, "POST", path, body, &answer);
}

/* ---- what the services do -------------------------------------------------------- */

static bool retrieve_payment(struct service *s, const struct job *j)
{
    if (!publish(s, "RetrievePaymentCommand", j->order))
        return false;
    tell(s->shop, "order %.*s waits for PaymentReceivedEvent with key %.*s",
         ARG(j->order), ARG(j->order));
    return true;
}

static bool charge(struct service *s, const struct job *j)
{
    if (j->second_try || prng_below(&s->luck, DECLINES_ONE_IN) != 0) {
        tell(s->shop, "payment for order %.*s is charged", ARG(j->order));
        return true;
    }
    atomic_fetch_add(&s->shop->declined, 1);
    tell(s->shop, "payment for order %.*s is declined by the bank", ARG(j->order));
    job_call(s, j, "error", STR("{\"errorCode\":\"CARD_DECLINED\"}"));
    return false;
}

static bool ask_customer(struct service *s, const struct job *j)
{
    if (prng_below(&s->luck, SILENT_ONE_IN) == 0) {
        tell(s->shop,
             "the customer of order %.*s does not answer; payment waits 10 s for "
             "CardUpdatedEvent",
             ARG(j->order));
        return true;
    }
    tell(s->shop, "the customer of order %.*s gives another card", ARG(j->order));
    return publish(s, "CardUpdatedEvent", j->order);
}

static bool payment_received(struct service *s, const struct job *j)
{
    return publish(s, "PaymentReceivedEvent", j->order);
}

static bool payment_failed(struct service *s, const struct job *j)
{
    tell(s->shop, "payment for order %.*s has failed: no other card came in time",
         ARG(j->order));
    return publish(s, "PaymentFailedEvent", j->order);
}

static bool fetch_goods(struct service *s, const struct job *j)
{
    tell(s->shop, "inventory has fetched the goods for order %.*s", ARG(j->order));
    return true;
}

static bool ship_goods(struct service *s, const struct job *j)
{
    tell(s->shop, "shipping has sent the goods for order %.*s", ARG(j->order));
    return true;
}

static u32 order_number(struct str order)
{
    u64 number = 0;

    if (order.len > 2)
        str_to_u64((struct str){order.data + 2, order.len - 2}, &number);
    return (u32)number;
}

static bool order_delivered(struct service *s, const struct job *j)
{
    book_note(&s->shop->book, 'd', order_number(j->order));
    tell(s->shop, "order %.*s is delivered", ARG(j->order));
    return true;
}

static bool order_canceled(struct service *s, const struct job *j)
{
    book_note(&s->shop->book, 'c', order_number(j->order));
    tell(s->shop, "order %.*s is canceled", ARG(j->order));
    return true;
}

static const struct work works[] = {
    {"retrieve-payment", "checkout", 20, retrieve_payment},
    {"charge-credit-card", "payment", 100, charge},
    {"ask-customer", "payment", 1500, ask_customer},
    {"payment-received", "payment", 0, payment_received},
    {"payment-failed", "payment", 0, payment_failed},
    {"fetch-goods", "inventory", 150, fetch_goods},
    {"ship-goods", "shipping", 200, ship_goods},
    {"order-delivered", "checkout", 0, order_delivered},
    {"order-canceled", "checkout", 0, order_canceled},
};

/* ---- a worker
 * ----------------------------------------------------------------------------------------
 */

static void job_fail(struct service *s, const struct job *j)
{
    struct str body = arena_print(&s->arena,
                                  "{\"retries\":%lld,\"retryBackOff\":500,"
                                  "\"errorMessage\":\"the line to %s broke\"}",
                                  (long long)j->retries - 1, s->work->service);

    atomic_fetch_add(&s->shop->failures, 1);
    tell(s->shop, "%s fails at %s for order %.*s and will try again", s->work->service,
         s->work->type, ARG(j->order));
    job_call(s, j, "failure", body);
}

static struct str text_of(struct service *s, struct str object, const char *name)
{
    struct str value = {NULL, 0};

    if (!json_get(object, str_of(name), &s->arena, &value) ||
        json_kind(value) != JSON_STRING)
        return (struct str){NULL, 0};
    return json_text(value, &s->arena);
}

static struct job job_read(struct service *s, struct str json)
{
    struct job j = {.key = text_of(s, json, "jobKey")};
    struct str value;

    if (json_get(json, STR("retries"), &s->arena, &value))
        json_i64(value, &j.retries);
    if (json_get(json, STR("variables"), &s->arena, &value)) {
        struct str second;
        j.order = text_of(s, value, "orderId");
        j.second_try = json_get(value, STR("secondTry"), &s->arena, &second);
    }
    return j;
}

static void job_do(struct service *s, const struct job *j)
{
    if (prng_below(&s->luck, FAILS_ONE_IN) == 0 && j->retries > 1)
        job_fail(s, j);
    else if (s->work->run(s, j))
        job_call(s, j, "completion", STR("{}"));
}

/* One poll; all jobs that it brings are worked on together. */
static bool worker_round(struct service *s)
{
    struct str answer, canonical, jobs;
    struct err err;
    struct str body =
        arena_print(&s->arena,
                    "{\"type\":\"%s\",\"worker\":\"%s\",\"timeout\":10000,"
                    "\"maxJobsToActivate\":32,\"requestTimeout\":5000}",
                    s->work->type, s->work->service);

    if (!call(s, "POST", "/v2/jobs/activation", body, &answer) ||
        !json_canonical(answer, JSON_OBJECT, &(struct json_limits){50}, &s->arena,
                        &canonical, &err) ||
        !json_get(canonical, STR("jobs"), &s->arena, &jobs))
        return false;
    if (str_is(jobs, "[]"))
        return true;
    pause_ms(s->shop, s->work->takes_ms);
    struct json_walk walk = json_walk(jobs);
    for (struct json_member m; json_next(&walk, &s->arena, &m);) {
        struct job j = job_read(s, m.value);
        job_do(s, &j);
    }
    return true;
}

static void *worker_main(void *arg)
{
    struct service *s = arg;

    if (setjmp(s->trap.jump))
        fprintf(stderr, "%s has no memory for what it got\n", s->work->service);
    while (!atomic_load(&s->shop->stops)) {
        arena_reset(&s->arena);
        if (!worker_round(s))
            pause_ms(s->shop, 200);
    }
    http_close(&s->http);
    arena_free(&s->arena);
    free(s);
    return NULL;
}

/* ---- checkout: places orders, and knows when all is done ------------------------- */

static void place(struct service *s, u32 number)
{
    struct str order = arena_print(&s->arena, "o-%u", number);

    while (!atomic_load(&s->shop->stops)) {
        if (publish(s, "OrderPlacedEvent", order)) {
            book_note(&s->shop->book, 'p', number);
            tell(s->shop, "order %.*s is placed", ARG(order));
            return;
        }
        pause_ms(s->shop, 200);
    }
}

static void part(struct buf *b, const char *name, const char *from, const char *to)
{
    buf_print(b,
              "--shop\r\nContent-Disposition: form-data; name=\"resources\"; "
              "filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n",
              name);
    buf_add(b, (struct str){from, (size_t)(to - from)});
    buf_text(b, "\r\n");
}

static bool deploy(struct service *s)
{
    struct str answer;
    struct err err;
    struct buf b;
    int status = 0;

    buf_init(&b, &s->arena, 65536);
    part(&b, "order.bpmn", shop_order_bpmn, shop_order_bpmn_end);
    part(&b, "payment.bpmn", shop_payment_bpmn, shop_payment_bpmn_end);
    buf_text(&b, "--shop--\r\n");
    if (!http_call(&s->http, "POST", "/v2/deployments",
                   STR("multipart/form-data; boundary=shop"), buf_str(&b), &s->arena,
                   &status, &answer, &err))
        return false;
    if (status != 200)
        tell(s->shop, "the processes are refused: %.*s", ARG(answer));
    return status == 200;
}

static void wait_for_the_end(struct shop *s)
{
    u32 before = 0;

    for (u32 waited = 0; !atomic_load(&s->stops) && book_open_orders(&s->book) > 0;
         waited++) {
        u32 open = book_open_orders(&s->book);
        if (open != before)
            waited = 0;
        before = open;
        if (waited >= STUCK_S * 10) {
            tell(s, "%u orders have not ended for %d s", open, STUCK_S);
            return;
        }
        pause_ms(s, 100);
    }
}

static void *checkout_main(void *arg)
{
    struct service *s = arg;
    struct shop *shop = s->shop;
    u32 wanted = (u32)shop->options->orders;

    while (!atomic_load(&shop->stops) && !deploy(s))
        pause_ms(shop, 500);
    if (book_open_orders(&shop->book))
        tell(shop, "%u orders of an earlier run go on", book_open_orders(&shop->book));
    for (u32 i = 1; !atomic_load(&shop->stops) && (wanted == 0 || i <= wanted); i++) {
        arena_reset(&s->arena);
        place(s, shop->before + i);
        pause_ms(shop, (u32)(1000 / shop->options->rate));
    }
    if (shop->options->exit) {
        wait_for_the_end(shop);
        atomic_store(&shop->is_done, true);
        shop->wake(shop->ctx);
    }
    http_close(&s->http);
    arena_free(&s->arena);
    free(s);
    return NULL;
}

/* ---- the shop
 * ---------------------------------------------------------------------------------------------
 */

static void service_start(struct shop *s, const struct work *work, void *(*run)(void *))
{
    struct service *x = must_alloc(sizeof(*x));
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    x->shop = s;
    x->work = work;
    x->luck.state = (u64)now.tv_nsec + s->thread_count * 7919u;
    http_init(&x->http, s->http);
    arena_init(&x->arena, 65536, MEMORY, &x->trap);
    must(s->thread_count < LEN(s->threads));
    must(pthread_create(&s->threads[s->thread_count++], NULL, run, x) == 0);
}

struct shop *shop_open(const struct options *o, const char *http,
                       void (*wake)(void *ctx), void *ctx)
{
    struct shop *s = must_alloc(sizeof(*s));

    s->options = o;
    s->wake = wake;
    s->ctx = ctx;
    snprintf(s->http, sizeof(s->http), "%s", http);
    pthread_mutex_init(&s->print, NULL);
    book_open(&s->book, o);
    s->before = s->book.placed;
    service_start(s, NULL, checkout_main);
    for (size_t i = 0; i < LEN(works); i++)
        service_start(s, &works[i], worker_main);
    return s;
}

bool shop_is_done(const struct shop *s)
{
    return atomic_load(&s->is_done);
}

void shop_stop(struct shop *s)
{
    atomic_store(&s->stops, true);
}

int shop_close(struct shop *s)
{
    for (u32 i = 0; i < s->thread_count; i++)
        pthread_join(s->threads[i], NULL);
    const struct book *b = &s->book;
    u32 open = b->placed - b->ended, declined = atomic_load(&s->declined),
        failures = atomic_load(&s->failures);
    printf("%u orders placed: %u delivered, %u canceled, %u still open; in this run %u "
           "card%s declined and %u call%s failed\n",
           b->placed, b->delivered, b->canceled, open, declined,
           declined == 1 ? " was" : "s were", failures, failures == 1 ? "" : "s");
    if (open && !s->options->exit)
        printf("start it again and they go on\n");
    int code = open && s->options->exit ? 1 : 0;
    if (b->fd >= 0)
        close(b->fd);
    free(b->has_ended);
    free(s);
    return code;
}
