#include "engine/engine.h"

#include <stdio.h>

#include "json/json.h"
#include "state/read.h"
#include "t/test.h"

/* What elements do is told by the scenarios; here it is about steps. */

#define NOW 1767225600000

static const char process_xml[] =
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:serviceTask id=\"t\"><bpmn:extensionElements>"
    "<zeebe:taskDefinition type=\"pack\"/></bpmn:extensionElements></bpmn:serviceTask>"
    "</bpmn:process></bpmn:definitions>";

static const char catch_xml[] =
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"
    "<bpmn:message id=\"m\" name=\"paid\"><bpmn:extensionElements>"
    "<zeebe:subscription "
    "correlationKey=\"=k\"/></bpmn:extensionElements></bpmn:message>"
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:receiveTask id=\"t\" messageRef=\"m\"/></bpmn:process></bpmn:definitions>";

struct bench {
    struct state *state;
    struct engine *engine;
    struct output out;
    i64 now;
};

static void bench_open(struct bench *b, const struct engine_options *options)
{
    *b = (struct bench){.state = state_open(), .now = NOW};
    b->engine = engine_open(b->state, options ? options : &engine_options_default);
}

static void bench_close(struct bench *b)
{
    engine_close(b->engine);
    state_close(b->state);
}

static void step(struct bench *b, enum command_kind kind, u64 key, const void *record)
{
    engine_step(b->engine,
                &(struct input){.kind = kind,
                                .key = key,
                                .record = record,
                                .now = b->now,
                                .tenant = STR("<default>"),
                                .request = 1},
                &b->out);
}

static void deploy_file(struct bench *b, const char *xml)
{
    struct resource file = {STR("p.bpmn"), str_of(xml)};

    step(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
}

static u64 create(struct bench *b, struct str variables)
{
    step(b, CMD_INSTANCE_CREATE, 0,
         &(struct instance_create){
             .bpmn_process_id = STR("p"), .version = -1, .variables = variables});
    const struct instance_created *made = b->out.answer;
    return made ? made->instance_key : 0;
}

/* The engine's own work of one moment, until there is none; how much it was. */
static u32 run_own(struct bench *b)
{
    struct input in;
    u32 count = 0;

    for (; engine_next(b->engine, b->now, &in); count++)
        engine_step(b->engine, &in, &b->out);
    return count;
}

static u64 waiting_job(const struct bench *b)
{
    return job_waiting(b->state, STR("<default>"), STR("pack"));
}

/* ---- steps ----------------------------------------------------------------------- */

TEST(the_same_commands_give_the_same_bytes)
{
    struct bench a, b;
    struct arena arena;

    arena_init(&arena, 1 << 16, 1 << 20, NULL);
    bench_open(&a, NULL);
    bench_open(&b, NULL);
    deploy_file(&a, process_xml);
    deploy_file(&b, process_xml);
    for (u32 i = 0; i < 3; i++) {
        create(&a, STR("{\"a\":1}"));
        struct str entry = arena_copy(&arena, a.out.entry);
        create(&b, STR("{\"a\":1}"));
        CHECK(entry.len > 0);
        CHECK(str_equal(entry, b.out.entry));
    }
    CHECK(state_hash(a.state) == state_hash(b.state));
    bench_close(&a);
    bench_close(&b);
    arena_free(&arena);
}

TEST(a_refused_command_leaves_no_entry_and_no_trace)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    u64 hash = state_hash(b.state);
    b.now += 1000;
    step(&b, CMD_JOB_COMPLETE, 12345, &(struct job_complete){{NULL, 0}});
    CHECK_INT(b.out.outcome, STEP_REFUSED);
    CHECK_INT(b.out.rejection, REJECT_NOT_FOUND);
    CHECK_INT(b.out.entry.len, 0);
    CHECK_INT(b.out.events, 0);
    CHECK(!b.out.answer);
    CHECK(state_hash(b.state) == hash);
    bench_close(&b);
}

TEST(a_step_without_events_leaves_the_time_as_it_was)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    u64 hash = state_hash(b.state);
    b.now += 1000;
    step(&b, CMD_JOB_ACTIVATE, 0,
         &(struct job_activate){.type = STR("none"), .timeout = 1, .max_jobs = 1});
    CHECK_INT(b.out.outcome, STEP_DONE);
    CHECK_INT(b.out.entry.len, 0);
    CHECK(state_hash(b.state) == hash);
    bench_close(&b);
}

TEST(keys_have_their_partition_in_front)
{
    struct engine_options options = engine_options_default;
    struct bench b;

    options.partition = 2;
    options.partitions = 3;
    bench_open(&b, &options);
    deploy_file(&b, process_xml);
    u64 key = create(&b, (struct str){NULL, 0});
    CHECK_INT(key >> 51, 2);
    CHECK_INT(create(&b, (struct str){NULL, 0}) >> 51, 2);
    bench_close(&b);
}

TEST(an_effect_says_that_a_job_is_there)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    create(&b, (struct str){NULL, 0});
    CHECK_INT(b.out.effect_count, 1);
    CHECK_INT(b.out.effects[0].kind, EFFECT_JOBS_AVAILABLE);
    CHECK_STR(b.out.effects[0].type, "pack");
    CHECK_INT(b.out.effects[0].count, 1);
    bench_close(&b);
}

/* ---- what a watcher is told -------------------------------------------------------
 */

static bool noticed(const struct bench *b, enum event_kind event, struct notice *out)
{
    for (const struct notice *n = b->out.notices; n; n = n->next)
        if (n->event == event) {
            *out = *n;
            return true;
        }
    return false;
}

TEST(a_watched_step_says_of_each_event_whose_it_is)
{
    struct bench b;
    struct notice n = {0};

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    CHECK(!b.out.notices);
    engine_watch(b.engine, true);
    u64 instance = create(&b, (struct str){NULL, 0});
    CHECK(noticed(&b, EV_INSTANCE_CREATED, &n));
    CHECK_INT(n.instance, instance);
    CHECK_INT(n.process, instance_get(b.state, instance)->process);
    CHECK(noticed(&b, EV_JOB_CREATED, &n));
    CHECK_STR(n.type, "pack");
    CHECK_STR(n.element, "t");
    CHECK_INT(n.instance, instance);
    u64 job = n.key;
    step(&b, CMD_JOB_COMPLETE, job, &(struct job_complete){{NULL, 0}});
    CHECK(noticed(&b, EV_JOB_COMPLETED, &n)); /* its row is gone now */
    CHECK_STR(n.type, "pack");
    CHECK_INT(n.key, job);
    engine_watch(b.engine, false);
    create(&b, (struct str){NULL, 0});
    CHECK(!b.out.notices);
    bench_close(&b);
}

/* ---- what is left over ----------------------------------------------------------- */

TEST(to_dos_beyond_the_limit_are_done_in_later_steps)
{
    struct engine_options options = engine_options_default;
    struct bench b;

    options.todos = 1;
    bench_open(&b, &options);
    deploy_file(&b, process_xml);
    create(&b, (struct str){NULL, 0});
    CHECK(state_count(b.state, TABLE_PENDING) > 0);
    CHECK_INT(waiting_job(&b), 0);
    i64 when;
    CHECK(engine_due(b.engine, &when));
    CHECK(when <= b.now);
    CHECK(run_own(&b) > 1);
    CHECK(waiting_job(&b) != 0);
    CHECK_INT(state_count(b.state, TABLE_PENDING), 0);
    bench_close(&b);
}

TEST(pending_and_due_work_take_turns)
{
    struct engine_options options = engine_options_default;
    struct message_publish m = {.name = STR("m"), .time_to_live = 1000};
    struct input in;
    u32 pending = 0, due = 0;
    struct bench b;

    options.todos = 0;
    bench_open(&b, &options);
    deploy_file(&b, process_xml);
    step(&b, CMD_MESSAGE_PUBLISH, 0, &m);
    step(&b, CMD_MESSAGE_PUBLISH, 0, &m);
    create(&b, (struct str){NULL, 0});
    b.now += 1000;
    for (u32 i = 0; i < 4; i++) {
        CHECK(engine_next(b.engine, b.now, &in));
        pending += in.kind == CMD_PENDING_RUN;
        due += in.kind == CMD_MESSAGE_EXPIRE;
        engine_step(b.engine, &in, &b.out);
    }
    CHECK_INT(pending, 2);
    CHECK_INT(due, 2);
    bench_close(&b);
}

TEST(nothing_is_due_before_its_time)
{
    struct message_publish m = {.name = STR("m"), .time_to_live = 1000};
    struct input in;
    struct bench b;
    i64 when = 0;

    bench_open(&b, NULL);
    CHECK(!engine_due(b.engine, &when));
    step(&b, CMD_MESSAGE_PUBLISH, 0, &m);
    CHECK(engine_due(b.engine, &when));
    CHECK_INT(when, NOW + 1000);
    CHECK(!engine_next(b.engine, NOW + 999, &in));
    CHECK(engine_next(b.engine, NOW + 1000, &in));
    CHECK_INT(in.kind, CMD_MESSAGE_EXPIRE);
    bench_close(&b);
}

/* ---- failures of ours ------------------------------------------------------------ */

TEST(a_failed_must_in_pending_work_bans_its_instance_and_takes_the_work_away)
{
    struct engine_options options = engine_options_default;
    struct bench b;

    options.todos = 0;
    bench_open(&b, &options);
    deploy_file(&b, process_xml);
    u64 broken = create(&b, (struct str){NULL, 0}),
        whole = create(&b, (struct str){NULL, 0});
    struct input in;
    CHECK(engine_next(b.engine, b.now, &in));
    engine_break(b.engine, 2);
    engine_step(b.engine, &in, &b.out);
    CHECK_INT(b.out.outcome, STEP_FAILED);
    CHECK_INT(b.out.events, 2); /* the work is gone, the instance is banned */
    CHECK(instance_get(b.state, broken)->is_banned);
    run_own(&b);
    CHECK(!instance_get(b.state, whole)->is_banned);
    CHECK_INT(job_get(b.state, waiting_job(&b))->instance, whole);
    bench_close(&b);
}

TEST(a_failed_must_in_a_deployment_only_refuses_it)
{
    struct bench b;

    bench_open(&b, NULL);
    u64 hash = state_hash(b.state);
    engine_break(b.engine, 2);
    deploy_file(&b, process_xml);
    CHECK_INT(b.out.outcome, STEP_FAILED);
    CHECK_INT(b.out.rejection, REJECT_PROCESSING_ERROR);
    CHECK_INT(b.out.entry.len, 0);
    CHECK(str_starts(b.out.reason,
                     STR("Expected to process record 'DEPLOYMENT_CREATE'")));
    CHECK(state_hash(b.state) == hash);
    bench_close(&b);
}

/* An undone deployment has given out keys that the next one gets, too. */
TEST(a_model_of_an_undone_deployment_is_not_used)
{
    struct bench b;

    bench_open(&b, NULL);
    engine_trip(b.engine, 3);
    deploy_file(&b, catch_xml);
    CHECK(engine_undone(b.engine));
    deploy_file(&b, process_xml);
    create(&b, (struct str){NULL, 0});
    CHECK(waiting_job(&b) != 0);
    bench_close(&b);
}

TEST(each_emit_of_a_step_may_fail_and_leaves_no_trace)
{
    struct bench b;
    u32 failures = 0;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    u64 hash = state_hash(b.state);
    for (bool is_undone = true; is_undone; failures += is_undone) {
        engine_trip(b.engine, failures + 1);
        create(&b, STR("{\"a\":1}"));
        is_undone = engine_undone(b.engine);
        CHECK(!is_undone || state_hash(b.state) == hash);
    }
    CHECK_INT(failures, b.out.events);
    bench_close(&b);
}

TEST(a_step_gets_the_memory_it_needs_and_nothing_happens_before)
{
    struct bench b;
    size_t room = 16;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    u64 hash = state_hash(b.state);
    for (;; room += room / 4) {
        engine_limit(b.engine, room);
        create(&b, STR("{\"a\":1}"));
        if (!engine_undone(b.engine))
            break;
        CHECK_INT(b.out.rejection, REJECT_TOO_LARGE);
        CHECK(state_hash(b.state) == hash);
    }
    CHECK(room > 500);
    CHECK_INT(b.out.outcome, STEP_DONE);
    engine_limit(b.engine, 0);
    CHECK(create(&b, STR("{\"a\":1}")) != 0);
    bench_close(&b);
}

/* ---- sends
 * ----------------------------------------------------------------------------------------
 */

static void receive(struct bench *b, u64 number)
{
    struct subscription_answer close = {.element_instance = 5, .name = STR("m")};

    engine_step(b->engine,
                &(struct input){.kind = CMD_SUBSCRIPTION_CLOSE,
                                .record = &close,
                                .now = b->now,
                                .tenant = STR("<default>"),
                                .from = 2,
                                .number = number},
                &b->out);
}

TEST(a_send_counts_once_and_in_its_turn)
{
    struct engine_options options = engine_options_default;
    static const struct {
        u64 number;
        enum outcome outcome;
    } cases[] = {{2, STEP_IGNORED}, {1, STEP_DONE}, {1, STEP_IGNORED},
                 {3, STEP_IGNORED}, {2, STEP_DONE}, {3, STEP_DONE},
                 {2, STEP_IGNORED}};
    struct bench b;

    options.partitions = 3;
    bench_open(&b, &options);
    for (size_t i = 0; i < LEN(cases); i++) {
        receive(&b, cases[i].number);
        CHECK_INT(b.out.outcome, cases[i].outcome);
    }
    CHECK_INT(partition_get(b.state, 2)->applied, 3);
    bench_close(&b);
}

TEST(what_belongs_to_another_partition_is_sent_and_kept_until_it_is_acknowledged)
{
    struct engine_options options = engine_options_default;
    struct bench b;

    options.partitions = 3;
    bench_open(&b, &options);
    deploy_file(&b, catch_xml);
    CHECK_INT(state_count(b.state, TABLE_OUTBOX), 2); /* the deployment */
    create(&b, STR("{\"k\":\"a\"}"));
    u64 key = outbox_after(b.state, 2, 1);
    CHECK(key != 0);
    CHECK_INT(outbox_get(b.state, key)->kind, CMD_SUBSCRIPTION_OPEN);
    CHECK_INT(outbox_get(b.state, key)->number, 2);
    step(&b, CMD_OUTBOX_ACKNOWLEDGE, 0, &(struct outbox_acknowledge){2, 1});
    CHECK(outbox_get(b.state, key));
    step(&b, CMD_OUTBOX_ACKNOWLEDGE, 0, &(struct outbox_acknowledge){2, 2});
    CHECK(!outbox_get(b.state, key));
    step(&b, CMD_OUTBOX_ACKNOWLEDGE, 0, &(struct outbox_acknowledge){2, 2});
    CHECK_INT(b.out.events, 0);
    bench_close(&b);
}

/* ---- replay
 * -------------------------------------------------------------------------------------------
 */

TEST(a_replay_gives_the_same_state)
{
    struct bench a, b;
    struct err err = {0};

    bench_open(&a, NULL);
    bench_open(&b, NULL);
    deploy_file(&a, process_xml);
    CHECK(engine_replay(b.engine, a.out.entry, &err));
    create(&a, STR("{\"a\":1}"));
    CHECK(engine_replay(b.engine, a.out.entry, &err));
    CHECK(state_hash(a.state) == state_hash(b.state));
    a.now = b.now = NOW + 5;
    CHECK_INT(create(&a, STR("{}")), create(&b, STR("{}"))); /* and goes on alike */
    bench_close(&a);
    bench_close(&b);
}

TEST(an_entry_that_does_not_fit_is_an_error_and_changes_nothing)
{
    struct bench a, b;
    struct err err = {0};

    bench_open(&a, NULL);
    bench_open(&b, NULL);
    deploy_file(&a, process_xml);
    CHECK(engine_replay(b.engine, a.out.entry, &err));
    u64 hash = state_hash(b.state);
    create(&a, STR("{\"a\":1}"));
    step(&a, CMD_JOB_COMPLETE, waiting_job(&a), &(struct job_complete){{NULL, 0}});
    CHECK(!engine_replay(b.engine, a.out.entry, &err)); /* the instance is missing */
    CHECK_INT(err.code, ERR_CORRUPT);
    CHECK(state_hash(b.state) == hash);
    bench_close(&a);
    bench_close(&b);
}

/* What is cut between two fields is another entry, but never one with fewer events. */
TEST(an_entry_that_is_cut_is_an_error_and_changes_no_row)
{
    struct bench a, b;
    u32 errors = 0;

    bench_open(&a, NULL);
    bench_open(&b, NULL);
    deploy_file(&a, process_xml);
    for (size_t len = 1; len < a.out.entry.len; len++) {
        struct err err = {0};
        if (!engine_replay(b.engine, (struct str){a.out.entry.data, len}, &err)) {
            CHECK_INT(err.code, ERR_CORRUPT);
            errors++;
        }
        CHECK_INT(state_count(b.state, TABLE_PROCESS), 0);
    }
    CHECK(errors > a.out.entry.len / 2);
    bench_close(&a);
    bench_close(&b);
}

TEST(an_entry_before_its_time_is_an_error)
{
    struct bench a, b;
    struct err err = {0};

    bench_open(&a, NULL);
    bench_open(&b, NULL);
    b.now += 1;
    deploy_file(&b, process_xml);
    deploy_file(&a, process_xml);
    CHECK(!engine_replay(b.engine, a.out.entry, &err));
    CHECK_INT(err.code, ERR_CORRUPT);
    bench_close(&a);
    bench_close(&b);
}

/* ---- searches -------------------------------------------------------------------- */

static const struct search_found *search(struct bench *b, enum search_kind what,
                                         const char *query)
{
    step(b, CMD_SEARCH, 0, &(struct search_ask){.what = what, .query = str_of(query)});
    return b->out.answer;
}

/* The values of one property of all items that were found. */
static struct str found(struct arena *arena, const struct search_found *f,
                        const char *property)
{
    struct buf out;
    struct str value;

    buf_init(&out, arena, 64);
    for (u32 i = 0; f && i < f->hits.count; i++) {
        CHECK(json_get(f->hits.items[i].item, str_of(property), arena, &value));
        if (json_kind(value) == JSON_STRING)
            value = json_text(value, arena);
        buf_print(&out, "%s%.*s", i ? " " : "", ARG(value));
    }
    return buf_str(&out);
}

static void people_create(struct bench *b)
{
    deploy_file(b, process_xml);
    create(b, STR("{\"n\":1,\"who\":\"ann\"}"));
    create(b, STR("{\"n\":2,\"who\":\"bob\"}"));
    create(b, STR("{\"n\":10,\"who\":\"a*b\"}"));
    create(b, STR("{\"n\":null}"));
}

TEST(a_search_finds_what_fits_its_filter_in_its_order)
{
    static const struct {
        const char *query, *values;
    } cases[] = {
        {"{}", "1 \"ann\" 2 \"bob\" 10 \"a*b\" null"},
        {"{\"filter\":{\"name\":\"n\"}}", "1 2 10 null"},
        {"{\"filter\":{\"name\":\"n\",\"value\":\"2\"}}", "2"},
        {"{\"filter\":{\"value\":{\"$in\":[\"1\",\"10\",\"3\"]}}}", "1 10"},
        {"{\"filter\":{\"value\":{\"$notIn\":[\"1\",\"2\"]},\"name\":\"n\"}}",
         "10 null"},
        {"{\"filter\":{\"value\":{\"$neq\":\"1\"},\"name\":{\"$like\":\"?\"}}}",
         "2 10 null"},
        {"{\"filter\":{\"value\":{\"$like\":\"\\\"a*\"}}}", "\"ann\" \"a*b\""},
        {"{\"filter\":{\"value\":{\"$like\":\"*\\\\**\"}}}", "\"a*b\""},
        {"{\"filter\":{\"name\":{\"$exists\":false}}}", ""},
        {"{\"filter\":{\"name\":null,\"value\":\"1\"}}", "1"},
        {"{\"filter\":{\"name\":\"n\"},\"sort\":[{\"field\":\"value\"}]}",
         "1 10 2 null"},
        {"{\"sort\":[{\"field\":\"name\",\"order\":\"DESC\"},{\"field\":\"value\"}]}",
         "\"a*b\" \"ann\" \"bob\" 1 10 2 null"},
        {"{\"page\":{\"limit\":2}}", "1 \"ann\""},
        {"{\"page\":{\"limit\":0}}", ""},
    };
    struct arena arena;
    struct bench b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    people_create(&b);
    u64 hash = state_hash(b.state);
    for (size_t i = 0; i < LEN(cases); i++) {
        const struct search_found *f = search(&b, SEARCH_VARIABLES, cases[i].query);
        CHECK_STR(found(&arena, f, "value"), cases[i].values);
        CHECK_INT(b.out.events, 0);
        CHECK(f && f->is_done);
    }
    CHECK(state_hash(b.state) == hash);
    bench_close(&b);
    arena_free(&arena);
}

TEST(instances_are_found_by_what_is_in_them)
{
    static const struct {
        const char *query;
        u64 total;
    } cases[] = {
        {"{\"filter\":{\"variables\":[{\"name\":\"n\",\"value\":\"1\"}]}}", 1},
        {"{\"filter\":{\"variables\":[{\"name\":\"n\",\"value\":{\"$like\":\"1*\"}},"
         "{\"name\":\"who\",\"value\":{\"$exists\":true}}]}}",
         2},
        {"{\"filter\":{\"$or\":[{\"variables\":[{\"name\":\"n\",\"value\":\"1\"}]},"
         "{\"variables\":[{\"name\":\"n\",\"value\":\"2\"}]}],\"state\":\"ACTIVE\"}}",
         2},
        {"{\"filter\":{\"$or\":[]}}", 4},
        {"{\"filter\":{\"state\":\"COMPLETED\"}}", 0},
        {"{\"filter\":{\"state\":{\"$in\":[\"COMPLETED\",\"ACTIVE\"]}}}", 4},
        {"{\"filter\":{\"processDefinitionVersion\":{\"$gte\":1,\"$lt\":2}}}", 4},
        {"{\"filter\":{\"processDefinitionVersion\":{\"$gt\":1}}}", 0},
        {"{\"filter\":{\"startDate\":{\"$lte\":\"2026-01-01T01:00:00+01:00\"}}}", 4},
        {"{\"filter\":{\"startDate\":{\"$gt\":\"2026-01-01T00:00:00Z\"}}}", 0},
        {"{\"filter\":{\"endDate\":{\"$exists\":true}}}", 0},
        {"{\"filter\":{\"parentProcessInstanceKey\":{\"$exists\":false}}}", 4},
        {"{\"filter\":{\"hasIncident\":true}}", 0},
        {"{\"filter\":{\"tags\":[]}}", 4},
        {"{\"filter\":{\"tags\":[\"a\"]}}", 0},
    };
    struct bench b;

    bench_open(&b, NULL);
    people_create(&b);
    for (size_t i = 0; i < LEN(cases); i++) {
        const struct search_found *f =
            search(&b, SEARCH_PROCESS_INSTANCES, cases[i].query);
        CHECK(f);
        CHECK_INT(f ? f->total : 99, cases[i].total);
    }
    bench_close(&b);
}

TEST(suspended_instances_are_found_as_such)
{
    struct arena arena;
    struct bench b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    u64 key = create(&b, STR("{}"));
    create(&b, STR("{}"));
    step(&b, CMD_INSTANCE_SUSPEND, key, NULL);
    const struct search_found *f =
        search(&b, SEARCH_PROCESS_INSTANCES, "{\"filter\":{\"state\":\"SUSPENDED\"}}");
    CHECK_INT(f->total, 1);
    CHECK_STR(found(&arena, f, "suspendedDate"), "2026-01-01T00:00:00.000Z");
    f = search(&b, SEARCH_PROCESS_INSTANCES, "{\"filter\":{\"state\":\"ACTIVE\"}}");
    CHECK_STR(found(&arena, f, "suspendedDate"), "null");
    step(&b, CMD_INSTANCE_RESUME, key, NULL);
    CHECK_INT(search(&b, SEARCH_PROCESS_INSTANCES, "{\"filter\":{}}")->total, 2);
    f = search(&b, SEARCH_PROCESS_INSTANCES,
               "{\"filter\":{\"suspendedDate\":{\"$exists\":true}}}");
    CHECK_INT(f->total, 0);
    bench_close(&b);
    arena_free(&arena);
}

/* A user task whose sub-process and which itself hide a variable; a job beside it. */
static const char nested_xml[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' targetNamespace='n'>"
    "<process id='p' isExecutable='true'><startEvent id='s'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='sub'/>"
    "<sequenceFlow id='f2' sourceRef='s' targetRef='j'/>"
    "<serviceTask id='j'><extensionElements><z:taskDefinition type='=none'/>"
    "</extensionElements></serviceTask>"
    "<subProcess id='sub'><extensionElements><z:ioMapping>"
    "<z:input source='=1' target='x'/></z:ioMapping></extensionElements>"
    "<startEvent id='s2'/><sequenceFlow id='f3' sourceRef='s2' targetRef='u'/>"
    "<userTask id='u'><extensionElements><z:userTask/><z:ioMapping>"
    "<z:input source='=2' target='x'/></z:ioMapping></extensionElements></userTask>"
    "<sequenceFlow id='f4' sourceRef='s2' targetRef='k'/>"
    "<serviceTask id='k'><extensionElements><z:taskDefinition type='=none'/>"
    "</extensionElements></serviceTask>"
    "</subProcess></process></definitions>";

static const struct search_found *search_within(struct bench *b, u64 key,
                                                const struct search_ask *ask)
{
    step(b, CMD_SEARCH, key, ask);
    return b->out.answer;
}

static u64 key_found(struct bench *b, enum search_kind what, const char *query,
                     const char *property)
{
    struct arena arena;
    i64 key = 0;

    arena_init(&arena, 4096, 1 << 20, NULL);
    CHECK(str_to_i64(found(&arena, search(b, what, query), property), &key));
    arena_free(&arena);
    return (u64)key;
}

TEST(a_search_may_be_for_what_is_in_a_thing)
{
    struct arena arena;
    struct bench b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    deploy_file(&b, nested_xml);
    u64 instance = create(&b, STR("{\"x\":0,\"y\":5}"));
    create(&b, STR("{\"x\":0,\"y\":6}"));
    run_own(&b);
    char of_it[100], sub_of_it[140];
    snprintf(of_it, sizeof(of_it), "{\"filter\":{\"processInstanceKey\":\"%llu\"}}",
             (unsigned long long)instance);
    snprintf(sub_of_it, sizeof(sub_of_it),
             "{\"filter\":{\"elementId\":\"sub\",\"processInstanceKey\":\"%llu\"}}",
             (unsigned long long)instance);
    u64 task = key_found(&b, SEARCH_USER_TASKS, of_it, "userTaskKey");
    u64 sub = key_found(&b, SEARCH_ELEMENT_INSTANCES, sub_of_it, "elementInstanceKey");
    struct search_ask ask = {.what = SEARCH_INCIDENTS,
                             .query = STR("{}"),
                             .within = SEARCH_PROCESS_INSTANCES};
    CHECK_STR(found(&arena, search_within(&b, instance, &ask), "elementId"), "j k");
    ask.within = SEARCH_ELEMENT_INSTANCES;
    CHECK_STR(found(&arena, search_within(&b, sub, &ask), "elementId"), "k");
    ask = (struct search_ask){.what = SEARCH_VARIABLES,
                              .query = STR("{\"sort\":[{\"field\":\"value\"}]}"),
                              .within = SEARCH_USER_TASKS};
    CHECK_STR(found(&arena, search_within(&b, task, &ask), "value"), "0 1 2 5");
    ask.is_effective = true;
    const struct search_found *f = search_within(&b, task, &ask);
    CHECK_STR(found(&arena, f, "value"), "2 5");
    CHECK(f->is_everywhere);
    search_within(&b, 7, &ask);
    CHECK_INT(b.out.rejection, REJECT_NOT_FOUND);
    CHECK_STR(b.out.reason, "User Task with key '7' not found");
    bench_close(&b);
    arena_free(&arena);
}

/* ---- batch operations ------------------------------------------------------------ */

static u64 batch_cancel(struct bench *b, const char *filter)
{
    step(b, CMD_BATCH_CANCEL_INSTANCES, 0, &(struct batch_create){str_of(filter)});
    const struct batch_created *made = b->out.answer;
    u64 key = made ? made->batch_key : 0;

    run_own(b);
    return key;
}

TEST(batch_operations_and_their_items_are_found)
{
    struct arena arena;
    struct bench b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    people_create(&b);
    u64 key = batch_cancel(&b, "{\"variables\":[{\"name\":\"who\",\"value\":"
                               "{\"$exists\":true}}]}");
    step(&b, CMD_SEARCH, key, &(struct search_ask){.what = SEARCH_BATCH_OPERATIONS});
    const struct search_found *one = b.out.answer;
    CHECK_STR(one->text,
              arena_print(&arena,
                          "{\"batchOperationKey\":\"%llu\",\"state\":\"COMPLETED\","
                          "\"batchOperationType\":\"CANCEL_PROCESS_INSTANCE\","
                          "\"startDate\":\"2026-01-01T00:00:00.000Z\","
                          "\"endDate\":\"2026-01-01T00:00:00.000Z\","
                          "\"actorType\":null,\"actorId\":null,"
                          "\"operationsTotalCount\":3,\"operationsFailedCount\":0,"
                          "\"operationsCompletedCount\":3,\"errors\":[]}",
                          (unsigned long long)key)
                  .data);
    const struct search_found *f = search(&b, SEARCH_BATCH_OPERATION_ITEMS,
                                          "{\"filter\":{\"state\":\"COMPLETED\"}}");
    CHECK_INT(f->total, 3);
    CHECK_STR(found(&arena, f, "errorMessage"), "null null null");
    CHECK_INT(state_count(b.state, TABLE_INSTANCE), 1);
    bench_close(&b);
    arena_free(&arena);
}

TEST(only_the_last_batch_operations_are_remembered)
{
    struct bench b;

    bench_open(&b, NULL);
    for (u32 i = 0; i < 1010; i++)
        CHECK(batch_cancel(&b, "{\"state\":\"ACTIVE\"}"));
    CHECK_INT(state_count(b.state, TABLE_BATCH), 1000);
    CHECK_INT(state_count(b.state, TABLE_BATCH_WORK), 1000);
    CHECK_INT(state_count(b.state, TABLE_PENDING), 0);
    bench_close(&b);
}

TEST(what_is_wrong_with_a_search_is_said)
{
    static const struct {
        const char *query, *text;
    } cases[] = {
        {"{\"filters\":{}}", "The request has an unknown property 'filters'"},
        {"{\"filter\":[]}", "The 'filter' must be an object"},
        {"{\"filter\":{\"nope\":1}}", "The filter has an unknown property 'nope'"},
        {"{\"filter\":{\"$or\":[{\"$or\":[]}]}}",
         "The filter has an unknown property '$or'"},
        {"{\"filter\":{\"jobKey\":\"x\"}}",
         "The value for 'jobKey' must be a key of digits"},
        {"{\"filter\":{\"state\":\"LOST\"}}",
         "The value for 'state' is none it can have"},
        {"{\"filter\":{\"retries\":\"3\"}}",
         "The value for 'retries' must be a whole number"},
        {"{\"filter\":{\"retries\":{\"$like\":\"3\"}}}",
         "The filter property 'retries' does not know the operator '$like'"},
        {"{\"filter\":{\"deadline\":\"noon\"}}",
         "The value for 'deadline' must be a date and time according to RFC 3339"},
        {"{\"filter\":{\"type\":{\"$in\":\"a\"}}}",
         "The value for 'type' must be an array"},
        {"{\"filter\":{\"customHeaders\":{}}}",
         "The filter has an unknown property 'customHeaders'"},
        {"{\"sort\":[{\"field\":\"customHeaders\"}]}",
         "The field 'customHeaders' cannot be sorted by"},
        {"{\"sort\":[{\"field\":\"type\",\"order\":\"UP\"}]}",
         "The value for 'order' must be ASC or DESC"},
        {"{\"page\":{\"limit\":10001}}",
         "The value for 'limit' must be a whole number from 0 to 10000"},
        {"{\"page\":{\"from\":1,\"limit\":10000}}",
         "The 'page' ends beyond 10000 items; please use after instead"},
        {"{\"page\":{\"after\":\"?\"}}",
         "The value for 'after' must be a cursor of an earlier answer"},
        {"{\"page\":{\"after\":\"AAAA\",\"before\":\"AAAA\"}}",
         "The 'page' has both after and before"},
        {"{\"page\":{\"size\":3}}", "The page has an unknown property 'size'"},
    };
    struct bench b;

    bench_open(&b, NULL);
    for (size_t i = 0; i < LEN(cases); i++) {
        search(&b, SEARCH_JOBS, cases[i].query);
        CHECK_INT(b.out.rejection, REJECT_INVALID_ARGUMENT);
        CHECK_STR(b.out.reason, cases[i].text);
    }
    bench_close(&b);
}

/* `[1,1,...]` and a pattern of stars: one more than is allowed. */
TEST(a_filter_is_not_longer_than_a_row_can_be_held_against)
{
    struct arena arena;
    struct bench b;

    arena_init(&arena, 1 << 16, 4 << 20, NULL);
    bench_open(&b, NULL);
    for (u32 more = 0; more < 2; more++) {
        struct buf query;
        buf_init(&query, &arena, 1 << 16);
        buf_text(&query, "{\"filter\":{\"retries\":{\"$in\":[1");
        for (u32 i = 1; i < 10000 + more; i++)
            buf_text(&query, ",1");
        buf_text(&query, "]}}}");
        buf_byte(&query, '\0');
        search(&b, SEARCH_JOBS, query.data);
        CHECK_INT(b.out.rejection, more ? REJECT_INVALID_ARGUMENT : REJECT_NONE);
        query.len = 0;
        buf_text(&query, "{\"filter\":{\"type\":{\"$like\":\"");
        for (u32 i = 0; i < 1000 + more; i++)
            buf_byte(&query, '*');
        buf_text(&query, "\"}}}");
        buf_byte(&query, '\0');
        search(&b, SEARCH_JOBS, query.data);
        CHECK_INT(b.out.rejection, more ? REJECT_INVALID_ARGUMENT : REJECT_NONE);
    }
    bench_close(&b);
    arena_free(&arena);
}

TEST(one_thing_is_found_by_its_key)
{
    struct arena arena;
    struct bench b;
    struct str value = {0};

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    people_create(&b);
    u64 job = waiting_job(&b);
    step(&b, CMD_SEARCH, job, &(struct search_ask){.what = SEARCH_JOBS});
    const struct search_found *f = b.out.answer;
    CHECK(f && json_get(f->text, STR("type"), &arena, &value));
    CHECK_STR(value, "\"pack\"");
    step(&b, CMD_SEARCH, job, &(struct search_ask){.what = SEARCH_INCIDENTS});
    CHECK_INT(b.out.rejection, REJECT_NOT_FOUND);
    u64 process = process_latest(b.state, STR("<default>"), STR("p"));
    step(&b, CMD_SEARCH, process,
         &(struct search_ask){.what = SEARCH_PROCESS_DEFINITIONS, .is_file = true});
    f = b.out.answer;
    CHECK(f);
    CHECK_STR(f ? f->text : value, process_xml);
    bench_close(&b);
    arena_free(&arena);
}

static const char form_process_xml[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0'><process id='shown' "
    "isExecutable='true'><startEvent id='s'><extensionElements><z:formDefinition "
    "formId='page'/></extensionElements><outgoing>f</outgoing></startEvent>"
    "<sequenceFlow id='f' sourceRef='s' targetRef='t'/><userTask id='t'>"
    "<extensionElements><z:userTask/><z:formDefinition formId='page'/>"
    "</extensionElements></userTask></process></definitions>";
static const char food_xml[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='food' "
    "name='Food' namespace='n'><decision id='dish' name='Dish'><literalExpression>"
    "<text>1</text></literalExpression></decision></definitions>";
static const char food2_xml[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='food' "
    "name='Food' namespace='n'><decision id='dish' name='Dish'><literalExpression>"
    "<text>2</text></literalExpression></decision></definitions>";

static void deploy_all(struct bench *b)
{
    const struct resource first[] = {
        {STR("p.bpmn"), str_of(process_xml)},
        {STR("shown.bpmn"), str_of(form_process_xml)},
        {STR("food.dmn"), str_of(food_xml)},
        {STR("page.form"), STR("{\"id\":\"page\"}")},
        {STR("notes.md"), STR("# notes")},
    };
    const struct resource second = {STR("food.dmn"), str_of(food2_xml)};

    step(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{first, LEN(first)}});
    CHECK(b->out.answer);
    step(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&second, 1}});
    CHECK(b->out.answer);
}

TEST(decisions_graphs_and_files_are_searched)
{
    static const struct {
        enum search_kind what;
        const char *query, *property, *values;
    } cases[] = {
        {SEARCH_DECISION_DEFINITIONS,
         "{\"filter\":{\"decisionDefinitionId\":\"dish\"}}", "version", "1 2"},
        {SEARCH_DECISION_DEFINITIONS, "{\"filter\":{\"isLatestVersion\":true}}",
         "decisionRequirementsVersion", "2"},
        {SEARCH_DECISION_DEFINITIONS,
         "{\"sort\":[{\"field\":\"decisionRequirementsVersion\",\"order\":\"DESC\"}]}",
         "version", "2 1"},
        {SEARCH_DECISION_DEFINITIONS, "{\"filter\":{\"name\":\"dish\"}}", "version",
         ""},
        {SEARCH_DECISION_REQUIREMENTS, "{\"filter\":{\"resourceName\":\"food.dmn\"}}",
         "version", "1 2"},
        {SEARCH_RESOURCES, "{}", "resourceId", "notes.md"},
        {SEARCH_PROCESS_DEFINITIONS, "{\"filter\":{\"hasStartForm\":true}}",
         "processDefinitionId", "shown"},
    };
    struct arena arena;
    struct bench b;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    deploy_all(&b);
    for (size_t i = 0; i < LEN(cases); i++) {
        const struct search_found *f = search(&b, cases[i].what, cases[i].query);
        CHECK(f);
        if (f)
            CHECK_STR(found(&arena, f, cases[i].property), cases[i].values);
    }
    bench_close(&b);
    arena_free(&arena);
}

static struct str found_one(struct bench *b, u64 key, const struct search_ask *ask)
{
    const struct search_found *f;

    step(b, CMD_SEARCH, key, ask);
    f = b->out.answer;
    return f ? f->text : b->out.reason;
}

TEST(what_was_deployed_is_given_back)
{
    struct str tenant = STR("<default>");
    char wanted[200];
    struct bench b;

    bench_open(&b, NULL);
    deploy_all(&b);
    u64 decision = version_up_to(b.state, VERSIONED_DECISION, tenant, STR("dish"), 1);
    u64 graph = version_up_to(b.state, VERSIONED_REQUIREMENTS, tenant, STR("food"), 9);
    u64 form = version_up_to(b.state, VERSIONED_FORM, tenant, STR("page"), 9);
    u64 file = version_up_to(b.state, VERSIONED_FILE, tenant, STR("notes.md"), 9);
    u64 shown = process_latest(b.state, tenant, STR("shown"));
    CHECK_STR(found_one(&b, decision,
                        &(struct search_ask){.what = SEARCH_DECISION_DEFINITIONS,
                                             .is_file = true}),
              food_xml);
    CHECK_STR(found_one(&b, graph,
                        &(struct search_ask){.what = SEARCH_DECISION_REQUIREMENTS,
                                             .is_file = true}),
              food2_xml);
    CHECK_STR(
        found_one(&b, file,
                  &(struct search_ask){.what = SEARCH_RESOURCES, .is_file = true}),
        "# notes");
    snprintf(wanted, sizeof(wanted),
             "{\"tenantId\":\"<default>\",\"formId\":\"page\",\"schema\":"
             "\"{\\\"id\\\":\\\"page\\\"}\",\"version\":1,\"formKey\":\"%llu\"}",
             (unsigned long long)form);
    CHECK_STR(found_one(&b, form, &(struct search_ask){.what = SEARCH_FORMS}), wanted);
    CHECK_STR(found_one(&b, shown,
                        &(struct search_ask){.what = SEARCH_PROCESS_DEFINITIONS,
                                             .is_form = true}),
              wanted);
    CHECK_STR(found_one(&b, process_latest(b.state, tenant, STR("p")),
                        &(struct search_ask){.what = SEARCH_PROCESS_DEFINITIONS,
                                             .is_form = true}),
              "");
    found_one(&b, file, &(struct search_ask){.what = SEARCH_FORMS});
    CHECK_INT(b.out.rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

/* The first event of this kind in the last step's entry. */
static bool event_of(struct bench *b, enum event_kind kind, struct arena *arena,
                     void *record)
{
    struct entry entry;
    struct event event;
    struct err err;
    size_t at = 0;

    if (!record_decode(b->out.entry, &entry_shape, arena, &entry, &err))
        return false;
    while (event_next(entry.events, &at, &event, &err))
        if (event.kind == kind)
            return record_decode(event.bytes, events[kind].record, arena, record, &err);
    return false;
}

TEST(a_decision_is_told_in_the_log_and_to_the_client_alike)
{
    static const char loop_xml[] =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' id='d' "
        "name='D' namespace='n'><decision id='all' name='All'>"
        "<informationRequirement><requiredDecision href='#items'/>"
        "</informationRequirement><for iteratorVariable='i'><in><literalExpression>"
        "<text>items</text></literalExpression></in><return><literalExpression>"
        "<text>i + 1</text></literalExpression></return></for></decision>"
        "<decision id='items' name='Items'><literalExpression><text>[1, missing]</text>"
        "</literalExpression></decision></definitions>";
    struct resource file = {STR("d.dmn"), str_of(loop_xml)};
    struct decision_evaluated told;
    struct arena arena;
    struct bench b;
    char key[40];

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    step(&b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    step(&b, CMD_DECISION_EVALUATE, 0,
         &(struct decision_evaluate){.decision_id = STR("all")});
    const struct decision_evaluated *a = b.out.answer;
    CHECK(a && event_of(&b, EV_DECISION_EVALUATED, &arena, &told));
    CHECK_INT(record_hash(&decision_evaluated_shape, a, 0),
              record_hash(&decision_evaluated_shape, &told, 0));
    CHECK_STR(told.output, "[2,null]");
    CHECK_INT(told.decisions.count, 2);
    CHECK_STR(told.decisions.items[0].type, "LITERAL_EXPRESSION");
    CHECK_STR(told.decisions.items[1].type, "UNKNOWN"); /* the API has no word for it */
    snprintf(key, sizeof(key), "%llu-2", (unsigned long long)told.evaluation_key);
    CHECK_STR(told.decisions.items[1].instance_key, key);
    CHECK(told.warnings.count > 0);
    CHECK_STR(told.warnings.items[0],
              "[NO_VARIABLE_FOUND] No variable found with name 'missing'");
    bench_close(&b);
    arena_free(&arena);
}

TEST(decisions_that_were_made_are_found_for_a_while)
{
    static const char xml[] =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' "
        "name='D' namespace='n'><decision id='grade' name='Grade'>"
        "<informationRequirement><requiredDecision href='#points'/>"
        "</informationRequirement><decisionTable hitPolicy='UNIQUE'><input id='i' "
        "label='Points'><inputExpression><text>points</text></inputExpression></input>"
        "<output id='o' name='grade'/><rule id='r1'><inputEntry><text>&lt; 5</text>"
        "</inputEntry><outputEntry><text>\"poor\"</text></outputEntry></rule>"
        "<rule id='r2'><inputEntry><text>&lt; 3</text></inputEntry><outputEntry>"
        "<text>\"bad\"</text></outputEntry></rule></decisionTable></decision>"
        "<decision id='points' name='Points'><literalExpression><text>n + 1</text>"
        "</literalExpression></decision></definitions>";
    struct resource file = {STR("d.dmn"), str_of(xml)};
    const struct search_found *f;
    struct arena arena;
    struct bench b;
    struct str value;
    u64 key;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    step(&b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    step(&b, CMD_DECISION_EVALUATE, 0,
         &(struct decision_evaluate){.decision_id = STR("grade"),
                                     .variables = STR("{\"n\":3}")});
    key = ((const struct decision_evaluated *)b.out.answer)->evaluation_key;
    step(&b, CMD_DECISION_EVALUATE, 0,
         &(struct decision_evaluate){.decision_id = STR("grade"),
                                     .variables = STR("{\"n\":1}")});
    f = search(&b, SEARCH_DECISION_INSTANCES,
               "{\"sort\":[{\"field\":\"decisionEvaluationInstanceKey\"}]}");
    CHECK_STR(found(&arena, f, "decisionDefinitionId"), "points grade points grade");
    CHECK_STR(found(&arena, f, "state"), "EVALUATED EVALUATED EVALUATED FAILED");
    f = search(&b, SEARCH_DECISION_INSTANCES,
               "{\"filter\":{\"state\":\"FAILED\",\"decisionDefinitionType\":"
               "\"DECISION_TABLE\"}}");
    CHECK_INT(f->total, 1);
    step(&b, CMD_SEARCH, key,
         &(struct search_ask){.what = SEARCH_DECISION_INSTANCES, .index = 2});
    f = b.out.answer;
    CHECK(f && json_get(f->text, STR("evaluatedInputs"), &arena, &value));
    CHECK_STR(value,
              "[{\"inputId\":\"i\",\"inputName\":\"Points\",\"inputValue\":\"4\"}]");
    CHECK(json_get(f->text, STR("matchedRules"), &arena, &value));
    CHECK_STR(
        value,
        "[{\"ruleId\":\"r1\",\"ruleIndex\":1,\"evaluatedOutputs\":[{\"outputId\":"
        "\"o\",\"outputName\":\"grade\",\"outputValue\":\"\\\"poor\\\"\",\"ruleId\":"
        "\"r1\",\"ruleIndex\":1}]}]");
    step(&b, CMD_SEARCH, key,
         &(struct search_ask){.what = SEARCH_DECISION_INSTANCES, .index = 4});
    CHECK_INT(b.out.rejection, REJECT_NOT_FOUND); /* it is the next one's */
    for (u32 i = 0; i < 600; i++)
        step(&b, CMD_DECISION_EVALUATE, 0,
             &(struct decision_evaluate){.decision_id = STR("grade"),
                                         .variables = STR("{\"n\":3}")});
    CHECK_INT(state_count(b.state, TABLE_EVALUATION), 1000);
    bench_close(&b);
    arena_free(&arena);
}

TEST(a_user_task_shows_its_form)
{
    struct arena arena;
    struct bench b;
    struct str id;

    arena_init(&arena, 4096, 1 << 20, NULL);
    bench_open(&b, NULL);
    deploy_all(&b);
    step(&b, CMD_INSTANCE_CREATE, 0,
         &(struct instance_create){.bpmn_process_id = STR("shown"), .version = -1});
    const struct search_found *f = search(&b, SEARCH_USER_TASKS, "{}");
    CHECK(f && f->total == 1);
    struct str text = found(&arena, f, "userTaskKey");
    i64 task = 0;
    CHECK(str_to_i64(text, &task));
    text = found_one(&b, (u64)task,
                     &(struct search_ask){.what = SEARCH_USER_TASKS, .is_form = true});
    CHECK(json_get(text, STR("formId"), &arena, &id));
    CHECK_STR(id, "\"page\"");
    bench_close(&b);
    arena_free(&arena);
}

/* A filter on an owner finds the same as one that looks at everything. */
TEST(keys_of_owners_leave_only_what_is_theirs)
{
    static const struct {
        enum search_kind what;
        const char *property;
        u64 total;
    } cases[] = {{SEARCH_VARIABLES, "processInstanceKey", 2},
                 {SEARCH_ELEMENT_INSTANCES, "processInstanceKey", 1},
                 {SEARCH_JOBS, "processInstanceKey", 1},
                 {SEARCH_INCIDENTS, "processInstanceKey", 1},
                 {SEARCH_PROCESS_INSTANCES, "processInstanceKey", 1}};
    struct bench b;
    char query[200];

    bench_open(&b, NULL);
    people_create(&b);
    u64 key = create(&b, STR("{\"n\":1}")), job = 0;
    u64 element = child_after(b.state, key, 0);
    job = job_of(b.state, element);
    step(&b, CMD_JOB_FAIL, job, &(struct job_fail){.variables = STR("{\"n\":5}")});
    for (size_t i = 0; i < LEN(cases); i++)
        for (u32 way = 0; way < 2; way++) {
            snprintf(query, sizeof(query), "{\"filter\":{\"%s\":%s\"%llu\"%s}}",
                     cases[i].property, way ? "{\"$in\":[" : "",
                     (unsigned long long)key, way ? "]}" : "");
            const struct search_found *f = search(&b, cases[i].what, query);
            CHECK(f && f->is_done);
            CHECK_INT(f ? f->total : 99, cases[i].total);
        }
    const struct search_found *f =
        search(&b, SEARCH_PROCESS_INSTANCES, "{\"filter\":{\"hasIncident\":true}}");
    CHECK_INT(f ? f->total : 99, 1);
    bench_close(&b);
}

/* {"v0":0,"v1":1,...} */
static struct str many(struct arena *arena, const char *letter, u32 count)
{
    struct buf out;

    buf_init(&out, arena, 1 << 16);
    for (u32 i = 0; i < count; i++)
        buf_print(&out, "%s\"%s%u\":%u", i ? "," : "{", letter, i, i);
    buf_byte(&out, '}');
    return buf_str(&out);
}

/* More rows than a step looks at, in one instance and in the whole table. */
TEST(a_long_search_goes_on_where_it_has_stopped)
{
    static const char *const queries[] = {
        "{\"page\":{\"limit\":1}}",
        "{\"filter\":{\"processInstanceKey\":\"%llu\"},\"page\":{\"limit\":1}}"};
    static const i64 totals[] = {30001, 21001};
    struct arena arena;
    struct bench b;
    char query[200];

    arena_init(&arena, 1 << 16, 64 << 20, NULL);
    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    create(&b, many(&arena, "v", 9000));
    u64 key = create(&b, many(&arena, "v", 9000));
    step(&b, CMD_VARIABLES_SET, key,
         &(struct variables_set){many(&arena, "w", 12000), true});
    step(&b, CMD_VARIABLES_SET, child_after(b.state, key, 0),
         &(struct variables_set){STR("{\"last\":1}"), true});
    for (size_t i = 0; i < LEN(queries); i++) {
        struct search_ask ask = {.what = SEARCH_VARIABLES};
        struct search_found f = {0};
        u64 total = 0, path[8];
        u32 steps = 0;
        snprintf(query, sizeof(query), queries[i], (unsigned long long)key);
        ask.query = str_of(query);
        while (!f.is_done) {
            step(&b, CMD_SEARCH, 0, &ask);
            f = *(const struct search_found *)b.out.answer;
            total += f.total;
            steps++;
            CHECK(f.path.count <= LEN(path));
            for (u32 k = 0; k < f.path.count && k < LEN(path); k++)
                path[k] = f.path.items[k];
            ask.has_begun = true;
            ask.at = f.at;
            ask.path = (struct u64_list){path, f.path.count};
        }
        CHECK_INT(total, totals[i]);
        CHECK(steps > 1);
    }
    bench_close(&b);
    arena_free(&arena);
}

/* ---- user tasks that the engine keeps -------------------------------------------- */

#define TASK_XML(extensions)                                                        \
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" " \
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"                 \
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"      \
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"                 \
    "<bpmn:userTask id=\"t\"><bpmn:extensionElements><zeebe:userTask/>" extensions  \
    "</bpmn:extensionElements></bpmn:userTask>"                                     \
    "<bpmn:sequenceFlow id=\"g\" sourceRef=\"t\" targetRef=\"u\"/>"                 \
    "<bpmn:serviceTask id=\"u\"><bpmn:extensionElements>"                           \
    "<zeebe:taskDefinition "                                                        \
    "type=\"pack\"/></bpmn:extensionElements></bpmn:serviceTask>"                   \
    "</bpmn:process></bpmn:definitions>"
#define LISTENER(event, type) \
    "<zeebe:taskListener eventType=\"" event "\" type=\"" type "\"/>"
#define LISTENERS(all) "<zeebe:taskListeners>" all "</zeebe:taskListeners>"

/* The task of the one instance that was made; a twin follows by the log alone. */
struct task_bench {
    struct bench b, twin;
    u64 instance, key;
};

static void task_step(struct task_bench *t, enum command_kind kind, u64 key,
                      const void *record)
{
    struct err err;

    step(&t->b, kind, key, record);
    if (t->b.out.entry.len)
        CHECK(engine_replay(t->twin.engine, t->b.out.entry, &err));
    CHECK(state_hash(t->b.state) == state_hash(t->twin.state));
}

static void task_open(struct task_bench *t, const char *xml)
{
    struct resource file = {STR("p.bpmn"), str_of(xml)};

    bench_open(&t->b, NULL);
    bench_open(&t->twin, NULL);
    task_step(t, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    task_step(t, CMD_INSTANCE_CREATE, 0,
              &(struct instance_create){.bpmn_process_id = STR("p"),
                                        .version = -1,
                                        .variables = STR("{\"x\":1}")});
    const struct instance_created *made = t->b.out.answer;
    t->instance = made ? made->instance_key : 0;
    t->key = user_task_of(t->b.state, child_after(t->b.state, t->instance, 0));
}

static void task_close(struct task_bench *t)
{
    bench_close(&t->b);
    bench_close(&t->twin);
}

static u32 task_state(const struct task_bench *t)
{
    const struct user_task_row *row = user_task_get(t->b.state, t->key);

    return row ? row->state : USER_TASK_NONE;
}

static struct str task_assignee(const struct task_bench *t)
{
    const struct user_task_row *row = user_task_get(t->b.state, t->key);

    return row ? row->values->assignee : STR("no task");
}

/* Completes the listener's job that waits; false: there is none. */
static bool listener(struct task_bench *t, const char *type, struct job_complete how)
{
    u64 job = job_waiting(t->b.state, STR("<default>"), str_of(type));

    if (job)
        task_step(t, CMD_JOB_COMPLETE, job, &how);
    return job != 0;
}

/* What the last step has told a request that was left unanswered. */
static const struct effect *late(const struct task_bench *t)
{
    for (u32 i = 0; i < t->b.out.effect_count; i++)
        if (t->b.out.effects[i].kind == EFFECT_LATE_ANSWER)
            return &t->b.out.effects[i];
    return NULL;
}

TEST(a_task_without_listeners_is_assigned_changed_and_done_at_once)
{
    struct task_bench t;
    struct user_task_change change = {.has_priority = true, .priority = 7};

    task_open(&t, TASK_XML("<zeebe:assignmentDefinition assignee=\"ann\"/>"));
    CHECK_INT(task_state(&t), USER_TASK_CREATED);
    CHECK_STR(task_assignee(&t), "ann");
    task_step(&t, CMD_USER_TASK_UNASSIGN, t.key, NULL);
    CHECK_STR(task_assignee(&t), "");
    task_step(&t, CMD_USER_TASK_UPDATE, t.key, &(struct user_task_update){&change});
    CHECK_INT(user_task_get(t.b.state, t.key)->values->priority, 7);
    task_step(&t, CMD_USER_TASK_COMPLETE, t.key,
              &(struct user_task_complete){.variables = STR("{\"x\":2}")});
    CHECK(!t.b.out.is_late && !t.b.out.effects[0].request);
    CHECK_INT(task_state(&t), USER_TASK_NONE);
    u64 x = variable_find(t.b.state, t.instance, STR("x"));
    CHECK_STR(x ? variable_get(t.b.state, x)->value : STR(""), "2");
    CHECK(waiting_job(&t.b));
    task_close(&t);
}

TEST(what_cannot_be_done_to_a_task_is_refused)
{
    static const struct user_task_change bad_date = {.has_due_date = true,
                                                     .due_date = {"soon", 4}},
                                         bad_priority = {.has_priority = true,
                                                         .priority = 101};
    struct task_bench t;
    char text[200];

    task_open(&t, TASK_XML(""));
    u64 key = t.key;
    const struct {
        enum command_kind kind;
        u64 key;
        const void *record;
        enum rejection rejection;
        const char *text;
    } cases[] = {
        {CMD_USER_TASK_COMPLETE, 99, &(struct user_task_complete){{NULL, 0}},
         REJECT_NOT_FOUND,
         "Expected to complete user task with key '99', but no such user task was "
         "found"},
        {CMD_USER_TASK_UNASSIGN, 99, NULL, REJECT_NOT_FOUND,
         "Expected to assign user task with key '99', but no such user task was found"},
        {CMD_USER_TASK_ASSIGN, key,
         &(struct user_task_assign){.assignee = STR("bob"), .has_override = true},
         REJECT_INVALID_STATE,
         "Expected to claim user task with key '%llu', but it has already been "
         "assigned"},
        {CMD_USER_TASK_ASSIGN, key, &(struct user_task_assign){.has_override = true},
         REJECT_INVALID_STATE,
         "Expected to claim user task with key '%llu', but provided assignee is empty"},
        {CMD_USER_TASK_UPDATE, key, &(struct user_task_update){&bad_date},
         REJECT_INVALID_ARGUMENT,
         "The provided due date 'soon' cannot be parsed as a date according to RFC "
         "3339, "
         "section 5.6"},
        {CMD_USER_TASK_UPDATE, key, &(struct user_task_update){&bad_priority},
         REJECT_INVALID_ARGUMENT,
         "The value for priority is '101' but must be within the [0,100] range"},
    };
    task_step(&t, CMD_USER_TASK_ASSIGN, key,
              &(struct user_task_assign){.assignee = STR("ann")});
    for (size_t i = 0; i < LEN(cases); i++) {
        snprintf(text, sizeof(text), cases[i].text, (unsigned long long)key);
        task_step(&t, cases[i].kind, cases[i].key, cases[i].record);
        CHECK_INT(t.b.out.rejection, cases[i].rejection);
        CHECK_STR(t.b.out.reason, text);
    }
    CHECK_STR(task_assignee(&t), "ann");
    task_close(&t);
}

TEST(a_change_is_answered_when_its_listeners_are_through)
{
    struct task_bench t;

    task_open(&t, TASK_XML(LISTENERS(LISTENER("completing", "one") LISTENER(
                      "assigning", "other") LISTENER("completing", "two"))));
    task_step(&t, CMD_USER_TASK_COMPLETE, t.key,
              &(struct user_task_complete){.variables = STR("{}")});
    CHECK(t.b.out.is_late && !late(&t));
    CHECK_INT(task_state(&t), USER_TASK_COMPLETING);
    task_step(&t, CMD_USER_TASK_UNASSIGN, t.key, NULL);
    CHECK_INT(t.b.out.rejection, REJECT_INVALID_STATE);
    CHECK(!t.b.out.is_late);
    CHECK(!job_waiting(t.b.state, STR("<default>"), STR("two")));
    CHECK(listener(&t, "one", (struct job_complete){0}));
    CHECK(!late(&t));
    CHECK(listener(&t, "two", (struct job_complete){0}));
    CHECK(late(&t) && late(&t)->request == 1 && late(&t)->rejection == REJECT_NONE);
    CHECK_INT(task_state(&t), USER_TASK_NONE);
    CHECK(waiting_job(&t.b));
    task_close(&t);
}

TEST(a_listener_that_denies_leaves_the_task_as_it_was)
{
    static const struct {
        enum command_kind kind;
        const char *type, *word;
    } cases[] = {
        {CMD_USER_TASK_COMPLETE, "completing", "Completion"},
        {CMD_USER_TASK_ASSIGN, "assigning", "Assignment"},
        {CMD_USER_TASK_UPDATE, "updating", "Update"},
    };

    for (size_t i = 0; i < LEN(cases); i++) {
        static const u64 nothing[8];
        struct task_bench t;
        char text[200];
        task_open(&t, TASK_XML(LISTENERS(LISTENER("completing", "completing") LISTENER(
                          "assigning", "assigning") LISTENER("updating", "updating"))));
        struct user_task_assign assign = {.assignee = STR("bob")};
        task_step(&t, cases[i].kind, t.key,
                  cases[i].kind == CMD_USER_TASK_ASSIGN ? (const void *)&assign
                                                        : nothing);
        CHECK(t.b.out.is_late);
        CHECK(listener(
            &t, cases[i].type,
            (struct job_complete){.is_denied = true, .denied_reason = STR("no")}));
        snprintf(text, sizeof(text),
                 "%s of the User Task with key '%llu' was denied by Task Listener. "
                 "Reason to deny: 'no'",
                 cases[i].word, (unsigned long long)t.key);
        CHECK(late(&t) && late(&t)->rejection == REJECT_INVALID_STATE);
        CHECK_STR(late(&t) ? late(&t)->reason : STR(""), text);
        CHECK_INT(task_state(&t), USER_TASK_CREATED);
        CHECK_STR(task_assignee(&t), "");
        task_close(&t);
    }
}

TEST(a_listener_corrects_what_the_next_one_sees_and_the_task_becomes)
{
    struct task_bench t;
    struct user_task_change change = {.has_assignee = true,
                                      .assignee = STR("carl"),
                                      .has_priority = true,
                                      .priority = 50};

    task_open(&t, TASK_XML(LISTENERS(LISTENER("assigning", "one")
                                         LISTENER("assigning", "two"))));
    task_step(&t, CMD_USER_TASK_ASSIGN, t.key,
              &(struct user_task_assign){.assignee = STR("bob")});
    CHECK(listener(&t, "one", (struct job_complete){.corrections = &change}));
    CHECK_STR(task_assignee(&t), "");
    step(&t.b, CMD_JOB_ACTIVATE, 0,
         &(struct job_activate){.type = STR("two"), .timeout = 1000, .max_jobs = 1});
    const struct jobs_activated *jobs = t.b.out.answer;
    CHECK(jobs && jobs->jobs.count == 1 && jobs->jobs.items[0].user_task);
    const struct user_task_properties *seen = jobs->jobs.items[0].user_task;
    CHECK_STR(seen->assignee, "carl");
    CHECK_STR(seen->action, "assign");
    CHECK_INT(seen->changed_attributes.count, 1); /* the priority was 50 before */
    step(&t.b, CMD_JOB_COMPLETE, jobs->jobs.items[0].key, NULL);
    CHECK_STR(task_assignee(&t), "carl");
    task_close(&t);
}

TEST(what_a_listener_may_not_say_is_refused)
{
    static const struct user_task_change change = {.has_assignee = true}, empty = {0};
    static const struct {
        struct job_complete said;
        enum rejection rejection;
    } cases[] = {
        {{.variables = {"{\"a\":1}", 7}}, REJECT_INVALID_ARGUMENT},
        {{.is_denied = true, .corrections = &change}, REJECT_INVALID_ARGUMENT},
        {{.is_denied = true}, REJECT_INVALID_ARGUMENT}, /* a creation */
        {{.corrections = &change}, REJECT_INVALID_ARGUMENT},
        {{.variables = {"{}", 2}, .corrections = &empty}, REJECT_NONE},
    };
    struct task_bench t;

    task_open(&t, TASK_XML("<zeebe:assignmentDefinition assignee=\"ann\"/>" LISTENERS(
                      LISTENER("creating", "one") LISTENER("assigning", "two"))));
    CHECK_INT(task_state(&t), USER_TASK_CREATING);
    for (size_t i = 0; i < LEN(cases); i++) {
        CHECK(listener(&t, "one", cases[i].said));
        CHECK_INT(t.b.out.rejection, cases[i].rejection);
    }
    CHECK_INT(task_state(&t), USER_TASK_ASSIGNING); /* as the model wants */
    CHECK(listener(&t, "two", (struct job_complete){0}));
    CHECK_STR(task_assignee(&t), "ann");
    task_close(&t);
}

TEST(a_task_that_is_canceled_answers_who_waits_and_hears_its_listeners)
{
    struct task_bench t;

    task_open(&t, TASK_XML(LISTENERS(LISTENER("completing", "one")
                                         LISTENER("canceling", "two"))));
    task_step(&t, CMD_USER_TASK_COMPLETE, t.key, NULL);
    task_step(&t, CMD_INSTANCE_CANCEL, t.instance, NULL);
    CHECK(late(&t) && late(&t)->rejection == REJECT_INVALID_STATE);
    CHECK_STR(late(&t) ? late(&t)->reason : STR(""),
              "user task was canceled during ongoing transition");
    CHECK(!job_waiting(t.b.state, STR("<default>"), STR("one")));
    CHECK(instance_get(t.b.state, t.instance));
    CHECK(listener(&t, "two", (struct job_complete){0}));
    CHECK(!instance_get(t.b.state, t.instance));
    CHECK_INT(state_count(t.b.state, TABLE_USER_TASK), 0);
    task_close(&t);
}

TEST(a_listener_that_fails_is_an_incident_of_its_own)
{
    struct task_bench t;

    task_open(&t, TASK_XML(LISTENERS(LISTENER("creating", "one"))));
    u64 element = child_after(t.b.state, t.instance, 0),
        job = job_of(t.b.state, element);
    task_step(&t, CMD_JOB_FAIL, job, &(struct job_fail){0});
    u64 incident = incident_after(t.b.state, element, 0);
    CHECK(incident);
    CHECK_INT(incident_get(t.b.state, incident)->problem,
              PROBLEM_TASK_LISTENER_NO_RETRIES);
    task_step(&t, CMD_INCIDENT_RESOLVE, incident, NULL);
    CHECK_INT(t.b.out.rejection, REJECT_INVALID_STATE);
    task_step(&t, CMD_JOB_UPDATE_RETRIES, job, &(struct job_update_retries){1});
    task_step(&t, CMD_INCIDENT_RESOLVE, incident, NULL);
    CHECK(listener(&t, "one", (struct job_complete){0}));
    CHECK_INT(task_state(&t), USER_TASK_CREATED);
    task_close(&t);
}

/* The second listener's type cannot be computed: after the repair, both run. */
TEST(a_listener_whose_type_fails_runs_all_of_its_event_again)
{
    struct task_bench t;

    task_open(&t, TASK_XML(LISTENERS(LISTENER("completing", "one")
                                         LISTENER("completing", "=missing"))));
    task_step(&t, CMD_USER_TASK_COMPLETE, t.key, NULL);
    CHECK(listener(&t, "one", (struct job_complete){0}));
    u64 element = child_after(t.b.state, t.instance, 0),
        incident = incident_after(t.b.state, element, 0);
    CHECK(incident);
    task_step(&t, CMD_VARIABLES_SET, t.instance,
              &(struct variables_set){STR("{\"missing\":\"two\"}"), false});
    task_step(&t, CMD_INCIDENT_RESOLVE, incident, NULL);
    CHECK(listener(&t, "one", (struct job_complete){0}));
    CHECK(listener(&t, "two", (struct job_complete){0}));
    CHECK(late(&t));
    CHECK(waiting_job(&t.b));
    task_close(&t);
}

TEST(a_form_that_is_asked_for_by_its_id_is_missing)
{
    struct task_bench t;

    task_open(&t, TASK_XML("<zeebe:formDefinition formId=\"f\"/>"));
    u64 incident = incident_after(t.b.state, child_after(t.b.state, t.instance, 0), 0);
    CHECK(incident && !t.key);
    CHECK_INT(incident_get(t.b.state, incident)->problem, PROBLEM_FORM_NOT_FOUND);
    task_close(&t);
}

TEST(a_task_that_has_ended_is_found_for_a_while)
{
    struct task_bench t;
    struct bench *b = &t.b;
    struct arena arena;

    arena_init(&arena, 4096, 1 << 20, NULL);
    task_open(&t, TASK_XML("<zeebe:assignmentDefinition assignee=\"ann\"/>"));
    task_step(&t, CMD_USER_TASK_COMPLETE, t.key, NULL);
    step(b, CMD_INSTANCE_CREATE, 0,
         &(struct instance_create){.bpmn_process_id = STR("p"), .version = -1});
    step(b, CMD_INSTANCE_CANCEL,
         ((const struct instance_created *)b->out.answer)->instance_key, NULL);
    CHECK_INT(state_count(b->state, TABLE_USER_TASK), 0);
    CHECK_STR(found(&arena, search(b, SEARCH_USER_TASKS, "{}"), "state"),
              "COMPLETED CANCELED");
    CHECK_STR(
        found(&arena,
              search(b, SEARCH_USER_TASKS,
                     "{\"filter\":{\"state\":\"COMPLETED\",\"assignee\":\"ann\"}}"),
              "userTaskKey"),
        arena_print(&arena, "%llu", (unsigned long long)t.key).data);
    step(b, CMD_SEARCH, t.key, &(struct search_ask){.what = SEARCH_USER_TASKS});
    CHECK_INT(b->out.rejection, REJECT_NONE);
    task_close(&t);
    arena_free(&arena);
}

/* An abort at each emit leaves all as it was, and the same again succeeds. */
TEST(a_change_that_is_undone_can_be_asked_for_again)
{
    struct task_bench t;
    u32 trips = 0;

    task_open(&t, TASK_XML("<zeebe:assignmentDefinition assignee=\"ann\"/>"));
    for (u32 emit = 1; task_state(&t); emit++) {
        u64 hash = state_hash(t.b.state);
        engine_trip(t.b.engine, emit);
        step(&t.b, CMD_USER_TASK_COMPLETE, t.key, NULL);
        if (engine_undone(t.b.engine)) {
            CHECK(state_hash(t.b.state) == hash);
            trips++;
        }
    }
    CHECK(trips > 3);
    CHECK(waiting_job(&t.b));
    task_close(&t);
}

/* ---- compensation ---------------------------------------------------------------- */

#define UNDONE_XML(rest)                                                               \
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "    \
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"                    \
    "<bpmn:signal id=\"g\" name=\"go\"/><bpmn:process id=\"p\" isExecutable=\"true\">" \
    "<bpmn:startEvent id=\"s\"/>" rest "</bpmn:process></bpmn:definitions>"
#define UNDO_FLOW(id, from, to) \
    "<bpmn:sequenceFlow id=\"" id "\" sourceRef=\"" from "\" targetRef=\"" to "\"/>"
#define UNDO_TASK(id, more)                                             \
    "<bpmn:serviceTask id=\"" id "\" " more "><bpmn:extensionElements>" \
    "<zeebe:taskDefinition type=\"pack\"/></bpmn:extensionElements>"    \
    "</bpmn:serviceTask>"
/* A task whose work can be undone. */
#define UNDOABLE(id)                                                       \
    UNDO_TASK(id, "")                                                      \
    "<bpmn:boundaryEvent id=\"b\" attachedToRef=\"" id                     \
    "\"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>" UNDO_TASK( \
        "u", "isForCompensation=\"true\"") "<bpmn:association id=\"x\" "   \
                                           "associationDirection=\"One\" " \
                                           "sourceRef=\"b\" targetRef=\"u\"/>"

static void finish_job(struct bench *b)
{
    u64 job = waiting_job(b);

    CHECK(job);
    step(b, CMD_JOB_COMPLETE, job, NULL);
}

/* The sub-process is compensated, which waits for the handler inside. */
TEST(an_instance_that_is_cancelled_while_it_undoes_leaves_nothing)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(
        &b, UNDONE_XML(UNDO_FLOW(
                "f", "s", "q") "<bpmn:subProcess id=\"q\">"
                               "<bpmn:startEvent id=\"qs\"/>" UNDO_FLOW("f1", "qs", "a")
                                   UNDOABLE("a") "</bpmn:subProcess>" UNDO_FLOW(
                                       "f2", "q",
                                       "t") "<bpmn:endEvent "
                                            "id=\"t\"><bpmn:compensateEventDefinition/>"
                                            "</bpmn:endEvent>"));
    u64 instance = create(&b, STR("{}"));
    finish_job(&b);
    CHECK(waiting_job(&b)); /* the handler */
    CHECK(state_count(b.state, TABLE_COMPENSATION) > 0);
    step(&b, CMD_INSTANCE_CANCEL, instance, NULL);
    CHECK_INT(state_count(b.state, TABLE_ELEMENT), 0);
    CHECK_INT(state_count(b.state, TABLE_COMPENSATION), 0);
    bench_close(&b);
}

TEST(what_was_done_in_an_event_sub_process_goes_with_it)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(
        &b,
        UNDONE_XML(UNDO_FLOW(
            "f", "s",
            "w") "<bpmn:userTask id=\"w\"/>"
                 "<bpmn:subProcess id=\"h\" triggeredByEvent=\"true\"><bpmn:startEvent "
                 "id=\"hs\"><bpmn:signalEventDefinition "
                 "signalRef=\"g\"/></bpmn:startEvent>" UNDO_FLOW("f1", "hs", "a")
                       UNDOABLE("a") "</bpmn:subProcess>"));
    CHECK(create(&b, STR("{}")));
    step(&b, CMD_SIGNAL_BROADCAST, 0, &(struct signal_broadcast){.name = STR("go")});
    finish_job(&b);
    CHECK_INT(state_count(b.state, TABLE_ELEMENT), 0);
    CHECK_INT(state_count(b.state, TABLE_COMPENSATION), 0);
    bench_close(&b);
}

/* ---- jobs that come back --------------------------------------------------------- */

static i64 take_job(struct bench *b, i64 timeout)
{
    step(b, CMD_JOB_ACTIVATE, 0,
         &(struct job_activate){.type = STR("pack"),
                                .worker = STR("w"),
                                .timeout = timeout,
                                .max_jobs = 1});
    const struct jobs_activated *taken = b->out.answer;
    return taken && taken->jobs.count ? taken->jobs.items[0].deadline : 0;
}

/* A door gives a job back by the deadline that it was handed out with: it may have
 * timed out since, and be somebody else's. */
TEST(a_job_is_not_given_back_for_one_who_has_lost_it)
{
    struct bench b;

    bench_open(&b, NULL);
    deploy_file(&b, process_xml);
    CHECK(create(&b, STR("{}")));
    u64 job = waiting_job(&b);
    i64 first = take_job(&b, 1000);
    b.now += 1000;
    run_own(&b);
    i64 second = take_job(&b, 5000);
    CHECK(first && second > first);
    struct input in = {.kind = CMD_JOB_YIELD,
                       .key = job,
                       .now = b.now,
                       .tenant = STR("<default>"),
                       .operation = (u64)first};
    engine_step(b.engine, &in, &b.out);
    CHECK_INT(b.out.outcome, STEP_REFUSED);
    CHECK_INT(job_get(b.state, job)->state, JOB_STATE_ACTIVATED);
    in.operation = (u64)second;
    engine_step(b.engine, &in, &b.out);
    CHECK_INT(b.out.outcome, STEP_DONE);
    CHECK(waiting_job(&b) == job);
    bench_close(&b);
}
