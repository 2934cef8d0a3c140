/* A server for one's own folder of models: they are deployed when it starts and
 * whenever they change. The server turns in this thread; a second one watches the
 * folder, and deploys through the public port as anybody else does. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/deploy.h"
#include "cli/files.h"
#include "cli/run.h"

#define LOOK_MS 300

struct watched {
    const char *path;
    i64 size, changed; /* when it was deployed last */
};

struct dev {
    struct options options; /* of whoever asks the server: see dev_of */
    struct server *server;
    const char *folder;
    pthread_t thread;
    atomic_bool stops;
    struct watched files[FILES_MAX];
    size_t count;
    bool has_begun;
};

/* A desk's `run` is told its options only, and these are a part of us. */
static struct dev *dev_of(const struct desk *d)
{
    return (struct dev *)(uintptr_t)((const char *)d->options -
                                     offsetof(struct dev, options));
}

/* ---- what has changed ------------------------------------------------------------ */

static struct watched *watched_find(struct dev *v, const char *path)
{
    for (size_t i = 0; i < v->count; i++)
        if (strcmp(v->files[i].path, path) == 0)
            return &v->files[i];
    return NULL;
}

/* New, or other than it was; noted as it is now. */
static bool has_changed(struct dev *v, const char *path)
{
    struct watched *w = watched_find(v, path);
    struct stat now;
    bool is_other;

    if (stat(path, &now) != 0)
        return false;
    i64 changed = (i64)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec;
    if (!w) {
        if (v->count == FILES_MAX)
            return false;
        w = &v->files[v->count++];
        *w = (struct watched){.path = strdup(path), .size = -1};
        must(w->path);
    }
    is_other = w->size != now.st_size || w->changed != changed;
    w->size = now.st_size;
    w->changed = changed;
    return is_other;
}

/* ---- deploying ------------------------------------------------------------------- */

static void deployed_tell(struct remote *r, const char *path, struct str answer)
{
    struct str all = field(r, answer, "deployments");
    struct json_walk w = json_walk(all.len ? all : STR("[]"));

    for (struct json_member m; json_next(&w, r->arena, &m);) {
        struct str p = field(r, m.value, "processDefinition"),
                   decision = field(r, m.value, "decisionDefinition");
        if (p.len)
            printf("deployed %s: process %.*s v%.*s\n", path,
                   ARG(field(r, p, "processDefinitionId")),
                   ARG(field(r, p, "processDefinitionVersion")));
        else if (decision.len)
            printf("deployed %s: decision %.*s v%.*s\n", path,
                   ARG(field(r, decision, "decisionDefinitionId")),
                   ARG(field(r, decision, "version")));
    }
    if (all.len <= 2)
        printf("deployed %s\n", path);
    fflush(stdout);
}

/* One that is wrong does not keep the others from it. */
static void file_deploy(struct dev *v, struct remote *r, const char *path)
{
    struct path_list one = {&path, 1};
    struct str answer;

    r->is_quiet = true;
    int code = models_deploy(r, &one, &answer);
    if (!code) {
        deployed_tell(r, path, answer);
        return;
    }
    fprintf(stderr, "not deployed %s: %.*s\n", path,
            ARG(r->detail.len ? r->detail : STR("the server did not answer")));
}

/* The clock stands still from the beginning. */
static void clock_stop(struct remote *r)
{
    struct timespec now;
    struct str answer;

    clock_gettime(CLOCK_REALTIME, &now);
    if (!remote_call(
            r, "PUT", "/v2/clock",
            arena_print(r->arena, "{\"timestamp\":%lld}", (long long)now.tv_sec * 1000),
            &answer))
        printf("the clock stands still; fermata clock advance SPAN moves it\n");
}

static int look(struct desk *d)
{
    struct dev *v = dev_of(d);
    struct path_list all = {0};
    struct remote r;
    int code = remote_open(&r, d);

    if (!code && !v->has_begun && strcmp(v->options.clock, "virtual") == 0)
        clock_stop(&r);
    if (!code)
        code = models_list(d, v->folder, &all);
    for (size_t i = 0; !code && i < all.count; i++)
        if (has_changed(v, all.items[i]))
            file_deploy(v, &r, all.items[i]);
    if (!v->has_begun && all.count == 0)
        fprintf(stderr, "no models in %s yet: they are deployed as soon as there are\n",
                v->folder);
    v->has_begun = true;
    return code;
}

static void *watch(void *ctx)
{
    const struct timespec pause = {0, LOOK_MS * 1000000};
    struct dev *v = ctx;

    while (!atomic_load(&v->stops)) {
        desk_run(&v->options, look);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

/* ---- the command ----------------------------------------------------------------- */

static bool words_read(struct dev *v, const struct options *o)
{
    v->folder = o->word_count ? o->words[0] : ".";
    if (o->word_count > 1) {
        fprintf(stderr, "fermata: usage: fermata dev [DIR]\n");
        return false;
    }
    if (strcmp(o->clock, "real") != 0 && strcmp(o->clock, "virtual") != 0) {
        fprintf(stderr, "fermata: --clock is real or virtual, not '%s'\n", o->clock);
        return false;
    }
    if (files_is_folder(v->folder))
        return true;
    fprintf(stderr,
            "fermata: %s is no folder; fermata dev DIR watches one with models\n",
            v->folder);
    return false;
}

static int serve(struct dev *v, const struct options *o)
{
    char url[128];

    v->server = run_open(o);
    if (!v->server)
        return CLI_FAILED;
    snprintf(url, sizeof(url), "http://%s", server_http(v->server));
    v->options.server = url;
    printf("pages at %s/, models of %s\n", url, v->folder);
    fflush(stdout);
    must(pthread_create(&v->thread, NULL, watch, v) == 0);
    while (run_turn(v->server))
        ;
    atomic_store(&v->stops, true);
    int code = run_close(v->server); /* which ends what the other thread waits for */
    pthread_join(v->thread, NULL);
    return code;
}

int dev_main(const struct options *o)
{
    struct dev *v = must_alloc(sizeof(*v));
    struct options mine = *o;
    char data[4096];
    int code = CLI_USAGE;

    v->options = *o;
    if (words_read(v, o)) {
        if (strcmp(o->data, "./.fermata") == 0) {
            snprintf(data, sizeof(data), "%s/.fermata", v->folder);
            mine.data = data;
        }
        mine.clock_control |= strcmp(o->clock, "virtual") == 0;
        code = serve(v, &mine);
    }
    for (size_t i = 0; i < v->count; i++)
        free((char *)(uintptr_t)v->files[i].path);
    free(v);
    return code;
}
