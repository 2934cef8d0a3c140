/* scenario.c - reads scenarios: what a process does, as text that its author can read,
 * run over the real gate and nodes with a log in memory. Time is a number.
 *
 *     # what it shows, in a sentence
 *     process order                      deployed where it stands (notation.inc)
 *       start s -> service pack type=pack
 *     > create order {"a":1}             a command; below it, all that happened
 *       INSTANCE_CREATED order v1   VARIABLE_CREATED order.a=1 ...
 *     > complete nobody
 *       ! Command 'COMPLETE' rejected with code 'NOT_FOUND': ...
 *     at end: jobs pack                  what is left in state
 *
 *     scenario [--bless] [FILE...]       all of t/scenario when none is named, and
 *                                        whether each is in an area of its INDEX
 *
 * Commands ({..} stands for variables, NAME for an element, `pack#2` for one of the
 * second instance that was made, `pack@2` for the second of those that are there):
 *
 *     create ID {..} version=N key=ID/vN result fetch=[a,b] wait=5s
 *            starts=[a,b] ends=[c] tags=[x,y] business=B
 *     activate TYPE max=N worker=W timeout=10s fetch=[a,b] wait=5s
 *     complete NAME {..} begin=[a,b] with={..} fulfilled cancel
 *              denied=WHY assignee=WHO priority=N
 *     adhoc NAME begin=[a,b] with={..} cancel
 *     fail NAME retries=N back-off=5s message=M {..}
 *     throw NAME code=C message=M {..}   retries NAME to=N    timeout NAME to=5s
 *     update NAME retries=N timeout=5s priority=N    priority NAME to=N
 *     business NAME id=B                 resolve NAME         cancel NAME
 *     suspend NAME                       resume NAME          resolve-all NAME
 *     batch cancel {filter}              (suspend, resume, resolve)
 *     batch migrate {filter} to=ID/vN map=[a:b]
 *     batch modify {filter} move=[a:b]   batch update {filter} retries=N
 *     batch rest batch/vN                (go-on, end); "@NAME" in a filter is a key
 *     publish NAME KEY ttl=1h id=I {..}  set NAME local {..}  deploy FILE...
 *     signal NAME {..}                   delete ID/vN         correlate NAME KEY {..}
 *     finish NAME {..}                   assign NAME to=WHO claim
 *     unassign NAME                      edit NAME priority=N (user tasks)
 *     conditions {..} key=ID/vN
 *     evaluate ID {..}                   evaluate key=ID/vN {..}
 *     migrate NAME to=ID/vN map=[a:b]
 *     why NAME                           why it waits (of an instance)
 *     modify NAME begin=[a,b] in=NAME at=SCOPE {..} end=[NAME] all=[a] move=[a:b] infer
 * parent wait 5s       what is due comes at its time skip 5s       nobody looks until
 * then restart       all that is not in the log is lost ask COMMAND   without a turn,
 * so that several wait at once; turns of=N are turns break emit=N  the n-th emit from
 * now fails like a must of ours
 *
 * Lines below that begin with `!` or `=` are answers, refused or not. Many events are
 * only counted. `file NAME` with processes or `raw` lines in it is kept for `deploy`,
 * which also finds t/models/NAME.
 *
 * Each scenario is run again in each of the modes below and must come to the same,
 * command by command. With a line `races: why` it need only come to the same end; `run
 * once: why` stands where nothing of that can be asked. `partitions: 3` is for the
 * usual run alone; `limits: entry=N message=N todos=N` make those of the engine small;
 * `unique: business ids` makes them so.
 */
#include "t/scenario/scenario.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "json/json.h"
#include "state/read.h"

/* The other parts of this program. They are not built by themselves, since objects of
 * t/scenario/ and a program of that name would be in each other's way. */
#include "t/scenario/names.inc"
#include "t/scenario/notation.inc"
#include "t/scenario/world.inc"

static const struct mode modes[] = {
    {.name = "as usual", .todos = 100},
    {.name = "each emit fails once", .partitions = 1, .todos = 100, .aborts = true},
    {.name = "with memory that grows", .partitions = 1, .todos = 100, .grows = true},
    {.name = "with a crash after each command",
     .partitions = 1,
     .todos = 100,
     .crashes = true},
    {.name = "with all to-dos left for later", .partitions = 1, .todos = 0},
    {.name = "with one to-do a step", .partitions = 1, .todos = 1},
    {.name = "with two to-dos a step", .partitions = 1, .todos = 2},
    {.name = "on three partitions", .partitions = 3, .todos = 100},
};

#define EVENTS_SHOWN 250
#define COLUMNS      88

/* What came of one command. */
struct came {
    struct str text;    /* as it is printed, with line breaks */
    struct str *sorted; /* what must be the same in every mode */
    size_t count;
};

struct run {
    struct world world;
    struct arena *arena; /* of this scenario */
    const struct str *lines;
    size_t line_count;
    struct file {
        struct str name, content;
        struct file *next;
    } * files;
    struct came *outcomes;  /* one a line; empty where there is no command */
    size_t events, answers; /* told already */
    bool is_quiet;          /* a deployment that is only to be there */
};

/* ---- small things ---------------------------------------------------------------- */

static bool is_indented(struct str line)
{
    return line.len > 0 && line.data[0] == ' ';
}

static void wrong(struct run *r, size_t line, const char *what, struct str about)
{
    world_wrong(&r->world, "line %zu: %s '%.*s'", line + 1, what, ARG(about));
}

static i64 duration_read(struct run *r, struct str s)
{
    static const struct {
        const char *unit;
        i64 ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    i64 n;

    for (size_t i = 0; i < LEN(units); i++) {
        struct str number = s;
        if (!str_ends(s, str_of(units[i].unit)))
            continue;
        number.len -= strlen(units[i].unit);
        if (str_to_i64(number, &n))
            return n * units[i].ms;
    }
    world_wrong(&r->world, "no duration: '%.*s'", ARG(s));
    return 0;
}

/* ---- commands: their words ------------------------------------------------------- */

struct words {
    struct str items[24];
    u32 count;
};

static struct str word(const struct words *w, u32 i)
{
    return i < w->count ? w->items[i] : (struct str){NULL, 0};
}

static bool has_word(const struct words *w, const char *name)
{
    struct str value;

    for (u32 i = 1; i < w->count; i++)
        if (str_is(word_name(w->items[i], &value), name))
            return true;
    return false;
}

static struct str option(const struct words *w, const char *name)
{
    struct str value;

    for (u32 i = 1; i < w->count; i++)
        if (w->items[i].data[0] != '{' && str_is(word_name(w->items[i], &value), name))
            return value;
    return (struct str){NULL, 0};
}

static i64 option_number(struct run *r, const struct words *w, const char *name,
                         i64 otherwise)
{
    struct str s = option(w, name);
    i64 n = otherwise;

    if (s.len && !str_to_i64(s, &n))
        world_wrong(&r->world, "no number: '%.*s'", ARG(s));
    return n;
}

static i64 option_time(struct run *r, const struct words *w, const char *name,
                       i64 otherwise)
{
    struct str s = option(w, name);

    return s.len ? duration_read(r, s) : otherwise;
}

static struct str letters(struct run *r, i64 count)
{
    char *text = arena_alloc(r->arena, (size_t)count);

    memset(text, 'x', (size_t)count);
    return (struct str){text, (size_t)count};
}

/* What a worker says, or so many letters. */
static struct str option_message(struct run *r, const struct words *w)
{
    i64 length = option_number(r, w, "message-length", 0);

    return length > 0 ? letters(r, length) : option(w, "message");
}

/* [a,b] */
static struct text_list option_list(struct run *r, const struct words *w,
                                    const char *name)
{
    struct str s = option(w, name), *all;
    u32 count = 0;

    if (s.len < 2)
        return (struct text_list){0};
    s = (struct str){s.data + 1, s.len - 2};
    all = NEW_ARRAY(r->arena, struct str, s.len + 1);
    for (struct str one; word_next(&s, r->arena, &one);)
        if (!str_is(one, ","))
            all[count++] = one;
    return (struct text_list){all, count};
}

static struct str document(struct run *r, const struct words *w)
{
    static const struct json_limits limits = {.depth = 100};
    struct str out = {NULL, 0};
    struct err err;

    if (has_word(w, "filler"))
        return arena_print(r->arena, "{\"filler\":\"%.*s\"}",
                           ARG(letters(r, option_number(r, w, "filler", 0))));
    for (u32 i = 1; i < w->count; i++)
        if (w->items[i].data[0] == '{' &&
            !json_canonical(w->items[i], JSON_OBJECT, &limits, r->arena, &out, &err))
            world_wrong(&r->world, "%s", err.text);
    return out;
}

/* ---- commands: whom they are about ----------------------------------------------- */

/* `pack@2`: the second one of those that are there. */
static struct str cut_at_number(struct str name, u64 *number)
{
    const char *at = name.len ? memchr(name.data, '@', name.len) : NULL;
    size_t len = at ? (size_t)(at - name.data) : name.len;

    *number = 0;
    if (!at || !str_to_u64((struct str){at + 1, name.len - len - 1}, number))
        return name;
    return (struct str){name.data, len};
}

/* Of the partition of this key, with all that is cold. */
static const struct state *state_of(struct run *r, u64 key)
{
    struct node *n = world_node(&r->world, key);
    struct err err;

    must(node_warm(n, 0, &err));
    return node_state(n);
}

/* A thing that is there, of the oldest instance; else the last one that was. */
static u64 key_of(struct run *r, enum thing_kind kind, struct str whole)
{
    struct thing *found = NULL;
    bool is_there = false;
    u64 number, seen = 0;
    struct str name = cut_at_number(whole, &number);

    for (struct thing *t = things(r->world.names); t; t = t->next) {
        const struct state *s = state_of(r, t->key);
        if (t->kind != kind || !str_equal(t->name, name))
            continue;
        bool lives = kind == THING_JOB        ? job_get(s, t->key) != NULL
                     : kind == THING_INCIDENT ? incident_get(s, t->key) != NULL
                                              : element_get(s, t->key) != NULL;
        if (lives && ++seen == number)
            return t->key;
        if (!found || (lives && !is_there) || (!lives && !is_there))
            found = t;
        is_there = is_there || lives;
    }
    return found ? found->key : (1ull << 51) + 999999999;
}

static u64 element_key(struct run *r, struct str name)
{
    u64 key = key_of(r, THING_INSTANCE, name);

    return thing_find(r->world.names, key) ? key : key_of(r, THING_ELEMENT, name);
}

/* `order/v2` */
static u64 version_key(struct run *r, struct str name)
{
    for (struct thing *t = things(r->world.names); t; t = t->next)
        if ((t->kind == THING_PROCESS || t->kind == THING_VERSION) &&
            str_equal(arena_print(r->arena, "%.*s/v%u", ARG(t->name), t->number), name))
            return t->key;
    return (1ull << 51) + 999999999;
}

/* ---- commands: each -------------------------------------------------------------- */

static void ask(struct run *r, enum command_kind kind, u64 key, const void *record)
{
    world_ask(&r->world, &(struct ask){.kind = kind, .key = key, .record = record});
}

static void starts_read(struct run *r, const struct words *w, struct instance_create *c)
{
    struct text_list starts = option_list(r, w, "starts"),
                     ends = option_list(r, w, "ends");
    struct start_instruction *at =
        NEW_ARRAY(r->arena, struct start_instruction, starts.count);
    struct runtime_instruction *after =
        NEW_ARRAY(r->arena, struct runtime_instruction, ends.count);

    for (u32 i = 0; i < starts.count; i++)
        at[i].element_id = starts.items[i];
    for (u32 i = 0; i < ends.count; i++)
        after[i].after_element_id = ends.items[i];
    c->starts = (struct start_instruction_list){at, starts.count};
    c->ends = (struct runtime_instruction_list){after, ends.count};
}

static void create(struct run *r, const struct words *w)
{
    struct instance_create c = {
        .bpmn_process_id = word(w, 1),
        .version = (i32)option_number(r, w, "version", -1),
        .variables = document(r, w),
        .awaits_result = has_word(w, "result"),
        .fetch_variables = option_list(r, w, "fetch"),
        .tags = option_list(r, w, "tags"),
        .business_id = option(w, "business"),
    };

    starts_read(r, w, &c);
    if (has_word(w, "key")) {
        c.bpmn_process_id = (struct str){NULL, 0};
        c.process_key = str_is(option(w, "key"), "none")
                            ? (u64)-1
                            : version_key(r, option(w, "key"));
    }
    world_ask(&r->world, &(struct ask){.kind = CMD_INSTANCE_CREATE,
                                       .record = &c,
                                       .wait_ms = option_time(r, w, "wait", 0)});
}

/* From all partitions, up to the number that is wanted. */
static void activate(struct run *r, const struct words *w)
{
    struct job_activate a = {
        .type = word(w, 1),
        .worker = option(w, "worker"),
        .timeout = option_time(r, w, "timeout", 60000),
        .max_jobs = (i32)option_number(r, w, "max", 32),
        .fetch_variables = option_list(r, w, "fetch"),
    };
    i64 wait = option_time(r, w, "wait", -1);

    if (str_is(a.worker, "") || a.worker.len == 0)
        a.worker = STR("w");
    for (u32 i = 0; i < r->world.partitions; i++) {
        size_t before = r->world.answer_count;
        r->world.got = 0;
        world_ask(
            &r->world,
            &(struct ask){.kind = CMD_JOB_ACTIVATE, .record = &a, .wait_ms = wait});
        world_settle(&r->world);
        a.max_jobs -= (i32)r->world.got;
        if (r->world.got == 0 && i > 0) /* a later round that brought nothing */
            r->world.answer_count = before;
        if (r->world.got == 0 || a.max_jobs <= 0)
            return;
    }
}

static bool file_load(const char *path, struct arena *arena, struct str *out)
{
    FILE *f = fopen(path, "r");
    struct buf b;
    size_t n;

    if (!f)
        return false;
    buf_init(&b, arena, 4096);
    while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
        b.len += n;
    *out = buf_str(&b);
    return fclose(f) == 0;
}

static void file_add(struct run *r, struct str name, struct str content)
{
    struct file *f = NEW(r->arena, struct file);

    *f = (struct file){name, content, r->files};
    r->files = f;
}

/* One that the scenario has told, else one of t/models, else any. */
static struct file *file_find(struct run *r, struct str name)
{
    struct str path = arena_print(r->arena, "t/models/%.*s", ARG(name)), content;

    for (struct file *f = r->files; f; f = f->next)
        if (str_equal(f->name, name))
            return f;
    if (!file_load(path.data, r->arena, &content) &&
        !file_load(arena_copy(r->arena, name).data, r->arena, &content))
        return NULL;
    file_add(r, name, content);
    return r->files;
}

static void deploy(struct run *r, const struct words *w)
{
    struct resource *all = NEW_ARRAY(r->arena, struct resource, w->count);
    struct deployment_create c = {{all, w->count - 1}};

    for (u32 i = 1; i < w->count; i++) {
        struct file *f = file_find(r, w->items[i]);
        if (!f)
            world_wrong(&r->world, "no file '%.*s'", ARG(w->items[i]));
        else
            all[i - 1] = (struct resource){f->name, f->content};
    }
    if (!r->world.is_wrong)
        ask(r, CMD_DEPLOYMENT_CREATE, 0, &c);
}

static void publish(struct run *r, const struct words *w)
{
    bool has_key = w->count > 2 && !memchr(w->items[2].data, '=', w->items[2].len) &&
                   w->items[2].data[0] != '{';

    ask(r, CMD_MESSAGE_PUBLISH, 0,
        &(struct message_publish){
            .name = word(w, 1),
            .correlation_key = has_key ? w->items[2] : (struct str){NULL, 0},
            .time_to_live = option_time(r, w, "ttl", 0),
            .message_id = option(w, "id"),
            .variables = document(r, w),
        });
}

static void correlate(struct run *r, const struct words *w)
{
    bool has_key = w->count > 2 && w->items[2].data[0] != '{';

    ask(r, CMD_MESSAGE_CORRELATE, 0,
        &(struct message_correlate){
            .name = word(w, 1),
            .correlation_key = has_key ? w->items[2] : (struct str){NULL, 0},
            .variables = document(r, w),
        });
}

/* A user task is called by its element. */
static bool task_command(struct run *r, const struct words *w)
{
    u64 element = key_of(r, THING_ELEMENT, word(w, 1));
    u64 key = user_task_of(state_of(r, element), element);
    struct str verb = word(w, 0);

    if (str_is(verb, "finish")) {
        ask(r, CMD_USER_TASK_COMPLETE, key,
            &(struct user_task_complete){document(r, w), option(w, "action")});
    } else if (str_is(verb, "assign")) {
        ask(r, CMD_USER_TASK_ASSIGN, key,
            &(struct user_task_assign){option(w, "to"), has_word(w, "claim"), false,
                                       option(w, "action")});
    } else if (str_is(verb, "unassign")) {
        ask(r, CMD_USER_TASK_UNASSIGN, key, NULL);
    } else if (str_is(verb, "edit")) {
        struct user_task_change change = {
            .has_priority = true,
            .priority = (i32)option_number(r, w, "priority", 50),
        };
        ask(r, CMD_USER_TASK_UPDATE, key,
            &(struct user_task_update){&change, option(w, "action")});
    } else {
        return false;
    }
    return true;
}

/* Elements of an ad-hoc sub-process, each with the same variables. */
static struct ad_hoc_element_list ad_hoc_read(struct run *r, const struct words *w)
{
    struct text_list begins = option_list(r, w, "begin");
    struct ad_hoc_element *all =
        NEW_ARRAY(r->arena, struct ad_hoc_element, begins.count);

    for (u32 i = 0; i < begins.count; i++)
        all[i] = (struct ad_hoc_element){begins.items[i], option(w, "with")};
    return (struct ad_hoc_element_list){all, begins.count};
}

/* Of a listener of a user task. */
static struct user_task_change *corrections_read(struct run *r, const struct words *w)
{
    struct user_task_change *c = NEW(r->arena, struct user_task_change);

    c->has_assignee = has_word(w, "assignee");
    c->assignee = option(w, "assignee");
    c->has_priority = has_word(w, "priority");
    c->priority = (i32)option_number(r, w, "priority", 0);
    return c->has_assignee || c->has_priority ? c : NULL;
}

static void job_command(struct run *r, const struct words *w)
{
    struct str verb = w->items[0];
    u64 key = key_of(r, THING_JOB, word(w, 1));

    if (str_is(verb, "complete"))
        ask(r, CMD_JOB_COMPLETE, key,
            &(struct job_complete){.variables = document(r, w),
                                   .activates = ad_hoc_read(r, w),
                                   .is_denied = has_word(w, "denied"),
                                   .denied_reason = option(w, "denied"),
                                   .corrections = corrections_read(r, w),
                                   .is_fulfilled = has_word(w, "fulfilled"),
                                   .cancels_remaining = has_word(w, "cancel")});
    else if (str_is(verb, "fail"))
        ask(r, CMD_JOB_FAIL, key,
            &(struct job_fail){.retries = (i32)option_number(r, w, "retries", 0),
                               .error_message = option_message(r, w),
                               .retry_back_off = option_time(r, w, "back-off", 0),
                               .variables = document(r, w)});
    else if (str_is(verb, "throw"))
        ask(r, CMD_JOB_THROW_ERROR, key,
            &(struct job_throw_error){option(w, "code"), option(w, "message"),
                                      document(r, w)});
    else if (str_is(verb, "retries"))
        ask(r, CMD_JOB_UPDATE_RETRIES, key,
            &(struct job_update_retries){(i32)option_number(r, w, "to", 0)});
    else if (str_is(verb, "priority"))
        ask(r, CMD_JOB_UPDATE_PRIORITY, key,
            &(struct job_update_priority){(i32)option_number(r, w, "to", 0),
                                          has_word(w, "to")});
    else if (str_is(verb, "timeout"))
        ask(r, CMD_JOB_UPDATE_TIMEOUT, key,
            &(struct job_update_timeout){option_time(r, w, "to", 0)});
    else
        ask(r, CMD_JOB_UPDATE, key,
            &(struct job_update){.has_retries = has_word(w, "retries"),
                                 .retries = (i32)option_number(r, w, "retries", 0),
                                 .has_timeout = has_word(w, "timeout"),
                                 .timeout = option_time(r, w, "timeout", 0),
                                 .has_priority = has_word(w, "priority"),
                                 .priority = (i32)option_number(r, w, "priority", 0)});
}

/* By its id, or `dish/v2` by its key. */
static void evaluate(struct run *r, const struct words *w)
{
    struct decision_evaluate c = {.variables = document(r, w)};

    if (has_word(w, "key"))
        c.decision_key =
            str_is(option(w, "key"), "none") ? 0 : version_key(r, option(w, "key"));
    else
        c.decision_id = word(w, 1);
    ask(r, CMD_DECISION_EVALUATE, 0, &c);
}

/* `a:b` */
static struct str cut_at_colon(struct str s, struct str *rest)
{
    const char *at = memchr(s.data, ':', s.len);
    size_t len = at ? (size_t)(at - s.data) : s.len;

    *rest = at ? (struct str){at + 1, s.len - len - 1} : (struct str){NULL, 0};
    return (struct str){s.data, len};
}

static struct terminate_instruction_list ends_read(struct run *r, const struct words *w)
{
    struct text_list ends = option_list(r, w, "end"), all = option_list(r, w, "all");
    u32 count = ends.count + all.count;
    struct terminate_instruction *out =
        NEW_ARRAY(r->arena, struct terminate_instruction, count);

    for (u32 i = 0; i < ends.count; i++)
        out[i].element_instance = element_key(r, ends.items[i]);
    for (u32 i = 0; i < all.count; i++)
        out[ends.count + i].element_id = all.items[i];
    return (struct terminate_instruction_list){out, count};
}

/* The variables, the ancestor and how it is found are for all that begins. */
static void modify(struct run *r, const struct words *w)
{
    struct text_list begins = option_list(r, w, "begin"),
                     moves = option_list(r, w, "move");
    struct activate_instruction *at =
        NEW_ARRAY(r->arena, struct activate_instruction, begins.count);
    struct move_instruction *to =
        NEW_ARRAY(r->arena, struct move_instruction, moves.count);
    struct variable_instruction x = {document(r, w), option(w, "at")};
    struct variable_instruction_list variables = {&x, x.variables.len ? 1 : 0};
    u64 in = has_word(w, "in") ? element_key(r, option(w, "in")) : 0;

    for (u32 i = 0; i < begins.count; i++)
        at[i] = (struct activate_instruction){begins.items[i], in, variables};
    for (u32 i = 0; i < moves.count; i++) {
        to[i].source_id = cut_at_colon(moves.items[i], &to[i].target_id);
        to[i].variables = variables;
        to[i].ancestor = in;
        to[i].infers_ancestor = has_word(w, "infer");
        to[i].uses_source_parent = has_word(w, "parent");
    }
    ask(r, CMD_INSTANCE_MODIFY, element_key(r, word(w, 1)),
        &(struct instance_modify){
            {at, begins.count}, ends_read(r, w), {to, moves.count}});
}

static struct instance_migrate plan_read(struct run *r, const struct words *w)
{
    struct text_list map = option_list(r, w, "map");
    struct mapping_instruction *all =
        NEW_ARRAY(r->arena, struct mapping_instruction, map.count);

    for (u32 i = 0; i < map.count; i++)
        all[i].source_id = cut_at_colon(map.items[i], &all[i].target_id);
    return (struct instance_migrate){version_key(r, option(w, "to")), {all, map.count}};
}

static void migrate(struct run *r, const struct words *w)
{
    struct instance_migrate plan = plan_read(r, w);

    ask(r, CMD_INSTANCE_MIGRATE, element_key(r, word(w, 1)), &plan);
}

/* The filter may name what the scenario knows by name: "@pack" is its key. */
static struct str filter_read(struct run *r, const struct words *w)
{
    struct str json = document(r, w);
    struct buf b;

    buf_init(&b, r->arena, json.len + 32);
    for (size_t i = 0; i < json.len; i++) {
        size_t end = i + 1;
        if (json.data[i] != '@') {
            buf_byte(&b, json.data[i]);
            continue;
        }
        while (end < json.len && json.data[end] != '"')
            end++;
        buf_print(&b, "%llu",
                  (unsigned long long)element_key(
                      r, (struct str){json.data + i + 1, end - i - 1}));
        i = end - 1;
    }
    return buf_str(&b);
}

static void batch_modify(struct run *r, const struct words *w)
{
    struct text_list list = option_list(r, w, "move");
    struct move_instruction *moves =
        NEW_ARRAY(r->arena, struct move_instruction, list.count);

    for (u32 i = 0; i < list.count; i++)
        moves[i].source_id = cut_at_colon(list.items[i], &moves[i].target_id);
    ask(r, CMD_BATCH_MODIFY_INSTANCES, 0,
        &(struct batch_modify){filter_read(r, w), {moves, list.count}});
}

static void batch_migrate(struct run *r, const struct words *w)
{
    struct instance_migrate plan = plan_read(r, w);

    ask(r, CMD_BATCH_MIGRATE_INSTANCES, 0,
        &(struct batch_migrate){filter_read(r, w), &plan});
}

/* What is done to all that a filter leaves, and to such a batch operation itself. */
static void batch(struct run *r, const struct words *w, size_t line)
{
    static const struct {
        const char *verb;
        enum command_kind kind;
        bool is_about_one;
    } verbs[] = {
        {"cancel", CMD_BATCH_CANCEL_INSTANCES, false},
        {"suspend", CMD_BATCH_SUSPEND_INSTANCES, false},
        {"resume", CMD_BATCH_RESUME_INSTANCES, false},
        {"resolve", CMD_BATCH_RESOLVE_INCIDENTS, false},
        {"rest", CMD_BATCH_SUSPEND, true},
        {"go-on", CMD_BATCH_RESUME, true},
        {"end", CMD_BATCH_CANCEL, true},
    };
    struct str verb = word(w, 1);

    if (str_is(verb, "migrate"))
        batch_migrate(r, w);
    else if (str_is(verb, "modify"))
        batch_modify(r, w);
    else if (str_is(verb, "update"))
        ask(r, CMD_BATCH_UPDATE_JOBS, 0,
            &(struct batch_update_jobs){
                filter_read(r, w), &(struct job_update){.has_retries = true,
                                                        .retries = (i32)option_number(
                                                            r, w, "retries", 0)}});
    else
        for (size_t i = 0; i <= LEN(verbs); i++) {
            if (i == LEN(verbs)) {
                wrong(r, line, "what is", verb);
            } else if (str_is(verb, verbs[i].verb)) {
                u64 key = verbs[i].is_about_one ? version_key(r, word(w, 2)) : 0;
                ask(r, verbs[i].kind, key,
                    key ? NULL : &(struct batch_create){filter_read(r, w)});
                return;
            }
        }
}

static void turns(struct run *r, const struct words *w)
{
    i64 count = option_number(r, w, "of", 1);

    world_turns(&r->world, count);
}

static bool is_job_verb(struct str verb)
{
    static const char *const verbs[] = {"complete", "fail",   "throw",   "retries",
                                        "timeout",  "update", "priority"};

    for (size_t i = 0; i < LEN(verbs); i++)
        if (str_is(verb, verbs[i]))
            return true;
    return false;
}

/* Puts the command; whether it is to be waited for is the caller's. */
static void command_ask(struct run *r, const struct words *w, size_t line)
{
    struct str verb = word(w, 0);

    if (str_is(verb, "create"))
        create(r, w);
    else if (str_is(verb, "deploy"))
        deploy(r, w);
    else if (str_is(verb, "activate"))
        activate(r, w);
    else if (str_is(verb, "publish"))
        publish(r, w);
    else if (str_is(verb, "correlate"))
        correlate(r, w);
    else if (str_is(verb, "signal"))
        ask(r, CMD_SIGNAL_BROADCAST, 0,
            &(struct signal_broadcast){.name = word(w, 1),
                                       .variables = document(r, w)});
    else if (str_is(verb, "evaluate"))
        evaluate(r, w);
    else if (str_is(verb, "delete"))
        ask(r, CMD_RESOURCE_DELETE, version_key(r, word(w, 1)), NULL);
    else if (str_is(verb, "business"))
        ask(r, CMD_BUSINESS_ID_ASSIGN, element_key(r, word(w, 1)),
            &(struct business_id_assign){option(w, "id")});
    else if (str_is(verb, "batch"))
        batch(r, w, line);
    else if (str_is(verb, "resolve-all"))
        ask(r, CMD_INCIDENTS_RESOLVE, element_key(r, word(w, 1)), NULL);
    else if (str_is(verb, "suspend"))
        ask(r, CMD_INSTANCE_SUSPEND, element_key(r, word(w, 1)), NULL);
    else if (str_is(verb, "resume"))
        ask(r, CMD_INSTANCE_RESUME, element_key(r, word(w, 1)), NULL);
    else if (str_is(verb, "why"))
        ask(r, CMD_INSTANCE_EXPLAIN, element_key(r, word(w, 1)), NULL);
    else if (str_is(verb, "migrate"))
        migrate(r, w);
    else if (str_is(verb, "modify"))
        modify(r, w);
    else if (is_job_verb(verb))
        job_command(r, w);
    else if (str_is(verb, "set"))
        ask(r, CMD_VARIABLES_SET, element_key(r, word(w, 1)),
            &(struct variables_set){document(r, w), has_word(w, "local")});
    else if (str_is(verb, "conditions"))
        ask(r, CMD_CONDITIONS_EVALUATE, 0,
            &(struct conditions_evaluate){
                has_word(w, "key") ? version_key(r, option(w, "key")) : 0,
                document(r, w)});
    else if (str_is(verb, "adhoc"))
        ask(r, CMD_AD_HOC_ACTIVATE, element_key(r, word(w, 1)),
            &(struct ad_hoc_activate){ad_hoc_read(r, w), has_word(w, "cancel")});
    else if (str_is(verb, "resolve"))
        ask(r, CMD_INCIDENT_RESOLVE, key_of(r, THING_INCIDENT, word(w, 1)), NULL);
    else if (str_is(verb, "cancel"))
        ask(r, CMD_INSTANCE_CANCEL, element_key(r, word(w, 1)), NULL);
    else if (!task_command(r, w))
        wrong(r, line, "what is", verb);
}

static void words_read(struct run *r, struct str line, struct words *w)
{
    *w = (struct words){.count = 0};
    while (w->count < LEN(w->items) && word_next(&line, r->arena, &w->items[w->count]))
        w->count++;
}

static void words_drop(struct words *w, u32 count)
{
    w->count = w->count > count ? w->count - count : 0;
    memmove(w->items, w->items + count, w->count * sizeof(w->items[0]));
}

static void command_run(struct run *r, struct str line, size_t number)
{
    struct words w;

    words_read(r, line, &w);
    if (str_is(word(&w, 0), "wait")) {
        world_wait(&r->world, duration_read(r, word(&w, 1)));
    } else if (str_is(word(&w, 0), "skip")) { /* nobody looked at what was due */
        r->world.now += duration_read(r, word(&w, 1));
        world_settle(&r->world);
    } else if (str_is(word(&w, 0), "restart")) {
        world_restart(&r->world);
    } else if (str_is(word(&w, 0), "turns")) {
        turns(r, &w);
    } else if (str_is(word(&w, 0), "ask")) {
        words_drop(&w, 1);
        command_ask(r, &w, number);
    } else if (str_is(word(&w, 0), "break")) {
        r->world.spares = true;
        engine_break(node_engine(r->world.nodes[0]),
                     (u32)option_number(r, &w, "emit", 1));
    } else {
        command_ask(r, &w, number);
        world_settle(&r->world);
        r->world.spares = false;
    }
    if (r->world.mode->crashes && gate_calls(r->world.gate) == 0 && !r->world.spares &&
        !str_is(word(&w, 0), "turns"))
        world_restart(&r->world);
}

/* ---- what came of it ------------------------------------------------------------- */

struct printer {
    struct buf out;
    size_t column;
};

/* Adds a piece that is not broken; `gap` stands before it on the same line. */
static void print_piece(struct printer *p, const char *gap, struct str piece)
{
    bool is_first = p->out.len == 0;

    if (!is_first && p->column + strlen(gap) + piece.len <= COLUMNS) {
        buf_text(&p->out, gap);
        p->column += strlen(gap);
    } else {
        if (!is_first)
            buf_byte(&p->out, '\n');
        buf_text(&p->out, "  ");
        p->column = 2;
    }
    buf_add(&p->out, piece);
    p->column += piece.len;
}

static void print_counts(struct run *r, struct printer *p)
{
    bool is_shown[EVENT_COUNT] = {0};

    for (size_t i = r->events; i < r->world.event_count; i++) {
        enum event_kind kind = r->world.events[i].kind;
        size_t count = 0;
        if (is_shown[kind])
            continue;
        is_shown[kind] = true;
        for (size_t k = i; k < r->world.event_count; k++)
            count += r->world.events[k].kind == kind;
        print_piece(p, "   ",
                    arena_print(r->arena, "%s x%zu", events[kind].name, count));
    }
}

static void print_events(struct run *r, struct printer *p)
{
    const struct happened *all = r->world.events;
    size_t end = r->world.event_count, same;

    for (size_t i = r->events; i < end; i += same) {
        bool is_new = i == r->events || all[i].kind != all[i - 1].kind;
        bool goes_on;
        struct str text = all[i].text;
        for (same = 1; i + same < end && all[i + same].kind == all[i].kind &&
                       str_equal(all[i + same].text, text);)
            same++;
        if (same > 1)
            text = arena_print(r->arena, "%.*s x%zu", ARG(text), same);
        goes_on = i + same < end && all[i + same].kind == all[i].kind;
        print_piece(
            p, is_new ? "   " : " ",
            arena_print(r->arena, "%s%s%.*s%s", is_new ? events[all[i].kind].name : "",
                        is_new && text.len ? " " : "", ARG(text), goes_on ? "," : ""));
    }
}

static void print_answers(struct run *r, struct printer *p)
{
    for (size_t i = r->answers; i < r->world.answer_count; i++) {
        p->column = COLUMNS;
        print_piece(p, "", r->world.answers[i]);
        p->column = COLUMNS;
    }
}

/* What depends on how the work is cut and spread is not compared. */
static bool is_compared(enum event_kind kind)
{
    switch ((int)kind) {
    case EV_RESOURCE_ADDED:
    case EV_PROCESS_CREATED:
    case EV_PROCESS_DELETED:
    case EV_REQUIREMENTS_CREATED:
    case EV_REQUIREMENTS_DELETED:
    case EV_DECISION_CREATED:
    case EV_DECISION_DELETED:
    case EV_ARTIFACT_CREATED:
    case EV_ARTIFACT_DELETED:
    case EV_START_SUBSCRIPTION_CREATED:
    case EV_START_SUBSCRIPTION_DELETED:
    case EV_PENDING_ADDED:
    case EV_PENDING_REMOVED:
    case EV_OUTBOX_ADDED:
    case EV_OUTBOX_ACKNOWLEDGED:
    case EV_INBOX_MOVED:
    case EV_SIGNAL_BROADCASTED: /* by each partition */
    case EV_BATCH_WORK_BEGUN:
    case EV_BATCH_WORK_MOVED:
    case EV_BATCH_SCANNED:
    case EV_BATCH_REPORTED:
        return false;
    default:
        return true;
    }
}

static void outcome_take(struct run *r, struct came *o)
{
    struct printer p = {0};
    struct world *w = &r->world;
    size_t shown = w->event_count - r->events;

    buf_init(&p.out, r->arena, 256);
    if (shown > EVENTS_SHOWN)
        print_counts(r, &p);
    else
        print_events(r, &p);
    print_answers(r, &p);
    o->text = buf_str(&p.out);
    o->sorted = NEW_ARRAY(r->arena, struct str, shown + w->answer_count);
    for (size_t i = r->events; i < w->event_count; i++)
        if (is_compared(w->events[i].kind))
            o->sorted[o->count++] =
                arena_print(r->arena, "%s %.*s", events[w->events[i].kind].name,
                            ARG(w->events[i].text));
    for (size_t i = r->answers; i < w->answer_count; i++)
        o->sorted[o->count++] = w->answers[i];
    qsort(o->sorted, o->count, sizeof(*o->sorted), by_text);
    r->events = w->event_count;
    r->answers = w->answer_count;
}

/* ---- one run of a scenario ------------------------------------------------------- */

static size_t block_end(const struct run *r, size_t from)
{
    size_t end = from + 1;

    while (end < r->line_count && is_indented(r->lines[end]))
        end++;
    return end;
}

/* `raw` lines are taken as they are. */
static bool raw_read(struct run *r, size_t from, size_t end, struct str *out)
{
    struct buf b;

    buf_init(&b, r->arena, 256);
    for (size_t i = from; i < end; i++) {
        struct str line = str_trim(r->lines[i]);
        if (!str_starts(line, STR("raw ")))
            return false;
        buf_add(&b, (struct str){line.data + 4, line.len - 4});
        buf_byte(&b, '\n');
    }
    *out = buf_str(&b);
    return end > from;
}

static void file_read(struct run *r, size_t from, size_t end)
{
    struct str name = r->lines[from], content, first;
    struct err err;

    word_next(&name, r->arena, &first);
    name = str_trim(name);
    if (raw_read(r, from + 1, end, &content) ||
        notation_read(r->lines + from + 1, end - from - 1, 2, r->arena, &content, &err))
        file_add(r, name, content);
    else
        world_wrong(&r->world, "line %zu: %s", from + 1, err.text);
}

/* A process that is not in a file is deployed where it stands. */
static void process_read(struct run *r, size_t from, size_t end)
{
    struct str line = r->lines[from], name = {NULL, 0}, content;
    struct words w = {.count = 2};
    struct err err;

    word_next(&line, r->arena, &name); /* `process` */
    word_next(&line, r->arena, &name);
    w.items[1] = arena_print(r->arena, "%.*s.bpmn", ARG(name));
    if (!notation_read(r->lines + from, end - from, 0, r->arena, &content, &err)) {
        world_wrong(&r->world, "line %zu: %s", from + 1, err.text);
        return;
    }
    file_add(r, w.items[1], content);
    deploy(r, &w);
    world_settle(&r->world);
    for (size_t i = r->answers; i < r->world.answer_count; i++)
        wrong(r, from, "it cannot be deployed:", r->world.answers[i]);
    r->events = r->world.event_count;
    r->answers = r->world.answer_count;
}

static void left_take(struct run *r, struct came *o)
{
    struct buf b;

    buf_init(&b, r->arena, 64);
    world_left(&r->world, &b);
    o->text = buf_str(&b);
    o->sorted = &o->text;
    o->count = 1;
}

static bool is_remark(struct str line)
{
    return str_starts(line, STR("run once:")) || str_starts(line, STR("races:")) ||
           str_starts(line, STR("limits:")) || str_starts(line, STR("partitions:")) ||
           str_starts(line, STR("unique:"));
}

/* What else the scenario says of the engine it runs on. */
static void options_read(struct run *r, struct world_options *options)
{
    for (size_t i = 0; i < r->line_count; i++) {
        struct words w;
        words_read(r, r->lines[i], &w);
        if (str_is(word(&w, 0), "limits:")) {
            options->message = (size_t)option_number(r, &w, "message", 0);
            options->entry = (size_t)option_number(r, &w, "entry", 0);
            options->todos = (u32)option_number(r, &w, "todos", -1) + 1;
        }
        if (str_is(word(&w, 0), "unique:"))
            options->unique_business_ids = true;
        if (str_is(word(&w, 0), "partitions:"))
            options->partitions = str_is(word(&w, 1), "3") ? 3 : 1;
    }
}

static void scenario_run(struct run *r, const struct mode *mode)
{
    struct world_options options = {0};

    options_read(r, &options);
    world_open(&r->world, mode, &options, r->arena);
    r->outcomes = NEW_ARRAY(r->arena, struct came, r->line_count + 1);
    for (size_t i = 0, end; i < r->line_count && !r->world.is_wrong; i = end) {
        struct str line = r->lines[i];
        end = i + 1;
        if (str_starts(line, STR("process "))) {
            end = block_end(r, i);
            process_read(r, i, end);
        } else if (str_starts(line, STR("file "))) {
            end = block_end(r, i);
            file_read(r, i, end);
        } else if (str_starts(line, STR("> "))) {
            end = block_end(r, i);
            command_run(r, (struct str){line.data + 2, line.len - 2}, i);
            outcome_take(r, &r->outcomes[i]);
        } else if (str_starts(line, STR("at end:"))) {
            end = block_end(r, i);
            left_take(r, &r->outcomes[i]);
        } else if (line.len && line.data[0] != '#' && !is_remark(line)) {
            wrong(r, i, "what is", line);
        }
    }
    if ((mode->aborts || mode->grows) && r->world.event_count && !r->world.undone)
        world_wrong(&r->world, "no step was undone");
    world_replay(&r->world);
    world_close(&r->world);
}

/* ---- expected and seen ----------------------------------------------------------- */

/* With one space where there was any white space. */
static struct str plain(struct arena *arena, struct str s)
{
    struct buf b;
    bool gap = false;

    buf_init(&b, arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        bool is_space = s.data[i] == ' ' || s.data[i] == '\n';
        if (!is_space && gap && b.len)
            buf_byte(&b, ' ');
        if (!is_space)
            buf_byte(&b, s.data[i]);
        gap = is_space;
    }
    return buf_str(&b);
}

static struct str expected(const struct run *r, size_t at)
{
    size_t end = block_end(r, at);
    struct buf b;

    buf_init(&b, r->arena, 256);
    if (str_starts(r->lines[at], STR("at end:")))
        buf_add(&b, (struct str){r->lines[at].data + 7, r->lines[at].len - 7});
    for (size_t i = at + 1; i < end; i++) {
        buf_byte(&b, '\n');
        buf_add(&b, r->lines[i]);
    }
    return plain(r->arena, buf_str(&b));
}

static bool has_line(const struct run *r, struct str start)
{
    for (size_t i = 0; i < r->line_count; i++)
        if (str_starts(r->lines[i], start))
            return true;
    return false;
}

static bool is_checked(struct str line)
{
    return str_starts(line, STR("> ")) || str_starts(line, STR("at end:"));
}

static bool as_expected(const char *path, const struct run *r)
{
    bool is_good = true;

    for (size_t i = 0; i < r->line_count && is_good; i++) {
        if (!is_checked(r->lines[i]))
            continue;
        struct str wanted = expected(r, i), got = plain(r->arena, r->outcomes[i].text);
        is_good = str_equal(wanted, got);
        if (!is_good)
            fprintf(stderr, "%s:%zu: %.*s\nwanted:\n  %.*s\ngot:\n%.*s\n", path, i + 1,
                    ARG(r->lines[i]), ARG(wanted), ARG(r->outcomes[i].text));
    }
    return is_good;
}

static bool as_usual(const char *path, const struct run *usual, const struct run *r)
{
    bool races = has_line(r, STR("races:"));

    for (size_t i = 0; i < r->line_count; i++) {
        const struct came *a = &usual->outcomes[i], *b = &r->outcomes[i];
        size_t k = 0;
        if (races && !str_starts(r->lines[i], STR("at end:")))
            continue;
        while (k < a->count && k < b->count && str_equal(a->sorted[k], b->sorted[k]))
            k++;
        if (k == a->count && k == b->count)
            continue;
        fprintf(stderr, "%s:%zu: %s: %.*s\nusually:\n  %.*s\nthis time:\n  %.*s\n",
                path, i + 1, r->world.mode->name, ARG(r->lines[i]),
                ARG(k < a->count ? a->sorted[k] : STR("(no more)")),
                ARG(k < b->count ? b->sorted[k] : STR("(no more)")));
        return false;
    }
    return true;
}

static bool bless(const char *path, const struct run *r)
{
    FILE *f = fopen(path, "w");

    if (!f)
        return false;
    for (size_t i = 0, end; i < r->line_count; i = end) {
        end = i + 1;
        if (str_starts(r->lines[i], STR("at end:"))) {
            fprintf(f, "at end: %.*s\n", ARG(r->outcomes[i].text));
            end = block_end(r, i);
        } else {
            fprintf(f, "%.*s\n", ARG(r->lines[i]));
        }
        if (str_starts(r->lines[i], STR("> "))) {
            if (r->outcomes[i].text.len)
                fprintf(f, "%.*s\n", ARG(r->outcomes[i].text));
            end = block_end(r, i);
        }
    }
    return fclose(f) == 0;
}

/* ---- all of them
 * --------------------------------------------------------------------------------------
 */

static u32 passed_count, failed_count;

static void count(bool is_good)
{
    passed_count += is_good;
    failed_count += !is_good;
}

static struct str *lines_cut(struct str text, struct arena *arena, size_t *count)
{
    struct str *lines;
    size_t n = 0, start = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.data[i] == '\n';
    lines = NEW_ARRAY(arena, struct str, n + 1);
    *count = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != '\n')
            continue;
        if (i < text.len || i > start)
            lines[(*count)++] = (struct str){text.data + start, i - start};
        start = i + 1;
    }
    return lines;
}

static void scenario_file(const char *path, bool blesses)
{
    struct arena arena;
    struct run usual = {.arena = &arena};
    struct str text;

    arena_init(&arena, 1 << 20, (size_t)4 << 30, NULL);
    if (!file_load(path, &arena, &text)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        count(false);
        arena_free(&arena);
        return;
    }
    usual.lines = lines_cut(text, &arena, &usual.line_count);
    for (size_t i = 0;
         i < LEN(modes) && (i == 0 || !has_line(&usual, STR("run once:"))); i++) {
        struct run again = {
            .arena = &arena, .lines = usual.lines, .line_count = usual.line_count};
        struct run *r = i ? &again : &usual;
        scenario_run(r, &modes[i]);
        if (r->world.is_wrong)
            fprintf(stderr, "%s: %s: %s\n", path, modes[i].name, r->world.err.text);
        if (i == 0 && blesses && !r->world.is_wrong) {
            count(bless(path, r));
            continue;
        }
        count(!r->world.is_wrong &&
              (i ? as_usual(path, &usual, r) : as_expected(path, r)));
        if (usual.world.is_wrong)
            break;
    }
    arena_free(&arena);
}

/* ---- the index of areas -----------------------------------------------------------
 */

#define INDEX "t/scenario/INDEX"

static bool index_names(const struct str *lines, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (is_indented(lines[i]) && str_equal(str_trim(lines[i]), name))
            return true;
    return false;
}

/* The name of a scenario, from its path. */
static struct str scenario_name(const char *path)
{
    struct str s = str_of(path);
    size_t from = strlen("t/scenario/"), to = strlen(".txt");

    return (struct str){s.data + from, s.len - from - to};
}

static bool is_found(const glob_t *files, struct str name)
{
    for (size_t i = 0; i < files->gl_pathc; i++)
        if (str_equal(scenario_name(files->gl_pathv[i]), name))
            return true;
    return false;
}

/* Each scenario stands in an area, and what stands there is a scenario. */
static bool index_check(const glob_t *files)
{
    struct arena arena;
    struct str text, *lines;
    size_t line_count = 0, wrongs = 0;

    arena_init(&arena, 1 << 16, 1 << 24, NULL);
    if (!file_load(INDEX, &arena, &text)) {
        fprintf(stderr, INDEX ": cannot be read\n");
        wrongs++;
        text = STR("");
    }
    lines = lines_cut(text, &arena, &line_count);
    for (size_t i = 0; i < files->gl_pathc; i++)
        if (!index_names(lines, line_count, scenario_name(files->gl_pathv[i])) &&
            wrongs++ < 10)
            fprintf(stderr, INDEX ": %s is in no area\n", files->gl_pathv[i]);
    for (size_t i = 0; i < line_count; i++) {
        struct str name = str_trim(lines[i]);
        if (!is_indented(lines[i]) || str_starts(name, STR("none:")) ||
            is_found(files, name))
            continue;
        fprintf(stderr, INDEX ":%zu: no such scenario: %.*s\n", i + 1, ARG(name));
        wrongs++;
    }
    arena_free(&arena);
    return wrongs == 0;
}

int main(int argc, char **argv)
{
    bool blesses = argc > 1 && str_is(str_of(argv[1]), "--bless");
    glob_t found = {0};

    for (int i = 1 + blesses; i < argc; i++)
        scenario_file(argv[i], blesses);
    if (argc == 1 + blesses && glob("t/scenario/*.txt", 0, NULL, &found) == 0) {
        count(index_check(&found));
        for (size_t i = 0; i < found.gl_pathc; i++)
            scenario_file(found.gl_pathv[i], blesses);
    }
    globfree(&found);
    printf("%u passed, %u failed\n", passed_count, failed_count);
    return failed_count || !passed_count;
}
