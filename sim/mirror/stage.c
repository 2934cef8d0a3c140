#include "sim/mirror/stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/mirror/engine.h"
#include "sim/mirror/mirror.h"

enum {
    STIMULI_MAX = 40,
    CHOICES_MAX = 200,
    TTL_MAX = 30, /* seconds */
};

struct stage {
    struct plan plan;
    u64 seed;
    struct arena file; /* the BPMN */
    struct str bpmn;
    struct arena arena; /* of a path */
    struct actor actor;
    struct mirror mirror;
    struct prng prng;
    struct buf story;
    u64 instance;
    u64 stimuli;
    u64 restarts;
    bool is_refused;
    char failure[400];
};

static bool fail(struct stage *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(struct stage *s, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    if (!s->failure[0])
        vsnprintf(s->failure, sizeof(s->failure), fmt, args);
    va_end(args);
    return false;
}

struct stage *stage_open(const struct plan *p, u64 seed)
{
    struct stage *s = must_alloc(sizeof(*s));
    struct buf bpmn;
    struct str why;

    s->plan = *p;
    s->seed = seed;
    arena_init(&s->file, 64 << 10, 4 << 20, NULL);
    arena_init(&s->arena, 256 << 10, (size_t)1 << 30, NULL);
    buf_init(&bpmn, &s->file, 32 << 10);
    plan_write(p, &bpmn);
    s->bpmn = buf_str(&bpmn);
    buf_init(&s->story, &s->arena, 4096);
    s->is_refused = !actor_open(&s->actor, s->bpmn, &why);
    if (s->is_refused)
        fail(s, "refused: %.*s", ARG(why));
    return s;
}

void stage_close(struct stage *s)
{
    actor_close(&s->actor);
    arena_free(&s->arena);
    arena_free(&s->file);
    free(s);
}

const char *stage_failure(const struct stage *s)
{
    return s->failure;
}

bool stage_is_refused(const struct stage *s)
{
    return s->is_refused;
}

struct str stage_bpmn(const struct stage *s)
{
    return s->bpmn;
}

struct str stage_story(const struct stage *s)
{
    return buf_str(&s->story);
}

u64 stage_stimuli(const struct stage *s)
{
    return s->stimuli;
}

/* ---- do they agree? -------------------------------------------------------------- */

static bool differ(struct stage *s, const char *what, struct str mirror,
                   struct str engine)
{
    buf_print(&s->story, "\n%s by the mirror:\n%.*s\n%s by the engine:\n%.*s\n", what,
              ARG(mirror), what, ARG(engine));
    return fail(s, "stimulus %llu: they differ in %s", (unsigned long long)s->stimuli,
                what);
}

/* Once they stand alike, each node of the mirror learns the engine's key. */
static void pair(struct stage *s, struct node *n, u64 key)
{
    u64 child = 0;

    n->key = key;
    for (struct node *c = n->children; c; c = c->next) {
        child = child_after(s->actor.state, key, child);
        pair(s, c, child);
    }
}

static bool agree(struct stage *s)
{
    struct buf mirror, engine;

    if (s->mirror.is_endless)
        return true;
    buf_init(&mirror, &s->arena, 1024);
    buf_init(&engine, &s->arena, 1024);
    if (!str_equal(buf_str(&s->mirror.trace), buf_str(&s->actor.trace)))
        differ(s, "what happened", buf_str(&s->mirror.trace), buf_str(&s->actor.trace));
    mirror_print(&s->mirror, &mirror);
    actor_print(&s->actor, s->instance, &engine);
    if (s->failure[0] || !str_equal(buf_str(&mirror), buf_str(&engine)))
        return differ(s, "how it stands", buf_str(&mirror), buf_str(&engine));
    buf_print(&s->story, "  %.*s\n%.*s", ARG(buf_str(&s->mirror.trace)),
              ARG(buf_str(&mirror)));
    s->mirror.trace.len = s->actor.trace.len = 0;
    if (s->mirror.root)
        pair(s, s->mirror.root, s->instance);
    return true;
}

/* ---- stimuli --------------------------------------------------------------------- */

static u32 below(struct stage *s, u32 bound)
{
    return (u32)prng_below(&s->prng, bound);
}

static bool chance(struct stage *s, u32 mille)
{
    return prng_chance(&s->prng, mille);
}

static struct str some_value(struct stage *s)
{
    return chance(s, 60) ? STR("null") : arena_print(&s->arena, "%u", below(s, 10));
}

static void some_document(struct stage *s, struct document *d)
{
    u32 count = below(s, 3);

    d->count = 0;
    for (u32 i = 0; i < count; i++) {
        struct name n;
        snprintf(n.text, sizeof(n.text), "v%u", below(s, 4));
        document_put(d, &n, some_value(s));
    }
}

static struct str text_of(struct stage *s, const struct document *d)
{
    return document_print(d, &s->arena);
}

static bool act(struct stage *s, enum command_kind kind, u64 key, const void *record)
{
    if (s->mirror.is_endless)
        return true;
    bool is_undone = true;
    bool is_done = chance(s, 60)
                       ? actor_do_undone(&s->actor, kind, key, record, &is_undone)
                       : actor_do(&s->actor, kind, key, record);

    if (!is_undone)
        return fail(s, "a step that was stopped has not left everything as it was");
    if (!is_done)
        return fail(s, "stimulus %llu: the engine does not take it: %.*s",
                    (unsigned long long)s->stimuli, ARG(s->actor.out.reason));
    return true;
}

enum choice_kind {
    CHOICE_TAKE,
    CHOICE_COMPLETE,
    CHOICE_FINISH,
    CHOICE_FAIL,
    CHOICE_THROW,
    CHOICE_PUBLISH,
    CHOICE_PUBLISH_EARLY,
    CHOICE_SIGNAL,
    CHOICE_TICK,
    CHOICE_RESOLVE,
    CHOICE_ACTIVATE,
    CHOICE_SET,
    CHOICE_CANCEL,
};

struct choice {
    enum choice_kind kind;
    struct node *node;
    const struct wait *wait;
};

struct choices {
    struct choice items[CHOICES_MAX];
    u32 count;
    bool is_waiting; /* for something but a person's cancel */
};

static bool is_progress(enum choice_kind kind)
{
    return kind < CHOICE_SET && kind != CHOICE_PUBLISH_EARLY;
}

static void choice_add(struct choices *c, u32 weight, struct choice like)
{
    for (u32 i = 0; i < weight && c->count < CHOICES_MAX; i++)
        c->items[c->count++] = like;
    c->is_waiting = c->is_waiting || is_progress(like.kind);
}

static void choices_of_waits(struct choices *c, struct node *n)
{
    for (const struct wait *w = n->waits; w; w = w->next) {
        if (w->event == ON_MESSAGE)
            choice_add(c, 3, (struct choice){CHOICE_PUBLISH, n, w});
        else if (w->event == ON_SIGNAL)
            choice_add(c, 2, (struct choice){CHOICE_SIGNAL, n, w});
        else
            choice_add(c, 1, (struct choice){CHOICE_TICK, n, w});
    }
}

static void choices_find(struct stage *s, struct choices *c)
{
    c->count = 0;
    c->is_waiting = false;
    for (struct node *n = NULL; (n = mirror_next(&s->mirror, n));) {
        if (n->job == JOB_WAITS) {
            choice_add(c, 1, (struct choice){CHOICE_TAKE, n, NULL});
            choice_add(c, 6, (struct choice){CHOICE_COMPLETE, n, NULL});
            choice_add(c, 1, (struct choice){CHOICE_FAIL, n, NULL});
            if (!n->is_listening) /* the engine refuses what the original cannot do */
                choice_add(c, 2, (struct choice){CHOICE_THROW, n, NULL});
        }
        if (node_is_task(&s->mirror, n) && !n->triggers)
            choice_add(c, 6, (struct choice){CHOICE_FINISH, n, NULL});
        if (node_takes_more(&s->mirror, n))
            choice_add(c, 2, (struct choice){CHOICE_ACTIVATE, n, NULL});
        if (n->trouble)
            choice_add(c, 3, (struct choice){CHOICE_RESOLVE, n, NULL});
        choices_of_waits(c, n);
        if (n->state != NODE_TERMINATING && chance(s, 100))
            choice_add(c, 1, (struct choice){CHOICE_SET, n, NULL});
    }
    if (chance(s, 500))
        choice_add(c, 2, (struct choice){CHOICE_PUBLISH_EARLY, NULL, NULL});
    if (chance(s, 100) || !c->is_waiting)
        choice_add(c, 1, (struct choice){CHOICE_CANCEL, s->mirror.root, NULL});
}

static const char *id_of(const struct stage *s, const struct node *n)
{
    return s->plan.parts[n->part].id.text;
}

static u64 job_key(const struct stage *s, const struct node *n)
{
    return job_of(s->actor.state, n->key);
}

static struct str job_type(struct stage *s, const struct node *n)
{
    const struct part *x = &s->plan.parts[n->part];
    char phase = n->state == NODE_ACTIVATING ? 's' : 'e';

    if (n->is_listening)
        return arena_print(&s->arena, "%s-%c%d", x->id.text, phase, n->listener + 1);
    return str_of(x->kind == PART_USER ? "io.camunda.zeebe:userTask" : x->id.text);
}

static bool taken_fits(struct stage *s, const struct activated_job *j)
{
    struct document sees;
    struct node *n = NULL;

    while ((n = mirror_next(&s->mirror, n)) && n->key != j->element_instance_key)
        ;
    if (!n || n->job != JOB_WAITS)
        return fail(s, "a job is handed out that nobody has");
    mirror_visible(&s->mirror, n, &sees);
    struct str wanted = text_of(s, &sees);
    if (j->retries == n->retries && str_equal(wanted, j->variables))
        return true;
    return differ(s, "what a worker gets", wanted, j->variables);
}

/* Workers take all jobs of the type, and see what their elements see. */
static bool do_take(struct stage *s, struct node *n)
{
    struct job_activate a = {.type = job_type(s, n),
                             .worker = STR("mirror"),
                             .timeout = 1000 + below(s, 1000000),
                             .max_jobs = 100};

    buf_print(&s->story, "take %.*s\n", ARG(a.type));
    if (!act(s, CMD_JOB_ACTIVATE, 0, &a))
        return false;
    const struct jobs_activated *taken = s->actor.out.answer;
    for (u32 i = 0; taken && i < taken->jobs.count; i++)
        if (!taken_fits(s, &taken->jobs.items[i]))
            return false;
    return true;
}

static bool do_complete(struct stage *s, struct node *n)
{
    struct document d;
    struct job_complete c = {{NULL, 0}};

    some_document(s, &d);
    c.variables = text_of(s, &d);
    buf_print(&s->story, "complete %s %.*s\n", id_of(s, n), ARG(c.variables));
    u64 job = job_key(s, n);
    mirror_complete(&s->mirror, n, &d);
    return act(s, CMD_JOB_COMPLETE, job, &c);
}

static bool do_finish(struct stage *s, struct node *n)
{
    struct document d;
    struct user_task_complete c = {{NULL, 0}};

    some_document(s, &d);
    c.variables = text_of(s, &d);
    buf_print(&s->story, "finish %s %.*s\n", id_of(s, n), ARG(c.variables));
    u64 task = user_task_of(s->actor.state, n->key);
    mirror_complete(&s->mirror, n, &d);
    return act(s, CMD_USER_TASK_COMPLETE, task, &c);
}

static bool do_fail(struct stage *s, struct node *n)
{
    struct document d;
    struct job_fail f = {.retries = (i32)below(s, 3)};

    some_document(s, &d);
    f.variables = text_of(s, &d);
    buf_print(&s->story, "fail %s, %d left, %.*s\n", id_of(s, n), f.retries,
              ARG(f.variables));
    mirror_fail(&s->mirror, n, f.retries, &d);
    return act(s, CMD_JOB_FAIL, job_key(s, n), &f);
}

static bool do_throw(struct stage *s, struct node *n)
{
    struct document d;
    struct job_throw_error t = {.error_code =
                                    arena_print(&s->arena, "E%u", below(s, 4))};

    some_document(s, &d);
    t.variables = text_of(s, &d);
    buf_print(&s->story, "throw %.*s at %s %.*s\n", ARG(t.error_code), id_of(s, n),
              ARG(t.variables));
    u64 job = job_key(s, n);
    mirror_throw(&s->mirror, n, t.error_code, &d);
    return act(s, CMD_JOB_THROW_ERROR, job, &t);
}

static bool publish(struct stage *s, struct str name, struct str key, i64 ttl)
{
    struct document d;
    struct message_publish p = {
        .name = name, .correlation_key = key, .time_to_live = ttl};

    some_document(s, &d);
    p.variables = text_of(s, &d);
    buf_print(&s->story, "publish %.*s for %.*s, kept %lld ms, %.*s\n", ARG(name),
              ARG(key), (long long)ttl, ARG(p.variables));
    mirror_publish(&s->mirror, name, key, ttl, &d);
    return act(s, CMD_MESSAGE_PUBLISH, 0, &p);
}

static i64 some_ttl(struct stage *s)
{
    return chance(s, 500) ? 0 : 1000 * (i64)(1 + below(s, TTL_MAX));
}

static bool do_publish(struct stage *s, const struct wait *w)
{
    return publish(s, w->name, w->key, some_ttl(s));
}

/* Perhaps somebody will wait for it. */
static bool do_publish_early(struct stage *s)
{
    const struct part *x = &s->plan.parts[below(s, (u32)s->plan.part_count)];
    struct str key = arena_print(&s->arena, "%u", below(s, 2));

    if (x->event != ON_MESSAGE || !x->key.kind)
        return true;
    return publish(s, str_of(x->name.text), key, some_ttl(s));
}

static bool do_signal(struct stage *s, const struct wait *w)
{
    struct document d;
    struct signal_broadcast b = {.name = w->name};

    some_document(s, &d);
    b.variables = text_of(s, &d);
    buf_print(&s->story, "signal %.*s %.*s\n", ARG(b.name), ARG(b.variables));
    mirror_signal(&s->mirror, b.name, &d);
    return act(s, CMD_SIGNAL_BROADCAST, 0, &b);
}

static bool do_tick(struct stage *s)
{
    i64 when = 0;

    must(mirror_due(&s->mirror, &when));
    when = when < s->actor.now ? s->actor.now : when;
    buf_print(&s->story, "it is %lld\n", (long long)when);
    mirror_tick(&s->mirror, when);
    if (s->mirror.is_endless)
        return true;
    return actor_tick(&s->actor, when) || fail(s, "a timer was not taken");
}

static bool do_set(struct stage *s, struct node *n)
{
    struct document d;
    struct variables_set v = {.is_local = chance(s, 500)};

    some_document(s, &d);
    v.variables = text_of(s, &d);
    buf_print(&s->story, "set %.*s at %s%s\n", ARG(v.variables), id_of(s, n),
              v.is_local ? " only" : "");
    mirror_set(&s->mirror, n, &d, v.is_local);
    return act(s, CMD_VARIABLES_SET, n->key, &v);
}

/* Any of those that can begin, perhaps instead of what is there. */
static bool do_activate(struct stage *s, struct node *n)
{
    bool instead = chance(s, 250);
    i32 parts[PARTS_MAX], count = 0;
    struct document d;

    for (i32 i = 0; i < s->plan.part_count; i++)
        if (part_can_begin(&s->plan, i, n->part))
            parts[count++] = i;
    if (count == 0)
        return true;
    i32 part = parts[below(s, (u32)count)];
    some_document(s, &d);
    struct ad_hoc_element e = {str_of(s->plan.parts[part].id.text), text_of(s, &d)};
    buf_print(&s->story, "begin %.*s in %s %.*s%s\n", ARG(e.element_id), id_of(s, n),
              ARG(e.variables), instead ? " instead" : "");
    mirror_activate(&s->mirror, n, part, instead, &d);
    return act(s, CMD_AD_HOC_ACTIVATE, n->key,
               &(struct ad_hoc_activate){{&e, 1}, instead});
}

static bool do_resolve(struct stage *s, struct node *n)
{
    u64 incident = incident_after(s->actor.state, n->key, 0);

    if (chance(s, 500) && !(do_set(s, n) && agree(s)))
        return false;
    if (n->job == JOB_FAILED || n->job == JOB_THREW) {
        n->retries = 1;
        if (!act(s, CMD_JOB_UPDATE_RETRIES, job_key(s, n),
                 &(struct job_update_retries){1}))
            return false;
    }
    buf_print(&s->story, "resolve %s\n", id_of(s, n));
    mirror_resolve(&s->mirror, n);
    return act(s, CMD_INCIDENT_RESOLVE, incident, NULL);
}

static bool do_cancel(struct stage *s)
{
    buf_print(&s->story, "cancel\n");
    mirror_cancel(&s->mirror);
    return act(s, CMD_INSTANCE_CANCEL, s->instance, NULL);
}

static bool choice_do(struct stage *s, const struct choice *c)
{
    switch (c->kind) {
    case CHOICE_TAKE:
        return do_take(s, c->node);
    case CHOICE_COMPLETE:
        return do_complete(s, c->node);
    case CHOICE_FINISH:
        return do_finish(s, c->node);
    case CHOICE_FAIL:
        return do_fail(s, c->node);
    case CHOICE_THROW:
        return do_throw(s, c->node);
    case CHOICE_PUBLISH:
        return do_publish(s, c->wait);
    case CHOICE_PUBLISH_EARLY:
        return do_publish_early(s);
    case CHOICE_SIGNAL:
        return do_signal(s, c->wait);
    case CHOICE_TICK:
        return do_tick(s);
    case CHOICE_RESOLVE:
        return do_resolve(s, c->node);
    case CHOICE_ACTIVATE:
        return do_activate(s, c->node);
    case CHOICE_SET:
        return do_set(s, c->node);
    case CHOICE_CANCEL:
        return do_cancel(s);
    }
    return false;
}

/* ---- a path ---------------------------------------------------------------------- */

static void first_document(struct stage *s, struct document *d)
{
    d->count = 0;
    for (u32 i = 0; i < 4; i++) {
        struct name n;
        snprintf(n.text, sizeof(n.text), "v%u", i);
        if (chance(s, 950))
            document_put(d, &n, some_value(s));
    }
    document_put(d, &(struct name){"l0"}, STR("[3,4]"));
    if (chance(s, 900))
        document_put(d, &(struct name){"l1"}, STR("[]"));
    document_put(d, &(struct name){"l2"}, STR("[null,5,6]"));
}

static void path_init(struct stage *s, u64 path)
{
    s->prng = (struct prng){hash_mix(s->seed * 1000003 + path)};
    arena_reset(&s->arena);
    buf_init(&s->story, &s->arena, 4096);
    mirror_init(&s->mirror, &s->plan, &s->arena);
    s->mirror.now = s->actor.now;
    s->actor.trace.len = 0;
    s->instance = 0;
}

static bool create(struct stage *s, const struct document *d)
{
    i32 process = s->plan.processes[0];
    struct instance_create c = {
        .bpmn_process_id = str_of(s->plan.parts[process].id.text),
        .version = -1,
        .variables = text_of(s, d),
    };

    mirror_create(&s->mirror, d);
    return act(s, CMD_INSTANCE_CREATE, 0, &c);
}

/* By a message or signal that it begins with. */
static bool begin(struct stage *s, i32 start, const struct document *d)
{
    struct str name = str_of(s->plan.parts[start].name.text);
    struct message_publish p = {.name = name,
                                .correlation_key = chance(s, 500) ? STR("k") : STR(""),
                                .variables = text_of(s, d)};
    struct signal_broadcast b = {.name = name, .variables = p.variables};

    mirror_begin(&s->mirror, start, d);
    return s->plan.parts[start].event == ON_MESSAGE
               ? act(s, CMD_MESSAGE_PUBLISH, 0, &p)
               : act(s, CMD_SIGNAL_BROADCAST, 0, &b);
}

static bool path_begin(struct stage *s, u64 path)
{
    i32 start = s->plan.process_count; /* the first part behind the processes */
    struct document d;

    path_init(s, path);
    first_document(s, &d);
    buf_print(&s->story, "create %.*s\n", ARG(text_of(s, &d)));
    bool is_done =
        s->plan.parts[start].event == ON_NOTHING ? create(s, &d) : begin(s, start, &d);
    s->instance = actor_instance(&s->actor);
    return is_done && agree(s);
}

static bool path_step(struct stage *s)
{
    struct choices c;

    s->stimuli++;
    choices_find(s, &c);
    if (!choice_do(s, &c.items[below(s, c.count)]) || !agree(s))
        return false;
    if (chance(s, 15)) {
        s->restarts++;
        buf_print(&s->story, "restart\n");
        if (!actor_replays(&s->actor))
            return fail(s, "the log gives another state than the steps");
    }
    return true;
}

/* Nothing is left of it when the last message that was kept for it has gone. */
static bool path_end(struct stage *s)
{
    if (!actor_tick(&s->actor, s->actor.now + TTL_MAX * 1000))
        return fail(s, "messages do not expire");
    const char *left = actor_leftover(&s->actor);
    return !left || fail(s, "the instance has ended, but a row of %s is left", left);
}

/* A process that never comes to rest: the engine was not told, and has to stop. */
static bool path_stop(struct stage *s)
{
    s->mirror.is_endless = false;
    if (instance_get(s->actor.state, s->instance) &&
        !act(s, CMD_INSTANCE_CANCEL, s->instance, NULL))
        return false;
    return path_end(s);
}

bool stage_path(struct stage *s, u64 path)
{
    if (s->failure[0] || !path_begin(s, path))
        return false;
    for (u32 i = 0; i < STIMULI_MAX && s->mirror.root && !s->mirror.is_endless; i++)
        if (!path_step(s))
            return false;
    if (s->mirror.is_endless)
        return path_stop(s);
    if (s->mirror.root && !(do_cancel(s) && agree(s)))
        return false;
    return path_end(s);
}

bool stage_end(struct stage *s)
{
    if (!actor_replays(&s->actor))
        return fail(s, "the log gives another state than the steps");
    if (s->restarts && !actor_repeats(&s->actor))
        return fail(s, "the same commands give another log without the restarts");
    return true;
}
