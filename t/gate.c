#include "gate/gate.h"

#include <stdio.h>

#include "gate/asked.h"
#include "state/read.h"
#include "t/test.h"

#define NOW   1767225600000
#define NODES 3

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
    "<bpmn:process id=\"q\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:receiveTask id=\"t\" messageRef=\"m\"/></bpmn:process></bpmn:definitions>";

/* Gate and nodes, and the answers that have come, by request. */
struct bench {
    struct log *logs[NODES];
    struct node *nodes[NODES];
    struct gate *gate;
    struct view *view;
    struct view_follower *follower;
    u32 count;
    i64 now;
    struct err err;
    struct answered {
        bool is_there;
        u32 times; /* of a stream */
        enum rejection rejection;
        u32 jobs;
        u64 key; /* of the first job, or of the instance */
        char text[200], variables[64];
        char page[4096]; /* of a search */
    } answers[32];
};

static void node_start(struct bench *b, u32 i)
{
    struct node_options options = node_options_default;

    options.engine = engine_options_default;
    options.engine.partition = i + 1;
    options.engine.partitions = b->count;
    CHECK(log_claim(b->logs[i], &b->err));
    b->nodes[i] = node_open(&options, b->logs[i]);
    CHECK(node_recover(b->nodes[i], NULL, NULL, &b->err));
}

static void bench_open(struct bench *b, u32 count)
{
    *b = (struct bench){.count = count, .now = NOW};
    for (u32 i = 0; i < count; i++) {
        b->logs[i] = log_mem_open(&(struct log_mem_options){.keep = true});
        node_start(b, i);
    }
    struct view_options options = view_options_default;
    options.partitions = count;
    b->view = view_open(&options, &b->err);
    CHECK(b->view != NULL);
    b->follower = view_follow(b->view, b->logs, count, false, &b->err);
    b->gate = gate_open(&gate_options_default, b->nodes, count);
    gate_view(b->gate, b->follower);
}

static void bench_close(struct bench *b)
{
    gate_close(b->gate);
    view_unfollow(b->follower);
    view_close(b->view);
    for (u32 i = 0; i < b->count; i++) {
        node_close(b->nodes[i]);
        log_close(b->logs[i]);
    }
}

static void text_keep(char *to, size_t size, struct str s)
{
    size_t len = s.len < size - 1 ? s.len : size - 1;

    if (len)
        memcpy(to, s.data, len);
    to[len] = '\0';
}

static void answer_keep(struct bench *b, const struct gate_answer *a)
{
    struct answered *to = &b->answers[a->request];

    CHECK(!to->is_there || to->times); /* nobody but a stream is answered twice */
    *to = (struct answered){.is_there = true,
                            .rejection = a->rejection,
                            .times = to->times + a->is_more,
                            .jobs = to->times ? to->jobs : 0};
    text_keep(to->text, sizeof(to->text), a->text);
    if (a->rejection)
        return;
    if (a->kind == CMD_JOB_ACTIVATE) {
        const struct jobs_activated *jobs = a->record;
        to->jobs += jobs->jobs.count;
        to->key = jobs->jobs.count ? jobs->jobs.items[0].key : 0;
    }
    if (a->kind == CMD_SEARCH)
        text_keep(to->page, sizeof(to->page),
                  ((const struct search_found *)a->record)->text);
    if (a->kind == CMD_EXPRESSION_EVALUATE)
        text_keep(to->variables, sizeof(to->variables),
                  ((const struct expression_evaluated *)a->record)->result);
    if (a->kind == CMD_INSTANCE_CREATE) {
        const struct instance_created *made = a->record;
        to->key = made->instance_key;
        text_keep(to->variables, sizeof(to->variables), made->variables);
    }
}

/* Turns of all nodes and the gate until nothing more comes of it. */
static void settle(struct bench *b)
{
    for (u32 turn = 0; turn < 20; turn++) {
        for (u32 i = 0; i < b->count; i++)
            if (b->nodes[i])
                CHECK(node_pump(b->nodes[i], b->now, &b->err));
        gate_pump(b->gate, b->now);
        view_turn(b->follower);
        for (struct gate_answer a; gate_answer(b->gate, &a); gate_answer_done(&a))
            answer_keep(b, &a);
    }
}

static void ask(struct bench *b, u64 request, enum command_kind kind, u64 key,
                const void *record, i64 wait_ms)
{
    gate_ask(b->gate,
             &(struct ask){.request = request,
                           .kind = kind,
                           .key = key,
                           .record = record,
                           .tenant = STR("<default>"),
                           .wait_ms = wait_ms},
             b->now);
}

static void deploy_file(struct bench *b, u64 request, const char *xml)
{
    struct resource file = {STR("a.bpmn"), str_of(xml)};

    ask(b, request, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}},
        0);
    settle(b);
    CHECK(b->answers[request].is_there);
    CHECK_INT(b->answers[request].rejection, REJECT_NONE);
}

static void create(struct bench *b, u64 request, struct str process, bool awaits)
{
    ask(b, request, CMD_INSTANCE_CREATE, 0,
        &(struct instance_create){.bpmn_process_id = process,
                                  .version = -1,
                                  .variables = STR("{\"k\":\"a\"}"),
                                  .awaits_result = awaits},
        5000);
}

static void poll(struct bench *b, u64 request, i64 wait_ms)
{
    ask(b, request, CMD_JOB_ACTIVATE, 0,
        &(struct job_activate){
            .type = STR("pack"), .worker = STR("w"), .timeout = 60000, .max_jobs = 1},
        wait_ms);
}

static bool is_there(const struct bench *b, u64 request)
{
    return b->answers[request].is_there;
}

/* ---- who asks for jobs ----------------------------------------------------------- */

static void asks_for(struct asked *a, u32 number, i64 now)
{
    char type[16];

    snprintf(type, sizeof(type), "type-%u", number);
    asked_note(a, STR("<default>"),
               &(struct job_activate){.type = str_of(type), .worker = STR("w")}, now);
}

TEST(of_many_types_the_last_ones_that_were_asked_for_are_known)
{
    static struct job_asker list[1024];
    struct asked *a = asked_open();
    u32 late = 0;

    for (u32 i = 0; i < 5000; i++)
        asks_for(a, i, NOW + i);
    asks_for(a, 4999, NOW + 9000);
    u32 count = asked_list(a, STR("<default>"), list, LEN(list));
    CHECK(count > 256 && count <= 512);
    for (u32 i = 0; i < count; i++)
        late += list[i].asked_at == NOW + 9000;
    CHECK_INT(late, 1);
    CHECK_INT(asked_list(a, STR("other"), list, LEN(list)), 0);
    CHECK_INT(asked_list(a, STR("<default>"), list, 3), 3);
    asked_close(a);
}

/* ---- polls ----------------------------------------------------------------------- */

TEST(a_poll_waits_for_a_job_and_gets_it_as_it_is_made)
{
    for (u32 count = 1; count <= NODES; count += 2) {
        struct bench b;
        bench_open(&b, count);
        deploy_file(&b, 1, process_xml);
        poll(&b, 2, 30000);
        settle(&b);
        CHECK(!is_there(&b, 2));
        create(&b, 3, STR("p"), false);
        settle(&b);
        CHECK_INT(b.answers[2].jobs, 1);
        bench_close(&b);
    }
}

TEST(polls_are_served_in_the_order_they_came_and_one_a_job)
{
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 2; i < 5; i++) {
        poll(&b, i, 30000);
        settle(&b);
    }
    create(&b, 5, STR("p"), false);
    settle(&b);
    CHECK(is_there(&b, 2));
    CHECK(!is_there(&b, 3));
    create(&b, 6, STR("p"), false);
    settle(&b);
    CHECK(is_there(&b, 3));
    CHECK(!is_there(&b, 4));
    CHECK(b.answers[2].key != b.answers[3].key);
    bench_close(&b);
}

TEST(a_poll_that_does_not_wait_is_answered_at_once)
{
    struct bench b;

    bench_open(&b, NODES);
    poll(&b, 1, -1);
    settle(&b);
    CHECK(is_there(&b, 1));
    CHECK_INT(b.answers[1].jobs, 0);
    bench_close(&b);
}

TEST(a_poll_finds_a_job_on_any_partition)
{
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 0; i < NODES; i++) {
        create(&b, 2 + i, STR("p"), false);
        settle(&b);
    }
    for (u64 i = 0; i < NODES; i++) {
        poll(&b, 10 + i, -1);
        settle(&b);
        CHECK_INT(b.answers[10 + i].jobs, 1);
    }
    poll(&b, 20, -1);
    settle(&b);
    CHECK_INT(b.answers[20].jobs, 0);
    bench_close(&b);
}

TEST(a_window_that_is_over_is_answered_without_jobs)
{
    struct bench b;
    i64 when = 0;

    bench_open(&b, 1);
    poll(&b, 1, 30000);
    settle(&b);
    CHECK(gate_due(b.gate, &when));
    b.now += 29999;
    settle(&b);
    CHECK(!is_there(&b, 1));
    b.now += 1;
    settle(&b);
    CHECK(is_there(&b, 1));
    CHECK_INT(b.answers[1].rejection, REJECT_NONE);
    CHECK_INT(gate_calls(b.gate), 0);
    bench_close(&b);
}

TEST(a_parked_poll_whose_client_is_gone_gets_no_job)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    poll(&b, 2, 30000);
    poll(&b, 3, 30000);
    settle(&b);
    gate_gone(b.gate, 2);
    create(&b, 4, STR("p"), false);
    settle(&b);
    CHECK(!is_there(&b, 2));
    CHECK_INT(b.answers[3].jobs, 1);
    bench_close(&b);
}

TEST(a_job_that_is_under_way_to_a_client_who_is_gone_goes_back)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    poll(&b, 3, 30000);
    CHECK(node_pump(b.nodes[0], b.now, &b.err)); /* the job is taken for it */
    gate_gone(b.gate, 3);
    settle(&b);
    CHECK(!is_there(&b, 3));
    CHECK_INT(gate_calls(b.gate), 0);
    poll(&b, 4, -1);
    settle(&b);
    CHECK_INT(b.answers[4].jobs, 1);
    bench_close(&b);
}

TEST(a_job_that_goes_back_wakes_the_next_poll)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    poll(&b, 3, 30000);
    poll(&b, 4, 30000);
    CHECK(node_pump(b.nodes[0], b.now, &b.err));
    gate_gone(b.gate, 3);
    settle(&b);
    CHECK_INT(b.answers[4].jobs, 1);
    bench_close(&b);
}

TEST(a_wrong_poll_is_refused_and_not_parked)
{
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_JOB_ACTIVATE, 0,
        &(struct job_activate){.type = STR("pack"), .timeout = 1, .max_jobs = 0},
        30000);
    settle(&b);
    CHECK_INT(b.answers[1].rejection, REJECT_INVALID_ARGUMENT);
    bench_close(&b);
}

/* ---- streams --------------------------------------------------------------------- */

static void stream(struct bench *b, u64 request)
{
    gate_ask(b->gate,
             &(struct ask){.request = request,
                           .kind = CMD_JOB_ACTIVATE,
                           .record = &(struct job_activate){.type = STR("pack"),
                                                            .worker = STR("w"),
                                                            .timeout = 60000},
                           .tenant = STR("<default>"),
                           .is_stream = true},
             b->now);
}

/* So many instances, each with a job. */
static void make(struct bench *b, u64 count)
{
    for (u64 i = 0; i < count; i++) {
        b->answers[31] = (struct answered){0};
        create(b, 31, STR("p"), false);
        settle(b);
    }
}

TEST(a_stream_gets_jobs_as_they_become_available)
{
    for (u32 count = 1; count <= NODES; count += 2) {
        struct bench b;
        bench_open(&b, count);
        deploy_file(&b, 1, process_xml);
        make(&b, 1);
        stream(&b, 2);
        settle(&b);
        CHECK(!is_there(&b, 2)); /* what waited already is for polls */
        make(&b, 4);
        CHECK_INT(b.answers[2].jobs, 4);
        CHECK_INT(gate_calls(b.gate), 1);
        bench_close(&b);
    }
}

TEST(streams_and_polls_take_turns)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    settle(&b);
    stream(&b, 3);
    settle(&b);
    poll(&b, 4, 30000);
    settle(&b);
    make(&b, 1);
    CHECK_INT(b.answers[2].jobs, 1);
    make(&b, 1);
    CHECK_INT(b.answers[3].jobs, 1);
    make(&b, 1);
    CHECK_INT(b.answers[4].jobs, 1);
    make(&b, 3);
    CHECK_INT(b.answers[2].jobs, 3);
    CHECK_INT(b.answers[3].jobs, 2);
    bench_close(&b);
}

TEST(jobs_that_come_together_are_shared_evenly_by_the_streams_that_wait)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    stream(&b, 3);
    settle(&b);
    for (u64 request = 20; request < 27; request++)
        create(&b, request, STR("p"), false);
    settle(&b);
    CHECK_INT(b.answers[2].jobs, 4);
    CHECK_INT(b.answers[3].jobs, 3);
    CHECK_INT(b.answers[2].times, 1); /* in one piece */
    CHECK_INT(b.answers[3].times, 1);
    bench_close(&b);
}

TEST(a_stream_gets_no_more_than_its_client_keeps_up_with)
{
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    make(&b, 40);
    CHECK_INT(b.answers[2].jobs, 32);
    gate_drained(b.gate, 2);
    settle(&b);
    CHECK_INT(b.answers[2].jobs, 40);
    gate_drained(b.gate, 2);
    make(&b, 1);
    CHECK_INT(b.answers[2].jobs, 41);
    gate_drained(b.gate, 99); /* nobody */
    bench_close(&b);
}

TEST(what_a_stream_does_not_keep_up_with_is_for_others)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    make(&b, 33);
    poll(&b, 3, 30000);
    settle(&b);
    CHECK_INT(b.answers[3].jobs, 1);
    gate_drained(b.gate, 2);
    settle(&b);
    CHECK_INT(b.answers[2].jobs, 32);
    make(&b, 1);
    CHECK_INT(b.answers[2].jobs, 33);
    bench_close(&b);
}

TEST(jobs_of_a_stream_that_may_not_have_been_sent_go_back)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    make(&b, 1);
    gate_drained(b.gate, 2); /* the first is sent */
    make(&b, 2);
    CHECK_INT(b.answers[2].jobs, 3);
    gate_gone(b.gate, 2);
    settle(&b);
    CHECK_INT(gate_calls(b.gate), 0);
    for (u64 i = 3; i < 6; i++) {
        poll(&b, i, -1);
        settle(&b);
        CHECK_INT(b.answers[i].jobs, i < 5);
    }
    bench_close(&b);
}

TEST(a_job_that_is_under_way_to_a_stream_that_is_gone_goes_back)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    create(&b, 3, STR("p"), false);
    CHECK(node_pump(b.nodes[0], b.now, &b.err));
    gate_pump(b.gate, b.now); /* it goes for the job */
    CHECK(node_pump(b.nodes[0], b.now, &b.err));
    gate_pump(b.gate, b.now); /* its answer is there, and nobody has fetched it */
    gate_gone(b.gate, 2);
    settle(&b);
    CHECK(!is_there(&b, 2));
    CHECK_INT(gate_calls(b.gate), 0);
    poll(&b, 4, -1);
    settle(&b);
    CHECK_INT(b.answers[4].jobs, 1);
    bench_close(&b);
}

TEST(a_job_that_comes_back_is_given_to_the_next_stream)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    settle(&b);
    stream(&b, 3);
    make(&b, 1);
    CHECK_INT(b.answers[2].jobs, 1);
    gate_gone(b.gate, 2);
    settle(&b);
    CHECK_INT(b.answers[3].jobs, 1);
    CHECK_INT((i64)(b.answers[3].key - b.answers[2].key), 0);
    bench_close(&b);
}

TEST(a_stream_outlives_a_lost_partition)
{
    struct bench b;

    bench_open(&b, 2);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    create(&b, 3, STR("p"), false);
    CHECK(node_pump(b.nodes[0], b.now, &b.err));
    gate_pump(b.gate, b.now); /* it is asking there */
    gate_node(b.gate, 0, NULL);
    node_close(b.nodes[0]);
    b.nodes[0] = NULL;
    settle(&b);
    CHECK(!is_there(&b, 2));
    node_start(&b, 0);
    gate_node(b.gate, 0, b.nodes[0]);
    settle(&b);
    make(&b, 2);
    CHECK_INT(b.answers[2].jobs, 2);
    bench_close(&b);
}

TEST(at_the_end_a_stream_is_told_so)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    stream(&b, 2);
    settle(&b);
    stream(&b, 3);
    create(&b, 4, STR("p"), false);
    CHECK(node_pump(b.nodes[0], b.now, &b.err));
    gate_pump(b.gate, b.now); /* the first one is asking */
    gate_drain(b.gate);
    settle(&b);
    CHECK_INT(b.answers[2].rejection, REJECT_UNAVAILABLE);
    CHECK_INT(b.answers[3].rejection, REJECT_UNAVAILABLE);
    CHECK_INT(gate_calls(b.gate), 0);
    bench_close(&b);
}

/* ---- results --------------------------------------------------------------------- */

TEST(a_creator_gets_the_result_of_its_own_instance)
{
    for (u32 count = 1; count <= NODES; count += 2) {
        struct bench b;
        bench_open(&b, count);
        deploy_file(&b, 1, process_xml);
        create(&b, 2, STR("p"), true);
        create(&b, 3, STR("p"), true);
        poll(&b, 4, -1);
        settle(&b);
        CHECK(!is_there(&b, 2));
        CHECK(!is_there(&b, 3));
        ask(&b, 5, CMD_JOB_COMPLETE, b.answers[4].key,
            &(struct job_complete){STR("{\"done\":true}")}, 0);
        settle(&b);
        CHECK(is_there(&b, 2) != is_there(&b, 3));
        CHECK_STR(str_of(b.answers[is_there(&b, 2) ? 2 : 3].variables),
                  "{\"k\":\"a\",\"done\":true}");
        bench_close(&b);
    }
}

TEST(a_creator_who_has_waited_long_enough_is_told_so)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), true);
    settle(&b);
    b.now += 5000;
    settle(&b);
    CHECK_INT(b.answers[2].rejection, REJECT_DEADLINE_EXCEEDED);
    poll(&b, 3, -1); /* the instance goes on, and its end finds nobody */
    settle(&b);
    ask(&b, 4, CMD_JOB_COMPLETE, b.answers[3].key, &(struct job_complete){{NULL, 0}},
        0);
    settle(&b);
    CHECK_INT(b.answers[4].rejection, REJECT_NONE);
    bench_close(&b);
}

/* ---- commands
 * ------------------------------------------------------------------------------------
 */

TEST(a_refusal_names_command_code_and_reason)
{
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_JOB_COMPLETE, ((u64)2 << 51) + 5, &(struct job_complete){{NULL, 0}},
        0);
    settle(&b);
    CHECK_INT(b.answers[1].rejection, REJECT_NOT_FOUND);
    CHECK_STR(
        str_of(b.answers[1].text),
        "Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job "
        "with key '4503599627370501', but no such job was found");
    bench_close(&b);
}

TEST(a_command_that_is_not_answered_in_time_is_given_up)
{
    struct bench b;

    bench_open(&b, 1);
    ask(&b, 1, CMD_JOB_COMPLETE, 5, &(struct job_complete){{NULL, 0}}, 0);
    b.now += 15000;
    gate_pump(b.gate, b.now); /* the node has had no turn */
    for (struct gate_answer a; gate_answer(b.gate, &a); gate_answer_done(&a))
        answer_keep(&b, &a);
    CHECK_INT(b.answers[1].rejection, REJECT_DEADLINE_EXCEEDED);
    settle(&b); /* its late answer finds nobody */
    CHECK_INT(gate_calls(b.gate), 0);
    bench_close(&b);
}

TEST(a_process_that_has_not_reached_a_partition_yet_is_found_on_the_first)
{
    struct resource file = {STR("a.bpmn"), str_of(process_xml)};
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}, 0);
    CHECK(node_pump(b.nodes[0], b.now, &b.err)); /* deployed, and not distributed */
    for (u64 i = 2; i < 5; i++)
        create(&b, i, STR("p"), false);
    settle(&b);
    for (u64 i = 2; i < 5; i++)
        CHECK_INT(b.answers[i].rejection, REJECT_NONE);
    bench_close(&b);
}

TEST(a_business_id_waits_for_its_process_at_its_own_partition)
{
    struct resource file = {STR("a.bpmn"), str_of(process_xml)};
    struct instance_create c = {
        .bpmn_process_id = STR("p"), .version = -1, .business_id = STR("a")};
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}, 0);
    CHECK(node_pump(b.nodes[0], b.now, &b.err)); /* deployed, and not distributed */
    ask(&b, 2, CMD_INSTANCE_CREATE, 0, &c, 0);
    c.bpmn_process_id = STR("q");
    ask(&b, 3, CMD_INSTANCE_CREATE, 0, &c, 0);
    settle(&b);
    CHECK(!is_there(&b, 2) && !is_there(&b, 3));
    b.now += 100;
    settle(&b);
    CHECK_INT(b.answers[2].rejection, REJECT_NONE);
    CHECK(b.answers[2].key >> 51 != 1);
    CHECK_INT(b.answers[3].rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

static const char decision_xml[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='D' "
    "namespace='n'><decision id='dish' name='Dish'><literalExpression><text>1</text>"
    "</literalExpression></decision></definitions>";

TEST(a_decision_is_made_on_any_partition_or_on_the_first)
{
    struct resource file = {STR("a.dmn"), str_of(decision_xml)};
    struct decision_evaluate wanted = {.decision_id = STR("dish")};
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}, 0);
    CHECK(node_pump(b.nodes[0], b.now, &b.err)); /* deployed, and not distributed */
    for (u64 i = 2; i < 2 + 2 * NODES; i++) {
        ask(&b, i, CMD_DECISION_EVALUATE, 0, &wanted, 0);
        if (i == 1 + NODES)
            settle(&b);
    }
    settle(&b);
    for (u64 i = 2; i < 2 + 2 * NODES; i++)
        CHECK_INT(b.answers[i].rejection, REJECT_NONE);
    bench_close(&b);
}

TEST(new_instances_go_to_all_partitions_by_turns)
{
    struct bench b;
    u32 seen[NODES] = {0};

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 2; i < 2 + 2 * NODES; i++) {
        create(&b, i, STR("p"), false);
        settle(&b);
        seen[(b.answers[i].key >> 51) - 1]++;
    }
    for (u32 i = 0; i < NODES; i++)
        CHECK_INT(seen[i], 2);
    bench_close(&b);
}

/* ---- partitions that come and go ------------------------------------------------- */

static void node_lose(struct bench *b, u32 i)
{
    gate_node(b->gate, i, NULL);
    node_close(b->nodes[i]);
    b->nodes[i] = NULL;
    log_mem_crash(b->logs[i]);
}

static void node_return(struct bench *b, u32 i)
{
    node_start(b, i);
    gate_node(b->gate, i, b->nodes[i]);
}

TEST(what_was_under_way_at_a_lost_partition_is_unavailable)
{
    struct gate_partition all[NODES];
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_JOB_COMPLETE, ((u64)2 << 51) + 5, &(struct job_complete){{NULL, 0}},
        0);
    node_lose(&b, 1);
    settle(&b);
    CHECK_INT(b.answers[1].rejection, REJECT_UNAVAILABLE);
    ask(&b, 2, CMD_JOB_COMPLETE, ((u64)2 << 51) + 5, &(struct job_complete){{NULL, 0}},
        0);
    settle(&b);
    CHECK_INT(b.answers[2].rejection, REJECT_UNAVAILABLE);
    CHECK_INT(gate_partitions(b.gate, all, NODES), NODES);
    CHECK(all[0].is_healthy);
    CHECK(!all[1].is_healthy);
    node_return(&b, 1);
    gate_partitions(b.gate, all, NODES);
    CHECK(all[1].is_healthy);
    bench_close(&b);
}

TEST(a_new_instance_goes_round_a_lost_partition)
{
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    node_lose(&b, 1);
    for (u64 i = 2; i < 5; i++) {
        create(&b, i, STR("p"), false);
        settle(&b);
        CHECK_INT(b.answers[i].rejection, REJECT_NONE);
    }
    node_return(&b, 1);
    bench_close(&b);
}

TEST(a_poll_goes_round_a_lost_partition)
{
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, process_xml);
    node_lose(&b, 1);
    create(&b, 2, STR("p"), false);
    settle(&b);
    for (u64 i = 3; i < 6 && b.answers[i - 1].jobs == 0; i++) {
        poll(&b, i, -1);
        settle(&b);
        CHECK_INT(b.answers[i].rejection, REJECT_NONE);
        CHECK_INT(b.answers[i].jobs, 1);
    }
    node_return(&b, 1);
    bench_close(&b);
}

/* Three instances wait, on both sides. */
static void subscriptions_check(struct bench *b)
{
    u64 elements = 0, messages = 0;

    for (u32 i = 0; i < b->count; i++) {
        elements += state_count(node_state(b->nodes[i]), TABLE_PROCESS_SUBSCRIPTION);
        messages += state_count(node_state(b->nodes[i]), TABLE_MESSAGE_SUBSCRIPTION);
    }
    CHECK_INT(elements, 3);
    CHECK_INT(messages, 3);
}

TEST(a_message_finds_its_instance_though_partitions_were_lost_in_between)
{
    u32 home = record_partition(STR("a"), NODES) - 1;
    struct bench b;

    bench_open(&b, NODES);
    deploy_file(&b, 1, catch_xml);
    for (u64 i = 2; i < 5; i++)
        create(&b, i, STR("q"), false);
    for (u32 i = 0; i < NODES; i++)
        CHECK(node_pump(b.nodes[i], b.now, &b.err));
    node_lose(&b, home); /* while the subscriptions are on their way to it */
    settle(&b);
    node_return(&b, home);
    settle(&b);
    subscriptions_check(&b); /* what was durable is there, whoever was answered */
    ask(&b, 5, CMD_MESSAGE_PUBLISH, 0,
        &(struct message_publish){.name = STR("paid"), .correlation_key = STR("a")}, 0);
    CHECK(node_pump(b.nodes[home], b.now, &b.err));
    for (u32 i = 0; i < NODES; i++) { /* while the message is on its way to somebody */
        node_lose(&b, i);
        node_return(&b, i);
    }
    settle(&b);
    u64 instances = 0;
    for (u32 i = 0; i < NODES; i++) {
        CHECK_INT(state_count(node_state(b.nodes[i]), TABLE_OUTBOX), 0);
        instances += state_count(node_state(b.nodes[i]), TABLE_INSTANCE);
    }
    CHECK_INT(instances, 2); /* one has had its message and is done */
    bench_close(&b);
}

/* ---- the end
 * ----------------------------------------------------------------------------------------------
 */

TEST(an_acknowledgement_that_is_lost_with_its_partition_is_given_again)
{
    struct resource file = {STR("a.bpmn"), str_of(process_xml)};
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}, 0);
    for (u32 turn = 0; turn < 2;
         turn++) { /* deployed and sent; applied and acknowledged */
        for (u32 i = 0; i < NODES; i++)
            CHECK(node_pump(b.nodes[i], b.now, &b.err));
        gate_pump(b.gate, b.now);
    }
    CHECK_INT(state_count(node_state(b.nodes[0]), TABLE_OUTBOX), NODES - 1);
    node_lose(&b, 0); /* with what it was told, and has not read yet */
    node_return(&b, 0);
    settle(&b);
    CHECK_INT(state_count(node_state(b.nodes[0]), TABLE_OUTBOX), 0);
    bench_close(&b);
}

TEST(at_the_end_all_are_answered)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), true);
    settle(&b);
    poll(&b, 3, -1);
    settle(&b);
    poll(&b, 4, 30000);
    settle(&b);
    gate_drain(b.gate);
    settle(&b);
    CHECK_INT(b.answers[2].rejection, REJECT_UNAVAILABLE);
    CHECK(is_there(&b, 4));
    CHECK_INT(b.answers[4].rejection, REJECT_NONE);
    CHECK_INT(gate_calls(b.gate), 0);
    bench_close(&b);
}

/* ---- searches -------------------------------------------------------------------- */

static const char *search(struct bench *b, enum search_kind what, const char *query)
{
    b->answers[31] = (struct answered){0};
    ask(b, 31, CMD_SEARCH, 0,
        &(struct search_ask){.what = what, .query = str_of(query)}, 0);
    settle(b);
    CHECK(b->answers[31].is_there);
    return b->answers[31].page;
}

/* What stands behind `"name":"` for the n-th time, as digits or base64. */
static struct str after_name(const char *page, const char *name, u32 n)
{
    char wanted[64];

    snprintf(wanted, sizeof(wanted), "\"%s\":\"", name);
    const char *at = strstr(page, wanted);
    for (; at && n > 0; n--)
        at = strstr(at + 1, wanted);
    if (!at)
        return (struct str){NULL, 0};
    at += strlen(wanted);
    return (struct str){at, strcspn(at, "\"")};
}

TEST(a_search_goes_over_all_partitions_page_by_page)
{
    struct bench b;
    char query[300], cursor[200] = "", first[4096];
    u64 last = 0;
    u32 count = 0, pages = 0;

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 2; i < 10; i++) {
        create(&b, i, STR("p"), false);
        settle(&b);
    }
    for (; pages < 10; pages++) { /* a cursor that stood still would go on for ever */
        snprintf(query, sizeof(query), "{\"page\":{\"limit\":3%s%s%s}}",
                 *cursor ? ",\"after\":\"" : "", cursor, *cursor ? "\"" : "");
        const char *page = search(&b, SEARCH_JOBS, query);
        if (pages == 0)
            text_keep(first, sizeof(first), str_of(page));
        CHECK(strstr(page, "\"totalItems\":8,"));
        struct str key;
        for (u32 i = 0; (key = after_name(page, "jobKey", i)).len; i++, count++) {
            u64 number = 0;
            CHECK(str_to_u64(key, &number));
            CHECK(number > last);
            last = number;
        }
        struct str end = after_name(page, "endCursor", 0);
        if (!end.len)
            break;
        text_keep(cursor, sizeof(cursor), end);
    }
    CHECK_INT(count, 8);
    CHECK_INT(pages, 3);
    /* Back from the end of all: those before the fourth are the first three. */
    snprintf(query, sizeof(query), "{\"page\":{\"from\":3,\"limit\":1}}");
    text_keep(cursor, sizeof(cursor),
              after_name(search(&b, SEARCH_JOBS, query), "startCursor", 0));
    snprintf(query, sizeof(query), "{\"page\":{\"limit\":3,\"before\":\"%s\"}}",
             cursor);
    CHECK_STR(str_of(search(&b, SEARCH_JOBS, query)), first);
    bench_close(&b);
}

TEST(what_all_partitions_have_is_found_once)
{
    struct bench b;

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    CHECK(strstr(search(&b, SEARCH_PROCESS_DEFINITIONS, "{}"), "\"totalItems\":1,"));
    bench_close(&b);
}

TEST(a_search_sees_what_was_there_when_a_partition_is_not)
{
    struct bench b;

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    node_lose(&b, 1);
    CHECK(strstr(search(&b, SEARCH_PROCESS_DEFINITIONS, "{}"), "\"totalItems\":1,"));
    search(&b, SEARCH_JOBS, "{\"filter\":{\"nope\":1}}");
    CHECK_INT(b.answers[31].rejection, REJECT_INVALID_ARGUMENT);
    CHECK_STR(str_of(b.answers[31].text), "The filter has an unknown property 'nope'");
    bench_close(&b);
}

static const char *one(struct bench *b, u64 key, const struct search_ask *what)
{
    b->answers[31] = (struct answered){0};
    ask(b, 31, CMD_SEARCH, key, what, 0);
    settle(b);
    CHECK(is_there(b, 31));
    return b->answers[31].page;
}

TEST(decisions_that_were_made_are_found_until_they_are_deleted)
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
    struct search_ask second = {.what = SEARCH_DECISION_INSTANCES, .index = 2};
    struct resource file = {STR("d.dmn"), str_of(xml)};
    struct bench b;
    u64 key = 0;

    bench_open(&b, 1);
    ask(&b, 1, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}}, 0);
    settle(&b);
    for (u32 i = 0; i < 2; i++) {
        ask(&b, 2 + i, CMD_DECISION_EVALUATE, 0,
            &(struct decision_evaluate){.decision_id = STR("grade"),
                                        .variables =
                                            i ? STR("{\"n\":1}") : STR("{\"n\":3}")},
            0);
        settle(&b);
    }
    const char *page =
        search(&b, SEARCH_DECISION_INSTANCES,
               "{\"filter\":{\"state\":\"FAILED\",\"decisionDefinitionType\":"
               "\"DECISION_TABLE\"}}");
    CHECK(strstr(page, "\"totalItems\":1,"));
    page = search(&b, SEARCH_DECISION_INSTANCES, "{}");
    CHECK(strstr(page, "\"totalItems\":4,"));
    CHECK(str_to_u64(after_name(page, "decisionEvaluationKey", 0), &key));
    page = one(&b, key, &second);
    CHECK(strstr(page,
                 "\"evaluatedInputs\":[{\"inputId\":\"i\",\"inputName\":\"Points\","
                 "\"inputValue\":\"4\"}]"));
    CHECK(strstr(page, "\"matchedRules\":[{\"ruleId\":\"r1\",\"ruleIndex\":1,"));
    second.index = 4;
    one(&b, key, &second);
    CHECK_INT(b.answers[31].rejection, REJECT_NOT_FOUND); /* it is the next one's */
    ask(&b, 4, CMD_DECISIONS_DELETE, key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[4].rejection, REJECT_NONE);
    CHECK(strstr(search(&b, SEARCH_DECISION_INSTANCES, "{}"), "\"totalItems\":2,"));
    ask(&b, 5, CMD_DECISIONS_DELETE, key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[5].rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

TEST(an_instance_is_found_when_it_has_ended_and_until_it_is_deleted)
{
    struct bench b;

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    u64 key = b.answers[2].key;
    ask(&b, 3, CMD_INSTANCE_DELETE, key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[3].rejection, REJECT_INVALID_STATE);
    ask(&b, 4, CMD_INSTANCE_CANCEL, key, NULL, 0);
    settle(&b);
    CHECK(strstr(search(&b, SEARCH_JOBS, "{}"), "\"state\":\"CANCELED\""));
    CHECK(strstr(one(&b, key, &(struct search_ask){.what = SEARCH_PROCESS_INSTANCES}),
                 "\"state\":\"TERMINATED\""));
    ask(&b, 5, CMD_INSTANCE_DELETE, key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[5].rejection, REJECT_NONE);
    CHECK(strstr(search(&b, SEARCH_JOBS, "{}"), "\"totalItems\":0,"));
    ask(&b, 6, CMD_INSTANCE_DELETE, key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[6].rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

/* A batch operation takes its time: a step for each item. */
static void settle_long(struct bench *b)
{
    for (u32 i = 0; i < 10; i++)
        settle(b);
}

static void batch_delete(struct bench *b, u64 request, enum command_kind kind,
                         const char *filter)
{
    ask(b, request, kind, 0, &(struct batch_create){str_of(filter)}, 0);
    settle_long(b);
    CHECK(is_there(b, request));
}

TEST(history_is_deleted_over_a_filter_on_all_partitions)
{
    struct bench b;

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 2; i < 11; i++) {
        create(&b, i, STR("p"), false);
        settle(&b);
        if (i < 8)
            ask(&b, i + 10, CMD_INSTANCE_CANCEL, b.answers[i].key, NULL, 0);
        settle(&b);
    }
    batch_delete(&b, 21, CMD_BATCH_DELETE_INSTANCES, "{\"nope\":1}");
    CHECK_INT(b.answers[21].rejection, REJECT_INVALID_ARGUMENT);
    batch_delete(&b, 22, CMD_BATCH_DELETE_INSTANCES, "{}");
    CHECK(strstr(b.answers[22].text, "Given filter is empty"));
    batch_delete(&b, 23, CMD_BATCH_DELETE_INSTANCES, "{\"processDefinitionId\":\"p\"}");
    CHECK_INT(b.answers[23].rejection, REJECT_NONE);
    CHECK(strstr(search(&b, SEARCH_PROCESS_INSTANCES, "{}"), "\"totalItems\":3,"));
    CHECK(strstr(
        search(&b, SEARCH_PROCESS_INSTANCES, "{\"filter\":{\"state\":\"TERMINATED\"}}"),
        "\"totalItems\":0,"));
    const char *page = search(&b, SEARCH_BATCH_OPERATIONS, "{}");
    CHECK(strstr(page, "\"state\":\"COMPLETED\",\"batchOperationType\":"
                       "\"DELETE_PROCESS_INSTANCE\""));
    CHECK(strstr(page, "\"operationsTotalCount\":6,\"operationsFailedCount\":0,"
                       "\"operationsCompletedCount\":6,"));
    page = search(&b, SEARCH_BATCH_OPERATION_ITEMS,
                  "{\"filter\":{\"state\":\"COMPLETED\"}}");
    CHECK(strstr(page, "\"totalItems\":6,"));
    bench_close(&b);
}

/* The gate keeps nothing: who waits is looked for when it is opened. */
TEST(a_deletion_over_a_filter_goes_on_with_another_gate)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    ask(&b, 3, CMD_INSTANCE_CANCEL, b.answers[2].key, NULL, 0);
    settle(&b);
    gate_close(b.gate);
    b.gate = gate_open(&gate_options_default, b.nodes, 1);
    node_command(b.nodes[0], &(struct input){.kind = CMD_BATCH_DELETE_INSTANCES,
                                             .record = &(struct batch_create){STR(
                                                 "{\"processDefinitionId\":\"p\"}")},
                                             .tenant = STR("<default>")});
    for (u32 i = 0; i < 20; i++)
        CHECK(node_pump(b.nodes[0], b.now, &b.err));
    for (struct effect e; node_effect(b.nodes[0], &e);)
        CHECK_INT(e.kind, EFFECT_HISTORY_WANTED); /* lost: nobody has heard it */
    gate_view(b.gate, b.follower);
    settle_long(&b);
    CHECK(strstr(search(&b, SEARCH_PROCESS_INSTANCES, "{}"), "\"totalItems\":0,"));
    bench_close(&b);
}

TEST(a_deleted_process_takes_its_history_with_it)
{
    struct bench b;
    u64 process = 0;

    bench_open(&b, 2);
    deploy_file(&b, 1, process_xml);
    for (u64 i = 2; i < 6; i++) {
        create(&b, i, STR("p"), false);
        settle(&b);
        ask(&b, i + 10, CMD_INSTANCE_CANCEL, b.answers[i].key, NULL, 0);
        settle(&b);
    }
    CHECK(str_to_u64(after_name(search(&b, SEARCH_PROCESS_DEFINITIONS, "{}"),
                                "processDefinitionKey", 0),
                     &process));
    ask(&b, 20, CMD_RESOURCE_DELETE, process, &(struct resource_delete){true}, 0);
    settle_long(&b);
    CHECK_INT(b.answers[20].rejection, REJECT_NONE);
    CHECK(strstr(search(&b, SEARCH_PROCESS_INSTANCES, "{}"), "\"totalItems\":0,"));
    bench_close(&b);
}

TEST(instances_with_one_business_id_begin_at_one_partition)
{
    struct bench b;
    u32 homes[2] = {0};

    bench_open(&b, 3);
    deploy_file(&b, 1, process_xml);
    for (u32 i = 0; i < 10; i++) {
        ask(&b, 2 + i, CMD_INSTANCE_CREATE, 0,
            &(struct instance_create){.bpmn_process_id = STR("p"),
                                      .version = -1,
                                      .business_id = i % 2 ? STR("a") : STR("b")},
            0);
        settle(&b);
        CHECK_INT(b.answers[2 + i].rejection, REJECT_NONE);
        u32 home = (u32)(b.answers[2 + i].key >> 51);
        CHECK(homes[i % 2] == 0 || homes[i % 2] == home);
        homes[i % 2] = home;
    }
    CHECK(homes[0] != homes[1]);
    bench_close(&b);
}

/* ---- answers that come later ----------------------------------------------------- */

static const char task_xml[] =
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:userTask id=\"t\"><bpmn:extensionElements><zeebe:userTask/>"
    "<zeebe:taskListeners><zeebe:taskListener eventType=\"completing\" type=\"pack\"/>"
    "</zeebe:taskListeners></bpmn:extensionElements></bpmn:userTask>"
    "</bpmn:process></bpmn:definitions>";

/* Completes the one task, and then its listener's job so. */
static void task_complete(struct bench *b, u64 request, struct job_complete how)
{
    u64 task = 0;

    create(b, request, STR("p"), false);
    settle(b);
    str_to_u64(after_name(search(b, SEARCH_USER_TASKS, "{}"), "userTaskKey", 0), &task);
    ask(b, request + 1, CMD_USER_TASK_COMPLETE, task, NULL, 0);
    settle(b);
    CHECK(!is_there(b, request + 1));
    poll(b, request + 2, -1);
    settle(b);
    CHECK(!is_there(b, request + 1));
    ask(b, request + 3, CMD_JOB_COMPLETE, b->answers[request + 2].key, &how, 0);
    settle(b);
    CHECK(is_there(b, request + 3));
}

TEST(a_task_s_change_is_answered_after_its_listeners)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, task_xml);
    task_complete(&b, 2, (struct job_complete){0});
    CHECK(is_there(&b, 3));
    CHECK_INT(b.answers[3].rejection, REJECT_NONE);
    CHECK(strstr(search(&b, SEARCH_USER_TASKS, "{}"), "\"state\":\"COMPLETED\""));
    CHECK_INT((i64)gate_calls(b.gate), 0);
    bench_close(&b);
}

TEST(a_task_s_change_that_was_denied_is_refused)
{
    struct bench b;

    bench_open(&b, 1);
    deploy_file(&b, 1, task_xml);
    task_complete(&b, 2,
                  (struct job_complete){.is_denied = true, .denied_reason = STR("no")});
    CHECK_INT(b.answers[3].rejection, REJECT_INVALID_STATE);
    CHECK(strstr(b.answers[3].text, "Command 'COMPLETE' rejected with code "
                                    "'INVALID_STATE': Completion of the User Task"));
    bench_close(&b);
}

TEST(whoever_waits_too_long_for_listeners_is_told_so)
{
    struct bench b;
    u64 task = 0;

    bench_open(&b, 1);
    deploy_file(&b, 1, task_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    str_to_u64(after_name(search(&b, SEARCH_USER_TASKS, "{}"), "userTaskKey", 0),
               &task);
    ask(&b, 3, CMD_USER_TASK_COMPLETE, task, NULL, 0);
    settle(&b);
    b.now += 15000;
    settle(&b);
    CHECK_INT(b.answers[3].rejection, REJECT_DEADLINE_EXCEEDED);
    poll(&b, 4, -1);
    settle(&b);
    ask(&b, 5, CMD_JOB_COMPLETE, b.answers[4].key, NULL, 0);
    settle(&b);
    CHECK_INT(b.answers[5].rejection, REJECT_NONE); /* and the late answer is dropped */
    CHECK_INT((i64)gate_calls(b.gate), 0);
    bench_close(&b);
}

/* ---- what all partitions have ------------------------------------------------------
 */

static const char vars_xml[] =
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:serviceTask id=\"t\"><bpmn:extensionElements>"
    "<zeebe:taskDefinition type=\"=camunda.vars.env.work\"/></bpmn:extensionElements>"
    "</bpmn:serviceTask></bpmn:process></bpmn:definitions>";

TEST(a_cluster_variable_is_seen_by_expressions_at_all_partitions)
{
    struct cluster_variable_change work = {.name = STR("work"),
                                           .value = STR("\"pack\"")};
    struct bench b;

    bench_open(&b, NODES);
    ask(&b, 1, CMD_CLUSTER_VARIABLE_CREATE, 0, &work, 0);
    deploy_file(&b, 2, vars_xml);
    for (u64 i = 0; i < 2 * NODES; i++) {
        create(&b, 3, STR("p"), false);
        settle(&b);
        b.answers[3] = (struct answered){0};
    }
    for (u64 i = 0; i < 2 * NODES; i++) {
        poll(&b, 4 + i, -1);
        settle(&b);
        CHECK_INT(b.answers[4 + i].jobs, 1);
    }
    ask(&b, 20, CMD_CLUSTER_VARIABLE_DELETE, 0, &work, 0);
    settle(&b);
    CHECK_INT(b.answers[20].rejection, REJECT_NONE);
    for (u32 i = 0; i < NODES; i++)
        CHECK_INT(state_count(node_state(b.nodes[i]), TABLE_CLUSTER_VARIABLE), 0);
    ask(&b, 21, CMD_CLUSTER_VARIABLE_DELETE, 0, &work, 0);
    settle(&b);
    CHECK_INT(b.answers[21].rejection, REJECT_NOT_FOUND);
    bench_close(&b);
}

TEST(a_variable_of_a_tenant_hides_that_of_the_cluster_in_env)
{
    static const struct {
        const char *text, *result;
    } cases[] = {
        {"=camunda.vars.env.a", "2"},       {"=camunda.vars.cluster.a", "1"},
        {"=camunda.vars.tenant.a", "2"},    {"=camunda.vars.env.b", "3"},
        {"=camunda.vars.tenant.b", "null"}, {"=a", "9"},
    };
    struct bench b;
    struct str names[] = {STR("a"), STR("a"), STR("b")},
               values[] = {STR("1"), STR("2"), STR("3")},
               tenants[] = {STR(""), STR("<default>"), STR("")};

    bench_open(&b, 1);
    for (u64 i = 0; i < 3; i++)
        ask(&b, 1 + i, CMD_CLUSTER_VARIABLE_CREATE, 0,
            &(struct cluster_variable_change){
                .name = names[i], .value = values[i], .of_tenant = tenants[i]},
            0);
    settle(&b);
    for (u64 i = 0; i < LEN(cases); i++) {
        ask(&b, 10 + i, CMD_EXPRESSION_EVALUATE, 0,
            &(struct expression_evaluate){str_of(cases[i].text), STR("{\"a\":9}")}, 0);
        settle(&b);
        CHECK_STR(str_of(b.answers[10 + i].variables), cases[i].result);
    }
    bench_close(&b);
}

TEST(a_global_listener_runs_before_or_after_those_of_the_task)
{
    struct global_listener_change l = {.id = STR("g"),
                                       .type = STR("pack"),
                                       .retries = 3,
                                       .priority = 50},
                                  update = l;
    struct str creating = STR("creating"), all = STR("all");
    struct bench b;

    bench_open(&b, 1);
    l.event_types = (struct text_list){&creating, 1};
    ask(&b, 1, CMD_GLOBAL_LISTENER_CREATE, 0, &l, 0);
    deploy_file(&b, 2, task_xml);
    create(&b, 3, STR("p"), false);
    settle(&b);
    CHECK(strstr(search(&b, SEARCH_USER_TASKS, "{}"), "\"CREATING\""));
    poll(&b, 4, -1);
    settle(&b);
    CHECK_INT(b.answers[4].jobs, 1);
    ask(&b, 5, CMD_JOB_COMPLETE, b.answers[4].key, NULL, 0);
    settle(&b);
    CHECK(strstr(search(&b, SEARCH_USER_TASKS, "{}"), "\"CREATED\""));
    update.event_types = (struct text_list){&all, 1};
    update.is_after = true;
    update.type = STR("other");
    ask(&b, 6, CMD_GLOBAL_LISTENER_UPDATE, 0, &update, 0);
    settle(&b);
    u64 task = 0;
    str_to_u64(after_name(search(&b, SEARCH_USER_TASKS, "{}"), "userTaskKey", 0),
               &task);
    ask(&b, 7, CMD_USER_TASK_COMPLETE, task, NULL, 0);
    settle(&b);
    poll(&b, 8, -1); /* the task's own comes first */
    settle(&b);
    CHECK_INT(b.answers[8].jobs, 1);
    ask(&b, 9, CMD_JOB_COMPLETE, b.answers[8].key, NULL, 0);
    settle(&b);
    CHECK(!is_there(&b, 7));
    ask(&b, 10, CMD_JOB_ACTIVATE, 0,
        &(struct job_activate){
            .type = STR("other"), .worker = STR("w"), .timeout = 60000, .max_jobs = 1},
        -1);
    settle(&b);
    CHECK_INT(b.answers[10].jobs, 1);
    ask(&b, 11, CMD_JOB_COMPLETE, b.answers[10].key, NULL, 0);
    settle(&b);
    CHECK(is_there(&b, 7));
    CHECK_INT(b.answers[7].rejection, REJECT_NONE);
    bench_close(&b);
}

TEST(lists_of_a_filter_that_nobody_has_filled_ask_nothing)
{
    struct bench b;
    char query[256];

    bench_open(&b, 1);
    deploy_file(&b, 1, process_xml);
    create(&b, 2, STR("p"), false);
    settle(&b);
    snprintf(query, sizeof(query),
             "{\"filter\":{\"processInstanceKey\":{\"$eq\":\"%llu\",\"$in\":[],"
             "\"$notIn\":[]}}}",
             (unsigned long long)b.answers[2].key);
    CHECK(strstr(search(&b, SEARCH_PROCESS_INSTANCES, query), "\"totalItems\":1,"));
    bench_close(&b);
}
