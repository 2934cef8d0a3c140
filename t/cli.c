#include "cli/cli.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "cli/desk.h"
#include "cli/files.h"
#include "cli/remote.h"
#include "cli/shards.h"
#include "gate/gate.h"
#include "t/test.h"

static struct options got;

static bool reads(char command, int argc, char **argv)
{
    FILE *said = stderr, *nowhere = fopen("/dev/null", "w");

    stderr = nowhere;
    bool is_good = options_read(&got, command, argc, argv);
    stderr = said;
    fclose(nowhere);
    return is_good;
}

#define READS(command, ...) \
    reads(command, (int)LEN(((const char *[]){__VA_ARGS__})), (char *[]){__VA_ARGS__})

TEST(options_and_words_may_be_mixed)
{
    CHECK(READS('F', "1 + 2", "--feel", "--context", "{}", "--dialect=standard", "-1"));
    CHECK(got.feel && !got.unary);
    CHECK_STR(str_of(got.dialect), "standard");
    CHECK_INT(got.word_count, 2);
    CHECK_STR(str_of(got.words[0]), "1 + 2");
    CHECK_STR(str_of(got.words[1]), "-1");
}

TEST(any_number_of_files_may_be_named)
{
    CHECK(READS('L', "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "--json", "k"));
    CHECK_INT(got.word_count, 11);
    CHECK_STR(str_of(got.words[10]), "k");
    CHECK(got.json);
}

TEST(what_a_command_does_not_know_is_refused)
{
    CHECK(!READS('S', "word"));
    CHECK(!READS('F', "1", "--grpc", "x"));
    CHECK(!READS('F', "1", "--context"));
    CHECK(!READS('D', "--orders", "many"));
    CHECK(!READS('D', "--orders=-1"));
    CHECK(READS('D', "--orders=7"));
    CHECK_INT(got.orders, 7);
}

TEST(options_may_be_given_again_and_have_letters)
{
    CHECK(READS('a', "order", "-v", "a=1", "--variable", "b=2", "--variable=c", "-o",
                "json"));
    CHECK_INT(got.variable.count, 3);
    CHECK_STR(str_of(got.variable.items[1]), "b=2");
    CHECK_STR(str_of(got.output), "json");
    CHECK_INT(got.word_count, 1);
    CHECK_INT(got.rest, 1);
}

TEST(behind_two_dashes_all_are_words)
{
    CHECK(READS('w', "pack", "--once", "--", "sh", "-c", "--once", "--"));
    CHECK(got.once);
    CHECK_INT(got.word_count, 5);
    CHECK_INT(got.rest, 1);
    CHECK_STR(str_of(got.words[3]), "--once");
    CHECK(!READS('w', "pack", "--onec", "--", "sh"));
}

TEST(each_command_has_a_letter_of_its_own)
{
    static const char letters[] = {
#define COMMAND(name, letter, run, takes, synopsis, what, text) letter,
#include "cli/commands.def"
#undef COMMAND
    };

    for (size_t i = 0; i < LEN(letters); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(letters[i] != letters[k]);
}

static struct str span_of(const char *text, char *out)
{
    i64 ms;
    FILE *said = stderr, *nowhere = fopen("/dev/null", "w");

    stderr = nowhere;
    bool is_good = span_read("span", text, &ms) == CLI_GOOD;
    stderr = said;
    fclose(nowhere);
    snprintf(out, 32, "%lld", is_good ? (long long)ms : -1LL);
    return str_of(out);
}

TEST(spans_of_time_are_read)
{
    static const struct {
        const char *text, *ms;
    } rows[] = {
        {"500ms", "500"},
        {"30s", "30000"},
        {"5m", "300000"},
        {"5min", "300000"},
        {"2h", "7200000"},
        {"7d", "604800000"},
        {"1h 30m", "5400000"},
        {"1h30m", "5400000"},
        {"PT5M", "300000"},
        {"P1DT2H", "93600000"},
        {"P2W", "1209600000"},
        {"5", "-1"},
        {"", "-1"},
        {"5x", "-1"},
        {"-5s", "-1"},
        {"P", "-1"},
        {"PT5", "-1"},
        {"P1M", "-1"},
        {"99999999999d", "-1"},
    };
    char out[32];

    for (size_t i = 0; i < LEN(rows); i++)
        CHECK_STR(span_of(rows[i].text, out), rows[i].ms);
}

TEST(the_nearest_name_is_what_a_person_would_think_of)
{
    static const struct {
        const char *name, *nearest;
    } rows[] = {
        {"item", "items"},  {"itmes", "items"},
        {"ITEMS", "items"}, {"custmer", "customer"},
        {"x", ""},          {"zebra", ""},
        {"ab", "aB"},       {"customer", ""},
        {"", ""},
    };
    const struct str names[] = {STR("items"), STR("customer"), STR("y"), STR("aB"),
                                STR("")};

    for (size_t i = 0; i < LEN(rows); i++)
        CHECK_STR(name_nearest(str_of(rows[i].name), names, LEN(names)),
                  rows[i].nearest);
}

TEST(a_name_too_long_to_compare_has_no_nearest)
{
    char long_name[100];
    struct str name = {long_name, sizeof(long_name)};
    const struct str names[] = {STR("a"), {long_name, 64}};

    memset(long_name, 'a', sizeof(long_name));
    CHECK_INT(name_nearest(name, names, LEN(names)).len, 0);
}

TEST(a_folder_is_listed_in_order_and_a_file_read_whole)
{
    static const char *const files[] = {"b", "a", ".hidden", "c"};
    char folder[] = "/tmp/fermata-XXXXXX", path[64];
    const char *const *names;
    struct arena arena;
    struct str text;
    struct err err;
    size_t count;

    arena_init(&arena, 4096, 1 << 20, NULL);
    must(mkdtemp(folder));
    for (size_t i = 0; i < LEN(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        FILE *f = fopen(path, "wb");
        must(f);
        for (int k = 0; k < 9999; k++)
            fputs(files[i], f);
        fclose(f);
    }
    CHECK(files_is_folder(folder) && !files_is_folder(path));
    CHECK(files_list(folder, &arena, &names, &count, &err));
    CHECK_INT(count, 3);
    CHECK_STR(str_of(names[0]), "a");
    CHECK_STR(str_of(names[2]), "c");
    CHECK(input_read(path, &arena, &text, &err));
    CHECK_INT(text.len, 9999);
    CHECK(!input_read(folder, &arena, &text, &err));
    CHECK(strstr(err.text, "is a folder"));
    for (size_t i = 0; i < LEN(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
    CHECK(!files_list(folder, &arena, &names, &count, &err));
    CHECK(strstr(err.text, folder));
    arena_free(&arena);
}

/* ---- shards ------------------------------------------------------------------------
 */

static const char wait_xml[] =
    "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
    "xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\">"
    "<bpmn:message id=\"m\" name=\"paid\"><bpmn:extensionElements>"
    "<zeebe:subscription "
    "correlationKey=\"=k\"/></bpmn:extensionElements></bpmn:message>"
    "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/>"
    "<bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
    "<bpmn:receiveTask id=\"t\" messageRef=\"m\"/></bpmn:process></bpmn:definitions>";

#define PARTS 5

/* Partitions on shards, and the gate before them. */
struct parts {
    struct log *logs[PARTS];
    struct node *nodes[PARTS];
    struct shards *shards;
    struct gate *gate;
    int fd, fds[PARTS][2];
    u64 asked;
};

static void parts_news(void *ctx)
{
    u64 one = 1;

    CHECK(write(((struct parts *)ctx)->fd, &one, sizeof(one)) == sizeof(one));
}

static void parts_open(struct parts *p, u32 shards)
{
    struct err err;

    *p = (struct parts){.fd = eventfd(0, EFD_NONBLOCK)};
    for (u32 i = 0; i < PARTS; i++) {
        struct node_options options = node_options_default;
        options.engine = engine_options_default;
        options.engine.partition = i + 1;
        options.engine.partitions = PARTS;
        p->logs[i] = log_mem_open(&(struct log_mem_options){.keep = true});
        CHECK(log_claim(p->logs[i], &err));
        p->nodes[i] = node_open(&options, p->logs[i]);
        CHECK(node_recover(p->nodes[i], NULL, NULL, &err));
        p->fds[i][0] = p->fds[i][1] = -1;
    }
    p->shards = shards_open(&(struct shards_config){.nodes = p->nodes,
                                                    .wake_fds = p->fds,
                                                    .count = PARTS,
                                                    .shards = shards,
                                                    .wake = parts_news,
                                                    .ctx = p},
                            &err);
    CHECK(p->shards);
    p->gate = gate_open(&gate_options_default, shards_nodes(p->shards), PARTS);
}

static void parts_close(struct parts *p)
{
    gate_close(p->gate);
    shards_close(p->shards);
    for (u32 i = 0; i < PARTS; i++) {
        node_close(p->nodes[i]);
        log_close(p->logs[i]);
    }
    close(p->fd);
}

static void parts_ask(struct parts *p, enum command_kind kind, const void *record)
{
    gate_ask(p->gate,
             &(struct ask){.request = ++p->asked,
                           .kind = kind,
                           .record = record,
                           .tenant = STR("<default>"),
                           .wait_ms = 30000},
             1);
}

/* Turns until so many were answered; how many of them were not refused. */
static u32 parts_take(struct parts *p, u32 count)
{
    struct pollfd fd = {.fd = p->fd, .events = POLLIN};
    struct err err;
    u32 good = 0;
    u64 news;

    while (count > 0) {
        for (u32 i = 0; i < PARTS; i++)
            CHECK(node_pump(shards_nodes(p->shards)[i], 1, &err));
        gate_pump(p->gate, 1);
        shards_wake(p->shards);
        for (struct gate_answer a; gate_answer(p->gate, &a); gate_answer_done(&a)) {
            good += a.rejection == REJECT_NONE;
            count--;
        }
        if (count > 0 && poll(&fd, 1, 1) > 0)
            CHECK(read(p->fd, &news, sizeof(news)) > 0);
    }
    return good;
}

static void parts_work(struct parts *p, u32 count)
{
    struct resource file = {STR("p.bpmn"), str_of(wait_xml)};
    char text[32], key[32];

    parts_ask(p, CMD_DEPLOYMENT_CREATE, &(struct deployment_create){{&file, 1}});
    CHECK_INT(parts_take(p, 1), 1);
    for (u32 i = 0; i < count; i++) {
        snprintf(text, sizeof(text), "{\"k\":\"%u\"}", i);
        parts_ask(p, CMD_INSTANCE_CREATE,
                  &(struct instance_create){.bpmn_process_id = STR("p"),
                                            .version = -1,
                                            .variables = str_of(text),
                                            .awaits_result = true});
    }
    for (u32 i = 0; i < count; i++) {
        snprintf(key, sizeof(key), "%u", i);
        parts_ask(p, CMD_MESSAGE_PUBLISH,
                  &(struct message_publish){.name = STR("paid"),
                                            .correlation_key = str_of(key),
                                            .time_to_live = 1000000000});
    }
    CHECK_INT(parts_take(p, 2 * count), 2 * count);
}

TEST(partitions_on_threads_of_their_own_work_for_each_other)
{
    static const u32 shards[] = {1, 2, 5, 64};
    struct parts p;

    for (size_t i = 0; i < LEN(shards); i++) {
        parts_open(&p, shards[i]);
        parts_work(&p, 200);
        parts_close(&p);
    }
}
