#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "t/faults/torture.h"

/* Jobs are held so long by a worker that dies; then they come again. */
enum { HELD_MS = 1000, CLIENTS_MOST = 32 };

const char ledger_model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='led' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='w'><extensionElements><z:taskDefinition type='led'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='w'/>"
    "<sequenceFlow id='f2' sourceRef='w' targetRef='e'/></process></definitions>";

void ledger_init(struct ledger *l)
{
    *l = (struct ledger){.next = 1};
    pthread_mutex_init(&l->lock, NULL);
}

void ledger_free(struct ledger *l)
{
    pthread_mutex_destroy(&l->lock);
    free(l->lines);
}

static struct line *line_of(struct ledger *l, u64 id)
{
    while (id >= l->size) {
        u64 size = l->size ? l->size * 2 : 1024;
        l->lines = must_realloc(l->lines, size * sizeof(*l->lines));
        memset(l->lines + l->size, 0, (size - l->size) * sizeof(*l->lines));
        l->size = size;
    }
    return &l->lines[id];
}

static void ledger_wrong(struct ledger *l, u64 *what, const char *text, u64 id)
{
    if (l->lost + l->twice == 0)
        snprintf(l->first, sizeof(l->first), "%s: instance %llu", text,
                 (unsigned long long)id);
    (*what)++;
}

/* ---- what clients do
 * ------------------------------------------------------------------ */

static bool create(struct ledger *l, struct client *c)
{
    pthread_mutex_lock(&l->lock);
    u64 id = l->next++;
    line_of(l, id);
    pthread_mutex_unlock(&l->lock);
    int status =
        client_json(c, "/v2/process-instances",
                    "{\"processDefinitionId\":\"led\",\"variables\":{\"n\":%llu}}",
                    (unsigned long long)id);
    if (status != 200)
        return status != 0;
    pthread_mutex_lock(&l->lock);
    line_of(l, id)->is_created = true;
    l->created++;
    pthread_mutex_unlock(&l->lock);
    return true;
}

/* A job is handed out: of an instance whose job was completed, and acknowledged, it
 * must not be; and each instance has one. */
static void job_seen(struct ledger *l, u64 job, u64 id)
{
    pthread_mutex_lock(&l->lock);
    struct line *line = line_of(l, id);
    if (id == 0 || id >= l->next)
        ledger_wrong(l, &l->twice, "a job of an instance that nobody made", id);
    else if (line->is_done)
        ledger_wrong(l, &l->twice, "a job that was completed came again", id);
    else if (line->job && line->job != job)
        ledger_wrong(l, &l->twice, "a second job", id);
    line->job = job;
    pthread_mutex_unlock(&l->lock);
}

static bool complete(struct ledger *l, struct client *c, u64 job, u64 id)
{
    char path[100];

    snprintf(path, sizeof(path), "/v2/jobs/%llu/completion", (unsigned long long)job);
    int status = client_json(c, path, "{}");
    if (status == 204 || status == 404) { /* 404: done before, without an answer */
        pthread_mutex_lock(&l->lock);
        line_of(l, id)->is_done = true;
        l->completed += status == 204;
        pthread_mutex_unlock(&l->lock);
    }
    return status != 0;
}

struct job {
    u64 key, id;
};

/* -1: no answer. */
static int activate(struct client *c, struct job *jobs, int most)
{
    int status = client_json(c, "/v2/jobs/activation",
                             "{\"type\":\"led\",\"worker\":\"t\",\"timeout\":%d,"
                             "\"maxJobsToActivate\":%d,\"requestTimeout\":-1}",
                             HELD_MS, most);
    const char *at = c->answer;
    int count = 0;

    while (status == 200 && count < most) {
        const char *variables = strstr(at, "\"variables\":{\"n\":"), *key = at;
        if (!variables)
            break;
        jobs[count].key = answer_key(&key, "jobKey");
        jobs[count++].id = strtoull(variables + 17, NULL, 10);
        at = (key > variables ? key : variables) + 1;
    }
    return status ? count : -1;
}

/* ---- load
 * ---------------------------------------------------------------------------- */

struct load {
    struct ledger *ledger;
    int port, count;
    _Atomic bool ends;
    pthread_t threads[CLIENTS_MOST];
};

static bool work(struct ledger *l, struct client *c)
{
    struct job jobs[8];
    bool is_there = create(l, c) && create(l, c);
    int count = is_there ? activate(c, jobs, (int)LEN(jobs)) : -1;

    for (int i = 0; i < count && is_there; i++) {
        job_seen(l, jobs[i].key, jobs[i].id);
        is_there = complete(l, c, jobs[i].key, jobs[i].id);
    }
    return is_there && count >= 0;
}

static void *load_run(void *ctx)
{
    struct load *l = ctx;
    struct client c;

    client_init(&c, l->port);
    while (!atomic_load(&l->ends))
        if (!work(l->ledger, &c))
            sleep_ms(2); /* it is dead; so will be the load */
    client_close(&c);
    return NULL;
}

struct load *load_start(struct ledger *ledger, int port, int clients)
{
    struct load *l = must_alloc(sizeof(*l));

    *l = (struct load){.ledger = ledger, .port = port, .count = clients};
    for (int i = 0; i < clients; i++)
        must(pthread_create(&l->threads[i], NULL, load_run, l) == 0);
    return l;
}

void load_stop(struct load *l)
{
    atomic_store(&l->ends, true);
    for (int i = 0; i < l->count; i++)
        pthread_join(l->threads[i], NULL);
    free(l);
}

/* ---- the end
 * ---------------------------------------------------------------------------- */

/* Until no job comes for longer than one is held. */
static bool drain(struct ledger *l, struct client *c)
{
    static struct job jobs[256];

    for (int idle = 0; idle < HELD_MS + 500;) {
        int count = activate(c, jobs, (int)LEN(jobs));
        if (count < 0)
            return false;
        for (int i = 0; i < count; i++) {
            job_seen(l, jobs[i].key, jobs[i].id);
            if (!complete(l, c, jobs[i].key, jobs[i].id))
                return false;
        }
        idle = count ? 0 : idle + 100;
        if (!count)
            sleep_ms(100);
    }
    return true;
}

bool ledger_settle(struct ledger *l, int port)
{
    struct client c;

    client_init(&c, port);
    bool is_drained = drain(l, &c);
    client_close(&c);
    if (!is_drained)
        snprintf(l->first, sizeof(l->first), "the server does not answer at the end");
    for (u64 id = 1; is_drained && id < l->next; id++)
        if (l->lines[id].is_created && !l->lines[id].job)
            ledger_wrong(l, &l->lost, "its creation was acknowledged, and it is lost",
                         id);
    return is_drained && l->lost + l->twice == 0;
}
