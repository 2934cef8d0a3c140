#include "state/state.h"

#include <stdio.h>

#include "base/prng.h"
#include "state/pack.h"
#include "state/write.h"
#include "t/test.h"

#define TENANT STR("<default>")

/* ---- rows against a plain array -------------------------------------------------- */

#define KEYS   24 /* few, so that rows meet */
#define OWNERS 3
#define TYPES  2

/* What each key of one table holds, kept as simply as can be. */
struct naive {
    struct element_row elements[KEYS];
    struct job_row jobs[KEYS];
    struct variable_row variables[KEYS];
    struct timer_row timers[KEYS];
    bool has_element[KEYS], has_job[KEYS], has_variable[KEYS], has_timer[KEYS];
};

static const struct str types[TYPES] = {{"pack", 4}, {"bill", 4}};
static const struct str values[] = {{"1", 1}, {"true", 4}, {"\"a longer value\"", 16}};

/* Keys of different tables do not meet, as in life. */
static u64 key_of(u32 table, u32 i)
{
    return 100 * (u64)(table + 1) + i;
}

/* What some owners own is of an instance, and what others do is of none. */
static u64 owner_instance(u64 owner)
{
    return owner == OWNERS ? 0 : owner;
}

/* What places a row is set once, but for jobs: it may change only by deleting it. */
static void element_change(struct state *s, struct naive *n, struct prng *p, u32 i)
{
    bool was = n->has_element[i];
    struct element_row *row = &n->elements[i];

    n->has_element[i] = prng_chance(p, 700);
    row->scope = was ? row->scope : 1 + prng_below(p, OWNERS);
    row->instance = owner_instance(row->scope);
    row->state = (u32)prng_below(p, 5);
    if (n->has_element[i])
        element_put(s, key_of(0, i), row);
    else if (was)
        element_del(s, key_of(0, i));
}

static void job_change(struct state *s, struct naive *n, struct prng *p, u32 i)
{
    bool was = n->has_job[i];
    struct job_row *row = &n->jobs[i];

    n->has_job[i] = prng_chance(p, 700);
    *row = (struct job_row){
        .element_instance = was ? row->element_instance : 1 + prng_below(p, OWNERS),
        .type = was ? row->type : types[prng_below(p, TYPES)],
        .tenant = TENANT,
        .state = JOB_STATE_ACTIVATABLE + (u32)prng_below(p, 3),
        .priority = (i32)prng_below(p, 3) - 1,
        .deadline = (i64)prng_below(p, 50) + 1,
        .recurs_at = (i64)prng_below(p, 50) + 1,
    };
    row->instance = owner_instance(row->element_instance);
    if (n->has_job[i])
        job_put(s, key_of(1, i), row);
    else if (was)
        job_del(s, key_of(1, i));
}

/* A name is there once in each scope. */
static void variable_change(struct state *s, struct naive *n, struct prng *p, u32 i)
{
    static char names[KEYS][8];
    int len = snprintf(names[i], sizeof(names[i]), "v%u", i);
    bool was = n->has_variable[i];
    struct variable_row *row = &n->variables[i];

    n->has_variable[i] = prng_chance(p, 700);
    *row = (struct variable_row){
        .scope = was ? row->scope : 1 + prng_below(p, OWNERS),
        .name = {names[i], (size_t)len},
        .value = values[prng_below(p, LEN(values))],
    };
    row->instance = owner_instance(row->scope);
    if (n->has_variable[i])
        variable_put(s, key_of(2, i), row);
    else if (was)
        variable_del(s, key_of(2, i));
}

static void timer_change(struct state *s, struct naive *n, struct prng *p, u32 i)
{
    if (n->has_timer[i]) {
        timer_del(s, key_of(3, i));
    } else {
        n->timers[i] = (struct timer_row){.element_instance = 1 + prng_below(p, OWNERS),
                                          .due = (i64)prng_below(p, 50) + 1};
        timer_put(s, key_of(3, i), &n->timers[i]);
    }
    n->has_timer[i] = !n->has_timer[i];
}

static void change(struct state *s, struct naive *n, struct prng *p)
{
    static void (*const changes[])(struct state *, struct naive *, struct prng *,
                                   u32) = {element_change, job_change, variable_change,
                                           timer_change};

    changes[prng_below(p, LEN(changes))](s, n, p, (u32)prng_below(p, KEYS));
}

/* ---- what is found, and what should be ------------------------------------------- */

static void children_check(const struct state *s, const struct naive *n)
{
    for (u64 scope = 1; scope <= OWNERS; scope++) {
        u64 after = 0, count = 0;
        for (u32 i = 0; i < KEYS; i++) {
            if (!n->has_element[i] || n->elements[i].scope != scope)
                continue;
            after = child_after(s, scope, after);
            CHECK_INT(after, key_of(0, i));
            count++;
        }
        CHECK_INT(child_after(s, scope, after), 0);
        CHECK_INT(child_count(s, scope), count);
    }
}

static bool job_before(const struct naive *n, u32 a, u32 b)
{
    return n->jobs[a].priority != n->jobs[b].priority
               ? n->jobs[a].priority > n->jobs[b].priority
               : a < b;
}

static void jobs_check(const struct state *s, const struct naive *n)
{
    for (u32 t = 0; t < TYPES; t++) {
        u64 count = 0;
        u32 first = KEYS;
        for (u32 i = 0; i < KEYS; i++) {
            if (!n->has_job[i] || n->jobs[i].state != JOB_STATE_ACTIVATABLE ||
                !str_equal(n->jobs[i].type, types[t]))
                continue;
            count++;
            if (first == KEYS || job_before(n, i, first))
                first = i;
        }
        CHECK_INT(job_waiting_count(s, TENANT, types[t]), count);
        CHECK_INT(job_waiting(s, TENANT, types[t]), count ? key_of(1, first) : 0);
    }
}

static void variables_check(const struct state *s, const struct naive *n)
{
    for (u32 i = 0; i < KEYS; i++)
        for (u64 scope = 1; n->variables[i].name.len && scope <= OWNERS; scope++) {
            bool is_here = n->has_variable[i] && n->variables[i].scope == scope;
            CHECK_INT(variable_find(s, scope, n->variables[i].name),
                      is_here ? key_of(2, i) : 0);
            if (is_here)
                CHECK(str_equal(variable_get(s, key_of(2, i))->value,
                                n->variables[i].value));
        }
}

static i64 job_due_at(const struct job_row *j)
{
    if (j->state == JOB_STATE_ACTIVATED)
        return j->deadline;
    return j->state == JOB_STATE_FAILED ? j->recurs_at : INT64_MAX;
}

static void due_check(const struct state *s, const struct naive *n)
{
    i64 first = INT64_MAX, when = 0;
    u64 key = 0, got = 0;
    enum table_id table;

    for (u32 i = 0; i < KEYS; i++)
        if (n->has_job[i] && job_due_at(&n->jobs[i]) < first) {
            first = job_due_at(&n->jobs[i]);
            key = key_of(1, i);
        }
    for (u32 i = 0; i < KEYS; i++)
        if (n->has_timer[i] && n->timers[i].due < first) {
            first = n->timers[i].due;
            key = key_of(3, i);
        }
    CHECK_INT(state_due_at(s, &when), key != 0);
    if (!key)
        return;
    CHECK_INT(when, first);
    CHECK(!state_due(s, first - 1, &table, &got));
    CHECK(state_due(s, first, &table, &got));
    CHECK_INT(got, key);
    CHECK_INT(table, key >= key_of(3, 0) ? TABLE_TIMER : TABLE_JOB);
}

/* All that the state says about the rows is what the arrays say. */
static void all_check(const struct state *s, const struct naive *n)
{
    children_check(s, n);
    jobs_check(s, n);
    variables_check(s, n);
    due_check(s, n);
}

TEST(after_any_changes_every_index_finds_what_a_plain_array_finds)
{
    for (u64 seed = 1; seed <= 20 && !test_has_failed(); seed++) {
        struct state *s = state_open();
        struct naive n = {0};
        struct prng p = {seed};
        for (u32 i = 0; i < 200; i++) {
            state_begin(s);
            change(s, &n, &p);
            state_commit(s);
            all_check(s, &n);
        }
        state_close(s);
    }
}

TEST(an_aborted_step_leaves_everything_as_it_was)
{
    for (u64 seed = 1; seed <= 20 && !test_has_failed(); seed++) {
        struct state *s = state_open();
        struct naive n = {0};
        struct prng p = {seed};
        for (u32 i = 0; i < 100; i++) {
            struct naive before = n;
            u64 hash = state_hash(s);
            bool goes_through = prng_chance(&p, 500);
            state_begin(s);
            state_set_now(s, state_now(s) + (i64)prng_below(&p, 3));
            state_used_key(s, 0, prng_below(&p, 100000));
            for (u64 k = prng_below(&p, 12); k > 0; k--)
                change(s, &n, &p);
            if (goes_through) {
                state_commit(s);
            } else {
                state_abort(s);
                n = before;
                CHECK(state_hash(s) == hash);
            }
            all_check(s, &n);
        }
        state_close(s);
    }
}

/* Puts all rows of the arrays in, from the last to the first. */
static void fill(struct state *s, const struct naive *n)
{
    state_begin(s);
    for (u32 i = KEYS; i-- > 0;) {
        if (n->has_timer[i])
            timer_put(s, key_of(3, i), &n->timers[i]);
        if (n->has_variable[i])
            variable_put(s, key_of(2, i), &n->variables[i]);
        if (n->has_job[i])
            job_put(s, key_of(1, i), &n->jobs[i]);
        if (n->has_element[i])
            element_put(s, key_of(0, i), &n->elements[i]);
    }
    state_commit(s);
}

TEST(the_hash_says_what_is_there_and_not_how_it_came)
{
    for (u64 seed = 1; seed <= 20; seed++) {
        struct state *a = state_open(), *b = state_open();
        struct naive n = {0};
        struct prng p = {seed};
        state_begin(a);
        for (u32 i = 0; i < 300; i++)
            change(a, &n, &p);
        state_commit(a);
        fill(b, &n);
        CHECK(state_hash(a) == state_hash(b));
        state_close(a);
        state_close(b);
    }
}

TEST(each_field_of_a_row_counts_in_the_hash)
{
    static const struct job_row rows[] = {
        {.type = {"a", 1}, .retries = 3},
        {.type = {"a", 1}, .retries = 2},
        {.type = {"b", 1}, .retries = 3},
        {.type = {"a", 1}, .retries = 3, .worker = {"w", 1}},
        {.type = {"a", 1}, .retries = 3, .state = JOB_STATE_FAILED},
    };
    u64 seen[LEN(rows) + 2];
    struct state *s = state_open();

    seen[LEN(rows)] = state_hash(s);
    for (size_t i = 0; i < LEN(rows); i++) {
        state_begin(s);
        job_put(s, 1, &rows[i]);
        state_commit(s);
        seen[i] = state_hash(s);
    }
    state_begin(s);
    state_set_now(s, 1);
    state_commit(s);
    seen[LEN(rows) + 1] = state_hash(s);
    for (size_t i = 0; i < LEN(seen); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(seen[i] != seen[k]);
    state_close(s);
}

/* ---- single properties ----------------------------------------------------------- */

TEST(a_row_that_was_read_stays_until_the_step_has_ended)
{
    struct state *s = state_open();

    state_begin(s);
    variable_put(
        s, 1, &(struct variable_row){.scope = 9, .name = STR("a"), .value = STR("1")});
    state_commit(s);
    state_begin(s);
    const struct variable_row *before = variable_get(s, 1);
    variable_put(
        s, 1, &(struct variable_row){.scope = 9, .name = STR("a"), .value = STR("2")});
    const struct variable_row *between = variable_get(s, 1);
    variable_del(s, 1);
    CHECK_STR(before->value, "1");
    CHECK_STR(between->value, "2");
    CHECK(!variable_get(s, 1));
    state_abort(s);
    CHECK_STR(variable_get(s, 1)->value, "1");
    state_close(s);
}

TEST(tokens_of_a_flow_come_out_oldest_first)
{
    struct state *s = state_open();

    state_begin(s);
    for (u64 key = 5; key > 0; key--)
        token_put(s, key, &(struct token_row){.scope = 9, .flow = key % 2 ? 7 : 8});
    CHECK_INT(token_first(s, 9, 7), 1);
    CHECK_INT(token_first(s, 9, 8), 2);
    CHECK_INT(token_first(s, 9, 6), 0);
    CHECK_INT(token_count(s, 9), 5);
    token_del(s, 1);
    CHECK_INT(token_first(s, 9, 7), 3);
    scope_clear_tokens(s, 9);
    CHECK_INT(token_count(s, 9), 0);
    state_commit(s);
    state_close(s);
}

TEST(a_scope_that_is_cleared_loses_variables_tokens_and_triggers_and_no_other_rows)
{
    struct state *s = state_open();
    struct variable_walk walk = {0};

    state_begin(s);
    for (u64 i = 0; i < 20; i++) {
        char name[4] = {(char)('a' + i)};
        u64 scope = i % 2 ? 9 : 8;
        variable_put(s, 100 + i,
                     &(struct variable_row){.scope = scope, .name = str_of(name)});
        token_put(s, 200 + i, &(struct token_row){.scope = scope, .flow = (u32)i});
        trigger_put(s, 300 + i, &(struct trigger_row){.element_instance = scope});
    }
    scope_clear(s, 9);
    CHECK_INT(variable_next(s, 9, &walk), 0);
    CHECK_INT(token_any(s, 9), 0);
    CHECK_INT(trigger_of(s, 9), 0);
    CHECK_INT(variable_count(s, 8), 10);
    CHECK_INT(token_count(s, 8), 10);
    CHECK(trigger_of(s, 8) != 0);
    state_commit(s);
    CHECK_INT(state_count(s, TABLE_TRIGGER), 10);
    state_close(s);
}

TEST(messages_are_found_by_name_and_key_in_their_order)
{
    struct state *s = state_open();
    struct message_row m = {.name = STR("paid"),
                            .correlation_key = STR("1"),
                            .message_id = STR("x"),
                            .tenant = TENANT,
                            .deadline = 10};

    state_begin(s);
    message_put(s, 3, &m);
    m.message_id = STR("y");
    message_put(s, 2, &m);
    m.correlation_key = STR("2");
    message_put(s, 1, &m);
    CHECK_INT(message_after(s, TENANT, STR("paid"), STR("1"), 0), 2);
    CHECK_INT(message_after(s, TENANT, STR("paid"), STR("1"), 2), 3);
    CHECK_INT(message_after(s, TENANT, STR("paid"), STR("1"), 3), 0);
    CHECK_INT(message_after(s, STR("other"), STR("paid"), STR("1"), 0), 0);
    CHECK_INT(message_with_id(s, TENANT, STR("paid"), STR("1"), STR("x")), 3);
    CHECK_INT(message_with_id(s, TENANT, STR("paid"), STR("2"), STR("x")), 0);
    state_commit(s);
    state_close(s);
}

TEST(names_are_not_mixed_up_where_they_meet)
{
    struct state *s = state_open();
    struct message_row m = {
        .name = STR("ab"), .correlation_key = STR("c"), .tenant = TENANT};

    state_begin(s);
    message_put(s, 1, &m);
    CHECK_INT(message_after(s, TENANT, STR("a"), STR("bc"), 0), 0);
    CHECK_INT(message_after(s, TENANT, STR("abc"), STR(""), 0), 0);
    CHECK_INT(message_after(s, TENANT, STR("ab"), STR("c"), 0), 1);
    state_commit(s);
    state_close(s);
}

TEST(versions_of_a_process_are_found_and_the_latest_is_the_highest)
{
    struct state *s = state_open();

    state_begin(s);
    for (i32 v = 3; v > 0; v--)
        process_put(s, (u64)v * 10,
                    &(struct process_row){
                        .bpmn_process_id = STR("p"), .version = v, .tenant = TENANT});
    CHECK_INT(process_latest(s, TENANT, STR("p")), 30);
    CHECK_INT(process_version(s, TENANT, STR("p"), 2), 20);
    CHECK_INT(process_version(s, TENANT, STR("p"), 4), 0);
    CHECK_INT(process_latest(s, STR("other"), STR("p")), 0);
    process_del(s, 30);
    CHECK_INT(process_latest(s, TENANT, STR("p")), 20);
    state_commit(s);
    state_close(s);
}

TEST(keys_of_other_partitions_do_not_move_the_counter)
{
    struct state *s = state_open();
    u64 ours = (u64)2 << 51, theirs = (u64)3 << 51;

    state_begin(s);
    state_used_key(s, 2, theirs + 100);
    CHECK_INT(state_last_key(s), 0);
    state_used_key(s, 2, ours + 7);
    state_used_key(s, 2, ours + 5);
    CHECK(state_last_key(s) == ours + 7);
    state_abort(s);
    CHECK_INT(state_last_key(s), 0);
    state_close(s);
}

TEST(a_table_of_thousands_of_rows_loses_none)
{
    struct state *s = state_open();

    state_begin(s);
    for (u64 key = 1; key <= 5000; key++)
        element_put(s, key * 7, &(struct element_row){.scope = key % 10 + 1});
    for (u64 key = 1; key <= 5000; key += 2)
        element_del(s, key * 7);
    state_commit(s);
    CHECK_INT(state_count(s, TABLE_ELEMENT), 2500);
    for (u64 key = 1; key <= 5000; key++)
        CHECK((element_get(s, key * 7) != NULL) == (key % 2 == 0));
    state_close(s);
}

/* A walk that rests after each row while others come and go, so that buckets split. */
TEST(a_walk_meets_each_row_that_stays_once_while_others_come_and_go)
{
    struct state *s = state_open();
    struct table_walk w = {0};
    u32 met[200] = {0}, others = 0;
    u64 key, next = 1000;

    state_begin(s);
    for (key = 1; key <= LEN(met); key++)
        element_put(s, key, &(struct element_row){.scope = 1});
    while (state_next(s, TABLE_ELEMENT, &w, &key)) {
        if (key <= LEN(met))
            met[key - 1]++;
        else
            others++;
        for (u32 i = 0; i < 10; i++)
            element_put(s, next++, &(struct element_row){.scope = 1});
        element_del(s, next - 1);
    }
    for (u32 i = 0; i < LEN(met); i++)
        CHECK_INT(met[i], 1);
    CHECK(others > 0 && others < next - 1000);
    CHECK(w.is_over && !state_next(s, TABLE_ELEMENT, &w, &key));
    state_commit(s);
    state_close(s);
}

/* ---- checkpoints ----------------------------------------------------------------- */

/* A state that is packed into a vault while it goes on changing. */
struct packing {
    struct state *s;
    struct naive n;
    struct prng p;
    struct vault *v;
    u64 hash, frozen, sealed; /* of what the vault has, of what it gets, gets next */
    u64 position;
    bool is_packing;
};

static void packing_step(struct packing *k)
{
    struct naive before = k->n;

    state_begin(k->s);
    state_set_now(k->s, state_now(k->s) + (i64)prng_below(&k->p, 3));
    state_used_key(k->s, 0, prng_below(&k->p, 100000));
    for (u64 i = prng_below(&k->p, 6); i > 0; i--)
        change(k->s, &k->n, &k->p);
    if (prng_chance(&k->p, 700)) {
        state_commit(k->s);
    } else {
        state_abort(k->s);
        k->n = before;
    }
}

static void packing_go_on(struct packing *k)
{
    struct err err = {0};

    if (!k->is_packing && k->v->position == k->position && prng_chance(&k->p, 300)) {
        state_freeze(k->s, k->v);
        k->frozen = state_hash(k->s);
        k->is_packing = true;
    } else if (k->is_packing && !state_pack(k->s, prng_below(&k->p, 400))) {
        state_seal(k->s, ++k->position);
        k->sealed = k->frozen;
        k->is_packing = false;
    }
    CHECK(vault_pump(k->v, &err));
    if (k->v->position == k->position)
        k->hash = k->sealed;
}

static u64 loaded_hash(struct vault *v)
{
    struct state *s = state_open();
    struct err err = {0};

    if (!state_load(s, v, NULL, NULL, &err))
        test_failed(__FILE__, __LINE__, "%s", err.text);
    u64 hash = state_hash(s);
    state_close(s);
    return hash;
}

static void packing_crash(struct packing *k)
{
    struct err err = {0};

    vault_mem_crash(k->v, prng_chance(&k->p, 500));
    if (k->v->position == k->position)
        k->hash = k->sealed;
    k->position = k->v->position;
    state_close(k->s);
    k->s = state_open();
    CHECK(state_load(k->s, k->v, NULL, NULL, &err));
    CHECK(state_hash(k->s) == k->hash);
    k->is_packing = false;
}

static void naive_of(struct packing *k)
{
    struct naive *n = &k->n;

    for (u32 i = 0; i < KEYS; i++) {
        n->has_element[i] = element_get(k->s, key_of(0, i));
        n->has_job[i] = job_get(k->s, key_of(1, i));
        n->has_variable[i] = variable_get(k->s, key_of(2, i));
        n->has_timer[i] = timer_get(k->s, key_of(3, i));
        if (n->has_element[i])
            n->elements[i] = *element_get(k->s, key_of(0, i));
        if (n->has_timer[i])
            n->timers[i] = *timer_get(k->s, key_of(3, i));
    }
}

TEST(a_checkpoint_is_the_state_at_its_freeze_whatever_comes_while_it_is_packed)
{
    u64 seals = 0;

    for (u64 seed = 1; seed <= 15 && !test_has_failed(); seed++) {
        struct packing k = {.s = state_open(), .p = {seed}};
        k.v = vault_mem_open(&(struct vault_mem_options){(u32)prng_below(&k.p, 3)});
        k.hash = state_hash(k.s);
        for (u32 i = 0; i < 150; i++) {
            packing_step(&k);
            packing_go_on(&k);
            CHECK(loaded_hash(k.v) == k.hash);
        }
        seals += k.v->position;
        state_close(k.s);
        vault_close(k.v);
    }
    CHECK(seals > 50);
}

TEST(a_state_that_was_loaded_goes_on_and_is_packed_again)
{
    for (u64 seed = 1; seed <= 20 && !test_has_failed(); seed++) {
        struct packing k = {.s = state_open(), .p = {seed}};
        k.v = vault_mem_open(&(struct vault_mem_options){1});
        k.hash = state_hash(k.s);
        for (u32 i = 0; i < 400; i++) {
            packing_step(&k);
            packing_go_on(&k);
            if (i % 50 == 49) {
                packing_crash(&k);
                k.n = (struct naive){0};
                naive_of(&k);
                for (u32 t = 0; t < KEYS; t++) { /* what places them stays */
                    k.n.has_job[t] = k.n.has_variable[t] = false;
                    state_begin(k.s);
                    if (job_get(k.s, key_of(1, t)))
                        job_del(k.s, key_of(1, t));
                    if (variable_get(k.s, key_of(2, t)))
                        variable_del(k.s, key_of(2, t));
                    state_commit(k.s);
                }
            }
        }
        state_close(k.s);
        vault_close(k.v);
    }
}

TEST(an_instance_that_comes_and_goes_between_two_freezes_is_never_packed)
{
    struct state *s = state_open();
    struct vault *v = vault_mem_open(&(struct vault_mem_options){0});

    for (u64 key = 100; key < 200; key += 10) {
        state_begin(s);
        instance_put(s, key, &(struct instance_row){.process = 1});
        for (u64 i = 1; i < 9; i++)
            variable_put(s, key + i,
                         &(struct variable_row){.instance = key, .scope = key});
        state_commit(s);
        CHECK_INT(state_changed(s), 1);
        state_begin(s);
        for (u64 i = 1; i < 9; i++)
            variable_del(s, key + i);
        instance_del(s, key);
        state_commit(s);
        CHECK_INT(state_changed(s), 0);
    }
    state_freeze(s, v);
    CHECK(!state_pack(s, 1));
    state_seal(s, 1);
    CHECK(vault_pump(v, &(struct err){0}));
    vault_mem_crash(v, false);
    CHECK_INT(v->pages, 0);
    state_close(s);
    vault_close(v);
}

/* Ten thousand rows of one instance: what a change costs is one page, not all. */
TEST(a_large_instance_is_packed_in_pages_of_its_own)
{
    struct state *s = state_open();
    struct vault *v = vault_mem_open(&(struct vault_mem_options){0});
    struct err err = {0};

    state_begin(s);
    for (u64 key = 11; key < 10011; key++)
        element_put(s, key, &(struct element_row){.instance = 10, .scope = 10});
    state_commit(s);
    state_freeze(s, v);
    while (state_pack(s, 1000))
        ;
    state_seal(s, 1);
    CHECK(vault_pump(v, &err));
    state_begin(s);
    element_put(s, 5000,
                &(struct element_row){.instance = 10, .scope = 10, .state = 2});
    state_commit(s);
    CHECK_INT(state_changed(s), 1);
    CHECK(vault_backlog(v) == 0);
    state_freeze(s, v);
    CHECK(!state_pack(s, 1));
    CHECK(vault_backlog(v) < 4000);
    state_seal(s, 2);
    CHECK(vault_pump(v, &err));
    CHECK(loaded_hash(v) == state_hash(s));
    state_close(s);
    vault_close(v);
}
