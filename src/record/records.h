/* records.h - printed from records.def by tools/describe; edit that. */
#ifndef RECORDS_H
#define RECORDS_H

#include "base/base.h"

struct shape;

struct u64_list {
    const u64 *items;
    u32 count;
};

struct text_list {
    const struct str *items;
    u32 count;
};

/* one file of a deployment */
struct resource {
    struct str name;
    struct str content;
};

struct resource_list {
    const struct resource *items;
    u32 count;
};

/* one process of a deployment */
struct process_metadata {
    struct str bpmn_process_id;
    i32 version;
    u64 process_key;
    struct str resource_name;
    struct str tenant;
    bool is_duplicate;
};

struct process_metadata_list {
    const struct process_metadata *items;
    u32 count;
};

/* one thing of a deployment: one of these */
struct deployment_part {
    const struct process_metadata *process; /* NULL: absent */
    const struct decision_metadata *decision; /* NULL: absent */
    const struct requirements_metadata *requirements; /* NULL: absent */
    const struct artifact_metadata *form; /* NULL: absent */
    const struct artifact_metadata *file; /* NULL: absent */
};

struct deployment_part_list {
    const struct deployment_part *items;
    u32 count;
};

/* an element to begin at */
struct start_instruction {
    struct str element_id;
};

struct start_instruction_list {
    const struct start_instruction *items;
    u32 count;
};

/* an element to end after */
struct runtime_instruction {
    struct str after_element_id;
    struct str type;
};

struct runtime_instruction_list {
    const struct runtime_instruction *items;
    u32 count;
};

/* variables of an element that a modification begins */
struct variable_instruction {
    struct str variables; /* JSON text */
    struct str scope_id;
};

struct variable_instruction_list {
    const struct variable_instruction *items;
    u32 count;
};

/* an element that is to begin */
struct activate_instruction {
    struct str element_id;
    u64 ancestor;
    struct variable_instruction_list variables;
};

struct activate_instruction_list {
    const struct activate_instruction *items;
    u32 count;
};

/* an element instance that is to end; or all of an element */
struct terminate_instruction {
    u64 element_instance;
    struct str element_id;
};

struct terminate_instruction_list {
    const struct terminate_instruction *items;
    u32 count;
};

/* for each that ends here, one that begins there */
struct move_instruction {
    u64 source_instance;
    struct str source_id;
    struct str target_id;
    struct variable_instruction_list variables;
    u64 ancestor;
    bool infers_ancestor;
    bool uses_source_parent;
    struct str source_type;
    struct str ancestor_type;
};

struct move_instruction_list {
    const struct move_instruction *items;
    u32 count;
};

/* an element of the old process, and which it is in the new one */
struct mapping_instruction {
    struct str source_id;
    struct str target_id;
};

struct mapping_instruction_list {
    const struct mapping_instruction *items;
    u32 count;
};

/* a job as its worker sees it */
struct activated_job {
    u64 key;
    struct str type;
    u64 instance_key;
    struct str bpmn_process_id;
    i32 version;
    u64 process_key;
    struct str element_id;
    u64 element_instance_key;
    struct str custom_headers; /* JSON text */
    struct str worker;
    i32 retries;
    i64 deadline;
    struct str variables; /* JSON text */
    struct str tenant;
    i32 kind;
    struct str kind_name;
    i32 listener_event;
    struct str listener_event_name;
    struct text_list tags;
    struct str business_id;
    i32 priority;
    u64 root_instance_key;
    const struct user_task_properties *user_task; /* NULL: absent */
};

struct activated_job_list {
    const struct activated_job *items;
    u32 count;
};

/* an element that is to begin in an ad-hoc sub-process */
struct ad_hoc_element {
    struct str element_id;
    struct str variables; /* JSON text */
};

struct ad_hoc_element_list {
    const struct ad_hoc_element *items;
    u32 count;
};

/* what an input of a decision table was */
struct evaluated_input {
    struct str input_id;
    struct str input_name;
    struct str value; /* JSON text */
};

struct evaluated_input_list {
    const struct evaluated_input *items;
    u32 count;
};

/* what a matched rule gives for an output */
struct evaluated_output {
    struct str output_id;
    struct str output_name;
    struct str value; /* JSON text */
    struct str rule_id;
    i32 rule_index;
};

struct evaluated_output_list {
    const struct evaluated_output *items;
    u32 count;
};

/* a rule of a decision table that fits its inputs */
struct matched_rule {
    struct str rule_id;
    i32 rule_index;
    struct evaluated_output_list outputs;
};

struct matched_rule_list {
    const struct matched_rule *items;
    u32 count;
};

/* one decision of those that were made for another */
struct evaluated_decision {
    u64 decision_key;
    struct str decision_id;
    struct str decision_name;
    i32 version;
    struct str type;
    struct str output; /* JSON text */
    struct matched_rule_list rules;
    struct evaluated_input_list inputs;
    struct str tenant;
    struct str instance_key;
};

struct evaluated_decision_list {
    const struct evaluated_decision *items;
    u32 count;
};

/* an instance that was started */
struct instance_reference {
    u64 process_key;
    u64 instance_key;
};

struct instance_reference_list {
    const struct instance_reference *items;
    u32 count;
};

/* a row that was found */
struct search_hit {
    struct str order;
    struct str item; /* JSON text */
};

struct search_hit_list {
    const struct search_hit *items;
    u32 count;
};

/* who has asked for jobs of a type, as far as the gate remembers */
struct job_asker {
    struct str type;
    struct str worker;
    i64 asked_at;
    u32 waiting;
};

struct job_asker_list {
    const struct job_asker *items;
    u32 count;
};

/* messages of one name and key that may still be taken */
struct buffered_messages {
    struct str name;
    struct str correlation_key;
    u32 count;
};

struct buffered_messages_list {
    const struct buffered_messages *items;
    u32 count;
};

/* what an expression was warned of */
struct expression_note {
    struct str message;
};

struct expression_note_list {
    const struct expression_note *items;
    u32 count;
};

/* a variable of a scope was made or got another value */
struct variable_change {
    u64 scope;
    struct str name;
    bool is_created;
};

struct variable_change_list {
    const struct variable_change *items;
    u32 count;
};

/* how far a partition has come with a batch operation; also told to its first one */
struct batch_part {
    u32 partition;
    u64 total;
    u64 completed;
    u64 failed;
    bool is_done;
    struct str error;
};

struct batch_part_list {
    const struct batch_part *items;
    u32 count;
};

/* a model of decisions as it was when another one that imports it was deployed */
struct imported {
    struct str uri;
    struct str content;
};

struct imported_list {
    const struct imported *items;
    u32 count;
};

/* a deployed file */
struct resource_row {
    struct str name;
    u64 checksum;
    struct str content;
    struct str tenant;
    struct imported_list imports;
};

struct resource_row_list {
    const struct resource_row *items;
    u32 count;
};

/* a version of a process */
struct process_row {
    struct str bpmn_process_id;
    i32 version;
    struct str version_tag;
    u64 resource;
    struct str resource_name;
    u64 checksum;
    u64 deployment;
    struct str tenant;
    bool is_deleted;
};

struct process_row_list {
    const struct process_row *items;
    u32 count;
};

/* a version of a graph of decisions */
struct requirements_row {
    struct str id;
    struct str name;
    i32 version;
    u64 resource;
    struct str resource_name;
    u64 checksum;
    u64 deployment;
    struct str tenant;
    bool is_deleted;
    struct str uri;
};

struct requirements_row_list {
    const struct requirements_row *items;
    u32 count;
};

/* a version of a decision */
struct decision_row {
    struct str id;
    struct str name;
    i32 version;
    struct str version_tag;
    u64 requirements;
    u64 deployment;
    struct str tenant;
    bool is_deleted;
};

struct decision_row_list {
    const struct decision_row *items;
    u32 count;
};

/* a version of a form, or of a file of no kind that we read */
struct artifact_row {
    u32 kind;
    struct str id;
    i32 version;
    struct str version_tag;
    u64 resource;
    struct str resource_name;
    u64 checksum;
    u64 deployment;
    struct str tenant;
    bool is_deleted;
};

struct artifact_row_list {
    const struct artifact_row *items;
    u32 count;
};

/* something that a batch operation is done to */
struct batch_item_row {
    u64 batch;
    u32 kind;
    u64 item;
    u64 instance;
    u64 root;
    u32 state;
    i64 processed_at;
    struct str error;
};

struct batch_item_row_list {
    const struct batch_item_row *items;
    u32 count;
};

/* a command or answer without fields */
struct nothing {
};

/* files to deploy, all or none */
struct deployment_create {
    struct resource_list resources;
};

/* one decision of a deployment */
struct decision_metadata {
    struct str decision_id;
    struct str decision_name;
    i32 version;
    u64 decision_key;
    struct str requirements_id;
    u64 requirements_key;
    struct str tenant;
    bool is_duplicate;
};

/* one graph of decisions of a deployment */
struct requirements_metadata {
    struct str requirements_id;
    struct str requirements_name;
    i32 version;
    u64 requirements_key;
    struct str resource_name;
    struct str tenant;
    bool is_duplicate;
};

/* one form, or file of no kind that we read, of a deployment */
struct artifact_metadata {
    struct str artifact_id;
    i32 version;
    u64 artifact_key;
    struct str resource_name;
    struct str tenant;
    bool is_duplicate;
};

/* what a deployment has made or found unchanged */
struct deployment_created {
    u64 deployment_key;
    struct process_metadata_list processes;
    struct str tenant;
    struct deployment_part_list all;
    struct deployment_part_list named;
};

/* a deployment's new parts, for another partition */
struct deployment_distribute {
    struct resource_row_list resources;
    struct process_row_list processes;
    struct u64_list resource_keys;
    struct u64_list process_keys;
    struct requirements_row_list requirements;
    struct u64_list requirements_keys;
    struct decision_row_list decisions;
    struct u64_list decision_keys;
    struct artifact_row_list artifacts;
    struct u64_list artifact_keys;
};

/* something deployed that is to go */
struct resource_delete {
    bool deletes_history;
};

/* the key of what is gone, as text */
struct resource_was_deleted {
    struct str resource_key;
    const struct batch_created *batch; /* NULL: absent */
};

/* start an instance of a process */
struct instance_create {
    struct str bpmn_process_id;
    i32 version;
    u64 process_key;
    struct str variables; /* JSON text */
    bool awaits_result;
    struct text_list fetch_variables;
    struct start_instruction_list starts;
    struct runtime_instruction_list ends;
    struct text_list tags;
    struct str business_id;
};

/* the instance that was started; with its result, if awaited */
struct instance_created {
    u64 process_key;
    struct str bpmn_process_id;
    i32 version;
    u64 instance_key;
    struct str tenant;
    struct str variables; /* JSON text */
    struct text_list tags;
    struct str business_id;
};

/* what begins and what ends in an instance, at once */
struct instance_modify {
    struct activate_instruction_list activates;
    struct terminate_instruction_list terminates;
    struct move_instruction_list moves;
};

/* an instance goes on as one of another process */
struct instance_migrate {
    u64 target_process;
    struct mapping_instruction_list mappings;
};

/* a job's place among those that wait */
struct job_update_priority {
    i32 priority;
    bool has_priority;
};

/* an instance's business id */
struct business_id_assign {
    struct str business_id;
};

/* take jobs of a type */
struct job_activate {
    struct str type;
    struct str worker;
    i64 timeout;
    i32 max_jobs;
    struct text_list fetch_variables;
    struct text_list tenants;
};

/* a user task as its listeners see it */
struct user_task_properties {
    struct str action;
    struct str assignee;
    struct text_list candidate_groups;
    struct text_list candidate_users;
    struct text_list changed_attributes;
    struct str due_date;
    struct str follow_up_date;
    u64 form_key;
    i32 priority;
    u64 key;
};

/* jobs for one worker */
struct jobs_activated {
    struct activated_job_list jobs;
    bool is_truncated;
};

/* a job is done */
struct job_complete {
    struct str variables; /* JSON text */
    bool is_denied;
    struct str denied_reason;
    const struct user_task_change *corrections; /* NULL: absent */
    struct ad_hoc_element_list activates;
    bool is_fulfilled;
    bool cancels_remaining;
};

/* what is to begin in an ad-hoc sub-process */
struct ad_hoc_activate {
    struct ad_hoc_element_list elements;
    bool cancels_remaining;
};

/* what is to be otherwise about a user task */
struct user_task_change {
    bool has_assignee;
    struct str assignee;
    bool has_candidate_groups;
    struct text_list candidate_groups;
    bool has_candidate_users;
    struct text_list candidate_users;
    bool has_due_date;
    struct str due_date;
    bool has_follow_up_date;
    struct str follow_up_date;
    bool has_priority;
    i32 priority;
};

/* somebody has done a user task */
struct user_task_complete {
    struct str variables; /* JSON text */
    struct str action;
};

/* somebody is to do a user task */
struct user_task_assign {
    struct str assignee;
    bool has_override;
    bool overrides;
    struct str action;
};

/* a user task's attributes change */
struct user_task_update {
    const struct user_task_change *changeset; /* NULL: absent */
    struct str action;
};

/* a job could not be done */
struct job_fail {
    i32 retries;
    struct str error_message;
    i64 retry_back_off;
    struct str variables; /* JSON text */
};

/* a job ends in a BPMN error */
struct job_throw_error {
    struct str error_code;
    struct str error_message;
    struct str variables; /* JSON text */
};

/* a job's retries */
struct job_update_retries {
    i32 retries;
};

/* how long a taken job stays taken, from now */
struct job_update_timeout {
    i64 timeout;
};

/* retries, timeout, priority, or all of them */
struct job_update {
    bool has_retries;
    i32 retries;
    bool has_timeout;
    i64 timeout;
    bool has_priority;
    i32 priority;
};

/* a message for whoever waits for it, or will */
struct message_publish {
    struct str name;
    struct str correlation_key;
    i64 time_to_live;
    struct str message_id;
    struct str variables; /* JSON text */
};

/* the message's key */
struct message_published {
    u64 message_key;
    struct str tenant;
};

/* a message for somebody who waits for it now */
struct message_correlate {
    struct str name;
    struct str correlation_key;
    struct str variables; /* JSON text */
};

/* who took it */
struct message_correlated {
    u64 message_key;
    u64 instance_key;
    struct str tenant;
};

/* make a decision: the latest of an id, or the one with a key */
struct decision_evaluate {
    struct str decision_id;
    u64 decision_key;
    struct str variables; /* JSON text */
};

/* a decision that was made or could not be; an event and an answer */
struct decision_evaluated {
    u64 decision_key;
    struct str decision_id;
    struct str decision_name;
    i32 version;
    struct str requirements_id;
    u64 requirements_key;
    struct str output; /* JSON text */
    struct evaluated_decision_list decisions;
    struct str failed_decision_id;
    struct str failure_message;
    struct str tenant;
    u64 evaluation_key;
    u64 instance;
    u64 process;
    u32 element;
    u64 element_instance;
    struct text_list warnings;
};

/* variables of a scope */
struct variables_set {
    struct str variables; /* JSON text */
    bool is_local;
};

/* the key of that change */
struct variables_were_set {
    u64 key;
};

/* a signal for all who wait for it now */
struct signal_broadcast {
    struct str name;
    struct str variables; /* JSON text */
    u64 signal;
};

/* the signal's key */
struct signal_was_broadcast {
    u64 signal_key;
    struct str tenant;
};

/* start all that waits for these variables to be so */
struct conditions_evaluate {
    u64 process_key;
    struct str variables; /* JSON text */
};

/* what was started */
struct conditions_were_evaluated {
    u64 key;
    struct str tenant;
    struct instance_reference_list instances;
};

/* something to be done to all that a filter leaves */
struct batch_create {
    struct str filter; /* JSON text */
};

/* instances to go on as those of another process */
struct batch_migrate {
    struct str filter; /* JSON text */
    const struct instance_migrate *plan; /* NULL: absent */
};

/* instances whose elements are to move */
struct batch_modify {
    struct str filter; /* JSON text */
    struct move_instruction_list moves;
};

/* jobs to be otherwise */
struct batch_update_jobs {
    struct str filter; /* JSON text */
    const struct job_update *changeset; /* NULL: absent */
};

/* the batch operation that does it */
struct batch_created {
    u64 batch_key;
    struct str type;
    i32 type_number;
    struct str key_text;
};

/* a batch operation that waits for items of history: where they are looked for */
struct history_wanted {
    u64 batch;
    u32 kind;
    struct str filter; /* JSON text */
    u64 at;
    u64 turn;
};

/* the next items of a batch operation, as the view knows them */
struct history_found {
    u64 turn;
    struct batch_item_row_list items;
    bool is_done;
    struct str error;
};

/* a question about what is live, and where to go on with it */
struct search_ask {
    u32 what;
    struct str query; /* JSON text */
    bool is_file;
    bool is_whole;
    bool has_begun;
    u64 at;
    struct u64_list path;
    bool is_form;
    u32 index;
    u32 within;
    bool is_effective;
    u32 aspect;
    struct str parameters;
};

/* what one step of a search has found, or all of it */
struct search_found {
    struct search_hit_list hits;
    u64 total;
    bool is_done;
    u64 at;
    struct u64_list path;
    u32 skip;
    u32 limit;
    bool is_backward;
    bool is_everywhere;
    struct str text;
    bool is_stale;
};

/* why an instance waits */
struct explain_ask {
    struct job_asker_list askers;
    i64 since;
    struct text_list names;
    bool has_messages;
    struct buffered_messages_list messages;
};

/* why an instance waits */
struct explained {
    u64 instance;
    struct str wait_states; /* JSON text */
    bool is_cut;
    struct text_list wanted;
    struct buffered_messages_list messages;
};

/* a value that all processes see, of the cluster or a tenant */
struct cluster_variable_change {
    struct str name;
    struct str value; /* JSON text */
    struct str metadata; /* JSON text */
    struct str of_tenant;
    struct str kind;
    bool has_metadata;
};

/* a listener for the user tasks of all processes */
struct global_listener_change {
    struct str id;
    struct str type;
    i32 retries;
    struct text_list event_types;
    bool is_after;
    i32 priority;
};

/* one of what all partitions have, by its name */
struct shared_get {
    struct str variable;
    struct str of_tenant;
    struct str listener;
};

/* what it is: a cluster variable or a global listener */
struct shared_found {
    struct str name;
    struct str scope;
    struct str of_tenant;
    struct str value;
    struct str metadata; /* JSON text */
    struct str id;
    struct str type;
    i32 retries;
    struct text_list event_types;
    bool is_after;
    i32 priority;
};

/* the engine's clock is stopped at a time, or goes again */
struct clock_set {
    i64 time;
    bool is_advance;
    bool is_reset;
    i64 now;
};

/* an expression, and what it may use */
struct expression_evaluate {
    struct str expression;
    struct str variables; /* JSON text */
};

/* its value */
struct expression_evaluated {
    struct str expression;
    struct str result; /* JSON text */
    struct expression_note_list warnings;
};

/* a token has arrived before an element */
struct element_activate {
    u64 scope;
    u32 element;
    u64 token;
};

/* end what still lives in a scope */
struct children_terminate {
    u64 after;
    u64 until;
    u64 except;
};

/* variables have changed together: who waits for that? */
struct conditions_check {
    struct variable_change_list changes;
    u64 last;
    u32 after_depth;
    u64 after;
};

/* a signal goes through those who wait for it */
struct signal_correlate {
    struct str name;
    struct str variables; /* JSON text */
    struct str tenant;
    u64 after;
    u64 last;
};

/* a signal for one subscription */
struct signal_take {
    struct str variables; /* JSON text */
};

/* to each partition: its part of a batch operation */
struct batch_start {
    const struct batch_work_row *work; /* NULL: absent */
};

/* the next piece of a batch operation */
struct batch_go {
    u64 turn;
};

/* left-over work that only doing it has shown to be impossible */
struct pending_refuse {
    u32 rejection;
    struct str reason;
};

/* to a message's partition: an element waits for it */
struct subscription_open {
    const struct message_subscription_row *subscription; /* NULL: absent */
};

/* to an element's partition: here is the message */
struct subscription_correlate {
    u64 element_instance;
    struct str name;
    u64 message;
    struct str variables; /* JSON text */
    struct str tenant;
    struct str correlation_key;
    struct str bpmn_process_id;
};

/* to a message's partition: it is of another process now */
struct subscription_migrate {
    u64 element_instance;
    struct str name;
    struct str bpmn_process_id;
    bool is_interrupting;
};

/* to a message's partition: taken, refused, or to be closed */
struct subscription_answer {
    u64 element_instance;
    struct str name;
    u64 message;
    struct str tenant;
    struct str correlation_key;
    struct str bpmn_process_id;
};

/* another partition has applied our sends up to here */
struct outbox_acknowledge {
    u32 partition;
    u64 number;
};

/* an instance that we could not go on with */
struct instance_ban {
    u64 instance;
    struct str reason;
    u64 pending;
    u64 timer;
    u64 message;
};

/* an element instance begins */
struct element_activating {
    u64 instance;
    u64 process;
    u32 element;
    u64 scope;
    struct u64_list tokens;
    u64 parent;
    u64 trigger;
    bool is_body;
    u32 loop_counter;
    u64 loop_at;
    bool is_inner;
};

/* an element instance is in another state */
struct element_moved {
    u64 instance;
    u32 element;
};

/* a version of a process starts no more */
struct process_deleted {
    struct str bpmn_process_id;
    i32 version;
    struct str tenant;
};

/* a version of what an id names is not found any more */
struct version_deleted {
    struct str id;
    i32 version;
    struct str tenant;
};

/* tokens of the scope are gone, its children are to end */
struct scope_interrupted {
    u64 instance;
    u32 by;
};

/* does an ad-hoc sub-process end with the last that is in it? */
struct ad_hoc_fulfilled {
    u64 instance;
    bool is_fulfilled;
};

/* a scope that was interrupted takes elements again */
struct scope_reentered {
    u64 instance;
};

/* elements were begun and ended from outside */
struct instance_modified {
    u64 instance;
};

/* nothing of it, and of what it called, goes on */
struct instance_suspended {
};

/* it goes on, with what has come for it */
struct instance_resumed {
    bool is_to_end;
};

/* an instance has got its business id */
struct business_id_assigned {
    struct str business_id;
};

/* an instance is of another process now */
struct instance_migrated {
    u64 process;
    struct str bpmn_process_id;
    i32 version;
    struct u64_list ends_after;
};

/* an element instance is one of another element now */
struct element_migrated {
    u64 instance;
    u64 process;
    u32 element;
    u32 interrupted_by;
};

/* what belongs to an element belongs to another one now */
struct row_migrated {
    u64 instance;
    u64 process;
    u32 element;
};

/* a job belongs to another element now, and keeps its headers */
struct job_migrated {
    u64 instance;
    u64 process;
    u32 element;
    struct str headers; /* JSON text */
};

/* an element's subscription is for another event now */
struct process_subscription_migrated {
    u64 instance;
    u32 element;
    struct str bpmn_process_id;
    bool is_interrupting;
};

/* the same on the message's side */
struct message_subscription_migrated {
    struct str bpmn_process_id;
    bool is_interrupting;
};

/* what could be undone is of another activity now */
struct compensation_migrated {
    u64 instance;
    u64 process;
    u32 activity;
    u32 handler;
};

/* a signal was sent out */
struct signal_broadcasted {
    struct str name;
    struct str variables; /* JSON text */
    struct str tenant;
};

/* it waits no more for a condition */
struct condition_closed {
    u64 instance;
};

/* somebody has asked what these variables start */
struct conditions_evaluated {
    u64 process_key;
    struct str variables; /* JSON text */
    struct str tenant;
};

/* it waits no more for a signal */
struct signal_subscription_deleted {
    u64 instance;
};

/* an activity is being undone */
struct compensation_triggered {
    u64 instance;
    u64 thrower;
    u64 handler_instance;
};

/* an activity was undone */
struct compensation_completed {
    u64 instance;
};

/* an escalation was thrown */
struct escalated {
    u64 instance;
    struct str code;
    u32 thrower;
    u32 catcher;
};

/* a piece of what the filter is held against has been looked at */
struct batch_scanned {
    u64 at;
    struct u64_list path;
    bool is_done;
};

/* an item of a batch operation is done, or cannot be */
struct batch_item_done {
    u64 batch;
    u32 state;
    struct str error;
};

/* a batch operation is in another state; also told to the partitions */
struct batch_moved {
    u32 state;
    struct str error;
};

/* somebody from outside has set variables */
struct variables_changed {
    u64 instance;
    u64 scope;
    bool is_local;
};

/* another value */
struct variable_updated {
    u64 instance;
    u64 scope;
    struct str name;
    struct str value; /* JSON text */
};

/* taken by a worker */
struct job_activated {
    u64 instance;
    struct str worker;
    i64 deadline;
};

/* done, with these variables */
struct job_completed {
    u64 instance;
    u64 element_instance;
    struct str variables; /* JSON text */
    bool is_listener;
    u64 user_task;
};

/* not done */
struct job_failed {
    u64 instance;
    i32 retries;
    struct str error_message;
    i64 recurs_at;
};

/* ended in a BPMN error */
struct job_error_thrown {
    u64 instance;
    struct str error_code;
    struct str error_message;
    bool is_caught;
};

/* timed out, back after a pause, handed back or canceled */
struct job_moved {
    u64 instance;
};

/* other retries */
struct job_retries_updated {
    u64 instance;
    i32 retries;
};

/* another deadline */
struct job_timeout_updated {
    u64 instance;
    i64 deadline;
};

/* another place among those that wait */
struct job_priority_updated {
    u64 instance;
    i32 priority;
};

/* a user task is about to become otherwise */
struct user_task_changing {
    u64 instance;
    const struct user_task_values *wanted; /* NULL: absent */
    struct text_list changed;
    struct str action;
    struct str variables; /* JSON text */
    u64 request;
    bool is_local;
};

/* a listener wants it to become something else */
struct user_task_corrected {
    u64 instance;
    const struct user_task_values *wanted; /* NULL: absent */
    struct text_list changed;
};

/* a user task is in another state */
struct user_task_moved {
    u64 instance;
};

/* fired or canceled */
struct timer_moved {
    u64 instance;
};

/* to be tried again */
struct incident_resolved {
    u64 instance;
    u64 element_instance;
    u64 job;
    bool listens_again;
};

/* nobody can get it any more */
struct message_expired {
};

/* a message is on its way to a subscription */
struct subscription_correlating {
    u64 message;
    struct str bpmn_process_id;
    u64 request;
};

/* an expression has a value, and FEEL warned of something on the way */
struct expression_warned {
    u64 instance;
    u32 element;
    struct str expression;
    struct str inputs; /* JSON text */
    struct text_list warnings;
    u32 left_out;
};

/* a message's subscription took it, refused it, or is closed */
struct subscription_moved {
    u64 message;
    struct str bpmn_process_id;
};

/* an element's subscription got its message or is closed */
struct process_subscription_moved {
    u64 instance;
    u64 message;
};

/* a message has started an instance */
struct start_correlated {
    u64 message;
    u64 instance;
    struct str bpmn_process_id;
    struct str correlation_key;
    struct str tenant;
};

/* the next message of this key may start an instance */
struct start_lock_released {
};

/* an older version starts no more by this message */
struct start_subscription_deleted {
};

/* work left over from an earlier step is being done */
struct pending_removed {
    u64 instance;
};

/* what was promised while an instance rested cannot be done any more */
struct pending_refused {
    u64 instance;
    struct str command;
    u64 about;
    u32 rejection;
    struct str reason;
};

/* sends to this partition up to this number are applied there */
struct outbox_acknowledged {
    u32 partition;
    u64 number;
};

/* what this partition sent is applied here up to this number */
struct inbox_moved {
    u32 partition;
    u64 number;
};

/* no command touches this instance any more */
struct instance_banned {
    u64 instance;
    struct str reason;
};

/* a due thing that failed and has no instance to blame */
struct due_dropped {
    struct str reason;
};

/* a process instance: what is not of its elements */
struct instance_row {
    u64 process;
    struct str bpmn_process_id;
    i32 version;
    struct str tenant;
    bool awaits_result;
    struct text_list fetch_variables;
    u32 start_event;
    struct str start_variables; /* JSON text */
    bool is_banned;
    i64 started_at;
    u64 parent_instance;
    u64 root_instance;
    u32 depth;
    struct text_list tags;
    struct str business_id;
    struct u64_list ends_after;
    u32 incidents;
    bool is_suspended;
    i64 suspended_at;
};

/* an element instance */
struct element_row {
    u64 instance;
    u64 process;
    u32 element;
    u64 scope;
    u32 state;
    u32 interrupted_by;
    u32 listener;
    u64 parent;
    bool is_body;
    u32 loop_counter;
    u32 loop_created;
    u32 loop_completed;
    u64 loop_at;
    i64 started_at;
    bool is_inner;
    bool is_fulfilled;
};

/* a sequence flow that was taken and is not yet consumed */
struct token_row {
    u64 instance;
    u64 scope;
    u32 flow;
};

/* what has come for an element instance and will be used when it goes on */
struct trigger_row {
    u64 instance;
    u64 element_instance;
    u32 target;
    struct str variables; /* JSON text */
    bool is_error;
};

/* what a multi-instance body goes through */
struct loop_row {
    u64 instance;
    struct str items; /* JSON text */
    u32 count;
    struct str output;
    u32 room;
    u64 read;
};

/* results of a body that has no instances any more become one, from this number on */
struct loop_join {
    u32 from;
};

/* the result of one instance of a body, or of several */
struct loop_result_row {
    u64 instance;
    u64 body;
    u32 number;
    struct str value; /* JSON text */
    u32 count;
};

/* an activity that is done and could be undone */
struct compensation_row {
    u64 instance;
    u64 process;
    u64 scope;
    u32 activity;
    u64 activity_instance;
    u32 handler;
    u64 thrower;
    u64 handler_instance;
};

/* who waits for a signal */
struct signal_subscription_row {
    u64 instance;
    u64 element_instance;
    u64 process;
    u32 element;
    struct str name;
    struct str tenant;
};

/* who waits for a condition */
struct condition_row {
    u64 instance;
    u64 element_instance;
    u64 process;
    u32 element;
    struct str tenant;
};

/* a variable of one scope */
struct variable_row {
    u64 instance;
    u64 scope;
    struct str name;
    struct str value; /* JSON text */
    u64 changed;
};

/* work for a worker */
struct job_row {
    u64 instance;
    u64 process;
    u32 element;
    u64 element_instance;
    struct str type;
    i32 retries;
    struct str headers; /* JSON text */
    struct str tenant;
    u32 state;
    struct str worker;
    i64 deadline;
    i64 recurs_at;
    struct str error_message;
    i32 priority;
    u32 kind;
    u32 listener_event;
    bool has_all_headers;
    bool is_suspended;
};

/* what can change about a user task */
struct user_task_values {
    struct str assignee;
    struct text_list candidate_groups;
    struct text_list candidate_users;
    struct str due_date;
    struct str follow_up_date;
    i32 priority;
};

/* a task for a person, kept by the engine itself */
struct user_task_row {
    u64 instance;
    u64 process;
    u32 element;
    u64 element_instance;
    u32 state;
    const struct user_task_values *values; /* NULL: absent */
    const struct user_task_values *wanted; /* NULL: absent */
    struct text_list changed;
    struct str action;
    struct str variables; /* JSON text */
    u64 request;
    u32 listener;
    u64 form_key;
    struct str external_reference;
    struct str first_assignee;
    i64 created_at;
    struct str tenant;
    bool is_local;
};

/* something that is due at a time */
struct timer_row {
    u64 instance;
    u64 process;
    u32 element;
    u64 element_instance;
    i64 due;
    i64 repetitions;
    struct str tenant;
    bool is_suspended;
};

/* something that only a person can decide */
struct incident_row {
    u64 instance;
    u64 process;
    u32 element;
    u64 element_instance;
    u64 job;
    u32 problem;
    struct str message;
    u64 variable_scope;
    struct str tenant;
    i64 created_at;
};

/* a message that may still be taken */
struct message_row {
    struct str name;
    struct str correlation_key;
    struct str message_id;
    i64 time_to_live;
    i64 deadline;
    struct str variables; /* JSON text */
    struct str tenant;
    struct text_list taken_by;
};

/* the message's side: who waits for it */
struct message_subscription_row {
    u64 instance;
    u64 element_instance;
    struct str bpmn_process_id;
    struct str name;
    struct str correlation_key;
    bool is_interrupting;
    struct str tenant;
    u64 correlating;
    u64 request;
};

/* the element's side: what it waits for */
struct process_subscription_row {
    u64 instance;
    u64 element_instance;
    u32 element;
    struct str bpmn_process_id;
    struct str name;
    struct str correlation_key;
    bool is_interrupting;
    struct str tenant;
    i64 opened_at;
};

/* a process that a message starts */
struct start_subscription_row {
    u64 process;
    struct str bpmn_process_id;
    struct str name;
    u32 element;
    struct str tenant;
};

/* an instance that a message with this key has started and that runs */
struct start_lock_row {
    struct str bpmn_process_id;
    struct str correlation_key;
    struct str tenant;
};

/* a to-do that did not fit into its step */
struct pending_row {
    u64 instance;
    u32 kind;
    u64 about;
    struct str record;
};

/* work of a suspended instance, until it is resumed */
struct held_row {
    u64 root;
    const struct pending_row *work; /* NULL: absent */
};

/* a batch operation, as the partition that has begun it knows it */
struct batch_row {
    u32 kind;
    u32 state;
    i64 started_at;
    i64 ended_at;
    struct batch_part_list parts;
};

/* a partition's part of a batch operation */
struct batch_work_row {
    u32 kind;
    struct str filter; /* JSON text */
    struct str command;
    u32 state;
    bool has_begun;
    u64 at;
    struct u64_list path;
    bool is_scanned;
    u64 last;
    u64 total;
    u64 completed;
    u64 failed;
    u64 turn;
    i64 ended_at;
};

/* a value that all processes see */
struct cluster_variable_row {
    struct str of_tenant;
    struct str name;
    struct str value; /* JSON text */
    struct str metadata; /* JSON text */
};

/* a listener for the user tasks of all processes */
struct global_listener_row {
    struct str id;
    struct str type;
    i32 retries;
    struct text_list event_types;
    bool is_after;
    i32 priority;
};

/* a clock that stands still, or goes again from a time */
struct clock_row {
    i64 time;
};

/* what was decided at one partition and holds for all */
struct shared_spread {
    u32 event;
    u64 key;
    const struct cluster_variable_row *variable; /* NULL: absent */
    const struct global_listener_row *listener; /* NULL: absent */
    const struct clock_row *clock; /* NULL: absent */
};

/* a command for another partition, until it says that it has it */
struct outbox_row {
    u32 partition;
    u64 number;
    u32 kind;
    u64 about;
    struct str record;
};

/* how far we and another partition have come with each other */
struct partition_row {
    u64 sent;
    u64 applied;
};

/* what a checkpoint says beside its pages */
struct state_head {
    u64 last_key;
    i64 now;
    struct u64_list rows;
    u64 places;
};

/* who asked */
struct asker {
    struct str name;
    u32 kind;
};

/* one step, as it is remembered; a replay applies the events only */
struct entry {
    u64 position;
    i64 now;
    u32 kind;
    u64 about;
    struct str command;
    u64 operation;
    const struct asker *asker; /* NULL: absent */
    struct str cause;
    struct str tenant;
    u32 logic;
    u32 event_count;
    struct str events;
};

extern const struct shape nothing_shape;
extern const struct shape resource_shape;
extern const struct shape deployment_create_shape;
extern const struct shape process_metadata_shape;
extern const struct shape decision_metadata_shape;
extern const struct shape requirements_metadata_shape;
extern const struct shape artifact_metadata_shape;
extern const struct shape deployment_part_shape;
extern const struct shape deployment_created_shape;
extern const struct shape deployment_distribute_shape;
extern const struct shape resource_delete_shape;
extern const struct shape resource_was_deleted_shape;
extern const struct shape instance_create_shape;
extern const struct shape start_instruction_shape;
extern const struct shape runtime_instruction_shape;
extern const struct shape instance_created_shape;
extern const struct shape variable_instruction_shape;
extern const struct shape activate_instruction_shape;
extern const struct shape terminate_instruction_shape;
extern const struct shape move_instruction_shape;
extern const struct shape instance_modify_shape;
extern const struct shape mapping_instruction_shape;
extern const struct shape instance_migrate_shape;
extern const struct shape job_update_priority_shape;
extern const struct shape business_id_assign_shape;
extern const struct shape job_activate_shape;
extern const struct shape user_task_properties_shape;
extern const struct shape activated_job_shape;
extern const struct shape jobs_activated_shape;
extern const struct shape job_complete_shape;
extern const struct shape ad_hoc_element_shape;
extern const struct shape ad_hoc_activate_shape;
extern const struct shape user_task_change_shape;
extern const struct shape user_task_complete_shape;
extern const struct shape user_task_assign_shape;
extern const struct shape user_task_update_shape;
extern const struct shape job_fail_shape;
extern const struct shape job_throw_error_shape;
extern const struct shape job_update_retries_shape;
extern const struct shape job_update_timeout_shape;
extern const struct shape job_update_shape;
extern const struct shape message_publish_shape;
extern const struct shape message_published_shape;
extern const struct shape message_correlate_shape;
extern const struct shape message_correlated_shape;
extern const struct shape decision_evaluate_shape;
extern const struct shape evaluated_input_shape;
extern const struct shape evaluated_output_shape;
extern const struct shape matched_rule_shape;
extern const struct shape evaluated_decision_shape;
extern const struct shape decision_evaluated_shape;
extern const struct shape variables_set_shape;
extern const struct shape variables_were_set_shape;
extern const struct shape signal_broadcast_shape;
extern const struct shape signal_was_broadcast_shape;
extern const struct shape conditions_evaluate_shape;
extern const struct shape instance_reference_shape;
extern const struct shape conditions_were_evaluated_shape;
extern const struct shape batch_create_shape;
extern const struct shape batch_migrate_shape;
extern const struct shape batch_modify_shape;
extern const struct shape batch_update_jobs_shape;
extern const struct shape batch_created_shape;
extern const struct shape history_wanted_shape;
extern const struct shape history_found_shape;
extern const struct shape search_ask_shape;
extern const struct shape search_hit_shape;
extern const struct shape search_found_shape;
extern const struct shape job_asker_shape;
extern const struct shape buffered_messages_shape;
extern const struct shape explain_ask_shape;
extern const struct shape explained_shape;
extern const struct shape cluster_variable_change_shape;
extern const struct shape global_listener_change_shape;
extern const struct shape shared_get_shape;
extern const struct shape shared_found_shape;
extern const struct shape clock_set_shape;
extern const struct shape expression_evaluate_shape;
extern const struct shape expression_note_shape;
extern const struct shape expression_evaluated_shape;
extern const struct shape element_activate_shape;
extern const struct shape children_terminate_shape;
extern const struct shape variable_change_shape;
extern const struct shape conditions_check_shape;
extern const struct shape signal_correlate_shape;
extern const struct shape signal_take_shape;
extern const struct shape batch_start_shape;
extern const struct shape batch_go_shape;
extern const struct shape pending_refuse_shape;
extern const struct shape subscription_open_shape;
extern const struct shape subscription_correlate_shape;
extern const struct shape subscription_migrate_shape;
extern const struct shape subscription_answer_shape;
extern const struct shape outbox_acknowledge_shape;
extern const struct shape instance_ban_shape;
extern const struct shape element_activating_shape;
extern const struct shape element_moved_shape;
extern const struct shape process_deleted_shape;
extern const struct shape version_deleted_shape;
extern const struct shape scope_interrupted_shape;
extern const struct shape ad_hoc_fulfilled_shape;
extern const struct shape scope_reentered_shape;
extern const struct shape instance_modified_shape;
extern const struct shape instance_suspended_shape;
extern const struct shape instance_resumed_shape;
extern const struct shape business_id_assigned_shape;
extern const struct shape instance_migrated_shape;
extern const struct shape element_migrated_shape;
extern const struct shape row_migrated_shape;
extern const struct shape job_migrated_shape;
extern const struct shape process_subscription_migrated_shape;
extern const struct shape message_subscription_migrated_shape;
extern const struct shape compensation_migrated_shape;
extern const struct shape signal_broadcasted_shape;
extern const struct shape condition_closed_shape;
extern const struct shape conditions_evaluated_shape;
extern const struct shape signal_subscription_deleted_shape;
extern const struct shape compensation_triggered_shape;
extern const struct shape compensation_completed_shape;
extern const struct shape escalated_shape;
extern const struct shape batch_scanned_shape;
extern const struct shape batch_item_done_shape;
extern const struct shape batch_part_shape;
extern const struct shape batch_moved_shape;
extern const struct shape variables_changed_shape;
extern const struct shape variable_updated_shape;
extern const struct shape job_activated_shape;
extern const struct shape job_completed_shape;
extern const struct shape job_failed_shape;
extern const struct shape job_error_thrown_shape;
extern const struct shape job_moved_shape;
extern const struct shape job_retries_updated_shape;
extern const struct shape job_timeout_updated_shape;
extern const struct shape job_priority_updated_shape;
extern const struct shape user_task_changing_shape;
extern const struct shape user_task_corrected_shape;
extern const struct shape user_task_moved_shape;
extern const struct shape timer_moved_shape;
extern const struct shape incident_resolved_shape;
extern const struct shape message_expired_shape;
extern const struct shape subscription_correlating_shape;
extern const struct shape expression_warned_shape;
extern const struct shape subscription_moved_shape;
extern const struct shape process_subscription_moved_shape;
extern const struct shape start_correlated_shape;
extern const struct shape start_lock_released_shape;
extern const struct shape start_subscription_deleted_shape;
extern const struct shape pending_removed_shape;
extern const struct shape pending_refused_shape;
extern const struct shape outbox_acknowledged_shape;
extern const struct shape inbox_moved_shape;
extern const struct shape instance_banned_shape;
extern const struct shape due_dropped_shape;
extern const struct shape imported_shape;
extern const struct shape resource_row_shape;
extern const struct shape process_row_shape;
extern const struct shape requirements_row_shape;
extern const struct shape decision_row_shape;
extern const struct shape artifact_row_shape;
extern const struct shape instance_row_shape;
extern const struct shape element_row_shape;
extern const struct shape token_row_shape;
extern const struct shape trigger_row_shape;
extern const struct shape loop_row_shape;
extern const struct shape loop_join_shape;
extern const struct shape loop_result_row_shape;
extern const struct shape compensation_row_shape;
extern const struct shape signal_subscription_row_shape;
extern const struct shape condition_row_shape;
extern const struct shape variable_row_shape;
extern const struct shape job_row_shape;
extern const struct shape user_task_values_shape;
extern const struct shape user_task_row_shape;
extern const struct shape timer_row_shape;
extern const struct shape incident_row_shape;
extern const struct shape message_row_shape;
extern const struct shape message_subscription_row_shape;
extern const struct shape process_subscription_row_shape;
extern const struct shape start_subscription_row_shape;
extern const struct shape start_lock_row_shape;
extern const struct shape pending_row_shape;
extern const struct shape held_row_shape;
extern const struct shape batch_row_shape;
extern const struct shape batch_work_row_shape;
extern const struct shape batch_item_row_shape;
extern const struct shape cluster_variable_row_shape;
extern const struct shape global_listener_row_shape;
extern const struct shape clock_row_shape;
extern const struct shape shared_spread_shape;
extern const struct shape outbox_row_shape;
extern const struct shape partition_row_shape;
extern const struct shape state_head_shape;
extern const struct shape asker_shape;
extern const struct shape entry_shape;

#endif
