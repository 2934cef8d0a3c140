/* The searchable copy, over each of its keepers; and how it follows the logs. */
#include "t/contract/view.c"

#include <unistd.h>

static void nothing_remove(const char *place)
{
}

static void file_remove(const char *place)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[200];

    for (size_t i = 0; i < LEN(ends); i++) {
        snprintf(path, sizeof(path), "%s%s", place, ends[i]);
        unlink(path);
    }
}

/* By what t/postgres.sh says: a server of its own. */
static void schema_remove(const char *place)
{
    struct view_options options = view_options_default;
    struct err err;

    options.place = place;
    CHECK(view_clear(&options, &err) || (fprintf(stderr, "%s\n", err.text), false));
}

static char file_place[64];
static const char *postgres_place(void)
{
    const char *place = getenv("FERMATA_POSTGRES");

    if (!place) {
        fprintf(stderr, "this needs a PostgreSQL server: t/postgres.sh PROGRAM\n");
        exit(2);
    }
    return place;
}

static struct kept keepers[] = {
    {"memory", ":memory:", false, nothing_remove},
    {"file", file_place, true, file_remove},
    {"postgres", NULL, true, schema_remove},
};

static size_t keeper_count(void)
{
    snprintf(file_place, sizeof(file_place), "/tmp/fermata-view-%d", (int)getpid());
    keepers[2].place = postgres_place();
    return LEN(keepers);
}

/* ---- following
 * ------------------------------------------------------------------------ */

/* A log in memory, which a thread follows. */
struct followed {
    struct bench b;
    struct log *logs[2];
    struct view_follower *follower;
};

static void followed_open(struct followed *f, bool has_thread)
{
    bench_open(&f->b, &keepers[0]);
    for (u32 i = 0; i < 2; i++) {
        f->logs[i] = log_mem_open(&(struct log_mem_options){.keep = true});
        CHECK(log_claim(f->logs[i], &f->b.err));
    }
    f->follower = view_follow(f->b.view, f->logs, 2, has_thread, &f->b.err);
    CHECK(f->follower != NULL);
}

static void followed_close(struct followed *f)
{
    view_unfollow(f->follower);
    for (u32 i = 0; i < 2; i++)
        log_close(f->logs[i]);
    bench_close(&f->b);
}

static void log_it(struct followed *f, u32 i)
{
    log_append(f->logs[i], entry_bytes(&f->b, f->logs[i]->tail));
    CHECK(log_pump(f->logs[i], &f->b.err));
    f->b.now++;
}

static void instance_log(struct followed *f, u64 key)
{
    happens(&f->b, EV_INSTANCE_CREATED, key,
            &(struct instance_row){.bpmn_process_id = STR("p")});
    log_it(f, key >> 51 == 2);
}

static void publish(struct followed *f)
{
    for (u32 i = 0; i < 2; i++)
        view_publish(f->follower, i + 1, f->logs[i]->durable);
}

static void ask_one(struct followed *f, u64 request, u64 key)
{
    view_ask(f->follower,
             &(struct view_ask){
                 request, key, &(struct search_ask){.what = SEARCH_PROCESS_INSTANCES}});
}

static struct view_answer answer_wait(struct followed *f)
{
    struct view_answer a = {0};

    for (u32 i = 0; i < 5000 && !view_answer(f->follower, &a); i++)
        usleep(1000);
    return a;
}

TEST(a_search_sees_what_was_durable_when_it_came)
{
    struct followed f;

    followed_open(&f, true);
    for (u64 i = 1; i <= 500; i++) {
        u64 key = ((i % 2 + 1) << 51) + i;
        instance_log(&f, key);
        publish(&f);
        ask_one(&f, i, key);
        struct view_answer a = answer_wait(&f);
        CHECK_INT(a.request, i);
        CHECK_INT(a.rejection, REJECT_NONE);
        CHECK(!a.is_stale);
        view_answer_done(&a);
    }
    followed_close(&f);
}

TEST(a_search_waits_for_each_partition_and_is_answered_in_the_end_all_the_same)
{
    struct followed f;
    struct view_answer a;

    followed_open(&f, false);
    instance_log(&f, KEY + 1);
    publish(&f);
    view_publish(f.follower, 2, 5); /* which nobody will ever read */
    ask_one(&f, 1, KEY + 1);
    view_turn(f.follower);
    CHECK(!view_answer(f.follower, &a));
    CHECK_INT(view_lag(f.follower), 4);
    usleep(2100 * 1000);
    view_turn(f.follower);
    CHECK(view_answer(f.follower, &a));
    CHECK_INT(a.rejection, REJECT_NONE);
    CHECK(a.is_stale);
    view_answer_done(&a);
    followed_close(&f);
}

TEST(what_is_committed_may_be_trimmed)
{
    struct followed f;

    followed_open(&f, true);
    instance_log(&f, KEY + 1);
    publish(&f);
    for (u32 i = 0; i < 3000 && view_committed(f.follower, 1) < 2; i++)
        usleep(1000);
    CHECK_INT(view_committed(f.follower, 1), 2);
    CHECK_INT(view_committed(f.follower, 2), 1);
    followed_close(&f);
}

TEST(a_copy_that_is_lost_refuses_and_says_why)
{
    struct followed f;
    struct err err;

    followed_open(&f, true);
    log_append(f.logs[0], STR("\xff\xff"));
    CHECK(log_pump(f.logs[0], &f.b.err));
    publish(&f);
    ask_one(&f, 1, KEY + 1);
    struct view_answer a = answer_wait(&f);
    CHECK_INT(a.rejection, REJECT_UNAVAILABLE);
    CHECK(view_failed(f.follower, &err));
    CHECK_STR(a.text, err.text);
    view_answer_done(&a);
    followed_close(&f);
}
