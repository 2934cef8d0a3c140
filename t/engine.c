#include "engine/engine.h"

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
