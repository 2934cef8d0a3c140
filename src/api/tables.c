/* tables.c - printed from calls.def, grpc.def and rest.def by tools/describe;
 * edit those. */
#include "api/private.h"

static const struct message grpc_ActivateJobsRequest;
static const struct message grpc_ActivateJobsResponse;
static const struct message grpc_StreamActivatedJobsRequest;
static const struct message grpc_ActivatedJob;
static const struct message grpc_UserTaskProperties;
static const struct message grpc_AssignProcessInstanceBusinessIdRequest;
static const struct message grpc_AssignProcessInstanceBusinessIdResponse;
static const struct message grpc_BroadcastSignalRequest;
static const struct message grpc_BroadcastSignalResponse;
static const struct message grpc_EvaluateConditionalRequest;
static const struct message grpc_EvaluateConditionalResponse;
static const struct message grpc_ProcessInstanceReference;
static const struct message grpc_CancelProcessInstanceRequest;
static const struct message grpc_CancelProcessInstanceResponse;
static const struct message grpc_CompleteJobRequest;
static const struct message grpc_JobResult;
static const struct message grpc_JobResultActivateElement;
static const struct message grpc_JobResultCorrections;
static const struct message grpc_CompleteJobResponse;
static const struct message grpc_CreateProcessInstanceRequest;
static const struct message grpc_ProcessInstanceCreationStartInstruction;
static const struct message grpc_ProcessInstanceCreationRuntimeInstruction;
static const struct message grpc_TerminateProcessInstanceInstruction;
static const struct message grpc_CreateProcessInstanceResponse;
static const struct message grpc_CreateProcessInstanceWithResultRequest;
static const struct message grpc_CreateProcessInstanceWithResultResponse;
static const struct message grpc_DeleteResourceRequest;
static const struct message grpc_DeleteResourceResponse;
static const struct message grpc_BatchOperationCreatedResult;
static const struct message grpc_DeployProcessRequest;
static const struct message grpc_ProcessRequestObject;
static const struct message grpc_DeployProcessResponse;
static const struct message grpc_ProcessMetadata;
static const struct message grpc_DeployResourceRequest;
static const struct message grpc_Resource;
static const struct message grpc_DeployResourceResponse;
static const struct message grpc_Deployment;
static const struct message grpc_DecisionMetadata;
static const struct message grpc_DecisionRequirementsMetadata;
static const struct message grpc_FormMetadata;
static const struct message grpc_EvaluateDecisionRequest;
static const struct message grpc_EvaluateDecisionResponse;
static const struct message grpc_EvaluatedDecision;
static const struct message grpc_MatchedDecisionRule;
static const struct message grpc_EvaluatedDecisionOutput;
static const struct message grpc_EvaluatedDecisionInput;
static const struct message grpc_FailJobRequest;
static const struct message grpc_FailJobResponse;
static const struct message grpc_ThrowErrorRequest;
static const struct message grpc_ThrowErrorResponse;
static const struct message grpc_ModifyProcessInstanceRequest;
static const struct message grpc_ModifyProcessInstanceRequest_ActivateInstruction;
static const struct message grpc_ModifyProcessInstanceRequest_VariableInstruction;
static const struct message grpc_ModifyProcessInstanceRequest_TerminateInstruction;
static const struct message grpc_ModifyProcessInstanceRequest_MoveInstruction;
static const struct message grpc_ModifyProcessInstanceResponse;
static const struct message grpc_MigrateProcessInstanceRequest;
static const struct message grpc_MigrateProcessInstanceRequest_MigrationPlan;
static const struct message grpc_MigrateProcessInstanceRequest_MappingInstruction;
static const struct message grpc_MigrateProcessInstanceResponse;
static const struct message grpc_PublishMessageRequest;
static const struct message grpc_PublishMessageResponse;
static const struct message grpc_ResolveIncidentRequest;
static const struct message grpc_ResolveIncidentResponse;
static const struct message grpc_SetVariablesRequest;
static const struct message grpc_SetVariablesResponse;
static const struct message grpc_TopologyRequest;
static const struct message grpc_TopologyResponse;
static const struct message grpc_BrokerInfo;
static const struct message grpc_Partition;
static const struct message grpc_UpdateJobRetriesRequest;
static const struct message grpc_UpdateJobRetriesResponse;
static const struct message grpc_UpdateJobPriorityRequest;
static const struct message grpc_UpdateJobPriorityResponse;
static const struct message grpc_UpdateJobTimeoutRequest;
static const struct message grpc_UpdateJobTimeoutResponse;
static const struct message grpc_HealthCheckRequest;
static const struct message grpc_HealthCheckResponse;

static const struct part grpc_ActivateJobsRequest_parts[] = {
    {"type", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(job_activate, type)},
    {"worker", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(job_activate, worker)},
    {"timeout", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(job_activate, timeout)},
    {"maxJobsToActivate", PART_I32, IN_RECORD, .tag = 4,
     .offset = AT_I32(job_activate, max_jobs)},
    {"fetchVariable", PART_TEXT, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(job_activate, fetch_variables, text)},
    {"requestTimeout", PART_I64, IN_ASK, .tag = 6,
     .offset = AT_I64(ask, wait_ms)},
    {"tenantIds", PART_TENANT, IN_RECORD, .is_list = true, .tag = 7,
     .offset = AT_LIST(job_activate, tenants, text)},
    {"tenantFilter", PART_ENUM, IN_NOTHING, .tag = 8},
    {"withLease", PART_BOOL, IN_REFUSAL, .tag = 9,
     .text = "there are no leases"},
};

static const struct message grpc_ActivateJobsRequest = {
    "ActivateJobsRequest", sizeof(struct job_activate), grpc_ActivateJobsRequest_parts, 9, false, NULL};

static const struct part grpc_ActivateJobsResponse_parts[] = {
    {"jobs", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 1,
     .offset = AT_LIST(jobs_activated, jobs, activated_job),
     .of = &grpc_ActivatedJob},
};

static const struct message grpc_ActivateJobsResponse = {
    "ActivateJobsResponse", sizeof(struct jobs_activated), grpc_ActivateJobsResponse_parts, 1, false, NULL};

static const struct part grpc_StreamActivatedJobsRequest_parts[] = {
    {"type", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(job_activate, type)},
    {"worker", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(job_activate, worker)},
    {"timeout", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(job_activate, timeout)},
    {"fetchVariable", PART_TEXT, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(job_activate, fetch_variables, text)},
    {"tenantIds", PART_TENANT, IN_RECORD, .is_list = true, .tag = 6,
     .offset = AT_LIST(job_activate, tenants, text)},
    {"tenantFilter", PART_ENUM, IN_NOTHING, .tag = 7},
    {"withLease", PART_BOOL, IN_REFUSAL, .tag = 8,
     .text = "there are no leases"},
};

static const struct message grpc_StreamActivatedJobsRequest = {
    "StreamActivatedJobsRequest", sizeof(struct job_activate), grpc_StreamActivatedJobsRequest_parts, 7, false, NULL};

static const struct part grpc_ActivatedJob_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(activated_job, key)},
    {"type", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(activated_job, type)},
    {"processInstanceKey", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(activated_job, instance_key)},
    {"bpmnProcessId", PART_TEXT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(activated_job, bpmn_process_id)},
    {"processDefinitionVersion", PART_I32, IN_RECORD, .tag = 5,
     .offset = AT_I32(activated_job, version)},
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 6,
     .offset = AT_I64(activated_job, process_key)},
    {"elementId", PART_TEXT, IN_RECORD, .tag = 7,
     .offset = AT_TEXT(activated_job, element_id)},
    {"elementInstanceKey", PART_I64, IN_RECORD, .tag = 8,
     .offset = AT_I64(activated_job, element_instance_key)},
    {"customHeaders", PART_DOCUMENT, IN_RECORD, .tag = 9,
     .offset = AT_TEXT(activated_job, custom_headers)},
    {"worker", PART_TEXT, IN_RECORD, .tag = 10,
     .offset = AT_TEXT(activated_job, worker)},
    {"retries", PART_I32, IN_RECORD, .tag = 11,
     .offset = AT_I32(activated_job, retries)},
    {"deadline", PART_I64, IN_RECORD, .tag = 12,
     .offset = AT_I64(activated_job, deadline)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 13,
     .offset = AT_TEXT(activated_job, variables)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 14,
     .offset = AT_TEXT(activated_job, tenant)},
    {"userTask", PART_MESSAGE, IN_ONE, .tag = 15,
     .offset = AT_ONE(activated_job, user_task, user_task_properties),
     .of = &grpc_UserTaskProperties},
    {"kind", PART_ENUM, IN_RECORD, .tag = 16,
     .offset = AT_I32(activated_job, kind)},
    {"listenerEventType", PART_ENUM, IN_RECORD, .tag = 17,
     .offset = AT_I32(activated_job, listener_event)},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .tag = 18,
     .offset = AT_LIST(activated_job, tags, text)},
    {"priority", PART_I32, IN_RECORD, .tag = 19,
     .offset = AT_I32(activated_job, priority)},
    {"businessId", PART_TEXT, IN_RECORD, .tag = 20,
     .offset = AT_TEXT(activated_job, business_id)},
    {"physicalTenantId", PART_TEXT, IN_CONSTANT, .tag = 22,
     .text = "default", .number = 0},
};

static const struct message grpc_ActivatedJob = {
    "ActivatedJob", sizeof(struct activated_job), grpc_ActivatedJob_parts, 21, false, NULL};

static const struct part grpc_UserTaskProperties_parts[] = {
    {"action", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(user_task_properties, action)},
    {"assignee", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(user_task_properties, assignee)},
    {"candidateGroups", PART_TEXT, IN_RECORD, .is_list = true, .tag = 3,
     .offset = AT_LIST(user_task_properties, candidate_groups, text)},
    {"candidateUsers", PART_TEXT, IN_RECORD, .is_list = true, .tag = 4,
     .offset = AT_LIST(user_task_properties, candidate_users, text)},
    {"changedAttributes", PART_TEXT, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(user_task_properties, changed_attributes, text)},
    {"dueDate", PART_TEXT, IN_RECORD, .tag = 6,
     .offset = AT_TEXT(user_task_properties, due_date)},
    {"followUpDate", PART_TEXT, IN_RECORD, .tag = 7,
     .offset = AT_TEXT(user_task_properties, follow_up_date)},
    {"formKey", PART_I64, IN_RECORD, .tag = 8,
     .offset = AT_I64(user_task_properties, form_key)},
    {"priority", PART_I32, IN_RECORD, .tag = 9,
     .offset = AT_I32(user_task_properties, priority)},
    {"userTaskKey", PART_I64, IN_RECORD, .tag = 10,
     .offset = AT_I64(user_task_properties, key)},
};

static const struct message grpc_UserTaskProperties = {
    "UserTaskProperties", sizeof(struct user_task_properties), grpc_UserTaskProperties_parts, 10, false, NULL};

static const struct part grpc_AssignProcessInstanceBusinessIdRequest_parts[] = {
    {"processInstanceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"businessId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(business_id_assign, business_id)},
};

static const struct message grpc_AssignProcessInstanceBusinessIdRequest = {
    "AssignProcessInstanceBusinessIdRequest", sizeof(struct business_id_assign), grpc_AssignProcessInstanceBusinessIdRequest_parts, 2, false, NULL};

static const struct message grpc_AssignProcessInstanceBusinessIdResponse = {
    "AssignProcessInstanceBusinessIdResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_BroadcastSignalRequest_parts[] = {
    {"signalName", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(signal_broadcast, name)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(signal_broadcast, variables)},
    {"tenantId", PART_TENANT, IN_ASK, .tag = 3,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message grpc_BroadcastSignalRequest = {
    "BroadcastSignalRequest", sizeof(struct signal_broadcast), grpc_BroadcastSignalRequest_parts, 3, false, NULL};

static const struct part grpc_BroadcastSignalResponse_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(signal_was_broadcast, signal_key)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(signal_was_broadcast, tenant)},
};

static const struct message grpc_BroadcastSignalResponse = {
    "BroadcastSignalResponse", sizeof(struct signal_was_broadcast), grpc_BroadcastSignalResponse_parts, 2, false, NULL};

static const struct part grpc_EvaluateConditionalRequest_parts[] = {
    {"tenantId", PART_TENANT, IN_ASK, .tag = 1,
     .offset = AT_TEXT(ask, tenant)},
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 2,
     .offset = AT_I64(conditions_evaluate, process_key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(conditions_evaluate, variables)},
};

static const struct message grpc_EvaluateConditionalRequest = {
    "EvaluateConditionalRequest", sizeof(struct conditions_evaluate), grpc_EvaluateConditionalRequest_parts, 3, false, NULL};

static const struct part grpc_EvaluateConditionalResponse_parts[] = {
    {"processInstances", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 1,
     .offset = AT_LIST(conditions_were_evaluated, instances, instance_reference),
     .of = &grpc_ProcessInstanceReference},
    {"conditionalEvaluationKey", PART_I64, IN_RECORD, .tag = 2,
     .offset = AT_I64(conditions_were_evaluated, key)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(conditions_were_evaluated, tenant)},
};

static const struct message grpc_EvaluateConditionalResponse = {
    "EvaluateConditionalResponse", sizeof(struct conditions_were_evaluated), grpc_EvaluateConditionalResponse_parts, 3, false, NULL};

static const struct part grpc_ProcessInstanceReference_parts[] = {
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(instance_reference, process_key)},
    {"processInstanceKey", PART_I64, IN_RECORD, .tag = 2,
     .offset = AT_I64(instance_reference, instance_key)},
};

static const struct message grpc_ProcessInstanceReference = {
    "ProcessInstanceReference", sizeof(struct instance_reference), grpc_ProcessInstanceReference_parts, 2, false, NULL};

static const struct part grpc_CancelProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_U64, IN_ASK, .tag = 2,
     .offset = AT_I64(ask, operation)},
};

static const struct message grpc_CancelProcessInstanceRequest = {
    "CancelProcessInstanceRequest", sizeof(struct nothing), grpc_CancelProcessInstanceRequest_parts, 2, false, NULL};

static const struct message grpc_CancelProcessInstanceResponse = {
    "CancelProcessInstanceResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_CompleteJobRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(job_complete, variables)},
    {"result", PART_MESSAGE, IN_SAME, .tag = 3,
     .of = &grpc_JobResult},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 4,
     .text = "there are no leases"},
    {"businessId", PART_TEXT, IN_REFUSAL, .tag = 5,
     .text = "it is assigned by a call of its own"},
};

static const struct message grpc_CompleteJobRequest = {
    "CompleteJobRequest", sizeof(struct job_complete), grpc_CompleteJobRequest_parts, 5, false, NULL};

static const struct part grpc_JobResult_parts[] = {
    {"denied", PART_BOOL, IN_RECORD, .tag = 1,
     .offset = AT_BOOL(job_complete, is_denied)},
    {"corrections", PART_MESSAGE, IN_ONE, .tag = 2,
     .offset = AT_ONE(job_complete, corrections, user_task_change),
     .of = &grpc_JobResultCorrections},
    {"deniedReason", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(job_complete, denied_reason)},
    {"type", PART_TEXT, IN_NOTHING, .tag = 4},
    {"activateElements", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(job_complete, activates, ad_hoc_element),
     .of = &grpc_JobResultActivateElement},
    {"isCompletionConditionFulfilled", PART_BOOL, IN_RECORD, .tag = 6,
     .offset = AT_BOOL(job_complete, is_fulfilled)},
    {"isCancelRemainingInstances", PART_BOOL, IN_RECORD, .tag = 7,
     .offset = AT_BOOL(job_complete, cancels_remaining)},
};

static const struct message grpc_JobResult = {
    "JobResult", sizeof(struct job_complete), grpc_JobResult_parts, 7, false, NULL};

static const struct part grpc_JobResultActivateElement_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(ad_hoc_element, element_id)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(ad_hoc_element, variables)},
};

static const struct message grpc_JobResultActivateElement = {
    "JobResultActivateElement", sizeof(struct ad_hoc_element), grpc_JobResultActivateElement_parts, 2, false, NULL};

static const struct part grpc_JobResultCorrections_parts[] = {
    {"assignee", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(user_task_change, assignee), .flag = 1 + AT_BOOL(user_task_change, has_assignee)},
    {"dueDate", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(user_task_change, due_date), .flag = 1 + AT_BOOL(user_task_change, has_due_date)},
    {"followUpDate", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(user_task_change, follow_up_date), .flag = 1 + AT_BOOL(user_task_change, has_follow_up_date)},
    {"candidateUsers", PART_STRINGS, IN_RECORD, .tag = 4,
     .offset = AT_LIST(user_task_change, candidate_users, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_users)},
    {"candidateGroups", PART_STRINGS, IN_RECORD, .tag = 5,
     .offset = AT_LIST(user_task_change, candidate_groups, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_groups)},
    {"priority", PART_I32, IN_RECORD, .tag = 6,
     .offset = AT_I32(user_task_change, priority), .flag = 1 + AT_BOOL(user_task_change, has_priority)},
};

static const struct message grpc_JobResultCorrections = {
    "JobResultCorrections", sizeof(struct user_task_change), grpc_JobResultCorrections_parts, 6, false, NULL};

static const struct message grpc_CompleteJobResponse = {
    "CompleteJobResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_CreateProcessInstanceRequest_parts[] = {
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(instance_create, process_key)},
    {"bpmnProcessId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(instance_create, bpmn_process_id)},
    {"version", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(instance_create, version)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(instance_create, variables)},
    {"startInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(instance_create, starts, start_instruction),
     .of = &grpc_ProcessInstanceCreationStartInstruction},
    {"tenantId", PART_TENANT, IN_ASK, .tag = 6,
     .offset = AT_TEXT(ask, tenant)},
    {"operationReference", PART_U64, IN_ASK, .tag = 7,
     .offset = AT_I64(ask, operation)},
    {"runtimeInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 8,
     .offset = AT_LIST(instance_create, ends, runtime_instruction),
     .of = &grpc_ProcessInstanceCreationRuntimeInstruction},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .tag = 9,
     .offset = AT_LIST(instance_create, tags, text)},
    {"businessId", PART_TEXT, IN_RECORD, .tag = 10,
     .offset = AT_TEXT(instance_create, business_id)},
};

static const struct message grpc_CreateProcessInstanceRequest = {
    "CreateProcessInstanceRequest", sizeof(struct instance_create), grpc_CreateProcessInstanceRequest_parts, 10, false, NULL};

static const struct part grpc_ProcessInstanceCreationStartInstruction_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(start_instruction, element_id)},
};

static const struct message grpc_ProcessInstanceCreationStartInstruction = {
    "ProcessInstanceCreationStartInstruction", sizeof(struct start_instruction), grpc_ProcessInstanceCreationStartInstruction_parts, 1, false, NULL};

static const struct part grpc_ProcessInstanceCreationRuntimeInstruction_parts[] = {
    {"terminate", PART_MESSAGE, IN_SAME, .tag = 1,
     .of = &grpc_TerminateProcessInstanceInstruction},
};

static const struct message grpc_ProcessInstanceCreationRuntimeInstruction = {
    "ProcessInstanceCreationRuntimeInstruction", sizeof(struct runtime_instruction), grpc_ProcessInstanceCreationRuntimeInstruction_parts, 1, false, NULL};

static const struct part grpc_TerminateProcessInstanceInstruction_parts[] = {
    {"afterElementId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(runtime_instruction, after_element_id)},
};

static const struct message grpc_TerminateProcessInstanceInstruction = {
    "TerminateProcessInstanceInstruction", sizeof(struct runtime_instruction), grpc_TerminateProcessInstanceInstruction_parts, 1, false, NULL};

static const struct part grpc_CreateProcessInstanceResponse_parts[] = {
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(instance_created, process_key)},
    {"bpmnProcessId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(instance_created, bpmn_process_id)},
    {"version", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(instance_created, version)},
    {"processInstanceKey", PART_I64, IN_RECORD, .tag = 4,
     .offset = AT_I64(instance_created, instance_key)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(instance_created, tenant)},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .tag = 6,
     .offset = AT_LIST(instance_created, tags, text)},
    {"businessId", PART_TEXT, IN_RECORD, .tag = 7,
     .offset = AT_TEXT(instance_created, business_id)},
};

static const struct message grpc_CreateProcessInstanceResponse = {
    "CreateProcessInstanceResponse", sizeof(struct instance_created), grpc_CreateProcessInstanceResponse_parts, 7, false, NULL};

static const struct part grpc_CreateProcessInstanceWithResultRequest_parts[] = {
    {"request", PART_MESSAGE, IN_SAME, .tag = 1,
     .of = &grpc_CreateProcessInstanceRequest},
    {"requestTimeout", PART_I64, IN_ASK, .tag = 2,
     .offset = AT_I64(ask, wait_ms)},
    {"fetchVariables", PART_TEXT, IN_RECORD, .is_list = true, .tag = 3,
     .offset = AT_LIST(instance_create, fetch_variables, text)},
    {"", PART_BOOL, IN_FIXED, .offset = AT_BOOL(instance_create, awaits_result),
     .number = 1},
};

static const struct message grpc_CreateProcessInstanceWithResultRequest = {
    "CreateProcessInstanceWithResultRequest", sizeof(struct instance_create), grpc_CreateProcessInstanceWithResultRequest_parts, 4, false, NULL};

static const struct part grpc_CreateProcessInstanceWithResultResponse_parts[] = {
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(instance_created, process_key)},
    {"bpmnProcessId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(instance_created, bpmn_process_id)},
    {"version", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(instance_created, version)},
    {"processInstanceKey", PART_I64, IN_RECORD, .tag = 4,
     .offset = AT_I64(instance_created, instance_key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(instance_created, variables)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 6,
     .offset = AT_TEXT(instance_created, tenant)},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .tag = 7,
     .offset = AT_LIST(instance_created, tags, text)},
    {"businessId", PART_TEXT, IN_RECORD, .tag = 8,
     .offset = AT_TEXT(instance_created, business_id)},
};

static const struct message grpc_CreateProcessInstanceWithResultResponse = {
    "CreateProcessInstanceWithResultResponse", sizeof(struct instance_created), grpc_CreateProcessInstanceWithResultResponse_parts, 8, false, NULL};

static const struct part grpc_DeleteResourceRequest_parts[] = {
    {"resourceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_U64, IN_ASK, .tag = 2,
     .offset = AT_I64(ask, operation)},
    {"deleteHistory", PART_BOOL, IN_RECORD, .tag = 3,
     .offset = AT_BOOL(resource_delete, deletes_history)},
};

static const struct message grpc_DeleteResourceRequest = {
    "DeleteResourceRequest", sizeof(struct resource_delete), grpc_DeleteResourceRequest_parts, 3, false, NULL};

static const struct part grpc_DeleteResourceResponse_parts[] = {
    {"resourceKey", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(resource_was_deleted, resource_key)},
    {"batchOperation", PART_MESSAGE, IN_ONE, .tag = 2,
     .offset = AT_ONE(resource_was_deleted, batch, batch_created),
     .of = &grpc_BatchOperationCreatedResult},
};

static const struct message grpc_DeleteResourceResponse = {
    "DeleteResourceResponse", sizeof(struct resource_was_deleted), grpc_DeleteResourceResponse_parts, 2, false, NULL};

static const struct part grpc_BatchOperationCreatedResult_parts[] = {
    {"batchOperationKey", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(batch_created, key_text)},
    {"batchOperationType", PART_ENUM, IN_RECORD, .tag = 2,
     .offset = AT_I32(batch_created, type_number)},
};

static const struct message grpc_BatchOperationCreatedResult = {
    "BatchOperationCreatedResult", sizeof(struct batch_created), grpc_BatchOperationCreatedResult_parts, 2, false, NULL};

static const struct part grpc_DeployProcessRequest_parts[] = {
    {"processes", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 1,
     .offset = AT_LIST(deployment_create, resources, resource),
     .of = &grpc_ProcessRequestObject},
};

static const struct message grpc_DeployProcessRequest = {
    "DeployProcessRequest", sizeof(struct deployment_create), grpc_DeployProcessRequest_parts, 1, false, NULL};

static const struct part grpc_ProcessRequestObject_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(resource, name)},
    {"definition", PART_BYTES, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(resource, content)},
};

static const struct message grpc_ProcessRequestObject = {
    "ProcessRequestObject", sizeof(struct resource), grpc_ProcessRequestObject_parts, 2, false, NULL};

static const struct part grpc_DeployProcessResponse_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(deployment_created, deployment_key)},
    {"processes", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 2,
     .offset = AT_LIST(deployment_created, processes, process_metadata),
     .of = &grpc_ProcessMetadata},
};

static const struct message grpc_DeployProcessResponse = {
    "DeployProcessResponse", sizeof(struct deployment_created), grpc_DeployProcessResponse_parts, 2, false, NULL};

static const struct part grpc_ProcessMetadata_parts[] = {
    {"bpmnProcessId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(process_metadata, bpmn_process_id)},
    {"version", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(process_metadata, version)},
    {"processDefinitionKey", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(process_metadata, process_key)},
    {"resourceName", PART_TEXT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(process_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(process_metadata, tenant)},
};

static const struct message grpc_ProcessMetadata = {
    "ProcessMetadata", sizeof(struct process_metadata), grpc_ProcessMetadata_parts, 5, false, NULL};

static const struct part grpc_DeployResourceRequest_parts[] = {
    {"resources", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 1,
     .offset = AT_LIST(deployment_create, resources, resource),
     .of = &grpc_Resource},
    {"tenantId", PART_TENANT, IN_ASK, .tag = 2,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message grpc_DeployResourceRequest = {
    "DeployResourceRequest", sizeof(struct deployment_create), grpc_DeployResourceRequest_parts, 2, false, NULL};

static const struct part grpc_Resource_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(resource, name)},
    {"content", PART_BYTES, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(resource, content)},
};

static const struct message grpc_Resource = {
    "Resource", sizeof(struct resource), grpc_Resource_parts, 2, false, NULL};

static const struct part grpc_DeployResourceResponse_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(deployment_created, deployment_key)},
    {"deployments", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 2,
     .offset = AT_LIST(deployment_created, named, deployment_part),
     .of = &grpc_Deployment},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(deployment_created, tenant)},
};

static const struct message grpc_DeployResourceResponse = {
    "DeployResourceResponse", sizeof(struct deployment_created), grpc_DeployResourceResponse_parts, 3, false, NULL};

static const struct part grpc_Deployment_parts[] = {
    {"process", PART_MESSAGE, IN_ONE, .tag = 1,
     .offset = AT_ONE(deployment_part, process, process_metadata),
     .of = &grpc_ProcessMetadata},
    {"decision", PART_MESSAGE, IN_ONE, .tag = 2,
     .offset = AT_ONE(deployment_part, decision, decision_metadata),
     .of = &grpc_DecisionMetadata},
    {"decisionRequirements", PART_MESSAGE, IN_ONE, .tag = 3,
     .offset = AT_ONE(deployment_part, requirements, requirements_metadata),
     .of = &grpc_DecisionRequirementsMetadata},
    {"form", PART_MESSAGE, IN_ONE, .tag = 4,
     .offset = AT_ONE(deployment_part, form, artifact_metadata),
     .of = &grpc_FormMetadata},
};

static const struct message grpc_Deployment = {
    "Deployment", sizeof(struct deployment_part), grpc_Deployment_parts, 4, false, NULL};

static const struct part grpc_DecisionMetadata_parts[] = {
    {"dmnDecisionId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(decision_metadata, decision_id)},
    {"dmnDecisionName", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(decision_metadata, decision_name)},
    {"version", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(decision_metadata, version)},
    {"decisionKey", PART_I64, IN_RECORD, .tag = 4,
     .offset = AT_I64(decision_metadata, decision_key)},
    {"dmnDecisionRequirementsId", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(decision_metadata, requirements_id)},
    {"decisionRequirementsKey", PART_I64, IN_RECORD, .tag = 6,
     .offset = AT_I64(decision_metadata, requirements_key)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 7,
     .offset = AT_TEXT(decision_metadata, tenant)},
};

static const struct message grpc_DecisionMetadata = {
    "DecisionMetadata", sizeof(struct decision_metadata), grpc_DecisionMetadata_parts, 7, false, NULL};

static const struct part grpc_DecisionRequirementsMetadata_parts[] = {
    {"dmnDecisionRequirementsId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(requirements_metadata, requirements_id)},
    {"dmnDecisionRequirementsName", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(requirements_metadata, requirements_name)},
    {"version", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(requirements_metadata, version)},
    {"decisionRequirementsKey", PART_I64, IN_RECORD, .tag = 4,
     .offset = AT_I64(requirements_metadata, requirements_key)},
    {"resourceName", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(requirements_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 6,
     .offset = AT_TEXT(requirements_metadata, tenant)},
};

static const struct message grpc_DecisionRequirementsMetadata = {
    "DecisionRequirementsMetadata", sizeof(struct requirements_metadata), grpc_DecisionRequirementsMetadata_parts, 6, false, NULL};

static const struct part grpc_FormMetadata_parts[] = {
    {"formId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(artifact_metadata, artifact_id)},
    {"version", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(artifact_metadata, version)},
    {"formKey", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(artifact_metadata, artifact_key)},
    {"resourceName", PART_TEXT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(artifact_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(artifact_metadata, tenant)},
};

static const struct message grpc_FormMetadata = {
    "FormMetadata", sizeof(struct artifact_metadata), grpc_FormMetadata_parts, 5, false, NULL};

static const struct part grpc_EvaluateDecisionRequest_parts[] = {
    {"decisionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(decision_evaluate, decision_key)},
    {"decisionId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(decision_evaluate, decision_id)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(decision_evaluate, variables)},
    {"tenantId", PART_TENANT, IN_ASK, .tag = 4,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message grpc_EvaluateDecisionRequest = {
    "EvaluateDecisionRequest", sizeof(struct decision_evaluate), grpc_EvaluateDecisionRequest_parts, 4, false, NULL};

static const struct part grpc_EvaluateDecisionResponse_parts[] = {
    {"decisionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(decision_evaluated, decision_key)},
    {"decisionId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(decision_evaluated, decision_id)},
    {"decisionName", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(decision_evaluated, decision_name)},
    {"decisionVersion", PART_I32, IN_RECORD, .tag = 4,
     .offset = AT_I32(decision_evaluated, version)},
    {"decisionRequirementsId", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(decision_evaluated, requirements_id)},
    {"decisionRequirementsKey", PART_I64, IN_RECORD, .tag = 6,
     .offset = AT_I64(decision_evaluated, requirements_key)},
    {"decisionOutput", PART_TEXT, IN_RECORD, .tag = 7,
     .offset = AT_TEXT(decision_evaluated, output)},
    {"evaluatedDecisions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 8,
     .offset = AT_LIST(decision_evaluated, decisions, evaluated_decision),
     .of = &grpc_EvaluatedDecision},
    {"failedDecisionId", PART_TEXT, IN_RECORD, .tag = 9,
     .offset = AT_TEXT(decision_evaluated, failed_decision_id)},
    {"failureMessage", PART_TEXT, IN_RECORD, .tag = 10,
     .offset = AT_TEXT(decision_evaluated, failure_message)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 11,
     .offset = AT_TEXT(decision_evaluated, tenant)},
    {"decisionInstanceKey", PART_I64, IN_RECORD, .tag = 12,
     .offset = AT_I64(decision_evaluated, evaluation_key)},
    {"decisionEvaluationKey", PART_I64, IN_RECORD, .tag = 13,
     .offset = AT_I64(decision_evaluated, evaluation_key)},
};

static const struct message grpc_EvaluateDecisionResponse = {
    "EvaluateDecisionResponse", sizeof(struct decision_evaluated), grpc_EvaluateDecisionResponse_parts, 13, false, NULL};

static const struct part grpc_EvaluatedDecision_parts[] = {
    {"decisionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(evaluated_decision, decision_key)},
    {"decisionId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(evaluated_decision, decision_id)},
    {"decisionName", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(evaluated_decision, decision_name)},
    {"decisionVersion", PART_I32, IN_RECORD, .tag = 4,
     .offset = AT_I32(evaluated_decision, version)},
    {"decisionType", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(evaluated_decision, type)},
    {"decisionOutput", PART_TEXT, IN_RECORD, .tag = 6,
     .offset = AT_TEXT(evaluated_decision, output)},
    {"matchedRules", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 7,
     .offset = AT_LIST(evaluated_decision, rules, matched_rule),
     .of = &grpc_MatchedDecisionRule},
    {"evaluatedInputs", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 8,
     .offset = AT_LIST(evaluated_decision, inputs, evaluated_input),
     .of = &grpc_EvaluatedDecisionInput},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 9,
     .offset = AT_TEXT(evaluated_decision, tenant)},
    {"decisionEvaluationInstanceKey", PART_TEXT, IN_RECORD, .tag = 10,
     .offset = AT_TEXT(evaluated_decision, instance_key)},
};

static const struct message grpc_EvaluatedDecision = {
    "EvaluatedDecision", sizeof(struct evaluated_decision), grpc_EvaluatedDecision_parts, 10, false, NULL};

static const struct part grpc_MatchedDecisionRule_parts[] = {
    {"ruleId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(matched_rule, rule_id)},
    {"ruleIndex", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(matched_rule, rule_index)},
    {"evaluatedOutputs", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 3,
     .offset = AT_LIST(matched_rule, outputs, evaluated_output),
     .of = &grpc_EvaluatedDecisionOutput},
};

static const struct message grpc_MatchedDecisionRule = {
    "MatchedDecisionRule", sizeof(struct matched_rule), grpc_MatchedDecisionRule_parts, 3, false, NULL};

static const struct part grpc_EvaluatedDecisionOutput_parts[] = {
    {"outputId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(evaluated_output, output_id)},
    {"outputName", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(evaluated_output, output_name)},
    {"outputValue", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(evaluated_output, value)},
};

static const struct message grpc_EvaluatedDecisionOutput = {
    "EvaluatedDecisionOutput", sizeof(struct evaluated_output), grpc_EvaluatedDecisionOutput_parts, 3, false, NULL};

static const struct part grpc_EvaluatedDecisionInput_parts[] = {
    {"inputId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(evaluated_input, input_id)},
    {"inputName", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(evaluated_input, input_name)},
    {"inputValue", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(evaluated_input, value)},
};

static const struct message grpc_EvaluatedDecisionInput = {
    "EvaluatedDecisionInput", sizeof(struct evaluated_input), grpc_EvaluatedDecisionInput_parts, 3, false, NULL};

static const struct part grpc_FailJobRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"retries", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(job_fail, retries)},
    {"errorMessage", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(job_fail, error_message)},
    {"retryBackOff", PART_I64, IN_RECORD, .tag = 4,
     .offset = AT_I64(job_fail, retry_back_off)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(job_fail, variables)},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 6,
     .text = "there are no leases"},
};

static const struct message grpc_FailJobRequest = {
    "FailJobRequest", sizeof(struct job_fail), grpc_FailJobRequest_parts, 6, false, NULL};

static const struct message grpc_FailJobResponse = {
    "FailJobResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_ThrowErrorRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"errorCode", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(job_throw_error, error_code)},
    {"errorMessage", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(job_throw_error, error_message)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(job_throw_error, variables)},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 5,
     .text = "there are no leases"},
};

static const struct message grpc_ThrowErrorRequest = {
    "ThrowErrorRequest", sizeof(struct job_throw_error), grpc_ThrowErrorRequest_parts, 5, false, NULL};

static const struct message grpc_ThrowErrorResponse = {
    "ThrowErrorResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_ModifyProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"activateInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 2,
     .offset = AT_LIST(instance_modify, activates, activate_instruction),
     .of = &grpc_ModifyProcessInstanceRequest_ActivateInstruction},
    {"terminateInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 3,
     .offset = AT_LIST(instance_modify, terminates, terminate_instruction),
     .of = &grpc_ModifyProcessInstanceRequest_TerminateInstruction},
    {"operationReference", PART_U64, IN_ASK, .tag = 4,
     .offset = AT_I64(ask, operation)},
    {"moveInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 5,
     .offset = AT_LIST(instance_modify, moves, move_instruction),
     .of = &grpc_ModifyProcessInstanceRequest_MoveInstruction},
};

static const struct message grpc_ModifyProcessInstanceRequest = {
    "ModifyProcessInstanceRequest", sizeof(struct instance_modify), grpc_ModifyProcessInstanceRequest_parts, 5, false, NULL};

static const struct part grpc_ModifyProcessInstanceRequest_ActivateInstruction_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(activate_instruction, element_id)},
    {"ancestorElementInstanceKey", PART_I64, IN_RECORD, .tag = 2,
     .offset = AT_I64(activate_instruction, ancestor)},
    {"variableInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 3,
     .offset = AT_LIST(activate_instruction, variables, variable_instruction),
     .of = &grpc_ModifyProcessInstanceRequest_VariableInstruction},
};

static const struct message grpc_ModifyProcessInstanceRequest_ActivateInstruction = {
    "ModifyProcessInstanceRequest_ActivateInstruction", sizeof(struct activate_instruction), grpc_ModifyProcessInstanceRequest_ActivateInstruction_parts, 3, false, NULL};

static const struct part grpc_ModifyProcessInstanceRequest_VariableInstruction_parts[] = {
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(variable_instruction, variables)},
    {"scopeId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(variable_instruction, scope_id)},
};

static const struct message grpc_ModifyProcessInstanceRequest_VariableInstruction = {
    "ModifyProcessInstanceRequest_VariableInstruction", sizeof(struct variable_instruction), grpc_ModifyProcessInstanceRequest_VariableInstruction_parts, 2, false, NULL};

static const struct part grpc_ModifyProcessInstanceRequest_TerminateInstruction_parts[] = {
    {"elementInstanceKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(terminate_instruction, element_instance)},
    {"elementId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(terminate_instruction, element_id)},
};

static const struct message grpc_ModifyProcessInstanceRequest_TerminateInstruction = {
    "ModifyProcessInstanceRequest_TerminateInstruction", sizeof(struct terminate_instruction), grpc_ModifyProcessInstanceRequest_TerminateInstruction_parts, 2, false, NULL};

static const struct part grpc_ModifyProcessInstanceRequest_MoveInstruction_parts[] = {
    {"sourceElementInstanceKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(move_instruction, source_instance)},
    {"sourceElementId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(move_instruction, source_id)},
    {"targetElementId", PART_TEXT, IN_RECORD, .tag = 3,
     .offset = AT_TEXT(move_instruction, target_id)},
    {"variableInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 4,
     .offset = AT_LIST(move_instruction, variables, variable_instruction),
     .of = &grpc_ModifyProcessInstanceRequest_VariableInstruction},
    {"ancestorElementInstanceKey", PART_I64, IN_RECORD, .tag = 5,
     .offset = AT_I64(move_instruction, ancestor)},
    {"inferAncestorScopeFromSourceHierarchy", PART_BOOL, IN_RECORD, .tag = 6,
     .offset = AT_BOOL(move_instruction, infers_ancestor)},
    {"useSourceParentKeyAsAncestorScopeKey", PART_BOOL, IN_RECORD, .tag = 7,
     .offset = AT_BOOL(move_instruction, uses_source_parent)},
};

static const struct message grpc_ModifyProcessInstanceRequest_MoveInstruction = {
    "ModifyProcessInstanceRequest_MoveInstruction", sizeof(struct move_instruction), grpc_ModifyProcessInstanceRequest_MoveInstruction_parts, 7, false, NULL};

static const struct message grpc_ModifyProcessInstanceResponse = {
    "ModifyProcessInstanceResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_MigrateProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"migrationPlan", PART_MESSAGE, IN_SAME, .tag = 2,
     .of = &grpc_MigrateProcessInstanceRequest_MigrationPlan},
    {"operationReference", PART_U64, IN_ASK, .tag = 3,
     .offset = AT_I64(ask, operation)},
};

static const struct message grpc_MigrateProcessInstanceRequest = {
    "MigrateProcessInstanceRequest", sizeof(struct instance_migrate), grpc_MigrateProcessInstanceRequest_parts, 3, false, NULL};

static const struct part grpc_MigrateProcessInstanceRequest_MigrationPlan_parts[] = {
    {"targetProcessDefinitionKey", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(instance_migrate, target_process)},
    {"mappingInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 2,
     .offset = AT_LIST(instance_migrate, mappings, mapping_instruction),
     .of = &grpc_MigrateProcessInstanceRequest_MappingInstruction},
};

static const struct message grpc_MigrateProcessInstanceRequest_MigrationPlan = {
    "MigrateProcessInstanceRequest_MigrationPlan", sizeof(struct instance_migrate), grpc_MigrateProcessInstanceRequest_MigrationPlan_parts, 2, false, NULL};

static const struct part grpc_MigrateProcessInstanceRequest_MappingInstruction_parts[] = {
    {"sourceElementId", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(mapping_instruction, source_id)},
    {"targetElementId", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(mapping_instruction, target_id)},
};

static const struct message grpc_MigrateProcessInstanceRequest_MappingInstruction = {
    "MigrateProcessInstanceRequest_MappingInstruction", sizeof(struct mapping_instruction), grpc_MigrateProcessInstanceRequest_MappingInstruction_parts, 2, false, NULL};

static const struct message grpc_MigrateProcessInstanceResponse = {
    "MigrateProcessInstanceResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_PublishMessageRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(message_publish, name)},
    {"correlationKey", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(message_publish, correlation_key)},
    {"timeToLive", PART_I64, IN_RECORD, .tag = 3,
     .offset = AT_I64(message_publish, time_to_live)},
    {"messageId", PART_TEXT, IN_RECORD, .tag = 4,
     .offset = AT_TEXT(message_publish, message_id)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(message_publish, variables)},
    {"tenantId", PART_TENANT, IN_ASK, .tag = 6,
     .offset = AT_TEXT(ask, tenant)},
    {"businessId", PART_TEXT, IN_REFUSAL, .tag = 7,
     .text = "messages know their correlation key alone"},
};

static const struct message grpc_PublishMessageRequest = {
    "PublishMessageRequest", sizeof(struct message_publish), grpc_PublishMessageRequest_parts, 7, false, NULL};

static const struct part grpc_PublishMessageResponse_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(message_published, message_key)},
    {"tenantId", PART_TENANT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(message_published, tenant)},
};

static const struct message grpc_PublishMessageResponse = {
    "PublishMessageResponse", sizeof(struct message_published), grpc_PublishMessageResponse_parts, 2, false, NULL};

static const struct part grpc_ResolveIncidentRequest_parts[] = {
    {"incidentKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_U64, IN_ASK, .tag = 2,
     .offset = AT_I64(ask, operation)},
};

static const struct message grpc_ResolveIncidentRequest = {
    "ResolveIncidentRequest", sizeof(struct nothing), grpc_ResolveIncidentRequest_parts, 2, false, NULL};

static const struct message grpc_ResolveIncidentResponse = {
    "ResolveIncidentResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_SetVariablesRequest_parts[] = {
    {"elementInstanceKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(variables_set, variables)},
    {"local", PART_BOOL, IN_RECORD, .tag = 3,
     .offset = AT_BOOL(variables_set, is_local)},
    {"operationReference", PART_U64, IN_ASK, .tag = 4,
     .offset = AT_I64(ask, operation)},
};

static const struct message grpc_SetVariablesRequest = {
    "SetVariablesRequest", sizeof(struct variables_set), grpc_SetVariablesRequest_parts, 4, false, NULL};

static const struct part grpc_SetVariablesResponse_parts[] = {
    {"key", PART_I64, IN_RECORD, .tag = 1,
     .offset = AT_I64(variables_were_set, key)},
};

static const struct message grpc_SetVariablesResponse = {
    "SetVariablesResponse", sizeof(struct variables_were_set), grpc_SetVariablesResponse_parts, 1, false, NULL};

static const struct message grpc_TopologyRequest = {
    "TopologyRequest", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_TopologyResponse_parts[] = {
    {"brokers", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 1,
     .offset = AT_LIST(topology, brokers, topology_broker),
     .of = &grpc_BrokerInfo},
    {"clusterSize", PART_I32, IN_CONSTANT, .tag = 2,
     .text = "1", .number = 1},
    {"partitionsCount", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(topology, partition_count)},
    {"replicationFactor", PART_I32, IN_CONSTANT, .tag = 4,
     .text = "1", .number = 1},
    {"gatewayVersion", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(topology, version)},
};

static const struct message grpc_TopologyResponse = {
    "TopologyResponse", sizeof(struct topology), grpc_TopologyResponse_parts, 5, false, NULL};

static const struct part grpc_BrokerInfo_parts[] = {
    {"nodeId", PART_I32, IN_CONSTANT, .tag = 1,
     .text = "0", .number = 0},
    {"host", PART_TEXT, IN_RECORD, .tag = 2,
     .offset = AT_TEXT(topology_broker, host)},
    {"port", PART_I32, IN_RECORD, .tag = 3,
     .offset = AT_I32(topology_broker, port)},
    {"partitions", PART_MESSAGE, IN_RECORD, .is_list = true, .tag = 4,
     .offset = AT_LIST(topology_broker, partitions, topology_partition),
     .of = &grpc_Partition},
    {"version", PART_TEXT, IN_RECORD, .tag = 5,
     .offset = AT_TEXT(topology_broker, version)},
    {"brokerId", PART_TEXT, IN_CONSTANT, .tag = 6,
     .text = "0", .number = 0},
};

static const struct message grpc_BrokerInfo = {
    "BrokerInfo", sizeof(struct topology_broker), grpc_BrokerInfo_parts, 6, false, NULL};

static const struct part grpc_Partition_parts[] = {
    {"partitionId", PART_I32, IN_RECORD, .tag = 1,
     .offset = AT_I32(topology_partition, id)},
    {"role", PART_ENUM, IN_CONSTANT, .tag = 2,
     .text = "0", .number = 0},
    {"health", PART_ENUM, IN_RECORD, .tag = 3,
     .offset = AT_I32(topology_partition, health)},
};

static const struct message grpc_Partition = {
    "Partition", sizeof(struct topology_partition), grpc_Partition_parts, 3, false, NULL};

static const struct part grpc_UpdateJobRetriesRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"retries", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(job_update_retries, retries)},
    {"operationReference", PART_U64, IN_ASK, .tag = 3,
     .offset = AT_I64(ask, operation)},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 4,
     .text = "there are no leases"},
};

static const struct message grpc_UpdateJobRetriesRequest = {
    "UpdateJobRetriesRequest", sizeof(struct job_update_retries), grpc_UpdateJobRetriesRequest_parts, 4, false, NULL};

static const struct message grpc_UpdateJobRetriesResponse = {
    "UpdateJobRetriesResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_UpdateJobPriorityRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"priority", PART_I32, IN_RECORD, .tag = 2,
     .offset = AT_I32(job_update_priority, priority), .flag = 1 + AT_BOOL(job_update_priority, has_priority)},
    {"operationReference", PART_U64, IN_ASK, .tag = 3,
     .offset = AT_I64(ask, operation)},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 4,
     .text = "there are no leases"},
};

static const struct message grpc_UpdateJobPriorityRequest = {
    "UpdateJobPriorityRequest", sizeof(struct job_update_priority), grpc_UpdateJobPriorityRequest_parts, 4, false, NULL};

static const struct message grpc_UpdateJobPriorityResponse = {
    "UpdateJobPriorityResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_UpdateJobTimeoutRequest_parts[] = {
    {"jobKey", PART_I64, IN_ASK, .tag = 1,
     .offset = AT_I64(ask, key)},
    {"timeout", PART_I64, IN_RECORD, .tag = 2,
     .offset = AT_I64(job_update_timeout, timeout)},
    {"operationReference", PART_U64, IN_ASK, .tag = 3,
     .offset = AT_I64(ask, operation)},
    {"leaseToken", PART_TEXT, IN_REFUSAL, .tag = 4,
     .text = "there are no leases"},
};

static const struct message grpc_UpdateJobTimeoutRequest = {
    "UpdateJobTimeoutRequest", sizeof(struct job_update_timeout), grpc_UpdateJobTimeoutRequest_parts, 4, false, NULL};

static const struct message grpc_UpdateJobTimeoutResponse = {
    "UpdateJobTimeoutResponse", sizeof(struct nothing), NULL, 0, false, NULL};

static const struct part grpc_HealthCheckRequest_parts[] = {
    {"service", PART_TEXT, IN_RECORD, .tag = 1,
     .offset = AT_TEXT(health_ask, service)},
};

static const struct message grpc_HealthCheckRequest = {
    "HealthCheckRequest", sizeof(struct health_ask), grpc_HealthCheckRequest_parts, 1, false, NULL};

static const struct part grpc_HealthCheckResponse_parts[] = {
    {"status", PART_ENUM, IN_RECORD, .tag = 1,
     .offset = AT_I32(health, status)},
};

static const struct message grpc_HealthCheckResponse = {
    "HealthCheckResponse", sizeof(struct health), grpc_HealthCheckResponse_parts, 1, false, NULL};

static const struct message rest_DeploymentRequest;
static const struct message rest_ProcessInstanceCreationInstruction;
static const struct message rest_ProcessInstanceCreationStartInstruction;
static const struct message rest_ProcessInstanceCreationTerminateInstruction;
static const struct message rest_DeleteResourceRequest;
static const struct message rest_CancelProcessInstanceRequest;
static const struct message rest_DeleteProcessInstanceRequest;
static const struct message rest_DeleteDecisionInstanceRequest;
static const struct message rest_SuspendProcessInstanceRequest;
static const struct message rest_ResumeProcessInstanceRequest;
static const struct message rest_ProcessInstanceModificationInstruction;
static const struct message rest_ProcessInstanceModificationActivateInstruction;
static const struct message rest_ModifyProcessInstanceVariableInstruction;
static const struct message rest_ProcessInstanceModificationTerminateInstruction;
static const struct message rest_ProcessInstanceModificationMoveInstruction;
static const struct message rest_SourceElementInstruction;
static const struct message rest_AncestorScopeInstruction;
static const struct message rest_ProcessInstanceMigrationInstruction;
static const struct message rest_MigrateProcessInstanceMappingInstruction;
static const struct message rest_ProcessInstanceCancellationBatchOperationRequest;
static const struct message rest_ProcessInstanceDeletionBatchOperationRequest;
static const struct message rest_DecisionInstanceDeletionBatchOperationRequest;
static const struct message rest_ProcessInstanceSuspensionBatchOperationRequest;
static const struct message rest_ProcessInstanceResumptionBatchOperationRequest;
static const struct message rest_ProcessInstanceIncidentResolutionBatchOperationRequest;
static const struct message rest_ProcessInstanceMigrationBatchOperationRequest;
static const struct message rest_ProcessInstanceMigrationBatchOperationPlan;
static const struct message rest_ProcessInstanceModificationBatchOperationRequest;
static const struct message rest_ProcessInstanceModificationMoveBatchOperationInstruction;
static const struct message rest_JobBatchUpdateRequest;
static const struct message rest_ProcessInstanceIncidentsRequest;
static const struct message rest_BatchOperationRequest;
static const struct message rest_ProcessInstanceBusinessIdAssignmentInstruction;
static const struct message rest_JobActivationRequest;
static const struct message rest_JobCompletionRequest;
static const struct message rest_JobResult;
static const struct message rest_JobResultActivateElement;
static const struct message rest_AdHocSubProcessActivateActivitiesInstruction;
static const struct message rest_AdHocSubProcessActivateActivityReference;
static const struct message rest_JobResultCorrections;
static const struct message rest_UserTaskCompletionRequest;
static const struct message rest_UserTaskAssignmentRequest;
static const struct message rest_ExplainRequest;
static const struct message rest_UserTaskUnassignRequest;
static const struct message rest_UserTaskUpdateRequest;
static const struct message rest_Changeset;
static const struct message rest_JobFailRequest;
static const struct message rest_JobErrorRequest;
static const struct message rest_JobUpdateRequest;
static const struct message rest_JobChangeset;
static const struct message rest_MessagePublicationRequest;
static const struct message rest_MessageCorrelationRequest;
static const struct message rest_SignalBroadcastRequest;
static const struct message rest_ConditionalEvaluationInstruction;
static const struct message rest_DecisionEvaluationInstruction;
static const struct message rest_SetVariableRequest;
static const struct message rest_IncidentResolutionRequest;
static const struct message rest_ExplainResult;
static const struct message rest_BatchOperationCreatedResult;
static const struct message rest_TopologyResponse;
static const struct message rest_BrokerInfo;
static const struct message rest_Partition;
static const struct message rest_LicenseResponse;
static const struct message rest_DeploymentResult;
static const struct message rest_DeploymentMetadataResult;
static const struct message rest_ClockPinRequest;
static const struct message rest_ClockAdvanceRequest;
static const struct message rest_ClockResetRequest;
static const struct message rest_ExpressionEvaluationRequest;
static const struct message rest_CreateClusterVariableRequest;
static const struct message rest_UpdateClusterVariableRequest;
static const struct message rest_DeleteClusterVariableRequest;
static const struct message rest_GetClusterVariableRequest;
static const struct message rest_CreateTenantClusterVariableRequest;
static const struct message rest_UpdateTenantClusterVariableRequest;
static const struct message rest_DeleteTenantClusterVariableRequest;
static const struct message rest_GetTenantClusterVariableRequest;
static const struct message rest_CreateGlobalTaskListenerRequest;
static const struct message rest_UpdateGlobalTaskListenerRequest;
static const struct message rest_DeleteGlobalTaskListenerRequest;
static const struct message rest_GetGlobalTaskListenerRequest;
static const struct message rest_EventsRequest;
static const struct message rest_DocumentUploadRequest;
static const struct message rest_DocumentsUploadRequest;
static const struct message rest_DocumentRequest;
static const struct message rest_DocumentDeletionRequest;
static const struct message rest_DocumentLinkRequest;
static const struct message rest_DocumentReference;
static const struct message rest_DocumentCreationBatchResponse;
static const struct message rest_DocumentCreationFailureDetail;
static const struct message rest_DocumentLink;
static const struct message rest_ClusterVariableResult;
static const struct message rest_GlobalTaskListenerResult;
static const struct message rest_ExpressionEvaluationResult;
static const struct message rest_ExpressionEvaluationWarningItem;
static const struct message rest_CamundaUserResult;
static const struct message rest_SystemConfigurationResponse;
static const struct message rest_ClusterStatusResponse;
static const struct message rest_DeploymentDecisionResult;
static const struct message rest_DeploymentDecisionRequirementsResult;
static const struct message rest_DeploymentFormResult;
static const struct message rest_DeploymentResourceResult;
static const struct message rest_DeploymentProcessResult;
static const struct message rest_CreateProcessInstanceResult;
static const struct message rest_JobActivationResult;
static const struct message rest_ActivatedJobResult;
static const struct message rest_UserTaskProperties;
static const struct message rest_EvaluateDecisionResult;
static const struct message rest_EvaluatedDecisionResult;
static const struct message rest_MatchedDecisionRuleItem;
static const struct message rest_EvaluatedDecisionOutputItem;
static const struct message rest_EvaluatedDecisionInputItem;
static const struct message rest_MessagePublicationResult;
static const struct message rest_MessageCorrelationResult;
static const struct message rest_SignalBroadcastResult;
static const struct message rest_EvaluateConditionalResult;
static const struct message rest_ProcessInstanceReference;
static const struct message rest_DeleteResourceResponse;

static const struct part rest_DeploymentRequest_parts[] = {
    {"resources", PART_FILE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(deployment_create, resources, resource)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message rest_DeploymentRequest = {
    "DeploymentRequest", sizeof(struct deployment_create), rest_DeploymentRequest_parts, 2, false, NULL};

static const struct part rest_ProcessInstanceCreationInstruction_parts[] = {
    {"processDefinitionKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(instance_create, process_key)},
    {"processDefinitionId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(instance_create, bpmn_process_id)},
    {"processDefinitionVersion", PART_I32, IN_RECORD, .number = -1,
     .offset = AT_I32(instance_create, version)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(instance_create, variables)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
    {"awaitCompletion", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(instance_create, awaits_result)},
    {"requestTimeout", PART_I64, IN_ASK, .number = 0,
     .offset = AT_I64(ask, wait_ms)},
    {"fetchVariables", PART_TEXT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_create, fetch_variables, text)},
    {"startInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_create, starts, start_instruction),
     .of = &rest_ProcessInstanceCreationStartInstruction},
    {"runtimeInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_create, ends, runtime_instruction),
     .of = &rest_ProcessInstanceCreationTerminateInstruction},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_create, tags, text)},
    {"businessId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(instance_create, business_id)},
};

static const struct message rest_ProcessInstanceCreationInstruction = {
    "ProcessInstanceCreationInstruction", sizeof(struct instance_create), rest_ProcessInstanceCreationInstruction_parts, 13, true, check_creation};

static const struct part rest_ProcessInstanceCreationStartInstruction_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(start_instruction, element_id)},
};

static const struct message rest_ProcessInstanceCreationStartInstruction = {
    "ProcessInstanceCreationStartInstruction", sizeof(struct start_instruction), rest_ProcessInstanceCreationStartInstruction_parts, 1, false, NULL};

static const struct part rest_ProcessInstanceCreationTerminateInstruction_parts[] = {
    {"type", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(runtime_instruction, type)},
    {"afterElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(runtime_instruction, after_element_id)},
};

static const struct message rest_ProcessInstanceCreationTerminateInstruction = {
    "ProcessInstanceCreationTerminateInstruction", sizeof(struct runtime_instruction), rest_ProcessInstanceCreationTerminateInstruction_parts, 2, false, check_runtime_instruction};

static const struct part rest_DeleteResourceRequest_parts[] = {
    {"resourceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
    {"deleteHistory", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(resource_delete, deletes_history)},
};

static const struct message rest_DeleteResourceRequest = {
    "DeleteResourceRequest", sizeof(struct resource_delete), rest_DeleteResourceRequest_parts, 3, true, NULL};

static const struct part rest_CancelProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_CancelProcessInstanceRequest = {
    "CancelProcessInstanceRequest", sizeof(struct nothing), rest_CancelProcessInstanceRequest_parts, 2, true, NULL};

static const struct part rest_DeleteProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_DeleteProcessInstanceRequest = {
    "DeleteProcessInstanceRequest", sizeof(struct nothing), rest_DeleteProcessInstanceRequest_parts, 2, true, NULL};

static const struct part rest_DeleteDecisionInstanceRequest_parts[] = {
    {"decisionEvaluationKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_DeleteDecisionInstanceRequest = {
    "DeleteDecisionInstanceRequest", sizeof(struct nothing), rest_DeleteDecisionInstanceRequest_parts, 2, true, NULL};

static const struct part rest_SuspendProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_SuspendProcessInstanceRequest = {
    "SuspendProcessInstanceRequest", sizeof(struct nothing), rest_SuspendProcessInstanceRequest_parts, 2, true, NULL};

static const struct part rest_ResumeProcessInstanceRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ResumeProcessInstanceRequest = {
    "ResumeProcessInstanceRequest", sizeof(struct nothing), rest_ResumeProcessInstanceRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceModificationInstruction_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
    {"activateInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_modify, activates, activate_instruction),
     .of = &rest_ProcessInstanceModificationActivateInstruction},
    {"moveInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_modify, moves, move_instruction),
     .of = &rest_ProcessInstanceModificationMoveInstruction},
    {"terminateInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(instance_modify, terminates, terminate_instruction),
     .of = &rest_ProcessInstanceModificationTerminateInstruction},
};

static const struct message rest_ProcessInstanceModificationInstruction = {
    "ProcessInstanceModificationInstruction", sizeof(struct instance_modify), rest_ProcessInstanceModificationInstruction_parts, 5, true, NULL};

static const struct part rest_ProcessInstanceModificationActivateInstruction_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activate_instruction, element_id)},
    {"variableInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(activate_instruction, variables, variable_instruction),
     .of = &rest_ModifyProcessInstanceVariableInstruction},
    {"ancestorElementInstanceKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(activate_instruction, ancestor)},
};

static const struct message rest_ProcessInstanceModificationActivateInstruction = {
    "ProcessInstanceModificationActivateInstruction", sizeof(struct activate_instruction), rest_ProcessInstanceModificationActivateInstruction_parts, 3, false, NULL};

static const struct part rest_ModifyProcessInstanceVariableInstruction_parts[] = {
    {"variables", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(variable_instruction, variables)},
    {"scopeId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(variable_instruction, scope_id)},
};

static const struct message rest_ModifyProcessInstanceVariableInstruction = {
    "ModifyProcessInstanceVariableInstruction", sizeof(struct variable_instruction), rest_ModifyProcessInstanceVariableInstruction_parts, 2, false, NULL};

static const struct part rest_ProcessInstanceModificationTerminateInstruction_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(terminate_instruction, element_id)},
    {"elementInstanceKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(terminate_instruction, element_instance)},
};

static const struct message rest_ProcessInstanceModificationTerminateInstruction = {
    "ProcessInstanceModificationTerminateInstruction", sizeof(struct terminate_instruction), rest_ProcessInstanceModificationTerminateInstruction_parts, 2, false, check_termination};

static const struct part rest_ProcessInstanceModificationMoveInstruction_parts[] = {
    {"sourceElementInstruction", PART_MESSAGE, IN_SAME, .demand = DEMAND_THERE,
     .of = &rest_SourceElementInstruction},
    {"targetElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(move_instruction, target_id)},
    {"ancestorScopeInstruction", PART_MESSAGE, IN_SAME,
     .of = &rest_AncestorScopeInstruction},
    {"variableInstructions", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(move_instruction, variables, variable_instruction),
     .of = &rest_ModifyProcessInstanceVariableInstruction},
};

static const struct message rest_ProcessInstanceModificationMoveInstruction = {
    "ProcessInstanceModificationMoveInstruction", sizeof(struct move_instruction), rest_ProcessInstanceModificationMoveInstruction_parts, 4, false, NULL};

static const struct part rest_SourceElementInstruction_parts[] = {
    {"sourceType", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(move_instruction, source_type)},
    {"sourceElementId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(move_instruction, source_id)},
    {"sourceElementInstanceKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(move_instruction, source_instance)},
};

static const struct message rest_SourceElementInstruction = {
    "SourceElementInstruction", sizeof(struct move_instruction), rest_SourceElementInstruction_parts, 3, false, check_source};

static const struct part rest_AncestorScopeInstruction_parts[] = {
    {"ancestorScopeType", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(move_instruction, ancestor_type)},
    {"ancestorElementInstanceKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(move_instruction, ancestor)},
};

static const struct message rest_AncestorScopeInstruction = {
    "AncestorScopeInstruction", sizeof(struct move_instruction), rest_AncestorScopeInstruction_parts, 2, false, check_ancestor};

static const struct part rest_ProcessInstanceMigrationInstruction_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"targetProcessDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_migrate, target_process)},
    {"mappingInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(instance_migrate, mappings, mapping_instruction),
     .of = &rest_MigrateProcessInstanceMappingInstruction},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceMigrationInstruction = {
    "ProcessInstanceMigrationInstruction", sizeof(struct instance_migrate), rest_ProcessInstanceMigrationInstruction_parts, 4, true, NULL};

static const struct part rest_MigrateProcessInstanceMappingInstruction_parts[] = {
    {"sourceElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(mapping_instruction, source_id)},
    {"targetElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(mapping_instruction, target_id)},
};

static const struct message rest_MigrateProcessInstanceMappingInstruction = {
    "MigrateProcessInstanceMappingInstruction", sizeof(struct mapping_instruction), rest_MigrateProcessInstanceMappingInstruction_parts, 2, false, NULL};

static const struct part rest_ProcessInstanceCancellationBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceCancellationBatchOperationRequest = {
    "ProcessInstanceCancellationBatchOperationRequest", sizeof(struct batch_create), rest_ProcessInstanceCancellationBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceDeletionBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceDeletionBatchOperationRequest = {
    "ProcessInstanceDeletionBatchOperationRequest", sizeof(struct batch_create), rest_ProcessInstanceDeletionBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_DecisionInstanceDeletionBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_DecisionInstanceDeletionBatchOperationRequest = {
    "DecisionInstanceDeletionBatchOperationRequest", sizeof(struct batch_create), rest_DecisionInstanceDeletionBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceSuspensionBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceSuspensionBatchOperationRequest = {
    "ProcessInstanceSuspensionBatchOperationRequest", sizeof(struct batch_create), rest_ProcessInstanceSuspensionBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceResumptionBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceResumptionBatchOperationRequest = {
    "ProcessInstanceResumptionBatchOperationRequest", sizeof(struct batch_create), rest_ProcessInstanceResumptionBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceIncidentResolutionBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_create, filter)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceIncidentResolutionBatchOperationRequest = {
    "ProcessInstanceIncidentResolutionBatchOperationRequest", sizeof(struct batch_create), rest_ProcessInstanceIncidentResolutionBatchOperationRequest_parts, 2, true, NULL};

static const struct part rest_ProcessInstanceMigrationBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_migrate, filter)},
    {"migrationPlan", PART_MESSAGE, IN_ONE, .demand = DEMAND_THERE,
     .offset = AT_ONE(batch_migrate, plan, instance_migrate),
     .of = &rest_ProcessInstanceMigrationBatchOperationPlan},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceMigrationBatchOperationRequest = {
    "ProcessInstanceMigrationBatchOperationRequest", sizeof(struct batch_migrate), rest_ProcessInstanceMigrationBatchOperationRequest_parts, 3, true, NULL};

static const struct part rest_ProcessInstanceMigrationBatchOperationPlan_parts[] = {
    {"targetProcessDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_migrate, target_process)},
    {"mappingInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(instance_migrate, mappings, mapping_instruction),
     .of = &rest_MigrateProcessInstanceMappingInstruction},
};

static const struct message rest_ProcessInstanceMigrationBatchOperationPlan = {
    "ProcessInstanceMigrationBatchOperationPlan", sizeof(struct instance_migrate), rest_ProcessInstanceMigrationBatchOperationPlan_parts, 2, false, NULL};

static const struct part rest_ProcessInstanceModificationBatchOperationRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_modify, filter)},
    {"moveInstructions", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(batch_modify, moves, move_instruction),
     .of = &rest_ProcessInstanceModificationMoveBatchOperationInstruction},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_ProcessInstanceModificationBatchOperationRequest = {
    "ProcessInstanceModificationBatchOperationRequest", sizeof(struct batch_modify), rest_ProcessInstanceModificationBatchOperationRequest_parts, 3, true, NULL};

static const struct part rest_ProcessInstanceModificationMoveBatchOperationInstruction_parts[] = {
    {"sourceElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(move_instruction, source_id)},
    {"targetElementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(move_instruction, target_id)},
};

static const struct message rest_ProcessInstanceModificationMoveBatchOperationInstruction = {
    "ProcessInstanceModificationMoveBatchOperationInstruction", sizeof(struct move_instruction), rest_ProcessInstanceModificationMoveBatchOperationInstruction_parts, 2, false, NULL};

static const struct part rest_JobBatchUpdateRequest_parts[] = {
    {"filter", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_update_jobs, filter)},
    {"changeset", PART_MESSAGE, IN_ONE, .demand = DEMAND_THERE,
     .offset = AT_ONE(batch_update_jobs, changeset, job_update),
     .of = &rest_JobChangeset},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_JobBatchUpdateRequest = {
    "JobBatchUpdateRequest", sizeof(struct batch_update_jobs), rest_JobBatchUpdateRequest_parts, 3, true, NULL};

static const struct part rest_ProcessInstanceIncidentsRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
};

static const struct message rest_ProcessInstanceIncidentsRequest = {
    "ProcessInstanceIncidentsRequest", sizeof(struct nothing), rest_ProcessInstanceIncidentsRequest_parts, 1, false, NULL};

static const struct part rest_BatchOperationRequest_parts[] = {
    {"batchOperationKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
};

static const struct message rest_BatchOperationRequest = {
    "BatchOperationRequest", sizeof(struct nothing), rest_BatchOperationRequest_parts, 1, false, NULL};

static const struct part rest_ProcessInstanceBusinessIdAssignmentInstruction_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"businessId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(business_id_assign, business_id)},
};

static const struct message rest_ProcessInstanceBusinessIdAssignmentInstruction = {
    "ProcessInstanceBusinessIdAssignmentInstruction", sizeof(struct business_id_assign), rest_ProcessInstanceBusinessIdAssignmentInstruction_parts, 2, true, NULL};

static const struct part rest_JobActivationRequest_parts[] = {
    {"type", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(job_activate, type)},
    {"worker", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(job_activate, worker)},
    {"timeout", PART_I64, IN_RECORD, .demand = DEMAND_POSITIVE,
     .offset = AT_I64(job_activate, timeout)},
    {"maxJobsToActivate", PART_I32, IN_RECORD, .demand = DEMAND_POSITIVE,
     .offset = AT_I32(job_activate, max_jobs)},
    {"fetchVariable", PART_TEXT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(job_activate, fetch_variables, text)},
    {"requestTimeout", PART_I64, IN_ASK,
     .offset = AT_I64(ask, wait_ms)},
    {"tenantIds", PART_TENANT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(job_activate, tenants, text)},
    {"tenantFilter", PART_TEXT, IN_NOTHING},
    {"withLease", PART_TEXT, IN_REFUSAL,
     .text = "there are no leases"},
};

static const struct message rest_JobActivationRequest = {
    "JobActivationRequest", sizeof(struct job_activate), rest_JobActivationRequest_parts, 9, true, NULL};

static const struct part rest_JobCompletionRequest_parts[] = {
    {"jobKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(job_complete, variables)},
    {"result", PART_MESSAGE, IN_SAME,
     .of = &rest_JobResult},
    {"leaseToken", PART_TEXT, IN_REFUSAL,
     .text = "there are no leases"},
    {"businessId", PART_TEXT, IN_REFUSAL,
     .text = "it is assigned by a call of its own"},
};

static const struct message rest_JobCompletionRequest = {
    "JobCompletionRequest", sizeof(struct job_complete), rest_JobCompletionRequest_parts, 5, true, NULL};

static const struct part rest_JobResult_parts[] = {
    {"type", PART_TEXT, IN_NOTHING},
    {"denied", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(job_complete, is_denied)},
    {"deniedReason", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(job_complete, denied_reason)},
    {"corrections", PART_MESSAGE, IN_ONE,
     .offset = AT_ONE(job_complete, corrections, user_task_change),
     .of = &rest_JobResultCorrections},
    {"activateElements", PART_MESSAGE, IN_RECORD, .is_list = true,
     .offset = AT_LIST(job_complete, activates, ad_hoc_element),
     .of = &rest_JobResultActivateElement},
    {"isCompletionConditionFulfilled", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(job_complete, is_fulfilled)},
    {"isCancelRemainingInstances", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(job_complete, cancels_remaining)},
};

static const struct message rest_JobResult = {
    "JobResult", sizeof(struct job_complete), rest_JobResult_parts, 7, false, NULL};

static const struct part rest_JobResultActivateElement_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(ad_hoc_element, element_id)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(ad_hoc_element, variables)},
};

static const struct message rest_JobResultActivateElement = {
    "JobResultActivateElement", sizeof(struct ad_hoc_element), rest_JobResultActivateElement_parts, 2, false, NULL};

static const struct part rest_AdHocSubProcessActivateActivitiesInstruction_parts[] = {
    {"adHocSubProcessInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"elements", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(ad_hoc_activate, elements, ad_hoc_element),
     .of = &rest_AdHocSubProcessActivateActivityReference},
    {"cancelRemainingInstances", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(ad_hoc_activate, cancels_remaining)},
};

static const struct message rest_AdHocSubProcessActivateActivitiesInstruction = {
    "AdHocSubProcessActivateActivitiesInstruction", sizeof(struct ad_hoc_activate), rest_AdHocSubProcessActivateActivitiesInstruction_parts, 3, false, NULL};

static const struct part rest_AdHocSubProcessActivateActivityReference_parts[] = {
    {"elementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(ad_hoc_element, element_id)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(ad_hoc_element, variables)},
};

static const struct message rest_AdHocSubProcessActivateActivityReference = {
    "AdHocSubProcessActivateActivityReference", sizeof(struct ad_hoc_element), rest_AdHocSubProcessActivateActivityReference_parts, 2, false, NULL};

static const struct part rest_JobResultCorrections_parts[] = {
    {"assignee", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_change, assignee), .flag = 1 + AT_BOOL(user_task_change, has_assignee)},
    {"dueDate", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_change, due_date), .flag = 1 + AT_BOOL(user_task_change, has_due_date)},
    {"followUpDate", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_change, follow_up_date), .flag = 1 + AT_BOOL(user_task_change, has_follow_up_date)},
    {"candidateUsers", PART_TEXT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(user_task_change, candidate_users, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_users)},
    {"candidateGroups", PART_TEXT, IN_RECORD, .is_list = true,
     .offset = AT_LIST(user_task_change, candidate_groups, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_groups)},
    {"priority", PART_I32, IN_RECORD,
     .offset = AT_I32(user_task_change, priority), .flag = 1 + AT_BOOL(user_task_change, has_priority)},
};

static const struct message rest_JobResultCorrections = {
    "JobResultCorrections", sizeof(struct user_task_change), rest_JobResultCorrections_parts, 6, true, NULL};

static const struct part rest_UserTaskCompletionRequest_parts[] = {
    {"userTaskKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(user_task_complete, variables)},
    {"action", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_complete, action)},
};

static const struct message rest_UserTaskCompletionRequest = {
    "UserTaskCompletionRequest", sizeof(struct user_task_complete), rest_UserTaskCompletionRequest_parts, 3, true, NULL};

static const struct part rest_UserTaskAssignmentRequest_parts[] = {
    {"userTaskKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"assignee", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(user_task_assign, assignee)},
    {"allowOverride", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(user_task_assign, overrides), .flag = 1 + AT_BOOL(user_task_assign, has_override)},
    {"action", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_assign, action)},
};

static const struct message rest_UserTaskAssignmentRequest = {
    "UserTaskAssignmentRequest", sizeof(struct user_task_assign), rest_UserTaskAssignmentRequest_parts, 4, true, NULL};

static const struct part rest_ExplainRequest_parts[] = {
    {"processInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
};

static const struct message rest_ExplainRequest = {
    "ExplainRequest", sizeof(struct explain_ask), rest_ExplainRequest_parts, 1, true, NULL};

static const struct part rest_UserTaskUnassignRequest_parts[] = {
    {"userTaskKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
};

static const struct message rest_UserTaskUnassignRequest = {
    "UserTaskUnassignRequest", sizeof(struct nothing), rest_UserTaskUnassignRequest_parts, 1, true, NULL};

static const struct part rest_UserTaskUpdateRequest_parts[] = {
    {"userTaskKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"changeset", PART_MESSAGE, IN_ONE,
     .offset = AT_ONE(user_task_update, changeset, user_task_change),
     .of = &rest_Changeset},
    {"action", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(user_task_update, action)},
};

static const struct message rest_UserTaskUpdateRequest = {
    "UserTaskUpdateRequest", sizeof(struct user_task_update), rest_UserTaskUpdateRequest_parts, 3, true, check_update};

static const struct part rest_Changeset_parts[] = {
    {"dueDate", PART_TEXT, IN_RECORD, .demand = DEMAND_CLEARABLE,
     .offset = AT_TEXT(user_task_change, due_date), .flag = 1 + AT_BOOL(user_task_change, has_due_date)},
    {"followUpDate", PART_TEXT, IN_RECORD, .demand = DEMAND_CLEARABLE,
     .offset = AT_TEXT(user_task_change, follow_up_date), .flag = 1 + AT_BOOL(user_task_change, has_follow_up_date)},
    {"candidateUsers", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_CLEARABLE,
     .offset = AT_LIST(user_task_change, candidate_users, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_users)},
    {"candidateGroups", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_CLEARABLE,
     .offset = AT_LIST(user_task_change, candidate_groups, text), .flag = 1 + AT_BOOL(user_task_change, has_candidate_groups)},
    {"priority", PART_I32, IN_RECORD,
     .offset = AT_I32(user_task_change, priority), .flag = 1 + AT_BOOL(user_task_change, has_priority)},
};

static const struct message rest_Changeset = {
    "Changeset", sizeof(struct user_task_change), rest_Changeset_parts, 5, false, NULL};

static const struct part rest_JobFailRequest_parts[] = {
    {"jobKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"retries", PART_I32, IN_RECORD, .number = 0,
     .offset = AT_I32(job_fail, retries)},
    {"errorMessage", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(job_fail, error_message)},
    {"retryBackOff", PART_I64, IN_RECORD, .number = 0,
     .offset = AT_I64(job_fail, retry_back_off)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(job_fail, variables)},
    {"leaseToken", PART_TEXT, IN_REFUSAL,
     .text = "there are no leases"},
};

static const struct message rest_JobFailRequest = {
    "JobFailRequest", sizeof(struct job_fail), rest_JobFailRequest_parts, 6, true, NULL};

static const struct part rest_JobErrorRequest_parts[] = {
    {"jobKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"errorCode", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(job_throw_error, error_code)},
    {"errorMessage", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(job_throw_error, error_message)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(job_throw_error, variables)},
    {"leaseToken", PART_TEXT, IN_REFUSAL,
     .text = "there are no leases"},
};

static const struct message rest_JobErrorRequest = {
    "JobErrorRequest", sizeof(struct job_throw_error), rest_JobErrorRequest_parts, 5, true, NULL};

static const struct part rest_JobUpdateRequest_parts[] = {
    {"jobKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"changeset", PART_MESSAGE, IN_SAME, .demand = DEMAND_THERE,
     .of = &rest_JobChangeset},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
    {"leaseToken", PART_TEXT, IN_REFUSAL,
     .text = "there are no leases"},
};

static const struct message rest_JobUpdateRequest = {
    "JobUpdateRequest", sizeof(struct job_update), rest_JobUpdateRequest_parts, 4, true, NULL};

static const struct part rest_JobChangeset_parts[] = {
    {"retries", PART_I32, IN_RECORD, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I32(job_update, retries), .flag = 1 + AT_BOOL(job_update, has_retries)},
    {"timeout", PART_I64, IN_RECORD, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(job_update, timeout), .flag = 1 + AT_BOOL(job_update, has_timeout)},
    {"priority", PART_I32, IN_RECORD,
     .offset = AT_I32(job_update, priority), .flag = 1 + AT_BOOL(job_update, has_priority)},
};

static const struct message rest_JobChangeset = {
    "JobChangeset", sizeof(struct job_update), rest_JobChangeset_parts, 3, true, check_changeset};

static const struct part rest_MessagePublicationRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(message_publish, name)},
    {"correlationKey", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(message_publish, correlation_key)},
    {"timeToLive", PART_I64, IN_RECORD, .number = 0,
     .offset = AT_I64(message_publish, time_to_live)},
    {"messageId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(message_publish, message_id)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(message_publish, variables)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
    {"businessId", PART_TEXT, IN_REFUSAL,
     .text = "messages know their correlation key alone"},
};

static const struct message rest_MessagePublicationRequest = {
    "MessagePublicationRequest", sizeof(struct message_publish), rest_MessagePublicationRequest_parts, 7, true, NULL};

static const struct part rest_MessageCorrelationRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(message_correlate, name)},
    {"correlationKey", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(message_correlate, correlation_key)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(message_correlate, variables)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
    {"businessId", PART_TEXT, IN_REFUSAL,
     .text = "messages know their correlation key alone"},
};

static const struct message rest_MessageCorrelationRequest = {
    "MessageCorrelationRequest", sizeof(struct message_correlate), rest_MessageCorrelationRequest_parts, 5, true, NULL};

static const struct part rest_SignalBroadcastRequest_parts[] = {
    {"signalName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(signal_broadcast, name)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(signal_broadcast, variables)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message rest_SignalBroadcastRequest = {
    "SignalBroadcastRequest", sizeof(struct signal_broadcast), rest_SignalBroadcastRequest_parts, 3, true, NULL};

static const struct part rest_ConditionalEvaluationInstruction_parts[] = {
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
    {"processDefinitionKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(conditions_evaluate, process_key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(conditions_evaluate, variables)},
};

static const struct message rest_ConditionalEvaluationInstruction = {
    "ConditionalEvaluationInstruction", sizeof(struct conditions_evaluate), rest_ConditionalEvaluationInstruction_parts, 3, false, NULL};

static const struct part rest_DecisionEvaluationInstruction_parts[] = {
    {"decisionDefinitionKey", PART_KEY, IN_RECORD,
     .offset = AT_I64(decision_evaluate, decision_key)},
    {"decisionDefinitionId", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(decision_evaluate, decision_id)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(decision_evaluate, variables)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
};

static const struct message rest_DecisionEvaluationInstruction = {
    "DecisionEvaluationInstruction", sizeof(struct decision_evaluate), rest_DecisionEvaluationInstruction_parts, 4, true, check_evaluation};

static const struct part rest_SetVariableRequest_parts[] = {
    {"elementInstanceKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(variables_set, variables)},
    {"local", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(variables_set, is_local)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_SetVariableRequest = {
    "SetVariableRequest", sizeof(struct variables_set), rest_SetVariableRequest_parts, 4, true, NULL};

static const struct part rest_IncidentResolutionRequest_parts[] = {
    {"incidentKey", PART_KEY, IN_ASK, .demand = DEMAND_PATH,
     .offset = AT_I64(ask, key)},
    {"operationReference", PART_I64, IN_ASK, .demand = DEMAND_POSITIVE_IF_THERE,
     .offset = AT_I64(ask, operation)},
};

static const struct message rest_IncidentResolutionRequest = {
    "IncidentResolutionRequest", sizeof(struct nothing), rest_IncidentResolutionRequest_parts, 2, true, NULL};

static const struct part rest_ExplainResult_parts[] = {
    {"processInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(explained, instance)},
    {"waitStates", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(explained, wait_states)},
    {"isCut", PART_BOOL, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_BOOL(explained, is_cut)},
};

static const struct message rest_ExplainResult = {
    "ExplainResult", sizeof(struct explained), rest_ExplainResult_parts, 3, false, NULL};

static const struct part rest_BatchOperationCreatedResult_parts[] = {
    {"batchOperationKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(batch_created, batch_key)},
    {"batchOperationType", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(batch_created, type)},
};

static const struct message rest_BatchOperationCreatedResult = {
    "BatchOperationCreatedResult", sizeof(struct batch_created), rest_BatchOperationCreatedResult_parts, 2, false, NULL};

static const struct part rest_TopologyResponse_parts[] = {
    {"brokers", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(topology, brokers, topology_broker),
     .of = &rest_BrokerInfo},
    {"clusterId", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
    {"clusterSize", PART_I32, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "1", .number = 1},
    {"partitionsCount", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(topology, partition_count)},
    {"replicationFactor", PART_I32, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "1", .number = 1},
    {"gatewayVersion", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(topology, version)},
    {"lastCompletedChangeId", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"-1\"", .number = 0},
};

static const struct message rest_TopologyResponse = {
    "TopologyResponse", sizeof(struct topology), rest_TopologyResponse_parts, 7, false, NULL};

static const struct part rest_BrokerInfo_parts[] = {
    {"nodeId", PART_I32, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "0", .number = 0},
    {"brokerId", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"0\"", .number = 0},
    {"host", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(topology_broker, host)},
    {"port", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(topology_broker, port)},
    {"partitions", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(topology_broker, partitions, topology_partition),
     .of = &rest_Partition},
    {"version", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(topology_broker, version)},
};

static const struct message rest_BrokerInfo = {
    "BrokerInfo", sizeof(struct topology_broker), rest_BrokerInfo_parts, 6, false, NULL};

static const struct part rest_Partition_parts[] = {
    {"partitionId", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(topology_partition, id)},
    {"role", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"leader\"", .number = 0},
    {"health", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(topology_partition, health_name)},
    {"state", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"active\"", .number = 0},
};

static const struct message rest_Partition = {
    "Partition", sizeof(struct topology_partition), rest_Partition_parts, 4, false, NULL};

static const struct part rest_LicenseResponse_parts[] = {
    {"validLicense", PART_BOOL, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "false", .number = 0},
    {"licenseType", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"unknown\"", .number = 0},
    {"isCommercial", PART_BOOL, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "false", .number = 0},
    {"expiresAt", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
};

static const struct message rest_LicenseResponse = {
    "LicenseResponse", sizeof(struct nothing), rest_LicenseResponse_parts, 4, false, NULL};

static const struct part rest_DeploymentResult_parts[] = {
    {"deploymentKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(deployment_created, deployment_key)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(deployment_created, tenant)},
    {"deployments", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(deployment_created, all, deployment_part),
     .of = &rest_DeploymentMetadataResult},
};

static const struct message rest_DeploymentResult = {
    "DeploymentResult", sizeof(struct deployment_created), rest_DeploymentResult_parts, 3, false, NULL};

static const struct part rest_DeploymentMetadataResult_parts[] = {
    {"processDefinition", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(deployment_part, process, process_metadata),
     .of = &rest_DeploymentProcessResult},
    {"decisionDefinition", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(deployment_part, decision, decision_metadata),
     .of = &rest_DeploymentDecisionResult},
    {"decisionRequirements", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(deployment_part, requirements, requirements_metadata),
     .of = &rest_DeploymentDecisionRequirementsResult},
    {"form", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(deployment_part, form, artifact_metadata),
     .of = &rest_DeploymentFormResult},
    {"resource", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(deployment_part, file, artifact_metadata),
     .of = &rest_DeploymentResourceResult},
};

static const struct message rest_DeploymentMetadataResult = {
    "DeploymentMetadataResult", sizeof(struct deployment_part), rest_DeploymentMetadataResult_parts, 5, false, NULL};

static const struct part rest_ClockPinRequest_parts[] = {
    {"timestamp", PART_I64, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(clock_set, time)},
};

static const struct message rest_ClockPinRequest = {
    "ClockPinRequest", sizeof(struct clock_set), rest_ClockPinRequest_parts, 1, true, check_clock};

static const struct part rest_ClockAdvanceRequest_parts[] = {
    {"milliseconds", PART_I64, IN_RECORD, .demand = DEMAND_POSITIVE,
     .offset = AT_I64(clock_set, time)},
    {"", PART_BOOL, IN_FIXED, .offset = AT_BOOL(clock_set, is_advance),
     .number = 1},
};

static const struct message rest_ClockAdvanceRequest = {
    "ClockAdvanceRequest", sizeof(struct clock_set), rest_ClockAdvanceRequest_parts, 2, true, NULL};

static const struct part rest_ClockResetRequest_parts[] = {
    {"", PART_BOOL, IN_FIXED, .offset = AT_BOOL(clock_set, is_reset),
     .number = 1},
};

static const struct message rest_ClockResetRequest = {
    "ClockResetRequest", sizeof(struct clock_set), rest_ClockResetRequest_parts, 1, true, NULL};

static const struct part rest_ExpressionEvaluationRequest_parts[] = {
    {"expression", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(expression_evaluate, expression)},
    {"tenantId", PART_TENANT, IN_ASK,
     .offset = AT_TEXT(ask, tenant)},
    {"scopeKey", PART_KEY, IN_ASK,
     .offset = AT_I64(ask, key)},
    {"variables", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(expression_evaluate, variables)},
};

static const struct message rest_ExpressionEvaluationRequest = {
    "ExpressionEvaluationRequest", sizeof(struct expression_evaluate), rest_ExpressionEvaluationRequest_parts, 4, false, NULL};

static const struct part rest_CreateClusterVariableRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, name)},
    {"value", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, value)},
    {"metadata", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, metadata), .flag = 1 + AT_BOOL(cluster_variable_change, has_metadata)},
    {"kind", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, kind)},
};

static const struct message rest_CreateClusterVariableRequest = {
    "CreateClusterVariableRequest", sizeof(struct cluster_variable_change), rest_CreateClusterVariableRequest_parts, 4, false, check_variable};

static const struct part rest_UpdateClusterVariableRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, name)},
    {"value", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, value)},
    {"metadata", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, metadata), .flag = 1 + AT_BOOL(cluster_variable_change, has_metadata)},
};

static const struct message rest_UpdateClusterVariableRequest = {
    "UpdateClusterVariableRequest", sizeof(struct cluster_variable_change), rest_UpdateClusterVariableRequest_parts, 3, false, check_variable_name};

static const struct part rest_DeleteClusterVariableRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, name)},
};

static const struct message rest_DeleteClusterVariableRequest = {
    "DeleteClusterVariableRequest", sizeof(struct cluster_variable_change), rest_DeleteClusterVariableRequest_parts, 1, false, check_variable_name};

static const struct part rest_GetClusterVariableRequest_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(shared_get, variable)},
};

static const struct message rest_GetClusterVariableRequest = {
    "GetClusterVariableRequest", sizeof(struct shared_get), rest_GetClusterVariableRequest_parts, 1, false, NULL};

static const struct part rest_CreateTenantClusterVariableRequest_parts[] = {
    {"tenantId", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, of_tenant)},
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, name)},
    {"value", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, value)},
    {"metadata", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, metadata), .flag = 1 + AT_BOOL(cluster_variable_change, has_metadata)},
    {"kind", PART_TEXT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, kind)},
};

static const struct message rest_CreateTenantClusterVariableRequest = {
    "CreateTenantClusterVariableRequest", sizeof(struct cluster_variable_change), rest_CreateTenantClusterVariableRequest_parts, 5, false, check_variable};

static const struct part rest_UpdateTenantClusterVariableRequest_parts[] = {
    {"tenantId", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, of_tenant)},
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, name)},
    {"value", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_variable_change, value)},
    {"metadata", PART_DOCUMENT, IN_RECORD,
     .offset = AT_TEXT(cluster_variable_change, metadata), .flag = 1 + AT_BOOL(cluster_variable_change, has_metadata)},
};

static const struct message rest_UpdateTenantClusterVariableRequest = {
    "UpdateTenantClusterVariableRequest", sizeof(struct cluster_variable_change), rest_UpdateTenantClusterVariableRequest_parts, 4, false, check_variable_name};

static const struct part rest_DeleteTenantClusterVariableRequest_parts[] = {
    {"tenantId", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, of_tenant)},
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(cluster_variable_change, name)},
};

static const struct message rest_DeleteTenantClusterVariableRequest = {
    "DeleteTenantClusterVariableRequest", sizeof(struct cluster_variable_change), rest_DeleteTenantClusterVariableRequest_parts, 2, false, check_variable_name};

static const struct part rest_GetTenantClusterVariableRequest_parts[] = {
    {"tenantId", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(shared_get, of_tenant)},
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(shared_get, variable)},
};

static const struct message rest_GetTenantClusterVariableRequest = {
    "GetTenantClusterVariableRequest", sizeof(struct shared_get), rest_GetTenantClusterVariableRequest_parts, 2, false, NULL};

static const struct part rest_CreateGlobalTaskListenerRequest_parts[] = {
    {"id", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(global_listener_change, id)},
    {"type", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(global_listener_change, type)},
    {"retries", PART_I32, IN_RECORD, .number = 3,
     .offset = AT_I32(global_listener_change, retries)},
    {"eventTypes", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(global_listener_change, event_types, text)},
    {"afterNonGlobal", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(global_listener_change, is_after)},
    {"priority", PART_I32, IN_RECORD, .number = 50,
     .offset = AT_I32(global_listener_change, priority)},
};

static const struct message rest_CreateGlobalTaskListenerRequest = {
    "CreateGlobalTaskListenerRequest", sizeof(struct global_listener_change), rest_CreateGlobalTaskListenerRequest_parts, 6, false, check_listener};

static const struct part rest_UpdateGlobalTaskListenerRequest_parts[] = {
    {"id", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(global_listener_change, id)},
    {"type", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(global_listener_change, type)},
    {"retries", PART_I32, IN_RECORD, .number = 3,
     .offset = AT_I32(global_listener_change, retries)},
    {"eventTypes", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(global_listener_change, event_types, text)},
    {"afterNonGlobal", PART_BOOL, IN_RECORD,
     .offset = AT_BOOL(global_listener_change, is_after)},
    {"priority", PART_I32, IN_RECORD, .number = 50,
     .offset = AT_I32(global_listener_change, priority)},
};

static const struct message rest_UpdateGlobalTaskListenerRequest = {
    "UpdateGlobalTaskListenerRequest", sizeof(struct global_listener_change), rest_UpdateGlobalTaskListenerRequest_parts, 6, false, check_listener};

static const struct part rest_DeleteGlobalTaskListenerRequest_parts[] = {
    {"id", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(global_listener_change, id)},
};

static const struct message rest_DeleteGlobalTaskListenerRequest = {
    "DeleteGlobalTaskListenerRequest", sizeof(struct global_listener_change), rest_DeleteGlobalTaskListenerRequest_parts, 1, false, NULL};

static const struct part rest_GetGlobalTaskListenerRequest_parts[] = {
    {"id", PART_TEXT, IN_RECORD, .demand = DEMAND_PATH,
     .offset = AT_TEXT(shared_get, listener)},
};

static const struct message rest_GetGlobalTaskListenerRequest = {
    "GetGlobalTaskListenerRequest", sizeof(struct shared_get), rest_GetGlobalTaskListenerRequest_parts, 1, false, NULL};

static const struct part rest_EventsRequest_parts[] = {
    {"topics", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY_THERE},
    {"lastEventId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
};

static const struct message rest_EventsRequest = {
    "EventsRequest", sizeof(struct read_elsewhere), rest_EventsRequest_parts, 2, false, NULL};

static const struct part rest_DocumentUploadRequest_parts[] = {
    {"file", PART_FILE, IN_NOTHING, .is_list = true, .demand = DEMAND_THERE},
    {"metadata", PART_TEXT, IN_NOTHING},
    {"storeId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
    {"documentId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
};

static const struct message rest_DocumentUploadRequest = {
    "DocumentUploadRequest", sizeof(struct read_elsewhere), rest_DocumentUploadRequest_parts, 4, false, NULL};

static const struct part rest_DocumentsUploadRequest_parts[] = {
    {"files", PART_FILE, IN_NOTHING, .is_list = true, .demand = DEMAND_THERE},
    {"metadataList", PART_TEXT, IN_NOTHING},
    {"storeId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
};

static const struct message rest_DocumentsUploadRequest = {
    "DocumentsUploadRequest", sizeof(struct read_elsewhere), rest_DocumentsUploadRequest_parts, 3, false, NULL};

static const struct part rest_DocumentRequest_parts[] = {
    {"documentId", PART_TEXT, IN_NOTHING, .demand = DEMAND_PATH},
    {"storeId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
    {"contentHash", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
};

static const struct message rest_DocumentRequest = {
    "DocumentRequest", sizeof(struct read_elsewhere), rest_DocumentRequest_parts, 3, false, NULL};

static const struct part rest_DocumentDeletionRequest_parts[] = {
    {"documentId", PART_TEXT, IN_NOTHING, .demand = DEMAND_PATH},
    {"storeId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
};

static const struct message rest_DocumentDeletionRequest = {
    "DocumentDeletionRequest", sizeof(struct read_elsewhere), rest_DocumentDeletionRequest_parts, 2, false, NULL};

static const struct part rest_DocumentLinkRequest_parts[] = {
    {"documentId", PART_TEXT, IN_NOTHING, .demand = DEMAND_PATH},
    {"storeId", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
    {"contentHash", PART_TEXT, IN_NOTHING, .demand = DEMAND_QUERY},
    {"timeToLive", PART_I64, IN_NOTHING, .number = 3600000},
};

static const struct message rest_DocumentLinkRequest = {
    "DocumentLinkRequest", sizeof(struct read_elsewhere), rest_DocumentLinkRequest_parts, 4, false, NULL};

static const struct part rest_DocumentReference_parts[] = {
    {"camunda.document.type", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"camunda\"", .number = 0},
    {"storeId", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"local\"", .number = 0},
    {"documentId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_told, id)},
    {"contentHash", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(document_told, hash)},
    {"metadata", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_told, meta)},
};

static const struct message rest_DocumentReference = {
    "DocumentReference", sizeof(struct document_told), rest_DocumentReference_parts, 5, false, NULL};

static const struct part rest_DocumentCreationBatchResponse_parts[] = {
    {"failedDocuments", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(documents_told, failed, document_failed),
     .of = &rest_DocumentCreationFailureDetail},
    {"createdDocuments", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(documents_told, created, document_told),
     .of = &rest_DocumentReference},
};

static const struct message rest_DocumentCreationBatchResponse = {
    "DocumentCreationBatchResponse", sizeof(struct documents_told), rest_DocumentCreationBatchResponse_parts, 2, false, NULL};

static const struct part rest_DocumentCreationFailureDetail_parts[] = {
    {"fileName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_failed, name)},
    {"status", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(document_failed, status)},
    {"title", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_failed, title)},
    {"detail", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_failed, detail)},
};

static const struct message rest_DocumentCreationFailureDetail = {
    "DocumentCreationFailureDetail", sizeof(struct document_failed), rest_DocumentCreationFailureDetail_parts, 4, false, NULL};

static const struct part rest_DocumentLink_parts[] = {
    {"url", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_link, url)},
    {"expiresAt", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(document_link, expires)},
};

static const struct message rest_DocumentLink = {
    "DocumentLink", sizeof(struct document_link), rest_DocumentLink_parts, 2, false, NULL};

static const struct part rest_ClusterVariableResult_parts[] = {
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, name)},
    {"scope", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, scope)},
    {"tenantId", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(shared_found, of_tenant)},
    {"metadata", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, metadata)},
    {"kind", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"JSON\"", .number = 0},
    {"value", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, value)},
};

static const struct message rest_ClusterVariableResult = {
    "ClusterVariableResult", sizeof(struct shared_found), rest_ClusterVariableResult_parts, 6, false, NULL};

static const struct part rest_GlobalTaskListenerResult_parts[] = {
    {"id", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, id)},
    {"type", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(shared_found, type)},
    {"retries", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(shared_found, retries)},
    {"eventTypes", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(shared_found, event_types, text)},
    {"afterNonGlobal", PART_BOOL, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_BOOL(shared_found, is_after)},
    {"priority", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(shared_found, priority)},
    {"source", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"API\"", .number = 0},
};

static const struct message rest_GlobalTaskListenerResult = {
    "GlobalTaskListenerResult", sizeof(struct shared_found), rest_GlobalTaskListenerResult_parts, 7, false, NULL};

static const struct part rest_ExpressionEvaluationResult_parts[] = {
    {"expression", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(expression_evaluated, expression)},
    {"result", PART_JSON, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(expression_evaluated, result)},
    {"warnings", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(expression_evaluated, warnings, expression_note),
     .of = &rest_ExpressionEvaluationWarningItem},
    {"referencedSecrets", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "[]", .number = 0},
};

static const struct message rest_ExpressionEvaluationResult = {
    "ExpressionEvaluationResult", sizeof(struct expression_evaluated), rest_ExpressionEvaluationResult_parts, 4, false, NULL};

static const struct part rest_ExpressionEvaluationWarningItem_parts[] = {
    {"message", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(expression_note, message)},
};

static const struct message rest_ExpressionEvaluationWarningItem = {
    "ExpressionEvaluationWarningItem", sizeof(struct expression_note), rest_ExpressionEvaluationWarningItem_parts, 1, false, NULL};

static const struct part rest_CamundaUserResult_parts[] = {
    {"username", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"anonymous\"", .number = 0},
    {"displayName", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
    {"email", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
    {"authorizedComponents", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "[\"*\"]", .number = 0},
    {"tenants", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "[{\"name\":\"Default\",\"tenantId\":\"<default>\",\"description\":null}]", .number = 0},
    {"groups", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "[]", .number = 0},
    {"roles", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "[]", .number = 0},
    {"salesPlanType", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
    {"c8Links", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{}", .number = 0},
    {"canLogout", PART_BOOL, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "false", .number = 0},
};

static const struct message rest_CamundaUserResult = {
    "CamundaUserResult", sizeof(struct nothing), rest_CamundaUserResult_parts, 10, false, NULL};

static const struct part rest_SystemConfigurationResponse_parts[] = {
    {"jobMetrics", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{\"enabled\":true,\"exportInterval\":\"PT5M\",\"maxWorkerNameLength\":100,\"maxJobTypeLength\":100,\"maxTenantIdLength\":30,\"maxUniqueKeys\":9500}", .number = 0},
    {"components", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{\"active\":[]}", .number = 0},
    {"deployment", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{\"isMultiTenancyEnabled\":false,\"maxRequestSize\":4194304}", .number = 0},
    {"authentication", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{\"canLogout\":false,\"isLoginDelegated\":false}", .number = 0},
    {"cloud", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "{\"stage\":null}", .number = 0},
};

static const struct message rest_SystemConfigurationResponse = {
    "SystemConfigurationResponse", sizeof(struct nothing), rest_SystemConfigurationResponse_parts, 5, false, NULL};

static const struct part rest_ClusterStatusResponse_parts[] = {
    {"status", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(cluster_status, status)},
};

static const struct message rest_ClusterStatusResponse = {
    "ClusterStatusResponse", sizeof(struct cluster_status), rest_ClusterStatusResponse_parts, 1, false, NULL};

static const struct part rest_DeploymentDecisionResult_parts[] = {
    {"decisionDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_metadata, decision_id)},
    {"version", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(decision_metadata, version)},
    {"name", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_metadata, decision_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_metadata, tenant)},
    {"decisionRequirementsId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_metadata, requirements_id)},
    {"decisionDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_metadata, decision_key)},
    {"decisionRequirementsKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_metadata, requirements_key)},
};

static const struct message rest_DeploymentDecisionResult = {
    "DeploymentDecisionResult", sizeof(struct decision_metadata), rest_DeploymentDecisionResult_parts, 7, false, NULL};

static const struct part rest_DeploymentDecisionRequirementsResult_parts[] = {
    {"decisionRequirementsId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(requirements_metadata, requirements_id)},
    {"decisionRequirementsName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(requirements_metadata, requirements_name)},
    {"version", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(requirements_metadata, version)},
    {"resourceName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(requirements_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(requirements_metadata, tenant)},
    {"decisionRequirementsKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(requirements_metadata, requirements_key)},
};

static const struct message rest_DeploymentDecisionRequirementsResult = {
    "DeploymentDecisionRequirementsResult", sizeof(struct requirements_metadata), rest_DeploymentDecisionRequirementsResult_parts, 6, false, NULL};

static const struct part rest_DeploymentFormResult_parts[] = {
    {"formId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, artifact_id)},
    {"version", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(artifact_metadata, version)},
    {"resourceName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, tenant)},
    {"formKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(artifact_metadata, artifact_key)},
};

static const struct message rest_DeploymentFormResult = {
    "DeploymentFormResult", sizeof(struct artifact_metadata), rest_DeploymentFormResult_parts, 5, false, NULL};

static const struct part rest_DeploymentResourceResult_parts[] = {
    {"resourceId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, artifact_id)},
    {"resourceName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, resource_name)},
    {"version", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(artifact_metadata, version)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(artifact_metadata, tenant)},
    {"resourceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(artifact_metadata, artifact_key)},
};

static const struct message rest_DeploymentResourceResult = {
    "DeploymentResourceResult", sizeof(struct artifact_metadata), rest_DeploymentResourceResult_parts, 5, false, NULL};

static const struct part rest_DeploymentProcessResult_parts[] = {
    {"processDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(process_metadata, bpmn_process_id)},
    {"processDefinitionVersion", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(process_metadata, version)},
    {"resourceName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(process_metadata, resource_name)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(process_metadata, tenant)},
    {"processDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(process_metadata, process_key)},
};

static const struct message rest_DeploymentProcessResult = {
    "DeploymentProcessResult", sizeof(struct process_metadata), rest_DeploymentProcessResult_parts, 5, false, NULL};

static const struct part rest_CreateProcessInstanceResult_parts[] = {
    {"processDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(instance_created, bpmn_process_id)},
    {"processDefinitionVersion", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(instance_created, version)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(instance_created, tenant)},
    {"variables", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(instance_created, variables)},
    {"processDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_created, process_key)},
    {"processInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_created, instance_key)},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(instance_created, tags, text)},
    {"businessId", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(instance_created, business_id)},
};

static const struct message rest_CreateProcessInstanceResult = {
    "CreateProcessInstanceResult", sizeof(struct instance_created), rest_CreateProcessInstanceResult_parts, 8, false, NULL};

static const struct part rest_JobActivationResult_parts[] = {
    {"jobs", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(jobs_activated, jobs, activated_job),
     .of = &rest_ActivatedJobResult},
};

static const struct message rest_JobActivationResult = {
    "JobActivationResult", sizeof(struct jobs_activated), rest_JobActivationResult_parts, 1, false, NULL};

static const struct part rest_ActivatedJobResult_parts[] = {
    {"type", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, type)},
    {"processDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, bpmn_process_id)},
    {"processDefinitionVersion", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(activated_job, version)},
    {"elementId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, element_id)},
    {"customHeaders", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, custom_headers)},
    {"worker", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, worker)},
    {"retries", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(activated_job, retries)},
    {"deadline", PART_I64, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(activated_job, deadline)},
    {"variables", PART_DOCUMENT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, variables)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, tenant)},
    {"physicalTenantId", PART_TEXT, IN_CONSTANT, .demand = DEMAND_THERE,
     .text = "\"default\"", .number = 0},
    {"jobKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(activated_job, key)},
    {"processInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(activated_job, instance_key)},
    {"processDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(activated_job, process_key)},
    {"elementInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(activated_job, element_instance_key)},
    {"kind", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, kind_name)},
    {"listenerEventType", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(activated_job, listener_event_name)},
    {"userTask", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(activated_job, user_task, user_task_properties),
     .of = &rest_UserTaskProperties},
    {"tags", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(activated_job, tags, text)},
    {"rootProcessInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_I64(activated_job, root_instance_key)},
    {"businessId", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(activated_job, business_id)},
    {"priority", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(activated_job, priority)},
    {"leaseToken", PART_TEXT, IN_CONSTANT, .demand = DEMAND_NULLABLE,
     .text = "null", .number = 0},
};

static const struct message rest_ActivatedJobResult = {
    "ActivatedJobResult", sizeof(struct activated_job), rest_ActivatedJobResult_parts, 23, false, NULL};

static const struct part rest_UserTaskProperties_parts[] = {
    {"action", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(user_task_properties, action)},
    {"assignee", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(user_task_properties, assignee)},
    {"candidateGroups", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(user_task_properties, candidate_groups, text)},
    {"candidateUsers", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(user_task_properties, candidate_users, text)},
    {"changedAttributes", PART_TEXT, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(user_task_properties, changed_attributes, text)},
    {"dueDate", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(user_task_properties, due_date)},
    {"followUpDate", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(user_task_properties, follow_up_date)},
    {"formKey", PART_KEY, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_I64(user_task_properties, form_key)},
    {"priority", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(user_task_properties, priority)},
    {"userTaskKey", PART_KEY, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_I64(user_task_properties, key)},
};

static const struct message rest_UserTaskProperties = {
    "UserTaskProperties", sizeof(struct user_task_properties), rest_UserTaskProperties_parts, 10, false, NULL};

static const struct part rest_EvaluateDecisionResult_parts[] = {
    {"decisionDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_evaluated, decision_id)},
    {"decisionDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_evaluated, decision_key)},
    {"decisionDefinitionName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_evaluated, decision_name)},
    {"decisionDefinitionVersion", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(decision_evaluated, version)},
    {"decisionEvaluationKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_evaluated, evaluation_key)},
    {"decisionInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_evaluated, evaluation_key)},
    {"decisionRequirementsId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_evaluated, requirements_id)},
    {"decisionRequirementsKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(decision_evaluated, requirements_key)},
    {"evaluatedDecisions", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(decision_evaluated, decisions, evaluated_decision),
     .of = &rest_EvaluatedDecisionResult},
    {"failedDecisionDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(decision_evaluated, failed_decision_id)},
    {"failureMessage", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(decision_evaluated, failure_message)},
    {"output", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_evaluated, output)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(decision_evaluated, tenant)},
};

static const struct message rest_EvaluateDecisionResult = {
    "EvaluateDecisionResult", sizeof(struct decision_evaluated), rest_EvaluateDecisionResult_parts, 13, false, NULL};

static const struct part rest_EvaluatedDecisionResult_parts[] = {
    {"decisionDefinitionId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, decision_id)},
    {"decisionDefinitionName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, decision_name)},
    {"decisionDefinitionVersion", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(evaluated_decision, version)},
    {"decisionDefinitionType", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, type)},
    {"output", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, output)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, tenant)},
    {"matchedRules", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(evaluated_decision, rules, matched_rule),
     .of = &rest_MatchedDecisionRuleItem},
    {"evaluatedInputs", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(evaluated_decision, inputs, evaluated_input),
     .of = &rest_EvaluatedDecisionInputItem},
    {"decisionDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(evaluated_decision, decision_key)},
    {"decisionEvaluationInstanceKey", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_decision, instance_key)},
};

static const struct message rest_EvaluatedDecisionResult = {
    "EvaluatedDecisionResult", sizeof(struct evaluated_decision), rest_EvaluatedDecisionResult_parts, 10, false, NULL};

static const struct part rest_MatchedDecisionRuleItem_parts[] = {
    {"ruleId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(matched_rule, rule_id)},
    {"ruleIndex", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(matched_rule, rule_index)},
    {"evaluatedOutputs", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(matched_rule, outputs, evaluated_output),
     .of = &rest_EvaluatedDecisionOutputItem},
};

static const struct message rest_MatchedDecisionRuleItem = {
    "MatchedDecisionRuleItem", sizeof(struct matched_rule), rest_MatchedDecisionRuleItem_parts, 3, false, NULL};

static const struct part rest_EvaluatedDecisionOutputItem_parts[] = {
    {"outputId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_output, output_id)},
    {"outputName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_output, output_name)},
    {"outputValue", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_output, value)},
    {"ruleId", PART_TEXT, IN_RECORD, .demand = DEMAND_NULLABLE,
     .offset = AT_TEXT(evaluated_output, rule_id)},
    {"ruleIndex", PART_I32, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I32(evaluated_output, rule_index)},
};

static const struct message rest_EvaluatedDecisionOutputItem = {
    "EvaluatedDecisionOutputItem", sizeof(struct evaluated_output), rest_EvaluatedDecisionOutputItem_parts, 5, false, NULL};

static const struct part rest_EvaluatedDecisionInputItem_parts[] = {
    {"inputId", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_input, input_id)},
    {"inputName", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_input, input_name)},
    {"inputValue", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(evaluated_input, value)},
};

static const struct message rest_EvaluatedDecisionInputItem = {
    "EvaluatedDecisionInputItem", sizeof(struct evaluated_input), rest_EvaluatedDecisionInputItem_parts, 3, false, NULL};

static const struct part rest_MessagePublicationResult_parts[] = {
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(message_published, tenant)},
    {"messageKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(message_published, message_key)},
};

static const struct message rest_MessagePublicationResult = {
    "MessagePublicationResult", sizeof(struct message_published), rest_MessagePublicationResult_parts, 2, false, NULL};

static const struct part rest_MessageCorrelationResult_parts[] = {
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(message_correlated, tenant)},
    {"messageKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(message_correlated, message_key)},
    {"processInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(message_correlated, instance_key)},
};

static const struct message rest_MessageCorrelationResult = {
    "MessageCorrelationResult", sizeof(struct message_correlated), rest_MessageCorrelationResult_parts, 3, false, NULL};

static const struct part rest_SignalBroadcastResult_parts[] = {
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(signal_was_broadcast, tenant)},
    {"signalKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(signal_was_broadcast, signal_key)},
};

static const struct message rest_SignalBroadcastResult = {
    "SignalBroadcastResult", sizeof(struct signal_was_broadcast), rest_SignalBroadcastResult_parts, 2, false, NULL};

static const struct part rest_EvaluateConditionalResult_parts[] = {
    {"conditionalEvaluationKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(conditions_were_evaluated, key)},
    {"tenantId", PART_TENANT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(conditions_were_evaluated, tenant)},
    {"processInstances", PART_MESSAGE, IN_RECORD, .is_list = true, .demand = DEMAND_THERE,
     .offset = AT_LIST(conditions_were_evaluated, instances, instance_reference),
     .of = &rest_ProcessInstanceReference},
};

static const struct message rest_EvaluateConditionalResult = {
    "EvaluateConditionalResult", sizeof(struct conditions_were_evaluated), rest_EvaluateConditionalResult_parts, 3, false, NULL};

static const struct part rest_ProcessInstanceReference_parts[] = {
    {"processDefinitionKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_reference, process_key)},
    {"processInstanceKey", PART_KEY, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_I64(instance_reference, instance_key)},
};

static const struct message rest_ProcessInstanceReference = {
    "ProcessInstanceReference", sizeof(struct instance_reference), rest_ProcessInstanceReference_parts, 2, false, NULL};

static const struct part rest_DeleteResourceResponse_parts[] = {
    {"resourceKey", PART_TEXT, IN_RECORD, .demand = DEMAND_THERE,
     .offset = AT_TEXT(resource_was_deleted, resource_key)},
    {"batchOperation", PART_MESSAGE, IN_ONE, .demand = DEMAND_NULLABLE,
     .offset = AT_ONE(resource_was_deleted, batch, batch_created),
     .of = &rest_BatchOperationCreatedResult},
};

static const struct message rest_DeleteResourceResponse = {
    "DeleteResourceResponse", sizeof(struct resource_was_deleted), rest_DeleteResourceResponse_parts, 2, false, NULL};

const struct rpc rpcs[] = {
    {"Topology", "/gateway_protocol.Gateway/Topology",
     &grpc_TopologyRequest, &grpc_TopologyResponse, CMD_NONE, local_topology, false},
    {"Check", "/grpc.health.v1.Health/Check",
     &grpc_HealthCheckRequest, &grpc_HealthCheckResponse, CMD_NONE, local_check, false},
    {"Watch", "/grpc.health.v1.Health/Watch",
     &grpc_HealthCheckRequest, &grpc_HealthCheckResponse, CMD_NONE, local_watch, true},
    {"StreamActivatedJobs", "/gateway_protocol.Gateway/StreamActivatedJobs",
     &grpc_StreamActivatedJobsRequest, &grpc_ActivatedJob, CMD_NONE, local_stream, true},
    {"DeployResource", "/gateway_protocol.Gateway/DeployResource",
     &grpc_DeployResourceRequest, &grpc_DeployResourceResponse, CMD_DEPLOYMENT_CREATE, NULL, false},
    {"DeployProcess", "/gateway_protocol.Gateway/DeployProcess",
     &grpc_DeployProcessRequest, &grpc_DeployProcessResponse, CMD_DEPLOYMENT_CREATE, NULL, false},
    {"DeleteResource", "/gateway_protocol.Gateway/DeleteResource",
     &grpc_DeleteResourceRequest, &grpc_DeleteResourceResponse, CMD_RESOURCE_DELETE, NULL, false},
    {"CreateProcessInstance", "/gateway_protocol.Gateway/CreateProcessInstance",
     &grpc_CreateProcessInstanceRequest, &grpc_CreateProcessInstanceResponse, CMD_INSTANCE_CREATE, NULL, false},
    {"CreateProcessInstanceWithResult", "/gateway_protocol.Gateway/CreateProcessInstanceWithResult",
     &grpc_CreateProcessInstanceWithResultRequest, &grpc_CreateProcessInstanceWithResultResponse, CMD_INSTANCE_CREATE, NULL, false},
    {"CancelProcessInstance", "/gateway_protocol.Gateway/CancelProcessInstance",
     &grpc_CancelProcessInstanceRequest, &grpc_CancelProcessInstanceResponse, CMD_INSTANCE_CANCEL, NULL, false},
    {"ModifyProcessInstance", "/gateway_protocol.Gateway/ModifyProcessInstance",
     &grpc_ModifyProcessInstanceRequest, &grpc_ModifyProcessInstanceResponse, CMD_INSTANCE_MODIFY, NULL, false},
    {"MigrateProcessInstance", "/gateway_protocol.Gateway/MigrateProcessInstance",
     &grpc_MigrateProcessInstanceRequest, &grpc_MigrateProcessInstanceResponse, CMD_INSTANCE_MIGRATE, NULL, false},
    {"AssignProcessInstanceBusinessId", "/gateway_protocol.Gateway/AssignProcessInstanceBusinessId",
     &grpc_AssignProcessInstanceBusinessIdRequest, &grpc_AssignProcessInstanceBusinessIdResponse, CMD_BUSINESS_ID_ASSIGN, NULL, false},
    {"EvaluateDecision", "/gateway_protocol.Gateway/EvaluateDecision",
     &grpc_EvaluateDecisionRequest, &grpc_EvaluateDecisionResponse, CMD_DECISION_EVALUATE, NULL, false},
    {"ActivateJobs", "/gateway_protocol.Gateway/ActivateJobs",
     &grpc_ActivateJobsRequest, &grpc_ActivateJobsResponse, CMD_JOB_ACTIVATE, NULL, true},
    {"CompleteJob", "/gateway_protocol.Gateway/CompleteJob",
     &grpc_CompleteJobRequest, &grpc_CompleteJobResponse, CMD_JOB_COMPLETE, NULL, false},
    {"FailJob", "/gateway_protocol.Gateway/FailJob",
     &grpc_FailJobRequest, &grpc_FailJobResponse, CMD_JOB_FAIL, NULL, false},
    {"ThrowError", "/gateway_protocol.Gateway/ThrowError",
     &grpc_ThrowErrorRequest, &grpc_ThrowErrorResponse, CMD_JOB_THROW_ERROR, NULL, false},
    {"UpdateJobRetries", "/gateway_protocol.Gateway/UpdateJobRetries",
     &grpc_UpdateJobRetriesRequest, &grpc_UpdateJobRetriesResponse, CMD_JOB_UPDATE_RETRIES, NULL, false},
    {"UpdateJobTimeout", "/gateway_protocol.Gateway/UpdateJobTimeout",
     &grpc_UpdateJobTimeoutRequest, &grpc_UpdateJobTimeoutResponse, CMD_JOB_UPDATE_TIMEOUT, NULL, false},
    {"UpdateJobPriority", "/gateway_protocol.Gateway/UpdateJobPriority",
     &grpc_UpdateJobPriorityRequest, &grpc_UpdateJobPriorityResponse, CMD_JOB_UPDATE_PRIORITY, NULL, false},
    {"PublishMessage", "/gateway_protocol.Gateway/PublishMessage",
     &grpc_PublishMessageRequest, &grpc_PublishMessageResponse, CMD_MESSAGE_PUBLISH, NULL, false},
    {"BroadcastSignal", "/gateway_protocol.Gateway/BroadcastSignal",
     &grpc_BroadcastSignalRequest, &grpc_BroadcastSignalResponse, CMD_SIGNAL_BROADCAST, NULL, false},
    {"SetVariables", "/gateway_protocol.Gateway/SetVariables",
     &grpc_SetVariablesRequest, &grpc_SetVariablesResponse, CMD_VARIABLES_SET, NULL, false},
    {"ResolveIncident", "/gateway_protocol.Gateway/ResolveIncident",
     &grpc_ResolveIncidentRequest, &grpc_ResolveIncidentResponse, CMD_INCIDENT_RESOLVE, NULL, false},
    {"EvaluateConditional", "/gateway_protocol.Gateway/EvaluateConditional",
     &grpc_EvaluateConditionalRequest, &grpc_EvaluateConditionalResponse, CMD_CONDITIONS_EVALUATE, NULL, false},
};
const u32 rpc_count = 26;

const struct route routes[] = {
    {"listHistoryBackupsAsClusterAdmin", "GET", "/cluster/v2/backups/history",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"takeHistoryBackupAsClusterAdmin", "POST", "/cluster/v2/backups/history",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteHistoryBackupAsClusterAdmin", "DELETE", "/cluster/v2/backups/history/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getHistoryBackupAsClusterAdmin", "GET", "/cluster/v2/backups/history/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"listRuntimeBackupsAsClusterAdmin", "GET", "/cluster/v2/backups/runtime",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"takeRuntimeBackupAsClusterAdmin", "POST", "/cluster/v2/backups/runtime",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteRuntimeBackupStateAsClusterAdmin", "DELETE", "/cluster/v2/backups/runtime/state",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getRuntimeBackupStateAsClusterAdmin", "GET", "/cluster/v2/backups/runtime/state",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"syncRuntimeBackupStateAsClusterAdmin", "POST", "/cluster/v2/backups/runtime/state/sync",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteRuntimeBackupAsClusterAdmin", "DELETE", "/cluster/v2/backups/runtime/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getRuntimeBackupAsClusterAdmin", "GET", "/cluster/v2/backups/runtime/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getClusterExportingStatus", "GET", "/cluster/v2/exporting",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"pauseClusterExporting", "POST", "/cluster/v2/exporting/pause",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"resumeClusterExporting", "POST", "/cluster/v2/exporting/resume",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"changeClusterModeAsClusterAdmin", "PATCH", "/cluster/v2/mode",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"restoreAsClusterAdmin", "POST", "/cluster/v2/restore",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getClusterStatus", "GET", "/cluster/v2/status",
     NULL, &rest_ClusterStatusResponse, CMD_NONE, local_cluster_status, 200, false},
    {"getClusterTopology", "GET", "/cluster/v2/topology",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"followEvents", "GET", "/events",
     &rest_EventsRequest, NULL, CMD_NONE, local_events, 200, false},
    {"getMetrics", "GET", "/metrics",
     NULL, NULL, CMD_NONE, local_metrics, 200, false},
    {"searchAgentDefinitions", "POST", "/v2/agent-definitions/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getAgentDefinition", "GET", "/v2/agent-definitions/{agentDefinitionKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"createAgentInstance", "POST", "/v2/agent-instances",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchAgentInstances", "POST", "/v2/agent-instances/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getAgentInstance", "GET", "/v2/agent-instances/{agentInstanceKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateAgentInstance", "PATCH", "/v2/agent-instances/{agentInstanceKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"createAgentInstanceHistoryItem", "POST", "/v2/agent-instances/{agentInstanceKey}/history",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchAgentInstanceHistory", "POST", "/v2/agent-instances/{agentInstanceKey}/history/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchAuditLogs", "POST", "/v2/audit-logs/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_AUDIT_LOGS, FORM_PAGE},
    {"getAuditLog", "GET", "/v2/audit-logs/{auditLogKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_AUDIT_LOGS, FORM_ONE},
    {"getAuthentication", "GET", "/v2/authentication/me",
     NULL, &rest_CamundaUserResult, CMD_NONE, local_constant, 200, false},
    {"searchOwnAuthorizations", "POST", "/v2/authentication/me/authorizations/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"createAuthorization", "POST", "/v2/authorizations",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchAuthorizations", "POST", "/v2/authorizations/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteAuthorization", "DELETE", "/v2/authorizations/{authorizationKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getAuthorization", "GET", "/v2/authorizations/{authorizationKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateAuthorization", "PUT", "/v2/authorizations/{authorizationKey}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"listHistoryBackups", "GET", "/v2/backups/history",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"takeHistoryBackup", "POST", "/v2/backups/history",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteHistoryBackup", "DELETE", "/v2/backups/history/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getHistoryBackup", "GET", "/v2/backups/history/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"listRuntimeBackups", "GET", "/v2/backups/runtime",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"takeRuntimeBackup", "POST", "/v2/backups/runtime",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteRuntimeBackupState", "DELETE", "/v2/backups/runtime/state",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getRuntimeBackupState", "GET", "/v2/backups/runtime/state",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"syncRuntimeBackupState", "POST", "/v2/backups/runtime/state/sync",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteRuntimeBackup", "DELETE", "/v2/backups/runtime/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getRuntimeBackup", "GET", "/v2/backups/runtime/{backupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchBatchOperationItems", "POST", "/v2/batch-operation-items/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_BATCH_OPERATION_ITEMS, FORM_PAGE},
    {"searchBatchOperations", "POST", "/v2/batch-operations/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_BATCH_OPERATIONS, FORM_PAGE},
    {"getBatchOperation", "GET", "/v2/batch-operations/{batchOperationKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_BATCH_OPERATIONS, FORM_ONE},
    {"cancelBatchOperation", "POST", "/v2/batch-operations/{batchOperationKey}/cancellation",
     &rest_BatchOperationRequest, NULL, CMD_BATCH_CANCEL, NULL, 204, false},
    {"resumeBatchOperation", "POST", "/v2/batch-operations/{batchOperationKey}/resumption",
     &rest_BatchOperationRequest, NULL, CMD_BATCH_RESUME, NULL, 204, false},
    {"suspendBatchOperation", "POST", "/v2/batch-operations/{batchOperationKey}/suspension",
     &rest_BatchOperationRequest, NULL, CMD_BATCH_SUSPEND, NULL, 204, false},
    {"pinClock", "PUT", "/v2/clock",
     &rest_ClockPinRequest, NULL, CMD_CLOCK_SET, NULL, 204, false},
    {"advanceClock", "POST", "/v2/clock/advance",
     &rest_ClockAdvanceRequest, NULL, CMD_CLOCK_SET, NULL, 204, false},
    {"resetClock", "POST", "/v2/clock/reset",
     &rest_ClockResetRequest, NULL, CMD_CLOCK_SET, NULL, 204, false},
    {"createGlobalClusterVariable", "POST", "/v2/cluster-variables/global",
     &rest_CreateClusterVariableRequest, &rest_ClusterVariableResult, CMD_CLUSTER_VARIABLE_CREATE, NULL, 200, false},
    {"deleteGlobalClusterVariable", "DELETE", "/v2/cluster-variables/global/{name}",
     &rest_DeleteClusterVariableRequest, NULL, CMD_CLUSTER_VARIABLE_DELETE, NULL, 204, false},
    {"getGlobalClusterVariable", "GET", "/v2/cluster-variables/global/{name}",
     &rest_GetClusterVariableRequest, &rest_ClusterVariableResult, CMD_SHARED_GET, NULL, 200, false},
    {"updateGlobalClusterVariable", "PUT", "/v2/cluster-variables/global/{name}",
     &rest_UpdateClusterVariableRequest, &rest_ClusterVariableResult, CMD_CLUSTER_VARIABLE_UPDATE, NULL, 200, false},
    {"searchClusterVariables", "POST", "/v2/cluster-variables/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_CLUSTER_VARIABLES, FORM_PAGE},
    {"createTenantClusterVariable", "POST", "/v2/cluster-variables/tenants/{tenantId}",
     &rest_CreateTenantClusterVariableRequest, &rest_ClusterVariableResult, CMD_CLUSTER_VARIABLE_CREATE, NULL, 200, false},
    {"deleteTenantClusterVariable", "DELETE", "/v2/cluster-variables/tenants/{tenantId}/{name}",
     &rest_DeleteTenantClusterVariableRequest, NULL, CMD_CLUSTER_VARIABLE_DELETE, NULL, 204, false},
    {"getTenantClusterVariable", "GET", "/v2/cluster-variables/tenants/{tenantId}/{name}",
     &rest_GetTenantClusterVariableRequest, &rest_ClusterVariableResult, CMD_SHARED_GET, NULL, 200, false},
    {"updateTenantClusterVariable", "PUT", "/v2/cluster-variables/tenants/{tenantId}/{name}",
     &rest_UpdateTenantClusterVariableRequest, &rest_ClusterVariableResult, CMD_CLUSTER_VARIABLE_UPDATE, NULL, 200, false},
    {"evaluateConditionals", "POST", "/v2/conditionals/evaluation",
     &rest_ConditionalEvaluationInstruction, &rest_EvaluateConditionalResult, CMD_CONDITIONS_EVALUATE, NULL, 200, false},
    {"searchCorrelatedMessageSubscriptions", "POST", "/v2/correlated-message-subscriptions/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_CORRELATED_MESSAGES, FORM_PAGE},
    {"evaluateDecision", "POST", "/v2/decision-definitions/evaluation",
     &rest_DecisionEvaluationInstruction, &rest_EvaluateDecisionResult, CMD_DECISION_EVALUATE, NULL, 200, false},
    {"searchDecisionDefinitions", "POST", "/v2/decision-definitions/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_DEFINITIONS, FORM_PAGE},
    {"getDecisionDefinition", "GET", "/v2/decision-definitions/{decisionDefinitionKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_DEFINITIONS, FORM_ONE},
    {"getDecisionDefinitionXML", "GET", "/v2/decision-definitions/{decisionDefinitionKey}/xml",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_DEFINITIONS, FORM_XML},
    {"deleteDecisionInstancesBatchOperation", "POST", "/v2/decision-instances/deletion",
     &rest_DecisionInstanceDeletionBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_DELETE_DECISIONS, NULL, 200, false},
    {"searchDecisionInstances", "POST", "/v2/decision-instances/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_INSTANCES, FORM_PAGE},
    {"getDecisionInstance", "GET", "/v2/decision-instances/{decisionEvaluationInstanceKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_INSTANCES, FORM_ONE},
    {"deleteDecisionInstance", "POST", "/v2/decision-instances/{decisionEvaluationKey}/deletion",
     &rest_DeleteDecisionInstanceRequest, NULL, CMD_DECISIONS_DELETE, NULL, 204, false},
    {"searchDecisionRequirements", "POST", "/v2/decision-requirements/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_REQUIREMENTS, FORM_PAGE},
    {"getDecisionRequirements", "GET", "/v2/decision-requirements/{decisionRequirementsKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_REQUIREMENTS, FORM_ONE},
    {"getDecisionRequirementsXML", "GET", "/v2/decision-requirements/{decisionRequirementsKey}/xml",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_DECISION_REQUIREMENTS, FORM_XML},
    {"createDeployment", "POST", "/v2/deployments",
     &rest_DeploymentRequest, &rest_DeploymentResult, CMD_DEPLOYMENT_CREATE, NULL, 200, true},
    {"createDocument", "POST", "/v2/documents",
     &rest_DocumentUploadRequest, &rest_DocumentReference, CMD_NONE, local_document_create, 201, true},
    {"createDocuments", "POST", "/v2/documents/batch",
     &rest_DocumentsUploadRequest, &rest_DocumentCreationBatchResponse, CMD_NONE, local_documents_create, 201, true},
    {"deleteDocument", "DELETE", "/v2/documents/{documentId}",
     &rest_DocumentDeletionRequest, NULL, CMD_NONE, local_document_delete, 204, false},
    {"getDocument", "GET", "/v2/documents/{documentId}",
     &rest_DocumentRequest, NULL, CMD_NONE, local_document_get, 200, false},
    {"createDocumentLink", "POST", "/v2/documents/{documentId}/links",
     &rest_DocumentLinkRequest, &rest_DocumentLink, CMD_NONE, local_document_link, 201, false},
    {"activateAdHocSubProcessActivities", "POST", "/v2/element-instances/ad-hoc-activities/{adHocSubProcessInstanceKey}/activation",
     &rest_AdHocSubProcessActivateActivitiesInstruction, NULL, CMD_AD_HOC_ACTIVATE, NULL, 204, false},
    {"searchElementInstances", "POST", "/v2/element-instances/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_ELEMENT_INSTANCES, FORM_PAGE},
    {"searchElementInstanceWaitStates", "POST", "/v2/element-instances/wait-states/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_WAIT_STATES, FORM_PAGE},
    {"getElementInstance", "GET", "/v2/element-instances/{elementInstanceKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_ELEMENT_INSTANCES, FORM_ONE},
    {"searchElementInstanceIncidents", "POST", "/v2/element-instances/{elementInstanceKey}/incidents/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_INCIDENTS, FORM_IN_ELEMENT},
    {"createElementInstanceVariables", "PUT", "/v2/element-instances/{elementInstanceKey}/variables",
     &rest_SetVariableRequest, NULL, CMD_VARIABLES_SET, NULL, 204, false},
    {"getExportingStatus", "GET", "/v2/exporting",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"pauseExporting", "POST", "/v2/exporting/pause",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"resumeExporting", "POST", "/v2/exporting/resume",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"evaluateExpression", "POST", "/v2/expression/evaluation",
     &rest_ExpressionEvaluationRequest, &rest_ExpressionEvaluationResult, CMD_EXPRESSION_EVALUATE, NULL, 200, false},
    {"getFormByKey", "GET", "/v2/forms/{formKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_FORMS, FORM_ONE},
    {"createGlobalTaskListener", "POST", "/v2/global-task-listeners",
     &rest_CreateGlobalTaskListenerRequest, &rest_GlobalTaskListenerResult, CMD_GLOBAL_LISTENER_CREATE, NULL, 201, false},
    {"searchGlobalTaskListeners", "POST", "/v2/global-task-listeners/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_GLOBAL_LISTENERS, FORM_PAGE},
    {"deleteGlobalTaskListener", "DELETE", "/v2/global-task-listeners/{id}",
     &rest_DeleteGlobalTaskListenerRequest, NULL, CMD_GLOBAL_LISTENER_DELETE, NULL, 204, false},
    {"getGlobalTaskListener", "GET", "/v2/global-task-listeners/{id}",
     &rest_GetGlobalTaskListenerRequest, &rest_GlobalTaskListenerResult, CMD_SHARED_GET, NULL, 200, false},
    {"updateGlobalTaskListener", "PUT", "/v2/global-task-listeners/{id}",
     &rest_UpdateGlobalTaskListenerRequest, &rest_GlobalTaskListenerResult, CMD_GLOBAL_LISTENER_UPDATE, NULL, 200, false},
    {"createGroup", "POST", "/v2/groups",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchGroups", "POST", "/v2/groups/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteGroup", "DELETE", "/v2/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getGroup", "GET", "/v2/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateGroup", "PUT", "/v2/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchClientsForGroup", "POST", "/v2/groups/{groupId}/clients/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignClientFromGroup", "DELETE", "/v2/groups/{groupId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignClientToGroup", "PUT", "/v2/groups/{groupId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchMappingRulesForGroup", "POST", "/v2/groups/{groupId}/mapping-rules/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignMappingRuleFromGroup", "DELETE", "/v2/groups/{groupId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignMappingRuleToGroup", "PUT", "/v2/groups/{groupId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchRolesForGroup", "POST", "/v2/groups/{groupId}/roles/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchUsersForGroup", "POST", "/v2/groups/{groupId}/users/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignUserFromGroup", "DELETE", "/v2/groups/{groupId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignUserToGroup", "PUT", "/v2/groups/{groupId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchIncidents", "POST", "/v2/incidents/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_INCIDENTS, FORM_PAGE},
    {"getProcessInstanceStatisticsByDefinition", "POST", "/v2/incidents/statistics/process-instances-by-definition",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_ERROR_VERSIONS, FORM_PAGE},
    {"getProcessInstanceStatisticsByError", "POST", "/v2/incidents/statistics/process-instances-by-error",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_ERROR_STATISTICS, FORM_PAGE},
    {"getIncident", "GET", "/v2/incidents/{incidentKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_INCIDENTS, FORM_ONE},
    {"resolveIncident", "POST", "/v2/incidents/{incidentKey}/resolution",
     &rest_IncidentResolutionRequest, NULL, CMD_INCIDENT_RESOLVE, NULL, 204, false},
    {"activateJobs", "POST", "/v2/jobs/activation",
     &rest_JobActivationRequest, &rest_JobActivationResult, CMD_JOB_ACTIVATE, NULL, 200, false},
    {"updateJobsBatchOperation", "POST", "/v2/jobs/batch-update",
     &rest_JobBatchUpdateRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_UPDATE_JOBS, NULL, 200, false},
    {"searchJobs", "POST", "/v2/jobs/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOBS, FORM_PAGE},
    {"getJobTypeStatistics", "POST", "/v2/jobs/statistics/by-types",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOB_TYPES, FORM_PAGE},
    {"getJobWorkerStatistics", "POST", "/v2/jobs/statistics/by-workers",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOB_WORKERS, FORM_PAGE},
    {"getJobErrorStatistics", "POST", "/v2/jobs/statistics/errors",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOB_ERRORS, FORM_PAGE},
    {"getGlobalJobStatistics", "GET", "/v2/jobs/statistics/global",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOB_TYPES, FORM_TOTALS},
    {"getJobTimeSeriesStatistics", "POST", "/v2/jobs/statistics/time-series",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_JOB_TIMES, FORM_PAGE},
    {"updateJob", "PATCH", "/v2/jobs/{jobKey}",
     &rest_JobUpdateRequest, NULL, CMD_JOB_UPDATE, NULL, 204, false},
    {"completeJob", "POST", "/v2/jobs/{jobKey}/completion",
     &rest_JobCompletionRequest, NULL, CMD_JOB_COMPLETE, NULL, 204, false},
    {"throwJobError", "POST", "/v2/jobs/{jobKey}/error",
     &rest_JobErrorRequest, NULL, CMD_JOB_THROW_ERROR, NULL, 204, false},
    {"failJob", "POST", "/v2/jobs/{jobKey}/failure",
     &rest_JobFailRequest, NULL, CMD_JOB_FAIL, NULL, 204, false},
    {"getLicense", "GET", "/v2/license",
     NULL, &rest_LicenseResponse, CMD_NONE, local_license, 200, false},
    {"createMappingRule", "POST", "/v2/mapping-rules",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchMappingRule", "POST", "/v2/mapping-rules/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteMappingRule", "DELETE", "/v2/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getMappingRule", "GET", "/v2/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateMappingRule", "PUT", "/v2/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchMessageSubscriptions", "POST", "/v2/message-subscriptions/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_MESSAGE_SUBSCRIPTIONS, FORM_PAGE},
    {"correlateMessage", "POST", "/v2/messages/correlation",
     &rest_MessageCorrelationRequest, &rest_MessageCorrelationResult, CMD_MESSAGE_CORRELATE, NULL, 200, false},
    {"publishMessage", "POST", "/v2/messages/publication",
     &rest_MessagePublicationRequest, &rest_MessagePublicationResult, CMD_MESSAGE_PUBLISH, NULL, 200, false},
    {"changeClusterMode", "PATCH", "/v2/mode",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getOpenApi", "GET", "/v2/openapi.json",
     NULL, NULL, CMD_NONE, local_openapi, 200, false},
    {"searchProcessDefinitions", "POST", "/v2/process-definitions/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_DEFINITIONS, FORM_PAGE},
    {"getProcessDefinitionMessageSubscriptionStatistics", "POST", "/v2/process-definitions/statistics/message-subscriptions",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_SUBSCRIPTION_STATISTICS, FORM_PAGE},
    {"getProcessDefinitionInstanceStatistics", "POST", "/v2/process-definitions/statistics/process-instances",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_STATISTICS, FORM_PAGE},
    {"getProcessDefinitionInstanceVersionStatistics", "POST", "/v2/process-definitions/statistics/process-instances-by-version",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_VERSION_STATISTICS, FORM_PAGE},
    {"getProcessDefinition", "GET", "/v2/process-definitions/{processDefinitionKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_DEFINITIONS, FORM_ONE},
    {"getStartProcessForm", "GET", "/v2/process-definitions/{processDefinitionKey}/form",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_DEFINITIONS, FORM_SHOWN},
    {"getProcessDefinitionStatistics", "POST", "/v2/process-definitions/{processDefinitionKey}/statistics/element-instances",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_DEFINITIONS, FORM_OF_ELEMENTS},
    {"searchProcessDefinitionVariableNames", "POST", "/v2/process-definitions/{processDefinitionKey}/variable-names/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getProcessDefinitionXML", "GET", "/v2/process-definitions/{processDefinitionKey}/xml",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_DEFINITIONS, FORM_XML},
    {"createProcessInstance", "POST", "/v2/process-instances",
     &rest_ProcessInstanceCreationInstruction, &rest_CreateProcessInstanceResult, CMD_INSTANCE_CREATE, NULL, 200, false},
    {"cancelProcessInstancesBatchOperation", "POST", "/v2/process-instances/cancellation",
     &rest_ProcessInstanceCancellationBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_CANCEL_INSTANCES, NULL, 200, false},
    {"deleteProcessInstancesBatchOperation", "POST", "/v2/process-instances/deletion",
     &rest_ProcessInstanceDeletionBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_DELETE_INSTANCES, NULL, 200, false},
    {"resolveIncidentsBatchOperation", "POST", "/v2/process-instances/incident-resolution",
     &rest_ProcessInstanceIncidentResolutionBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_RESOLVE_INCIDENTS, NULL, 200, false},
    {"migrateProcessInstancesBatchOperation", "POST", "/v2/process-instances/migration",
     &rest_ProcessInstanceMigrationBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_MIGRATE_INSTANCES, NULL, 200, false},
    {"modifyProcessInstancesBatchOperation", "POST", "/v2/process-instances/modification",
     &rest_ProcessInstanceModificationBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_MODIFY_INSTANCES, NULL, 200, false},
    {"resumeProcessInstancesBatchOperation", "POST", "/v2/process-instances/resumption",
     &rest_ProcessInstanceResumptionBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_RESUME_INSTANCES, NULL, 200, false},
    {"searchProcessInstances", "POST", "/v2/process-instances/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_PAGE},
    {"suspendProcessInstancesBatchOperation", "POST", "/v2/process-instances/suspension",
     &rest_ProcessInstanceSuspensionBatchOperationRequest, &rest_BatchOperationCreatedResult, CMD_BATCH_SUSPEND_INSTANCES, NULL, 200, false},
    {"getProcessInstance", "GET", "/v2/process-instances/{processInstanceKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_ONE},
    {"assignProcessInstanceBusinessId", "POST", "/v2/process-instances/{processInstanceKey}/business-id-assignment",
     &rest_ProcessInstanceBusinessIdAssignmentInstruction, NULL, CMD_BUSINESS_ID_ASSIGN, NULL, 204, false},
    {"getProcessInstanceCallHierarchy", "GET", "/v2/process-instances/{processInstanceKey}/call-hierarchy",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_CALLERS},
    {"cancelProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/cancellation",
     &rest_CancelProcessInstanceRequest, NULL, CMD_INSTANCE_CANCEL, NULL, 204, false},
    {"deleteProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/deletion",
     &rest_DeleteProcessInstanceRequest, NULL, CMD_INSTANCE_DELETE, NULL, 204, false},
    {"explainProcessInstance", "GET", "/v2/process-instances/{processInstanceKey}/explain",
     &rest_ExplainRequest, &rest_ExplainResult, CMD_INSTANCE_EXPLAIN, NULL, 200, false},
    {"getProcessInstanceHistory", "GET", "/v2/process-instances/{processInstanceKey}/history",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_HISTORY},
    {"resolveProcessInstanceIncidents", "POST", "/v2/process-instances/{processInstanceKey}/incident-resolution",
     &rest_ProcessInstanceIncidentsRequest, &rest_BatchOperationCreatedResult, CMD_INCIDENTS_RESOLVE, NULL, 200, false},
    {"searchProcessInstanceIncidents", "POST", "/v2/process-instances/{processInstanceKey}/incidents/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_INCIDENTS, FORM_IN_INSTANCE},
    {"migrateProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/migration",
     &rest_ProcessInstanceMigrationInstruction, NULL, CMD_INSTANCE_MIGRATE, NULL, 204, false},
    {"modifyProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/modification",
     &rest_ProcessInstanceModificationInstruction, NULL, CMD_INSTANCE_MODIFY, NULL, 204, false},
    {"resumeProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/resumption",
     &rest_ResumeProcessInstanceRequest, NULL, CMD_INSTANCE_RESUME, NULL, 204, false},
    {"getProcessInstanceSequenceFlows", "GET", "/v2/process-instances/{processInstanceKey}/sequence-flows",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_FLOWS},
    {"getProcessInstanceStatistics", "GET", "/v2/process-instances/{processInstanceKey}/statistics/element-instances",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_ELEMENTS},
    {"getProcessInstanceWaitStateStatistics", "GET", "/v2/process-instances/{processInstanceKey}/statistics/wait-states",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_PROCESS_INSTANCES, FORM_WAITS},
    {"suspendProcessInstance", "POST", "/v2/process-instances/{processInstanceKey}/suspension",
     &rest_SuspendProcessInstanceRequest, NULL, CMD_INSTANCE_SUSPEND, NULL, 204, false},
    {"searchResources", "POST", "/v2/resources/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_RESOURCES, FORM_PAGE},
    {"getResource", "GET", "/v2/resources/{resourceKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_RESOURCES, FORM_ONE},
    {"getResourceContent", "GET", "/v2/resources/{resourceKey}/content",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_RESOURCES, FORM_JSON},
    {"getResourceContentBinary", "GET", "/v2/resources/{resourceKey}/content/binary",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_RESOURCES, FORM_BYTES},
    {"deleteResource", "POST", "/v2/resources/{resourceKey}/deletion",
     &rest_DeleteResourceRequest, &rest_DeleteResourceResponse, CMD_RESOURCE_DELETE, NULL, 200, false},
    {"getRestoreStatus", "GET", "/v2/restore",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"restore", "POST", "/v2/restore",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"createRole", "POST", "/v2/roles",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchRoles", "POST", "/v2/roles/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteRole", "DELETE", "/v2/roles/{roleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getRole", "GET", "/v2/roles/{roleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateRole", "PUT", "/v2/roles/{roleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchClientsForRole", "POST", "/v2/roles/{roleId}/clients/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignRoleFromClient", "DELETE", "/v2/roles/{roleId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignRoleToClient", "PUT", "/v2/roles/{roleId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchGroupsForRole", "POST", "/v2/roles/{roleId}/groups/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignRoleFromGroup", "DELETE", "/v2/roles/{roleId}/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignRoleToGroup", "PUT", "/v2/roles/{roleId}/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchMappingRulesForRole", "POST", "/v2/roles/{roleId}/mapping-rules/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignRoleFromMappingRule", "DELETE", "/v2/roles/{roleId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignRoleToMappingRule", "PUT", "/v2/roles/{roleId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchUsersForRole", "POST", "/v2/roles/{roleId}/users/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignRoleFromUser", "DELETE", "/v2/roles/{roleId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignRoleToUser", "PUT", "/v2/roles/{roleId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"listSecrets", "POST", "/v2/secrets/list",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"resolveSecrets", "POST", "/v2/secrets/resolve",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"createAdminUser", "POST", "/v2/setup/user",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"broadcastSignal", "POST", "/v2/signals/broadcast",
     &rest_SignalBroadcastRequest, &rest_SignalBroadcastResult, CMD_SIGNAL_BROADCAST, NULL, 200, false},
    {"getStatus", "GET", "/v2/status",
     NULL, NULL, CMD_NONE, local_status, 204, false},
    {"getSystemConfiguration", "GET", "/v2/system/configuration",
     NULL, &rest_SystemConfigurationResponse, CMD_NONE, local_constant, 200, false},
    {"getUsageMetrics", "GET", "/v2/system/usage-metrics",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_USAGE, FORM_TOTALS},
    {"createTenant", "POST", "/v2/tenants",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchTenants", "POST", "/v2/tenants/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteTenant", "DELETE", "/v2/tenants/{tenantId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getTenant", "GET", "/v2/tenants/{tenantId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateTenant", "PUT", "/v2/tenants/{tenantId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchClientsForTenant", "POST", "/v2/tenants/{tenantId}/clients/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignClientFromTenant", "DELETE", "/v2/tenants/{tenantId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignClientToTenant", "PUT", "/v2/tenants/{tenantId}/clients/{clientId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchGroupIdsForTenant", "POST", "/v2/tenants/{tenantId}/groups/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignGroupFromTenant", "DELETE", "/v2/tenants/{tenantId}/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignGroupToTenant", "PUT", "/v2/tenants/{tenantId}/groups/{groupId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchMappingRulesForTenant", "POST", "/v2/tenants/{tenantId}/mapping-rules/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignMappingRuleFromTenant", "DELETE", "/v2/tenants/{tenantId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignMappingRuleToTenant", "PUT", "/v2/tenants/{tenantId}/mapping-rules/{mappingRuleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchRolesForTenant", "POST", "/v2/tenants/{tenantId}/roles/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignRoleFromTenant", "DELETE", "/v2/tenants/{tenantId}/roles/{roleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignRoleToTenant", "PUT", "/v2/tenants/{tenantId}/roles/{roleId}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchUsersForTenant", "POST", "/v2/tenants/{tenantId}/users/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"unassignUserFromTenant", "DELETE", "/v2/tenants/{tenantId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"assignUserToTenant", "PUT", "/v2/tenants/{tenantId}/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getTopology", "GET", "/v2/topology",
     NULL, &rest_TopologyResponse, CMD_NONE, local_topology, 200, false},
    {"searchUserTasks", "POST", "/v2/user-tasks/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_USER_TASKS, FORM_PAGE},
    {"getUserTask", "GET", "/v2/user-tasks/{userTaskKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_USER_TASKS, FORM_ONE},
    {"updateUserTask", "PATCH", "/v2/user-tasks/{userTaskKey}",
     &rest_UserTaskUpdateRequest, NULL, CMD_USER_TASK_UPDATE, NULL, 204, false},
    {"unassignUserTask", "DELETE", "/v2/user-tasks/{userTaskKey}/assignee",
     &rest_UserTaskUnassignRequest, NULL, CMD_USER_TASK_UNASSIGN, NULL, 204, false},
    {"assignUserTask", "POST", "/v2/user-tasks/{userTaskKey}/assignment",
     &rest_UserTaskAssignmentRequest, NULL, CMD_USER_TASK_ASSIGN, NULL, 204, false},
    {"searchUserTaskAuditLogs", "POST", "/v2/user-tasks/{userTaskKey}/audit-logs/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_AUDIT_LOGS, FORM_TASK_LOGS},
    {"completeUserTask", "POST", "/v2/user-tasks/{userTaskKey}/completion",
     &rest_UserTaskCompletionRequest, NULL, CMD_USER_TASK_COMPLETE, NULL, 204, false},
    {"searchUserTaskEffectiveVariables", "POST", "/v2/user-tasks/{userTaskKey}/effective-variables/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_VARIABLES, FORM_EFFECTIVE},
    {"getUserTaskForm", "GET", "/v2/user-tasks/{userTaskKey}/form",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_USER_TASKS, FORM_SHOWN},
    {"searchUserTaskVariables", "POST", "/v2/user-tasks/{userTaskKey}/variables/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_VARIABLES, FORM_IN_TASK},
    {"createUser", "POST", "/v2/users",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchUsers", "POST", "/v2/users/search",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"deleteUser", "DELETE", "/v2/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"getUser", "GET", "/v2/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"updateUser", "PUT", "/v2/users/{username}",
     NULL, NULL, CMD_NONE, NULL, 0, false},
    {"searchVariables", "POST", "/v2/variables/search",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_VARIABLES, FORM_PAGE},
    {"getVariable", "GET", "/v2/variables/{variableKey}",
     NULL, NULL, CMD_SEARCH, NULL, 200, false, SEARCH_VARIABLES, FORM_ONE},
};
const u32 route_count = 247;
