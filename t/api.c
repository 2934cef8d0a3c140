#include "api/api.h"

#include <stdio.h>
#include <stdlib.h>

#include "api/private.h"
#include "t/test.h"

/* ---- a gate that remembers what it was asked and answers what the test wants ----- */

#define ANSWERS_MAX 8

struct gate {
    char asked[2048];      /* "JOB_COMPLETE 7 operation=3 wait=10: variables={}" */
    struct resource first; /* of a deployment */
    char content[64];
    struct str tenant, cause;
    u64 request, gone, drained;
    bool is_stream;
    u32 asks;
    bool is_sick, is_watched;
    struct notice notices[8]; /* taken from behind */
    u32 notice_count;
    struct gate_answer answers[ANSWERS_MAX];
    u32 answer_count, answers_done;
};

static struct gate *the_gate; /* whose answers are being given back */

#define X(name, grpc, http) [REJECT_##name] = {#name, grpc, http},
const struct rejection_info rejections[] = {REJECTIONS(X)};
#undef X

static void asked_print(struct gate *g, const struct ask *ask)
{
    struct arena arena;
    struct buf out;

    arena_init(&arena, 4096, 1 << 20, NULL);
    buf_init(&out, &arena, 64);
    buf_print(&out, "%s %lld", commands[ask->kind].name, (long long)ask->key);
    if (ask->operation)
        buf_print(&out, " operation=%llu", (unsigned long long)ask->operation);
    if (ask->wait_ms)
        buf_print(&out, " wait=%lld", (long long)ask->wait_ms);
    buf_text(&out, ": ");
    record_print(&out, commands[ask->kind].ask, ask->record);
    must(out.len < sizeof(g->asked));
    memcpy(g->asked, out.data, out.len);
    g->asked[out.len] = '\0';
    arena_free(&arena);
}

void gate_ask(struct gate *g, const struct ask *ask, i64 now)
{
    const struct deployment_create *d = ask->record;

    g->asks++;
    g->request = ask->request;
    g->tenant = str_is(ask->tenant, "<default>") ? STR("<default>") : STR("another");
    g->cause = ask->cause;
    g->is_stream = ask->is_stream;
    asked_print(g, ask);
    if (ask->kind == CMD_DEPLOYMENT_CREATE && d->resources.count > 0) {
        must(d->resources.items[0].content.len < sizeof(g->content));
        memcpy(g->content, d->resources.items[0].content.data,
               d->resources.items[0].content.len);
        g->first.content = (struct str){g->content, d->resources.items[0].content.len};
    }
}

void gate_gone(struct gate *g, u64 request)
{
    g->gone = request;
}

void gate_drained(struct gate *g, u64 request)
{
    g->drained = request;
}

void gate_watch(struct gate *g, bool is_watched)
{
    g->is_watched = is_watched;
}

bool gate_notice(struct gate *g, struct notice *out)
{
    if (g->notice_count == 0)
        return false;
    *out = g->notices[--g->notice_count];
    return true;
}

bool gate_counters(const struct gate *g, u32 index, struct node_counters *out)
{
    *out = (struct node_counters){.log_tail = 9, .log_durable = 7, .inbox = 3};
    return index == 0;
}

size_t gate_calls(const struct gate *g)
{
    return 4;
}

bool gate_answer(struct gate *g, struct gate_answer *out)
{
    if (g->answer_count == 0)
        return false;
    *out = g->answers[0];
    out->block = g;
    g->answer_count--;
    memmove(g->answers, g->answers + 1, g->answer_count * sizeof(*out));
    return true;
}

void gate_answer_done(struct gate_answer *a)
{
    the_gate->answers_done++;
    a->block = NULL;
}

u32 gate_partitions(const struct gate *g, struct gate_partition *out, u32 max)
{
    must(max >= 2);
    out[0] = (struct gate_partition){1, !g->is_sick};
    out[1] = (struct gate_partition){2, false};
    return 2;
}

/* ---- the doors ------------------------------------------------------------------- */

struct doors {
    struct gate gate;
    struct api *api;
    struct arena request; /* of one request */
    struct arena arena;   /* of the test */
    u64 id;               /* of the last request */
    bool has_reply;
    struct api_reply reply; /* the last that was taken */
};

static void doors_open_with(struct doors *d, const struct api_options *options)
{
    *d = (struct doors){0};
    the_gate = &d->gate;
    arena_init(&d->request, 64, 1 << 20, NULL);
    arena_init(&d->arena, 4096, 16 << 20, NULL);
    d->api = api_open(options, &d->gate);
}

static void doors_open(struct doors *d)
{
    struct api_options options = api_options_default;

    options.version = STR("1.2.3");
    options.host = STR("here");
    options.port = 7;
    options.boot = 5;
    options.has_clock_control = true;
    doors_open_with(d, &options);
}

static void reply_drop_last(struct doors *d)
{
    if (d->has_reply)
        api_reply_done(d->api, &d->reply);
    d->has_reply = false;
}

static void doors_close(struct doors *d)
{
    reply_drop_last(d);
    CHECK_INT(d->gate.answer_count, 0);
    api_close(d->api);
    arena_free(&d->request);
    arena_free(&d->arena);
}

static bool take(struct doors *d)
{
    reply_drop_last(d);
    d->has_reply = api_reply(d->api, &d->reply);
    if (d->has_reply)
        CHECK_INT(d->reply.id, d->id);
    return d->has_reply;
}

static void request(struct doors *d, struct api_request r)
{
    reply_drop_last(d);
    d->gate.asked[0] = '\0';
    r.id = ++d->id;
    r.arena = &d->request;
    api_request(d->api, &r, 1000);
    take(d);
}

/* The gate answers the last request. */
static void answer(struct doors *d, enum command_kind kind, const void *record)
{
    struct gate_answer a = {.request = d->gate.request, .kind = kind, .record = record};

    d->gate.answers[d->gate.answer_count++] = a;
    api_pump(d->api, 1001);
    take(d);
}

static void refuse(struct doors *d, enum rejection rejection, const char *text)
{
    struct gate_answer a = {
        .request = d->gate.request, .rejection = rejection, .text = str_of(text)};

    d->gate.answers[d->gate.answer_count++] = a;
    api_pump(d->api, 1001);
    take(d);
}

/* ---- protobuf written down: `1=7 2='text' 3={1=5}` ------------------------------- */

static void varint(struct buf *out, u64 value)
{
    for (; value >= 0x80; value >>= 7)
        buf_byte(out, (char)(value | 0x80));
    buf_byte(out, (char)value);
}

static void bytes_of(struct buf *out, u64 tag, struct str s)
{
    varint(out, tag << 3 | 2);
    varint(out, s.len);
    buf_add(out, s);
}

static const char *pb_fields(struct buf *out, const char *text);

static const char *pb_field(struct buf *out, const char *text)
{
    char *end;
    u64 tag = strtoull(text, &end, 10);

    must(*end == '=');
    if (end[1] == '\'') {
        const char *close = strchr(end + 2, '\'');
        bytes_of(out, tag, (struct str){end + 2, (size_t)(close - end - 2)});
        return close + 1;
    }
    if (end[1] == '{') {
        struct buf inner;
        buf_init(&inner, out->arena, 64);
        text = pb_fields(&inner, end + 2);
        bytes_of(out, tag, buf_str(&inner));
        return text + 1;
    }
    varint(out, tag << 3);
    varint(out, (u64)strtoll(end + 1, &end, 10));
    return end;
}

static const char *pb_fields(struct buf *out, const char *text)
{
    while (*text && *text != '}') {
        if (*text == ' ')
            text++;
        else
            text = pb_field(out, text);
    }
    return text;
}

static struct str pb(struct doors *d, const char *text)
{
    struct buf out;

    buf_init(&out, &d->arena, 64);
    pb_fields(&out, text);
    return buf_str(&out);
}

static void grpc_bytes(struct doors *d, const char *path, struct str body)
{
    request(d, (struct api_request){.door = API_GRPC,
                                    .method = STR("POST"),
                                    .path = str_of(path),
                                    .body = body});
}

static void grpc(struct doors *d, const char *call, const char *text)
{
    char path[128];

    snprintf(path, sizeof(path), "/gateway_protocol.Gateway/%s", call);
    grpc_bytes(d, path, pb(d, text));
}

static void check_end(struct doors *d, u32 code, const char *text)
{
    CHECK(d->has_reply);
    if (!d->has_reply)
        return;
    CHECK_INT(d->reply.door, API_GRPC);
    CHECK(d->reply.is_last);
    CHECK(!d->reply.has_message);
    CHECK_INT(d->reply.code, code);
    CHECK_STR(d->reply.text, text);
}

static void check_message(struct doors *d, const char *text, bool is_last)
{
    CHECK(d->has_reply);
    if (!d->has_reply)
        return;
    CHECK(d->reply.has_message);
    CHECK_INT(d->reply.is_last, is_last);
    CHECK_INT(d->reply.opens, !is_last);
    CHECK_INT(d->reply.code, 0);
    CHECK(str_equal(d->reply.message, pb(d, text)));
}

/* ---- gRPC: requests -------------------------------------------------------------- */

struct grpc_ask {
    const char *call, *sent, *asked;
};

/* Each with all the fields that its call carries out. */
static const struct grpc_ask grpc_asks[] = {
    {"DeployResource", "1={1='a.bpmn' 2='<a/>'} 1={1='b.bpmn' 2='<b/>'} 2='<default>'",
     "DEPLOYMENT_CREATE 0: resources=[name=a.bpmn content=(4 bytes), "
     "name=b.bpmn content=(4 bytes)]"},
    {"DeployProcess", "1={1='a.bpmn' 2='<a/>'}",
     "DEPLOYMENT_CREATE 0: resources=[name=a.bpmn content=(4 bytes)]"},
    {"DeleteResource", "1=5 2=9 3=1",
     "RESOURCE_DELETE 5 operation=9: deletes_history=true"},
    {"CreateProcessInstance",
     "1=5 2='order' 3=-1 4='{\"a\": 1}' 5={1='x'} 5={1='y'} 6='<default>' 7=9 "
     "8={1={1='z'}} 9='t1' 9='t2' 10='b'",
     "INSTANCE_CREATE 0 operation=9: bpmn_process_id=order version=-1 process_key=5 "
     "variables={\"a\":1} starts=[element_id=x, element_id=y] "
     "ends=[after_element_id=z] tags=[t1, t2] business_id=b"},
    {"CreateProcessInstanceWithResult",
     "1={1=5 2='order' 3=-1 4='{\"a\": 1}' 6='<default>' 7=9} 2=250 3='x' 3='y'",
     "INSTANCE_CREATE 0 operation=9 wait=250: bpmn_process_id=order version=-1 "
     "process_key=5 variables={\"a\":1} awaits_result=true fetch_variables=[x, y]"},
    {"ModifyProcessInstance",
     "1=5 2={1='a' 2=7 3={1='{\"x\":1}' 2='sub'}} 2={1='b'} 3={1=8} 3={2='c'} 4=9 "
     "5={1=6 3='e' 5=7} 5={2='d' 3='e' 4={1='{\"y\":2}'} 6=1} 5={2='d' 3='e' 7=1}",
     "INSTANCE_MODIFY 5 operation=9: activates=[element_id=a ancestor=7 "
     "variables=[variables={\"x\":1} scope_id=sub], element_id=b] "
     "terminates=[element_instance=8, element_id=c] "
     "moves=[source_instance=6 target_id=e ancestor=7, source_id=d target_id=e "
     "variables=[variables={\"y\":2}] infers_ancestor=true, source_id=d target_id=e "
     "uses_source_parent=true]"},
    {"MigrateProcessInstance", "1=5 2={1=7 2={1='a' 2='b'} 2={1='c' 2='d'}} 3=9",
     "INSTANCE_MIGRATE 5 operation=9: target_process=7 "
     "mappings=[source_id=a target_id=b, source_id=c target_id=d]"},
    {"CancelProcessInstance", "1=5 2=18446744073709551615",
     "INSTANCE_CANCEL 5 operation=9223372036854775807: "},
    {"ActivateJobs", "1='pack' 2='me' 3=1000 4=32 5='x' 5='y' 6=-1 7='<default>' 8=1",
     "JOB_ACTIVATE 0 wait=-1: type=pack worker=me timeout=1000 max_jobs=32 "
     "fetch_variables=[x, y] tenants=[<default>]"},
    {"CompleteJob", "1=2251799813685249 2='{\"a\":1}' 3={1=1 3='why' 4='userTask'}",
     "JOB_COMPLETE 2251799813685249: variables={\"a\":1} is_denied=true "
     "denied_reason=why"},
    {"FailJob", "1=4 2=-3 3='why' 4=500 5='{\"a\":1}'",
     "JOB_FAIL 4: retries=-3 error_message=why retry_back_off=500 variables={\"a\":1}"},
    {"ThrowError", "1=4 2='E1' 3='why' 4='{\"a\":1}'",
     "JOB_THROW_ERROR 4: error_code=E1 error_message=why variables={\"a\":1}"},
    {"EvaluateConditional", "1='<default>' 2=7 3='{\"x\":1}'",
     "CONDITIONS_EVALUATE 0: process_key=7 variables={\"x\":1}"},
    {"UpdateJobRetries", "1=4 2=3 3=9", "JOB_UPDATE_RETRIES 4 operation=9: retries=3"},
    {"UpdateJobPriority", "1=4 2=0 3=9",
     "JOB_UPDATE_PRIORITY 4 operation=9: has_priority=true"},
    {"AssignProcessInstanceBusinessId", "1=4 2='b'",
     "BUSINESS_ID_ASSIGN 4: business_id=b"},
    {"UpdateJobTimeout", "1=4 2=3000 3=9",
     "JOB_UPDATE_TIMEOUT 4 operation=9: timeout=3000"},
    {"PublishMessage", "1='paid' 2='k' 3=60000 4='id' 5='{\"a\":1}' 6='<default>'",
     "MESSAGE_PUBLISH 0: name=paid correlation_key=k time_to_live=60000 message_id=id "
     "variables={\"a\":1}"},
    {"BroadcastSignal", "1='go' 2='{\"a\":1}' 3='<default>'",
     "SIGNAL_BROADCAST 0: name=go variables={\"a\":1}"},
    {"SetVariables", "1=4 2='{\"a\":1}' 3=1 4=9",
     "VARIABLES_SET 4 operation=9: variables={\"a\":1} is_local=true"},
    {"ResolveIncident", "1=4 2=9", "INCIDENT_RESOLVE 4 operation=9: "},
    {"EvaluateDecision", "1=4 2='dish' 3='{\"a\":1}' 4='<default>'",
     "DECISION_EVALUATE 0: decision_id=dish decision_key=4 variables={\"a\":1}"},
};

TEST(what_a_grpc_client_sends_is_found_in_the_record)
{
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(grpc_asks); i++) {
        grpc(&d, grpc_asks[i].call, grpc_asks[i].sent);
        CHECK(!d.has_reply);
        CHECK_STR(str_of(d.gate.asked), grpc_asks[i].asked);
        CHECK_STR(d.gate.tenant, "<default>");
        CHECK_INT(d.gate.request, (5ll << 40) + (i64)d.id);
        refuse(&d, REJECT_NOT_FOUND, "no");
    }
    doors_close(&d);
}

/* Does the text set the tag, at its first level? */
static bool sends_tag(const char *text, u32 tag)
{
    int depth = 0;

    for (const char *at = text; *at; at++) {
        bool is_start = at == text || at[-1] == ' ';
        if (*at == '{')
            depth++;
        if (*at == '}')
            depth--;
        if (*at == '\'')
            at = strchr(at + 1, '\'');
        else if (depth == 0 && is_start && strtoul(at, NULL, 10) == tag)
            return true;
    }
    return false;
}

TEST(no_field_of_a_grpc_request_was_forgotten_above)
{
    for (u32 i = 0; i < rpc_count; i++) {
        const struct rpc *rpc = &rpcs[i];
        const struct grpc_ask *ask = NULL;
        for (size_t k = 0; k < LEN(grpc_asks); k++)
            if (strcmp(grpc_asks[k].call, rpc->name) == 0)
                ask = &grpc_asks[k];
        CHECK(!!ask == (rpc->command != CMD_NONE));
        for (u32 k = 0; ask && k < rpc->request->count; k++) {
            const struct part *p = &rpc->request->parts[k];
            if (p->where != IN_REFUSAL && p->where != IN_FIXED &&
                !sends_tag(ask->sent, p->tag))
                test_failed(__FILE__, __LINE__, "%s.%s", rpc->name, p->name);
        }
    }
}

TEST(what_a_grpc_client_leaves_out_has_its_default)
{
    static const struct grpc_ask cases[] = {
        {"CompleteJob", "1=4", "JOB_COMPLETE 4: variables={}"},
        {"CompleteJob", "1=4 2=' '", "JOB_COMPLETE 4: variables={}"},
        {"CompleteJob", "1=4 3={} 4='' 5=''", "JOB_COMPLETE 4: variables={}"},
        {"CompleteJob",
         "1=4 3={4='adHocSubProcess' 5={1='a' 2='{\"x\":1}'} 5={1='b'} 6=1 7=1}",
         "JOB_COMPLETE 4: variables={} activates=[element_id=a variables={\"x\":1}, "
         "element_id=b variables={}] is_fulfilled=true cancels_remaining=true"},
        {"CompleteJob",
         "1=4 3={2={1='ann' 2='2031-01-02T03:04:05Z' 3='' 4={1='a' 1='b'} 5={} 6=0}}",
         "JOB_COMPLETE 4: variables={} corrections=(has_assignee=true assignee=ann "
         "has_candidate_groups=true has_candidate_users=true candidate_users=[a, b] "
         "has_due_date=true due_date=2031-01-02T03:04:05Z has_follow_up_date=true "
         "has_priority=true)"},
        {"CreateProcessInstance", "2='order'",
         "INSTANCE_CREATE 0: bpmn_process_id=order variables={}"},
        {"CreateProcessInstanceWithResult", "2=-7",
         "INSTANCE_CREATE 0: variables={} awaits_result=true"},
        {"ActivateJobs", "", "JOB_ACTIVATE 0: tenants=[<default>]"},
        {"ActivateJobs", "7='' 7='<default>' 7=''",
         "JOB_ACTIVATE 0: tenants=[<default>]"},
        {"DeployResource", "", "DEPLOYMENT_CREATE 0: "},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        grpc(&d, cases[i].call, cases[i].sent);
        CHECK_STR(str_of(d.gate.asked), cases[i].asked);
        CHECK_STR(d.gate.tenant, "<default>");
        refuse(&d, REJECT_NOT_FOUND, "no");
    }
    doors_close(&d);
}

TEST(the_bytes_of_a_file_arrive_as_they_are)
{
    struct doors d;

    doors_open(&d);
    grpc_bytes(&d, "/gateway_protocol.Gateway/DeployResource",
               STR("\x0a\x09\x0a\x01"
                   "a\x12\x04\xff\x00\xfe\r"));
    CHECK(str_equal(d.gate.first.content, STR("\xff\x00\xfe\r")));
    doors_close(&d);
}

struct grpc_end_case {
    const char *call, *sent;
    u32 code;
    const char *text;
};

TEST(what_grpc_cannot_carry_out_is_refused_by_name)
{
    static const struct grpc_end_case cases[] = {
        {"CompleteJob", "1=4 2='[1]'", 3,
         "Expected document to be a root level object, but was 'ARRAY'"},
        {"CompleteJob", "1=4 2='\"x\"'", 3,
         "Expected document to be a root level object, but was 'STRING'"},
        {"CompleteJob", "1=4 2='12'", 3,
         "Expected document to be a root level object, but was 'INTEGER'"},
        {"CompleteJob", "1=4 2='1.5'", 3,
         "Expected document to be a root level object, but was 'FLOAT'"},
        {"CompleteJob", "1=4 2='true'", 3,
         "Expected document to be a root level object, but was 'BOOLEAN'"},
        {"CompleteJob", "1=4 3={5={1='a' 2='[1]'}}", 3,
         "Expected document to be a root level object, but was 'ARRAY'"},
        {"CompleteJob", "1=4 3={2={4={1='\xff'}}}", 3,
         "The value for candidateUsers is no UTF-8"},
        {"CompleteJob", "1=4 4='x'", 3,
         "leaseToken is not supported yet: there are no leases"},
        {"CompleteJob", "1=4 5='x'", 3,
         "businessId is not supported yet: it is assigned by a call of its own"},
        {"ActivateJobs", "9=1", 3,
         "withLease is not supported yet: there are no leases"},
        {"FailJob", "6='x'", 3, "leaseToken is not supported yet: there are no leases"},
        {"ThrowError", "5='x'", 3,
         "leaseToken is not supported yet: there are no leases"},
        {"UpdateJobRetries", "4='x'", 3,
         "leaseToken is not supported yet: there are no leases"},
        {"UpdateJobTimeout", "4='x'", 3,
         "leaseToken is not supported yet: there are no leases"},
        {"PublishMessage", "7='x'", 3,
         "businessId is not supported yet: messages know their correlation key alone"},
        {"PublishMessage", "6='other'", 3,
         "Expected to handle gRPC request PublishMessage with tenant identifier "
         "'other', but multi-tenancy is disabled"},
        {"ActivateJobs", "7='<default>' 7='other'", 3,
         "Expected to handle gRPC request ActivateJobs with tenant identifier 'other', "
         "but multi-tenancy is disabled"},
        {"CompleteJob", "1=4 2='\x80'", 3, "The value for variables is no UTF-8"},
        {"FailJob", "3='\xff'", 3, "The value for errorMessage is no UTF-8"},
        {"Nonsense", "", 12, "There is no call /gateway_protocol.Gateway/Nonsense"},
        {"StreamActivatedJobs", "1=' ' 3=1", 3,
         "Expected to stream activated jobs with type to be present, but it was blank"},
        {"StreamActivatedJobs", "1='pack' 3=-5", 3,
         "Expected to stream activated jobs with timeout to be greater than zero, but "
         "it "
         "was '-5'"},
        {"StreamActivatedJobs", "1='pack' 3=1 8=1", 3,
         "withLease is not supported yet: there are no leases"},
        {"UpdateJobPriority", "4='x'", 3,
         "leaseToken is not supported yet: there are no leases"},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        grpc(&d, cases[i].call, cases[i].sent);
        check_end(&d, cases[i].code, cases[i].text);
    }
    CHECK_INT(d.gate.asks, 0);
    doors_close(&d);
}

TEST(broken_json_is_refused_with_its_place)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "CompleteJob", "1=4 2='{\"a\":}'");
    CHECK_INT(d.reply.code, 3);
    CHECK(str_starts(d.reply.text, STR("Invalid JSON value: JSON, byte 6: ")));
    doors_close(&d);
}

TEST(broken_protobuf_is_refused_with_its_place)
{
    static const struct {
        struct str bytes;
        const char *text;
    } cases[] = {
        {{"\x08", 1},
         "The bytes are no CompleteJobRequest: there is no whole field at "
         "byte 1"},
        {{"\x08\x04\x12\x05{}", 6},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 3"},
        {{"\x00\x00", 2},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 1"},
        {{"\x0b", 1},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 1"},
        {{"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 1"},
        {{"\x71\x01\x02", 3},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 1"},
        {{"\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},
         "The bytes are no CompleteJobRequest: there is no whole field at byte 1"},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        grpc_bytes(&d, "/gateway_protocol.Gateway/CompleteJob", cases[i].bytes);
        check_end(&d, 3, cases[i].text);
    }
    doors_close(&d);
}

TEST(fields_of_other_tags_and_wire_types_are_passed_over)
{
    struct doors d;

    doors_open(&d);
    /* tag 1 as text, tag 2 as a number, tags 99 of both fixed sizes, and then tag 1 */
    grpc_bytes(&d, "/gateway_protocol.Gateway/CompleteJob",
               STR("\x0a\x01z\x10\x05\x99\x06"
                   "12345678\x9d\x06"
                   "1234\x08\x07"));
    CHECK_STR(str_of(d.gate.asked), "JOB_COMPLETE 7: variables={}");
    doors_close(&d);
}

TEST(the_last_of_a_repeated_number_wins)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "CompleteJob", "1=3 1=4");
    CHECK_STR(str_of(d.gate.asked), "JOB_COMPLETE 4: variables={}");
    doors_close(&d);
}

TEST(the_traceparent_is_the_cause)
{
    static const struct api_header headers[] = {{{"user-agent", 10}, {"x", 1}},
                                                {{"traceparent", 11}, {"00-1-2-3", 8}}};
    struct doors d;

    doors_open(&d);
    request(&d,
            (struct api_request){.door = API_GRPC,
                                 .path = STR("/gateway_protocol.Gateway/CompleteJob"),
                                 .headers = headers,
                                 .header_count = 2});
    CHECK_STR(d.gate.cause, "00-1-2-3");
    doors_close(&d);
}

/* ---- gRPC: answers --------------------------------------------------------------- */

static const struct process_metadata deployed[] = {
    {STR("order"), 3, 77, STR("a.bpmn"), STR("<default>"), true},
    {STR("pay"), 1, 78, STR("b.bpmn"), STR("<default>"), false},
};
static const struct decision_metadata dish = {
    STR("dish"), STR("Dish"), 2, 80, STR("food"), 79, STR("<default>"), false};
static const struct requirements_metadata food = {
    STR("food"), STR("Food"), 4, 79, STR("c.dmn"), STR("<default>"), false};
static const struct artifact_metadata page = {STR("page"),      5,    81, STR("d.form"),
                                              STR("<default>"), false};
static const struct artifact_metadata notes = {STR("notes"),     6,    82, STR("notes"),
                                               STR("<default>"), false};
static const struct deployment_part parts[] = {
    {.process = &deployed[0]}, {.process = &deployed[1]}, {.decision = &dish},
    {.requirements = &food},   {.form = &page},           {.file = &notes}};
static const struct deployment_created deployment = {
    76, {deployed, 2}, STR("<default>"), {parts, 6}, {parts, 5}};
static const struct str tags[] = {STR("t1"), STR("t2")};
static const struct instance_created instance = {
    77, STR("order"), 3, 100, STR("<default>"), STR("{\"a\":1}"), {tags, 2}, STR("b")};
static const struct activated_job jobs[] = {
    {4,
     STR("pack"),
     100,
     STR("order"),
     3,
     77,
     STR("task"),
     101,
     STR("{\"h\":\"1\"}"),
     STR("me"),
     2,
     5000,
     STR("{\"a\":1}"),
     STR("<default>"),
     0,
     STR("BPMN_ELEMENT"),
     6,
     STR("UNSPECIFIED"),
     {tags, 2},
     STR("b"),
     50,
     99},
    {5,
     STR("pack"),
     100,
     STR("order"),
     3,
     77,
     STR("task"),
     102,
     {0},
     {0},
     0,
     5000,
     {0},
     STR("<default>"),
     0,
     STR("BPMN_ELEMENT"),
     6,
     STR("UNSPECIFIED")},
};
static const struct jobs_activated batch = {{jobs, 2}, true};
static const struct signal_was_broadcast was_broadcast = {9, STR("<default>")};
static const struct instance_reference references[] = {{77, 100}, {78, 101}};
static const struct conditions_were_evaluated conditions_evaluated = {
    9, STR("<default>"), {references, 2}};
static const struct evaluated_input season = {STR("i1"), STR("Season"),
                                              STR("\"Fall\"")};
static const struct evaluated_output stew = {STR("o1"), STR("Dish"), STR("\"Stew\""),
                                             STR("r2"), 2};
static const struct matched_rule rule = {STR("r2"), 2, {&stew, 1}};
static const struct evaluated_decision made[] = {{80,
                                                  STR("dish"),
                                                  STR("Dish"),
                                                  2,
                                                  STR("DECISION_TABLE"),
                                                  STR("\"Stew\""),
                                                  {&rule, 1},
                                                  {&season, 1},
                                                  STR("<default>"),
                                                  STR("90-1")}};
static const struct decision_evaluated evaluated = {
    .decision_key = 80,
    .decision_id = STR("dish"),
    .decision_name = STR("Dish"),
    .version = 2,
    .requirements_id = STR("food"),
    .requirements_key = 79,
    .output = STR("\"Stew\""),
    .decisions = {made, 1},
    .tenant = STR("<default>"),
    .evaluation_key = 90,
};
static const struct decision_evaluated not_evaluated = {
    .decision_key = 80,
    .decision_id = STR("dish"),
    .output = STR("null"),
    .failed_decision_id = STR("dish"),
    .failure_message = STR("no"),
    .tenant = STR("<default>"),
    .evaluation_key = 90,
};
static const struct resource_was_deleted resource_gone = {STR("5")};
static const struct message_published published = {9, STR("<default>")};
static const struct variables_were_set were_set = {9};
static const char nothing_at_all;

struct grpc_answer_case {
    const char *call;
    const void *record;
    const char *message;
};

static const struct grpc_answer_case grpc_answers[] = {
    {"DeployResource", &deployment,
     "1=76 2={1={1='order' 2=3 3=77 4='a.bpmn' 5='<default>'}} "
     "2={1={1='pay' 2=1 3=78 4='b.bpmn' 5='<default>'}} "
     "2={2={1='dish' 2='Dish' 3=2 4=80 5='food' 6=79 7='<default>'}} "
     "2={3={1='food' 2='Food' 3=4 4=79 5='c.dmn' 6='<default>'}} "
     "2={4={1='page' 2=5 3=81 4='d.form' 5='<default>'}} 3='<default>'"},
    {"DeployProcess", &deployment,
     "1=76 2={1='order' 2=3 3=77 4='a.bpmn' 5='<default>'} "
     "2={1='pay' 2=1 3=78 4='b.bpmn' 5='<default>'}"},
    {"CreateProcessInstance", &instance,
     "1=77 2='order' 3=3 4=100 5='<default>' 6='t1' 6='t2' 7='b'"},
    {"CreateProcessInstanceWithResult", &instance,
     "1=77 2='order' 3=3 4=100 5='{\"a\":1}' 6='<default>' 7='t1' 7='t2' 8='b'"},
    {"EvaluateDecision", &evaluated,
     "1=80 2='dish' 3='Dish' 4=2 5='food' 6=79 7='\"Stew\"' "
     "8={1=80 2='dish' 3='Dish' 4=2 5='DECISION_TABLE' 6='\"Stew\"' "
     "7={1='r2' 2=2 3={1='o1' 2='Dish' 3='\"Stew\"'}} "
     "8={1='i1' 2='Season' 3='\"Fall\"'} 9='<default>' 10='90-1'} "
     "11='<default>' 12=90 13=90"},
    {"DeleteResource", &resource_gone, "1='5'"},
    {"ModifyProcessInstance", &nothing_at_all, ""},
    {"MigrateProcessInstance", &nothing_at_all, ""},
    {"CancelProcessInstance", &nothing_at_all, ""},
    {"ActivateJobs", &batch,
     "1={1=4 2='pack' 3=100 4='order' 5=3 6=77 7='task' 8=101 9='{\"h\":\"1\"}' "
     "10='me' "
     "11=2 12=5000 13='{\"a\":1}' 14='<default>' 17=6 18='t1' 18='t2' "
     "19=50 20='b' 22='default'} "
     "1={1=5 2='pack' 3=100 4='order' 5=3 6=77 7='task' 8=102 9='{}' 12=5000 13='{}' "
     "14='<default>' 17=6 22='default'}"},
    {"CompleteJob", &nothing_at_all, ""},
    {"FailJob", &nothing_at_all, ""},
    {"ThrowError", &nothing_at_all, ""},
    {"UpdateJobRetries", &nothing_at_all, ""},
    {"UpdateJobPriority", &nothing_at_all, ""},
    {"AssignProcessInstanceBusinessId", &nothing_at_all, ""},
    {"UpdateJobTimeout", &nothing_at_all, ""},
    {"PublishMessage", &published, "1=9 2='<default>'"},
    {"BroadcastSignal", &was_broadcast, "1=9 2='<default>'"},
    {"EvaluateConditional", &conditions_evaluated,
     "1={1=77 2=100} 1={1=78 2=101} 2=9 3='<default>'"},
    {"SetVariables", &were_set, "1=9"},
    {"ResolveIncident", &nothing_at_all, ""},
};

static const struct rpc *rpc_named(const char *name)
{
    for (u32 i = 0; i < rpc_count; i++)
        if (strcmp(rpcs[i].name, name) == 0)
            return &rpcs[i];
    must(!"such a call");
    return NULL;
}

TEST(a_grpc_answer_is_written_from_its_record)
{
    struct doors d;

    doors_open(&d);
    CHECK_INT(LEN(grpc_answers), LEN(grpc_asks));
    for (size_t i = 0; i < LEN(grpc_answers); i++) {
        grpc(&d, grpc_answers[i].call, "");
        answer(&d, rpc_named(grpc_answers[i].call)->command, grpc_answers[i].record);
        check_message(&d, grpc_answers[i].message, true);
    }
    CHECK_INT(d.gate.answers_done, LEN(grpc_answers));
    doors_close(&d);
}

TEST(a_poll_that_found_nothing_is_an_empty_stream)
{
    static const struct jobs_activated none;
    struct doors d;

    doors_open(&d);
    grpc(&d, "ActivateJobs", "1='pack' 3=1 4=1");
    answer(&d, CMD_JOB_ACTIVATE, &none);
    check_end(&d, 0, "");
    doors_close(&d);
}

struct rejection_case {
    enum rejection rejection;
    u32 grpc;
    u16 http;
    const char *title;
};

static const struct rejection_case rejection_cases[] = {
    {REJECT_INVALID_ARGUMENT, 3, 400, "INVALID_ARGUMENT"},
    {REJECT_NOT_FOUND, 5, 404, "NOT_FOUND"},
    {REJECT_ALREADY_EXISTS, 6, 409, "ALREADY_EXISTS"},
    {REJECT_FORBIDDEN, 7, 403, "FORBIDDEN"},
    {REJECT_RESOURCE_EXHAUSTED, 8, 503, "RESOURCE_EXHAUSTED"},
    {REJECT_INVALID_STATE, 9, 409, "INVALID_STATE"},
    {REJECT_PROCESSING_ERROR, 13, 500, "PROCESSING_ERROR"},
    {REJECT_UNAVAILABLE, 14, 503, "UNAVAILABLE"},
    {REJECT_DEADLINE_EXCEEDED, 4, 504, "DEADLINE_EXCEEDED"},
    {REJECT_TOO_LARGE, 2, 500, "TOO_LARGE"},
};

TEST(each_rejection_has_its_grpc_status)
{
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(rejection_cases); i++) {
        grpc(&d, "CompleteJob", "1=4");
        refuse(&d, rejection_cases[i].rejection, "Command 'COMPLETE' rejected");
        check_end(&d, rejection_cases[i].grpc, "Command 'COMPLETE' rejected");
    }
    doors_close(&d);
}

TEST(topology_tells_version_address_and_partitions)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "Topology", "");
    check_message(&d,
                  "1={2='here' 3=7 4={1=1} 4={1=2 3=1} 5='1.2.3' 6='0'} 2=1 3=2 4=1 "
                  "5='1.2.3'",
                  true);
    doors_close(&d);
}

/* ---- streams of jobs ------------------------------------------------------------- */

#define FIRST_JOB                                                                     \
    "1=4 2='pack' 3=100 4='order' 5=3 6=77 7='task' 8=101 9='{\"h\":\"1\"}' 10='me' " \
    "11=2 12=5000 13='{\"a\":1}' 14='<default>' 17=6 18='t1' 18='t2' 19=50 20='b' "   \
    "22='default'"
#define SECOND_JOB                                                                 \
    "1=5 2='pack' 3=100 4='order' 5=3 6=77 7='task' 8=102 9='{}' 12=5000 13='{}' " \
    "14='<default>' 17=6 22='default'"

static void give_jobs(struct doors *d, const struct jobs_activated *given)
{
    d->gate.answers[d->gate.answer_count++] =
        (struct gate_answer){.request = d->gate.request,
                             .kind = CMD_JOB_ACTIVATE,
                             .record = given,
                             .is_more = true};
    api_pump(d->api, 1001);
    take(d);
}

TEST(a_stream_is_open_at_once_and_each_job_is_a_message)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "StreamActivatedJobs",
         "1='pack' 2='me' 3=1000 5='x' 5='y' 6='<default>' 7=1");
    CHECK(d.has_reply);
    CHECK(d.reply.opens);
    CHECK(!d.reply.has_message);
    CHECK(!d.reply.is_last);
    CHECK(d.gate.is_stream);
    CHECK_STR(str_of(d.gate.asked),
              "JOB_ACTIVATE 0: type=pack worker=me timeout=1000 fetch_variables=[x, y] "
              "tenants=[<default>]");
    for (int i = 0; i < 2; i++) {
        give_jobs(&d, &batch);
        check_message(&d, FIRST_JOB, false);
        CHECK(take(&d));
        check_message(&d, SECOND_JOB, false);
        CHECK(!take(&d));
    }
    api_drained(d.api, d.id);
    CHECK_INT(d.gate.drained, (5ll << 40) + (i64)d.id);
    api_gone(d.api, d.id);
    CHECK_INT(d.gate.gone, (5ll << 40) + (i64)d.id);
    doors_close(&d);
}

TEST(a_stream_ends_with_what_the_gate_says)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "StreamActivatedJobs", "1='pack' 3=1000");
    refuse(&d, REJECT_UNAVAILABLE, "the server is stopping");
    check_end(&d, 14, "the server is stopping");
    api_drain(d.api);
    grpc(&d, "StreamActivatedJobs", "1='pack' 3=1000");
    check_end(&d, 14, "This node is going down");
    doors_close(&d);
}

/* ---- health ---------------------------------------------------------------------- */

#define HEALTH "/grpc.health.v1.Health/"

TEST(health_is_checked_by_the_names_of_our_services)
{
    static const char *const names[] = {"", "1='gateway_protocol.Gateway'",
                                        "1='grpc.health.v1.Health'"};
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(names); i++) {
        grpc_bytes(&d, HEALTH "Check", pb(&d, names[i]));
        check_message(&d, "1=1", true);
    }
    d.gate.is_sick = true;
    grpc_bytes(&d, HEALTH "Check", STR(""));
    check_message(&d, "1=2", true);
    grpc_bytes(&d, HEALTH "Check", pb(&d, "1='other'"));
    check_end(&d, 5, "There is no service other");
    doors_close(&d);
}

TEST(whoever_watches_health_is_told_changes_and_the_end)
{
    struct doors d;

    doors_open(&d);
    grpc_bytes(&d, HEALTH "Watch", STR(""));
    check_message(&d, "1=1", false);
    api_pump(d.api, 1);
    CHECK(!take(&d)); /* nothing has changed */
    d.gate.is_sick = true;
    api_pump(d.api, 2);
    CHECK(take(&d));
    check_message(&d, "1=2", false);
    d.gate.is_sick = false;
    api_pump(d.api, 3);
    CHECK(take(&d));
    check_message(&d, "1=1", false);
    api_drain(d.api);
    CHECK(take(&d));
    check_message(&d, "1=2", false);
    CHECK(take(&d));
    check_end(&d, 14, "This node is going down");
    CHECK(!take(&d));
    doors_close(&d);
}

TEST(a_watch_of_an_unknown_service_stays_open)
{
    struct doors d;

    doors_open(&d);
    grpc_bytes(&d, HEALTH "Watch", pb(&d, "1='other'"));
    check_message(&d, "1=3", false);
    d.gate.is_sick = true;
    api_pump(d.api, 1);
    CHECK(!take(&d));
    api_gone(d.api, d.id);
    api_drain(d.api);
    CHECK(!take(&d));
    CHECK_INT(d.gate.gone, 0); /* the gate never knew of it */
    doors_close(&d);
}

/* ---- who has left, and what is too much ------------------------------------------ */

TEST(the_gate_is_told_who_has_left_and_late_answers_are_dropped)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "CompleteJob", "1=4");
    api_gone(d.api, d.id);
    CHECK_INT(d.gate.gone, d.gate.request);
    answer(&d, CMD_JOB_COMPLETE, &nothing_at_all);
    CHECK(!d.has_reply);
    CHECK_INT(d.gate.answers_done, 1);
    doors_close(&d);
}

TEST(a_reply_that_was_not_taken_goes_with_its_client)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "CompleteJob", "1=4");
    u64 first = d.gate.request;
    grpc(&d, "CompleteJob", "1=5");
    u64 second = d.gate.request;
    d.gate.answers[0] =
        (struct gate_answer){first, CMD_JOB_COMPLETE, .record = &nothing_at_all};
    d.gate.answers[1] =
        (struct gate_answer){second, CMD_JOB_COMPLETE, .record = &nothing_at_all};
    d.gate.answer_count = 2;
    api_pump(d.api, 1);
    api_gone(d.api, d.id - 1);
    CHECK_INT(d.gate.gone, 0); /* it had answered */
    CHECK(take(&d));           /* of the second */
    CHECK(!take(&d));
    doors_close(&d);
}

TEST(an_answer_to_a_former_boot_is_nobodys)
{
    struct doors d;

    doors_open(&d);
    grpc(&d, "CompleteJob", "1=4");
    u64 ours = d.gate.request;
    d.gate.request -= 1ull << 40;
    answer(&d, CMD_JOB_COMPLETE, &nothing_at_all);
    CHECK(!d.has_reply);
    d.gate.request = ours;
    answer(&d, CMD_JOB_COMPLETE, &nothing_at_all);
    CHECK(d.has_reply);
    doors_close(&d);
}

TEST(many_requests_find_their_answers)
{
    static u64 asked[1000];
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(asked); i++) {
        grpc(&d, "CompleteJob", "1=4");
        asked[i] = d.gate.request;
    }
    for (size_t i = 0; i < LEN(asked); i++) {
        d.id = i + 1;
        d.gate.request = asked[i];
        answer(&d, CMD_JOB_COMPLETE, &nothing_at_all);
        CHECK(d.has_reply);
    }
    doors_close(&d);
}

TEST(a_request_that_needs_too_much_memory_is_refused_at_both_doors)
{
    struct doors d;
    u32 refused[2] = {0}, served[2] = {0};

    doors_open(&d);
    for (size_t limit = 0; limit < 4096; limit += 16)
        for (u32 door = 0; door < 2; door++) {
            arena_free(&d.request);
            arena_init(&d.request, 16, limit, NULL);
            request(&d, (struct api_request){
                            .door = door ? API_HTTP : API_GRPC,
                            .method = STR("POST"),
                            .path = door ? STR("/v2/process-instances")
                                         : STR("/gateway_protocol.Gateway/"
                                               "CreateProcessInstance"),
                            .headers = &(struct api_header){STR("content-type"),
                                                            STR("application/json")},
                            .header_count = 1,
                            .body = door ? STR("{\"processDefinitionId\":\"a\","
                                               "\"variables\":{\"b\": 1}}")
                                         : pb(&d, "2='a' 4='{\"b\": 1}'")});
            if (d.has_reply) {
                CHECK(served[door] == 0);
                refused[door]++;
                CHECK_INT(door ? d.reply.status : d.reply.code, door ? 413 : 8);
            } else {
                served[door]++;
                refuse(&d, REJECT_NOT_FOUND, "no");
            }
        }
    for (u32 door = 0; door < 2; door++) {
        CHECK(refused[door] > 0);
        CHECK(served[door] > 0);
    }
    doors_close(&d);
}

/* More than a reply of 8,000 bytes can hold. */
static char many_bytes[9000];
static const struct activated_job large_job = {
    .key = 4, .element_id = {many_bytes, sizeof(many_bytes)}};
static const struct jobs_activated large = {{&large_job, 1}, false};

TEST(an_answer_that_is_too_large_is_our_failure)
{
    struct api_options options = api_options_default;
    struct doors d;

    options.reply_max = 8000;
    doors_open_with(&d, &options);
    grpc(&d, "ActivateJobs", "1='pack'");
    answer(&d, CMD_JOB_ACTIVATE, &large);
    check_end(&d, 13, "The answer is larger than one reply may be");
    doors_close(&d);
}

TEST(a_job_that_is_too_large_ends_its_stream)
{
    struct api_options options = api_options_default;
    struct doors d;

    options.reply_max = 8000;
    doors_open_with(&d, &options);
    grpc(&d, "StreamActivatedJobs", "1='pack' 3=1000");
    give_jobs(&d, &large);
    check_end(&d, 13, "The answer is larger than one reply may be");
    CHECK_INT(d.gate.gone, (i64)d.id);
    doors_close(&d);
}

/* ---- REST: requests -------------------------------------------------------------- */

#define JSON_TYPE "application/json"

static void rest_typed(struct doors *d, const char *method, const char *path,
                       const char *type, const char *accept, struct str body)
{
    struct api_header headers[] = {{STR("content-type"), str_of(type)},
                                   {STR("accept"), str_of(accept)}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = str_of(method),
                                    .path = str_of(path),
                                    .headers = type ? headers : headers + 1,
                                    .header_count = (u32) !!type + (u32) !!accept,
                                    .body = body});
}

static void rest(struct doors *d, const char *method, const char *path,
                 const char *body)
{
    rest_typed(d, method, path, JSON_TYPE, NULL, str_of(body));
}

static void check_problem(struct doors *d, u16 status, const char *title,
                          const char *detail, const char *instance_path)
{
    struct buf out;

    CHECK(d->has_reply);
    if (!d->has_reply)
        return;
    buf_init(&out, &d->arena, 256);
    buf_print(&out,
              "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":",
              title, status);
    json_put_string(&out, str_of(detail));
    buf_print(&out, ",\"instance\":\"%s\"}", instance_path);
    buf_byte(&out, '\0');
    CHECK_INT(d->reply.door, API_HTTP);
    CHECK(d->reply.is_last);
    CHECK_INT(d->reply.status, status);
    CHECK_STR(d->reply.content_type, "application/problem+json");
    CHECK_STR(d->reply.body, out.data);
}

static void check_json(struct doors *d, u16 status, const char *body)
{
    CHECK(d->has_reply);
    if (!d->has_reply)
        return;
    CHECK_INT(d->reply.status, status);
    CHECK_STR(d->reply.content_type, "application/json");
    CHECK_STR(d->reply.body, body);
}

static void check_bodiless(struct doors *d, u16 status)
{
    CHECK(d->has_reply);
    if (!d->has_reply)
        return;
    CHECK_INT(d->reply.status, status);
    CHECK_INT(d->reply.content_type.len, 0);
    CHECK_INT(d->reply.body.len, 0);
}

struct rest_case {
    const char *method, *path, *body;
    const char *text; /* what was asked, or the problem's detail */
};

/* Each with all the properties that its call carries out. Deployments are below. */
static const struct rest_case rest_asks[] = {
    {"POST", "/v2/cluster-variables/global",
     "{\"name\":\"a\",\"value\":[1, 2],\"metadata\":{\"b\":1},\"kind\":\"JSON\"}",
     "CLUSTER_VARIABLE_CREATE 0: name=a value=[1,2] metadata={\"b\":1} kind=JSON "
     "has_metadata=true"},
    {"PUT", "/v2/cluster-variables/global/a%2Bb",
     "{\"value\":\"x\",\"metadata\":{\"b\":1}}",
     "CLUSTER_VARIABLE_UPDATE 0: name=a+b value=\"x\" metadata={\"b\":1} "
     "has_metadata=true"},
    {"DELETE", "/v2/cluster-variables/global/a", "",
     "CLUSTER_VARIABLE_DELETE 0: name=a"},
    {"GET", "/v2/cluster-variables/global/a", "", "SHARED_GET 0: variable=a"},
    {"POST", "/v2/cluster-variables/tenants/%3Cdefault%3E",
     "{\"name\":\"a\",\"value\":true,\"metadata\":{\"b\":1},\"kind\":\"JSON\"}",
     "CLUSTER_VARIABLE_CREATE 0: name=a value=true metadata={\"b\":1} "
     "of_tenant=<default> kind=JSON has_metadata=true"},
    {"PUT", "/v2/cluster-variables/tenants/%3Cdefault%3E/a",
     "{\"value\":1,\"metadata\":{\"b\":1}}",
     "CLUSTER_VARIABLE_UPDATE 0: name=a value=1 metadata={\"b\":1} of_tenant=<default> "
     "has_metadata=true"},
    {"DELETE", "/v2/cluster-variables/tenants/%3Cdefault%3E/a", "",
     "CLUSTER_VARIABLE_DELETE 0: name=a of_tenant=<default>"},
    {"GET", "/v2/cluster-variables/tenants/%3Cdefault%3E/a", "",
     "SHARED_GET 0: variable=a of_tenant=<default>"},
    {"POST", "/v2/global-task-listeners",
     "{\"id\":\"l\",\"type\":\"t\",\"retries\":2,\"eventTypes\":[\"all\",\"creating\"],"
     "\"afterNonGlobal\":true,\"priority\":7}",
     "GLOBAL_LISTENER_CREATE 0: id=l type=t retries=2 event_types=[all, creating] "
     "is_after=true priority=7"},
    {"PUT", "/v2/global-task-listeners/l",
     "{\"type\":\"t\",\"retries\":2,\"eventTypes\":[\"all\"],\"afterNonGlobal\":true,"
     "\"priority\":7}",
     "GLOBAL_LISTENER_UPDATE 0: id=l type=t retries=2 event_types=[all] is_after=true "
     "priority=7"},
    {"DELETE", "/v2/global-task-listeners/l", "", "GLOBAL_LISTENER_DELETE 0: id=l"},
    {"GET", "/v2/global-task-listeners/l", "", "SHARED_GET 0: listener=l"},
    {"PUT", "/v2/clock", "{\"timestamp\":5}", "CLOCK_SET 0: time=5 now=1000"},
    {"POST", "/v2/clock/advance", "{\"milliseconds\":5}",
     "CLOCK_SET 0: time=5 is_advance=true now=1000"},
    {"POST", "/v2/clock/reset", "", "CLOCK_SET 0: is_reset=true now=1000"},
    {"POST", "/v2/expression/evaluation",
     "{\"expression\":\"=a\",\"variables\":{\"a\":1},\"scopeKey\":\"9\",\"tenantId\":"
     "\"<default>\"}",
     "EXPRESSION_EVALUATE 9: expression==a variables={\"a\":1}"},
    {"POST", "/v2/process-instances",
     "{\"processDefinitionKey\":\"5\",\"variables\":{\"a\": "
     "1},\"tenantId\":\"<default>\","
     "\"operationReference\":9,\"awaitCompletion\":true,\"requestTimeout\":250,"
     "\"fetchVariables\":[\"x\",\"y\"]}",
     "INSTANCE_CREATE 0 operation=9 wait=250: version=-1 process_key=5 "
     "variables={\"a\":1} awaits_result=true fetch_variables=[x, y]"},
    {"POST", "/v2/process-instances",
     "{\"processDefinitionId\":\"order\",\"processDefinitionVersion\":3,"
     "\"startInstructions\":[{\"elementId\":\"x\"},{\"elementId\":\"y\"}],"
     "\"runtimeInstructions\":[{\"type\":\"TERMINATE_PROCESS_INSTANCE\","
     "\"afterElementId\":\"z\"}],\"tags\":[\"t\"],\"businessId\":\"b\"}",
     "INSTANCE_CREATE 0: bpmn_process_id=order version=3 variables={} "
     "starts=[element_id=x, element_id=y] "
     "ends=[after_element_id=z type=TERMINATE_PROCESS_INSTANCE] tags=[t] "
     "business_id=b"},
    {"POST", "/v2/process-instances/5/modification",
     "{\"operationReference\":9,\"activateInstructions\":[{\"elementId\":\"a\","
     "\"ancestorElementInstanceKey\":\"7\",\"variableInstructions\":[{\"variables\":"
     "{\"x\":1},\"scopeId\":\"sub\"}]}],\"terminateInstructions\":["
     "{\"elementInstanceKey\":\"8\"},{\"elementId\":\"c\"}],\"moveInstructions\":["
     "{\"sourceElementInstruction\":{\"sourceType\":\"byId\",\"sourceElementId\":"
     "\"d\"},\"targetElementId\":\"e\",\"ancestorScopeInstruction\":"
     "{\"ancestorScopeType\":\"inferred\"}},"
     "{\"sourceElementInstruction\":{\"sourceType\":\"byKey\","
     "\"sourceElementInstanceKey\":\"6\"},\"targetElementId\":\"e\","
     "\"ancestorScopeInstruction\":{\"ancestorScopeType\":\"direct\","
     "\"ancestorElementInstanceKey\":\"7\"}}]}",
     "INSTANCE_MODIFY 5 operation=9: activates=[element_id=a ancestor=7 "
     "variables=[variables={\"x\":1} scope_id=sub]] "
     "terminates=[element_instance=8, element_id=c] "
     "moves=[source_id=d target_id=e source_type=byId ancestor_type=inferred, "
     "source_instance=6 target_id=e ancestor=7 source_type=byKey "
     "ancestor_type=direct]"},
    {"POST", "/v2/process-instances/5/migration",
     "{\"targetProcessDefinitionKey\":\"7\",\"operationReference\":9,"
     "\"mappingInstructions\":[{\"sourceElementId\":\"a\",\"targetElementId\":\"b\"}]}",
     "INSTANCE_MIGRATE 5 operation=9: target_process=7 "
     "mappings=[source_id=a target_id=b]"},
    {"POST", "/v2/resources/5/deletion",
     "{\"operationReference\":9,\"deleteHistory\":true}",
     "RESOURCE_DELETE 5 operation=9: deletes_history=true"},
    {"POST", "/v2/process-instances/deletion",
     "{\"filter\":{\"state\":\"COMPLETED\"},\"operationReference\":9}",
     "BATCH_DELETE_INSTANCES 0 operation=9: filter={\"state\":\"COMPLETED\"}"},
    {"POST", "/v2/decision-instances/deletion",
     "{\"filter\":{\"state\":\"FAILED\"},\"operationReference\":9}",
     "BATCH_DELETE_DECISIONS 0 operation=9: filter={\"state\":\"FAILED\"}"},
    {"POST", "/v2/process-instances/5/cancellation", "{\"operationReference\":9}",
     "INSTANCE_CANCEL 5 operation=9: "},
    {"POST", "/v2/jobs/activation",
     "{\"type\":\"pack\",\"worker\":\"me\",\"timeout\":1000,\"maxJobsToActivate\":32,"
     "\"fetchVariable\":[\"x\"],\"requestTimeout\":-1,\"tenantIds\":[\"<default>\"],"
     "\"tenantFilter\":\"PROVIDED\"}",
     "JOB_ACTIVATE 0 wait=-1: type=pack worker=me timeout=1000 max_jobs=32 "
     "fetch_variables=[x] tenants=[<default>]"},
    {"POST", "/v2/jobs/4/completion",
     "{\"variables\":{\"a\":1},\"result\":{\"type\":\"userTask\",\"denied\":true,"
     "\"deniedReason\":\"why\"}}",
     "JOB_COMPLETE 4: variables={\"a\":1} is_denied=true denied_reason=why"},
    {"POST", "/v2/jobs/4/completion",
     "{\"result\":{\"corrections\":{\"assignee\":\"\",\"candidateGroups\":[\"a\"],"
     "\"candidateUsers\":[],\"dueDate\":null,\"priority\":7}}}",
     "JOB_COMPLETE 4: variables={} corrections=(has_assignee=true "
     "has_candidate_groups=true candidate_groups=[a] has_candidate_users=true "
     "has_priority=true priority=7)"},
    {"POST", "/v2/jobs/4/completion",
     "{\"result\":{\"type\":\"adHocSubProcess\",\"activateElements\":["
     "{\"elementId\":\"a\",\"variables\":{\"x\":1}},{\"elementId\":\"b\",\"variables\":"
     "null}],\"isCompletionConditionFulfilled\":true,"
     "\"isCancelRemainingInstances\":true}}",
     "JOB_COMPLETE 4: variables={} activates=[element_id=a variables={\"x\":1}, "
     "element_id=b variables={}] is_fulfilled=true cancels_remaining=true"},
    {"POST", "/v2/element-instances/ad-hoc-activities/4/activation",
     "{\"elements\":[{\"elementId\":\"a\",\"variables\":{\"x\":1}},"
     "{\"elementId\":\"b\"}],\"cancelRemainingInstances\":true}",
     "AD_HOC_ACTIVATE 4: elements=[element_id=a variables={\"x\":1}, element_id=b "
     "variables={}] cancels_remaining=true"},
    {"POST", "/v2/user-tasks/4/completion",
     "{\"variables\":{\"a\":1},\"action\":\"done\"}",
     "USER_TASK_COMPLETE 4: variables={\"a\":1} action=done"},
    {"POST", "/v2/user-tasks/4/assignment",
     "{\"assignee\":\"ann\",\"allowOverride\":false,\"action\":\"take\"}",
     "USER_TASK_ASSIGN 4: assignee=ann has_override=true action=take"},
    {"DELETE", "/v2/user-tasks/4/assignee", "", "USER_TASK_UNASSIGN 4: "},
    {"PATCH", "/v2/user-tasks/4",
     "{\"changeset\":{\"dueDate\":\"2031-01-02T03:04:05Z\",\"followUpDate\":null,"
     "\"candidateGroups\":[\"a\"],\"candidateUsers\":null,\"priority\":7},"
     "\"action\":\"plan\"}",
     "USER_TASK_UPDATE 4: changeset=(has_candidate_groups=true candidate_groups=[a] "
     "has_candidate_users=true has_due_date=true due_date=2031-01-02T03:04:05Z "
     "has_follow_up_date=true has_priority=true priority=7) action=plan"},
    {"POST", "/v2/jobs/4/failure",
     "{\"retries\":2,\"errorMessage\":\"why\",\"retryBackOff\":500,"
     "\"variables\":{\"a\":1}}",
     "JOB_FAIL 4: retries=2 error_message=why retry_back_off=500 variables={\"a\":1}"},
    {"POST", "/v2/jobs/4/error",
     "{\"errorCode\":\"E1\",\"errorMessage\":\"why\",\"variables\":{\"a\":1}}",
     "JOB_THROW_ERROR 4: error_code=E1 error_message=why variables={\"a\":1}"},
    {"PATCH", "/v2/jobs/4",
     "{\"changeset\":{\"retries\":2,\"timeout\":3000,\"priority\":-7},"
     "\"operationReference\":9}",
     "JOB_UPDATE 4 operation=9: has_retries=true retries=2 has_timeout=true "
     "timeout=3000 has_priority=true priority=-7"},
    {"POST", "/v2/process-instances/5/deletion", "{\"operationReference\":9}",
     "INSTANCE_DELETE 5 operation=9: "},
    {"POST", "/v2/decision-instances/5/deletion", "{\"operationReference\":9}",
     "DECISIONS_DELETE 5 operation=9: "},
    {"POST", "/v2/process-instances/5/suspension", "{\"operationReference\":7}",
     "INSTANCE_SUSPEND 5 operation=7: "},
    {"POST", "/v2/process-instances/5/resumption", "{\"operationReference\":7}",
     "INSTANCE_RESUME 5 operation=7: "},
    {"POST", "/v2/process-instances/cancellation",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9}",
     "BATCH_CANCEL_INSTANCES 0 operation=9: filter={\"state\":\"ACTIVE\"}"},
    {"POST", "/v2/process-instances/suspension",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9}",
     "BATCH_SUSPEND_INSTANCES 0 operation=9: filter={\"state\":\"ACTIVE\"}"},
    {"POST", "/v2/process-instances/resumption",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9}",
     "BATCH_RESUME_INSTANCES 0 operation=9: filter={\"state\":\"ACTIVE\"}"},
    {"POST", "/v2/process-instances/incident-resolution",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9}",
     "BATCH_RESOLVE_INCIDENTS 0 operation=9: filter={\"state\":\"ACTIVE\"}"},
    {"POST", "/v2/process-instances/migration",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9,"
     "\"migrationPlan\":{\"targetProcessDefinitionKey\":\"7\",\"mappingInstructions\":"
     "[{\"sourceElementId\":\"a\",\"targetElementId\":\"b\"}]}}",
     "BATCH_MIGRATE_INSTANCES 0 operation=9: filter={\"state\":\"ACTIVE\"} "
     "plan=(target_process=7 mappings=[source_id=a target_id=b])"},
    {"POST", "/v2/process-instances/modification",
     "{\"filter\":{\"state\":\"ACTIVE\"},\"operationReference\":9,"
     "\"moveInstructions\":[{\"sourceElementId\":\"a\",\"targetElementId\":\"b\"}]}",
     "BATCH_MODIFY_INSTANCES 0 operation=9: filter={\"state\":\"ACTIVE\"} "
     "moves=[source_id=a target_id=b]"},
    {"POST", "/v2/jobs/batch-update",
     "{\"filter\":{\"type\":\"t\"},\"operationReference\":9,\"changeset\":{\"retries\":"
     "2,"
     "\"timeout\":5,\"priority\":3}}",
     "BATCH_UPDATE_JOBS 0 operation=9: filter={\"type\":\"t\"} "
     "changeset=(has_retries=true retries=2 has_timeout=true timeout=5 "
     "has_priority=true priority=3)"},
    {"POST", "/v2/process-instances/5/incident-resolution", "",
     "INCIDENTS_RESOLVE 5: "},
    {"POST", "/v2/batch-operations/5/suspension", "", "BATCH_SUSPEND 5: "},
    {"POST", "/v2/batch-operations/5/resumption", "", "BATCH_RESUME 5: "},
    {"POST", "/v2/batch-operations/5/cancellation", "", "BATCH_CANCEL 5: "},
    {"POST", "/v2/process-instances/5/business-id-assignment", "{\"businessId\":\"b\"}",
     "BUSINESS_ID_ASSIGN 5: business_id=b"},
    {"POST", "/v2/messages/correlation",
     "{\"name\": \"go\", \"correlationKey\": \"k\", \"variables\": {\"a\": 1}, "
     "\"tenantId\": \"<default>\"}",
     "MESSAGE_CORRELATE 0: name=go correlation_key=k variables={\"a\":1}"},
    {"POST", "/v2/messages/publication",
     "{\"name\":\"paid\",\"correlationKey\":\"k\",\"timeToLive\":60000,"
     "\"messageId\":\"id\",\"variables\":{\"a\":1},\"tenantId\":\"\"}",
     "MESSAGE_PUBLISH 0: name=paid correlation_key=k time_to_live=60000 message_id=id "
     "variables={\"a\":1}"},
    {"POST", "/v2/signals/broadcast",
     "{\"signalName\":\"go\",\"variables\":{\"a\":1},\"tenantId\":\"\"}",
     "SIGNAL_BROADCAST 0: name=go variables={\"a\":1}"},
    {"POST", "/v2/conditionals/evaluation",
     "{\"tenantId\":\"<default>\",\"processDefinitionKey\":\"7\",\"variables\":{\"x\":"
     "1}}",
     "CONDITIONS_EVALUATE 0: process_key=7 variables={\"x\":1}"},
    {"PUT", "/v2/element-instances/4/variables",
     "{\"variables\":{\"a\":1},\"local\":true,\"operationReference\":9}",
     "VARIABLES_SET 4 operation=9: variables={\"a\":1} is_local=true"},
    {"POST", "/v2/incidents/4/resolution", "{\"operationReference\":9}",
     "INCIDENT_RESOLVE 4 operation=9: "},
    {"POST", "/v2/decision-definitions/evaluation",
     "{\"decisionDefinitionId\":\"dish\",\"variables\":{\"a\":1},\"tenantId\":\"\"}",
     "DECISION_EVALUATE 0: decision_id=dish variables={\"a\":1}"},
    {"POST", "/v2/decision-definitions/evaluation",
     "{\"decisionDefinitionKey\":\"80\"}",
     "DECISION_EVALUATE 0: decision_key=80 variables={}"},
};

static void check_rest_asks(const struct rest_case *cases, size_t count)
{
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < count; i++) {
        rest(&d, cases[i].method, cases[i].path, cases[i].body);
        CHECK(!d.has_reply);
        CHECK_STR(str_of(d.gate.asked), cases[i].text);
        CHECK_STR(d.gate.tenant, "<default>");
        refuse(&d, REJECT_NOT_FOUND, "no");
    }
    doors_close(&d);
}

TEST(what_a_rest_client_sends_is_found_in_the_record)
{
    check_rest_asks(rest_asks, LEN(rest_asks));
}

static bool rest_ask_has(const struct route *route, const char *name)
{
    for (size_t i = 0; i < LEN(rest_asks); i++) {
        const struct rest_case *c = &rest_asks[i];
        char quoted[80];
        snprintf(quoted, sizeof(quoted), "\"%s\"", name);
        if (strcmp(c->method, route->method) == 0 && strstr(c->body, quoted) &&
            (strcmp(c->path, route->path) == 0 ||
             route_segment(route, str_of(c->path), "none").len ||
             strncmp(c->path, route->path, strcspn(route->path, "{")) == 0))
            return true;
    }
    return false;
}

TEST(no_property_of_a_rest_request_was_forgotten_above)
{
    for (u32 i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (route->command == CMD_NONE || route->is_multipart || route->form)
            continue;
        for (u32 k = 0; k < route->request->count; k++) {
            const struct part *p = &route->request->parts[k];
            if (p->where != IN_REFUSAL && p->where != IN_FIXED &&
                p->demand != DEMAND_PATH && !rest_ask_has(route, p->name))
                test_failed(__FILE__, __LINE__, "%s.%s", route->operation, p->name);
        }
    }
}

TEST(searches_come_as_they_are_sent)
{
    static const struct rest_case cases[] = {
        {"POST", "/v2/jobs/search", "{\"filter\": {\"type\": \"a\"}}",
         "SEARCH 0: what=3 query={\"filter\":{\"type\":\"a\"}}"},
        {"POST", "/v2/incidents/search", "", "SEARCH 0: what=4 query={}"},
        {"GET", "/v2/process-instances/77", "", "SEARCH 77: what=1"},
        {"POST", "/v2/process-instances/77/incidents/search", "",
         "SEARCH 77: what=4 query={} within=1"},
        {"POST", "/v2/element-instances/77/incidents/search", "{\"page\":{}}",
         "SEARCH 77: what=4 query={\"page\":{}} within=2"},
        {"POST", "/v2/user-tasks/77/variables/search", "",
         "SEARCH 77: what=5 query={} within=8"},
        {"POST", "/v2/user-tasks/77/effective-variables/search", "",
         "SEARCH 77: what=5 query={} within=8 is_effective=true"},
        {"GET", "/v2/process-instances/77/sequence-flows", "",
         "SEARCH 77: what=1 aspect=1"},
        {"GET", "/v2/process-instances/77/call-hierarchy", "",
         "SEARCH 77: what=1 aspect=2"},
        {"GET", "/v2/process-instances/77/history", "", "SEARCH 77: what=1 aspect=3"},
        {"GET", "/v2/process-instances/77/statistics/element-instances", "",
         "SEARCH 77: what=1 aspect=4"},
        {"POST", "/v2/process-definitions/77/statistics/element-instances",
         "{\"filter\":{}}", "SEARCH 77: what=6 query={\"filter\":{}} aspect=4"},
        {"POST", "/v2/user-tasks/77/audit-logs/search", "",
         "SEARCH 77: what=31 query={} aspect=5"},
        {"POST", "/v2/incidents/statistics/process-instances-by-error", "",
         "SEARCH 0: what=34 query={}"},
        {"GET", "/v2/process-definitions/78", "", "SEARCH 78: what=6"},
        {"GET", "/v2/process-definitions/78/xml", "", "SEARCH 78: what=6 is_file=true"},
        {"GET", "/v2/process-definitions/78/form", "",
         "SEARCH 78: what=6 is_form=true"},
        {"GET", "/v2/user-tasks/78/form", "", "SEARCH 78: what=8 is_form=true"},
        {"GET", "/v2/forms/78", "", "SEARCH 78: what=22"},
        {"GET", "/v2/decision-instances/78-2", "", "SEARCH 78: what=24 index=2"},
        {"GET", "/v2/resources/78/content", "", "SEARCH 78: what=23 is_file=true"},
        {"GET", "/v2/resources/78/content/binary", "",
         "SEARCH 78: what=23 is_file=true"},
    };

    check_rest_asks(cases, LEN(cases));
}

TEST(values_of_variables_are_whole_when_the_path_says_so)
{
    static const struct {
        const char *query;
        bool is_whole;
    } cases[] = {{"truncateValues=false", true},
                 {"a=b&truncateValues=false&c", true},
                 {"truncateValues=falsehood", false},
                 {"truncateValues=true", false},
                 {"", false}};
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        request(&d, (struct api_request){.door = API_HTTP,
                                         .method = STR("POST"),
                                         .path = STR("/v2/variables/search"),
                                         .query = str_of(cases[i].query)});
        CHECK((strstr(d.gate.asked, "is_whole=true") != NULL) == cases[i].is_whole);
        refuse(&d, REJECT_NOT_FOUND, "no");
    }
    doors_close(&d);
}

TEST(what_a_search_has_found_is_the_body)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "POST", "/v2/jobs/search", "{}");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("{\"items\":[]}")});
    CHECK_INT(d.reply.status, 200);
    CHECK(str_is(d.reply.content_type, "application/json"));
    CHECK(str_is(d.reply.body, "{\"items\":[]}"));
    CHECK_INT(d.reply.header_count, 0);
    rest(&d, "POST", "/v2/jobs/search", "{}");
    answer(&d, CMD_SEARCH,
           &(struct search_found){.is_stale = true, .text = STR("{\"items\":[]}")});
    CHECK_INT(d.reply.header_count, 1);
    CHECK_STR(d.reply.headers[0].name, "x-fermata-stale");
    rest(&d, "GET", "/v2/process-definitions/5/xml", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("<a/>")});
    CHECK(str_is(d.reply.content_type, "text/xml;charset=utf-8"));
    CHECK(str_is(d.reply.body, "<a/>"));
    rest(&d, "GET", "/v2/resources/5/content/binary", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("")});
    CHECK_INT(d.reply.status, 200);
    CHECK(str_is(d.reply.content_type, "application/octet-stream"));
    CHECK_INT(d.reply.body.len, 0);
    doors_close(&d);
}

TEST(a_task_that_shows_no_form_is_answered_without_a_body)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "GET", "/v2/user-tasks/5/form", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("{\"formId\":\"a\"}")});
    check_json(&d, 200, "{\"formId\":\"a\"}");
    rest(&d, "GET", "/v2/user-tasks/5/form", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.is_done = true});
    check_bodiless(&d, 204);
    doors_close(&d);
}

TEST(a_file_that_is_not_json_is_not_said_to_be)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "GET", "/v2/resources/5/content", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("{\"a\": 1}")});
    check_json(&d, 200, "{\"a\": 1}");
    rest(&d, "GET", "/v2/resources/5/content", "");
    answer(&d, CMD_SEARCH, &(struct search_found){.text = STR("# a robot")});
    check_problem(&d, 406, "Not Acceptable",
                  "The resource is not JSON; it can be had as it is at "
                  "/v2/resources/{resourceKey}/content/binary",
                  "/v2/resources/5/content");
    doors_close(&d);
}

TEST(a_listener_s_job_brings_its_user_task_at_both_doors)
{
    static const struct str groups[] = {{"a", 1}, {"b", 1}};
    static const struct user_task_properties task = {
        .action = {"assign", 6},
        .assignee = {"ann", 3},
        .candidate_groups = {groups, 2},
        .priority = 50,
        .key = 7,
    };
    static const struct activated_job job = {.key = 4, .user_task = &task};
    static const struct jobs_activated taken = {{&job, 1}, false};
    struct doors d;

    doors_open(&d);
    rest(&d, "POST", "/v2/jobs/activation",
         "{\"type\":\"a\",\"timeout\":1,\"maxJobsToActivate\":1}");
    answer(&d, CMD_JOB_ACTIVATE, &taken);
    struct str wanted = STR(
        "\"userTask\":{\"action\":\"assign\",\"assignee\":\"ann\",\"candidateGroups\":"
        "[\"a\",\"b\"],\"candidateUsers\":[],\"changedAttributes\":[],\"dueDate\":null,"
        "\"followUpDate\":null,\"formKey\":null,\"priority\":50,\"userTaskKey\":"
        "\"7\"}");
    CHECK(memmem(d.reply.body.data, d.reply.body.len, wanted.data, wanted.len));
    grpc(&d, "ActivateJobs", "1='a' 3=1 4=1");
    answer(&d, CMD_JOB_ACTIVATE, &taken);
    wanted = pb(&d, "15={1='assign' 2='ann' 3='a' 3='b' 9=50 10=7}");
    CHECK(memmem(d.reply.message.data, d.reply.message.len, wanted.data, wanted.len));
    doors_close(&d);
}

TEST(a_path_without_a_key_asks_nothing)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "GET", "/v2/incidents/7x", "");
    check_problem(&d, 400, "INVALID_ARGUMENT",
                  "The path must have a key of digits: /v2/incidents/{incidentKey}",
                  "/v2/incidents/7x");
    rest(&d, "GET", "/v2/decision-instances/7-0", "");
    check_problem(&d, 400, "INVALID_ARGUMENT",
                  "The path must have a key of digits, a dash and a number from 1 on: "
                  "/v2/decision-instances/{decisionEvaluationInstanceKey}",
                  "/v2/decision-instances/7-0");
    CHECK_INT(d.gate.asks, 0);
    doors_close(&d);
}

TEST(what_a_rest_client_leaves_out_has_its_default)
{
    static const struct rest_case cases[] = {
        {"POST", "/v2/jobs/4/completion", "", "JOB_COMPLETE 4: variables={}"},
        {"POST", "/v2/jobs/4/completion", "{\"variables\":null,\"result\":null}",
         "JOB_COMPLETE 4: variables={}"},
        {"POST", "/v2/jobs/4/failure", "{}", "JOB_FAIL 4: variables={}"},
        {"POST", "/v2/process-instances/5/cancellation", " ", "INSTANCE_CANCEL 5: "},
        {"POST", "/v2/process-instances", "{\"processDefinitionKey\":5}",
         "INSTANCE_CREATE 0: version=-1 process_key=5 variables={}"},
        {"POST", "/v2/process-instances",
         "{\"processDefinitionId\":\"a\",\"tags\":[],\"startInstructions\":[],"
         "\"runtimeInstructions\":null,\"businessId\":\"\",\"requestTimeout\":-5}",
         "INSTANCE_CREATE 0: bpmn_process_id=a version=-1 variables={}"},
        {"POST", "/v2/jobs/activation",
         "{\"type\":\"pack\",\"timeout\":1,\"maxJobsToActivate\":1,\"withLease\":"
         "false}",
         "JOB_ACTIVATE 0: type=pack timeout=1 max_jobs=1 tenants=[<default>]"},
        {"PATCH", "/v2/jobs/4", "{\"changeset\":{\"timeout\":7,\"retries\":null}}",
         "JOB_UPDATE 4: has_timeout=true timeout=7"},
    };

    check_rest_asks(cases, LEN(cases));
}

TEST(what_rest_cannot_carry_out_is_refused_by_name)
{
    static const struct rest_case cases[] = {
        {"POST", "/v2/jobs/activation", "",
         "No type provided. No timeout provided. No maxJobsToActivate provided"},
        {"POST", "/v2/jobs/activation",
         "{\"type\":\" \",\"timeout\":0,\"maxJobsToActivate\":-1}",
         "No type provided. The value for timeout is '0' but must be greater than 0. "
         "The value for maxJobsToActivate is '-1' but must be greater than 0"},
        {"POST", "/v2/jobs/activation",
         "{\"type\":7,\"timeout\":\"x\",\"maxJobsToActivate\":4294967296,"
         "\"worker\":[],\"fetchVariable\":\"a\",\"withLease\":true}",
         "The value for type is '7' but must be a string. The value for timeout is 'x' "
         "but must be a whole number of 64 bits. The value for maxJobsToActivate is "
         "'4294967296' but must be a whole number of 32 bits. The value for worker is "
         "'[]' but must be a string. The value for fetchVariable is 'a' but must be an "
         "array. withLease is not supported yet: there are no leases"},
        {"POST", "/v2/jobs/activation",
         "{\"type\":\"a\",\"timeout\":1,\"maxJobsToActivate\":1,\"tenantIds\":[\"b\"]}",
         "Expected to handle request activateJobs with tenant identifier 'b', but "
         "multi-tenancy is disabled"},
        {"POST", "/v2/process-instances", "{}",
         "At least one of [processDefinitionId, processDefinitionKey] is required"},
        {"POST", "/v2/process-instances", "{\"processDefinitionId\":\" \"}",
         "At least one of [processDefinitionId, processDefinitionKey] is required"},
        {"POST", "/v2/process-instances",
         "{\"processDefinitionId\":\"a\",\"processDefinitionKey\":\"1\"}",
         "Only one of [processDefinitionId, processDefinitionKey] is allowed"},
        {"POST", "/v2/decision-definitions/evaluation", "{}",
         "At least one of [decisionDefinitionId, decisionDefinitionKey] is required"},
        {"POST", "/v2/decision-definitions/evaluation",
         "{\"decisionDefinitionId\":\"a\",\"decisionDefinitionKey\":\"5\"}",
         "Only one of [decisionDefinitionId, decisionDefinitionKey] is allowed"},
        {"POST", "/v2/process-instances",
         "{\"processDefinitionKey\":\"1x\",\"variables\":[],\"awaitCompletion\":1,"
         "\"operationReference\":0,\"colour\":1}",
         "The value for processDefinitionKey is '1x' but must be a key of digits. The "
         "value for variables is '[]' but must be an object. The value for "
         "awaitCompletion is '1' but must be true or false. The value for "
         "operationReference is '0' but must be greater than 0. The request has an "
         "unknown property 'colour'"},
        {"POST", "/v2/process-instances",
         "{\"processDefinitionKey\":\"1\",\"startInstructions\":[{},7],"
         "\"runtimeInstructions\":[{\"type\":\"PAUSE\"}],\"tags\":\"a\","
         "\"businessId\":7,\"tenantId\":\"c\"}",
         "No elementId provided. The value for startInstructions is '7' but must be an "
         "array of objects. No afterElementId provided. The value for type is 'PAUSE' "
         "but must be TERMINATE_PROCESS_INSTANCE. The value for tags is 'a' but must "
         "be "
         "an array. The value for businessId is '7' but must be a string. Expected to "
         "handle request createProcessInstance with tenant identifier 'c', but "
         "multi-tenancy is disabled"},
        {"POST", "/v2/jobs/x/completion", "{}",
         "The value for jobKey is 'x' but must be a key of digits"},
        {"POST", "/v2/jobs/99999999999999999999/completion", "{}",
         "The value for jobKey is '99999999999999999999' but must be a key of digits"},
        {"POST", "/v2/jobs/4/completion",
         "{\"jobKey\":\"5\",\"leaseToken\":\"x\",\"businessId\":\"x\"}",
         "The request has an unknown property 'jobKey'. leaseToken is not supported "
         "yet: there are no leases. businessId is not supported yet: it is assigned by "
         "a call of its own"},
        {"PATCH", "/v2/user-tasks/4", "{\"changeset\":{\"colour\":1},\"action\":\"\"}",
         "No update data provided. Provide at least an \"action\" or a non-null value "
         "for "
         "a supported attribute in the \"changeset\"."},
        {"POST", "/v2/user-tasks/4/assignment", "{\"assignee\":\" \"}",
         "No assignee provided"},
        {"POST", "/v2/jobs/4/failure", "{\"leaseToken\":\"x\",\"variables\":\"x\"}",
         "leaseToken is not supported yet: there are no leases. The value for "
         "variables "
         "is 'x' but must be an object"},
        {"POST", "/v2/jobs/4/error", "{\"leaseToken\":\"x\"}",
         "leaseToken is not supported yet: there are no leases. No errorCode provided"},
        {"PATCH", "/v2/jobs/4", "{\"leaseToken\":\"x\"}",
         "leaseToken is not supported yet: there are no leases. No changeset provided"},
        {"PATCH", "/v2/jobs/4", "{\"changeset\":{}}",
         "At least one of [retries, timeout, priority] is required"},
        {"PATCH", "/v2/jobs/4", "{\"changeset\":7}",
         "The value for changeset is '7' but must be an object"},
        {"PATCH", "/v2/jobs/4",
         "{\"changeset\":{\"retries\":0,\"priority\":true,\"x\":1}}",
         "The value for retries is '0' but must be greater than 0. The value for "
         "priority "
         "is 'true' but must be a whole number of 32 bits. The request has an unknown "
         "property 'x'"},
        {"POST", "/v2/messages/publication", "{\"businessId\":\"b\"}",
         "businessId is not supported yet: messages know their correlation key alone. "
         "No name provided"},
        {"POST", "/v2/process-instances/5/modification",
         "{\"terminateInstructions\":[{},{\"elementId\":\"a\",\"elementInstanceKey\":1}"
         "],"
         "\"moveInstructions\":[{\"sourceElementInstruction\":{\"sourceType\":\"byId\"}"
         ","
         "\"ancestorScopeInstruction\":{\"ancestorScopeType\":\"nearest\"}}]}",
         "Exactly one of [elementId, elementInstanceKey] is required. Exactly one of "
         "[elementId, elementInstanceKey] is required. No sourceElementId provided. "
         "The "
         "value for ancestorScopeType is 'nearest' but must be direct, inferred or "
         "sourceParent. No targetElementId provided"},
        {"POST", "/v2/signals/broadcast", "{\"signalName\":\" \"}",
         "No signalName provided"},
        {"PUT", "/v2/element-instances/4/variables", "{}", "No variables provided"},
        {"PUT", "/v2/element-instances/4/variables", "{\"variables\":null}",
         "No variables provided"},
        {"POST", "/v2/incidents/4/resolution", "{\"x\":1}",
         "The request has an unknown property 'x'"},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        rest(&d, cases[i].method, cases[i].path, cases[i].body);
        check_problem(&d, 400, "INVALID_ARGUMENT", cases[i].text, cases[i].path);
    }
    CHECK_INT(d.gate.asks, 0);
    doors_close(&d);
}

TEST(a_rest_body_that_is_no_object_is_a_bad_request)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "POST", "/v2/jobs/4/completion", "[]");
    check_problem(&d, 400, "Bad Request",
                  "The request cannot be read: expected an object, but got an array",
                  "/v2/jobs/4/completion");
    rest(&d, "POST", "/v2/jobs/4/completion", "{\"a\"}");
    CHECK_INT(d.reply.status, 400);
    doors_close(&d);
}

TEST(long_and_escaped_values_are_shown_cut_and_well_formed)
{
    char body[400], letters[240] = {0};
    struct doors d;
    struct str out;
    struct err err;

    doors_open(&d);
    for (size_t i = 0; i < sizeof(letters) - 2; i += 2) /* two bytes a letter */
        memcpy(letters + i, "\xc3\xa4", 2);
    snprintf(body, sizeof(body), "{\"changeset\":\"x%s\"}", letters);
    rest(&d, "PATCH", "/v2/jobs/4", body);
    CHECK_INT(d.reply.status, 400);
    CHECK(json_canonical(d.reply.body, JSON_OBJECT, &(struct json_limits){4}, &d.arena,
                         &out, &err));
    CHECK(d.reply.body.len < 300);
    doors_close(&d);
}

/* ---- REST: answers --------------------------------------------------------------- */

struct rest_answer_case {
    const char *method, *path, *body;
    enum command_kind command;
    const void *record;
    u16 status;
    const char *answer; /* NULL: none */
};

static const struct rest_answer_case rest_answers[] = {
    {"POST", "/v2/process-instances", "{\"processDefinitionId\":\"a\"}",
     CMD_INSTANCE_CREATE, &instance, 200,
     "{\"processDefinitionId\":\"order\",\"processDefinitionVersion\":3,"
     "\"tenantId\":\"<default>\",\"variables\":{\"a\":1},\"processDefinitionKey\":"
     "\"77\","
     "\"processInstanceKey\":\"100\",\"tags\":[\"t1\",\"t2\"],\"businessId\":\"b\"}"},
    {"POST", "/v2/decision-definitions/evaluation",
     "{\"decisionDefinitionId\":\"dish\"}", CMD_DECISION_EVALUATE, &evaluated, 200,
     "{\"decisionDefinitionId\":\"dish\",\"decisionDefinitionKey\":\"80\","
     "\"decisionDefinitionName\":\"Dish\",\"decisionDefinitionVersion\":2,"
     "\"decisionEvaluationKey\":\"90\",\"decisionInstanceKey\":\"90\","
     "\"decisionRequirementsId\":\"food\",\"decisionRequirementsKey\":\"79\","
     "\"evaluatedDecisions\":[{\"decisionDefinitionId\":\"dish\","
     "\"decisionDefinitionName\":\"Dish\",\"decisionDefinitionVersion\":2,"
     "\"decisionDefinitionType\":\"DECISION_TABLE\",\"output\":\"\\\"Stew\\\"\","
     "\"tenantId\":\"<default>\",\"matchedRules\":[{\"ruleId\":\"r2\","
     "\"ruleIndex\":2,\"evaluatedOutputs\":[{\"outputId\":\"o1\","
     "\"outputName\":\"Dish\",\"outputValue\":\"\\\"Stew\\\"\","
     "\"ruleId\":\"r2\",\"ruleIndex\":2}]}],\"evaluatedInputs\":[{"
     "\"inputId\":\"i1\",\"inputName\":\"Season\",\"inputValue\":\"\\\"Fall\\\"\"}],"
     "\"decisionDefinitionKey\":\"80\",\"decisionEvaluationInstanceKey\":\"90-1\"}],"
     "\"failedDecisionDefinitionId\":null,\"failureMessage\":null,"
     "\"output\":\"\\\"Stew\\\"\",\"tenantId\":\"<default>\"}"},
    {"POST", "/v2/decision-definitions/evaluation",
     "{\"decisionDefinitionKey\":\"80\"}", CMD_DECISION_EVALUATE, &not_evaluated, 200,
     "{\"decisionDefinitionId\":\"dish\",\"decisionDefinitionKey\":\"80\","
     "\"decisionDefinitionName\":\"\",\"decisionDefinitionVersion\":0,"
     "\"decisionEvaluationKey\":\"90\",\"decisionInstanceKey\":\"90\","
     "\"decisionRequirementsId\":\"\",\"decisionRequirementsKey\":\"0\","
     "\"evaluatedDecisions\":[],\"failedDecisionDefinitionId\":\"dish\","
     "\"failureMessage\":\"no\",\"output\":\"null\",\"tenantId\":\"<default>\"}"},
    {"POST", "/v2/resources/5/deletion", "", CMD_RESOURCE_DELETE, &resource_gone, 200,
     "{\"resourceKey\":\"5\",\"batchOperation\":null}"},
    {"POST", "/v2/process-instances/4/modification", "{}", CMD_INSTANCE_MODIFY,
     &nothing_at_all, 204, NULL},
    {"POST", "/v2/process-instances/4/business-id-assignment", "{\"businessId\":\"b\"}",
     CMD_BUSINESS_ID_ASSIGN, &nothing_at_all, 204, NULL},
    {"POST", "/v2/process-instances/4/migration",
     "{\"targetProcessDefinitionKey\":\"7\",\"mappingInstructions\":[]}",
     CMD_INSTANCE_MIGRATE, &nothing_at_all, 204, NULL},
    {"POST", "/v2/process-instances/4/cancellation", "", CMD_INSTANCE_CANCEL,
     &nothing_at_all, 204, NULL},
    {"POST", "/v2/jobs/activation",
     "{\"type\":\"a\",\"timeout\":1,\"maxJobsToActivate\":1}", CMD_JOB_ACTIVATE, &batch,
     200,
     "{\"jobs\":[{\"type\":\"pack\",\"processDefinitionId\":\"order\","
     "\"processDefinitionVersion\":3,\"elementId\":\"task\",\"customHeaders\":{\"h\":"
     "\"1\"},\"worker\":\"me\",\"retries\":2,\"deadline\":5000,\"variables\":{\"a\":1},"
     "\"tenantId\":\"<default>\",\"physicalTenantId\":\"default\",\"jobKey\":\"4\","
     "\"processInstanceKey\":\"100\",\"processDefinitionKey\":\"77\","
     "\"elementInstanceKey\":\"101\",\"kind\":\"BPMN_ELEMENT\","
     "\"listenerEventType\":\"UNSPECIFIED\",\"userTask\":null,"
     "\"tags\":[\"t1\",\"t2\"],"
     "\"rootProcessInstanceKey\":\"99\",\"businessId\":\"b\",\"priority\":50,"
     "\"leaseToken\":null},{\"type\":\"pack\",\"processDefinitionId\":\"order\","
     "\"processDefinitionVersion\":3,\"elementId\":\"task\",\"customHeaders\":{},"
     "\"worker\":\"\",\"retries\":0,\"deadline\":5000,\"variables\":{},"
     "\"tenantId\":\"<default>\",\"physicalTenantId\":\"default\",\"jobKey\":\"5\","
     "\"processInstanceKey\":\"100\",\"processDefinitionKey\":\"77\","
     "\"elementInstanceKey\":\"102\",\"kind\":\"BPMN_ELEMENT\","
     "\"listenerEventType\":\"UNSPECIFIED\",\"userTask\":null,\"tags\":[],"
     "\"rootProcessInstanceKey\":null,\"businessId\":null,\"priority\":0,"
     "\"leaseToken\":null}]}"},
    {"POST", "/v2/jobs/4/completion", "", CMD_JOB_COMPLETE, &nothing_at_all, 204, NULL},
    {"POST", "/v2/jobs/4/failure", "", CMD_JOB_FAIL, &nothing_at_all, 204, NULL},
    {"POST", "/v2/jobs/4/error", "{\"errorCode\":\"E\"}", CMD_JOB_THROW_ERROR,
     &nothing_at_all, 204, NULL},
    {"PATCH", "/v2/jobs/4", "{\"changeset\":{\"retries\":1}}", CMD_JOB_UPDATE,
     &nothing_at_all, 204, NULL},
    {"POST", "/v2/messages/publication", "{\"name\":\"a\"}", CMD_MESSAGE_PUBLISH,
     &published, 200, "{\"tenantId\":\"<default>\",\"messageKey\":\"9\"}"},
    {"POST", "/v2/conditionals/evaluation", "{\"variables\":{}}",
     CMD_CONDITIONS_EVALUATE, &conditions_evaluated, 200,
     "{\"conditionalEvaluationKey\":\"9\",\"tenantId\":\"<default>\","
     "\"processInstances\":[{\"processDefinitionKey\":\"77\",\"processInstanceKey\":"
     "\"100\"},{\"processDefinitionKey\":\"78\",\"processInstanceKey\":\"101\"}]}"},
    {"POST", "/v2/signals/broadcast", "{\"signalName\":\"a\"}", CMD_SIGNAL_BROADCAST,
     &was_broadcast, 200, "{\"tenantId\":\"<default>\",\"signalKey\":\"9\"}"},
    {"PUT", "/v2/element-instances/4/variables", "{\"variables\":{}}",
     CMD_VARIABLES_SET, &were_set, 204, NULL},
    {"POST", "/v2/incidents/4/resolution", "", CMD_INCIDENT_RESOLVE, &nothing_at_all,
     204, NULL},
};

TEST(a_rest_answer_is_written_from_its_record)
{
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(rest_answers); i++) {
        const struct rest_answer_case *c = &rest_answers[i];
        rest(&d, c->method, c->path, c->body);
        CHECK(!d.has_reply);
        answer(&d, c->command, c->record);
        if (c->answer)
            check_json(&d, c->status, c->answer);
        else
            check_bodiless(&d, c->status);
    }
    doors_close(&d);
}

TEST(a_rest_poll_that_found_nothing_has_no_jobs)
{
    static const struct jobs_activated none;
    struct doors d;

    doors_open(&d);
    rest(&d, "POST", "/v2/jobs/activation",
         "{\"type\":\"a\",\"timeout\":1,\"maxJobsToActivate\":1}");
    answer(&d, CMD_JOB_ACTIVATE, &none);
    check_json(&d, 200, "{\"jobs\":[]}");
    doors_close(&d);
}

TEST(each_rejection_has_its_problem_document)
{
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(rejection_cases); i++) {
        const struct rejection_case *c = &rejection_cases[i];
        rest(&d, "POST", "/v2/jobs/4/completion", "");
        refuse(&d, c->rejection, "Command 'COMPLETE' rejected with \"it\"");
        check_problem(&d, c->http, c->title, "Command 'COMPLETE' rejected with \"it\"",
                      "/v2/jobs/4/completion");
    }
    doors_close(&d);
}

TEST(what_needs_no_command_is_answered_at_once)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "GET", "/v2/topology", "");
    check_json(&d, 200,
               "{\"brokers\":[{\"nodeId\":0,\"brokerId\":\"0\",\"host\":\"here\","
               "\"port\":7,\"partitions\":[{\"partitionId\":1,\"role\":\"leader\","
               "\"health\":\"healthy\",\"state\":\"active\"},{\"partitionId\":2,"
               "\"role\":\"leader\",\"health\":\"unhealthy\",\"state\":\"active\"}],"
               "\"version\":\"1.2.3\"}],\"clusterId\":null,\"clusterSize\":1,"
               "\"partitionsCount\":2,\"replicationFactor\":1,"
               "\"gatewayVersion\":\"1.2.3\",\"lastCompletedChangeId\":\"-1\"}");
    rest(&d, "GET", "/v2/license", "");
    check_json(&d, 200,
               "{\"validLicense\":false,\"licenseType\":\"unknown\","
               "\"isCommercial\":false,\"expiresAt\":null}");
    rest(&d, "GET", "/v2/status", "");
    check_bodiless(&d, 204);
    d.gate.is_sick = true;
    rest(&d, "GET", "/v2/status", "");
    check_problem(&d, 503, "UNAVAILABLE", "No partition can be reached", "/v2/status");
    doors_close(&d);
}

TEST(the_openapi_text_is_json_and_names_what_is_served)
{
    static const char *const path[] = {"paths", "/v2/jobs/{jobKey}/completion", "post",
                                       "requestBody"};
    struct str at;
    struct err err;
    struct doors d;

    doors_open(&d);
    rest(&d, "GET", "/v2/openapi.json", "");
    CHECK_INT(d.reply.status, 200);
    CHECK_STR(d.reply.content_type, "application/json");
    CHECK(json_canonical(d.reply.body, JSON_OBJECT, &(struct json_limits){100},
                         &d.arena, &at, &err));
    for (size_t i = 0; i < LEN(path); i++)
        CHECK(json_get(at, str_of(path[i]), &d.arena, &at));
    doors_close(&d);
}

/* ---- REST: which call ------------------------------------------------------------ */

/* The path with keys for names. */
static void path_fill(const char *pattern, char out[256])
{
    size_t len = 0;

    for (; *pattern; pattern++) {
        if (*pattern == '{') {
            pattern = strchr(pattern, '}');
            out[len++] = '7';
        } else {
            out[len++] = *pattern;
        }
    }
    out[len] = '\0';
}

TEST(every_route_is_found_by_its_method_and_path)
{
    struct doors d;
    char path[256];

    doors_open(&d);
    for (u32 i = 0; i < route_count; i++) {
        path_fill(routes[i].path, path);
        const struct route *r = route_find(d.api, str_of(path));
        while (r && strcmp(r->method, routes[i].method) != 0)
            r = route_next(r);
        if (r != &routes[i])
            test_failed(__FILE__, __LINE__, "%s %s", routes[i].method, path);
    }
    doors_close(&d);
}

/* ---- all that clients know ------------------------------------------------------- */

enum operation_state { OPERATION_DONE, OPERATION_LATER };

static const struct {
    const char *operation, *method, *path;
    enum operation_state state;
} operations[] = {
#define OPERATION(operation, method, path, since, state) \
    {#operation, #method, path, OPERATION_##state},
#include "t/operations.def"
};

static const struct route *operation_find(const char *operation)
{
    for (u32 i = 0; i < route_count; i++)
        if (strcmp(routes[i].operation, operation) == 0)
            return &routes[i];
    return NULL;
}

TEST(every_operation_that_clients_know_has_its_row)
{
    for (size_t i = 0; i < LEN(operations); i++) {
        const struct route *r = operation_find(operations[i].operation);
        if (!r)
            test_failed(__FILE__, __LINE__, "no row: %s", operations[i].operation);
        else if (strcmp(r->method, operations[i].method) != 0 ||
                 strcmp(r->path, operations[i].path) != 0)
            test_failed(__FILE__, __LINE__, "%s is at %s %s", r->operation, r->method,
                        r->path);
        else if (operations[i].state == OPERATION_DONE && r->status == 0)
            test_failed(__FILE__, __LINE__, "%s is not carried out", r->operation);
    }
    CHECK_INT(LEN(operations), 241);
}

TEST(what_is_still_to_come_is_said_by_name)
{
    struct doors d;
    char path[256], text[256];

    doors_open(&d);
    for (u32 i = 0; i < route_count; i++) {
        if (routes[i].status != 0)
            continue;
        path_fill(routes[i].path, path);
        rest(&d, routes[i].method, path, "{}");
        snprintf(text, sizeof(text), "%s (%s %s) is not implemented yet",
                 routes[i].operation, routes[i].method, routes[i].path);
        check_problem(&d, 501, "NOT_IMPLEMENTED", text, path);
    }
    doors_close(&d);
}

TEST(unknown_paths_are_not_found)
{
    static const char *const paths[] = {"",
                                        "/",
                                        "/v2",
                                        "/v2/",
                                        "/v2/topologyx",
                                        "/v2/topology/",
                                        "/v1/topology",
                                        "/v2/jobs//completion",
                                        "/v2/jobs/4/completion/more",
                                        "v2/topology"};
    struct doors d;
    char text[128];

    doors_open(&d);
    for (size_t i = 0; i < LEN(paths); i++) {
        rest(&d, "GET", paths[i], "");
        snprintf(text, sizeof(text), "There is no GET %s", paths[i]);
        check_problem(&d, 404, "NOT_FOUND", text, paths[i]);
    }
    doors_close(&d);
}

TEST(a_known_path_says_which_methods_it_knows)
{
    struct doors d;

    doors_open(&d);
    rest(&d, "DELETE", "/v2/jobs/activation", "");
    check_problem(&d, 405, "Method Not Allowed",
                  "/v2/jobs/activation knows POST, but not DELETE",
                  "/v2/jobs/activation");
    CHECK_INT(d.reply.header_count, 1);
    CHECK_STR(d.reply.headers[0].name, "allow");
    CHECK_STR(d.reply.headers[0].value, "POST");
    rest(&d, "POST", "/v2/users/7", "");
    CHECK_STR(d.reply.headers[0].value, "DELETE, GET, PUT");
    doors_close(&d);
}

TEST(bodies_must_be_of_the_right_type)
{
    static const struct {
        const char *type, *body;
        u16 status; /* 0: asked */
    } cases[] = {
        {"application/json", "{}", 0},
        {"Application/JSON; charset=utf-8", "{}", 0},
        {"application/vnd.camunda.api.keys.string+json", "{}", 0},
        {"text/plain", "{}", 415},
        {NULL, "{}", 415},
        {NULL, "", 0},
        {"application/octet-stream", "", 0},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        rest_typed(&d, "POST", "/v2/jobs/4/completion", cases[i].type, NULL,
                   str_of(cases[i].body));
        CHECK_INT(d.has_reply ? d.reply.status : 0, cases[i].status);
    }
    rest_typed(&d, "POST", "/v2/jobs/4/completion", "text/xml", NULL, STR("<a/>"));
    check_problem(&d, 415, "Unsupported Media Type",
                  "The content type is 'text/xml' but must be 'application/json'",
                  "/v2/jobs/4/completion");
    doors_close(&d);
}

TEST(answers_must_be_acceptable)
{
    static const struct {
        const char *accept;
        bool is_fine;
    } cases[] = {
        {NULL, true},
        {"*/*", true},
        {"application/*", true},
        {"application/json, application/problem+json", true},
        {"application/vnd.camunda.api.keys.string+json", true},
        {"text/html, Application/Json;q=0.5", true},
        {"text/html", false},
        {"application/problem+json", false},
        {"application/json;q=0, */*", false},
        {"application/json;q=0.000", false},
        {"*/*;q=0, application/json", true},
        {"text/html;x=\"application/json,\"", false},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        rest_typed(&d, "GET", "/v2/license", NULL, cases[i].accept, STR(""));
        CHECK_INT(d.reply.status, cases[i].is_fine ? 200 : 406);
    }
    rest_typed(&d, "GET", "/v2/license", NULL, "text/html", STR(""));
    check_problem(&d, 406, "Not Acceptable", "Answers are of the type application/json",
                  "/v2/license");
    doors_close(&d);
}

TEST(a_rest_answer_that_is_too_large_is_our_failure)
{
    struct api_options options = api_options_default;
    struct doors d;

    options.reply_max = 8000;
    doors_open_with(&d, &options);
    rest(&d, "POST", "/v2/jobs/activation",
         "{\"type\":\"a\",\"timeout\":1,\"maxJobsToActivate\":1}");
    answer(&d, CMD_JOB_ACTIVATE, &large);
    check_problem(&d, 500, "INTERNAL", "The answer is larger than one reply may be",
                  "/v2/jobs/activation");
    doors_close(&d);
}

/* ---- deployments ----------------------------------------------------------------- */

static void deploy(struct doors *d, const char *type, const char *body)
{
    rest_typed(d, "POST", "/v2/deployments", type, NULL, str_of(body));
}

#define PART(head, content) \
    "--b\r\nContent-Disposition: form-data; " head "\r\n\r\n" content "\r\n"

TEST(files_of_a_multipart_body_are_deployed)
{
    static const struct {
        const char *type, *body, *asked;
    } cases[] = {
        {"multipart/form-data; boundary=b",
         PART("name=\"resources\"; filename=\"a.bpmn\"", "<a/>") "--b--\r\n",
         "[name=a.bpmn content=(4 bytes)]"},
        {"multipart/form-data; charset=ISO-8859-1; boundary=\"b\"",
         PART("filename=\"a \\\"b\\\"; c.bpmn\"; name=resources", "<a/>") "--b--",
         "[name=a \"b\"; c.bpmn content=(4 bytes)]"},
        {"Multipart/Form-Data;Boundary=b",
         "before\r\n" PART("name=tenantId", "<default>")
             PART("name=resources; filename=a", "1")
                 PART("name=resources; filename=b", "") "--b--\r\nbehind",
         "[name=a content=(1 bytes), name=b]"},
        {"multipart/form-data; boundary=b",
         "--b\r\ncontent-type: text/xml\r\nContent-Transfer-Encoding: binary\r\n"
         "CONTENT-DISPOSITION: form-data; name=resources; filename=a\r\n\r\n\r\n--\r\n"
         "--b \t\r\ncontent-disposition: form-data; name=other\r\n\r\n1\r\n--b--",
         "[name=a content=(4 bytes)]"},
    };
    struct doors d;
    char text[256];

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        deploy(&d, cases[i].type, cases[i].body);
        CHECK(!d.has_reply);
        snprintf(text, sizeof(text), "DEPLOYMENT_CREATE 0: resources=%s",
                 cases[i].asked);
        CHECK_STR(str_of(d.gate.asked), text);
        CHECK_STR(d.gate.tenant, "<default>");
        refuse(&d, REJECT_INVALID_ARGUMENT, "no");
    }
    CHECK_STR(d.gate.first.content, "\r\n--");
    doors_close(&d);
}

TEST(a_deployment_is_answered_with_one_entry_each)
{
    struct doors d;

    doors_open(&d);
    deploy(&d, "multipart/form-data; boundary=b",
           PART("name=resources; filename=a", "1") "--b--");
    answer(&d, CMD_DEPLOYMENT_CREATE, &deployment);
    check_json(&d, 200,
               "{\"deploymentKey\":\"76\",\"tenantId\":\"<default>\",\"deployments\":["
               "{\"processDefinition\":{\"processDefinitionId\":\"order\","
               "\"processDefinitionVersion\":3,\"resourceName\":\"a.bpmn\","
               "\"tenantId\":\"<default>\",\"processDefinitionKey\":\"77\"},"
               "\"decisionDefinition\":null,\"decisionRequirements\":null,"
               "\"form\":null,\"resource\":null},"
               "{\"processDefinition\":{\"processDefinitionId\":\"pay\","
               "\"processDefinitionVersion\":1,\"resourceName\":\"b.bpmn\","
               "\"tenantId\":\"<default>\",\"processDefinitionKey\":\"78\"},"
               "\"decisionDefinition\":null,\"decisionRequirements\":null,"
               "\"form\":null,\"resource\":null},"
               "{\"processDefinition\":null,\"decisionDefinition\":{"
               "\"decisionDefinitionId\":\"dish\",\"version\":2,\"name\":\"Dish\","
               "\"tenantId\":\"<default>\",\"decisionRequirementsId\":\"food\","
               "\"decisionDefinitionKey\":\"80\",\"decisionRequirementsKey\":\"79\"},"
               "\"decisionRequirements\":null,\"form\":null,\"resource\":null},"
               "{\"processDefinition\":null,\"decisionDefinition\":null,"
               "\"decisionRequirements\":{\"decisionRequirementsId\":\"food\","
               "\"decisionRequirementsName\":\"Food\",\"version\":4,"
               "\"resourceName\":\"c.dmn\",\"tenantId\":\"<default>\","
               "\"decisionRequirementsKey\":\"79\"},\"form\":null,\"resource\":null},"
               "{\"processDefinition\":null,\"decisionDefinition\":null,"
               "\"decisionRequirements\":null,\"form\":{\"formId\":\"page\","
               "\"version\":5,\"resourceName\":\"d.form\",\"tenantId\":\"<default>\","
               "\"formKey\":\"81\"},\"resource\":null},"
               "{\"processDefinition\":null,\"decisionDefinition\":null,"
               "\"decisionRequirements\":null,\"form\":null,\"resource\":{"
               "\"resourceId\":\"notes\",\"resourceName\":\"notes\",\"version\":6,"
               "\"tenantId\":\"<default>\",\"resourceKey\":\"82\"}}]}");
    doors_close(&d);
}

TEST(a_multipart_body_that_cannot_be_deployed_says_why)
{
    static const struct {
        const char *type, *body;
        u16 status;
        const char *title, *detail;
    } cases[] = {
        {"multipart/form-data; boundary=b", PART("name=x", "1") "--b--", 400,
         "INVALID_ARGUMENT", "No resources provided"},
        {"multipart/form-data; boundary=b", PART("name=resources", "1") "--b--", 400,
         "INVALID_ARGUMENT", "A part 'resources' has no file name"},
        {"multipart/form-data; boundary=b",
         PART("name=resources; filename=a", "1") PART("name=tenantId", "c") "--b--",
         400, "INVALID_ARGUMENT",
         "Expected to handle request createDeployment with tenant identifier 'c', but "
         "multi-tenancy is disabled"},
        {"application/json", "{}", 415, "Unsupported Media Type",
         "The content type is 'application/json' but must be 'multipart/form-data'"},
        {"multipart/form-data", "--b--", 400, "Bad Request",
         "The request cannot be read: the content type has no boundary"},
        {"multipart/form-data; boundary=b", "", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 1: there is no boundary"},
        {"multipart/form-data; boundary=b", "--bx", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 4: expected the end of the "
         "line behind a boundary"},
        {"multipart/form-data; boundary=b", "--b\r\n\r\n1\r\n--b--", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 8: a part has no "
         "content-disposition"},
        {"multipart/form-data; boundary=b", "--b\r\nx\r\n\r\n1\r\n--b--", 400,
         "Bad Request",
         "The request cannot be read: multipart body, byte 6: expected a header of a "
         "part"},
        {"multipart/form-data; boundary=b", "--b\r\na:b", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 6: the headers of a part do "
         "not end"},
        {"multipart/form-data; boundary=b",
         "--b\r\ncontent-disposition: form-data; name=a\r\n\r\n1", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 48: a part does not end"},
        {"multipart/form-data; boundary=b", PART("x=y", "1") "--b--", 400,
         "Bad Request",
         "The request cannot be read: multipart body, byte 6: a part has no name"},
        {"multipart/form-data; boundary=b",
         "--b\r\ncontent-disposition: attachment\r\n\r\n1\r\n--b--", 400, "Bad Request",
         "The request cannot be read: multipart body, byte 6: a part is no form-data"},
        {"multipart/form-data; boundary=b", PART("name=\"\xff\"", "1") "--b--", 400,
         "Bad Request",
         "The request cannot be read: multipart body, byte 6: a part's name is no "
         "UTF-8"},
        {"multipart/form-data; boundary=b",
         "--b\r\ncontent-transfer-encoding: base64\r\n\r\n1\r\n--b--", 400,
         "Bad Request",
         "The request cannot be read: multipart body, byte 6: a part's content is "
         "encoded, which is not supported"},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        deploy(&d, cases[i].type, cases[i].body);
        check_problem(&d, cases[i].status, cases[i].title, cases[i].detail,
                      "/v2/deployments");
    }
    CHECK_INT(d.gate.asks, 0);
    doors_close(&d);
}

/* ---- files that are part of the program -------------------------------------------
 */

static const struct api_asset test_assets[] = {
    {"/app-1.js", "text/javascript", "br", "\"1br\"", true, {"BR", 2}},
    {"/app-1.js", "text/javascript", "gzip", "\"1gz\"", true, {"GZIP", 4}},
    {"/app-1.js", "text/javascript", "", "\"1\"", true, {"plain", 5}},
    {"/packed.js", "text/javascript", "gzip", "\"2\"", true, {"GZIP", 4}},
    {"/pages/"
     "*",
     "text/html; charset=utf-8",
     "",
     "\"3\"",
     false,
     {"<html>", 6}},
    {"/pages/deep/"
     "*",
     "text/html",
     "",
     "\"4\"",
     false,
     {"<deep>", 6}},
    {"/", "text/html", "", "\"5\"", false, {"<home>", 6}},
};

static void doors_open_assets(struct doors *d)
{
    struct api_options options = api_options_default;

    options.assets = test_assets;
    options.asset_count = LEN(test_assets);
    options.boot = 5;
    doors_open_with(d, &options);
}

static void get_file(struct doors *d, const char *method, const char *path,
                     const char *accepted, const char *known)
{
    struct api_header headers[] = {{STR("accept-encoding"), str_of(accepted)},
                                   {STR("if-none-match"), str_of(known)}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = str_of(method),
                                    .path = str_of(path),
                                    .headers = headers,
                                    .header_count = LEN(headers)});
}

static const char *reply_header(const struct doors *d, const char *name)
{
    static char text[512];

    text[0] = '\0';
    for (u32 i = 0; i < d->reply.header_count; i++)
        if (str_is(d->reply.headers[i].name, name))
            snprintf(text, sizeof(text), "%.*s", ARG(d->reply.headers[i].value));
    return text;
}

TEST(a_file_is_served_in_the_encoding_that_its_client_takes)
{
    static const struct {
        const char *path, *accepted, *body, *encoding;
    } cases[] = {
        {"/app-1.js", "gzip, deflate, br", "BR", "br"},
        {"/app-1.js", "gzip;q=1, br;q=0", "GZIP", "gzip"},
        {"/app-1.js", "zstd", "plain", ""},
        {"/app-1.js", "", "plain", ""},
        {"/pages/anything/else", "", "<html>", ""},
        {"/pages/deep/down", "", "<deep>", ""},
        {"/pages/", "", "<html>", ""},
        {"/", "br", "<home>", ""},
        {"/packed.js", "gzip", "GZIP", "gzip"},
    };
    struct doors d;

    doors_open_assets(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        get_file(&d, "GET", cases[i].path, cases[i].accepted, "");
        CHECK_INT(d.reply.status, 200);
        CHECK_STR(d.reply.body, cases[i].body);
        CHECK_STR(str_of(reply_header(&d, "Content-Encoding")), cases[i].encoding);
        CHECK_STR(str_of(reply_header(&d, "X-Content-Type-Options")), "nosniff");
    }
    doors_close(&d);
}

TEST(a_file_is_kept_for_good_or_asked_for_with_its_tag)
{
    struct doors d;

    doors_open_assets(&d);
    get_file(&d, "GET", "/app-1.js", "br", "");
    CHECK(strstr(reply_header(&d, "Cache-Control"), "immutable"));
    CHECK_STR(str_of(reply_header(&d, "Content-Security-Policy")), "");
    get_file(&d, "GET", "/pages/x", "", "");
    CHECK_STR(str_of(reply_header(&d, "Cache-Control")), "no-cache");
    CHECK(strstr(reply_header(&d, "Content-Security-Policy"), "default-src 'self'"));
    CHECK_STR(str_of(reply_header(&d, "ETag")), "\"3\"");
    get_file(&d, "GET", "/pages/x", "", "\"2\", W/\"3\"");
    CHECK_INT(d.reply.status, 304);
    CHECK_INT(d.reply.body.len, 0);
    get_file(&d, "GET", "/app-1.js", "br", "\"1gz\""); /* another encoding's */
    CHECK_INT(d.reply.status, 200);
    get_file(&d, "GET", "/app-1.js", "br", "*");
    CHECK_INT(d.reply.status, 304);
    doors_close(&d);
}

TEST(what_is_no_file_or_cannot_be_taken_is_a_problem)
{
    struct doors d;

    doors_open_assets(&d);
    get_file(&d, "GET", "/pages", "", "");
    CHECK_INT(d.reply.status, 404);
    get_file(&d, "GET", "/packed.js", "br", "");
    CHECK_INT(d.reply.status, 406);
    get_file(&d, "POST", "/app-1.js", "", "");
    CHECK_INT(d.reply.status, 405);
    CHECK_STR(str_of(reply_header(&d, "Allow")), "GET, HEAD");
    get_file(&d, "HEAD", "/app-1.js", "", "");
    CHECK_INT(d.reply.status, 200);
    CHECK_INT(d.reply.body.len, 5); /* its length is told, the net leaves it out */
    doors_close(&d);
}

/* ---- events for pages --------------------------------------------------------------
 */

static void follow(struct doors *d, const char *query, const char *last_id)
{
    struct api_header headers[] = {{STR("accept"), STR("text/event-stream")},
                                   {STR("last-event-id"), str_of(last_id)}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = STR("GET"),
                                    .path = STR("/events"),
                                    .query = str_of(query),
                                    .headers = headers,
                                    .header_count = LEN(headers)});
}

static void happen(struct doors *d, enum event_kind event, u64 key, u64 whose,
                   const char *type)
{
    d->gate.notices[d->gate.notice_count++] = (struct notice){.event = event,
                                                              .key = key,
                                                              .instance = whose,
                                                              .process = 9,
                                                              .type = str_of(type),
                                                              .element = STR("pack")};
}

/* What is said to the last follower at this time; "" for nothing. */
static struct str told(struct doors *d, i64 now)
{
    api_pump(d->api, now);
    if (!take(d))
        return STR("");
    CHECK(d->reply.is_in_pieces);
    return d->reply.message;
}

TEST(what_changes_is_gathered_and_told_by_topic)
{
    struct doors d;

    doors_open(&d);
    follow(&d, "topics=jobs:a%2Cb,instance:7,incidents", "");
    CHECK(d.reply.opens);
    CHECK(!d.reply.is_last);
    CHECK_STR(d.reply.content_type, "text/event-stream");
    CHECK_STR(d.reply.message,
              "retry: 1000\nevent: open\nid: 5-1\ndata: "
              "{\"topics\":[\"jobs:a,b\",\"instance:7\",\"incidents\"]}\n\n");
    CHECK(d.gate.is_watched);
    happen(&d, EV_JOB_CREATED, 21, 8, "a,b");
    happen(&d, EV_JOB_CREATED, 20, 8, "a,b");
    happen(&d, EV_JOB_CREATED, 22, 8, "c");
    happen(&d, EV_ELEMENT_ACTIVATED, 23, 7, "");
    CHECK_STR(told(&d, 1050), ""); /* too early, and not taken yet */
    api_drained(d.api, d.id);
    CHECK_STR(told(&d, 1099), "");
    CHECK_STR(
        told(&d, 1100),
        "event: changes\nid: 5-5\ndata: {\"changes\":["
        "{\"topic\":\"jobs:a,b\",\"count\":2,\"events\":{\"JOB_CREATED\":2},"
        "\"elements\":[{\"elementId\":\"pack\",\"event\":\"JOB_CREATED\",\"count\":2}],"
        "\"instances\":[\"8\"],\"keys\":[\"20\",\"21\"],\"isCut\":false},"
        "{\"topic\":\"instance:7\",\"count\":1,\"events\":{\"ELEMENT_ACTIVATED\":1},"
        "\"elements\":[{\"elementId\":\"pack\",\"event\":\"ELEMENT_ACTIVATED\","
        "\"count\":1}],\"instances\":[\"7\"],\"keys\":[\"23\"],\"isCut\":false}]}\n\n");
    api_drained(d.api, d.id);
    happen(&d, EV_JOB_CREATED, 24, 8, "c"); /* nobody's */
    CHECK_STR(told(&d, 1200), "");
    CHECK_STR(told(&d, 16099), "");
    CHECK_STR(told(&d, 16100), ": still here\nid: 5-6\n\n");
    doors_close(&d);
}

TEST(a_follower_that_takes_nothing_gets_one_event_for_all_when_it_does)
{
    struct doors d;
    i64 when;

    doors_open(&d);
    follow(&d, "topics=incidents", "");
    for (u32 i = 0; i < 5; i++) {
        happen(&d, EV_INCIDENT_CREATED, i + 1, 7, "");
        CHECK_STR(told(&d, 2000 + 1000 * (i64)i), "");
    }
    CHECK(!api_due(d.api, &when));
    api_drained(d.api, d.id);
    CHECK(api_due(d.api, &when));
    CHECK(strstr(told(&d, 9000).data, "\"count\":5,"));
    doors_close(&d);
}

TEST(who_comes_back_gets_what_it_has_missed_or_hears_that_it_cannot)
{
    static const struct {
        const char *id, *told;
    } cases[] = {
        {"5-2", "\"keys\":[\"2\",\"3\"]"},
        {"5-3", "\"keys\":[\"3\"]"},
        {"5-0", "event: missed\nid: 5-1\n"},
        {"4-3", "event: missed\nid: 5-4\n"},
        {"5-9", "event: missed"},
        {"x", "event: missed"},
        {"5-", "event: missed"},
    };
    struct doors d;

    doors_open(&d);
    follow(&d, "topics=incidents", "");
    for (u64 i = 1; i <= 3; i++) {
        happen(&d, EV_INCIDENT_CREATED, i, 7, "");
        told(&d, 2000);
    }
    api_gone(d.api, d.id);
    for (size_t i = 0; i < LEN(cases); i++) {
        follow(&d, "topics=incidents", cases[i].id);
        api_drained(d.api, d.id);
        struct str text = told(&d, 3000 + (i64)i);
        CHECK(text.len > 0);
        CHECK(memmem(text.data, text.len, cases[i].told, strlen(cases[i].told)) ||
              strcmp(cases[i].id, "4-3") == 0);
        api_gone(d.api, d.id);
    }
    doors_close(&d);
}

TEST(events_are_watched_as_long_as_somebody_may_come_back)
{
    struct doors d;
    i64 when;

    doors_open(&d);
    CHECK(!d.gate.is_watched);
    follow(&d, "topics=instances", "");
    api_gone(d.api, d.id);
    api_pump(d.api, 5000);
    CHECK(d.gate.is_watched);
    CHECK(api_due(d.api, &when));
    CHECK_INT(when, 65000);
    api_pump(d.api, 65000);
    CHECK(!d.gate.is_watched);
    CHECK(!api_due(d.api, &when));
    doors_close(&d);
}

TEST(more_changes_than_are_kept_are_said_to_be_missed)
{
    struct doors d;

    doors_open(&d);
    follow(&d, "topics=instances", "");
    for (u32 i = 0; i < 9000; i++) {
        happen(&d, EV_ELEMENT_ACTIVATED, i + 1, 7, "");
        api_pump(d.api, 1001);
    }
    api_drained(d.api, d.id);
    struct str text = told(&d, 2000);
    CHECK(memmem(text.data, text.len, "event: missed", 13));
    CHECK(memmem(text.data, text.len, "\"count\":8192,", 13));
    CHECK(memmem(text.data, text.len, "\"isCut\":true", 12));
    doors_close(&d);
}

TEST(topics_that_there_are_not_are_refused_with_those_there_are)
{
    static const struct {
        const char *query, *detail;
    } cases[] = {
        {"", "No topics provided. Topics are given as ?topics="},
        {"topics=", "No topics provided."},
        {"topics=nonsense", "There is no topic 'nonsense'."},
        {"topics=instance", "There is no topic 'instance'."},
        {"topics=instance:x", "There is no topic 'instance:x'."},
        {"topics=incidents:7", "There is no topic 'incidents:7'."},
        {"topics=jobs:", "There is no topic 'jobs:'."},
        {"topics=incidents,,jobs", "There is no topic ''."},
    };
    struct doors d;

    doors_open(&d);
    for (size_t i = 0; i < LEN(cases); i++) {
        follow(&d, cases[i].query, "");
        CHECK_INT(d.reply.status, 400);
        CHECK(memmem(d.reply.body.data, d.reply.body.len, cases[i].detail,
                     strlen(cases[i].detail)));
    }
    CHECK(!d.gate.is_watched);
    doors_close(&d);
}

TEST(followers_are_let_go_when_the_node_goes_down)
{
    struct doors d;

    doors_open(&d);
    follow(&d, "topics=instances", "");
    api_drain(d.api);
    CHECK(take(&d));
    CHECK(d.reply.is_last);
    follow(&d, "topics=instances", "");
    CHECK_INT(d.reply.status, 503);
    doors_close(&d);
}

/* ---- documents ---------------------------------------------------------------------
 */

/* A keeper of one document. */
struct shelf {
    struct api_documents port;
    char id[64], meta[512], content[64];
    bool is_full;
};

static enum api_kept shelf_put(void *ctx, struct api_document *d, struct arena *arena,
                               struct err *err)
{
    struct shelf *s = ctx;

    if (d->id.len == 0)
        d->id = STR("made-up");
    if (s->is_full)
        return KEPT_ALREADY;
    snprintf(d->hash, sizeof(d->hash), "hash");
    snprintf(s->id, sizeof(s->id), "%.*s", ARG(d->id));
    snprintf(s->meta, sizeof(s->meta), "%.*s", ARG(d->meta));
    snprintf(s->content, sizeof(s->content), "%.*s", ARG(d->content));
    s->is_full = true;
    return KEPT;
}

static enum api_kept shelf_get(void *ctx, struct api_document *d, struct arena *arena,
                               struct err *err)
{
    struct shelf *s = ctx;

    if (!s->is_full || !str_is(d->id, s->id))
        return KEPT_NOT_THERE;
    snprintf(d->hash, sizeof(d->hash), "hash");
    d->meta = str_of(s->meta);
    d->content = str_of(s->content);
    return KEPT;
}

static enum api_kept shelf_del(void *ctx, struct str id, struct err *err)
{
    struct shelf *s = ctx;
    bool was_full = s->is_full && str_is(id, s->id);

    s->is_full = s->is_full && !was_full;
    return was_full ? KEPT : KEPT_NOT_THERE;
}

static void shelf_sign(void *ctx, struct str text, char out[65])
{
    snprintf(out, 65, "%zu", text.len);
}

static void doors_open_shelf(struct doors *d, struct shelf *s)
{
    struct api_options options = api_options_default;

    *s = (struct shelf){.port = {s, shelf_put, shelf_get, shelf_del, shelf_sign}};
    options.documents = &s->port;
    doors_open_with(d, &options);
}

#define FORM(name, rest, content)                                                      \
    "--x\r\nContent-Disposition: form-data; name=\"" name "\"" rest "\r\n\r\n" content \
    "\r\n"

static void upload(struct doors *d, const char *path, const char *query,
                   const char *body)
{
    struct api_header headers[] = {
        {STR("content-type"), STR("multipart/form-data; boundary=x")}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = STR("POST"),
                                    .path = str_of(path),
                                    .query = str_of(query),
                                    .headers = headers,
                                    .header_count = 1,
                                    .body = str_of(body)});
}

static void ask_document(struct doors *d, const char *method, const char *path,
                         const char *query)
{
    struct api_header headers[] = {{STR("host"), STR("here")}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = str_of(method),
                                    .path = str_of(path),
                                    .query = str_of(query),
                                    .headers = headers,
                                    .header_count = 1});
}

TEST(a_document_is_kept_with_what_is_said_of_it)
{
    struct doors d;
    struct shelf s;

    doors_open_shelf(&d, &s);
    upload(&d, "/v2/documents", "documentId=a%2Fb",
           FORM("file", "; filename=\"f.txt\"\r\nContent-Type: text/plain", "hello")
               FORM("metadata", "",
                    "{\"expiresAt\":\"1970-01-01T01:00:05.25+01:00\","
                    "\"customProperties\":{\"k\":[1]},\"processInstanceKey\":\"9\","
                    "\"processDefinitionId\":\"p\"}") "--x--");
    CHECK_INT(d.reply.status, 201);
    CHECK_STR(d.reply.body,
              "{\"camunda.document.type\":\"camunda\",\"storeId\":\"local\","
              "\"documentId\":\"a/b\",\"contentHash\":\"hash\",\"metadata\":"
              "{\"contentType\":\"text/plain\",\"fileName\":\"f.txt\",\"expiresAt\":"
              "\"1970-01-01T00:00:05.250Z\",\"size\":5,\"processDefinitionId\":\"p\","
              "\"processInstanceKey\":\"9\",\"customProperties\":{\"k\":[1]}}}");
    ask_document(&d, "GET", "/v2/documents/a%2Fb", "contentHash=hash&storeId=local");
    CHECK_INT(d.reply.status, 200);
    CHECK_STR(d.reply.body, "hello");
    CHECK_STR(d.reply.content_type, "text/plain");
    CHECK_STR(str_of(reply_header(&d, "Content-Disposition")),
              "attachment; filename*=UTF-8''f.txt");
    ask_document(&d, "GET", "/v2/documents/a%2Fb", "contentHash=other");
    CHECK_INT(d.reply.status, 400);
    api_pump(d.api, 5250); /* it has expired */
    request(&d, (struct api_request){
                    .door = API_HTTP, .method = STR("GET"), .path = STR("/v2/status")});
    ask_document(&d, "DELETE", "/v2/documents/a%2Fb", "");
    CHECK_INT(d.reply.status, 204);
    ask_document(&d, "GET", "/v2/documents/a%2Fb", "");
    CHECK_INT(d.reply.status, 404);
    doors_close(&d);
}

TEST(a_link_to_a_document_is_good_until_its_time)
{
    struct doors d;
    struct shelf s;
    char query[256];

    doors_open_shelf(&d, &s);
    upload(&d, "/v2/documents", "", FORM("file", "; filename=\"f\"", "x") "--x--");
    ask_document(&d, "POST", "/v2/documents/made-up/links", "");
    CHECK_INT(d.reply.status, 201);
    CHECK_STR(d.reply.body,
              "{\"url\":\"http://here/v2/documents/made-up?contentHash=hash&expires="
              "3601000&signature=15\",\"expiresAt\":\"1970-01-01T01:00:01.000Z\"}");
    snprintf(query, sizeof(query), "expires=3601000&signature=15");
    ask_document(&d, "GET", "/v2/documents/made-up", query);
    CHECK_INT(d.reply.status, 200);
    ask_document(&d, "GET", "/v2/documents/made-up", "expires=3601000&signature=16");
    CHECK_INT(d.reply.status, 403);
    ask_document(&d, "GET", "/v2/documents/made-up", "expires=1000&signature=12");
    CHECK_INT(d.reply.status, 403);
    doors_close(&d);
}

TEST(documents_that_cannot_be_kept_say_why)
{
    static const struct {
        const char *query, *body;
        i32 status;
        const char *detail;
    } cases[] = {
        {"", FORM("other", "", "x") "--x--", 400, "No file provided"},
        {"storeId=aws", FORM("file", "; filename=\"f\"", "x") "--x--", 400,
         "Document store with id 'aws' does not exist; there is 'local' alone"},
        {"documentId=a%0Ab", FORM("file", "; filename=\"f\"", "x") "--x--", 400,
         "The value for documentId must be up to 512 bytes without control characters"},
        {"",
         FORM("file", "; filename=\"f\"", "x")
             FORM("metadata", "",
                  "{\"fileName\":1,\"expiresAt\":\"x\","
                  "\"customProperties\":[]}") "--x--",
         400,
         "The value for fileName is '1' but must be a string. The value for expiresAt "
         "is "
         "'x' but must be a date-time of ISO 8601 with an offset. The value for "
         "customProperties must be an object"},
        {"", FORM("file", "; filename=\"f\"", "x") FORM("metadata", "", "[]") "--x--",
         400, "The value for metadata must be an object"},
        {"", "nonsense", 400,
         "The request cannot be read: multipart body, byte 1: there is no boundary"},
    };
    struct doors d;
    struct shelf s;

    doors_open_shelf(&d, &s);
    for (size_t i = 0; i < LEN(cases); i++) {
        upload(&d, "/v2/documents", cases[i].query, cases[i].body);
        CHECK_INT(d.reply.status, cases[i].status);
        CHECK(memmem(d.reply.body.data, d.reply.body.len, cases[i].detail,
                     strlen(cases[i].detail)));
    }
    CHECK(!s.is_full);
    doors_close(&d);
}

TEST(of_a_batch_each_document_is_kept_or_said_to_have_failed)
{
    struct doors d;
    struct shelf s;

    doors_open_shelf(&d, &s);
    upload(&d, "/v2/documents/batch", "",
           FORM("files", "; filename=\"a\"", "x") FORM("files", "; filename=\"b\"", "y")
               FORM("metadataList", "", "[{},{\"expiresAt\":\"x\"}]") "--x--");
    CHECK_INT(d.reply.status, 207);
    CHECK(memmem(d.reply.body.data, d.reply.body.len,
                 "\"failedDocuments\":[{\"fileName\":\"b\",\"status\":400,", 45));
    CHECK(memmem(d.reply.body.data, d.reply.body.len, "\"fileName\":\"a\"", 14));
    doors_close(&d);
}

/* ---- numbers -----------------------------------------------------------------------
 */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* Behind `{name="value",...}`, which may be missing; NULL: not well-formed. */
static const char *labels_pass(const char *at)
{
    if (*at != '{')
        return at;
    do {
        const char *name = ++at;
        while (is_name_char(*at))
            at++;
        if (at == name || at[0] != '=' || at[1] != '"')
            return NULL;
        for (at += 2; *at && *at != '"' && *at != '\n'; at++)
            at += *at == '\\';
        if (*at++ != '"')
            return NULL;
    } while (*at == ',');
    return *at == '}' ? at + 1 : NULL;
}

/* A sample: its family was announced just before; a number stands behind it. */
static bool sample_is_good(const char *line, const char *family)
{
    size_t len = strlen(family);
    const char *at = line, *suffix = line + len;
    char *end;

    while (is_name_char(*at))
        at++;
    if (strncmp(line, family, len) != 0 ||
        (at != suffix && strncmp(suffix, "_bucket", 7) != 0 &&
         strncmp(suffix, "_sum", 4) != 0 && strncmp(suffix, "_count", 6) != 0))
        return false;
    at = labels_pass(at);
    if (!at || *at != ' ')
        return false;
    strtod(at + 1, &end);
    return end > at + 1 && *end == '\n';
}

/* Line by line; "": all of it is well. */
static const char *metrics_wrong(const char *text)
{
    static char wrong[128];
    char family[128] = "", type[32];

    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        bool is_good = strchr(line, '\n') != NULL;
        if (strncmp(line, "# TYPE ", 7) == 0)
            is_good = sscanf(line, "# TYPE %127s %31s", family, type) == 2 &&
                      (strcmp(type, "counter") == 0 || strcmp(type, "gauge") == 0 ||
                       strcmp(type, "histogram") == 0);
        else if (strncmp(line, "# HELP ", 7) != 0)
            is_good = is_good && sample_is_good(line, family);
        if (!is_good) {
            snprintf(wrong, sizeof(wrong), "%.*s", (int)strcspn(line, "\n"), line);
            return wrong;
        }
    }
    return "";
}

TEST(metrics_are_text_that_prometheus_reads)
{
    struct doors d;
    const char *text;

    doors_open(&d);
    grpc(&d, "Topology", "");
    rest(&d, "GET", "/v2/topology", "");
    rest(&d, "GET", "/v2/nowhere", "");
    rest(&d, "POST", "/v2/jobs/7/completion", "");
    refuse(&d, REJECT_NOT_FOUND, "no");
    rest(&d, "GET", "/metrics", "");
    CHECK_STR(d.reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
    text = arena_copy(&d.arena, d.reply.body).data; /* with a zero behind it */
    CHECK_STR(str_of(metrics_wrong(text)), "");
    CHECK(strstr(text, "fermata_requests_total{door=\"rest\",operation=\"completeJob\","
                       "status=\"404\"} 1\n"));
    CHECK(strstr(text, "fermata_requests_total{door=\"grpc\",operation=\"Topology\","
                       "status=\"0\"} 1\n"));
    CHECK(strstr(text, "fermata_requests_total{door=\"any\",operation=\"none\","
                       "status=\"404\"} 1\n"));
    CHECK(strstr(text, "fermata_request_seconds_bucket{door=\"rest\",operation="
                       "\"completeJob\",le=\"0.001\"} 1\n"));
    CHECK(strstr(text, "operation=\"completeJob\",le=\"+Inf\"} 1\n"));
    CHECK(strstr(text, "fermata_rejections_total{cause=\"NOT_FOUND\"} 1\n"));
    CHECK(strstr(text, "fermata_log_tail_entry{partition=\"1\"} 9\n"));
    CHECK(strstr(text, "fermata_calls_open 4\n"));
    doors_close(&d);
}

/* ---- pages of elsewhere
 * -------------------------------------------------------------- */

static void from_page(struct doors *d, const char *method, const char *path,
                      const char *origin)
{
    struct api_header headers[] = {{STR("host"), STR("here:8080")},
                                   {STR("origin"), str_of(origin)},
                                   {STR("access-control-request-headers"), STR("x-a")}};

    request(d, (struct api_request){.door = API_HTTP,
                                    .method = str_of(method),
                                    .path = str_of(path),
                                    .headers = headers,
                                    .header_count = LEN(headers)});
}

TEST(a_page_of_elsewhere_may_do_nothing_unless_it_is_allowed_to)
{
    static const struct {
        const char *origins, *method, *origin;
        i32 status; /* 0: the gate is asked */
        const char *allowed;
    } cases[] = {
        {"", "POST", "http://evil.example", 403, ""},
        {"", "POST", "null", 403, ""},
        {"", "POST", "http://here:8080", 0, ""},
        {"", "POST", "https://here:8080", 0, ""},
        {"", "POST", "", 0, ""},
        {"", "OPTIONS", "http://evil.example", 204, ""},
        {"http://a, http://b", "POST", "http://c", 403, ""},
        {"http://a, http://b", "OPTIONS", "http://b", 204, "http://b"},
        {"*", "OPTIONS", "http://b", 204, "*"},
    };

    for (size_t i = 0; i < LEN(cases); i++) {
        struct api_options options = api_options_default;
        struct doors d;
        options.cors_origins = str_of(cases[i].origins);
        doors_open_with(&d, &options);
        from_page(&d, cases[i].method, "/v2/jobs/7/completion", cases[i].origin);
        CHECK_INT(d.has_reply ? d.reply.status : 0, cases[i].status);
        if (d.has_reply)
            CHECK_STR(d.reply.allowed_origin, cases[i].allowed);
        if (d.has_reply && cases[i].allowed[0])
            CHECK_STR(str_of(reply_header(&d, "Access-Control-Allow-Headers")), "x-a");
        doors_close(&d);
    }
}

TEST(options_say_what_may_be_asked)
{
    struct doors d;

    doors_open(&d);
    from_page(&d, "OPTIONS", "/v2/clock", "");
    CHECK_INT(d.reply.status, 204);
    CHECK_STR(str_of(reply_header(&d, "Allow")), "PUT, OPTIONS");
    from_page(&d, "OPTIONS", "/v2/topology", "");
    CHECK_STR(str_of(reply_header(&d, "Allow")), "GET, HEAD, OPTIONS");
    from_page(&d, "OPTIONS", "/v2/nowhere", "");
    CHECK_INT(d.reply.status, 404);
    doors_close(&d);
}
