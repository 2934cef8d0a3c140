#include "state/home.h"

/* Of what a row is a part: of itself, of the instance that it names, of the other rows
 * of its table whose keys are near. */
enum kind { SHARED, ALONE, OWN, PART };

#define OF(noun, field) PART, offsetof(struct noun##_row, field)

/* Numbers stand in stored pages: they are never used again for another table. */
static const struct {
    u8 number;
    enum kind kind;
    size_t instance;
} homes[TABLE_COUNT] = {
    [TABLE_RESOURCE] = {1, ALONE},
    [TABLE_PROCESS] = {2, SHARED},
    [TABLE_REQUIREMENTS] = {3, SHARED},
    [TABLE_DECISION] = {4, SHARED},
    [TABLE_ARTIFACT] = {5, ALONE},
    [TABLE_INSTANCE] = {6, OWN},
    [TABLE_ELEMENT] = {7, OF(element, instance)},
    [TABLE_TOKEN] = {8, OF(token, instance)},
    [TABLE_TRIGGER] = {9, OF(trigger, instance)},
    [TABLE_VARIABLE] = {10, OF(variable, instance)},
    [TABLE_JOB] = {11, OF(job, instance)},
    [TABLE_TIMER] = {12, OF(timer, instance)},
    [TABLE_INCIDENT] = {13, OF(incident, instance)},
    [TABLE_MESSAGE] = {14, SHARED},
    [TABLE_MESSAGE_SUBSCRIPTION] = {15, SHARED},
    [TABLE_PROCESS_SUBSCRIPTION] = {16, OF(process_subscription, instance)},
    [TABLE_START_SUBSCRIPTION] = {17, SHARED},
    [TABLE_START_LOCK] = {18, SHARED},
    [TABLE_PENDING] = {19, OF(pending, instance)},
    [TABLE_LOOP] = {20, OF(loop, instance)},
    [TABLE_LOOP_RESULT] = {21, OF(loop_result, instance)},
    [TABLE_SIGNAL_SUBSCRIPTION] = {22, OF(signal_subscription, instance)},
    [TABLE_COMPENSATION] = {23, OF(compensation, instance)},
    [TABLE_CONDITION] = {24, OF(condition, instance)},
    [TABLE_USER_TASK] = {25, OF(user_task, instance)},
    [TABLE_BATCH] = {26, SHARED},
    [TABLE_BATCH_WORK] = {27, SHARED},
    [TABLE_BATCH_ITEM] = {28, SHARED},
    [TABLE_HELD] = {29, OF(held, root)},
    [TABLE_ENDED_TASK] = {30, SHARED},
    [TABLE_EVALUATION] = {31, SHARED},
    [TABLE_OUTBOX] = {32, SHARED},
    [TABLE_PARTITION] = {33, SHARED},
    [TABLE_CLUSTER_VARIABLE] = {34, ALONE},
    [TABLE_GLOBAL_LISTENER] = {35, SHARED},
    [TABLE_CLOCK] = {36, SHARED},
};

/* Keys of one range of 32 share a page. */
enum { SHARED_BITS = 5 };

const u64 *home_instance(enum table_id table, const void *record)
{
    const u64 *instance = (const void *)((const char *)record + homes[table].instance);

    return homes[table].kind == PART && *instance ? instance : NULL;
}

void home_complete(enum table_id table, void *record, u64 aggregate, u32 page)
{
    u64 *instance = (void *)((char *)record + homes[table].instance);

    if (homes[table].kind == PART && !(page & PAGE_SHARED) && *instance == 0)
        *instance = aggregate;
}

struct home home_of(enum table_id table, u64 key, const void *record)
{
    const u64 *instance = home_instance(table, record);

    if (homes[table].kind == OWN)
        return (struct home){key, 0};
    if (instance)
        return (struct home){*instance, 0};
    if (homes[table].kind != ALONE)
        key = key >> SHARED_BITS << SHARED_BITS;
    return (struct home){key, PAGE_SHARED | homes[table].number};
}

u32 home_number(enum table_id table)
{
    return homes[table].number;
}

bool home_table(u64 number, enum table_id *out)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (homes[i].number == number) {
            *out = (enum table_id)i;
            return true;
        }
    return false;
}

void homes_check(void)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        must(homes[i].number);
        for (size_t k = 0; k < i; k++)
            must(homes[i].number != homes[k].number);
    }
}
