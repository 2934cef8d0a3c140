#include "node/node.h"

#include "state/read.h"
#include "t/test.h"

#define NOW 1767225600000

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
    struct log *log;
    struct node *node;
    struct node_options options;
    i64 now;
    struct err err;
};

/* Entries become durable so many turns after their own. */
static void bench_open(struct bench *b, u32 partition, u32 partitions, u32 turns)
{
    *b = (struct bench){.now = NOW, .options = node_options_default};
    b->options.engine = engine_options_default;
    b->options.engine.partition = partition;
    b->options.engine.partitions = partitions;
    b->log = log_mem_open(&(struct log_mem_options){.pumps = turns + 1, .keep = true});
    CHECK(log_claim(b->log, &b->err));
    b->node = node_open(&b->options, b->log);
    CHECK(node_recover(b->node, NULL, NULL, &b->err));
}

static void bench_close(struct bench *b)
{
    node_close(b->node);
    log_close(b->log);
}

static void bench_crash(struct bench *b)
{
    node_close(b->node);
    log_mem_crash(b->log);
    CHECK(log_claim(b->log, &b->err));
    b->node = node_open(&b->options, b->log);
    CHECK(node_recover(b->node, NULL, NULL, &b->err));
}

static void command(struct bench *b, enum command_kind kind, const void *record,
                    u64 request)
{
    node_command(b->node, &(struct input){.kind = kind,
                                          .record = record,
                                          .tenant = STR("<default>"),
                                          .request = request});
}

static void publish(struct bench *b, struct str key, u64 request)
{
    command(b, CMD_MESSAGE_PUBLISH,
            &(struct message_publish){
                .name = STR("paid"), .correlation_key = key, .time_to_live = 1000},
            request);
}

static void deploy_file(struct bench *b)
{
    struct resource file = {STR("p.bpmn"), str_of(catch_xml)};

    command(b, CMD_DEPLOYMENT_CREATE, &(struct deployment_create){{&file, 1}}, 0);
}

static void create(struct bench *b, struct str variables)
{
    command(b, CMD_INSTANCE_CREATE,
            &(struct instance_create){
                .bpmn_process_id = STR("p"), .version = -1, .variables = variables},
            0);
}

static void pump(struct bench *b)
{
    CHECK(node_pump(b->node, b->now, &b->err));
}

/* The request that the next answer is for; 0: there is none. */
static u64 answered(struct bench *b)
{
    struct answer a;

    if (!node_answer(b->node, &a))
        return 0;
    node_answer_done(&a);
    return a.request;
}

/* ---- answers and the log --------------------------------------------------------- */

TEST(an_answer_waits_until_its_entry_is_durable)
{
    struct bench b;

    bench_open(&b, 1, 1, 2);
    publish(&b, STR("a"), 7);
    pump(&b);
    CHECK_INT(answered(&b), 0);
    pump(&b);
    CHECK_INT(answered(&b), 0);
    pump(&b);
    CHECK_INT(answered(&b), 7);
    CHECK_INT(answered(&b), 0);
    bench_close(&b);
}

TEST(a_notice_waits_until_its_entry_is_durable)
{
    struct bench b;
    struct notice n;

    bench_open(&b, 1, 1, 2);
    deploy_file(&b);
    pump(&b);
    node_watch(b.node, true);
    create(&b, STR("{\"k\":\"a\"}"));
    pump(&b);
    CHECK(!node_notice(b.node, &n));
    pump(&b);
    pump(&b);
    CHECK(node_notice(b.node, &n));
    CHECK_INT(n.event, EV_INSTANCE_CREATED);
    bench_close(&b); /* with the others still there */
}

TEST(a_refusal_waits_for_what_it_rests_on)
{
    struct message_publish m = {
        .name = STR("m"), .message_id = STR("x"), .time_to_live = 1000};
    struct bench b;

    bench_open(&b, 1, 1, 1);
    command(&b, CMD_MESSAGE_PUBLISH, &m, 1);
    command(&b, CMD_MESSAGE_PUBLISH, &m, 2); /* refused: it was published */
    pump(&b);
    CHECK_INT(answered(&b), 0);
    pump(&b);
    CHECK_INT(answered(&b), 1);
    struct answer a;
    CHECK(node_answer(b.node, &a));
    CHECK_INT(a.request, 2);
    CHECK_INT(a.rejection, REJECT_ALREADY_EXISTS);
    CHECK(a.reason.len > 0);
    node_answer_done(&a);
    bench_close(&b);
}

TEST(who_gave_no_number_gets_no_answer)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    publish(&b, STR("a"), 0);
    pump(&b);
    CHECK_INT(answered(&b), 0);
    CHECK_INT(node_counters(b.node).messages, 1);
    bench_close(&b);
}

TEST(a_command_is_copied_as_it_comes_in)
{
    char key[] = "a";
    struct bench b;

    bench_open(&b, 1, 1, 0);
    publish(&b, (struct str){key, 1}, 1);
    key[0] = 'b';
    pump(&b);
    CHECK(
        message_after(node_state(b.node), STR("<default>"), STR("paid"), STR("a"), 0));
    bench_close(&b);
}

TEST(a_crash_takes_what_was_not_durable_and_nothing_else)
{
    struct bench b;

    bench_open(&b, 1, 1, 1);
    publish(&b, STR("a"), 0);
    pump(&b);
    pump(&b);
    u64 hash = node_hash(b.node);
    publish(&b, STR("b"), 9);
    pump(&b);
    CHECK_INT(node_counters(b.node).messages, 2);
    CHECK_INT(answered(&b), 0);
    bench_crash(&b);
    CHECK_INT(node_counters(b.node).messages, 1);
    CHECK(node_hash(b.node) == hash);
    bench_close(&b);
}

TEST(a_node_stops_when_its_log_is_lost)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    publish(&b, STR("a"), 1);
    log_mem_fail(b.log, "the disk is gone");
    CHECK(!node_pump(b.node, b.now, &b.err));
    CHECK_INT(b.err.code, ERR_IO);
    CHECK_INT(answered(&b), 0);
    bench_close(&b);
}

/* ---- turns ----------------------------------------------------------------------- */

TEST(a_turn_makes_no_more_steps_than_its_budget)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    b.options.budget = 2;
    bench_crash(&b);
    for (u64 i = 1; i <= 3; i++)
        publish(&b, STR("a"), i);
    pump(&b);
    CHECK_INT(node_counters(b.node).steps, 2);
    CHECK(node_is_busy(b.node));
    pump(&b);
    CHECK_INT(node_counters(b.node).steps, 3);
    bench_close(&b);
}

TEST(commands_and_own_work_take_turns)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    b.options.budget = 4;
    bench_crash(&b);
    for (u64 i = 0; i < 4; i++)
        publish(&b, STR("a"), 0);
    pump(&b);
    b.now += 1000; /* four messages expire, and four come */
    for (u64 i = 1; i <= 4; i++)
        publish(&b, STR("b"), i);
    pump(&b);
    CHECK_INT(node_counters(b.node).messages, 4);
    CHECK_INT(answered(&b), 1);
    CHECK_INT(answered(&b), 2);
    CHECK_INT(answered(&b), 0);
    bench_close(&b);
}

TEST(time_does_not_go_back)
{
    struct bench b;
    i64 when = 0;

    bench_open(&b, 1, 1, 0);
    publish(&b, STR("a"), 0);
    pump(&b);
    CHECK(node_pump(b.node, NOW - 5000, &b.err));
    publish(&b, STR("b"), 0);
    CHECK(node_pump(b.node, NOW - 4000, &b.err));
    CHECK_INT(node_counters(b.node).messages, 2);
    CHECK(node_due(b.node, &when));
    CHECK_INT(when, NOW + 1000);
    bench_close(&b);
}

/* Nobody could be banned for it, and it would come again for ever. */
TEST(work_that_fails_three_times_with_nobody_to_blame_stops_the_partition)
{
    struct outbox_acknowledge done = {2, 1};
    struct bench b;
    bool goes_on = true;

    bench_open(&b, 1, 3, 0);
    deploy_file(&b);
    pump(&b);
    for (u32 i = 1; i <= 3; i++) {
        CHECK(goes_on);
        engine_break(node_engine(b.node), 1);
        command(&b, CMD_OUTBOX_ACKNOWLEDGE, &done, 0);
        goes_on = node_pump(b.node, b.now, &b.err);
    }
    CHECK(!goes_on);
    CHECK_INT(b.err.code, ERR_CORRUPT);
    CHECK(strstr(b.err.text, "partition 1 is stopped") != NULL);
    bench_close(&b);
}

/* ---- admission ------------------------------------------------------------------- */

TEST(new_work_is_refused_when_the_disk_is_behind_and_finishing_work_is_not)
{
    struct refusal why;
    struct bench b;

    bench_open(&b, 1, 1, 5);
    b.options.backlog_max = 10;
    bench_crash(&b);
    CHECK(node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    publish(&b, STR("a"), 0);
    pump(&b);
    CHECK(!node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    CHECK_INT(why.rejection, REJECT_RESOURCE_EXHAUSTED);
    CHECK(strstr(why.text, "10 is the limit") != NULL);
    CHECK(!node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    CHECK(node_admit(b.node, CMD_JOB_COMPLETE, &why));
    CHECK(node_admit(b.node, CMD_INSTANCE_CANCEL, &why));
    for (u32 i = 0; i < 6; i++)
        pump(&b);
    CHECK(node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    bench_close(&b);
}

TEST(new_work_is_refused_when_answers_wait_too_long_for_the_log)
{
    struct bench b;
    struct refusal why;

    bench_open(&b, 1, 1, 3);
    publish(&b, STR("a"), 7);
    pump(&b);
    b.now += 5000;
    pump(&b);
    CHECK(node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    b.now += 1;
    pump(&b);
    CHECK(!node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    CHECK_STR(
        str_of(why.text),
        "Expected to take new work, but the disk is behind, in milliseconds: 5001, "
        "and 5000 is the limit. What runs goes on; please try again later.");
    CHECK(node_admit(b.node, CMD_JOB_COMPLETE, &why));
    pump(&b); /* durable now */
    CHECK(node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    bench_close(&b);
}

TEST(new_work_is_refused_when_memory_or_disk_get_short_and_all_else_goes_on)
{
    static const struct {
        struct pressure pressure;
        const char *text; /* NULL: all is let in */
    } rows[] = {
        {{0, 0, 0, 0}, NULL},
        {{100, 100, 50, 50}, NULL},
        {{101, 100, 50, 50},
         "Expected to take new work, but there is little memory left, with bytes in "
         "use: "
         "101, and 100 is the limit. What runs goes on; please try again later."},
        {{100, 100, 49, 50},
         "Expected to take new work, but there is little room on the disk, with bytes "
         "free: 49, and 50 is the least. What runs goes on; please try again later."},
    };
    static const enum command_kind others[] = {
        CMD_JOB_COMPLETE,     CMD_JOB_FAIL,
        CMD_JOB_ACTIVATE,     CMD_INSTANCE_CANCEL,
        CMD_SEARCH,           CMD_TIMER_TRIGGER,
        CMD_INSTANCE_EXPLAIN, CMD_EXPRESSION_EVALUATE};
    struct refusal why;
    struct bench b;

    bench_open(&b, 1, 1, 0);
    for (size_t i = 0; i < LEN(rows); i++) {
        node_press(b.node, &rows[i].pressure);
        CHECK(node_admit(b.node, CMD_INSTANCE_CREATE, &why) == !rows[i].text);
        if (rows[i].text) {
            CHECK_STR(str_of(why.text), rows[i].text);
            CHECK_INT(why.rejection, REJECT_RESOURCE_EXHAUSTED);
        }
        for (size_t k = 0; k < LEN(others); k++)
            CHECK(node_admit(b.node, others[k], &why));
    }
    bench_close(&b);
}

TEST(new_work_is_refused_when_too_much_waits)
{
    struct refusal why;
    struct bench b;

    bench_open(&b, 1, 1, 0);
    b.options.inbox_max = 2;
    bench_crash(&b);
    publish(&b, STR("a"), 0);
    CHECK(node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    publish(&b, STR("a"), 0);
    CHECK(!node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    pump(&b);
    CHECK(node_admit(b.node, CMD_MESSAGE_PUBLISH, &why));
    bench_close(&b);
}

/* ---- sends
 * ----------------------------------------------------------------------------------------
 */

static u32 sends(struct bench *b)
{
    struct send s;
    u32 count = 0;

    while (node_send(b->node, &s))
        count++;
    return count;
}

TEST(a_send_is_given_out_when_it_is_durable_and_again_until_it_is_acknowledged)
{
    struct bench b;

    bench_open(&b, 1, 3, 1);
    deploy_file(&b);
    pump(&b);
    CHECK_INT(sends(&b), 0);
    pump(&b);
    CHECK_INT(sends(&b), 2);
    CHECK_INT(sends(&b), 0);
    node_resend(b.node);
    CHECK_INT(sends(&b), 2);
    command(&b, CMD_OUTBOX_ACKNOWLEDGE, &(struct outbox_acknowledge){2, 1}, 0);
    pump(&b);
    node_resend(b.node);
    CHECK_INT(sends(&b), 1);
    bench_crash(&b); /* the acknowledgement was not durable */
    CHECK_INT(sends(&b), 2);
    bench_close(&b);
}

/* Gives all sends of one node to another, so often; every second one of them is lost
 * when `loses`. */
static void deliver(struct bench *from, struct bench *to, u32 times, bool loses)
{
    struct send s;

    for (u32 i = 0; i < times; i++) {
        u32 count = 0;
        node_resend(from->node);
        while (node_send(from->node, &s))
            if (s.to == node_partition(to->node) && !(loses && count++ % 2 == 0))
                CHECK(node_receive(to->node, &s, &to->err));
    }
    pump(to);
}

TEST(sends_that_are_lost_or_doubled_are_done_once_and_in_order)
{
    struct bench a, b;

    bench_open(&a, 1, 3, 0);
    bench_open(&b, 2, 3, 0);
    deploy_file(&a);
    pump(&a);
    create(&a, STR("{\"k\":\"a\"}")); /* `a` belongs to the second partition */
    create(&a, STR("{\"k\":\"a\"}"));
    pump(&a);
    deliver(&a, &b, 1, true); /* the deployment is lost: what follows has to wait */
    CHECK_INT(node_applied(b.node, 1), 0);
    CHECK_INT(state_count(node_state(b.node), TABLE_PROCESS), 0);
    deliver(&a, &b, 3, false);
    CHECK_INT(node_applied(b.node, 1), 3);
    CHECK_INT(state_count(node_state(b.node), TABLE_PROCESS), 1);
    CHECK_INT(state_count(node_state(b.node), TABLE_MESSAGE_SUBSCRIPTION), 2);
    u64 hash = node_hash(b.node);
    deliver(&a, &b, 2, false);
    CHECK(node_hash(b.node) == hash);
    bench_close(&a);
    bench_close(&b);
}

TEST(a_send_of_an_unknown_kind_is_refused)
{
    struct bench b;

    bench_open(&b, 1, 3, 0);
    CHECK(!node_receive(b.node, &(struct send){.from = 2, .kind = COMMAND_COUNT},
                        &b.err));
    CHECK_INT(b.err.code, ERR_CORRUPT);
    bench_close(&b);
}

/* ---- effects
 * ----------------------------------------------------------------------------------------
 */

TEST(recovery_says_how_far_it_is_and_where_it_fails)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    log_append(b.log, STR("\x08\xff"));
    CHECK(log_pump(b.log, &b.err));
    node_close(b.node);
    b.node = node_open(&b.options, b.log);
    CHECK(!node_recover(b.node, NULL, NULL, &b.err));
    CHECK_INT(b.err.code, ERR_CORRUPT);
    CHECK(strstr(b.err.text, "replay of partition 1: entry 1") != NULL);
    bench_close(&b);
}

/* ---- the clock ------------------------------------------------------------------- */

static void clock_set(struct bench *b, struct clock_set c)
{
    command(b, CMD_CLOCK_SET, &c, 0);
    pump(b);
}

TEST(a_clock_that_stands_lets_due_only_what_it_is_put_to)
{
    struct bench b;
    i64 when;

    bench_open(&b, 1, 1, 0);
    publish(&b, STR("a"), 1); /* it expires after a second */
    pump(&b);
    clock_set(&b, (struct clock_set){.time = NOW + 500});
    b.now += 5000;
    pump(&b);
    CHECK_INT(state_count(node_state(b.node), TABLE_MESSAGE), 1);
    CHECK(!node_due(b.node, &when));
    clock_set(&b, (struct clock_set){.time = 499, .is_advance = true});
    CHECK_INT(state_now(node_state(b.node)), NOW + 999);
    pump(&b);
    CHECK_INT(state_count(node_state(b.node), TABLE_MESSAGE), 1);
    clock_set(&b, (struct clock_set){.time = 1, .is_advance = true});
    pump(&b);
    CHECK_INT(state_count(node_state(b.node), TABLE_MESSAGE), 0);
    bench_close(&b);
}

TEST(a_clock_that_is_turned_makes_nobody_wait_longer_for_the_log)
{
    struct refusal why;
    struct bench b;

    bench_open(&b, 1, 1, 3);
    clock_set(&b, (struct clock_set){.time = NOW});
    publish(&b, STR("a"), 1);
    clock_set(&b, (struct clock_set){.time = 3600000, .is_advance = true});
    CHECK(node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    b.now += 3600000; /* but a disk that does nothing for an hour does */
    pump(&b);
    CHECK(!node_admit(b.node, CMD_INSTANCE_CREATE, &why));
    bench_close(&b);
}

TEST(a_clock_goes_back_and_on_and_comes_back_from_the_log)
{
    struct bench b;

    bench_open(&b, 1, 1, 0);
    clock_set(&b, (struct clock_set){.time = NOW + 3600000});
    publish(&b, STR("a"), 1);
    pump(&b);
    clock_set(&b, (struct clock_set){.time = NOW - 3600000});
    publish(&b, STR("b"), 1);
    pump(&b);
    CHECK_INT(state_now(node_state(b.node)), NOW - 3600000);
    u64 hash = node_hash(b.node);
    bench_crash(&b);
    CHECK(node_hash(b.node) == hash);
    publish(&b, STR("c"), 1);
    pump(&b);
    CHECK_INT(state_now(node_state(b.node)), NOW - 3600000);
    clock_set(&b, (struct clock_set){.is_reset = true, .now = NOW + 10});
    b.now = NOW + 20;
    publish(&b, STR("d"), 1);
    pump(&b);
    CHECK_INT(state_now(node_state(b.node)), NOW + 20);
    CHECK_INT(state_count(node_state(b.node), TABLE_CLOCK), 0);
    bench_crash(&b);
    CHECK_INT(state_now(node_state(b.node)), NOW + 20);
    bench_close(&b);
}

/* ---- checkpoints ----------------------------------------------------------------- */

/* Small bytes: a checkpoint after each few entries, a page a turn. */
static void kept_open(struct bench *b, u32 log_pumps, u32 vault_pumps)
{
    bench_open(b, 1, 1, log_pumps);
    node_close(b->node);
    b->options.vault = vault_mem_open(&(struct vault_mem_options){vault_pumps});
    b->options.checkpoint_bytes = 500;
    b->options.checkpoint_slice = 1;
    b->node = node_open(&b->options, b->log);
    CHECK(node_recover(b->node, NULL, NULL, &b->err));
}

static void kept_close(struct bench *b)
{
    bench_close(b);
    vault_close(b->options.vault);
}

/* The whole: vault, log, node. */
static void kept_crash(struct bench *b, bool is_seal_kept)
{
    vault_mem_crash(b->options.vault, is_seal_kept);
    bench_crash(b);
}

static void settle(struct bench *b)
{
    for (u32 i = 0; i < 200; i++)
        pump(b);
}

TEST(a_start_from_a_checkpoint_replays_what_is_behind_it)
{
    struct bench b;

    kept_open(&b, 2, 2);
    deploy_file(&b);
    for (u32 i = 0; i < 50; i++) {
        create(&b, STR("{\"k\":\"a\"}"));
        pump(&b);
    }
    settle(&b);
    u64 hash = node_hash(b.node);
    CHECK(node_counters(b.node).checkpoints > 2);
    CHECK(b.options.vault->position > 20);
    kept_crash(&b, false);
    CHECK(node_hash(b.node) == hash);
    CHECK_INT(node_counters(b.node).entries, b.log->tail - b.options.vault->position);
    kept_close(&b);
}

TEST(the_log_is_kept_for_the_checkpoint_before_the_last_and_no_longer)
{
    struct bench b;

    kept_open(&b, 1, 1);
    deploy_file(&b);
    u64 last = 0, before = 0;
    for (u32 i = 0; i < 60; i++) {
        create(&b, STR("{\"k\":\"a\"}"));
        pump(&b);
        if (b.options.vault->position != last) {
            before = last;
            last = b.options.vault->position;
        }
        CHECK(b.log->first <= (before ? before : 1));
    }
    settle(&b);
    CHECK(b.log->first > 1);
    CHECK(b.log->first < b.options.vault->position);
    kept_close(&b);
}

TEST(who_reads_behind_keeps_the_log_until_it_has_moved_on)
{
    struct bench b;
    struct node_hold slow, slower;

    kept_open(&b, 1, 1);
    node_hold(b.node, &slow, 5);
    node_hold(b.node, &slower, 3);
    deploy_file(&b);
    for (u32 i = 0; i < 60; i++) {
        create(&b, STR("{\"k\":\"a\"}"));
        pump(&b);
    }
    settle(&b);
    CHECK(b.options.vault->position > 20);
    CHECK_INT(b.log->first, 3);
    node_let_go(b.node, &slower);
    pump(&b);
    CHECK_INT(b.log->first, 5);
    atomic_store(&slow.at, 9);
    pump(&b);
    CHECK_INT(b.log->first, 9);
    node_let_go(b.node, &slow);
    pump(&b);
    CHECK(b.log->first > 9);
    kept_close(&b);
}

/* The vault is quick and the log slow: nothing may be sealed that the log can lose. */
TEST(a_checkpoint_is_never_newer_than_what_is_durable_of_the_log)
{
    struct bench b;

    kept_open(&b, 7, 0);
    deploy_file(&b);
    for (u32 i = 0; i < 100; i++) {
        create(&b, STR("{\"k\":\"a\"}"));
        pump(&b);
        CHECK(b.options.vault->position <= b.log->durable);
        if (i % 9 == 8)
            kept_crash(&b, i % 2);
    }
    kept_close(&b);
}

TEST(a_clean_end_leaves_nothing_to_replay)
{
    struct bench b;

    kept_open(&b, 1, 1);
    CHECK(node_rests(b.node));
    node_checkpoint(b.node); /* nothing was logged: nothing to do */
    CHECK(node_rests(b.node));
    deploy_file(&b);
    settle(&b);
    publish(&b, STR("b"), 0);
    pump(&b);
    node_checkpoint(b.node);
    CHECK(!node_rests(b.node));
    settle(&b);
    CHECK(node_rests(b.node));
    CHECK_INT(b.options.vault->position, b.log->tail);
    u64 hash = node_hash(b.node);
    kept_crash(&b, false);
    CHECK_INT(node_counters(b.node).entries, 0);
    CHECK(node_hash(b.node) == hash);
    kept_close(&b);
}

static void check_refused_start(struct bench *b, const char *part)
{
    struct node *n = node_open(&b->options, b->log);

    CHECK(!node_recover(n, NULL, NULL, &b->err));
    CHECK_INT(b->err.code, ERR_CORRUPT);
    if (!strstr(b->err.text, part))
        test_failed(__FILE__, __LINE__, "not '%s' in: %s", part, b->err.text);
    node_close(n);
}

TEST(a_log_and_a_checkpoint_that_do_not_meet_are_refused)
{
    struct bench b;

    kept_open(&b, 1, 1);
    deploy_file(&b);
    for (u32 i = 0; i < 60; i++) {
        create(&b, STR("{\"k\":\"a\"}"));
        pump(&b);
    }
    settle(&b);
    struct vault *whole = b.options.vault;
    b.options.vault = NULL;
    check_refused_start(&b, "there is no checkpoint for what came before");
    b.options.vault = vault_mem_open(&(struct vault_mem_options){0});
    check_refused_start(&b, "there is no checkpoint for what came before");
    vault_seal(b.options.vault, b.log->first - 1);
    CHECK(vault_pump(b.options.vault, &b.err));
    check_refused_start(&b, "what lies between is missing");
    vault_seal(b.options.vault, b.log->tail + 1);
    CHECK(vault_pump(b.options.vault, &b.err));
    check_refused_start(&b, "a part of it is missing");
    vault_close(b.options.vault);
    b.options.vault = whole;
    kept_close(&b);
}

TEST(a_lost_vault_stops_the_node)
{
    struct bench b;

    kept_open(&b, 1, 1);
    vault_mem_fail(b.options.vault, "the vault is gone");
    CHECK(!node_pump(b.node, b.now, &b.err));
    CHECK(strstr(b.err.text, "the vault is gone"));
    kept_close(&b);
}
