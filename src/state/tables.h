/* tables.h - the kinds of rows that state is made of.
 *
 * TABLE(NAME, noun, links, due): links are the ordered sets a row stands in (beside its
 * place in the table by key), due whether it can be due at a time. For every noun there
 * are noun_get (read.h), noun_put and noun_del (write.h). */
#ifndef TABLES_H
#define TABLES_H

/* clang-format off */
#define TABLES(X)                                    \
    X(RESOURCE,             resource,             0, 0) \
    X(PROCESS,              process,              2, 0) \
    X(REQUIREMENTS,         requirements,         1, 0) \
    X(DECISION,             decision,             2, 0) \
    X(ARTIFACT,             artifact,             1, 0) \
    X(INSTANCE,             instance,             2, 0) \
    X(ELEMENT,              element,              1, 0) \
    X(TOKEN,                token,                1, 0) \
    X(TRIGGER,              trigger,              1, 0) \
    X(VARIABLE,             variable,             1, 0) \
    X(JOB,                  job,                  2, 1) \
    X(TIMER,                timer,                1, 1) \
    X(INCIDENT,             incident,             1, 0) \
    X(MESSAGE,              message,              2, 1) \
    X(MESSAGE_SUBSCRIPTION, message_subscription, 2, 0) \
    X(PROCESS_SUBSCRIPTION, process_subscription, 1, 0) \
    X(START_SUBSCRIPTION,   start_subscription,   2, 0) \
    X(START_LOCK,           start_lock,           1, 0) \
    X(PENDING,              pending,              1, 0) \
    X(LOOP,                 loop,                 0, 0) \
    X(LOOP_RESULT,          loop_result,          1, 0) \
    X(SIGNAL_SUBSCRIPTION,  signal_subscription,  2, 0) \
    X(COMPENSATION,         compensation,         2, 0) \
    X(CONDITION,            condition,            2, 0) \
    X(USER_TASK,            user_task,            1, 0) \
    X(BATCH,                batch,                1, 0) \
    X(BATCH_WORK,           batch_work,           1, 0) \
    X(BATCH_ITEM,           batch_item,           1, 0) \
    X(HELD,                 held,                 1, 0) \
    X(ENDED_TASK,           ended_task,           1, 0) \
    X(EVALUATION,           evaluation,           1, 0) \
    X(CLUSTER_VARIABLE,     cluster_variable,     2, 0) \
    X(GLOBAL_LISTENER,      global_listener,      1, 0) \
    X(CLOCK,                clock,                0, 0) \
    X(OUTBOX,               outbox,               1, 0) \
    X(PARTITION,            partition,            0, 0)
/* clang-format on */

enum table_id {
#define X(name, noun, links, due) TABLE_##name,
    TABLES(X)
#undef X
        TABLE_COUNT
};

#endif
