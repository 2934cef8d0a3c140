/* dispatch.c - printed from commands.def by tools/describe; edit that. */
#include "engine/command/command.h"

void decide_deployment_create(struct step *s, u64 key, const void *record);
void decide_instance_create(struct step *s, u64 key, const void *record);
void decide_instance_cancel(struct step *s, u64 key, const void *record);
void decide_job_activate(struct step *s, u64 key, const void *record);
void decide_job_complete(struct step *s, u64 key, const void *record);
void decide_job_fail(struct step *s, u64 key, const void *record);
void decide_job_throw_error(struct step *s, u64 key, const void *record);
void decide_job_update_retries(struct step *s, u64 key, const void *record);
void decide_job_update_timeout(struct step *s, u64 key, const void *record);
void decide_job_update(struct step *s, u64 key, const void *record);
void decide_message_publish(struct step *s, u64 key, const void *record);
void decide_variables_set(struct step *s, u64 key, const void *record);
void decide_incident_resolve(struct step *s, u64 key, const void *record);
void decide_signal_broadcast(struct step *s, u64 key, const void *record);
void decide_resource_delete(struct step *s, u64 key, const void *record);
void decide_instance_modify(struct step *s, u64 key, const void *record);
void decide_instance_migrate(struct step *s, u64 key, const void *record);
void decide_job_update_priority(struct step *s, u64 key, const void *record);
void decide_business_id_assign(struct step *s, u64 key, const void *record);
void decide_instance_suspend(struct step *s, u64 key, const void *record);
void decide_instance_resume(struct step *s, u64 key, const void *record);
void decide_message_correlate(struct step *s, u64 key, const void *record);
void decide_decision_evaluate(struct step *s, u64 key, const void *record);
void decide_user_task_complete(struct step *s, u64 key, const void *record);
void decide_user_task_assign(struct step *s, u64 key, const void *record);
void decide_user_task_unassign(struct step *s, u64 key, const void *record);
void decide_user_task_update(struct step *s, u64 key, const void *record);
void decide_conditions_evaluate(struct step *s, u64 key, const void *record);
void decide_ad_hoc_activate(struct step *s, u64 key, const void *record);
void decide_batch_cancel_instances(struct step *s, u64 key, const void *record);
void decide_batch_suspend_instances(struct step *s, u64 key, const void *record);
void decide_batch_resume_instances(struct step *s, u64 key, const void *record);
void decide_batch_resolve_incidents(struct step *s, u64 key, const void *record);
void decide_batch_migrate_instances(struct step *s, u64 key, const void *record);
void decide_batch_modify_instances(struct step *s, u64 key, const void *record);
void decide_batch_update_jobs(struct step *s, u64 key, const void *record);
void decide_batch_delete_instances(struct step *s, u64 key, const void *record);
void decide_batch_delete_decisions(struct step *s, u64 key, const void *record);
void decide_incidents_resolve(struct step *s, u64 key, const void *record);
void decide_batch_suspend(struct step *s, u64 key, const void *record);
void decide_batch_resume(struct step *s, u64 key, const void *record);
void decide_batch_cancel(struct step *s, u64 key, const void *record);
void decide_cluster_variable_create(struct step *s, u64 key, const void *record);
void decide_cluster_variable_update(struct step *s, u64 key, const void *record);
void decide_cluster_variable_delete(struct step *s, u64 key, const void *record);
void decide_global_listener_create(struct step *s, u64 key, const void *record);
void decide_global_listener_update(struct step *s, u64 key, const void *record);
void decide_global_listener_delete(struct step *s, u64 key, const void *record);
void decide_clock_set(struct step *s, u64 key, const void *record);
void decide_shared_spread(struct step *s, u64 key, const void *record);
void decide_instance_delete(struct step *s, u64 key, const void *record);
void decide_decisions_delete(struct step *s, u64 key, const void *record);
void decide_search(struct step *s, u64 key, const void *record);
void decide_instance_explain(struct step *s, u64 key, const void *record);
void decide_shared_get(struct step *s, u64 key, const void *record);
void decide_expression_evaluate(struct step *s, u64 key, const void *record);
void decide_job_yield(struct step *s, u64 key, const void *record);
void decide_history_wanted(struct step *s, u64 key, const void *record);
void decide_history_found(struct step *s, u64 key, const void *record);
void decide_job_time_out(struct step *s, u64 key, const void *record);
void decide_job_recur(struct step *s, u64 key, const void *record);
void decide_timer_trigger(struct step *s, u64 key, const void *record);
void decide_message_expire(struct step *s, u64 key, const void *record);
void decide_pending_run(struct step *s, u64 key, const void *record);
void decide_pending_refuse(struct step *s, u64 key, const void *record);
void decide_batch_go(struct step *s, u64 key, const void *record);
void decide_element_activate(struct step *s, u64 key, const void *record);
void decide_element_run(struct step *s, u64 key, const void *record);
void decide_element_terminate(struct step *s, u64 key, const void *record);
void decide_children_terminate(struct step *s, u64 key, const void *record);
void decide_banned_remove(struct step *s, u64 key, const void *record);
void decide_start_lock_release(struct step *s, u64 key, const void *record);
void decide_loop_join(struct step *s, u64 key, const void *record);
void decide_loop_go(struct step *s, u64 key, const void *record);
void decide_signal_correlate(struct step *s, u64 key, const void *record);
void decide_signal_take(struct step *s, u64 key, const void *record);
void decide_conditions_check(struct step *s, u64 key, const void *record);
void decide_condition_trigger(struct step *s, u64 key, const void *record);
void decide_subscription_open(struct step *s, u64 key, const void *record);
void decide_subscription_correlate(struct step *s, u64 key, const void *record);
void decide_subscription_correlated(struct step *s, u64 key, const void *record);
void decide_subscription_kept(struct step *s, u64 key, const void *record);
void decide_subscription_reject(struct step *s, u64 key, const void *record);
void decide_subscription_close(struct step *s, u64 key, const void *record);
void decide_deployment_distribute(struct step *s, u64 key, const void *record);
void decide_outbox_acknowledge(struct step *s, u64 key, const void *record);
void decide_instance_ban(struct step *s, u64 key, const void *record);
void decide_resource_delete_on(struct step *s, u64 key, const void *record);
void decide_subscription_migrate(struct step *s, u64 key, const void *record);
void decide_batch_start(struct step *s, u64 key, const void *record);
void decide_batch_move(struct step *s, u64 key, const void *record);
void decide_batch_report(struct step *s, u64 key, const void *record);

decider *const deciders[COMMAND_COUNT] = {
    [CMD_DEPLOYMENT_CREATE] = decide_deployment_create,
    [CMD_INSTANCE_CREATE] = decide_instance_create,
    [CMD_INSTANCE_CANCEL] = decide_instance_cancel,
    [CMD_JOB_ACTIVATE] = decide_job_activate,
    [CMD_JOB_COMPLETE] = decide_job_complete,
    [CMD_JOB_FAIL] = decide_job_fail,
    [CMD_JOB_THROW_ERROR] = decide_job_throw_error,
    [CMD_JOB_UPDATE_RETRIES] = decide_job_update_retries,
    [CMD_JOB_UPDATE_TIMEOUT] = decide_job_update_timeout,
    [CMD_JOB_UPDATE] = decide_job_update,
    [CMD_MESSAGE_PUBLISH] = decide_message_publish,
    [CMD_VARIABLES_SET] = decide_variables_set,
    [CMD_INCIDENT_RESOLVE] = decide_incident_resolve,
    [CMD_SIGNAL_BROADCAST] = decide_signal_broadcast,
    [CMD_RESOURCE_DELETE] = decide_resource_delete,
    [CMD_INSTANCE_MODIFY] = decide_instance_modify,
    [CMD_INSTANCE_MIGRATE] = decide_instance_migrate,
    [CMD_JOB_UPDATE_PRIORITY] = decide_job_update_priority,
    [CMD_BUSINESS_ID_ASSIGN] = decide_business_id_assign,
    [CMD_INSTANCE_SUSPEND] = decide_instance_suspend,
    [CMD_INSTANCE_RESUME] = decide_instance_resume,
    [CMD_MESSAGE_CORRELATE] = decide_message_correlate,
    [CMD_DECISION_EVALUATE] = decide_decision_evaluate,
    [CMD_USER_TASK_COMPLETE] = decide_user_task_complete,
    [CMD_USER_TASK_ASSIGN] = decide_user_task_assign,
    [CMD_USER_TASK_UNASSIGN] = decide_user_task_unassign,
    [CMD_USER_TASK_UPDATE] = decide_user_task_update,
    [CMD_CONDITIONS_EVALUATE] = decide_conditions_evaluate,
    [CMD_AD_HOC_ACTIVATE] = decide_ad_hoc_activate,
    [CMD_BATCH_CANCEL_INSTANCES] = decide_batch_cancel_instances,
    [CMD_BATCH_SUSPEND_INSTANCES] = decide_batch_suspend_instances,
    [CMD_BATCH_RESUME_INSTANCES] = decide_batch_resume_instances,
    [CMD_BATCH_RESOLVE_INCIDENTS] = decide_batch_resolve_incidents,
    [CMD_BATCH_MIGRATE_INSTANCES] = decide_batch_migrate_instances,
    [CMD_BATCH_MODIFY_INSTANCES] = decide_batch_modify_instances,
    [CMD_BATCH_UPDATE_JOBS] = decide_batch_update_jobs,
    [CMD_BATCH_DELETE_INSTANCES] = decide_batch_delete_instances,
    [CMD_BATCH_DELETE_DECISIONS] = decide_batch_delete_decisions,
    [CMD_INCIDENTS_RESOLVE] = decide_incidents_resolve,
    [CMD_BATCH_SUSPEND] = decide_batch_suspend,
    [CMD_BATCH_RESUME] = decide_batch_resume,
    [CMD_BATCH_CANCEL] = decide_batch_cancel,
    [CMD_CLUSTER_VARIABLE_CREATE] = decide_cluster_variable_create,
    [CMD_CLUSTER_VARIABLE_UPDATE] = decide_cluster_variable_update,
    [CMD_CLUSTER_VARIABLE_DELETE] = decide_cluster_variable_delete,
    [CMD_GLOBAL_LISTENER_CREATE] = decide_global_listener_create,
    [CMD_GLOBAL_LISTENER_UPDATE] = decide_global_listener_update,
    [CMD_GLOBAL_LISTENER_DELETE] = decide_global_listener_delete,
    [CMD_CLOCK_SET] = decide_clock_set,
    [CMD_SHARED_SPREAD] = decide_shared_spread,
    [CMD_INSTANCE_DELETE] = decide_instance_delete,
    [CMD_DECISIONS_DELETE] = decide_decisions_delete,
    [CMD_SEARCH] = decide_search,
    [CMD_INSTANCE_EXPLAIN] = decide_instance_explain,
    [CMD_SHARED_GET] = decide_shared_get,
    [CMD_EXPRESSION_EVALUATE] = decide_expression_evaluate,
    [CMD_JOB_YIELD] = decide_job_yield,
    [CMD_HISTORY_WANTED] = decide_history_wanted,
    [CMD_HISTORY_FOUND] = decide_history_found,
    [CMD_JOB_TIME_OUT] = decide_job_time_out,
    [CMD_JOB_RECUR] = decide_job_recur,
    [CMD_TIMER_TRIGGER] = decide_timer_trigger,
    [CMD_MESSAGE_EXPIRE] = decide_message_expire,
    [CMD_PENDING_RUN] = decide_pending_run,
    [CMD_PENDING_REFUSE] = decide_pending_refuse,
    [CMD_BATCH_GO] = decide_batch_go,
    [CMD_ELEMENT_ACTIVATE] = decide_element_activate,
    [CMD_ELEMENT_RUN] = decide_element_run,
    [CMD_ELEMENT_TERMINATE] = decide_element_terminate,
    [CMD_CHILDREN_TERMINATE] = decide_children_terminate,
    [CMD_BANNED_REMOVE] = decide_banned_remove,
    [CMD_START_LOCK_RELEASE] = decide_start_lock_release,
    [CMD_LOOP_JOIN] = decide_loop_join,
    [CMD_LOOP_GO] = decide_loop_go,
    [CMD_SIGNAL_CORRELATE] = decide_signal_correlate,
    [CMD_SIGNAL_TAKE] = decide_signal_take,
    [CMD_CONDITIONS_CHECK] = decide_conditions_check,
    [CMD_CONDITION_TRIGGER] = decide_condition_trigger,
    [CMD_SUBSCRIPTION_OPEN] = decide_subscription_open,
    [CMD_SUBSCRIPTION_CORRELATE] = decide_subscription_correlate,
    [CMD_SUBSCRIPTION_CORRELATED] = decide_subscription_correlated,
    [CMD_SUBSCRIPTION_KEPT] = decide_subscription_kept,
    [CMD_SUBSCRIPTION_REJECT] = decide_subscription_reject,
    [CMD_SUBSCRIPTION_CLOSE] = decide_subscription_close,
    [CMD_DEPLOYMENT_DISTRIBUTE] = decide_deployment_distribute,
    [CMD_OUTBOX_ACKNOWLEDGE] = decide_outbox_acknowledge,
    [CMD_INSTANCE_BAN] = decide_instance_ban,
    [CMD_RESOURCE_DELETE_ON] = decide_resource_delete_on,
    [CMD_SUBSCRIPTION_MIGRATE] = decide_subscription_migrate,
    [CMD_BATCH_START] = decide_batch_start,
    [CMD_BATCH_MOVE] = decide_batch_move,
    [CMD_BATCH_REPORT] = decide_batch_report,
};
