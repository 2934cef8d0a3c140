/* records.c - printed from records.def by tools/describe; edit that. */
#include "record/record.h"

const struct shape nothing_shape = {
    "nothing", sizeof(struct nothing), NULL, 0, 0};

static const struct field resource_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct resource, name), NULL},
    {"content", FIELD_BYTES, 2, offsetof(struct resource, content), NULL},
};

const struct shape resource_shape = {
    "resource", sizeof(struct resource), resource_fields, 2, 0x3};

static const struct field deployment_create_fields[] = {
    {"resources", FIELD_MANY, 1, offsetof(struct deployment_create, resources), &resource_shape},
};

const struct shape deployment_create_shape = {
    "deployment_create", sizeof(struct deployment_create), deployment_create_fields, 1, 0x1};

static const struct field process_metadata_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct process_metadata, bpmn_process_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct process_metadata, version), NULL},
    {"process_key", FIELD_U64, 3, offsetof(struct process_metadata, process_key), NULL},
    {"resource_name", FIELD_TEXT, 4, offsetof(struct process_metadata, resource_name), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct process_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 6, offsetof(struct process_metadata, is_duplicate), NULL},
};

const struct shape process_metadata_shape = {
    "process_metadata", sizeof(struct process_metadata), process_metadata_fields, 6, 0x19};

static const struct field decision_metadata_fields[] = {
    {"decision_id", FIELD_TEXT, 1, offsetof(struct decision_metadata, decision_id), NULL},
    {"decision_name", FIELD_TEXT, 2, offsetof(struct decision_metadata, decision_name), NULL},
    {"version", FIELD_I32, 3, offsetof(struct decision_metadata, version), NULL},
    {"decision_key", FIELD_U64, 4, offsetof(struct decision_metadata, decision_key), NULL},
    {"requirements_id", FIELD_TEXT, 5, offsetof(struct decision_metadata, requirements_id), NULL},
    {"requirements_key", FIELD_U64, 6, offsetof(struct decision_metadata, requirements_key), NULL},
    {"tenant", FIELD_TEXT, 7, offsetof(struct decision_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 8, offsetof(struct decision_metadata, is_duplicate), NULL},
};

const struct shape decision_metadata_shape = {
    "decision_metadata", sizeof(struct decision_metadata), decision_metadata_fields, 8, 0x53};

static const struct field requirements_metadata_fields[] = {
    {"requirements_id", FIELD_TEXT, 1, offsetof(struct requirements_metadata, requirements_id), NULL},
    {"requirements_name", FIELD_TEXT, 2, offsetof(struct requirements_metadata, requirements_name), NULL},
    {"version", FIELD_I32, 3, offsetof(struct requirements_metadata, version), NULL},
    {"requirements_key", FIELD_U64, 4, offsetof(struct requirements_metadata, requirements_key), NULL},
    {"resource_name", FIELD_TEXT, 5, offsetof(struct requirements_metadata, resource_name), NULL},
    {"tenant", FIELD_TEXT, 6, offsetof(struct requirements_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 7, offsetof(struct requirements_metadata, is_duplicate), NULL},
};

const struct shape requirements_metadata_shape = {
    "requirements_metadata", sizeof(struct requirements_metadata), requirements_metadata_fields, 7, 0x33};

static const struct field artifact_metadata_fields[] = {
    {"artifact_id", FIELD_TEXT, 1, offsetof(struct artifact_metadata, artifact_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct artifact_metadata, version), NULL},
    {"artifact_key", FIELD_U64, 3, offsetof(struct artifact_metadata, artifact_key), NULL},
    {"resource_name", FIELD_TEXT, 4, offsetof(struct artifact_metadata, resource_name), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct artifact_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 6, offsetof(struct artifact_metadata, is_duplicate), NULL},
};

const struct shape artifact_metadata_shape = {
    "artifact_metadata", sizeof(struct artifact_metadata), artifact_metadata_fields, 6, 0x19};

static const struct field deployment_part_fields[] = {
    {"process", FIELD_ONE, 1, offsetof(struct deployment_part, process), &process_metadata_shape},
    {"decision", FIELD_ONE, 2, offsetof(struct deployment_part, decision), &decision_metadata_shape},
    {"requirements", FIELD_ONE, 3, offsetof(struct deployment_part, requirements), &requirements_metadata_shape},
    {"form", FIELD_ONE, 4, offsetof(struct deployment_part, form), &artifact_metadata_shape},
    {"file", FIELD_ONE, 5, offsetof(struct deployment_part, file), &artifact_metadata_shape},
};

const struct shape deployment_part_shape = {
    "deployment_part", sizeof(struct deployment_part), deployment_part_fields, 5, 0x1f};

static const struct field deployment_created_fields[] = {
    {"deployment_key", FIELD_U64, 1, offsetof(struct deployment_created, deployment_key), NULL},
    {"processes", FIELD_MANY, 2, offsetof(struct deployment_created, processes), &process_metadata_shape},
    {"tenant", FIELD_TEXT, 3, offsetof(struct deployment_created, tenant), NULL},
    {"all", FIELD_MANY, 4, offsetof(struct deployment_created, all), &deployment_part_shape},
    {"named", FIELD_MANY, 5, offsetof(struct deployment_created, named), &deployment_part_shape},
};

const struct shape deployment_created_shape = {
    "deployment_created", sizeof(struct deployment_created), deployment_created_fields, 5, 0x1e};

static const struct field deployment_distribute_fields[] = {
    {"resources", FIELD_MANY, 1, offsetof(struct deployment_distribute, resources), &resource_row_shape},
    {"processes", FIELD_MANY, 2, offsetof(struct deployment_distribute, processes), &process_row_shape},
    {"resource_keys", FIELD_LIST_U64, 3, offsetof(struct deployment_distribute, resource_keys), NULL},
    {"process_keys", FIELD_LIST_U64, 4, offsetof(struct deployment_distribute, process_keys), NULL},
    {"requirements", FIELD_MANY, 5, offsetof(struct deployment_distribute, requirements), &requirements_row_shape},
    {"requirements_keys", FIELD_LIST_U64, 6, offsetof(struct deployment_distribute, requirements_keys), NULL},
    {"decisions", FIELD_MANY, 7, offsetof(struct deployment_distribute, decisions), &decision_row_shape},
    {"decision_keys", FIELD_LIST_U64, 8, offsetof(struct deployment_distribute, decision_keys), NULL},
    {"artifacts", FIELD_MANY, 9, offsetof(struct deployment_distribute, artifacts), &artifact_row_shape},
    {"artifact_keys", FIELD_LIST_U64, 10, offsetof(struct deployment_distribute, artifact_keys), NULL},
};

const struct shape deployment_distribute_shape = {
    "deployment_distribute", sizeof(struct deployment_distribute), deployment_distribute_fields, 10, 0x3ff};

static const struct field resource_was_deleted_fields[] = {
    {"resource_key", FIELD_TEXT, 1, offsetof(struct resource_was_deleted, resource_key), NULL},
};

const struct shape resource_was_deleted_shape = {
    "resource_was_deleted", sizeof(struct resource_was_deleted), resource_was_deleted_fields, 1, 0x1};

static const struct field instance_create_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct instance_create, bpmn_process_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct instance_create, version), NULL},
    {"process_key", FIELD_U64, 3, offsetof(struct instance_create, process_key), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct instance_create, variables), NULL},
    {"awaits_result", FIELD_BOOLEAN, 5, offsetof(struct instance_create, awaits_result), NULL},
    {"fetch_variables", FIELD_LIST_TEXT, 6, offsetof(struct instance_create, fetch_variables), NULL},
    {"starts", FIELD_MANY, 7, offsetof(struct instance_create, starts), &start_instruction_shape},
    {"ends", FIELD_MANY, 8, offsetof(struct instance_create, ends), &runtime_instruction_shape},
    {"tags", FIELD_LIST_TEXT, 9, offsetof(struct instance_create, tags), NULL},
    {"business_id", FIELD_TEXT, 10, offsetof(struct instance_create, business_id), NULL},
};

const struct shape instance_create_shape = {
    "instance_create", sizeof(struct instance_create), instance_create_fields, 10, 0x3e9};

static const struct field start_instruction_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct start_instruction, element_id), NULL},
};

const struct shape start_instruction_shape = {
    "start_instruction", sizeof(struct start_instruction), start_instruction_fields, 1, 0x1};

static const struct field runtime_instruction_fields[] = {
    {"after_element_id", FIELD_TEXT, 1, offsetof(struct runtime_instruction, after_element_id), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct runtime_instruction, type), NULL},
};

const struct shape runtime_instruction_shape = {
    "runtime_instruction", sizeof(struct runtime_instruction), runtime_instruction_fields, 2, 0x3};

static const struct field instance_created_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct instance_created, process_key), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct instance_created, bpmn_process_id), NULL},
    {"version", FIELD_I32, 3, offsetof(struct instance_created, version), NULL},
    {"instance_key", FIELD_U64, 4, offsetof(struct instance_created, instance_key), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct instance_created, tenant), NULL},
    {"variables", FIELD_JSON, 6, offsetof(struct instance_created, variables), NULL},
    {"tags", FIELD_LIST_TEXT, 7, offsetof(struct instance_created, tags), NULL},
    {"business_id", FIELD_TEXT, 8, offsetof(struct instance_created, business_id), NULL},
};

const struct shape instance_created_shape = {
    "instance_created", sizeof(struct instance_created), instance_created_fields, 8, 0xf2};

static const struct field variable_instruction_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct variable_instruction, variables), NULL},
    {"scope_id", FIELD_TEXT, 2, offsetof(struct variable_instruction, scope_id), NULL},
};

const struct shape variable_instruction_shape = {
    "variable_instruction", sizeof(struct variable_instruction), variable_instruction_fields, 2, 0x3};

static const struct field activate_instruction_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct activate_instruction, element_id), NULL},
    {"ancestor", FIELD_U64, 2, offsetof(struct activate_instruction, ancestor), NULL},
    {"variables", FIELD_MANY, 3, offsetof(struct activate_instruction, variables), &variable_instruction_shape},
};

const struct shape activate_instruction_shape = {
    "activate_instruction", sizeof(struct activate_instruction), activate_instruction_fields, 3, 0x5};

static const struct field terminate_instruction_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct terminate_instruction, element_instance), NULL},
    {"element_id", FIELD_TEXT, 2, offsetof(struct terminate_instruction, element_id), NULL},
};

const struct shape terminate_instruction_shape = {
    "terminate_instruction", sizeof(struct terminate_instruction), terminate_instruction_fields, 2, 0x2};

static const struct field move_instruction_fields[] = {
    {"source_instance", FIELD_U64, 1, offsetof(struct move_instruction, source_instance), NULL},
    {"source_id", FIELD_TEXT, 2, offsetof(struct move_instruction, source_id), NULL},
    {"target_id", FIELD_TEXT, 3, offsetof(struct move_instruction, target_id), NULL},
    {"variables", FIELD_MANY, 4, offsetof(struct move_instruction, variables), &variable_instruction_shape},
    {"ancestor", FIELD_U64, 5, offsetof(struct move_instruction, ancestor), NULL},
    {"infers_ancestor", FIELD_BOOLEAN, 6, offsetof(struct move_instruction, infers_ancestor), NULL},
    {"uses_source_parent", FIELD_BOOLEAN, 7, offsetof(struct move_instruction, uses_source_parent), NULL},
    {"source_type", FIELD_TEXT, 8, offsetof(struct move_instruction, source_type), NULL},
    {"ancestor_type", FIELD_TEXT, 9, offsetof(struct move_instruction, ancestor_type), NULL},
};

const struct shape move_instruction_shape = {
    "move_instruction", sizeof(struct move_instruction), move_instruction_fields, 9, 0x18e};

static const struct field instance_modify_fields[] = {
    {"activates", FIELD_MANY, 1, offsetof(struct instance_modify, activates), &activate_instruction_shape},
    {"terminates", FIELD_MANY, 2, offsetof(struct instance_modify, terminates), &terminate_instruction_shape},
    {"moves", FIELD_MANY, 3, offsetof(struct instance_modify, moves), &move_instruction_shape},
};

const struct shape instance_modify_shape = {
    "instance_modify", sizeof(struct instance_modify), instance_modify_fields, 3, 0x7};

static const struct field mapping_instruction_fields[] = {
    {"source_id", FIELD_TEXT, 1, offsetof(struct mapping_instruction, source_id), NULL},
    {"target_id", FIELD_TEXT, 2, offsetof(struct mapping_instruction, target_id), NULL},
};

const struct shape mapping_instruction_shape = {
    "mapping_instruction", sizeof(struct mapping_instruction), mapping_instruction_fields, 2, 0x3};

static const struct field instance_migrate_fields[] = {
    {"target_process", FIELD_U64, 1, offsetof(struct instance_migrate, target_process), NULL},
    {"mappings", FIELD_MANY, 2, offsetof(struct instance_migrate, mappings), &mapping_instruction_shape},
};

const struct shape instance_migrate_shape = {
    "instance_migrate", sizeof(struct instance_migrate), instance_migrate_fields, 2, 0x2};

static const struct field job_update_priority_fields[] = {
    {"priority", FIELD_I32, 1, offsetof(struct job_update_priority, priority), NULL},
    {"has_priority", FIELD_BOOLEAN, 2, offsetof(struct job_update_priority, has_priority), NULL},
};

const struct shape job_update_priority_shape = {
    "job_update_priority", sizeof(struct job_update_priority), job_update_priority_fields, 2, 0x0};

static const struct field business_id_assign_fields[] = {
    {"business_id", FIELD_TEXT, 1, offsetof(struct business_id_assign, business_id), NULL},
};

const struct shape business_id_assign_shape = {
    "business_id_assign", sizeof(struct business_id_assign), business_id_assign_fields, 1, 0x1};

static const struct field job_activate_fields[] = {
    {"type", FIELD_TEXT, 1, offsetof(struct job_activate, type), NULL},
    {"worker", FIELD_TEXT, 2, offsetof(struct job_activate, worker), NULL},
    {"timeout", FIELD_I64, 3, offsetof(struct job_activate, timeout), NULL},
    {"max_jobs", FIELD_I32, 4, offsetof(struct job_activate, max_jobs), NULL},
    {"fetch_variables", FIELD_LIST_TEXT, 5, offsetof(struct job_activate, fetch_variables), NULL},
    {"tenants", FIELD_LIST_TEXT, 6, offsetof(struct job_activate, tenants), NULL},
};

const struct shape job_activate_shape = {
    "job_activate", sizeof(struct job_activate), job_activate_fields, 6, 0x33};

static const struct field user_task_properties_fields[] = {
    {"action", FIELD_TEXT, 1, offsetof(struct user_task_properties, action), NULL},
    {"assignee", FIELD_TEXT, 2, offsetof(struct user_task_properties, assignee), NULL},
    {"candidate_groups", FIELD_LIST_TEXT, 3, offsetof(struct user_task_properties, candidate_groups), NULL},
    {"candidate_users", FIELD_LIST_TEXT, 4, offsetof(struct user_task_properties, candidate_users), NULL},
    {"changed_attributes", FIELD_LIST_TEXT, 5, offsetof(struct user_task_properties, changed_attributes), NULL},
    {"due_date", FIELD_TEXT, 6, offsetof(struct user_task_properties, due_date), NULL},
    {"follow_up_date", FIELD_TEXT, 7, offsetof(struct user_task_properties, follow_up_date), NULL},
    {"form_key", FIELD_U64, 8, offsetof(struct user_task_properties, form_key), NULL},
    {"priority", FIELD_I32, 9, offsetof(struct user_task_properties, priority), NULL},
    {"key", FIELD_U64, 10, offsetof(struct user_task_properties, key), NULL},
};

const struct shape user_task_properties_shape = {
    "user_task_properties", sizeof(struct user_task_properties), user_task_properties_fields, 10, 0x7f};

static const struct field activated_job_fields[] = {
    {"key", FIELD_U64, 1, offsetof(struct activated_job, key), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct activated_job, type), NULL},
    {"instance_key", FIELD_U64, 3, offsetof(struct activated_job, instance_key), NULL},
    {"bpmn_process_id", FIELD_TEXT, 4, offsetof(struct activated_job, bpmn_process_id), NULL},
    {"version", FIELD_I32, 5, offsetof(struct activated_job, version), NULL},
    {"process_key", FIELD_U64, 6, offsetof(struct activated_job, process_key), NULL},
    {"element_id", FIELD_TEXT, 7, offsetof(struct activated_job, element_id), NULL},
    {"element_instance_key", FIELD_U64, 8, offsetof(struct activated_job, element_instance_key), NULL},
    {"custom_headers", FIELD_JSON, 9, offsetof(struct activated_job, custom_headers), NULL},
    {"worker", FIELD_TEXT, 10, offsetof(struct activated_job, worker), NULL},
    {"retries", FIELD_I32, 11, offsetof(struct activated_job, retries), NULL},
    {"deadline", FIELD_I64, 12, offsetof(struct activated_job, deadline), NULL},
    {"variables", FIELD_JSON, 13, offsetof(struct activated_job, variables), NULL},
    {"tenant", FIELD_TEXT, 14, offsetof(struct activated_job, tenant), NULL},
    {"kind", FIELD_I32, 15, offsetof(struct activated_job, kind), NULL},
    {"kind_name", FIELD_TEXT, 16, offsetof(struct activated_job, kind_name), NULL},
    {"listener_event", FIELD_I32, 17, offsetof(struct activated_job, listener_event), NULL},
    {"listener_event_name", FIELD_TEXT, 18, offsetof(struct activated_job, listener_event_name), NULL},
    {"tags", FIELD_LIST_TEXT, 19, offsetof(struct activated_job, tags), NULL},
    {"business_id", FIELD_TEXT, 20, offsetof(struct activated_job, business_id), NULL},
    {"priority", FIELD_I32, 21, offsetof(struct activated_job, priority), NULL},
    {"root_instance_key", FIELD_U64, 22, offsetof(struct activated_job, root_instance_key), NULL},
    {"user_task", FIELD_ONE, 23, offsetof(struct activated_job, user_task), &user_task_properties_shape},
};

const struct shape activated_job_shape = {
    "activated_job", sizeof(struct activated_job), activated_job_fields, 23, 0x4eb34a};

static const struct field jobs_activated_fields[] = {
    {"jobs", FIELD_MANY, 1, offsetof(struct jobs_activated, jobs), &activated_job_shape},
    {"is_truncated", FIELD_BOOLEAN, 2, offsetof(struct jobs_activated, is_truncated), NULL},
};

const struct shape jobs_activated_shape = {
    "jobs_activated", sizeof(struct jobs_activated), jobs_activated_fields, 2, 0x1};

static const struct field job_complete_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct job_complete, variables), NULL},
    {"is_denied", FIELD_BOOLEAN, 2, offsetof(struct job_complete, is_denied), NULL},
    {"denied_reason", FIELD_TEXT, 3, offsetof(struct job_complete, denied_reason), NULL},
    {"corrections", FIELD_ONE, 4, offsetof(struct job_complete, corrections), &user_task_change_shape},
    {"activates", FIELD_MANY, 5, offsetof(struct job_complete, activates), &ad_hoc_element_shape},
    {"is_fulfilled", FIELD_BOOLEAN, 6, offsetof(struct job_complete, is_fulfilled), NULL},
    {"cancels_remaining", FIELD_BOOLEAN, 7, offsetof(struct job_complete, cancels_remaining), NULL},
};

const struct shape job_complete_shape = {
    "job_complete", sizeof(struct job_complete), job_complete_fields, 7, 0x1d};

static const struct field ad_hoc_element_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct ad_hoc_element, element_id), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct ad_hoc_element, variables), NULL},
};

const struct shape ad_hoc_element_shape = {
    "ad_hoc_element", sizeof(struct ad_hoc_element), ad_hoc_element_fields, 2, 0x3};

static const struct field ad_hoc_activate_fields[] = {
    {"elements", FIELD_MANY, 1, offsetof(struct ad_hoc_activate, elements), &ad_hoc_element_shape},
    {"cancels_remaining", FIELD_BOOLEAN, 2, offsetof(struct ad_hoc_activate, cancels_remaining), NULL},
};

const struct shape ad_hoc_activate_shape = {
    "ad_hoc_activate", sizeof(struct ad_hoc_activate), ad_hoc_activate_fields, 2, 0x1};

static const struct field user_task_change_fields[] = {
    {"has_assignee", FIELD_BOOLEAN, 1, offsetof(struct user_task_change, has_assignee), NULL},
    {"assignee", FIELD_TEXT, 2, offsetof(struct user_task_change, assignee), NULL},
    {"has_candidate_groups", FIELD_BOOLEAN, 3, offsetof(struct user_task_change, has_candidate_groups), NULL},
    {"candidate_groups", FIELD_LIST_TEXT, 4, offsetof(struct user_task_change, candidate_groups), NULL},
    {"has_candidate_users", FIELD_BOOLEAN, 5, offsetof(struct user_task_change, has_candidate_users), NULL},
    {"candidate_users", FIELD_LIST_TEXT, 6, offsetof(struct user_task_change, candidate_users), NULL},
    {"has_due_date", FIELD_BOOLEAN, 7, offsetof(struct user_task_change, has_due_date), NULL},
    {"due_date", FIELD_TEXT, 8, offsetof(struct user_task_change, due_date), NULL},
    {"has_follow_up_date", FIELD_BOOLEAN, 9, offsetof(struct user_task_change, has_follow_up_date), NULL},
    {"follow_up_date", FIELD_TEXT, 10, offsetof(struct user_task_change, follow_up_date), NULL},
    {"has_priority", FIELD_BOOLEAN, 11, offsetof(struct user_task_change, has_priority), NULL},
    {"priority", FIELD_I32, 12, offsetof(struct user_task_change, priority), NULL},
};

const struct shape user_task_change_shape = {
    "user_task_change", sizeof(struct user_task_change), user_task_change_fields, 12, 0x2aa};

static const struct field user_task_complete_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct user_task_complete, variables), NULL},
    {"action", FIELD_TEXT, 2, offsetof(struct user_task_complete, action), NULL},
};

const struct shape user_task_complete_shape = {
    "user_task_complete", sizeof(struct user_task_complete), user_task_complete_fields, 2, 0x3};

static const struct field user_task_assign_fields[] = {
    {"assignee", FIELD_TEXT, 1, offsetof(struct user_task_assign, assignee), NULL},
    {"has_override", FIELD_BOOLEAN, 2, offsetof(struct user_task_assign, has_override), NULL},
    {"overrides", FIELD_BOOLEAN, 3, offsetof(struct user_task_assign, overrides), NULL},
    {"action", FIELD_TEXT, 4, offsetof(struct user_task_assign, action), NULL},
};

const struct shape user_task_assign_shape = {
    "user_task_assign", sizeof(struct user_task_assign), user_task_assign_fields, 4, 0x9};

static const struct field user_task_update_fields[] = {
    {"changeset", FIELD_ONE, 1, offsetof(struct user_task_update, changeset), &user_task_change_shape},
    {"action", FIELD_TEXT, 2, offsetof(struct user_task_update, action), NULL},
};

const struct shape user_task_update_shape = {
    "user_task_update", sizeof(struct user_task_update), user_task_update_fields, 2, 0x3};

static const struct field job_fail_fields[] = {
    {"retries", FIELD_I32, 1, offsetof(struct job_fail, retries), NULL},
    {"error_message", FIELD_TEXT, 2, offsetof(struct job_fail, error_message), NULL},
    {"retry_back_off", FIELD_I64, 3, offsetof(struct job_fail, retry_back_off), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct job_fail, variables), NULL},
};

const struct shape job_fail_shape = {
    "job_fail", sizeof(struct job_fail), job_fail_fields, 4, 0xa};

static const struct field job_throw_error_fields[] = {
    {"error_code", FIELD_TEXT, 1, offsetof(struct job_throw_error, error_code), NULL},
    {"error_message", FIELD_TEXT, 2, offsetof(struct job_throw_error, error_message), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct job_throw_error, variables), NULL},
};

const struct shape job_throw_error_shape = {
    "job_throw_error", sizeof(struct job_throw_error), job_throw_error_fields, 3, 0x7};

static const struct field job_update_retries_fields[] = {
    {"retries", FIELD_I32, 1, offsetof(struct job_update_retries, retries), NULL},
};

const struct shape job_update_retries_shape = {
    "job_update_retries", sizeof(struct job_update_retries), job_update_retries_fields, 1, 0x0};

static const struct field job_update_timeout_fields[] = {
    {"timeout", FIELD_I64, 1, offsetof(struct job_update_timeout, timeout), NULL},
};

const struct shape job_update_timeout_shape = {
    "job_update_timeout", sizeof(struct job_update_timeout), job_update_timeout_fields, 1, 0x0};

static const struct field job_update_fields[] = {
    {"has_retries", FIELD_BOOLEAN, 1, offsetof(struct job_update, has_retries), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_update, retries), NULL},
    {"has_timeout", FIELD_BOOLEAN, 3, offsetof(struct job_update, has_timeout), NULL},
    {"timeout", FIELD_I64, 4, offsetof(struct job_update, timeout), NULL},
    {"has_priority", FIELD_BOOLEAN, 5, offsetof(struct job_update, has_priority), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct job_update, priority), NULL},
};

const struct shape job_update_shape = {
    "job_update", sizeof(struct job_update), job_update_fields, 6, 0x0};

static const struct field message_publish_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct message_publish, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct message_publish, correlation_key), NULL},
    {"time_to_live", FIELD_I64, 3, offsetof(struct message_publish, time_to_live), NULL},
    {"message_id", FIELD_TEXT, 4, offsetof(struct message_publish, message_id), NULL},
    {"variables", FIELD_JSON, 5, offsetof(struct message_publish, variables), NULL},
};

const struct shape message_publish_shape = {
    "message_publish", sizeof(struct message_publish), message_publish_fields, 5, 0x1b};

static const struct field message_published_fields[] = {
    {"message_key", FIELD_U64, 1, offsetof(struct message_published, message_key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct message_published, tenant), NULL},
};

const struct shape message_published_shape = {
    "message_published", sizeof(struct message_published), message_published_fields, 2, 0x2};

static const struct field message_correlate_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct message_correlate, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct message_correlate, correlation_key), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct message_correlate, variables), NULL},
};

const struct shape message_correlate_shape = {
    "message_correlate", sizeof(struct message_correlate), message_correlate_fields, 3, 0x7};

static const struct field message_correlated_fields[] = {
    {"message_key", FIELD_U64, 1, offsetof(struct message_correlated, message_key), NULL},
    {"instance_key", FIELD_U64, 2, offsetof(struct message_correlated, instance_key), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct message_correlated, tenant), NULL},
};

const struct shape message_correlated_shape = {
    "message_correlated", sizeof(struct message_correlated), message_correlated_fields, 3, 0x4};

static const struct field decision_evaluate_fields[] = {
    {"decision_id", FIELD_TEXT, 1, offsetof(struct decision_evaluate, decision_id), NULL},
    {"decision_key", FIELD_U64, 2, offsetof(struct decision_evaluate, decision_key), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct decision_evaluate, variables), NULL},
};

const struct shape decision_evaluate_shape = {
    "decision_evaluate", sizeof(struct decision_evaluate), decision_evaluate_fields, 3, 0x5};

static const struct field evaluated_input_fields[] = {
    {"input_id", FIELD_TEXT, 1, offsetof(struct evaluated_input, input_id), NULL},
    {"input_name", FIELD_TEXT, 2, offsetof(struct evaluated_input, input_name), NULL},
    {"value", FIELD_JSON, 3, offsetof(struct evaluated_input, value), NULL},
};

const struct shape evaluated_input_shape = {
    "evaluated_input", sizeof(struct evaluated_input), evaluated_input_fields, 3, 0x7};

static const struct field evaluated_output_fields[] = {
    {"output_id", FIELD_TEXT, 1, offsetof(struct evaluated_output, output_id), NULL},
    {"output_name", FIELD_TEXT, 2, offsetof(struct evaluated_output, output_name), NULL},
    {"value", FIELD_JSON, 3, offsetof(struct evaluated_output, value), NULL},
    {"rule_id", FIELD_TEXT, 4, offsetof(struct evaluated_output, rule_id), NULL},
    {"rule_index", FIELD_I32, 5, offsetof(struct evaluated_output, rule_index), NULL},
};

const struct shape evaluated_output_shape = {
    "evaluated_output", sizeof(struct evaluated_output), evaluated_output_fields, 5, 0xf};

static const struct field matched_rule_fields[] = {
    {"rule_id", FIELD_TEXT, 1, offsetof(struct matched_rule, rule_id), NULL},
    {"rule_index", FIELD_I32, 2, offsetof(struct matched_rule, rule_index), NULL},
    {"outputs", FIELD_MANY, 3, offsetof(struct matched_rule, outputs), &evaluated_output_shape},
};

const struct shape matched_rule_shape = {
    "matched_rule", sizeof(struct matched_rule), matched_rule_fields, 3, 0x5};

static const struct field evaluated_decision_fields[] = {
    {"decision_key", FIELD_U64, 1, offsetof(struct evaluated_decision, decision_key), NULL},
    {"decision_id", FIELD_TEXT, 2, offsetof(struct evaluated_decision, decision_id), NULL},
    {"decision_name", FIELD_TEXT, 3, offsetof(struct evaluated_decision, decision_name), NULL},
    {"version", FIELD_I32, 4, offsetof(struct evaluated_decision, version), NULL},
    {"type", FIELD_TEXT, 5, offsetof(struct evaluated_decision, type), NULL},
    {"output", FIELD_JSON, 6, offsetof(struct evaluated_decision, output), NULL},
    {"rules", FIELD_MANY, 7, offsetof(struct evaluated_decision, rules), &matched_rule_shape},
    {"inputs", FIELD_MANY, 8, offsetof(struct evaluated_decision, inputs), &evaluated_input_shape},
    {"tenant", FIELD_TEXT, 9, offsetof(struct evaluated_decision, tenant), NULL},
    {"instance_key", FIELD_TEXT, 10, offsetof(struct evaluated_decision, instance_key), NULL},
};

const struct shape evaluated_decision_shape = {
    "evaluated_decision", sizeof(struct evaluated_decision), evaluated_decision_fields, 10, 0x3f6};

static const struct field decision_evaluated_fields[] = {
    {"decision_key", FIELD_U64, 1, offsetof(struct decision_evaluated, decision_key), NULL},
    {"decision_id", FIELD_TEXT, 2, offsetof(struct decision_evaluated, decision_id), NULL},
    {"decision_name", FIELD_TEXT, 3, offsetof(struct decision_evaluated, decision_name), NULL},
    {"version", FIELD_I32, 4, offsetof(struct decision_evaluated, version), NULL},
    {"requirements_id", FIELD_TEXT, 5, offsetof(struct decision_evaluated, requirements_id), NULL},
    {"requirements_key", FIELD_U64, 6, offsetof(struct decision_evaluated, requirements_key), NULL},
    {"output", FIELD_JSON, 7, offsetof(struct decision_evaluated, output), NULL},
    {"decisions", FIELD_MANY, 8, offsetof(struct decision_evaluated, decisions), &evaluated_decision_shape},
    {"failed_decision_id", FIELD_TEXT, 9, offsetof(struct decision_evaluated, failed_decision_id), NULL},
    {"failure_message", FIELD_TEXT, 10, offsetof(struct decision_evaluated, failure_message), NULL},
    {"tenant", FIELD_TEXT, 11, offsetof(struct decision_evaluated, tenant), NULL},
    {"evaluation_key", FIELD_U64, 12, offsetof(struct decision_evaluated, evaluation_key), NULL},
    {"instance", FIELD_U64, 13, offsetof(struct decision_evaluated, instance), NULL},
    {"process", FIELD_U64, 14, offsetof(struct decision_evaluated, process), NULL},
    {"element", FIELD_U32, 15, offsetof(struct decision_evaluated, element), NULL},
    {"element_instance", FIELD_U64, 16, offsetof(struct decision_evaluated, element_instance), NULL},
    {"warnings", FIELD_LIST_TEXT, 17, offsetof(struct decision_evaluated, warnings), NULL},
};

const struct shape decision_evaluated_shape = {
    "decision_evaluated", sizeof(struct decision_evaluated), decision_evaluated_fields, 17, 0x107d6};

static const struct field variables_set_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct variables_set, variables), NULL},
    {"is_local", FIELD_BOOLEAN, 2, offsetof(struct variables_set, is_local), NULL},
};

const struct shape variables_set_shape = {
    "variables_set", sizeof(struct variables_set), variables_set_fields, 2, 0x1};

static const struct field variables_were_set_fields[] = {
    {"key", FIELD_U64, 1, offsetof(struct variables_were_set, key), NULL},
};

const struct shape variables_were_set_shape = {
    "variables_were_set", sizeof(struct variables_were_set), variables_were_set_fields, 1, 0x0};

static const struct field signal_broadcast_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_broadcast, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_broadcast, variables), NULL},
    {"signal", FIELD_U64, 3, offsetof(struct signal_broadcast, signal), NULL},
};

const struct shape signal_broadcast_shape = {
    "signal_broadcast", sizeof(struct signal_broadcast), signal_broadcast_fields, 3, 0x3};

static const struct field signal_was_broadcast_fields[] = {
    {"signal_key", FIELD_U64, 1, offsetof(struct signal_was_broadcast, signal_key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct signal_was_broadcast, tenant), NULL},
};

const struct shape signal_was_broadcast_shape = {
    "signal_was_broadcast", sizeof(struct signal_was_broadcast), signal_was_broadcast_fields, 2, 0x2};

static const struct field conditions_evaluate_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct conditions_evaluate, process_key), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct conditions_evaluate, variables), NULL},
};

const struct shape conditions_evaluate_shape = {
    "conditions_evaluate", sizeof(struct conditions_evaluate), conditions_evaluate_fields, 2, 0x2};

static const struct field instance_reference_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct instance_reference, process_key), NULL},
    {"instance_key", FIELD_U64, 2, offsetof(struct instance_reference, instance_key), NULL},
};

const struct shape instance_reference_shape = {
    "instance_reference", sizeof(struct instance_reference), instance_reference_fields, 2, 0x0};

static const struct field conditions_were_evaluated_fields[] = {
    {"key", FIELD_U64, 1, offsetof(struct conditions_were_evaluated, key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct conditions_were_evaluated, tenant), NULL},
    {"instances", FIELD_MANY, 3, offsetof(struct conditions_were_evaluated, instances), &instance_reference_shape},
};

const struct shape conditions_were_evaluated_shape = {
    "conditions_were_evaluated", sizeof(struct conditions_were_evaluated), conditions_were_evaluated_fields, 3, 0x6};

static const struct field batch_create_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_create, filter), NULL},
};

const struct shape batch_create_shape = {
    "batch_create", sizeof(struct batch_create), batch_create_fields, 1, 0x1};

static const struct field batch_migrate_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_migrate, filter), NULL},
    {"plan", FIELD_ONE, 2, offsetof(struct batch_migrate, plan), &instance_migrate_shape},
};

const struct shape batch_migrate_shape = {
    "batch_migrate", sizeof(struct batch_migrate), batch_migrate_fields, 2, 0x3};

static const struct field batch_modify_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_modify, filter), NULL},
    {"moves", FIELD_MANY, 2, offsetof(struct batch_modify, moves), &move_instruction_shape},
};

const struct shape batch_modify_shape = {
    "batch_modify", sizeof(struct batch_modify), batch_modify_fields, 2, 0x3};

static const struct field batch_update_jobs_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_update_jobs, filter), NULL},
    {"changeset", FIELD_ONE, 2, offsetof(struct batch_update_jobs, changeset), &job_update_shape},
};

const struct shape batch_update_jobs_shape = {
    "batch_update_jobs", sizeof(struct batch_update_jobs), batch_update_jobs_fields, 2, 0x3};

static const struct field batch_created_fields[] = {
    {"batch_key", FIELD_U64, 1, offsetof(struct batch_created, batch_key), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct batch_created, type), NULL},
};

const struct shape batch_created_shape = {
    "batch_created", sizeof(struct batch_created), batch_created_fields, 2, 0x2};

static const struct field search_ask_fields[] = {
    {"what", FIELD_U32, 1, offsetof(struct search_ask, what), NULL},
    {"query", FIELD_JSON, 2, offsetof(struct search_ask, query), NULL},
    {"is_file", FIELD_BOOLEAN, 3, offsetof(struct search_ask, is_file), NULL},
    {"is_whole", FIELD_BOOLEAN, 4, offsetof(struct search_ask, is_whole), NULL},
    {"has_begun", FIELD_BOOLEAN, 5, offsetof(struct search_ask, has_begun), NULL},
    {"at", FIELD_U64, 6, offsetof(struct search_ask, at), NULL},
    {"path", FIELD_LIST_U64, 7, offsetof(struct search_ask, path), NULL},
    {"is_form", FIELD_BOOLEAN, 8, offsetof(struct search_ask, is_form), NULL},
    {"index", FIELD_U32, 9, offsetof(struct search_ask, index), NULL},
    {"within", FIELD_U32, 10, offsetof(struct search_ask, within), NULL},
    {"is_effective", FIELD_BOOLEAN, 11, offsetof(struct search_ask, is_effective), NULL},
};

const struct shape search_ask_shape = {
    "search_ask", sizeof(struct search_ask), search_ask_fields, 11, 0x42};

static const struct field search_hit_fields[] = {
    {"order", FIELD_BYTES, 1, offsetof(struct search_hit, order), NULL},
    {"item", FIELD_JSON, 2, offsetof(struct search_hit, item), NULL},
};

const struct shape search_hit_shape = {
    "search_hit", sizeof(struct search_hit), search_hit_fields, 2, 0x3};

static const struct field search_found_fields[] = {
    {"hits", FIELD_MANY, 1, offsetof(struct search_found, hits), &search_hit_shape},
    {"total", FIELD_U64, 2, offsetof(struct search_found, total), NULL},
    {"is_done", FIELD_BOOLEAN, 3, offsetof(struct search_found, is_done), NULL},
    {"at", FIELD_U64, 4, offsetof(struct search_found, at), NULL},
    {"path", FIELD_LIST_U64, 5, offsetof(struct search_found, path), NULL},
    {"skip", FIELD_U32, 6, offsetof(struct search_found, skip), NULL},
    {"limit", FIELD_U32, 7, offsetof(struct search_found, limit), NULL},
    {"is_backward", FIELD_BOOLEAN, 8, offsetof(struct search_found, is_backward), NULL},
    {"is_everywhere", FIELD_BOOLEAN, 9, offsetof(struct search_found, is_everywhere), NULL},
    {"text", FIELD_BYTES, 10, offsetof(struct search_found, text), NULL},
};

const struct shape search_found_shape = {
    "search_found", sizeof(struct search_found), search_found_fields, 10, 0x211};

static const struct field element_activate_fields[] = {
    {"scope", FIELD_U64, 1, offsetof(struct element_activate, scope), NULL},
    {"element", FIELD_U32, 2, offsetof(struct element_activate, element), NULL},
    {"token", FIELD_U64, 3, offsetof(struct element_activate, token), NULL},
};

const struct shape element_activate_shape = {
    "element_activate", sizeof(struct element_activate), element_activate_fields, 3, 0x0};

static const struct field children_terminate_fields[] = {
    {"after", FIELD_U64, 1, offsetof(struct children_terminate, after), NULL},
    {"until", FIELD_U64, 2, offsetof(struct children_terminate, until), NULL},
    {"except", FIELD_U64, 3, offsetof(struct children_terminate, except), NULL},
};

const struct shape children_terminate_shape = {
    "children_terminate", sizeof(struct children_terminate), children_terminate_fields, 3, 0x0};

static const struct field variable_change_fields[] = {
    {"scope", FIELD_U64, 1, offsetof(struct variable_change, scope), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct variable_change, name), NULL},
    {"is_created", FIELD_BOOLEAN, 3, offsetof(struct variable_change, is_created), NULL},
};

const struct shape variable_change_shape = {
    "variable_change", sizeof(struct variable_change), variable_change_fields, 3, 0x2};

static const struct field conditions_check_fields[] = {
    {"changes", FIELD_MANY, 1, offsetof(struct conditions_check, changes), &variable_change_shape},
    {"last", FIELD_U64, 2, offsetof(struct conditions_check, last), NULL},
    {"after_depth", FIELD_U32, 3, offsetof(struct conditions_check, after_depth), NULL},
    {"after", FIELD_U64, 4, offsetof(struct conditions_check, after), NULL},
};

const struct shape conditions_check_shape = {
    "conditions_check", sizeof(struct conditions_check), conditions_check_fields, 4, 0x1};

static const struct field signal_correlate_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_correlate, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_correlate, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct signal_correlate, tenant), NULL},
    {"after", FIELD_U64, 4, offsetof(struct signal_correlate, after), NULL},
    {"last", FIELD_U64, 5, offsetof(struct signal_correlate, last), NULL},
};

const struct shape signal_correlate_shape = {
    "signal_correlate", sizeof(struct signal_correlate), signal_correlate_fields, 5, 0x7};

static const struct field signal_take_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct signal_take, variables), NULL},
};

const struct shape signal_take_shape = {
    "signal_take", sizeof(struct signal_take), signal_take_fields, 1, 0x1};

static const struct field batch_start_fields[] = {
    {"work", FIELD_ONE, 1, offsetof(struct batch_start, work), &batch_work_row_shape},
};

const struct shape batch_start_shape = {
    "batch_start", sizeof(struct batch_start), batch_start_fields, 1, 0x1};

static const struct field batch_go_fields[] = {
    {"turn", FIELD_U64, 1, offsetof(struct batch_go, turn), NULL},
};

const struct shape batch_go_shape = {
    "batch_go", sizeof(struct batch_go), batch_go_fields, 1, 0x0};

static const struct field pending_refuse_fields[] = {
    {"rejection", FIELD_U32, 1, offsetof(struct pending_refuse, rejection), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct pending_refuse, reason), NULL},
};

const struct shape pending_refuse_shape = {
    "pending_refuse", sizeof(struct pending_refuse), pending_refuse_fields, 2, 0x2};

static const struct field subscription_open_fields[] = {
    {"subscription", FIELD_ONE, 1, offsetof(struct subscription_open, subscription), &message_subscription_row_shape},
};

const struct shape subscription_open_shape = {
    "subscription_open", sizeof(struct subscription_open), subscription_open_fields, 1, 0x1};

static const struct field subscription_correlate_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct subscription_correlate, element_instance), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct subscription_correlate, name), NULL},
    {"message", FIELD_U64, 3, offsetof(struct subscription_correlate, message), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct subscription_correlate, variables), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct subscription_correlate, tenant), NULL},
    {"correlation_key", FIELD_TEXT, 6, offsetof(struct subscription_correlate, correlation_key), NULL},
    {"bpmn_process_id", FIELD_TEXT, 7, offsetof(struct subscription_correlate, bpmn_process_id), NULL},
};

const struct shape subscription_correlate_shape = {
    "subscription_correlate", sizeof(struct subscription_correlate), subscription_correlate_fields, 7, 0x7a};

static const struct field subscription_migrate_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct subscription_migrate, element_instance), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct subscription_migrate, name), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct subscription_migrate, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 4, offsetof(struct subscription_migrate, is_interrupting), NULL},
};

const struct shape subscription_migrate_shape = {
    "subscription_migrate", sizeof(struct subscription_migrate), subscription_migrate_fields, 4, 0x6};

static const struct field subscription_answer_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct subscription_answer, element_instance), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct subscription_answer, name), NULL},
    {"message", FIELD_U64, 3, offsetof(struct subscription_answer, message), NULL},
    {"tenant", FIELD_TEXT, 4, offsetof(struct subscription_answer, tenant), NULL},
    {"correlation_key", FIELD_TEXT, 5, offsetof(struct subscription_answer, correlation_key), NULL},
    {"bpmn_process_id", FIELD_TEXT, 6, offsetof(struct subscription_answer, bpmn_process_id), NULL},
};

const struct shape subscription_answer_shape = {
    "subscription_answer", sizeof(struct subscription_answer), subscription_answer_fields, 6, 0x3a};

static const struct field outbox_acknowledge_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_acknowledge, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_acknowledge, number), NULL},
};

const struct shape outbox_acknowledge_shape = {
    "outbox_acknowledge", sizeof(struct outbox_acknowledge), outbox_acknowledge_fields, 2, 0x0};

static const struct field instance_ban_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_ban, instance), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct instance_ban, reason), NULL},
    {"pending", FIELD_U64, 3, offsetof(struct instance_ban, pending), NULL},
    {"timer", FIELD_U64, 4, offsetof(struct instance_ban, timer), NULL},
    {"message", FIELD_U64, 5, offsetof(struct instance_ban, message), NULL},
};

const struct shape instance_ban_shape = {
    "instance_ban", sizeof(struct instance_ban), instance_ban_fields, 5, 0x2};

static const struct field element_activating_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_activating, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct element_activating, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct element_activating, element), NULL},
    {"scope", FIELD_U64, 4, offsetof(struct element_activating, scope), NULL},
    {"tokens", FIELD_LIST_U64, 5, offsetof(struct element_activating, tokens), NULL},
    {"parent", FIELD_U64, 6, offsetof(struct element_activating, parent), NULL},
    {"trigger", FIELD_U64, 7, offsetof(struct element_activating, trigger), NULL},
    {"is_body", FIELD_BOOLEAN, 8, offsetof(struct element_activating, is_body), NULL},
    {"loop_counter", FIELD_U32, 9, offsetof(struct element_activating, loop_counter), NULL},
    {"loop_at", FIELD_U64, 10, offsetof(struct element_activating, loop_at), NULL},
    {"is_inner", FIELD_BOOLEAN, 11, offsetof(struct element_activating, is_inner), NULL},
};

const struct shape element_activating_shape = {
    "element_activating", sizeof(struct element_activating), element_activating_fields, 11, 0x10};

static const struct field element_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_moved, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct element_moved, element), NULL},
};

const struct shape element_moved_shape = {
    "element_moved", sizeof(struct element_moved), element_moved_fields, 2, 0x0};

static const struct field process_deleted_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct process_deleted, bpmn_process_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct process_deleted, version), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct process_deleted, tenant), NULL},
};

const struct shape process_deleted_shape = {
    "process_deleted", sizeof(struct process_deleted), process_deleted_fields, 3, 0x5};

static const struct field version_deleted_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct version_deleted, id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct version_deleted, version), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct version_deleted, tenant), NULL},
};

const struct shape version_deleted_shape = {
    "version_deleted", sizeof(struct version_deleted), version_deleted_fields, 3, 0x5};

static const struct field scope_interrupted_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct scope_interrupted, instance), NULL},
    {"by", FIELD_U32, 2, offsetof(struct scope_interrupted, by), NULL},
};

const struct shape scope_interrupted_shape = {
    "scope_interrupted", sizeof(struct scope_interrupted), scope_interrupted_fields, 2, 0x0};

static const struct field ad_hoc_fulfilled_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct ad_hoc_fulfilled, instance), NULL},
    {"is_fulfilled", FIELD_BOOLEAN, 2, offsetof(struct ad_hoc_fulfilled, is_fulfilled), NULL},
};

const struct shape ad_hoc_fulfilled_shape = {
    "ad_hoc_fulfilled", sizeof(struct ad_hoc_fulfilled), ad_hoc_fulfilled_fields, 2, 0x0};

static const struct field scope_reentered_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct scope_reentered, instance), NULL},
};

const struct shape scope_reentered_shape = {
    "scope_reentered", sizeof(struct scope_reentered), scope_reentered_fields, 1, 0x0};

static const struct field instance_modified_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_modified, instance), NULL},
};

const struct shape instance_modified_shape = {
    "instance_modified", sizeof(struct instance_modified), instance_modified_fields, 1, 0x0};

const struct shape instance_suspended_shape = {
    "instance_suspended", sizeof(struct instance_suspended), NULL, 0, 0};

static const struct field instance_resumed_fields[] = {
    {"is_to_end", FIELD_BOOLEAN, 1, offsetof(struct instance_resumed, is_to_end), NULL},
};

const struct shape instance_resumed_shape = {
    "instance_resumed", sizeof(struct instance_resumed), instance_resumed_fields, 1, 0x0};

static const struct field business_id_assigned_fields[] = {
    {"business_id", FIELD_TEXT, 1, offsetof(struct business_id_assigned, business_id), NULL},
};

const struct shape business_id_assigned_shape = {
    "business_id_assigned", sizeof(struct business_id_assigned), business_id_assigned_fields, 1, 0x1};

static const struct field instance_migrated_fields[] = {
    {"process", FIELD_U64, 1, offsetof(struct instance_migrated, process), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct instance_migrated, bpmn_process_id), NULL},
    {"version", FIELD_I32, 3, offsetof(struct instance_migrated, version), NULL},
    {"ends_after", FIELD_LIST_U64, 4, offsetof(struct instance_migrated, ends_after), NULL},
};

const struct shape instance_migrated_shape = {
    "instance_migrated", sizeof(struct instance_migrated), instance_migrated_fields, 4, 0xa};

static const struct field element_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct element_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct element_migrated, element), NULL},
    {"interrupted_by", FIELD_U32, 4, offsetof(struct element_migrated, interrupted_by), NULL},
};

const struct shape element_migrated_shape = {
    "element_migrated", sizeof(struct element_migrated), element_migrated_fields, 4, 0x0};

static const struct field row_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct row_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct row_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct row_migrated, element), NULL},
};

const struct shape row_migrated_shape = {
    "row_migrated", sizeof(struct row_migrated), row_migrated_fields, 3, 0x0};

static const struct field job_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct job_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct job_migrated, element), NULL},
    {"headers", FIELD_JSON, 4, offsetof(struct job_migrated, headers), NULL},
};

const struct shape job_migrated_shape = {
    "job_migrated", sizeof(struct job_migrated), job_migrated_fields, 4, 0x8};

static const struct field process_subscription_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct process_subscription_migrated, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct process_subscription_migrated, element), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct process_subscription_migrated, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 4, offsetof(struct process_subscription_migrated, is_interrupting), NULL},
};

const struct shape process_subscription_migrated_shape = {
    "process_subscription_migrated", sizeof(struct process_subscription_migrated), process_subscription_migrated_fields, 4, 0x4};

static const struct field message_subscription_migrated_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct message_subscription_migrated, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 2, offsetof(struct message_subscription_migrated, is_interrupting), NULL},
};

const struct shape message_subscription_migrated_shape = {
    "message_subscription_migrated", sizeof(struct message_subscription_migrated), message_subscription_migrated_fields, 2, 0x1};

static const struct field compensation_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct compensation_migrated, process), NULL},
    {"activity", FIELD_U32, 3, offsetof(struct compensation_migrated, activity), NULL},
    {"handler", FIELD_U32, 4, offsetof(struct compensation_migrated, handler), NULL},
};

const struct shape compensation_migrated_shape = {
    "compensation_migrated", sizeof(struct compensation_migrated), compensation_migrated_fields, 4, 0x0};

static const struct field signal_broadcasted_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_broadcasted, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_broadcasted, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct signal_broadcasted, tenant), NULL},
};

const struct shape signal_broadcasted_shape = {
    "signal_broadcasted", sizeof(struct signal_broadcasted), signal_broadcasted_fields, 3, 0x7};

static const struct field condition_closed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct condition_closed, instance), NULL},
};

const struct shape condition_closed_shape = {
    "condition_closed", sizeof(struct condition_closed), condition_closed_fields, 1, 0x0};

static const struct field conditions_evaluated_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct conditions_evaluated, process_key), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct conditions_evaluated, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct conditions_evaluated, tenant), NULL},
};

const struct shape conditions_evaluated_shape = {
    "conditions_evaluated", sizeof(struct conditions_evaluated), conditions_evaluated_fields, 3, 0x6};

static const struct field signal_subscription_deleted_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct signal_subscription_deleted, instance), NULL},
};

const struct shape signal_subscription_deleted_shape = {
    "signal_subscription_deleted", sizeof(struct signal_subscription_deleted), signal_subscription_deleted_fields, 1, 0x0};

static const struct field compensation_triggered_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_triggered, instance), NULL},
    {"thrower", FIELD_U64, 2, offsetof(struct compensation_triggered, thrower), NULL},
    {"handler_instance", FIELD_U64, 3, offsetof(struct compensation_triggered, handler_instance), NULL},
};

const struct shape compensation_triggered_shape = {
    "compensation_triggered", sizeof(struct compensation_triggered), compensation_triggered_fields, 3, 0x0};

static const struct field compensation_completed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_completed, instance), NULL},
};

const struct shape compensation_completed_shape = {
    "compensation_completed", sizeof(struct compensation_completed), compensation_completed_fields, 1, 0x0};

static const struct field escalated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct escalated, instance), NULL},
    {"code", FIELD_TEXT, 2, offsetof(struct escalated, code), NULL},
    {"thrower", FIELD_U32, 3, offsetof(struct escalated, thrower), NULL},
    {"catcher", FIELD_U32, 4, offsetof(struct escalated, catcher), NULL},
};

const struct shape escalated_shape = {
    "escalated", sizeof(struct escalated), escalated_fields, 4, 0x2};

static const struct field batch_scanned_fields[] = {
    {"at", FIELD_U64, 1, offsetof(struct batch_scanned, at), NULL},
    {"path", FIELD_LIST_U64, 2, offsetof(struct batch_scanned, path), NULL},
    {"is_done", FIELD_BOOLEAN, 3, offsetof(struct batch_scanned, is_done), NULL},
};

const struct shape batch_scanned_shape = {
    "batch_scanned", sizeof(struct batch_scanned), batch_scanned_fields, 3, 0x2};

static const struct field batch_item_done_fields[] = {
    {"batch", FIELD_U64, 1, offsetof(struct batch_item_done, batch), NULL},
    {"state", FIELD_U32, 2, offsetof(struct batch_item_done, state), NULL},
    {"error", FIELD_TEXT, 3, offsetof(struct batch_item_done, error), NULL},
};

const struct shape batch_item_done_shape = {
    "batch_item_done", sizeof(struct batch_item_done), batch_item_done_fields, 3, 0x4};

static const struct field batch_part_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct batch_part, partition), NULL},
    {"total", FIELD_U64, 2, offsetof(struct batch_part, total), NULL},
    {"completed", FIELD_U64, 3, offsetof(struct batch_part, completed), NULL},
    {"failed", FIELD_U64, 4, offsetof(struct batch_part, failed), NULL},
    {"is_done", FIELD_BOOLEAN, 5, offsetof(struct batch_part, is_done), NULL},
    {"error", FIELD_TEXT, 6, offsetof(struct batch_part, error), NULL},
};

const struct shape batch_part_shape = {
    "batch_part", sizeof(struct batch_part), batch_part_fields, 6, 0x20};

static const struct field batch_moved_fields[] = {
    {"state", FIELD_U32, 1, offsetof(struct batch_moved, state), NULL},
    {"error", FIELD_TEXT, 2, offsetof(struct batch_moved, error), NULL},
};

const struct shape batch_moved_shape = {
    "batch_moved", sizeof(struct batch_moved), batch_moved_fields, 2, 0x2};

static const struct field variables_changed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variables_changed, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variables_changed, scope), NULL},
    {"is_local", FIELD_BOOLEAN, 3, offsetof(struct variables_changed, is_local), NULL},
};

const struct shape variables_changed_shape = {
    "variables_changed", sizeof(struct variables_changed), variables_changed_fields, 3, 0x0};

static const struct field variable_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variable_updated, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variable_updated, scope), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct variable_updated, name), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct variable_updated, value), NULL},
};

const struct shape variable_updated_shape = {
    "variable_updated", sizeof(struct variable_updated), variable_updated_fields, 4, 0xc};

static const struct field job_activated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_activated, instance), NULL},
    {"worker", FIELD_TEXT, 2, offsetof(struct job_activated, worker), NULL},
    {"deadline", FIELD_I64, 3, offsetof(struct job_activated, deadline), NULL},
};

const struct shape job_activated_shape = {
    "job_activated", sizeof(struct job_activated), job_activated_fields, 3, 0x2};

static const struct field job_completed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_completed, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct job_completed, element_instance), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct job_completed, variables), NULL},
    {"is_listener", FIELD_BOOLEAN, 4, offsetof(struct job_completed, is_listener), NULL},
    {"user_task", FIELD_U64, 5, offsetof(struct job_completed, user_task), NULL},
};

const struct shape job_completed_shape = {
    "job_completed", sizeof(struct job_completed), job_completed_fields, 5, 0x4};

static const struct field job_failed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_failed, instance), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_failed, retries), NULL},
    {"error_message", FIELD_TEXT, 3, offsetof(struct job_failed, error_message), NULL},
    {"recurs_at", FIELD_I64, 4, offsetof(struct job_failed, recurs_at), NULL},
};

const struct shape job_failed_shape = {
    "job_failed", sizeof(struct job_failed), job_failed_fields, 4, 0x4};

static const struct field job_error_thrown_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_error_thrown, instance), NULL},
    {"error_code", FIELD_TEXT, 2, offsetof(struct job_error_thrown, error_code), NULL},
    {"error_message", FIELD_TEXT, 3, offsetof(struct job_error_thrown, error_message), NULL},
    {"is_caught", FIELD_BOOLEAN, 4, offsetof(struct job_error_thrown, is_caught), NULL},
};

const struct shape job_error_thrown_shape = {
    "job_error_thrown", sizeof(struct job_error_thrown), job_error_thrown_fields, 4, 0x6};

static const struct field job_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_moved, instance), NULL},
};

const struct shape job_moved_shape = {
    "job_moved", sizeof(struct job_moved), job_moved_fields, 1, 0x0};

static const struct field job_retries_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_retries_updated, instance), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_retries_updated, retries), NULL},
};

const struct shape job_retries_updated_shape = {
    "job_retries_updated", sizeof(struct job_retries_updated), job_retries_updated_fields, 2, 0x0};

static const struct field job_timeout_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_timeout_updated, instance), NULL},
    {"deadline", FIELD_I64, 2, offsetof(struct job_timeout_updated, deadline), NULL},
};

const struct shape job_timeout_updated_shape = {
    "job_timeout_updated", sizeof(struct job_timeout_updated), job_timeout_updated_fields, 2, 0x0};

static const struct field job_priority_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_priority_updated, instance), NULL},
    {"priority", FIELD_I32, 2, offsetof(struct job_priority_updated, priority), NULL},
};

const struct shape job_priority_updated_shape = {
    "job_priority_updated", sizeof(struct job_priority_updated), job_priority_updated_fields, 2, 0x0};

static const struct field user_task_changing_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_changing, instance), NULL},
    {"wanted", FIELD_ONE, 2, offsetof(struct user_task_changing, wanted), &user_task_values_shape},
    {"changed", FIELD_LIST_TEXT, 3, offsetof(struct user_task_changing, changed), NULL},
    {"action", FIELD_TEXT, 4, offsetof(struct user_task_changing, action), NULL},
    {"variables", FIELD_JSON, 5, offsetof(struct user_task_changing, variables), NULL},
    {"request", FIELD_U64, 6, offsetof(struct user_task_changing, request), NULL},
    {"is_local", FIELD_BOOLEAN, 7, offsetof(struct user_task_changing, is_local), NULL},
};

const struct shape user_task_changing_shape = {
    "user_task_changing", sizeof(struct user_task_changing), user_task_changing_fields, 7, 0x1e};

static const struct field user_task_corrected_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_corrected, instance), NULL},
    {"wanted", FIELD_ONE, 2, offsetof(struct user_task_corrected, wanted), &user_task_values_shape},
    {"changed", FIELD_LIST_TEXT, 3, offsetof(struct user_task_corrected, changed), NULL},
};

const struct shape user_task_corrected_shape = {
    "user_task_corrected", sizeof(struct user_task_corrected), user_task_corrected_fields, 3, 0x6};

static const struct field user_task_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_moved, instance), NULL},
};

const struct shape user_task_moved_shape = {
    "user_task_moved", sizeof(struct user_task_moved), user_task_moved_fields, 1, 0x0};

static const struct field timer_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct timer_moved, instance), NULL},
};

const struct shape timer_moved_shape = {
    "timer_moved", sizeof(struct timer_moved), timer_moved_fields, 1, 0x0};

static const struct field incident_resolved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct incident_resolved, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct incident_resolved, element_instance), NULL},
    {"job", FIELD_U64, 3, offsetof(struct incident_resolved, job), NULL},
    {"listens_again", FIELD_BOOLEAN, 4, offsetof(struct incident_resolved, listens_again), NULL},
};

const struct shape incident_resolved_shape = {
    "incident_resolved", sizeof(struct incident_resolved), incident_resolved_fields, 4, 0x0};

const struct shape message_expired_shape = {
    "message_expired", sizeof(struct message_expired), NULL, 0, 0};

static const struct field subscription_correlating_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct subscription_correlating, message), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct subscription_correlating, bpmn_process_id), NULL},
    {"request", FIELD_U64, 3, offsetof(struct subscription_correlating, request), NULL},
};

const struct shape subscription_correlating_shape = {
    "subscription_correlating", sizeof(struct subscription_correlating), subscription_correlating_fields, 3, 0x2};

static const struct field expression_warned_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct expression_warned, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct expression_warned, element), NULL},
    {"expression", FIELD_TEXT, 3, offsetof(struct expression_warned, expression), NULL},
    {"inputs", FIELD_JSON, 4, offsetof(struct expression_warned, inputs), NULL},
    {"warnings", FIELD_LIST_TEXT, 5, offsetof(struct expression_warned, warnings), NULL},
    {"left_out", FIELD_U32, 6, offsetof(struct expression_warned, left_out), NULL},
};

const struct shape expression_warned_shape = {
    "expression_warned", sizeof(struct expression_warned), expression_warned_fields, 6, 0x1c};

static const struct field subscription_moved_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct subscription_moved, message), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct subscription_moved, bpmn_process_id), NULL},
};

const struct shape subscription_moved_shape = {
    "subscription_moved", sizeof(struct subscription_moved), subscription_moved_fields, 2, 0x2};

static const struct field process_subscription_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct process_subscription_moved, instance), NULL},
    {"message", FIELD_U64, 2, offsetof(struct process_subscription_moved, message), NULL},
};

const struct shape process_subscription_moved_shape = {
    "process_subscription_moved", sizeof(struct process_subscription_moved), process_subscription_moved_fields, 2, 0x0};

static const struct field start_correlated_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct start_correlated, message), NULL},
    {"instance", FIELD_U64, 2, offsetof(struct start_correlated, instance), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct start_correlated, bpmn_process_id), NULL},
    {"correlation_key", FIELD_TEXT, 4, offsetof(struct start_correlated, correlation_key), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct start_correlated, tenant), NULL},
};

const struct shape start_correlated_shape = {
    "start_correlated", sizeof(struct start_correlated), start_correlated_fields, 5, 0x1c};

const struct shape start_lock_released_shape = {
    "start_lock_released", sizeof(struct start_lock_released), NULL, 0, 0};

const struct shape start_subscription_deleted_shape = {
    "start_subscription_deleted", sizeof(struct start_subscription_deleted), NULL, 0, 0};

static const struct field pending_removed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_removed, instance), NULL},
};

const struct shape pending_removed_shape = {
    "pending_removed", sizeof(struct pending_removed), pending_removed_fields, 1, 0x0};

static const struct field pending_refused_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_refused, instance), NULL},
    {"command", FIELD_TEXT, 2, offsetof(struct pending_refused, command), NULL},
    {"about", FIELD_U64, 3, offsetof(struct pending_refused, about), NULL},
    {"rejection", FIELD_U32, 4, offsetof(struct pending_refused, rejection), NULL},
    {"reason", FIELD_TEXT, 5, offsetof(struct pending_refused, reason), NULL},
};

const struct shape pending_refused_shape = {
    "pending_refused", sizeof(struct pending_refused), pending_refused_fields, 5, 0x12};

static const struct field outbox_acknowledged_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_acknowledged, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_acknowledged, number), NULL},
};

const struct shape outbox_acknowledged_shape = {
    "outbox_acknowledged", sizeof(struct outbox_acknowledged), outbox_acknowledged_fields, 2, 0x0};

static const struct field inbox_moved_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct inbox_moved, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct inbox_moved, number), NULL},
};

const struct shape inbox_moved_shape = {
    "inbox_moved", sizeof(struct inbox_moved), inbox_moved_fields, 2, 0x0};

static const struct field instance_banned_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_banned, instance), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct instance_banned, reason), NULL},
};

const struct shape instance_banned_shape = {
    "instance_banned", sizeof(struct instance_banned), instance_banned_fields, 2, 0x2};

static const struct field due_dropped_fields[] = {
    {"reason", FIELD_TEXT, 1, offsetof(struct due_dropped, reason), NULL},
};

const struct shape due_dropped_shape = {
    "due_dropped", sizeof(struct due_dropped), due_dropped_fields, 1, 0x1};

static const struct field imported_fields[] = {
    {"uri", FIELD_TEXT, 1, offsetof(struct imported, uri), NULL},
    {"content", FIELD_BYTES, 2, offsetof(struct imported, content), NULL},
};

const struct shape imported_shape = {
    "imported", sizeof(struct imported), imported_fields, 2, 0x3};

static const struct field resource_row_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct resource_row, name), NULL},
    {"checksum", FIELD_U64, 2, offsetof(struct resource_row, checksum), NULL},
    {"content", FIELD_BYTES, 3, offsetof(struct resource_row, content), NULL},
    {"tenant", FIELD_TEXT, 4, offsetof(struct resource_row, tenant), NULL},
    {"imports", FIELD_MANY, 5, offsetof(struct resource_row, imports), &imported_shape},
};

const struct shape resource_row_shape = {
    "resource_row", sizeof(struct resource_row), resource_row_fields, 5, 0x1d};

static const struct field process_row_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct process_row, bpmn_process_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct process_row, version), NULL},
    {"version_tag", FIELD_TEXT, 3, offsetof(struct process_row, version_tag), NULL},
    {"resource", FIELD_U64, 4, offsetof(struct process_row, resource), NULL},
    {"resource_name", FIELD_TEXT, 5, offsetof(struct process_row, resource_name), NULL},
    {"checksum", FIELD_U64, 6, offsetof(struct process_row, checksum), NULL},
    {"deployment", FIELD_U64, 7, offsetof(struct process_row, deployment), NULL},
    {"tenant", FIELD_TEXT, 8, offsetof(struct process_row, tenant), NULL},
    {"is_deleted", FIELD_BOOLEAN, 9, offsetof(struct process_row, is_deleted), NULL},
};

const struct shape process_row_shape = {
    "process_row", sizeof(struct process_row), process_row_fields, 9, 0x95};

static const struct field requirements_row_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct requirements_row, id), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct requirements_row, name), NULL},
    {"version", FIELD_I32, 3, offsetof(struct requirements_row, version), NULL},
    {"resource", FIELD_U64, 4, offsetof(struct requirements_row, resource), NULL},
    {"resource_name", FIELD_TEXT, 5, offsetof(struct requirements_row, resource_name), NULL},
    {"checksum", FIELD_U64, 6, offsetof(struct requirements_row, checksum), NULL},
    {"deployment", FIELD_U64, 7, offsetof(struct requirements_row, deployment), NULL},
    {"tenant", FIELD_TEXT, 8, offsetof(struct requirements_row, tenant), NULL},
    {"is_deleted", FIELD_BOOLEAN, 9, offsetof(struct requirements_row, is_deleted), NULL},
    {"uri", FIELD_TEXT, 10, offsetof(struct requirements_row, uri), NULL},
};

const struct shape requirements_row_shape = {
    "requirements_row", sizeof(struct requirements_row), requirements_row_fields, 10, 0x293};

static const struct field decision_row_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct decision_row, id), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct decision_row, name), NULL},
    {"version", FIELD_I32, 3, offsetof(struct decision_row, version), NULL},
    {"version_tag", FIELD_TEXT, 4, offsetof(struct decision_row, version_tag), NULL},
    {"requirements", FIELD_U64, 5, offsetof(struct decision_row, requirements), NULL},
    {"deployment", FIELD_U64, 6, offsetof(struct decision_row, deployment), NULL},
    {"tenant", FIELD_TEXT, 7, offsetof(struct decision_row, tenant), NULL},
    {"is_deleted", FIELD_BOOLEAN, 8, offsetof(struct decision_row, is_deleted), NULL},
};

const struct shape decision_row_shape = {
    "decision_row", sizeof(struct decision_row), decision_row_fields, 8, 0x4b};

static const struct field artifact_row_fields[] = {
    {"kind", FIELD_U32, 1, offsetof(struct artifact_row, kind), NULL},
    {"id", FIELD_TEXT, 2, offsetof(struct artifact_row, id), NULL},
    {"version", FIELD_I32, 3, offsetof(struct artifact_row, version), NULL},
    {"version_tag", FIELD_TEXT, 4, offsetof(struct artifact_row, version_tag), NULL},
    {"resource", FIELD_U64, 5, offsetof(struct artifact_row, resource), NULL},
    {"resource_name", FIELD_TEXT, 6, offsetof(struct artifact_row, resource_name), NULL},
    {"checksum", FIELD_U64, 7, offsetof(struct artifact_row, checksum), NULL},
    {"deployment", FIELD_U64, 8, offsetof(struct artifact_row, deployment), NULL},
    {"tenant", FIELD_TEXT, 9, offsetof(struct artifact_row, tenant), NULL},
    {"is_deleted", FIELD_BOOLEAN, 10, offsetof(struct artifact_row, is_deleted), NULL},
};

const struct shape artifact_row_shape = {
    "artifact_row", sizeof(struct artifact_row), artifact_row_fields, 10, 0x12a};

static const struct field instance_row_fields[] = {
    {"process", FIELD_U64, 1, offsetof(struct instance_row, process), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct instance_row, bpmn_process_id), NULL},
    {"version", FIELD_I32, 3, offsetof(struct instance_row, version), NULL},
    {"tenant", FIELD_TEXT, 4, offsetof(struct instance_row, tenant), NULL},
    {"awaits_result", FIELD_BOOLEAN, 5, offsetof(struct instance_row, awaits_result), NULL},
    {"fetch_variables", FIELD_LIST_TEXT, 6, offsetof(struct instance_row, fetch_variables), NULL},
    {"start_event", FIELD_U32, 7, offsetof(struct instance_row, start_event), NULL},
    {"start_variables", FIELD_JSON, 8, offsetof(struct instance_row, start_variables), NULL},
    {"is_banned", FIELD_BOOLEAN, 9, offsetof(struct instance_row, is_banned), NULL},
    {"started_at", FIELD_I64, 10, offsetof(struct instance_row, started_at), NULL},
    {"parent_instance", FIELD_U64, 11, offsetof(struct instance_row, parent_instance), NULL},
    {"root_instance", FIELD_U64, 12, offsetof(struct instance_row, root_instance), NULL},
    {"depth", FIELD_U32, 13, offsetof(struct instance_row, depth), NULL},
    {"tags", FIELD_LIST_TEXT, 14, offsetof(struct instance_row, tags), NULL},
    {"business_id", FIELD_TEXT, 15, offsetof(struct instance_row, business_id), NULL},
    {"ends_after", FIELD_LIST_U64, 16, offsetof(struct instance_row, ends_after), NULL},
    {"incidents", FIELD_U32, 17, offsetof(struct instance_row, incidents), NULL},
    {"is_suspended", FIELD_BOOLEAN, 18, offsetof(struct instance_row, is_suspended), NULL},
    {"suspended_at", FIELD_I64, 19, offsetof(struct instance_row, suspended_at), NULL},
};

const struct shape instance_row_shape = {
    "instance_row", sizeof(struct instance_row), instance_row_fields, 19, 0xe0aa};

static const struct field element_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct element_row, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct element_row, element), NULL},
    {"scope", FIELD_U64, 4, offsetof(struct element_row, scope), NULL},
    {"state", FIELD_U32, 5, offsetof(struct element_row, state), NULL},
    {"interrupted_by", FIELD_U32, 6, offsetof(struct element_row, interrupted_by), NULL},
    {"listener", FIELD_U32, 7, offsetof(struct element_row, listener), NULL},
    {"parent", FIELD_U64, 8, offsetof(struct element_row, parent), NULL},
    {"is_body", FIELD_BOOLEAN, 9, offsetof(struct element_row, is_body), NULL},
    {"loop_counter", FIELD_U32, 10, offsetof(struct element_row, loop_counter), NULL},
    {"loop_created", FIELD_U32, 11, offsetof(struct element_row, loop_created), NULL},
    {"loop_completed", FIELD_U32, 12, offsetof(struct element_row, loop_completed), NULL},
    {"loop_at", FIELD_U64, 13, offsetof(struct element_row, loop_at), NULL},
    {"started_at", FIELD_I64, 14, offsetof(struct element_row, started_at), NULL},
    {"is_inner", FIELD_BOOLEAN, 15, offsetof(struct element_row, is_inner), NULL},
    {"is_fulfilled", FIELD_BOOLEAN, 16, offsetof(struct element_row, is_fulfilled), NULL},
};

const struct shape element_row_shape = {
    "element_row", sizeof(struct element_row), element_row_fields, 16, 0x0};

static const struct field token_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct token_row, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct token_row, scope), NULL},
    {"flow", FIELD_U32, 3, offsetof(struct token_row, flow), NULL},
};

const struct shape token_row_shape = {
    "token_row", sizeof(struct token_row), token_row_fields, 3, 0x0};

static const struct field trigger_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct trigger_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct trigger_row, element_instance), NULL},
    {"target", FIELD_U32, 3, offsetof(struct trigger_row, target), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct trigger_row, variables), NULL},
    {"is_error", FIELD_BOOLEAN, 5, offsetof(struct trigger_row, is_error), NULL},
};

const struct shape trigger_row_shape = {
    "trigger_row", sizeof(struct trigger_row), trigger_row_fields, 5, 0x8};

static const struct field loop_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct loop_row, instance), NULL},
    {"items", FIELD_JSON, 2, offsetof(struct loop_row, items), NULL},
    {"count", FIELD_U32, 3, offsetof(struct loop_row, count), NULL},
    {"output", FIELD_TEXT, 4, offsetof(struct loop_row, output), NULL},
    {"room", FIELD_U32, 5, offsetof(struct loop_row, room), NULL},
    {"read", FIELD_U64, 6, offsetof(struct loop_row, read), NULL},
};

const struct shape loop_row_shape = {
    "loop_row", sizeof(struct loop_row), loop_row_fields, 6, 0xa};

static const struct field loop_join_fields[] = {
    {"from", FIELD_U32, 1, offsetof(struct loop_join, from), NULL},
};

const struct shape loop_join_shape = {
    "loop_join", sizeof(struct loop_join), loop_join_fields, 1, 0x0};

static const struct field loop_result_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct loop_result_row, instance), NULL},
    {"body", FIELD_U64, 2, offsetof(struct loop_result_row, body), NULL},
    {"number", FIELD_U32, 3, offsetof(struct loop_result_row, number), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct loop_result_row, value), NULL},
    {"count", FIELD_U32, 5, offsetof(struct loop_result_row, count), NULL},
};

const struct shape loop_result_row_shape = {
    "loop_result_row", sizeof(struct loop_result_row), loop_result_row_fields, 5, 0x8};

static const struct field compensation_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct compensation_row, process), NULL},
    {"scope", FIELD_U64, 3, offsetof(struct compensation_row, scope), NULL},
    {"activity", FIELD_U32, 4, offsetof(struct compensation_row, activity), NULL},
    {"activity_instance", FIELD_U64, 5, offsetof(struct compensation_row, activity_instance), NULL},
    {"handler", FIELD_U32, 6, offsetof(struct compensation_row, handler), NULL},
    {"thrower", FIELD_U64, 7, offsetof(struct compensation_row, thrower), NULL},
    {"handler_instance", FIELD_U64, 8, offsetof(struct compensation_row, handler_instance), NULL},
};

const struct shape compensation_row_shape = {
    "compensation_row", sizeof(struct compensation_row), compensation_row_fields, 8, 0x0};

static const struct field signal_subscription_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct signal_subscription_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct signal_subscription_row, element_instance), NULL},
    {"process", FIELD_U64, 3, offsetof(struct signal_subscription_row, process), NULL},
    {"element", FIELD_U32, 4, offsetof(struct signal_subscription_row, element), NULL},
    {"name", FIELD_TEXT, 5, offsetof(struct signal_subscription_row, name), NULL},
    {"tenant", FIELD_TEXT, 6, offsetof(struct signal_subscription_row, tenant), NULL},
};

const struct shape signal_subscription_row_shape = {
    "signal_subscription_row", sizeof(struct signal_subscription_row), signal_subscription_row_fields, 6, 0x30};

static const struct field condition_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct condition_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct condition_row, element_instance), NULL},
    {"process", FIELD_U64, 3, offsetof(struct condition_row, process), NULL},
    {"element", FIELD_U32, 4, offsetof(struct condition_row, element), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct condition_row, tenant), NULL},
};

const struct shape condition_row_shape = {
    "condition_row", sizeof(struct condition_row), condition_row_fields, 5, 0x10};

static const struct field variable_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variable_row, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variable_row, scope), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct variable_row, name), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct variable_row, value), NULL},
    {"changed", FIELD_U64, 5, offsetof(struct variable_row, changed), NULL},
};

const struct shape variable_row_shape = {
    "variable_row", sizeof(struct variable_row), variable_row_fields, 5, 0xc};

static const struct field job_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct job_row, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct job_row, element), NULL},
    {"element_instance", FIELD_U64, 4, offsetof(struct job_row, element_instance), NULL},
    {"type", FIELD_TEXT, 5, offsetof(struct job_row, type), NULL},
    {"retries", FIELD_I32, 6, offsetof(struct job_row, retries), NULL},
    {"headers", FIELD_JSON, 7, offsetof(struct job_row, headers), NULL},
    {"tenant", FIELD_TEXT, 8, offsetof(struct job_row, tenant), NULL},
    {"state", FIELD_U32, 9, offsetof(struct job_row, state), NULL},
    {"worker", FIELD_TEXT, 10, offsetof(struct job_row, worker), NULL},
    {"deadline", FIELD_I64, 11, offsetof(struct job_row, deadline), NULL},
    {"recurs_at", FIELD_I64, 12, offsetof(struct job_row, recurs_at), NULL},
    {"error_message", FIELD_TEXT, 13, offsetof(struct job_row, error_message), NULL},
    {"priority", FIELD_I32, 14, offsetof(struct job_row, priority), NULL},
    {"kind", FIELD_U32, 15, offsetof(struct job_row, kind), NULL},
    {"listener_event", FIELD_U32, 16, offsetof(struct job_row, listener_event), NULL},
    {"has_all_headers", FIELD_BOOLEAN, 17, offsetof(struct job_row, has_all_headers), NULL},
    {"is_suspended", FIELD_BOOLEAN, 18, offsetof(struct job_row, is_suspended), NULL},
};

const struct shape job_row_shape = {
    "job_row", sizeof(struct job_row), job_row_fields, 18, 0x12d0};

static const struct field user_task_values_fields[] = {
    {"assignee", FIELD_TEXT, 1, offsetof(struct user_task_values, assignee), NULL},
    {"candidate_groups", FIELD_LIST_TEXT, 2, offsetof(struct user_task_values, candidate_groups), NULL},
    {"candidate_users", FIELD_LIST_TEXT, 3, offsetof(struct user_task_values, candidate_users), NULL},
    {"due_date", FIELD_TEXT, 4, offsetof(struct user_task_values, due_date), NULL},
    {"follow_up_date", FIELD_TEXT, 5, offsetof(struct user_task_values, follow_up_date), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct user_task_values, priority), NULL},
};

const struct shape user_task_values_shape = {
    "user_task_values", sizeof(struct user_task_values), user_task_values_fields, 6, 0x1f};

static const struct field user_task_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct user_task_row, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct user_task_row, element), NULL},
    {"element_instance", FIELD_U64, 4, offsetof(struct user_task_row, element_instance), NULL},
    {"state", FIELD_U32, 5, offsetof(struct user_task_row, state), NULL},
    {"values", FIELD_ONE, 6, offsetof(struct user_task_row, values), &user_task_values_shape},
    {"wanted", FIELD_ONE, 7, offsetof(struct user_task_row, wanted), &user_task_values_shape},
    {"changed", FIELD_LIST_TEXT, 8, offsetof(struct user_task_row, changed), NULL},
    {"action", FIELD_TEXT, 9, offsetof(struct user_task_row, action), NULL},
    {"variables", FIELD_JSON, 10, offsetof(struct user_task_row, variables), NULL},
    {"request", FIELD_U64, 11, offsetof(struct user_task_row, request), NULL},
    {"listener", FIELD_U32, 12, offsetof(struct user_task_row, listener), NULL},
    {"form_key", FIELD_U64, 13, offsetof(struct user_task_row, form_key), NULL},
    {"external_reference", FIELD_TEXT, 14, offsetof(struct user_task_row, external_reference), NULL},
    {"first_assignee", FIELD_TEXT, 15, offsetof(struct user_task_row, first_assignee), NULL},
    {"created_at", FIELD_I64, 16, offsetof(struct user_task_row, created_at), NULL},
    {"tenant", FIELD_TEXT, 17, offsetof(struct user_task_row, tenant), NULL},
    {"is_local", FIELD_BOOLEAN, 18, offsetof(struct user_task_row, is_local), NULL},
};

const struct shape user_task_row_shape = {
    "user_task_row", sizeof(struct user_task_row), user_task_row_fields, 18, 0x163e0};

static const struct field timer_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct timer_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct timer_row, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct timer_row, element), NULL},
    {"element_instance", FIELD_U64, 4, offsetof(struct timer_row, element_instance), NULL},
    {"due", FIELD_I64, 5, offsetof(struct timer_row, due), NULL},
    {"repetitions", FIELD_I64, 6, offsetof(struct timer_row, repetitions), NULL},
    {"tenant", FIELD_TEXT, 7, offsetof(struct timer_row, tenant), NULL},
    {"is_suspended", FIELD_BOOLEAN, 8, offsetof(struct timer_row, is_suspended), NULL},
};

const struct shape timer_row_shape = {
    "timer_row", sizeof(struct timer_row), timer_row_fields, 8, 0x40};

static const struct field incident_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct incident_row, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct incident_row, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct incident_row, element), NULL},
    {"element_instance", FIELD_U64, 4, offsetof(struct incident_row, element_instance), NULL},
    {"job", FIELD_U64, 5, offsetof(struct incident_row, job), NULL},
    {"problem", FIELD_U32, 6, offsetof(struct incident_row, problem), NULL},
    {"message", FIELD_TEXT, 7, offsetof(struct incident_row, message), NULL},
    {"variable_scope", FIELD_U64, 8, offsetof(struct incident_row, variable_scope), NULL},
    {"tenant", FIELD_TEXT, 9, offsetof(struct incident_row, tenant), NULL},
    {"created_at", FIELD_I64, 10, offsetof(struct incident_row, created_at), NULL},
};

const struct shape incident_row_shape = {
    "incident_row", sizeof(struct incident_row), incident_row_fields, 10, 0x140};

static const struct field message_row_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct message_row, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct message_row, correlation_key), NULL},
    {"message_id", FIELD_TEXT, 3, offsetof(struct message_row, message_id), NULL},
    {"time_to_live", FIELD_I64, 4, offsetof(struct message_row, time_to_live), NULL},
    {"deadline", FIELD_I64, 5, offsetof(struct message_row, deadline), NULL},
    {"variables", FIELD_JSON, 6, offsetof(struct message_row, variables), NULL},
    {"tenant", FIELD_TEXT, 7, offsetof(struct message_row, tenant), NULL},
    {"taken_by", FIELD_LIST_TEXT, 8, offsetof(struct message_row, taken_by), NULL},
};

const struct shape message_row_shape = {
    "message_row", sizeof(struct message_row), message_row_fields, 8, 0xe7};

static const struct field message_subscription_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct message_subscription_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct message_subscription_row, element_instance), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct message_subscription_row, bpmn_process_id), NULL},
    {"name", FIELD_TEXT, 4, offsetof(struct message_subscription_row, name), NULL},
    {"correlation_key", FIELD_TEXT, 5, offsetof(struct message_subscription_row, correlation_key), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 6, offsetof(struct message_subscription_row, is_interrupting), NULL},
    {"tenant", FIELD_TEXT, 7, offsetof(struct message_subscription_row, tenant), NULL},
    {"correlating", FIELD_U64, 8, offsetof(struct message_subscription_row, correlating), NULL},
    {"request", FIELD_U64, 9, offsetof(struct message_subscription_row, request), NULL},
};

const struct shape message_subscription_row_shape = {
    "message_subscription_row", sizeof(struct message_subscription_row), message_subscription_row_fields, 9, 0x5c};

static const struct field process_subscription_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct process_subscription_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct process_subscription_row, element_instance), NULL},
    {"element", FIELD_U32, 3, offsetof(struct process_subscription_row, element), NULL},
    {"bpmn_process_id", FIELD_TEXT, 4, offsetof(struct process_subscription_row, bpmn_process_id), NULL},
    {"name", FIELD_TEXT, 5, offsetof(struct process_subscription_row, name), NULL},
    {"correlation_key", FIELD_TEXT, 6, offsetof(struct process_subscription_row, correlation_key), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 7, offsetof(struct process_subscription_row, is_interrupting), NULL},
    {"tenant", FIELD_TEXT, 8, offsetof(struct process_subscription_row, tenant), NULL},
    {"opened_at", FIELD_I64, 9, offsetof(struct process_subscription_row, opened_at), NULL},
};

const struct shape process_subscription_row_shape = {
    "process_subscription_row", sizeof(struct process_subscription_row), process_subscription_row_fields, 9, 0xb8};

static const struct field start_subscription_row_fields[] = {
    {"process", FIELD_U64, 1, offsetof(struct start_subscription_row, process), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct start_subscription_row, bpmn_process_id), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct start_subscription_row, name), NULL},
    {"element", FIELD_U32, 4, offsetof(struct start_subscription_row, element), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct start_subscription_row, tenant), NULL},
};

const struct shape start_subscription_row_shape = {
    "start_subscription_row", sizeof(struct start_subscription_row), start_subscription_row_fields, 5, 0x16};

static const struct field start_lock_row_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct start_lock_row, bpmn_process_id), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct start_lock_row, correlation_key), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct start_lock_row, tenant), NULL},
};

const struct shape start_lock_row_shape = {
    "start_lock_row", sizeof(struct start_lock_row), start_lock_row_fields, 3, 0x7};

static const struct field pending_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_row, instance), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct pending_row, kind), NULL},
    {"about", FIELD_U64, 3, offsetof(struct pending_row, about), NULL},
    {"record", FIELD_BYTES, 4, offsetof(struct pending_row, record), NULL},
};

const struct shape pending_row_shape = {
    "pending_row", sizeof(struct pending_row), pending_row_fields, 4, 0x8};

static const struct field held_row_fields[] = {
    {"root", FIELD_U64, 1, offsetof(struct held_row, root), NULL},
    {"work", FIELD_ONE, 2, offsetof(struct held_row, work), &pending_row_shape},
};

const struct shape held_row_shape = {
    "held_row", sizeof(struct held_row), held_row_fields, 2, 0x2};

static const struct field batch_row_fields[] = {
    {"kind", FIELD_U32, 1, offsetof(struct batch_row, kind), NULL},
    {"state", FIELD_U32, 2, offsetof(struct batch_row, state), NULL},
    {"started_at", FIELD_I64, 3, offsetof(struct batch_row, started_at), NULL},
    {"ended_at", FIELD_I64, 4, offsetof(struct batch_row, ended_at), NULL},
    {"parts", FIELD_MANY, 5, offsetof(struct batch_row, parts), &batch_part_shape},
};

const struct shape batch_row_shape = {
    "batch_row", sizeof(struct batch_row), batch_row_fields, 5, 0x10};

static const struct field batch_work_row_fields[] = {
    {"kind", FIELD_U32, 1, offsetof(struct batch_work_row, kind), NULL},
    {"filter", FIELD_JSON, 2, offsetof(struct batch_work_row, filter), NULL},
    {"command", FIELD_BYTES, 3, offsetof(struct batch_work_row, command), NULL},
    {"state", FIELD_U32, 4, offsetof(struct batch_work_row, state), NULL},
    {"has_begun", FIELD_BOOLEAN, 5, offsetof(struct batch_work_row, has_begun), NULL},
    {"at", FIELD_U64, 6, offsetof(struct batch_work_row, at), NULL},
    {"path", FIELD_LIST_U64, 7, offsetof(struct batch_work_row, path), NULL},
    {"is_scanned", FIELD_BOOLEAN, 8, offsetof(struct batch_work_row, is_scanned), NULL},
    {"last", FIELD_U64, 9, offsetof(struct batch_work_row, last), NULL},
    {"total", FIELD_U64, 10, offsetof(struct batch_work_row, total), NULL},
    {"completed", FIELD_U64, 11, offsetof(struct batch_work_row, completed), NULL},
    {"failed", FIELD_U64, 12, offsetof(struct batch_work_row, failed), NULL},
    {"turn", FIELD_U64, 13, offsetof(struct batch_work_row, turn), NULL},
    {"ended_at", FIELD_I64, 14, offsetof(struct batch_work_row, ended_at), NULL},
};

const struct shape batch_work_row_shape = {
    "batch_work_row", sizeof(struct batch_work_row), batch_work_row_fields, 14, 0x46};

static const struct field batch_item_row_fields[] = {
    {"batch", FIELD_U64, 1, offsetof(struct batch_item_row, batch), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct batch_item_row, kind), NULL},
    {"item", FIELD_U64, 3, offsetof(struct batch_item_row, item), NULL},
    {"instance", FIELD_U64, 4, offsetof(struct batch_item_row, instance), NULL},
    {"root", FIELD_U64, 5, offsetof(struct batch_item_row, root), NULL},
    {"state", FIELD_U32, 6, offsetof(struct batch_item_row, state), NULL},
    {"processed_at", FIELD_I64, 7, offsetof(struct batch_item_row, processed_at), NULL},
    {"error", FIELD_TEXT, 8, offsetof(struct batch_item_row, error), NULL},
};

const struct shape batch_item_row_shape = {
    "batch_item_row", sizeof(struct batch_item_row), batch_item_row_fields, 8, 0x80};

static const struct field ended_task_row_fields[] = {
    {"task", FIELD_ONE, 1, offsetof(struct ended_task_row, task), &user_task_row_shape},
    {"instance", FIELD_ONE, 2, offsetof(struct ended_task_row, instance), &instance_row_shape},
    {"is_completed", FIELD_BOOLEAN, 3, offsetof(struct ended_task_row, is_completed), NULL},
    {"ended_at", FIELD_I64, 4, offsetof(struct ended_task_row, ended_at), NULL},
};

const struct shape ended_task_row_shape = {
    "ended_task_row", sizeof(struct ended_task_row), ended_task_row_fields, 4, 0x3};

static const struct field evaluation_row_fields[] = {
    {"evaluation", FIELD_U64, 1, offsetof(struct evaluation_row, evaluation), NULL},
    {"root_decision", FIELD_U64, 2, offsetof(struct evaluation_row, root_decision), NULL},
    {"made", FIELD_ONE, 3, offsetof(struct evaluation_row, made), &evaluated_decision_shape},
    {"failure", FIELD_TEXT, 4, offsetof(struct evaluation_row, failure), NULL},
    {"requirements", FIELD_U64, 5, offsetof(struct evaluation_row, requirements), NULL},
    {"instance", FIELD_U64, 6, offsetof(struct evaluation_row, instance), NULL},
    {"process", FIELD_U64, 7, offsetof(struct evaluation_row, process), NULL},
    {"element_instance", FIELD_U64, 8, offsetof(struct evaluation_row, element_instance), NULL},
    {"root_instance", FIELD_U64, 9, offsetof(struct evaluation_row, root_instance), NULL},
    {"business_id", FIELD_TEXT, 10, offsetof(struct evaluation_row, business_id), NULL},
    {"evaluated_at", FIELD_I64, 11, offsetof(struct evaluation_row, evaluated_at), NULL},
};

const struct shape evaluation_row_shape = {
    "evaluation_row", sizeof(struct evaluation_row), evaluation_row_fields, 11, 0x20c};

static const struct field outbox_row_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_row, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_row, number), NULL},
    {"kind", FIELD_U32, 3, offsetof(struct outbox_row, kind), NULL},
    {"about", FIELD_U64, 4, offsetof(struct outbox_row, about), NULL},
    {"record", FIELD_BYTES, 5, offsetof(struct outbox_row, record), NULL},
};

const struct shape outbox_row_shape = {
    "outbox_row", sizeof(struct outbox_row), outbox_row_fields, 5, 0x10};

static const struct field partition_row_fields[] = {
    {"sent", FIELD_U64, 1, offsetof(struct partition_row, sent), NULL},
    {"applied", FIELD_U64, 2, offsetof(struct partition_row, applied), NULL},
};

const struct shape partition_row_shape = {
    "partition_row", sizeof(struct partition_row), partition_row_fields, 2, 0x0};

static const struct field asker_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct asker, name), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct asker, kind), NULL},
};

const struct shape asker_shape = {
    "asker", sizeof(struct asker), asker_fields, 2, 0x1};

static const struct field entry_fields[] = {
    {"position", FIELD_U64, 1, offsetof(struct entry, position), NULL},
    {"now", FIELD_I64, 2, offsetof(struct entry, now), NULL},
    {"kind", FIELD_U32, 3, offsetof(struct entry, kind), NULL},
    {"about", FIELD_U64, 4, offsetof(struct entry, about), NULL},
    {"command", FIELD_BYTES, 5, offsetof(struct entry, command), NULL},
    {"operation", FIELD_U64, 6, offsetof(struct entry, operation), NULL},
    {"asker", FIELD_ONE, 7, offsetof(struct entry, asker), &asker_shape},
    {"cause", FIELD_TEXT, 8, offsetof(struct entry, cause), NULL},
    {"tenant", FIELD_TEXT, 9, offsetof(struct entry, tenant), NULL},
    {"logic", FIELD_U32, 10, offsetof(struct entry, logic), NULL},
    {"event_count", FIELD_U32, 11, offsetof(struct entry, event_count), NULL},
    {"events", FIELD_BYTES, 12, offsetof(struct entry, events), NULL},
};

const struct shape entry_shape = {
    "entry", sizeof(struct entry), entry_fields, 12, 0x9d0};
