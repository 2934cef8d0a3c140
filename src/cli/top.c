/* What goes on in a server, on one screen. */
#include <stdio.h>
#include <time.h>

#include "cli/remote.h"
#include "cli/screen.h"

#define LOOKED_MAX 10000 /* things of a kind that are counted by name */
#define GROUPS_MAX 200

/* How many there are of each name. */
struct counts {
    struct count {
        struct str name;
        i64 all, special;
    } items[GROUPS_MAX];
    size_t count;
    i64 total;
};

static struct count *count_of(struct counts *c, struct str name)
{
    for (size_t i = 0; i < c->count; i++)
        if (str_equal(c->items[i].name, name))
            return &c->items[i];
    if (c->count == GROUPS_MAX)
        return NULL;
    c->items[c->count] = (struct count){.name = name};
    return &c->items[c->count++];
}

/* Things that fit, by a field; `special` counts those of them whose other field is so.
 */
struct counted {
    const char *path, *filter, *by, *also, *is;
};

static int things_count(struct remote *r, const struct counted *w, struct counts *c)
{
    struct finding_list list;
    int code = remote_search(r, w->path, str_of(w->filter), NOTHING, LOOKED_MAX, &list);

    *c = (struct counts){0};
    for (size_t i = 0; !code && i < list.count; i++) {
        struct count *at = count_of(c, field(r, list.items[i], w->by));
        if (!at)
            continue;
        at->all++;
        at->special += str_is(field(r, list.items[i], w->also), w->is);
    }
    c->total = (i64)list.count + list.more;
    return code;
}

static void counts_print(const struct counts *c, const char *head, const char *special)
{
    printf("%-40s %10s %10s\n", head, "", special);
    for (size_t i = 0; i < c->count; i++)
        printf("  %-38.*s %10lld %10lld\n", ARG(c->items[i].name),
               (long long)c->items[i].all, (long long)c->items[i].special);
    printf("  %-38s %10lld\n\n", "all", (long long)c->total);
}

static int look(struct remote *r)
{
    static const struct counted wanted[] = {
        {"/v2/process-instances/search", "{\"state\":\"ACTIVE\"}",
         "processDefinitionId", "hasIncident", "true"},
        {"/v2/jobs/search", "{}", "type", "state", "FAILED"},
        {"/v2/incidents/search", "{\"state\":\"ACTIVE\"}", "errorType", "state",
         "ACTIVE"},
    };
    struct counts *c = NEW_ARRAY(r->arena, struct counts, LEN(wanted));
    struct str topology;
    int code = remote_call(r, "GET", "/v2/topology", NOTHING, &topology);

    for (size_t i = 0; !code && i < LEN(wanted); i++)
        code = things_count(r, &wanted[i], &c[i]);
    if (code)
        return code;
    if (r->desk->options->watch && screen_is_terminal())
        printf("\033[H\033[J");
    printf("%s  version %.*s, %.*s partition(s)\n\n", r->url,
           ARG(field(r, topology, "gatewayVersion")),
           ARG(field(r, topology, "partitionsCount")));
    counts_print(&c[0], "RUNNING INSTANCES", "INCIDENT");
    counts_print(&c[1], "JOBS", "FAILED");
    counts_print(&c[2], "INCIDENTS", "");
    return CLI_GOOD;
}

static int run(struct desk *d)
{
    i64 ms = d->options->interval;
    const struct timespec pause = {(time_t)(ms / 1000), (ms % 1000) * 1000000};
    struct remote r;
    int code = remote_open(&r, d);

    r.arena = &d->scratch;
    while (!code) {
        code = look(&r);
        arena_reset(&d->scratch);
        if (code || !d->options->watch || fflush(stdout) != 0)
            break;
        nanosleep(&pause, NULL);
    }
    return code;
}

int top_main(const struct options *o)
{
    return desk_run(o, run);
}
