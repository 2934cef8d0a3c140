/* words.c - what clients call what is kept as a number. */
#include "state/read.h"

const char *batch_type_name(u32 kind)
{
    static const struct {
        enum command_kind kind;
        const char *name;
    } names[] = {
        {CMD_INSTANCE_CANCEL, "CANCEL_PROCESS_INSTANCE"},
        {CMD_INSTANCE_SUSPEND, "SUSPEND_PROCESS_INSTANCE"},
        {CMD_INSTANCE_RESUME, "RESUME_PROCESS_INSTANCE"},
        {CMD_INSTANCE_MIGRATE, "MIGRATE_PROCESS_INSTANCE"},
        {CMD_INSTANCE_MODIFY, "MODIFY_PROCESS_INSTANCE"},
        {CMD_INCIDENT_RESOLVE, "RESOLVE_INCIDENT"},
        {CMD_JOB_UPDATE, "UPDATE_JOB"},
        {CMD_INSTANCE_DELETE, "DELETE_PROCESS_INSTANCE"},
        {CMD_DECISIONS_DELETE, "DELETE_DECISION_INSTANCE"},
    };

    for (size_t i = 0; i < LEN(names); i++)
        if (names[i].kind == kind)
            return names[i].name;
    must(!"a command that batch operations are made of");
    return NULL;
}

const char *batch_state_name(u32 state)
{
    static const char *const names[] = {
        [BATCH_ACTIVE] = "ACTIVE",
        [BATCH_SUSPENDED] = "SUSPENDED",
        [BATCH_CANCELED] = "CANCELED",
        [BATCH_COMPLETED] = "COMPLETED",
        [BATCH_FAILED] = "FAILED",
        [BATCH_PARTIALLY_COMPLETED] = "PARTIALLY_COMPLETED",
    };

    must(state < LEN(names));
    return names[state];
}

const char *batch_item_state_name(u32 state)
{
    static const char *const names[] = {
        [BATCH_ITEM_ACTIVE] = "ACTIVE",     [BATCH_ITEM_COMPLETED] = "COMPLETED",
        [BATCH_ITEM_SKIPPED] = "SKIPPED",   [BATCH_ITEM_FAILED] = "FAILED",
        [BATCH_ITEM_CANCELED] = "CANCELED",
    };

    must(state < LEN(names));
    return names[state];
}

const char *job_kind_word(u32 kind)
{
    static const char *const names[] = {"BPMN_ELEMENT", "EXECUTION_LISTENER",
                                        "TASK_LISTENER", "AD_HOC_SUB_PROCESS"};

    must(kind < LEN(names));
    return names[kind];
}

/* The numbers are those of enum listener_event, from 1. */
const char *listener_event_word(u32 event)
{
    static const char *const names[] = {"UNSPECIFIED", "START",     "END",
                                        "CREATING",    "ASSIGNING", "UPDATING",
                                        "COMPLETING",  "CANCELING"};

    must(event < LEN(names));
    return names[event];
}
