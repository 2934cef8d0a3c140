/* dispatch.c - printed from events.def by tools/describe; edit that. */
#include "engine/apply/apply.h"

void apply_resource_added(struct state *s, u64 key, const void *record);
void apply_process_created(struct state *s, u64 key, const void *record);
void apply_deployment_created(struct state *s, u64 key, const void *record);
void apply_process_deleted(struct state *s, u64 key, const void *record);
void apply_requirements_created(struct state *s, u64 key, const void *record);
void apply_decision_created(struct state *s, u64 key, const void *record);
void apply_artifact_created(struct state *s, u64 key, const void *record);
void apply_requirements_deleted(struct state *s, u64 key, const void *record);
void apply_decision_deleted(struct state *s, u64 key, const void *record);
void apply_artifact_deleted(struct state *s, u64 key, const void *record);
void apply_instance_created(struct state *s, u64 key, const void *record);
void apply_element_activating(struct state *s, u64 key, const void *record);
void apply_element_activated(struct state *s, u64 key, const void *record);
void apply_element_completing(struct state *s, u64 key, const void *record);
void apply_element_completed(struct state *s, u64 key, const void *record);
void apply_element_terminating(struct state *s, u64 key, const void *record);
void apply_element_terminated(struct state *s, u64 key, const void *record);
void apply_sequence_flow_taken(struct state *s, u64 key, const void *record);
void apply_scope_interrupted(struct state *s, u64 key, const void *record);
void apply_element_triggered(struct state *s, u64 key, const void *record);
void apply_scope_reentered(struct state *s, u64 key, const void *record);
void apply_instance_modified(struct state *s, u64 key, const void *record);
void apply_business_id_assigned(struct state *s, u64 key, const void *record);
void apply_instance_suspended(struct state *s, u64 key, const void *record);
void apply_instance_resumed(struct state *s, u64 key, const void *record);
void apply_batch_created(struct state *s, u64 key, const void *record);
void apply_batch_moved(struct state *s, u64 key, const void *record);
void apply_batch_reported(struct state *s, u64 key, const void *record);
void apply_batch_work_begun(struct state *s, u64 key, const void *record);
void apply_batch_work_moved(struct state *s, u64 key, const void *record);
void apply_batch_scanned(struct state *s, u64 key, const void *record);
void apply_batch_item_added(struct state *s, u64 key, const void *record);
void apply_batch_item_done(struct state *s, u64 key, const void *record);
void apply_instance_migrated(struct state *s, u64 key, const void *record);
void apply_element_migrated(struct state *s, u64 key, const void *record);
void apply_job_migrated(struct state *s, u64 key, const void *record);
void apply_timer_migrated(struct state *s, u64 key, const void *record);
void apply_incident_migrated(struct state *s, u64 key, const void *record);
void apply_token_migrated(struct state *s, u64 key, const void *record);
void apply_process_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_message_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_signal_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_compensation_migrated(struct state *s, u64 key, const void *record);
void apply_trigger_migrated(struct state *s, u64 key, const void *record);
void apply_loop_begun(struct state *s, u64 key, const void *record);
void apply_loop_result_set(struct state *s, u64 key, const void *record);
void apply_loop_changed(struct state *s, u64 key, const void *record);
void apply_loop_results_joined(struct state *s, u64 key, const void *record);
void apply_escalated(struct state *s, u64 key, const void *record);
void apply_ad_hoc_fulfilled(struct state *s, u64 key, const void *record);
void apply_variable_created(struct state *s, u64 key, const void *record);
void apply_variable_updated(struct state *s, u64 key, const void *record);
void apply_variables_changed(struct state *s, u64 key, const void *record);
void apply_job_created(struct state *s, u64 key, const void *record);
void apply_job_activated(struct state *s, u64 key, const void *record);
void apply_job_completed(struct state *s, u64 key, const void *record);
void apply_job_failed(struct state *s, u64 key, const void *record);
void apply_job_error_thrown(struct state *s, u64 key, const void *record);
void apply_job_timed_out(struct state *s, u64 key, const void *record);
void apply_job_recurred(struct state *s, u64 key, const void *record);
void apply_job_yielded(struct state *s, u64 key, const void *record);
void apply_job_canceled(struct state *s, u64 key, const void *record);
void apply_job_retries_updated(struct state *s, u64 key, const void *record);
void apply_job_timeout_updated(struct state *s, u64 key, const void *record);
void apply_job_priority_updated(struct state *s, u64 key, const void *record);
void apply_user_task_creating(struct state *s, u64 key, const void *record);
void apply_user_task_created(struct state *s, u64 key, const void *record);
void apply_user_task_assigning(struct state *s, u64 key, const void *record);
void apply_user_task_claiming(struct state *s, u64 key, const void *record);
void apply_user_task_assigned(struct state *s, u64 key, const void *record);
void apply_user_task_updating(struct state *s, u64 key, const void *record);
void apply_user_task_updated(struct state *s, u64 key, const void *record);
void apply_user_task_completing(struct state *s, u64 key, const void *record);
void apply_user_task_completed(struct state *s, u64 key, const void *record);
void apply_user_task_canceling(struct state *s, u64 key, const void *record);
void apply_user_task_canceled(struct state *s, u64 key, const void *record);
void apply_user_task_corrected(struct state *s, u64 key, const void *record);
void apply_user_task_assignment_denied(struct state *s, u64 key, const void *record);
void apply_user_task_update_denied(struct state *s, u64 key, const void *record);
void apply_user_task_completion_denied(struct state *s, u64 key, const void *record);
void apply_user_task_migrated(struct state *s, u64 key, const void *record);
void apply_decision_evaluated(struct state *s, u64 key, const void *record);
void apply_decision_failed(struct state *s, u64 key, const void *record);
void apply_cluster_variable_set(struct state *s, u64 key, const void *record);
void apply_cluster_variable_deleted(struct state *s, u64 key, const void *record);
void apply_global_listener_set(struct state *s, u64 key, const void *record);
void apply_global_listener_deleted(struct state *s, u64 key, const void *record);
void apply_clock_pinned(struct state *s, u64 key, const void *record);
void apply_clock_reset(struct state *s, u64 key, const void *record);
void apply_instance_deleted(struct state *s, u64 key, const void *record);
void apply_decisions_deleted(struct state *s, u64 key, const void *record);
void apply_timer_created(struct state *s, u64 key, const void *record);
void apply_timer_triggered(struct state *s, u64 key, const void *record);
void apply_timer_canceled(struct state *s, u64 key, const void *record);
void apply_incident_created(struct state *s, u64 key, const void *record);
void apply_incident_resolved(struct state *s, u64 key, const void *record);
void apply_message_published(struct state *s, u64 key, const void *record);
void apply_message_expired(struct state *s, u64 key, const void *record);
void apply_message_subscription_created(struct state *s, u64 key, const void *record);
void apply_message_subscription_correlating(struct state *s, u64 key, const void *record);
void apply_message_subscription_correlated(struct state *s, u64 key, const void *record);
void apply_message_subscription_answered(struct state *s, u64 key, const void *record);
void apply_message_subscription_rejected(struct state *s, u64 key, const void *record);
void apply_message_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_process_subscription_created(struct state *s, u64 key, const void *record);
void apply_process_subscription_correlated(struct state *s, u64 key, const void *record);
void apply_process_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_start_subscription_created(struct state *s, u64 key, const void *record);
void apply_start_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_start_correlated(struct state *s, u64 key, const void *record);
void apply_start_lock_released(struct state *s, u64 key, const void *record);
void apply_compensation_subscribed(struct state *s, u64 key, const void *record);
void apply_compensation_triggered(struct state *s, u64 key, const void *record);
void apply_compensation_completed(struct state *s, u64 key, const void *record);
void apply_signal_broadcasted(struct state *s, u64 key, const void *record);
void apply_signal_subscription_created(struct state *s, u64 key, const void *record);
void apply_signal_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_condition_opened(struct state *s, u64 key, const void *record);
void apply_condition_closed(struct state *s, u64 key, const void *record);
void apply_condition_migrated(struct state *s, u64 key, const void *record);
void apply_conditions_evaluated(struct state *s, u64 key, const void *record);
void apply_pending_added(struct state *s, u64 key, const void *record);
void apply_pending_removed(struct state *s, u64 key, const void *record);
void apply_pending_refused(struct state *s, u64 key, const void *record);
void apply_outbox_added(struct state *s, u64 key, const void *record);
void apply_outbox_acknowledged(struct state *s, u64 key, const void *record);
void apply_inbox_moved(struct state *s, u64 key, const void *record);
void apply_instance_banned(struct state *s, u64 key, const void *record);
void apply_due_dropped(struct state *s, u64 key, const void *record);
void apply_expression_warned(struct state *s, u64 key, const void *record);

applier *const appliers[EVENT_COUNT] = {
    [EV_RESOURCE_ADDED] = apply_resource_added,
    [EV_PROCESS_CREATED] = apply_process_created,
    [EV_DEPLOYMENT_CREATED] = apply_deployment_created,
    [EV_PROCESS_DELETED] = apply_process_deleted,
    [EV_REQUIREMENTS_CREATED] = apply_requirements_created,
    [EV_DECISION_CREATED] = apply_decision_created,
    [EV_ARTIFACT_CREATED] = apply_artifact_created,
    [EV_REQUIREMENTS_DELETED] = apply_requirements_deleted,
    [EV_DECISION_DELETED] = apply_decision_deleted,
    [EV_ARTIFACT_DELETED] = apply_artifact_deleted,
    [EV_INSTANCE_CREATED] = apply_instance_created,
    [EV_ELEMENT_ACTIVATING] = apply_element_activating,
    [EV_ELEMENT_ACTIVATED] = apply_element_activated,
    [EV_ELEMENT_COMPLETING] = apply_element_completing,
    [EV_ELEMENT_COMPLETED] = apply_element_completed,
    [EV_ELEMENT_TERMINATING] = apply_element_terminating,
    [EV_ELEMENT_TERMINATED] = apply_element_terminated,
    [EV_SEQUENCE_FLOW_TAKEN] = apply_sequence_flow_taken,
    [EV_SCOPE_INTERRUPTED] = apply_scope_interrupted,
    [EV_ELEMENT_TRIGGERED] = apply_element_triggered,
    [EV_SCOPE_REENTERED] = apply_scope_reentered,
    [EV_INSTANCE_MODIFIED] = apply_instance_modified,
    [EV_BUSINESS_ID_ASSIGNED] = apply_business_id_assigned,
    [EV_INSTANCE_SUSPENDED] = apply_instance_suspended,
    [EV_INSTANCE_RESUMED] = apply_instance_resumed,
    [EV_BATCH_CREATED] = apply_batch_created,
    [EV_BATCH_MOVED] = apply_batch_moved,
    [EV_BATCH_REPORTED] = apply_batch_reported,
    [EV_BATCH_WORK_BEGUN] = apply_batch_work_begun,
    [EV_BATCH_WORK_MOVED] = apply_batch_work_moved,
    [EV_BATCH_SCANNED] = apply_batch_scanned,
    [EV_BATCH_ITEM_ADDED] = apply_batch_item_added,
    [EV_BATCH_ITEM_DONE] = apply_batch_item_done,
    [EV_INSTANCE_MIGRATED] = apply_instance_migrated,
    [EV_ELEMENT_MIGRATED] = apply_element_migrated,
    [EV_JOB_MIGRATED] = apply_job_migrated,
    [EV_TIMER_MIGRATED] = apply_timer_migrated,
    [EV_INCIDENT_MIGRATED] = apply_incident_migrated,
    [EV_TOKEN_MIGRATED] = apply_token_migrated,
    [EV_PROCESS_SUBSCRIPTION_MIGRATED] = apply_process_subscription_migrated,
    [EV_MESSAGE_SUBSCRIPTION_MIGRATED] = apply_message_subscription_migrated,
    [EV_SIGNAL_SUBSCRIPTION_MIGRATED] = apply_signal_subscription_migrated,
    [EV_COMPENSATION_MIGRATED] = apply_compensation_migrated,
    [EV_TRIGGER_MIGRATED] = apply_trigger_migrated,
    [EV_LOOP_BEGUN] = apply_loop_begun,
    [EV_LOOP_RESULT_SET] = apply_loop_result_set,
    [EV_LOOP_CHANGED] = apply_loop_changed,
    [EV_LOOP_RESULTS_JOINED] = apply_loop_results_joined,
    [EV_ESCALATED] = apply_escalated,
    [EV_AD_HOC_FULFILLED] = apply_ad_hoc_fulfilled,
    [EV_VARIABLE_CREATED] = apply_variable_created,
    [EV_VARIABLE_UPDATED] = apply_variable_updated,
    [EV_VARIABLES_CHANGED] = apply_variables_changed,
    [EV_JOB_CREATED] = apply_job_created,
    [EV_JOB_ACTIVATED] = apply_job_activated,
    [EV_JOB_COMPLETED] = apply_job_completed,
    [EV_JOB_FAILED] = apply_job_failed,
    [EV_JOB_ERROR_THROWN] = apply_job_error_thrown,
    [EV_JOB_TIMED_OUT] = apply_job_timed_out,
    [EV_JOB_RECURRED] = apply_job_recurred,
    [EV_JOB_YIELDED] = apply_job_yielded,
    [EV_JOB_CANCELED] = apply_job_canceled,
    [EV_JOB_RETRIES_UPDATED] = apply_job_retries_updated,
    [EV_JOB_TIMEOUT_UPDATED] = apply_job_timeout_updated,
    [EV_JOB_PRIORITY_UPDATED] = apply_job_priority_updated,
    [EV_USER_TASK_CREATING] = apply_user_task_creating,
    [EV_USER_TASK_CREATED] = apply_user_task_created,
    [EV_USER_TASK_ASSIGNING] = apply_user_task_assigning,
    [EV_USER_TASK_CLAIMING] = apply_user_task_claiming,
    [EV_USER_TASK_ASSIGNED] = apply_user_task_assigned,
    [EV_USER_TASK_UPDATING] = apply_user_task_updating,
    [EV_USER_TASK_UPDATED] = apply_user_task_updated,
    [EV_USER_TASK_COMPLETING] = apply_user_task_completing,
    [EV_USER_TASK_COMPLETED] = apply_user_task_completed,
    [EV_USER_TASK_CANCELING] = apply_user_task_canceling,
    [EV_USER_TASK_CANCELED] = apply_user_task_canceled,
    [EV_USER_TASK_CORRECTED] = apply_user_task_corrected,
    [EV_USER_TASK_ASSIGNMENT_DENIED] = apply_user_task_assignment_denied,
    [EV_USER_TASK_UPDATE_DENIED] = apply_user_task_update_denied,
    [EV_USER_TASK_COMPLETION_DENIED] = apply_user_task_completion_denied,
    [EV_USER_TASK_MIGRATED] = apply_user_task_migrated,
    [EV_DECISION_EVALUATED] = apply_decision_evaluated,
    [EV_DECISION_FAILED] = apply_decision_failed,
    [EV_CLUSTER_VARIABLE_SET] = apply_cluster_variable_set,
    [EV_CLUSTER_VARIABLE_DELETED] = apply_cluster_variable_deleted,
    [EV_GLOBAL_LISTENER_SET] = apply_global_listener_set,
    [EV_GLOBAL_LISTENER_DELETED] = apply_global_listener_deleted,
    [EV_CLOCK_PINNED] = apply_clock_pinned,
    [EV_CLOCK_RESET] = apply_clock_reset,
    [EV_INSTANCE_DELETED] = apply_instance_deleted,
    [EV_DECISIONS_DELETED] = apply_decisions_deleted,
    [EV_TIMER_CREATED] = apply_timer_created,
    [EV_TIMER_TRIGGERED] = apply_timer_triggered,
    [EV_TIMER_CANCELED] = apply_timer_canceled,
    [EV_INCIDENT_CREATED] = apply_incident_created,
    [EV_INCIDENT_RESOLVED] = apply_incident_resolved,
    [EV_MESSAGE_PUBLISHED] = apply_message_published,
    [EV_MESSAGE_EXPIRED] = apply_message_expired,
    [EV_MESSAGE_SUBSCRIPTION_CREATED] = apply_message_subscription_created,
    [EV_MESSAGE_SUBSCRIPTION_CORRELATING] = apply_message_subscription_correlating,
    [EV_MESSAGE_SUBSCRIPTION_CORRELATED] = apply_message_subscription_correlated,
    [EV_MESSAGE_SUBSCRIPTION_ANSWERED] = apply_message_subscription_answered,
    [EV_MESSAGE_SUBSCRIPTION_REJECTED] = apply_message_subscription_rejected,
    [EV_MESSAGE_SUBSCRIPTION_DELETED] = apply_message_subscription_deleted,
    [EV_PROCESS_SUBSCRIPTION_CREATED] = apply_process_subscription_created,
    [EV_PROCESS_SUBSCRIPTION_CORRELATED] = apply_process_subscription_correlated,
    [EV_PROCESS_SUBSCRIPTION_DELETED] = apply_process_subscription_deleted,
    [EV_START_SUBSCRIPTION_CREATED] = apply_start_subscription_created,
    [EV_START_SUBSCRIPTION_DELETED] = apply_start_subscription_deleted,
    [EV_START_CORRELATED] = apply_start_correlated,
    [EV_START_LOCK_RELEASED] = apply_start_lock_released,
    [EV_COMPENSATION_SUBSCRIBED] = apply_compensation_subscribed,
    [EV_COMPENSATION_TRIGGERED] = apply_compensation_triggered,
    [EV_COMPENSATION_COMPLETED] = apply_compensation_completed,
    [EV_SIGNAL_BROADCASTED] = apply_signal_broadcasted,
    [EV_SIGNAL_SUBSCRIPTION_CREATED] = apply_signal_subscription_created,
    [EV_SIGNAL_SUBSCRIPTION_DELETED] = apply_signal_subscription_deleted,
    [EV_CONDITION_OPENED] = apply_condition_opened,
    [EV_CONDITION_CLOSED] = apply_condition_closed,
    [EV_CONDITION_MIGRATED] = apply_condition_migrated,
    [EV_CONDITIONS_EVALUATED] = apply_conditions_evaluated,
    [EV_PENDING_ADDED] = apply_pending_added,
    [EV_PENDING_REMOVED] = apply_pending_removed,
    [EV_PENDING_REFUSED] = apply_pending_refused,
    [EV_OUTBOX_ADDED] = apply_outbox_added,
    [EV_OUTBOX_ACKNOWLEDGED] = apply_outbox_acknowledged,
    [EV_INBOX_MOVED] = apply_inbox_moved,
    [EV_INSTANCE_BANNED] = apply_instance_banned,
    [EV_DUE_DROPPED] = apply_due_dropped,
    [EV_EXPRESSION_WARNED] = apply_expression_warned,
};
