/* records.c - printed from records.def by tools/describe; edit that. */
#include "record/record.h"
#include "record/walk.h"

const struct shape nothing_shape = {
    "nothing", sizeof(struct nothing), NULL, 0, 0};

static const struct field resource_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct resource, name), NULL},
    {"content", FIELD_BYTES, 2, offsetof(struct resource, content), NULL},
};

static size_t resource_far(const void *record)
{
    const struct resource *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->content);
}

static char *resource_write(char *to, const void *record)
{
    const struct resource *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->content);
    return to;
}

static void resource_move(char *to, void *record)
{
    struct resource *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->content);
}

const struct shape resource_shape = {
    "resource", sizeof(struct resource), resource_fields, 2, 0x3,
    resource_write, resource_far, resource_move};

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

static size_t process_metadata_far(const void *record)
{
    const struct process_metadata *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant);
}

static char *process_metadata_write(char *to, const void *record)
{
    const struct process_metadata *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_number(to, 3, (u64)r->process_key);
    to = walk_text(to, 4, r->resource_name);
    to = walk_text(to, 5, r->tenant);
    to = walk_number(to, 6, (u64)r->is_duplicate);
    return to;
}

static void process_metadata_move(char *to, void *record)
{
    struct process_metadata *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape process_metadata_shape = {
    "process_metadata", sizeof(struct process_metadata), process_metadata_fields, 6, 0x19,
    process_metadata_write, process_metadata_far, process_metadata_move};

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

static size_t decision_metadata_far(const void *record)
{
    const struct decision_metadata *r = record;

    return walk_text_size(r->decision_id) +
           walk_text_size(r->decision_name) +
           walk_text_size(r->requirements_id) +
           walk_text_size(r->tenant);
}

static char *decision_metadata_write(char *to, const void *record)
{
    const struct decision_metadata *r = record;

    to = walk_text(to, 1, r->decision_id);
    to = walk_text(to, 2, r->decision_name);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_number(to, 4, (u64)r->decision_key);
    to = walk_text(to, 5, r->requirements_id);
    to = walk_number(to, 6, (u64)r->requirements_key);
    to = walk_text(to, 7, r->tenant);
    to = walk_number(to, 8, (u64)r->is_duplicate);
    return to;
}

static void decision_metadata_move(char *to, void *record)
{
    struct decision_metadata *r = record;

    to = walk_text_move(to, &r->decision_id);
    to = walk_text_move(to, &r->decision_name);
    to = walk_text_move(to, &r->requirements_id);
    to = walk_text_move(to, &r->tenant);
}

const struct shape decision_metadata_shape = {
    "decision_metadata", sizeof(struct decision_metadata), decision_metadata_fields, 8, 0x53,
    decision_metadata_write, decision_metadata_far, decision_metadata_move};

static const struct field requirements_metadata_fields[] = {
    {"requirements_id", FIELD_TEXT, 1, offsetof(struct requirements_metadata, requirements_id), NULL},
    {"requirements_name", FIELD_TEXT, 2, offsetof(struct requirements_metadata, requirements_name), NULL},
    {"version", FIELD_I32, 3, offsetof(struct requirements_metadata, version), NULL},
    {"requirements_key", FIELD_U64, 4, offsetof(struct requirements_metadata, requirements_key), NULL},
    {"resource_name", FIELD_TEXT, 5, offsetof(struct requirements_metadata, resource_name), NULL},
    {"tenant", FIELD_TEXT, 6, offsetof(struct requirements_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 7, offsetof(struct requirements_metadata, is_duplicate), NULL},
};

static size_t requirements_metadata_far(const void *record)
{
    const struct requirements_metadata *r = record;

    return walk_text_size(r->requirements_id) +
           walk_text_size(r->requirements_name) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant);
}

static char *requirements_metadata_write(char *to, const void *record)
{
    const struct requirements_metadata *r = record;

    to = walk_text(to, 1, r->requirements_id);
    to = walk_text(to, 2, r->requirements_name);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_number(to, 4, (u64)r->requirements_key);
    to = walk_text(to, 5, r->resource_name);
    to = walk_text(to, 6, r->tenant);
    to = walk_number(to, 7, (u64)r->is_duplicate);
    return to;
}

static void requirements_metadata_move(char *to, void *record)
{
    struct requirements_metadata *r = record;

    to = walk_text_move(to, &r->requirements_id);
    to = walk_text_move(to, &r->requirements_name);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape requirements_metadata_shape = {
    "requirements_metadata", sizeof(struct requirements_metadata), requirements_metadata_fields, 7, 0x33,
    requirements_metadata_write, requirements_metadata_far, requirements_metadata_move};

static const struct field artifact_metadata_fields[] = {
    {"artifact_id", FIELD_TEXT, 1, offsetof(struct artifact_metadata, artifact_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct artifact_metadata, version), NULL},
    {"artifact_key", FIELD_U64, 3, offsetof(struct artifact_metadata, artifact_key), NULL},
    {"resource_name", FIELD_TEXT, 4, offsetof(struct artifact_metadata, resource_name), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct artifact_metadata, tenant), NULL},
    {"is_duplicate", FIELD_BOOLEAN, 6, offsetof(struct artifact_metadata, is_duplicate), NULL},
};

static size_t artifact_metadata_far(const void *record)
{
    const struct artifact_metadata *r = record;

    return walk_text_size(r->artifact_id) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant);
}

static char *artifact_metadata_write(char *to, const void *record)
{
    const struct artifact_metadata *r = record;

    to = walk_text(to, 1, r->artifact_id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_number(to, 3, (u64)r->artifact_key);
    to = walk_text(to, 4, r->resource_name);
    to = walk_text(to, 5, r->tenant);
    to = walk_number(to, 6, (u64)r->is_duplicate);
    return to;
}

static void artifact_metadata_move(char *to, void *record)
{
    struct artifact_metadata *r = record;

    to = walk_text_move(to, &r->artifact_id);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape artifact_metadata_shape = {
    "artifact_metadata", sizeof(struct artifact_metadata), artifact_metadata_fields, 6, 0x19,
    artifact_metadata_write, artifact_metadata_far, artifact_metadata_move};

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

static size_t deployment_created_far(const void *record)
{
    const struct deployment_created *r = record;

    if (r->processes.items || r->all.items || r->named.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->tenant);
}

static char *deployment_created_write(char *to, const void *record)
{
    const struct deployment_created *r = record;

    to = walk_number(to, 1, (u64)r->deployment_key);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void deployment_created_move(char *to, void *record)
{
    struct deployment_created *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape deployment_created_shape = {
    "deployment_created", sizeof(struct deployment_created), deployment_created_fields, 5, 0x1e,
    deployment_created_write, deployment_created_far, deployment_created_move};

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

static size_t deployment_distribute_far(const void *record)
{
    const struct deployment_distribute *r = record;

    if (r->resources.items || r->processes.items || r->requirements.items || r->decisions.items || r->artifacts.items)
        return WALK_BY_SHAPE;
    return walk_list_size(r->resource_keys) +
           walk_list_size(r->process_keys) +
           walk_list_size(r->requirements_keys) +
           walk_list_size(r->decision_keys) +
           walk_list_size(r->artifact_keys);
}

static char *deployment_distribute_write(char *to, const void *record)
{
    const struct deployment_distribute *r = record;

    to = walk_list(to, 3, r->resource_keys);
    to = walk_list(to, 4, r->process_keys);
    to = walk_list(to, 6, r->requirements_keys);
    to = walk_list(to, 8, r->decision_keys);
    to = walk_list(to, 10, r->artifact_keys);
    return to;
}

static void deployment_distribute_move(char *to, void *record)
{
    struct deployment_distribute *r = record;

    to = walk_list_move(to, &r->resource_keys);
    to = walk_list_move(to, &r->process_keys);
    to = walk_list_move(to, &r->requirements_keys);
    to = walk_list_move(to, &r->decision_keys);
    to = walk_list_move(to, &r->artifact_keys);
}

const struct shape deployment_distribute_shape = {
    "deployment_distribute", sizeof(struct deployment_distribute), deployment_distribute_fields, 10, 0x3ff,
    deployment_distribute_write, deployment_distribute_far, deployment_distribute_move};

static const struct field resource_delete_fields[] = {
    {"deletes_history", FIELD_BOOLEAN, 1, offsetof(struct resource_delete, deletes_history), NULL},
};

static char *resource_delete_write(char *to, const void *record)
{
    const struct resource_delete *r = record;

    to = walk_number(to, 1, (u64)r->deletes_history);
    return to;
}

const struct shape resource_delete_shape = {
    "resource_delete", sizeof(struct resource_delete), resource_delete_fields, 1, 0x0,
    resource_delete_write};

static const struct field resource_was_deleted_fields[] = {
    {"resource_key", FIELD_TEXT, 1, offsetof(struct resource_was_deleted, resource_key), NULL},
    {"batch", FIELD_ONE, 2, offsetof(struct resource_was_deleted, batch), &batch_created_shape},
};

static size_t resource_was_deleted_far(const void *record)
{
    const struct resource_was_deleted *r = record;

    if (r->batch)
        return WALK_BY_SHAPE;
    return walk_text_size(r->resource_key);
}

static char *resource_was_deleted_write(char *to, const void *record)
{
    const struct resource_was_deleted *r = record;

    to = walk_text(to, 1, r->resource_key);
    return to;
}

static void resource_was_deleted_move(char *to, void *record)
{
    struct resource_was_deleted *r = record;

    to = walk_text_move(to, &r->resource_key);
}

const struct shape resource_was_deleted_shape = {
    "resource_was_deleted", sizeof(struct resource_was_deleted), resource_was_deleted_fields, 2, 0x3,
    resource_was_deleted_write, resource_was_deleted_far, resource_was_deleted_move};

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

static size_t instance_create_far(const void *record)
{
    const struct instance_create *r = record;

    if (r->fetch_variables.items || r->starts.items || r->ends.items || r->tags.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->variables) +
           walk_text_size(r->business_id);
}

static char *instance_create_write(char *to, const void *record)
{
    const struct instance_create *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_number(to, 3, (u64)r->process_key);
    to = walk_text(to, 4, r->variables);
    to = walk_number(to, 5, (u64)r->awaits_result);
    to = walk_text(to, 10, r->business_id);
    return to;
}

static void instance_create_move(char *to, void *record)
{
    struct instance_create *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->business_id);
}

const struct shape instance_create_shape = {
    "instance_create", sizeof(struct instance_create), instance_create_fields, 10, 0x3e9,
    instance_create_write, instance_create_far, instance_create_move};

static const struct field start_instruction_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct start_instruction, element_id), NULL},
};

static size_t start_instruction_far(const void *record)
{
    const struct start_instruction *r = record;

    return walk_text_size(r->element_id);
}

static char *start_instruction_write(char *to, const void *record)
{
    const struct start_instruction *r = record;

    to = walk_text(to, 1, r->element_id);
    return to;
}

static void start_instruction_move(char *to, void *record)
{
    struct start_instruction *r = record;

    to = walk_text_move(to, &r->element_id);
}

const struct shape start_instruction_shape = {
    "start_instruction", sizeof(struct start_instruction), start_instruction_fields, 1, 0x1,
    start_instruction_write, start_instruction_far, start_instruction_move};

static const struct field runtime_instruction_fields[] = {
    {"after_element_id", FIELD_TEXT, 1, offsetof(struct runtime_instruction, after_element_id), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct runtime_instruction, type), NULL},
};

static size_t runtime_instruction_far(const void *record)
{
    const struct runtime_instruction *r = record;

    return walk_text_size(r->after_element_id) +
           walk_text_size(r->type);
}

static char *runtime_instruction_write(char *to, const void *record)
{
    const struct runtime_instruction *r = record;

    to = walk_text(to, 1, r->after_element_id);
    to = walk_text(to, 2, r->type);
    return to;
}

static void runtime_instruction_move(char *to, void *record)
{
    struct runtime_instruction *r = record;

    to = walk_text_move(to, &r->after_element_id);
    to = walk_text_move(to, &r->type);
}

const struct shape runtime_instruction_shape = {
    "runtime_instruction", sizeof(struct runtime_instruction), runtime_instruction_fields, 2, 0x3,
    runtime_instruction_write, runtime_instruction_far, runtime_instruction_move};

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

static size_t instance_created_far(const void *record)
{
    const struct instance_created *r = record;

    if (r->tags.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->tenant) +
           walk_text_size(r->variables) +
           walk_text_size(r->business_id);
}

static char *instance_created_write(char *to, const void *record)
{
    const struct instance_created *r = record;

    to = walk_number(to, 1, (u64)r->process_key);
    to = walk_text(to, 2, r->bpmn_process_id);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_number(to, 4, (u64)r->instance_key);
    to = walk_text(to, 5, r->tenant);
    to = walk_text(to, 6, r->variables);
    to = walk_text(to, 8, r->business_id);
    return to;
}

static void instance_created_move(char *to, void *record)
{
    struct instance_created *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->business_id);
}

const struct shape instance_created_shape = {
    "instance_created", sizeof(struct instance_created), instance_created_fields, 8, 0xf2,
    instance_created_write, instance_created_far, instance_created_move};

static const struct field variable_instruction_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct variable_instruction, variables), NULL},
    {"scope_id", FIELD_TEXT, 2, offsetof(struct variable_instruction, scope_id), NULL},
};

static size_t variable_instruction_far(const void *record)
{
    const struct variable_instruction *r = record;

    return walk_text_size(r->variables) +
           walk_text_size(r->scope_id);
}

static char *variable_instruction_write(char *to, const void *record)
{
    const struct variable_instruction *r = record;

    to = walk_text(to, 1, r->variables);
    to = walk_text(to, 2, r->scope_id);
    return to;
}

static void variable_instruction_move(char *to, void *record)
{
    struct variable_instruction *r = record;

    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->scope_id);
}

const struct shape variable_instruction_shape = {
    "variable_instruction", sizeof(struct variable_instruction), variable_instruction_fields, 2, 0x3,
    variable_instruction_write, variable_instruction_far, variable_instruction_move};

static const struct field activate_instruction_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct activate_instruction, element_id), NULL},
    {"ancestor", FIELD_U64, 2, offsetof(struct activate_instruction, ancestor), NULL},
    {"variables", FIELD_MANY, 3, offsetof(struct activate_instruction, variables), &variable_instruction_shape},
};

static size_t activate_instruction_far(const void *record)
{
    const struct activate_instruction *r = record;

    if (r->variables.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->element_id);
}

static char *activate_instruction_write(char *to, const void *record)
{
    const struct activate_instruction *r = record;

    to = walk_text(to, 1, r->element_id);
    to = walk_number(to, 2, (u64)r->ancestor);
    return to;
}

static void activate_instruction_move(char *to, void *record)
{
    struct activate_instruction *r = record;

    to = walk_text_move(to, &r->element_id);
}

const struct shape activate_instruction_shape = {
    "activate_instruction", sizeof(struct activate_instruction), activate_instruction_fields, 3, 0x5,
    activate_instruction_write, activate_instruction_far, activate_instruction_move};

static const struct field terminate_instruction_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct terminate_instruction, element_instance), NULL},
    {"element_id", FIELD_TEXT, 2, offsetof(struct terminate_instruction, element_id), NULL},
};

static size_t terminate_instruction_far(const void *record)
{
    const struct terminate_instruction *r = record;

    return walk_text_size(r->element_id);
}

static char *terminate_instruction_write(char *to, const void *record)
{
    const struct terminate_instruction *r = record;

    to = walk_number(to, 1, (u64)r->element_instance);
    to = walk_text(to, 2, r->element_id);
    return to;
}

static void terminate_instruction_move(char *to, void *record)
{
    struct terminate_instruction *r = record;

    to = walk_text_move(to, &r->element_id);
}

const struct shape terminate_instruction_shape = {
    "terminate_instruction", sizeof(struct terminate_instruction), terminate_instruction_fields, 2, 0x2,
    terminate_instruction_write, terminate_instruction_far, terminate_instruction_move};

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

static size_t move_instruction_far(const void *record)
{
    const struct move_instruction *r = record;

    if (r->variables.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->source_id) +
           walk_text_size(r->target_id) +
           walk_text_size(r->source_type) +
           walk_text_size(r->ancestor_type);
}

static char *move_instruction_write(char *to, const void *record)
{
    const struct move_instruction *r = record;

    to = walk_number(to, 1, (u64)r->source_instance);
    to = walk_text(to, 2, r->source_id);
    to = walk_text(to, 3, r->target_id);
    to = walk_number(to, 5, (u64)r->ancestor);
    to = walk_number(to, 6, (u64)r->infers_ancestor);
    to = walk_number(to, 7, (u64)r->uses_source_parent);
    to = walk_text(to, 8, r->source_type);
    to = walk_text(to, 9, r->ancestor_type);
    return to;
}

static void move_instruction_move(char *to, void *record)
{
    struct move_instruction *r = record;

    to = walk_text_move(to, &r->source_id);
    to = walk_text_move(to, &r->target_id);
    to = walk_text_move(to, &r->source_type);
    to = walk_text_move(to, &r->ancestor_type);
}

const struct shape move_instruction_shape = {
    "move_instruction", sizeof(struct move_instruction), move_instruction_fields, 9, 0x18e,
    move_instruction_write, move_instruction_far, move_instruction_move};

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

static size_t mapping_instruction_far(const void *record)
{
    const struct mapping_instruction *r = record;

    return walk_text_size(r->source_id) +
           walk_text_size(r->target_id);
}

static char *mapping_instruction_write(char *to, const void *record)
{
    const struct mapping_instruction *r = record;

    to = walk_text(to, 1, r->source_id);
    to = walk_text(to, 2, r->target_id);
    return to;
}

static void mapping_instruction_move(char *to, void *record)
{
    struct mapping_instruction *r = record;

    to = walk_text_move(to, &r->source_id);
    to = walk_text_move(to, &r->target_id);
}

const struct shape mapping_instruction_shape = {
    "mapping_instruction", sizeof(struct mapping_instruction), mapping_instruction_fields, 2, 0x3,
    mapping_instruction_write, mapping_instruction_far, mapping_instruction_move};

static const struct field instance_migrate_fields[] = {
    {"target_process", FIELD_U64, 1, offsetof(struct instance_migrate, target_process), NULL},
    {"mappings", FIELD_MANY, 2, offsetof(struct instance_migrate, mappings), &mapping_instruction_shape},
};

static size_t instance_migrate_far(const void *record)
{
    const struct instance_migrate *r = record;

    if (r->mappings.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *instance_migrate_write(char *to, const void *record)
{
    const struct instance_migrate *r = record;

    to = walk_number(to, 1, (u64)r->target_process);
    return to;
}

const struct shape instance_migrate_shape = {
    "instance_migrate", sizeof(struct instance_migrate), instance_migrate_fields, 2, 0x2,
    instance_migrate_write, instance_migrate_far};

static const struct field job_update_priority_fields[] = {
    {"priority", FIELD_I32, 1, offsetof(struct job_update_priority, priority), NULL},
    {"has_priority", FIELD_BOOLEAN, 2, offsetof(struct job_update_priority, has_priority), NULL},
};

static char *job_update_priority_write(char *to, const void *record)
{
    const struct job_update_priority *r = record;

    to = walk_number(to, 1, (u64)r->priority);
    to = walk_number(to, 2, (u64)r->has_priority);
    return to;
}

const struct shape job_update_priority_shape = {
    "job_update_priority", sizeof(struct job_update_priority), job_update_priority_fields, 2, 0x0,
    job_update_priority_write};

static const struct field business_id_assign_fields[] = {
    {"business_id", FIELD_TEXT, 1, offsetof(struct business_id_assign, business_id), NULL},
};

static size_t business_id_assign_far(const void *record)
{
    const struct business_id_assign *r = record;

    return walk_text_size(r->business_id);
}

static char *business_id_assign_write(char *to, const void *record)
{
    const struct business_id_assign *r = record;

    to = walk_text(to, 1, r->business_id);
    return to;
}

static void business_id_assign_move(char *to, void *record)
{
    struct business_id_assign *r = record;

    to = walk_text_move(to, &r->business_id);
}

const struct shape business_id_assign_shape = {
    "business_id_assign", sizeof(struct business_id_assign), business_id_assign_fields, 1, 0x1,
    business_id_assign_write, business_id_assign_far, business_id_assign_move};

static const struct field job_activate_fields[] = {
    {"type", FIELD_TEXT, 1, offsetof(struct job_activate, type), NULL},
    {"worker", FIELD_TEXT, 2, offsetof(struct job_activate, worker), NULL},
    {"timeout", FIELD_I64, 3, offsetof(struct job_activate, timeout), NULL},
    {"max_jobs", FIELD_I32, 4, offsetof(struct job_activate, max_jobs), NULL},
    {"fetch_variables", FIELD_LIST_TEXT, 5, offsetof(struct job_activate, fetch_variables), NULL},
    {"tenants", FIELD_LIST_TEXT, 6, offsetof(struct job_activate, tenants), NULL},
};

static size_t job_activate_far(const void *record)
{
    const struct job_activate *r = record;

    if (r->fetch_variables.items || r->tenants.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->type) +
           walk_text_size(r->worker);
}

static char *job_activate_write(char *to, const void *record)
{
    const struct job_activate *r = record;

    to = walk_text(to, 1, r->type);
    to = walk_text(to, 2, r->worker);
    to = walk_number(to, 3, (u64)r->timeout);
    to = walk_number(to, 4, (u64)r->max_jobs);
    return to;
}

static void job_activate_move(char *to, void *record)
{
    struct job_activate *r = record;

    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->worker);
}

const struct shape job_activate_shape = {
    "job_activate", sizeof(struct job_activate), job_activate_fields, 6, 0x33,
    job_activate_write, job_activate_far, job_activate_move};

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

static size_t user_task_properties_far(const void *record)
{
    const struct user_task_properties *r = record;

    if (r->candidate_groups.items || r->candidate_users.items || r->changed_attributes.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->action) +
           walk_text_size(r->assignee) +
           walk_text_size(r->due_date) +
           walk_text_size(r->follow_up_date);
}

static char *user_task_properties_write(char *to, const void *record)
{
    const struct user_task_properties *r = record;

    to = walk_text(to, 1, r->action);
    to = walk_text(to, 2, r->assignee);
    to = walk_text(to, 6, r->due_date);
    to = walk_text(to, 7, r->follow_up_date);
    to = walk_number(to, 8, (u64)r->form_key);
    to = walk_number(to, 9, (u64)r->priority);
    to = walk_number(to, 10, (u64)r->key);
    return to;
}

static void user_task_properties_move(char *to, void *record)
{
    struct user_task_properties *r = record;

    to = walk_text_move(to, &r->action);
    to = walk_text_move(to, &r->assignee);
    to = walk_text_move(to, &r->due_date);
    to = walk_text_move(to, &r->follow_up_date);
}

const struct shape user_task_properties_shape = {
    "user_task_properties", sizeof(struct user_task_properties), user_task_properties_fields, 10, 0x7f,
    user_task_properties_write, user_task_properties_far, user_task_properties_move};

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

static size_t activated_job_far(const void *record)
{
    const struct activated_job *r = record;

    if (r->tags.items || r->user_task)
        return WALK_BY_SHAPE;
    return walk_text_size(r->type) +
           walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->element_id) +
           walk_text_size(r->custom_headers) +
           walk_text_size(r->worker) +
           walk_text_size(r->variables) +
           walk_text_size(r->tenant) +
           walk_text_size(r->kind_name) +
           walk_text_size(r->listener_event_name) +
           walk_text_size(r->business_id);
}

static char *activated_job_write(char *to, const void *record)
{
    const struct activated_job *r = record;

    to = walk_number(to, 1, (u64)r->key);
    to = walk_text(to, 2, r->type);
    to = walk_number(to, 3, (u64)r->instance_key);
    to = walk_text(to, 4, r->bpmn_process_id);
    to = walk_number(to, 5, (u64)r->version);
    to = walk_number(to, 6, (u64)r->process_key);
    to = walk_text(to, 7, r->element_id);
    to = walk_number(to, 8, (u64)r->element_instance_key);
    to = walk_text(to, 9, r->custom_headers);
    to = walk_text(to, 10, r->worker);
    to = walk_number(to, 11, (u64)r->retries);
    to = walk_number(to, 12, (u64)r->deadline);
    to = walk_text(to, 13, r->variables);
    to = walk_text(to, 14, r->tenant);
    to = walk_number(to, 15, (u64)r->kind);
    to = walk_text(to, 16, r->kind_name);
    to = walk_number(to, 17, (u64)r->listener_event);
    to = walk_text(to, 18, r->listener_event_name);
    to = walk_text(to, 20, r->business_id);
    to = walk_number(to, 21, (u64)r->priority);
    to = walk_number(to, 22, (u64)r->root_instance_key);
    return to;
}

static void activated_job_move(char *to, void *record)
{
    struct activated_job *r = record;

    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->element_id);
    to = walk_text_move(to, &r->custom_headers);
    to = walk_text_move(to, &r->worker);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->kind_name);
    to = walk_text_move(to, &r->listener_event_name);
    to = walk_text_move(to, &r->business_id);
}

const struct shape activated_job_shape = {
    "activated_job", sizeof(struct activated_job), activated_job_fields, 23, 0x4eb34a,
    activated_job_write, activated_job_far, activated_job_move};

static const struct field jobs_activated_fields[] = {
    {"jobs", FIELD_MANY, 1, offsetof(struct jobs_activated, jobs), &activated_job_shape},
    {"is_truncated", FIELD_BOOLEAN, 2, offsetof(struct jobs_activated, is_truncated), NULL},
};

static size_t jobs_activated_far(const void *record)
{
    const struct jobs_activated *r = record;

    if (r->jobs.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *jobs_activated_write(char *to, const void *record)
{
    const struct jobs_activated *r = record;

    to = walk_number(to, 2, (u64)r->is_truncated);
    return to;
}

const struct shape jobs_activated_shape = {
    "jobs_activated", sizeof(struct jobs_activated), jobs_activated_fields, 2, 0x1,
    jobs_activated_write, jobs_activated_far};

static const struct field job_complete_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct job_complete, variables), NULL},
    {"is_denied", FIELD_BOOLEAN, 2, offsetof(struct job_complete, is_denied), NULL},
    {"denied_reason", FIELD_TEXT, 3, offsetof(struct job_complete, denied_reason), NULL},
    {"corrections", FIELD_ONE, 4, offsetof(struct job_complete, corrections), &user_task_change_shape},
    {"activates", FIELD_MANY, 5, offsetof(struct job_complete, activates), &ad_hoc_element_shape},
    {"is_fulfilled", FIELD_BOOLEAN, 6, offsetof(struct job_complete, is_fulfilled), NULL},
    {"cancels_remaining", FIELD_BOOLEAN, 7, offsetof(struct job_complete, cancels_remaining), NULL},
};

static size_t job_complete_far(const void *record)
{
    const struct job_complete *r = record;

    if (r->corrections || r->activates.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->variables) +
           walk_text_size(r->denied_reason);
}

static char *job_complete_write(char *to, const void *record)
{
    const struct job_complete *r = record;

    to = walk_text(to, 1, r->variables);
    to = walk_number(to, 2, (u64)r->is_denied);
    to = walk_text(to, 3, r->denied_reason);
    to = walk_number(to, 6, (u64)r->is_fulfilled);
    to = walk_number(to, 7, (u64)r->cancels_remaining);
    return to;
}

static void job_complete_move(char *to, void *record)
{
    struct job_complete *r = record;

    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->denied_reason);
}

const struct shape job_complete_shape = {
    "job_complete", sizeof(struct job_complete), job_complete_fields, 7, 0x1d,
    job_complete_write, job_complete_far, job_complete_move};

static const struct field ad_hoc_element_fields[] = {
    {"element_id", FIELD_TEXT, 1, offsetof(struct ad_hoc_element, element_id), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct ad_hoc_element, variables), NULL},
};

static size_t ad_hoc_element_far(const void *record)
{
    const struct ad_hoc_element *r = record;

    return walk_text_size(r->element_id) +
           walk_text_size(r->variables);
}

static char *ad_hoc_element_write(char *to, const void *record)
{
    const struct ad_hoc_element *r = record;

    to = walk_text(to, 1, r->element_id);
    to = walk_text(to, 2, r->variables);
    return to;
}

static void ad_hoc_element_move(char *to, void *record)
{
    struct ad_hoc_element *r = record;

    to = walk_text_move(to, &r->element_id);
    to = walk_text_move(to, &r->variables);
}

const struct shape ad_hoc_element_shape = {
    "ad_hoc_element", sizeof(struct ad_hoc_element), ad_hoc_element_fields, 2, 0x3,
    ad_hoc_element_write, ad_hoc_element_far, ad_hoc_element_move};

static const struct field ad_hoc_activate_fields[] = {
    {"elements", FIELD_MANY, 1, offsetof(struct ad_hoc_activate, elements), &ad_hoc_element_shape},
    {"cancels_remaining", FIELD_BOOLEAN, 2, offsetof(struct ad_hoc_activate, cancels_remaining), NULL},
};

static size_t ad_hoc_activate_far(const void *record)
{
    const struct ad_hoc_activate *r = record;

    if (r->elements.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *ad_hoc_activate_write(char *to, const void *record)
{
    const struct ad_hoc_activate *r = record;

    to = walk_number(to, 2, (u64)r->cancels_remaining);
    return to;
}

const struct shape ad_hoc_activate_shape = {
    "ad_hoc_activate", sizeof(struct ad_hoc_activate), ad_hoc_activate_fields, 2, 0x1,
    ad_hoc_activate_write, ad_hoc_activate_far};

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

static size_t user_task_change_far(const void *record)
{
    const struct user_task_change *r = record;

    if (r->candidate_groups.items || r->candidate_users.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->assignee) +
           walk_text_size(r->due_date) +
           walk_text_size(r->follow_up_date);
}

static char *user_task_change_write(char *to, const void *record)
{
    const struct user_task_change *r = record;

    to = walk_number(to, 1, (u64)r->has_assignee);
    to = walk_text(to, 2, r->assignee);
    to = walk_number(to, 3, (u64)r->has_candidate_groups);
    to = walk_number(to, 5, (u64)r->has_candidate_users);
    to = walk_number(to, 7, (u64)r->has_due_date);
    to = walk_text(to, 8, r->due_date);
    to = walk_number(to, 9, (u64)r->has_follow_up_date);
    to = walk_text(to, 10, r->follow_up_date);
    to = walk_number(to, 11, (u64)r->has_priority);
    to = walk_number(to, 12, (u64)r->priority);
    return to;
}

static void user_task_change_move(char *to, void *record)
{
    struct user_task_change *r = record;

    to = walk_text_move(to, &r->assignee);
    to = walk_text_move(to, &r->due_date);
    to = walk_text_move(to, &r->follow_up_date);
}

const struct shape user_task_change_shape = {
    "user_task_change", sizeof(struct user_task_change), user_task_change_fields, 12, 0x2aa,
    user_task_change_write, user_task_change_far, user_task_change_move};

static const struct field user_task_complete_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct user_task_complete, variables), NULL},
    {"action", FIELD_TEXT, 2, offsetof(struct user_task_complete, action), NULL},
};

static size_t user_task_complete_far(const void *record)
{
    const struct user_task_complete *r = record;

    return walk_text_size(r->variables) +
           walk_text_size(r->action);
}

static char *user_task_complete_write(char *to, const void *record)
{
    const struct user_task_complete *r = record;

    to = walk_text(to, 1, r->variables);
    to = walk_text(to, 2, r->action);
    return to;
}

static void user_task_complete_move(char *to, void *record)
{
    struct user_task_complete *r = record;

    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->action);
}

const struct shape user_task_complete_shape = {
    "user_task_complete", sizeof(struct user_task_complete), user_task_complete_fields, 2, 0x3,
    user_task_complete_write, user_task_complete_far, user_task_complete_move};

static const struct field user_task_assign_fields[] = {
    {"assignee", FIELD_TEXT, 1, offsetof(struct user_task_assign, assignee), NULL},
    {"has_override", FIELD_BOOLEAN, 2, offsetof(struct user_task_assign, has_override), NULL},
    {"overrides", FIELD_BOOLEAN, 3, offsetof(struct user_task_assign, overrides), NULL},
    {"action", FIELD_TEXT, 4, offsetof(struct user_task_assign, action), NULL},
};

static size_t user_task_assign_far(const void *record)
{
    const struct user_task_assign *r = record;

    return walk_text_size(r->assignee) +
           walk_text_size(r->action);
}

static char *user_task_assign_write(char *to, const void *record)
{
    const struct user_task_assign *r = record;

    to = walk_text(to, 1, r->assignee);
    to = walk_number(to, 2, (u64)r->has_override);
    to = walk_number(to, 3, (u64)r->overrides);
    to = walk_text(to, 4, r->action);
    return to;
}

static void user_task_assign_move(char *to, void *record)
{
    struct user_task_assign *r = record;

    to = walk_text_move(to, &r->assignee);
    to = walk_text_move(to, &r->action);
}

const struct shape user_task_assign_shape = {
    "user_task_assign", sizeof(struct user_task_assign), user_task_assign_fields, 4, 0x9,
    user_task_assign_write, user_task_assign_far, user_task_assign_move};

static const struct field user_task_update_fields[] = {
    {"changeset", FIELD_ONE, 1, offsetof(struct user_task_update, changeset), &user_task_change_shape},
    {"action", FIELD_TEXT, 2, offsetof(struct user_task_update, action), NULL},
};

static size_t user_task_update_far(const void *record)
{
    const struct user_task_update *r = record;

    if (r->changeset)
        return WALK_BY_SHAPE;
    return walk_text_size(r->action);
}

static char *user_task_update_write(char *to, const void *record)
{
    const struct user_task_update *r = record;

    to = walk_text(to, 2, r->action);
    return to;
}

static void user_task_update_move(char *to, void *record)
{
    struct user_task_update *r = record;

    to = walk_text_move(to, &r->action);
}

const struct shape user_task_update_shape = {
    "user_task_update", sizeof(struct user_task_update), user_task_update_fields, 2, 0x3,
    user_task_update_write, user_task_update_far, user_task_update_move};

static const struct field job_fail_fields[] = {
    {"retries", FIELD_I32, 1, offsetof(struct job_fail, retries), NULL},
    {"error_message", FIELD_TEXT, 2, offsetof(struct job_fail, error_message), NULL},
    {"retry_back_off", FIELD_I64, 3, offsetof(struct job_fail, retry_back_off), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct job_fail, variables), NULL},
};

static size_t job_fail_far(const void *record)
{
    const struct job_fail *r = record;

    return walk_text_size(r->error_message) +
           walk_text_size(r->variables);
}

static char *job_fail_write(char *to, const void *record)
{
    const struct job_fail *r = record;

    to = walk_number(to, 1, (u64)r->retries);
    to = walk_text(to, 2, r->error_message);
    to = walk_number(to, 3, (u64)r->retry_back_off);
    to = walk_text(to, 4, r->variables);
    return to;
}

static void job_fail_move(char *to, void *record)
{
    struct job_fail *r = record;

    to = walk_text_move(to, &r->error_message);
    to = walk_text_move(to, &r->variables);
}

const struct shape job_fail_shape = {
    "job_fail", sizeof(struct job_fail), job_fail_fields, 4, 0xa,
    job_fail_write, job_fail_far, job_fail_move};

static const struct field job_throw_error_fields[] = {
    {"error_code", FIELD_TEXT, 1, offsetof(struct job_throw_error, error_code), NULL},
    {"error_message", FIELD_TEXT, 2, offsetof(struct job_throw_error, error_message), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct job_throw_error, variables), NULL},
};

static size_t job_throw_error_far(const void *record)
{
    const struct job_throw_error *r = record;

    return walk_text_size(r->error_code) +
           walk_text_size(r->error_message) +
           walk_text_size(r->variables);
}

static char *job_throw_error_write(char *to, const void *record)
{
    const struct job_throw_error *r = record;

    to = walk_text(to, 1, r->error_code);
    to = walk_text(to, 2, r->error_message);
    to = walk_text(to, 3, r->variables);
    return to;
}

static void job_throw_error_move(char *to, void *record)
{
    struct job_throw_error *r = record;

    to = walk_text_move(to, &r->error_code);
    to = walk_text_move(to, &r->error_message);
    to = walk_text_move(to, &r->variables);
}

const struct shape job_throw_error_shape = {
    "job_throw_error", sizeof(struct job_throw_error), job_throw_error_fields, 3, 0x7,
    job_throw_error_write, job_throw_error_far, job_throw_error_move};

static const struct field job_update_retries_fields[] = {
    {"retries", FIELD_I32, 1, offsetof(struct job_update_retries, retries), NULL},
};

static char *job_update_retries_write(char *to, const void *record)
{
    const struct job_update_retries *r = record;

    to = walk_number(to, 1, (u64)r->retries);
    return to;
}

const struct shape job_update_retries_shape = {
    "job_update_retries", sizeof(struct job_update_retries), job_update_retries_fields, 1, 0x0,
    job_update_retries_write};

static const struct field job_update_timeout_fields[] = {
    {"timeout", FIELD_I64, 1, offsetof(struct job_update_timeout, timeout), NULL},
};

static char *job_update_timeout_write(char *to, const void *record)
{
    const struct job_update_timeout *r = record;

    to = walk_number(to, 1, (u64)r->timeout);
    return to;
}

const struct shape job_update_timeout_shape = {
    "job_update_timeout", sizeof(struct job_update_timeout), job_update_timeout_fields, 1, 0x0,
    job_update_timeout_write};

static const struct field job_update_fields[] = {
    {"has_retries", FIELD_BOOLEAN, 1, offsetof(struct job_update, has_retries), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_update, retries), NULL},
    {"has_timeout", FIELD_BOOLEAN, 3, offsetof(struct job_update, has_timeout), NULL},
    {"timeout", FIELD_I64, 4, offsetof(struct job_update, timeout), NULL},
    {"has_priority", FIELD_BOOLEAN, 5, offsetof(struct job_update, has_priority), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct job_update, priority), NULL},
};

static char *job_update_write(char *to, const void *record)
{
    const struct job_update *r = record;

    to = walk_number(to, 1, (u64)r->has_retries);
    to = walk_number(to, 2, (u64)r->retries);
    to = walk_number(to, 3, (u64)r->has_timeout);
    to = walk_number(to, 4, (u64)r->timeout);
    to = walk_number(to, 5, (u64)r->has_priority);
    to = walk_number(to, 6, (u64)r->priority);
    return to;
}

const struct shape job_update_shape = {
    "job_update", sizeof(struct job_update), job_update_fields, 6, 0x0,
    job_update_write};

static const struct field message_publish_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct message_publish, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct message_publish, correlation_key), NULL},
    {"time_to_live", FIELD_I64, 3, offsetof(struct message_publish, time_to_live), NULL},
    {"message_id", FIELD_TEXT, 4, offsetof(struct message_publish, message_id), NULL},
    {"variables", FIELD_JSON, 5, offsetof(struct message_publish, variables), NULL},
};

static size_t message_publish_far(const void *record)
{
    const struct message_publish *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->message_id) +
           walk_text_size(r->variables);
}

static char *message_publish_write(char *to, const void *record)
{
    const struct message_publish *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->correlation_key);
    to = walk_number(to, 3, (u64)r->time_to_live);
    to = walk_text(to, 4, r->message_id);
    to = walk_text(to, 5, r->variables);
    return to;
}

static void message_publish_move(char *to, void *record)
{
    struct message_publish *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->message_id);
    to = walk_text_move(to, &r->variables);
}

const struct shape message_publish_shape = {
    "message_publish", sizeof(struct message_publish), message_publish_fields, 5, 0x1b,
    message_publish_write, message_publish_far, message_publish_move};

static const struct field message_published_fields[] = {
    {"message_key", FIELD_U64, 1, offsetof(struct message_published, message_key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct message_published, tenant), NULL},
};

static size_t message_published_far(const void *record)
{
    const struct message_published *r = record;

    return walk_text_size(r->tenant);
}

static char *message_published_write(char *to, const void *record)
{
    const struct message_published *r = record;

    to = walk_number(to, 1, (u64)r->message_key);
    to = walk_text(to, 2, r->tenant);
    return to;
}

static void message_published_move(char *to, void *record)
{
    struct message_published *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape message_published_shape = {
    "message_published", sizeof(struct message_published), message_published_fields, 2, 0x2,
    message_published_write, message_published_far, message_published_move};

static const struct field message_correlate_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct message_correlate, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct message_correlate, correlation_key), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct message_correlate, variables), NULL},
};

static size_t message_correlate_far(const void *record)
{
    const struct message_correlate *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->variables);
}

static char *message_correlate_write(char *to, const void *record)
{
    const struct message_correlate *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->correlation_key);
    to = walk_text(to, 3, r->variables);
    return to;
}

static void message_correlate_move(char *to, void *record)
{
    struct message_correlate *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->variables);
}

const struct shape message_correlate_shape = {
    "message_correlate", sizeof(struct message_correlate), message_correlate_fields, 3, 0x7,
    message_correlate_write, message_correlate_far, message_correlate_move};

static const struct field message_correlated_fields[] = {
    {"message_key", FIELD_U64, 1, offsetof(struct message_correlated, message_key), NULL},
    {"instance_key", FIELD_U64, 2, offsetof(struct message_correlated, instance_key), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct message_correlated, tenant), NULL},
};

static size_t message_correlated_far(const void *record)
{
    const struct message_correlated *r = record;

    return walk_text_size(r->tenant);
}

static char *message_correlated_write(char *to, const void *record)
{
    const struct message_correlated *r = record;

    to = walk_number(to, 1, (u64)r->message_key);
    to = walk_number(to, 2, (u64)r->instance_key);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void message_correlated_move(char *to, void *record)
{
    struct message_correlated *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape message_correlated_shape = {
    "message_correlated", sizeof(struct message_correlated), message_correlated_fields, 3, 0x4,
    message_correlated_write, message_correlated_far, message_correlated_move};

static const struct field decision_evaluate_fields[] = {
    {"decision_id", FIELD_TEXT, 1, offsetof(struct decision_evaluate, decision_id), NULL},
    {"decision_key", FIELD_U64, 2, offsetof(struct decision_evaluate, decision_key), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct decision_evaluate, variables), NULL},
};

static size_t decision_evaluate_far(const void *record)
{
    const struct decision_evaluate *r = record;

    return walk_text_size(r->decision_id) +
           walk_text_size(r->variables);
}

static char *decision_evaluate_write(char *to, const void *record)
{
    const struct decision_evaluate *r = record;

    to = walk_text(to, 1, r->decision_id);
    to = walk_number(to, 2, (u64)r->decision_key);
    to = walk_text(to, 3, r->variables);
    return to;
}

static void decision_evaluate_move(char *to, void *record)
{
    struct decision_evaluate *r = record;

    to = walk_text_move(to, &r->decision_id);
    to = walk_text_move(to, &r->variables);
}

const struct shape decision_evaluate_shape = {
    "decision_evaluate", sizeof(struct decision_evaluate), decision_evaluate_fields, 3, 0x5,
    decision_evaluate_write, decision_evaluate_far, decision_evaluate_move};

static const struct field evaluated_input_fields[] = {
    {"input_id", FIELD_TEXT, 1, offsetof(struct evaluated_input, input_id), NULL},
    {"input_name", FIELD_TEXT, 2, offsetof(struct evaluated_input, input_name), NULL},
    {"value", FIELD_JSON, 3, offsetof(struct evaluated_input, value), NULL},
};

static size_t evaluated_input_far(const void *record)
{
    const struct evaluated_input *r = record;

    return walk_text_size(r->input_id) +
           walk_text_size(r->input_name) +
           walk_text_size(r->value);
}

static char *evaluated_input_write(char *to, const void *record)
{
    const struct evaluated_input *r = record;

    to = walk_text(to, 1, r->input_id);
    to = walk_text(to, 2, r->input_name);
    to = walk_text(to, 3, r->value);
    return to;
}

static void evaluated_input_move(char *to, void *record)
{
    struct evaluated_input *r = record;

    to = walk_text_move(to, &r->input_id);
    to = walk_text_move(to, &r->input_name);
    to = walk_text_move(to, &r->value);
}

const struct shape evaluated_input_shape = {
    "evaluated_input", sizeof(struct evaluated_input), evaluated_input_fields, 3, 0x7,
    evaluated_input_write, evaluated_input_far, evaluated_input_move};

static const struct field evaluated_output_fields[] = {
    {"output_id", FIELD_TEXT, 1, offsetof(struct evaluated_output, output_id), NULL},
    {"output_name", FIELD_TEXT, 2, offsetof(struct evaluated_output, output_name), NULL},
    {"value", FIELD_JSON, 3, offsetof(struct evaluated_output, value), NULL},
    {"rule_id", FIELD_TEXT, 4, offsetof(struct evaluated_output, rule_id), NULL},
    {"rule_index", FIELD_I32, 5, offsetof(struct evaluated_output, rule_index), NULL},
};

static size_t evaluated_output_far(const void *record)
{
    const struct evaluated_output *r = record;

    return walk_text_size(r->output_id) +
           walk_text_size(r->output_name) +
           walk_text_size(r->value) +
           walk_text_size(r->rule_id);
}

static char *evaluated_output_write(char *to, const void *record)
{
    const struct evaluated_output *r = record;

    to = walk_text(to, 1, r->output_id);
    to = walk_text(to, 2, r->output_name);
    to = walk_text(to, 3, r->value);
    to = walk_text(to, 4, r->rule_id);
    to = walk_number(to, 5, (u64)r->rule_index);
    return to;
}

static void evaluated_output_move(char *to, void *record)
{
    struct evaluated_output *r = record;

    to = walk_text_move(to, &r->output_id);
    to = walk_text_move(to, &r->output_name);
    to = walk_text_move(to, &r->value);
    to = walk_text_move(to, &r->rule_id);
}

const struct shape evaluated_output_shape = {
    "evaluated_output", sizeof(struct evaluated_output), evaluated_output_fields, 5, 0xf,
    evaluated_output_write, evaluated_output_far, evaluated_output_move};

static const struct field matched_rule_fields[] = {
    {"rule_id", FIELD_TEXT, 1, offsetof(struct matched_rule, rule_id), NULL},
    {"rule_index", FIELD_I32, 2, offsetof(struct matched_rule, rule_index), NULL},
    {"outputs", FIELD_MANY, 3, offsetof(struct matched_rule, outputs), &evaluated_output_shape},
};

static size_t matched_rule_far(const void *record)
{
    const struct matched_rule *r = record;

    if (r->outputs.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->rule_id);
}

static char *matched_rule_write(char *to, const void *record)
{
    const struct matched_rule *r = record;

    to = walk_text(to, 1, r->rule_id);
    to = walk_number(to, 2, (u64)r->rule_index);
    return to;
}

static void matched_rule_move(char *to, void *record)
{
    struct matched_rule *r = record;

    to = walk_text_move(to, &r->rule_id);
}

const struct shape matched_rule_shape = {
    "matched_rule", sizeof(struct matched_rule), matched_rule_fields, 3, 0x5,
    matched_rule_write, matched_rule_far, matched_rule_move};

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

static size_t evaluated_decision_far(const void *record)
{
    const struct evaluated_decision *r = record;

    if (r->rules.items || r->inputs.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->decision_id) +
           walk_text_size(r->decision_name) +
           walk_text_size(r->type) +
           walk_text_size(r->output) +
           walk_text_size(r->tenant) +
           walk_text_size(r->instance_key);
}

static char *evaluated_decision_write(char *to, const void *record)
{
    const struct evaluated_decision *r = record;

    to = walk_number(to, 1, (u64)r->decision_key);
    to = walk_text(to, 2, r->decision_id);
    to = walk_text(to, 3, r->decision_name);
    to = walk_number(to, 4, (u64)r->version);
    to = walk_text(to, 5, r->type);
    to = walk_text(to, 6, r->output);
    to = walk_text(to, 9, r->tenant);
    to = walk_text(to, 10, r->instance_key);
    return to;
}

static void evaluated_decision_move(char *to, void *record)
{
    struct evaluated_decision *r = record;

    to = walk_text_move(to, &r->decision_id);
    to = walk_text_move(to, &r->decision_name);
    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->output);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->instance_key);
}

const struct shape evaluated_decision_shape = {
    "evaluated_decision", sizeof(struct evaluated_decision), evaluated_decision_fields, 10, 0x3f6,
    evaluated_decision_write, evaluated_decision_far, evaluated_decision_move};

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

static size_t decision_evaluated_far(const void *record)
{
    const struct decision_evaluated *r = record;

    if (r->decisions.items || r->warnings.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->decision_id) +
           walk_text_size(r->decision_name) +
           walk_text_size(r->requirements_id) +
           walk_text_size(r->output) +
           walk_text_size(r->failed_decision_id) +
           walk_text_size(r->failure_message) +
           walk_text_size(r->tenant);
}

static char *decision_evaluated_write(char *to, const void *record)
{
    const struct decision_evaluated *r = record;

    to = walk_number(to, 1, (u64)r->decision_key);
    to = walk_text(to, 2, r->decision_id);
    to = walk_text(to, 3, r->decision_name);
    to = walk_number(to, 4, (u64)r->version);
    to = walk_text(to, 5, r->requirements_id);
    to = walk_number(to, 6, (u64)r->requirements_key);
    to = walk_text(to, 7, r->output);
    to = walk_text(to, 9, r->failed_decision_id);
    to = walk_text(to, 10, r->failure_message);
    to = walk_text(to, 11, r->tenant);
    to = walk_number(to, 12, (u64)r->evaluation_key);
    to = walk_number(to, 13, (u64)r->instance);
    to = walk_number(to, 14, (u64)r->process);
    to = walk_number(to, 15, (u64)r->element);
    to = walk_number(to, 16, (u64)r->element_instance);
    return to;
}

static void decision_evaluated_move(char *to, void *record)
{
    struct decision_evaluated *r = record;

    to = walk_text_move(to, &r->decision_id);
    to = walk_text_move(to, &r->decision_name);
    to = walk_text_move(to, &r->requirements_id);
    to = walk_text_move(to, &r->output);
    to = walk_text_move(to, &r->failed_decision_id);
    to = walk_text_move(to, &r->failure_message);
    to = walk_text_move(to, &r->tenant);
}

const struct shape decision_evaluated_shape = {
    "decision_evaluated", sizeof(struct decision_evaluated), decision_evaluated_fields, 17, 0x107d6,
    decision_evaluated_write, decision_evaluated_far, decision_evaluated_move};

static const struct field variables_set_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct variables_set, variables), NULL},
    {"is_local", FIELD_BOOLEAN, 2, offsetof(struct variables_set, is_local), NULL},
};

static size_t variables_set_far(const void *record)
{
    const struct variables_set *r = record;

    return walk_text_size(r->variables);
}

static char *variables_set_write(char *to, const void *record)
{
    const struct variables_set *r = record;

    to = walk_text(to, 1, r->variables);
    to = walk_number(to, 2, (u64)r->is_local);
    return to;
}

static void variables_set_move(char *to, void *record)
{
    struct variables_set *r = record;

    to = walk_text_move(to, &r->variables);
}

const struct shape variables_set_shape = {
    "variables_set", sizeof(struct variables_set), variables_set_fields, 2, 0x1,
    variables_set_write, variables_set_far, variables_set_move};

static const struct field variables_were_set_fields[] = {
    {"key", FIELD_U64, 1, offsetof(struct variables_were_set, key), NULL},
};

static char *variables_were_set_write(char *to, const void *record)
{
    const struct variables_were_set *r = record;

    to = walk_number(to, 1, (u64)r->key);
    return to;
}

const struct shape variables_were_set_shape = {
    "variables_were_set", sizeof(struct variables_were_set), variables_were_set_fields, 1, 0x0,
    variables_were_set_write};

static const struct field signal_broadcast_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_broadcast, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_broadcast, variables), NULL},
    {"signal", FIELD_U64, 3, offsetof(struct signal_broadcast, signal), NULL},
};

static size_t signal_broadcast_far(const void *record)
{
    const struct signal_broadcast *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->variables);
}

static char *signal_broadcast_write(char *to, const void *record)
{
    const struct signal_broadcast *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->variables);
    to = walk_number(to, 3, (u64)r->signal);
    return to;
}

static void signal_broadcast_move(char *to, void *record)
{
    struct signal_broadcast *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->variables);
}

const struct shape signal_broadcast_shape = {
    "signal_broadcast", sizeof(struct signal_broadcast), signal_broadcast_fields, 3, 0x3,
    signal_broadcast_write, signal_broadcast_far, signal_broadcast_move};

static const struct field signal_was_broadcast_fields[] = {
    {"signal_key", FIELD_U64, 1, offsetof(struct signal_was_broadcast, signal_key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct signal_was_broadcast, tenant), NULL},
};

static size_t signal_was_broadcast_far(const void *record)
{
    const struct signal_was_broadcast *r = record;

    return walk_text_size(r->tenant);
}

static char *signal_was_broadcast_write(char *to, const void *record)
{
    const struct signal_was_broadcast *r = record;

    to = walk_number(to, 1, (u64)r->signal_key);
    to = walk_text(to, 2, r->tenant);
    return to;
}

static void signal_was_broadcast_move(char *to, void *record)
{
    struct signal_was_broadcast *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape signal_was_broadcast_shape = {
    "signal_was_broadcast", sizeof(struct signal_was_broadcast), signal_was_broadcast_fields, 2, 0x2,
    signal_was_broadcast_write, signal_was_broadcast_far, signal_was_broadcast_move};

static const struct field conditions_evaluate_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct conditions_evaluate, process_key), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct conditions_evaluate, variables), NULL},
};

static size_t conditions_evaluate_far(const void *record)
{
    const struct conditions_evaluate *r = record;

    return walk_text_size(r->variables);
}

static char *conditions_evaluate_write(char *to, const void *record)
{
    const struct conditions_evaluate *r = record;

    to = walk_number(to, 1, (u64)r->process_key);
    to = walk_text(to, 2, r->variables);
    return to;
}

static void conditions_evaluate_move(char *to, void *record)
{
    struct conditions_evaluate *r = record;

    to = walk_text_move(to, &r->variables);
}

const struct shape conditions_evaluate_shape = {
    "conditions_evaluate", sizeof(struct conditions_evaluate), conditions_evaluate_fields, 2, 0x2,
    conditions_evaluate_write, conditions_evaluate_far, conditions_evaluate_move};

static const struct field instance_reference_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct instance_reference, process_key), NULL},
    {"instance_key", FIELD_U64, 2, offsetof(struct instance_reference, instance_key), NULL},
};

static char *instance_reference_write(char *to, const void *record)
{
    const struct instance_reference *r = record;

    to = walk_number(to, 1, (u64)r->process_key);
    to = walk_number(to, 2, (u64)r->instance_key);
    return to;
}

const struct shape instance_reference_shape = {
    "instance_reference", sizeof(struct instance_reference), instance_reference_fields, 2, 0x0,
    instance_reference_write};

static const struct field conditions_were_evaluated_fields[] = {
    {"key", FIELD_U64, 1, offsetof(struct conditions_were_evaluated, key), NULL},
    {"tenant", FIELD_TEXT, 2, offsetof(struct conditions_were_evaluated, tenant), NULL},
    {"instances", FIELD_MANY, 3, offsetof(struct conditions_were_evaluated, instances), &instance_reference_shape},
};

static size_t conditions_were_evaluated_far(const void *record)
{
    const struct conditions_were_evaluated *r = record;

    if (r->instances.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->tenant);
}

static char *conditions_were_evaluated_write(char *to, const void *record)
{
    const struct conditions_were_evaluated *r = record;

    to = walk_number(to, 1, (u64)r->key);
    to = walk_text(to, 2, r->tenant);
    return to;
}

static void conditions_were_evaluated_move(char *to, void *record)
{
    struct conditions_were_evaluated *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape conditions_were_evaluated_shape = {
    "conditions_were_evaluated", sizeof(struct conditions_were_evaluated), conditions_were_evaluated_fields, 3, 0x6,
    conditions_were_evaluated_write, conditions_were_evaluated_far, conditions_were_evaluated_move};

static const struct field batch_create_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_create, filter), NULL},
};

static size_t batch_create_far(const void *record)
{
    const struct batch_create *r = record;

    return walk_text_size(r->filter);
}

static char *batch_create_write(char *to, const void *record)
{
    const struct batch_create *r = record;

    to = walk_text(to, 1, r->filter);
    return to;
}

static void batch_create_move(char *to, void *record)
{
    struct batch_create *r = record;

    to = walk_text_move(to, &r->filter);
}

const struct shape batch_create_shape = {
    "batch_create", sizeof(struct batch_create), batch_create_fields, 1, 0x1,
    batch_create_write, batch_create_far, batch_create_move};

static const struct field batch_migrate_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_migrate, filter), NULL},
    {"plan", FIELD_ONE, 2, offsetof(struct batch_migrate, plan), &instance_migrate_shape},
};

static size_t batch_migrate_far(const void *record)
{
    const struct batch_migrate *r = record;

    if (r->plan)
        return WALK_BY_SHAPE;
    return walk_text_size(r->filter);
}

static char *batch_migrate_write(char *to, const void *record)
{
    const struct batch_migrate *r = record;

    to = walk_text(to, 1, r->filter);
    return to;
}

static void batch_migrate_move(char *to, void *record)
{
    struct batch_migrate *r = record;

    to = walk_text_move(to, &r->filter);
}

const struct shape batch_migrate_shape = {
    "batch_migrate", sizeof(struct batch_migrate), batch_migrate_fields, 2, 0x3,
    batch_migrate_write, batch_migrate_far, batch_migrate_move};

static const struct field batch_modify_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_modify, filter), NULL},
    {"moves", FIELD_MANY, 2, offsetof(struct batch_modify, moves), &move_instruction_shape},
};

static size_t batch_modify_far(const void *record)
{
    const struct batch_modify *r = record;

    if (r->moves.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->filter);
}

static char *batch_modify_write(char *to, const void *record)
{
    const struct batch_modify *r = record;

    to = walk_text(to, 1, r->filter);
    return to;
}

static void batch_modify_move(char *to, void *record)
{
    struct batch_modify *r = record;

    to = walk_text_move(to, &r->filter);
}

const struct shape batch_modify_shape = {
    "batch_modify", sizeof(struct batch_modify), batch_modify_fields, 2, 0x3,
    batch_modify_write, batch_modify_far, batch_modify_move};

static const struct field batch_update_jobs_fields[] = {
    {"filter", FIELD_JSON, 1, offsetof(struct batch_update_jobs, filter), NULL},
    {"changeset", FIELD_ONE, 2, offsetof(struct batch_update_jobs, changeset), &job_update_shape},
};

static size_t batch_update_jobs_far(const void *record)
{
    const struct batch_update_jobs *r = record;

    if (r->changeset)
        return WALK_BY_SHAPE;
    return walk_text_size(r->filter);
}

static char *batch_update_jobs_write(char *to, const void *record)
{
    const struct batch_update_jobs *r = record;

    to = walk_text(to, 1, r->filter);
    return to;
}

static void batch_update_jobs_move(char *to, void *record)
{
    struct batch_update_jobs *r = record;

    to = walk_text_move(to, &r->filter);
}

const struct shape batch_update_jobs_shape = {
    "batch_update_jobs", sizeof(struct batch_update_jobs), batch_update_jobs_fields, 2, 0x3,
    batch_update_jobs_write, batch_update_jobs_far, batch_update_jobs_move};

static const struct field batch_created_fields[] = {
    {"batch_key", FIELD_U64, 1, offsetof(struct batch_created, batch_key), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct batch_created, type), NULL},
    {"type_number", FIELD_I32, 3, offsetof(struct batch_created, type_number), NULL},
    {"key_text", FIELD_TEXT, 4, offsetof(struct batch_created, key_text), NULL},
};

static size_t batch_created_far(const void *record)
{
    const struct batch_created *r = record;

    return walk_text_size(r->type) +
           walk_text_size(r->key_text);
}

static char *batch_created_write(char *to, const void *record)
{
    const struct batch_created *r = record;

    to = walk_number(to, 1, (u64)r->batch_key);
    to = walk_text(to, 2, r->type);
    to = walk_number(to, 3, (u64)r->type_number);
    to = walk_text(to, 4, r->key_text);
    return to;
}

static void batch_created_move(char *to, void *record)
{
    struct batch_created *r = record;

    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->key_text);
}

const struct shape batch_created_shape = {
    "batch_created", sizeof(struct batch_created), batch_created_fields, 4, 0xa,
    batch_created_write, batch_created_far, batch_created_move};

static const struct field history_wanted_fields[] = {
    {"batch", FIELD_U64, 1, offsetof(struct history_wanted, batch), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct history_wanted, kind), NULL},
    {"filter", FIELD_JSON, 3, offsetof(struct history_wanted, filter), NULL},
    {"at", FIELD_U64, 4, offsetof(struct history_wanted, at), NULL},
    {"turn", FIELD_U64, 5, offsetof(struct history_wanted, turn), NULL},
};

static size_t history_wanted_far(const void *record)
{
    const struct history_wanted *r = record;

    return walk_text_size(r->filter);
}

static char *history_wanted_write(char *to, const void *record)
{
    const struct history_wanted *r = record;

    to = walk_number(to, 1, (u64)r->batch);
    to = walk_number(to, 2, (u64)r->kind);
    to = walk_text(to, 3, r->filter);
    to = walk_number(to, 4, (u64)r->at);
    to = walk_number(to, 5, (u64)r->turn);
    return to;
}

static void history_wanted_move(char *to, void *record)
{
    struct history_wanted *r = record;

    to = walk_text_move(to, &r->filter);
}

const struct shape history_wanted_shape = {
    "history_wanted", sizeof(struct history_wanted), history_wanted_fields, 5, 0x4,
    history_wanted_write, history_wanted_far, history_wanted_move};

static const struct field history_found_fields[] = {
    {"turn", FIELD_U64, 1, offsetof(struct history_found, turn), NULL},
    {"items", FIELD_MANY, 2, offsetof(struct history_found, items), &batch_item_row_shape},
    {"is_done", FIELD_BOOLEAN, 3, offsetof(struct history_found, is_done), NULL},
    {"error", FIELD_TEXT, 4, offsetof(struct history_found, error), NULL},
};

static size_t history_found_far(const void *record)
{
    const struct history_found *r = record;

    if (r->items.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->error);
}

static char *history_found_write(char *to, const void *record)
{
    const struct history_found *r = record;

    to = walk_number(to, 1, (u64)r->turn);
    to = walk_number(to, 3, (u64)r->is_done);
    to = walk_text(to, 4, r->error);
    return to;
}

static void history_found_move(char *to, void *record)
{
    struct history_found *r = record;

    to = walk_text_move(to, &r->error);
}

const struct shape history_found_shape = {
    "history_found", sizeof(struct history_found), history_found_fields, 4, 0xa,
    history_found_write, history_found_far, history_found_move};

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
    {"aspect", FIELD_U32, 12, offsetof(struct search_ask, aspect), NULL},
    {"parameters", FIELD_TEXT, 13, offsetof(struct search_ask, parameters), NULL},
};

static size_t search_ask_far(const void *record)
{
    const struct search_ask *r = record;

    return walk_text_size(r->query) +
           walk_list_size(r->path) +
           walk_text_size(r->parameters);
}

static char *search_ask_write(char *to, const void *record)
{
    const struct search_ask *r = record;

    to = walk_number(to, 1, (u64)r->what);
    to = walk_text(to, 2, r->query);
    to = walk_number(to, 3, (u64)r->is_file);
    to = walk_number(to, 4, (u64)r->is_whole);
    to = walk_number(to, 5, (u64)r->has_begun);
    to = walk_number(to, 6, (u64)r->at);
    to = walk_list(to, 7, r->path);
    to = walk_number(to, 8, (u64)r->is_form);
    to = walk_number(to, 9, (u64)r->index);
    to = walk_number(to, 10, (u64)r->within);
    to = walk_number(to, 11, (u64)r->is_effective);
    to = walk_number(to, 12, (u64)r->aspect);
    to = walk_text(to, 13, r->parameters);
    return to;
}

static void search_ask_move(char *to, void *record)
{
    struct search_ask *r = record;

    to = walk_text_move(to, &r->query);
    to = walk_list_move(to, &r->path);
    to = walk_text_move(to, &r->parameters);
}

const struct shape search_ask_shape = {
    "search_ask", sizeof(struct search_ask), search_ask_fields, 13, 0x1042,
    search_ask_write, search_ask_far, search_ask_move};

static const struct field search_hit_fields[] = {
    {"order", FIELD_BYTES, 1, offsetof(struct search_hit, order), NULL},
    {"item", FIELD_JSON, 2, offsetof(struct search_hit, item), NULL},
};

static size_t search_hit_far(const void *record)
{
    const struct search_hit *r = record;

    return walk_text_size(r->order) +
           walk_text_size(r->item);
}

static char *search_hit_write(char *to, const void *record)
{
    const struct search_hit *r = record;

    to = walk_text(to, 1, r->order);
    to = walk_text(to, 2, r->item);
    return to;
}

static void search_hit_move(char *to, void *record)
{
    struct search_hit *r = record;

    to = walk_text_move(to, &r->order);
    to = walk_text_move(to, &r->item);
}

const struct shape search_hit_shape = {
    "search_hit", sizeof(struct search_hit), search_hit_fields, 2, 0x3,
    search_hit_write, search_hit_far, search_hit_move};

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
    {"is_stale", FIELD_BOOLEAN, 11, offsetof(struct search_found, is_stale), NULL},
};

static size_t search_found_far(const void *record)
{
    const struct search_found *r = record;

    if (r->hits.items)
        return WALK_BY_SHAPE;
    return walk_list_size(r->path) +
           walk_text_size(r->text);
}

static char *search_found_write(char *to, const void *record)
{
    const struct search_found *r = record;

    to = walk_number(to, 2, (u64)r->total);
    to = walk_number(to, 3, (u64)r->is_done);
    to = walk_number(to, 4, (u64)r->at);
    to = walk_list(to, 5, r->path);
    to = walk_number(to, 6, (u64)r->skip);
    to = walk_number(to, 7, (u64)r->limit);
    to = walk_number(to, 8, (u64)r->is_backward);
    to = walk_number(to, 9, (u64)r->is_everywhere);
    to = walk_text(to, 10, r->text);
    to = walk_number(to, 11, (u64)r->is_stale);
    return to;
}

static void search_found_move(char *to, void *record)
{
    struct search_found *r = record;

    to = walk_list_move(to, &r->path);
    to = walk_text_move(to, &r->text);
}

const struct shape search_found_shape = {
    "search_found", sizeof(struct search_found), search_found_fields, 11, 0x211,
    search_found_write, search_found_far, search_found_move};

static const struct field job_asker_fields[] = {
    {"type", FIELD_TEXT, 1, offsetof(struct job_asker, type), NULL},
    {"worker", FIELD_TEXT, 2, offsetof(struct job_asker, worker), NULL},
    {"asked_at", FIELD_I64, 3, offsetof(struct job_asker, asked_at), NULL},
    {"waiting", FIELD_U32, 4, offsetof(struct job_asker, waiting), NULL},
};

static size_t job_asker_far(const void *record)
{
    const struct job_asker *r = record;

    return walk_text_size(r->type) +
           walk_text_size(r->worker);
}

static char *job_asker_write(char *to, const void *record)
{
    const struct job_asker *r = record;

    to = walk_text(to, 1, r->type);
    to = walk_text(to, 2, r->worker);
    to = walk_number(to, 3, (u64)r->asked_at);
    to = walk_number(to, 4, (u64)r->waiting);
    return to;
}

static void job_asker_move(char *to, void *record)
{
    struct job_asker *r = record;

    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->worker);
}

const struct shape job_asker_shape = {
    "job_asker", sizeof(struct job_asker), job_asker_fields, 4, 0x3,
    job_asker_write, job_asker_far, job_asker_move};

static const struct field buffered_messages_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct buffered_messages, name), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct buffered_messages, correlation_key), NULL},
    {"count", FIELD_U32, 3, offsetof(struct buffered_messages, count), NULL},
};

static size_t buffered_messages_far(const void *record)
{
    const struct buffered_messages *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->correlation_key);
}

static char *buffered_messages_write(char *to, const void *record)
{
    const struct buffered_messages *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->correlation_key);
    to = walk_number(to, 3, (u64)r->count);
    return to;
}

static void buffered_messages_move(char *to, void *record)
{
    struct buffered_messages *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
}

const struct shape buffered_messages_shape = {
    "buffered_messages", sizeof(struct buffered_messages), buffered_messages_fields, 3, 0x3,
    buffered_messages_write, buffered_messages_far, buffered_messages_move};

static const struct field explain_ask_fields[] = {
    {"askers", FIELD_MANY, 1, offsetof(struct explain_ask, askers), &job_asker_shape},
    {"since", FIELD_I64, 2, offsetof(struct explain_ask, since), NULL},
    {"names", FIELD_LIST_TEXT, 3, offsetof(struct explain_ask, names), NULL},
    {"has_messages", FIELD_BOOLEAN, 4, offsetof(struct explain_ask, has_messages), NULL},
    {"messages", FIELD_MANY, 5, offsetof(struct explain_ask, messages), &buffered_messages_shape},
};

static size_t explain_ask_far(const void *record)
{
    const struct explain_ask *r = record;

    if (r->askers.items || r->names.items || r->messages.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *explain_ask_write(char *to, const void *record)
{
    const struct explain_ask *r = record;

    to = walk_number(to, 2, (u64)r->since);
    to = walk_number(to, 4, (u64)r->has_messages);
    return to;
}

const struct shape explain_ask_shape = {
    "explain_ask", sizeof(struct explain_ask), explain_ask_fields, 5, 0x15,
    explain_ask_write, explain_ask_far};

static const struct field explained_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct explained, instance), NULL},
    {"wait_states", FIELD_JSON, 2, offsetof(struct explained, wait_states), NULL},
    {"is_cut", FIELD_BOOLEAN, 3, offsetof(struct explained, is_cut), NULL},
    {"wanted", FIELD_LIST_TEXT, 4, offsetof(struct explained, wanted), NULL},
    {"messages", FIELD_MANY, 5, offsetof(struct explained, messages), &buffered_messages_shape},
};

static size_t explained_far(const void *record)
{
    const struct explained *r = record;

    if (r->wanted.items || r->messages.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->wait_states);
}

static char *explained_write(char *to, const void *record)
{
    const struct explained *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->wait_states);
    to = walk_number(to, 3, (u64)r->is_cut);
    return to;
}

static void explained_move(char *to, void *record)
{
    struct explained *r = record;

    to = walk_text_move(to, &r->wait_states);
}

const struct shape explained_shape = {
    "explained", sizeof(struct explained), explained_fields, 5, 0x1a,
    explained_write, explained_far, explained_move};

static const struct field cluster_variable_change_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct cluster_variable_change, name), NULL},
    {"value", FIELD_JSON, 2, offsetof(struct cluster_variable_change, value), NULL},
    {"metadata", FIELD_JSON, 3, offsetof(struct cluster_variable_change, metadata), NULL},
    {"of_tenant", FIELD_TEXT, 4, offsetof(struct cluster_variable_change, of_tenant), NULL},
    {"kind", FIELD_TEXT, 5, offsetof(struct cluster_variable_change, kind), NULL},
    {"has_metadata", FIELD_BOOLEAN, 6, offsetof(struct cluster_variable_change, has_metadata), NULL},
};

static size_t cluster_variable_change_far(const void *record)
{
    const struct cluster_variable_change *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->value) +
           walk_text_size(r->metadata) +
           walk_text_size(r->of_tenant) +
           walk_text_size(r->kind);
}

static char *cluster_variable_change_write(char *to, const void *record)
{
    const struct cluster_variable_change *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->value);
    to = walk_text(to, 3, r->metadata);
    to = walk_text(to, 4, r->of_tenant);
    to = walk_text(to, 5, r->kind);
    to = walk_number(to, 6, (u64)r->has_metadata);
    return to;
}

static void cluster_variable_change_move(char *to, void *record)
{
    struct cluster_variable_change *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->value);
    to = walk_text_move(to, &r->metadata);
    to = walk_text_move(to, &r->of_tenant);
    to = walk_text_move(to, &r->kind);
}

const struct shape cluster_variable_change_shape = {
    "cluster_variable_change", sizeof(struct cluster_variable_change), cluster_variable_change_fields, 6, 0x1f,
    cluster_variable_change_write, cluster_variable_change_far, cluster_variable_change_move};

static const struct field global_listener_change_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct global_listener_change, id), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct global_listener_change, type), NULL},
    {"retries", FIELD_I32, 3, offsetof(struct global_listener_change, retries), NULL},
    {"event_types", FIELD_LIST_TEXT, 4, offsetof(struct global_listener_change, event_types), NULL},
    {"is_after", FIELD_BOOLEAN, 5, offsetof(struct global_listener_change, is_after), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct global_listener_change, priority), NULL},
};

static size_t global_listener_change_far(const void *record)
{
    const struct global_listener_change *r = record;

    if (r->event_types.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->id) +
           walk_text_size(r->type);
}

static char *global_listener_change_write(char *to, const void *record)
{
    const struct global_listener_change *r = record;

    to = walk_text(to, 1, r->id);
    to = walk_text(to, 2, r->type);
    to = walk_number(to, 3, (u64)r->retries);
    to = walk_number(to, 5, (u64)r->is_after);
    to = walk_number(to, 6, (u64)r->priority);
    return to;
}

static void global_listener_change_move(char *to, void *record)
{
    struct global_listener_change *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->type);
}

const struct shape global_listener_change_shape = {
    "global_listener_change", sizeof(struct global_listener_change), global_listener_change_fields, 6, 0xb,
    global_listener_change_write, global_listener_change_far, global_listener_change_move};

static const struct field shared_get_fields[] = {
    {"variable", FIELD_TEXT, 1, offsetof(struct shared_get, variable), NULL},
    {"of_tenant", FIELD_TEXT, 2, offsetof(struct shared_get, of_tenant), NULL},
    {"listener", FIELD_TEXT, 3, offsetof(struct shared_get, listener), NULL},
};

static size_t shared_get_far(const void *record)
{
    const struct shared_get *r = record;

    return walk_text_size(r->variable) +
           walk_text_size(r->of_tenant) +
           walk_text_size(r->listener);
}

static char *shared_get_write(char *to, const void *record)
{
    const struct shared_get *r = record;

    to = walk_text(to, 1, r->variable);
    to = walk_text(to, 2, r->of_tenant);
    to = walk_text(to, 3, r->listener);
    return to;
}

static void shared_get_move(char *to, void *record)
{
    struct shared_get *r = record;

    to = walk_text_move(to, &r->variable);
    to = walk_text_move(to, &r->of_tenant);
    to = walk_text_move(to, &r->listener);
}

const struct shape shared_get_shape = {
    "shared_get", sizeof(struct shared_get), shared_get_fields, 3, 0x7,
    shared_get_write, shared_get_far, shared_get_move};

static const struct field shared_found_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct shared_found, name), NULL},
    {"scope", FIELD_TEXT, 2, offsetof(struct shared_found, scope), NULL},
    {"of_tenant", FIELD_TEXT, 3, offsetof(struct shared_found, of_tenant), NULL},
    {"value", FIELD_TEXT, 4, offsetof(struct shared_found, value), NULL},
    {"metadata", FIELD_JSON, 5, offsetof(struct shared_found, metadata), NULL},
    {"id", FIELD_TEXT, 6, offsetof(struct shared_found, id), NULL},
    {"type", FIELD_TEXT, 7, offsetof(struct shared_found, type), NULL},
    {"retries", FIELD_I32, 8, offsetof(struct shared_found, retries), NULL},
    {"event_types", FIELD_LIST_TEXT, 9, offsetof(struct shared_found, event_types), NULL},
    {"is_after", FIELD_BOOLEAN, 10, offsetof(struct shared_found, is_after), NULL},
    {"priority", FIELD_I32, 11, offsetof(struct shared_found, priority), NULL},
};

static size_t shared_found_far(const void *record)
{
    const struct shared_found *r = record;

    if (r->event_types.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->name) +
           walk_text_size(r->scope) +
           walk_text_size(r->of_tenant) +
           walk_text_size(r->value) +
           walk_text_size(r->metadata) +
           walk_text_size(r->id) +
           walk_text_size(r->type);
}

static char *shared_found_write(char *to, const void *record)
{
    const struct shared_found *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->scope);
    to = walk_text(to, 3, r->of_tenant);
    to = walk_text(to, 4, r->value);
    to = walk_text(to, 5, r->metadata);
    to = walk_text(to, 6, r->id);
    to = walk_text(to, 7, r->type);
    to = walk_number(to, 8, (u64)r->retries);
    to = walk_number(to, 10, (u64)r->is_after);
    to = walk_number(to, 11, (u64)r->priority);
    return to;
}

static void shared_found_move(char *to, void *record)
{
    struct shared_found *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->scope);
    to = walk_text_move(to, &r->of_tenant);
    to = walk_text_move(to, &r->value);
    to = walk_text_move(to, &r->metadata);
    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->type);
}

const struct shape shared_found_shape = {
    "shared_found", sizeof(struct shared_found), shared_found_fields, 11, 0x17f,
    shared_found_write, shared_found_far, shared_found_move};

static const struct field clock_set_fields[] = {
    {"time", FIELD_I64, 1, offsetof(struct clock_set, time), NULL},
    {"is_advance", FIELD_BOOLEAN, 2, offsetof(struct clock_set, is_advance), NULL},
    {"is_reset", FIELD_BOOLEAN, 3, offsetof(struct clock_set, is_reset), NULL},
    {"now", FIELD_I64, 4, offsetof(struct clock_set, now), NULL},
};

static char *clock_set_write(char *to, const void *record)
{
    const struct clock_set *r = record;

    to = walk_number(to, 1, (u64)r->time);
    to = walk_number(to, 2, (u64)r->is_advance);
    to = walk_number(to, 3, (u64)r->is_reset);
    to = walk_number(to, 4, (u64)r->now);
    return to;
}

const struct shape clock_set_shape = {
    "clock_set", sizeof(struct clock_set), clock_set_fields, 4, 0x0,
    clock_set_write};

static const struct field expression_evaluate_fields[] = {
    {"expression", FIELD_TEXT, 1, offsetof(struct expression_evaluate, expression), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct expression_evaluate, variables), NULL},
};

static size_t expression_evaluate_far(const void *record)
{
    const struct expression_evaluate *r = record;

    return walk_text_size(r->expression) +
           walk_text_size(r->variables);
}

static char *expression_evaluate_write(char *to, const void *record)
{
    const struct expression_evaluate *r = record;

    to = walk_text(to, 1, r->expression);
    to = walk_text(to, 2, r->variables);
    return to;
}

static void expression_evaluate_move(char *to, void *record)
{
    struct expression_evaluate *r = record;

    to = walk_text_move(to, &r->expression);
    to = walk_text_move(to, &r->variables);
}

const struct shape expression_evaluate_shape = {
    "expression_evaluate", sizeof(struct expression_evaluate), expression_evaluate_fields, 2, 0x3,
    expression_evaluate_write, expression_evaluate_far, expression_evaluate_move};

static const struct field expression_note_fields[] = {
    {"message", FIELD_TEXT, 1, offsetof(struct expression_note, message), NULL},
};

static size_t expression_note_far(const void *record)
{
    const struct expression_note *r = record;

    return walk_text_size(r->message);
}

static char *expression_note_write(char *to, const void *record)
{
    const struct expression_note *r = record;

    to = walk_text(to, 1, r->message);
    return to;
}

static void expression_note_move(char *to, void *record)
{
    struct expression_note *r = record;

    to = walk_text_move(to, &r->message);
}

const struct shape expression_note_shape = {
    "expression_note", sizeof(struct expression_note), expression_note_fields, 1, 0x1,
    expression_note_write, expression_note_far, expression_note_move};

static const struct field expression_evaluated_fields[] = {
    {"expression", FIELD_TEXT, 1, offsetof(struct expression_evaluated, expression), NULL},
    {"result", FIELD_JSON, 2, offsetof(struct expression_evaluated, result), NULL},
    {"warnings", FIELD_MANY, 3, offsetof(struct expression_evaluated, warnings), &expression_note_shape},
};

static size_t expression_evaluated_far(const void *record)
{
    const struct expression_evaluated *r = record;

    if (r->warnings.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->expression) +
           walk_text_size(r->result);
}

static char *expression_evaluated_write(char *to, const void *record)
{
    const struct expression_evaluated *r = record;

    to = walk_text(to, 1, r->expression);
    to = walk_text(to, 2, r->result);
    return to;
}

static void expression_evaluated_move(char *to, void *record)
{
    struct expression_evaluated *r = record;

    to = walk_text_move(to, &r->expression);
    to = walk_text_move(to, &r->result);
}

const struct shape expression_evaluated_shape = {
    "expression_evaluated", sizeof(struct expression_evaluated), expression_evaluated_fields, 3, 0x7,
    expression_evaluated_write, expression_evaluated_far, expression_evaluated_move};

static const struct field element_activate_fields[] = {
    {"scope", FIELD_U64, 1, offsetof(struct element_activate, scope), NULL},
    {"element", FIELD_U32, 2, offsetof(struct element_activate, element), NULL},
    {"token", FIELD_U64, 3, offsetof(struct element_activate, token), NULL},
};

static char *element_activate_write(char *to, const void *record)
{
    const struct element_activate *r = record;

    to = walk_number(to, 1, (u64)r->scope);
    to = walk_number(to, 2, (u64)r->element);
    to = walk_number(to, 3, (u64)r->token);
    return to;
}

const struct shape element_activate_shape = {
    "element_activate", sizeof(struct element_activate), element_activate_fields, 3, 0x0,
    element_activate_write};

static const struct field children_terminate_fields[] = {
    {"after", FIELD_U64, 1, offsetof(struct children_terminate, after), NULL},
    {"until", FIELD_U64, 2, offsetof(struct children_terminate, until), NULL},
    {"except", FIELD_U64, 3, offsetof(struct children_terminate, except), NULL},
};

static char *children_terminate_write(char *to, const void *record)
{
    const struct children_terminate *r = record;

    to = walk_number(to, 1, (u64)r->after);
    to = walk_number(to, 2, (u64)r->until);
    to = walk_number(to, 3, (u64)r->except);
    return to;
}

const struct shape children_terminate_shape = {
    "children_terminate", sizeof(struct children_terminate), children_terminate_fields, 3, 0x0,
    children_terminate_write};

static const struct field variable_change_fields[] = {
    {"scope", FIELD_U64, 1, offsetof(struct variable_change, scope), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct variable_change, name), NULL},
    {"is_created", FIELD_BOOLEAN, 3, offsetof(struct variable_change, is_created), NULL},
};

static size_t variable_change_far(const void *record)
{
    const struct variable_change *r = record;

    return walk_text_size(r->name);
}

static char *variable_change_write(char *to, const void *record)
{
    const struct variable_change *r = record;

    to = walk_number(to, 1, (u64)r->scope);
    to = walk_text(to, 2, r->name);
    to = walk_number(to, 3, (u64)r->is_created);
    return to;
}

static void variable_change_move(char *to, void *record)
{
    struct variable_change *r = record;

    to = walk_text_move(to, &r->name);
}

const struct shape variable_change_shape = {
    "variable_change", sizeof(struct variable_change), variable_change_fields, 3, 0x2,
    variable_change_write, variable_change_far, variable_change_move};

static const struct field conditions_check_fields[] = {
    {"changes", FIELD_MANY, 1, offsetof(struct conditions_check, changes), &variable_change_shape},
    {"last", FIELD_U64, 2, offsetof(struct conditions_check, last), NULL},
    {"after_depth", FIELD_U32, 3, offsetof(struct conditions_check, after_depth), NULL},
    {"after", FIELD_U64, 4, offsetof(struct conditions_check, after), NULL},
};

static size_t conditions_check_far(const void *record)
{
    const struct conditions_check *r = record;

    if (r->changes.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *conditions_check_write(char *to, const void *record)
{
    const struct conditions_check *r = record;

    to = walk_number(to, 2, (u64)r->last);
    to = walk_number(to, 3, (u64)r->after_depth);
    to = walk_number(to, 4, (u64)r->after);
    return to;
}

const struct shape conditions_check_shape = {
    "conditions_check", sizeof(struct conditions_check), conditions_check_fields, 4, 0x1,
    conditions_check_write, conditions_check_far};

static const struct field signal_correlate_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_correlate, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_correlate, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct signal_correlate, tenant), NULL},
    {"after", FIELD_U64, 4, offsetof(struct signal_correlate, after), NULL},
    {"last", FIELD_U64, 5, offsetof(struct signal_correlate, last), NULL},
};

static size_t signal_correlate_far(const void *record)
{
    const struct signal_correlate *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->variables) +
           walk_text_size(r->tenant);
}

static char *signal_correlate_write(char *to, const void *record)
{
    const struct signal_correlate *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->variables);
    to = walk_text(to, 3, r->tenant);
    to = walk_number(to, 4, (u64)r->after);
    to = walk_number(to, 5, (u64)r->last);
    return to;
}

static void signal_correlate_move(char *to, void *record)
{
    struct signal_correlate *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
}

const struct shape signal_correlate_shape = {
    "signal_correlate", sizeof(struct signal_correlate), signal_correlate_fields, 5, 0x7,
    signal_correlate_write, signal_correlate_far, signal_correlate_move};

static const struct field signal_take_fields[] = {
    {"variables", FIELD_JSON, 1, offsetof(struct signal_take, variables), NULL},
};

static size_t signal_take_far(const void *record)
{
    const struct signal_take *r = record;

    return walk_text_size(r->variables);
}

static char *signal_take_write(char *to, const void *record)
{
    const struct signal_take *r = record;

    to = walk_text(to, 1, r->variables);
    return to;
}

static void signal_take_move(char *to, void *record)
{
    struct signal_take *r = record;

    to = walk_text_move(to, &r->variables);
}

const struct shape signal_take_shape = {
    "signal_take", sizeof(struct signal_take), signal_take_fields, 1, 0x1,
    signal_take_write, signal_take_far, signal_take_move};

static const struct field batch_start_fields[] = {
    {"work", FIELD_ONE, 1, offsetof(struct batch_start, work), &batch_work_row_shape},
};

const struct shape batch_start_shape = {
    "batch_start", sizeof(struct batch_start), batch_start_fields, 1, 0x1};

static const struct field batch_go_fields[] = {
    {"turn", FIELD_U64, 1, offsetof(struct batch_go, turn), NULL},
};

static char *batch_go_write(char *to, const void *record)
{
    const struct batch_go *r = record;

    to = walk_number(to, 1, (u64)r->turn);
    return to;
}

const struct shape batch_go_shape = {
    "batch_go", sizeof(struct batch_go), batch_go_fields, 1, 0x0,
    batch_go_write};

static const struct field pending_refuse_fields[] = {
    {"rejection", FIELD_U32, 1, offsetof(struct pending_refuse, rejection), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct pending_refuse, reason), NULL},
};

static size_t pending_refuse_far(const void *record)
{
    const struct pending_refuse *r = record;

    return walk_text_size(r->reason);
}

static char *pending_refuse_write(char *to, const void *record)
{
    const struct pending_refuse *r = record;

    to = walk_number(to, 1, (u64)r->rejection);
    to = walk_text(to, 2, r->reason);
    return to;
}

static void pending_refuse_move(char *to, void *record)
{
    struct pending_refuse *r = record;

    to = walk_text_move(to, &r->reason);
}

const struct shape pending_refuse_shape = {
    "pending_refuse", sizeof(struct pending_refuse), pending_refuse_fields, 2, 0x2,
    pending_refuse_write, pending_refuse_far, pending_refuse_move};

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

static size_t subscription_correlate_far(const void *record)
{
    const struct subscription_correlate *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->variables) +
           walk_text_size(r->tenant) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->bpmn_process_id);
}

static char *subscription_correlate_write(char *to, const void *record)
{
    const struct subscription_correlate *r = record;

    to = walk_number(to, 1, (u64)r->element_instance);
    to = walk_text(to, 2, r->name);
    to = walk_number(to, 3, (u64)r->message);
    to = walk_text(to, 4, r->variables);
    to = walk_text(to, 5, r->tenant);
    to = walk_text(to, 6, r->correlation_key);
    to = walk_text(to, 7, r->bpmn_process_id);
    return to;
}

static void subscription_correlate_move(char *to, void *record)
{
    struct subscription_correlate *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape subscription_correlate_shape = {
    "subscription_correlate", sizeof(struct subscription_correlate), subscription_correlate_fields, 7, 0x7a,
    subscription_correlate_write, subscription_correlate_far, subscription_correlate_move};

static const struct field subscription_migrate_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct subscription_migrate, element_instance), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct subscription_migrate, name), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct subscription_migrate, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 4, offsetof(struct subscription_migrate, is_interrupting), NULL},
};

static size_t subscription_migrate_far(const void *record)
{
    const struct subscription_migrate *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->bpmn_process_id);
}

static char *subscription_migrate_write(char *to, const void *record)
{
    const struct subscription_migrate *r = record;

    to = walk_number(to, 1, (u64)r->element_instance);
    to = walk_text(to, 2, r->name);
    to = walk_text(to, 3, r->bpmn_process_id);
    to = walk_number(to, 4, (u64)r->is_interrupting);
    return to;
}

static void subscription_migrate_move(char *to, void *record)
{
    struct subscription_migrate *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape subscription_migrate_shape = {
    "subscription_migrate", sizeof(struct subscription_migrate), subscription_migrate_fields, 4, 0x6,
    subscription_migrate_write, subscription_migrate_far, subscription_migrate_move};

static const struct field subscription_answer_fields[] = {
    {"element_instance", FIELD_U64, 1, offsetof(struct subscription_answer, element_instance), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct subscription_answer, name), NULL},
    {"message", FIELD_U64, 3, offsetof(struct subscription_answer, message), NULL},
    {"tenant", FIELD_TEXT, 4, offsetof(struct subscription_answer, tenant), NULL},
    {"correlation_key", FIELD_TEXT, 5, offsetof(struct subscription_answer, correlation_key), NULL},
    {"bpmn_process_id", FIELD_TEXT, 6, offsetof(struct subscription_answer, bpmn_process_id), NULL},
};

static size_t subscription_answer_far(const void *record)
{
    const struct subscription_answer *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->tenant) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->bpmn_process_id);
}

static char *subscription_answer_write(char *to, const void *record)
{
    const struct subscription_answer *r = record;

    to = walk_number(to, 1, (u64)r->element_instance);
    to = walk_text(to, 2, r->name);
    to = walk_number(to, 3, (u64)r->message);
    to = walk_text(to, 4, r->tenant);
    to = walk_text(to, 5, r->correlation_key);
    to = walk_text(to, 6, r->bpmn_process_id);
    return to;
}

static void subscription_answer_move(char *to, void *record)
{
    struct subscription_answer *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape subscription_answer_shape = {
    "subscription_answer", sizeof(struct subscription_answer), subscription_answer_fields, 6, 0x3a,
    subscription_answer_write, subscription_answer_far, subscription_answer_move};

static const struct field outbox_acknowledge_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_acknowledge, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_acknowledge, number), NULL},
};

static char *outbox_acknowledge_write(char *to, const void *record)
{
    const struct outbox_acknowledge *r = record;

    to = walk_number(to, 1, (u64)r->partition);
    to = walk_number(to, 2, (u64)r->number);
    return to;
}

const struct shape outbox_acknowledge_shape = {
    "outbox_acknowledge", sizeof(struct outbox_acknowledge), outbox_acknowledge_fields, 2, 0x0,
    outbox_acknowledge_write};

static const struct field instance_ban_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_ban, instance), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct instance_ban, reason), NULL},
    {"pending", FIELD_U64, 3, offsetof(struct instance_ban, pending), NULL},
    {"timer", FIELD_U64, 4, offsetof(struct instance_ban, timer), NULL},
    {"message", FIELD_U64, 5, offsetof(struct instance_ban, message), NULL},
};

static size_t instance_ban_far(const void *record)
{
    const struct instance_ban *r = record;

    return walk_text_size(r->reason);
}

static char *instance_ban_write(char *to, const void *record)
{
    const struct instance_ban *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->reason);
    to = walk_number(to, 3, (u64)r->pending);
    to = walk_number(to, 4, (u64)r->timer);
    to = walk_number(to, 5, (u64)r->message);
    return to;
}

static void instance_ban_move(char *to, void *record)
{
    struct instance_ban *r = record;

    to = walk_text_move(to, &r->reason);
}

const struct shape instance_ban_shape = {
    "instance_ban", sizeof(struct instance_ban), instance_ban_fields, 5, 0x2,
    instance_ban_write, instance_ban_far, instance_ban_move};

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

static size_t element_activating_far(const void *record)
{
    const struct element_activating *r = record;

    return walk_list_size(r->tokens);
}

static char *element_activating_write(char *to, const void *record)
{
    const struct element_activating *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->scope);
    to = walk_list(to, 5, r->tokens);
    to = walk_number(to, 6, (u64)r->parent);
    to = walk_number(to, 7, (u64)r->trigger);
    to = walk_number(to, 8, (u64)r->is_body);
    to = walk_number(to, 9, (u64)r->loop_counter);
    to = walk_number(to, 10, (u64)r->loop_at);
    to = walk_number(to, 11, (u64)r->is_inner);
    return to;
}

static void element_activating_move(char *to, void *record)
{
    struct element_activating *r = record;

    to = walk_list_move(to, &r->tokens);
}

const struct shape element_activating_shape = {
    "element_activating", sizeof(struct element_activating), element_activating_fields, 11, 0x10,
    element_activating_write, element_activating_far, element_activating_move};

static const struct field element_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_moved, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct element_moved, element), NULL},
};

static char *element_moved_write(char *to, const void *record)
{
    const struct element_moved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element);
    return to;
}

const struct shape element_moved_shape = {
    "element_moved", sizeof(struct element_moved), element_moved_fields, 2, 0x0,
    element_moved_write};

static const struct field process_deleted_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct process_deleted, bpmn_process_id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct process_deleted, version), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct process_deleted, tenant), NULL},
};

static size_t process_deleted_far(const void *record)
{
    const struct process_deleted *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->tenant);
}

static char *process_deleted_write(char *to, const void *record)
{
    const struct process_deleted *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void process_deleted_move(char *to, void *record)
{
    struct process_deleted *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->tenant);
}

const struct shape process_deleted_shape = {
    "process_deleted", sizeof(struct process_deleted), process_deleted_fields, 3, 0x5,
    process_deleted_write, process_deleted_far, process_deleted_move};

static const struct field version_deleted_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct version_deleted, id), NULL},
    {"version", FIELD_I32, 2, offsetof(struct version_deleted, version), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct version_deleted, tenant), NULL},
};

static size_t version_deleted_far(const void *record)
{
    const struct version_deleted *r = record;

    return walk_text_size(r->id) +
           walk_text_size(r->tenant);
}

static char *version_deleted_write(char *to, const void *record)
{
    const struct version_deleted *r = record;

    to = walk_text(to, 1, r->id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void version_deleted_move(char *to, void *record)
{
    struct version_deleted *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->tenant);
}

const struct shape version_deleted_shape = {
    "version_deleted", sizeof(struct version_deleted), version_deleted_fields, 3, 0x5,
    version_deleted_write, version_deleted_far, version_deleted_move};

static const struct field scope_interrupted_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct scope_interrupted, instance), NULL},
    {"by", FIELD_U32, 2, offsetof(struct scope_interrupted, by), NULL},
};

static char *scope_interrupted_write(char *to, const void *record)
{
    const struct scope_interrupted *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->by);
    return to;
}

const struct shape scope_interrupted_shape = {
    "scope_interrupted", sizeof(struct scope_interrupted), scope_interrupted_fields, 2, 0x0,
    scope_interrupted_write};

static const struct field ad_hoc_fulfilled_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct ad_hoc_fulfilled, instance), NULL},
    {"is_fulfilled", FIELD_BOOLEAN, 2, offsetof(struct ad_hoc_fulfilled, is_fulfilled), NULL},
};

static char *ad_hoc_fulfilled_write(char *to, const void *record)
{
    const struct ad_hoc_fulfilled *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->is_fulfilled);
    return to;
}

const struct shape ad_hoc_fulfilled_shape = {
    "ad_hoc_fulfilled", sizeof(struct ad_hoc_fulfilled), ad_hoc_fulfilled_fields, 2, 0x0,
    ad_hoc_fulfilled_write};

static const struct field scope_reentered_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct scope_reentered, instance), NULL},
};

static char *scope_reentered_write(char *to, const void *record)
{
    const struct scope_reentered *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape scope_reentered_shape = {
    "scope_reentered", sizeof(struct scope_reentered), scope_reentered_fields, 1, 0x0,
    scope_reentered_write};

static const struct field instance_modified_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_modified, instance), NULL},
};

static char *instance_modified_write(char *to, const void *record)
{
    const struct instance_modified *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape instance_modified_shape = {
    "instance_modified", sizeof(struct instance_modified), instance_modified_fields, 1, 0x0,
    instance_modified_write};

const struct shape instance_suspended_shape = {
    "instance_suspended", sizeof(struct instance_suspended), NULL, 0, 0};

static const struct field instance_resumed_fields[] = {
    {"is_to_end", FIELD_BOOLEAN, 1, offsetof(struct instance_resumed, is_to_end), NULL},
};

static char *instance_resumed_write(char *to, const void *record)
{
    const struct instance_resumed *r = record;

    to = walk_number(to, 1, (u64)r->is_to_end);
    return to;
}

const struct shape instance_resumed_shape = {
    "instance_resumed", sizeof(struct instance_resumed), instance_resumed_fields, 1, 0x0,
    instance_resumed_write};

static const struct field business_id_assigned_fields[] = {
    {"business_id", FIELD_TEXT, 1, offsetof(struct business_id_assigned, business_id), NULL},
};

static size_t business_id_assigned_far(const void *record)
{
    const struct business_id_assigned *r = record;

    return walk_text_size(r->business_id);
}

static char *business_id_assigned_write(char *to, const void *record)
{
    const struct business_id_assigned *r = record;

    to = walk_text(to, 1, r->business_id);
    return to;
}

static void business_id_assigned_move(char *to, void *record)
{
    struct business_id_assigned *r = record;

    to = walk_text_move(to, &r->business_id);
}

const struct shape business_id_assigned_shape = {
    "business_id_assigned", sizeof(struct business_id_assigned), business_id_assigned_fields, 1, 0x1,
    business_id_assigned_write, business_id_assigned_far, business_id_assigned_move};

static const struct field instance_migrated_fields[] = {
    {"process", FIELD_U64, 1, offsetof(struct instance_migrated, process), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct instance_migrated, bpmn_process_id), NULL},
    {"version", FIELD_I32, 3, offsetof(struct instance_migrated, version), NULL},
    {"ends_after", FIELD_LIST_U64, 4, offsetof(struct instance_migrated, ends_after), NULL},
};

static size_t instance_migrated_far(const void *record)
{
    const struct instance_migrated *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_list_size(r->ends_after);
}

static char *instance_migrated_write(char *to, const void *record)
{
    const struct instance_migrated *r = record;

    to = walk_number(to, 1, (u64)r->process);
    to = walk_text(to, 2, r->bpmn_process_id);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_list(to, 4, r->ends_after);
    return to;
}

static void instance_migrated_move(char *to, void *record)
{
    struct instance_migrated *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_list_move(to, &r->ends_after);
}

const struct shape instance_migrated_shape = {
    "instance_migrated", sizeof(struct instance_migrated), instance_migrated_fields, 4, 0xa,
    instance_migrated_write, instance_migrated_far, instance_migrated_move};

static const struct field element_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct element_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct element_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct element_migrated, element), NULL},
    {"interrupted_by", FIELD_U32, 4, offsetof(struct element_migrated, interrupted_by), NULL},
};

static char *element_migrated_write(char *to, const void *record)
{
    const struct element_migrated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->interrupted_by);
    return to;
}

const struct shape element_migrated_shape = {
    "element_migrated", sizeof(struct element_migrated), element_migrated_fields, 4, 0x0,
    element_migrated_write};

static const struct field row_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct row_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct row_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct row_migrated, element), NULL},
};

static char *row_migrated_write(char *to, const void *record)
{
    const struct row_migrated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    return to;
}

const struct shape row_migrated_shape = {
    "row_migrated", sizeof(struct row_migrated), row_migrated_fields, 3, 0x0,
    row_migrated_write};

static const struct field job_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct job_migrated, process), NULL},
    {"element", FIELD_U32, 3, offsetof(struct job_migrated, element), NULL},
    {"headers", FIELD_JSON, 4, offsetof(struct job_migrated, headers), NULL},
};

static size_t job_migrated_far(const void *record)
{
    const struct job_migrated *r = record;

    return walk_text_size(r->headers);
}

static char *job_migrated_write(char *to, const void *record)
{
    const struct job_migrated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_text(to, 4, r->headers);
    return to;
}

static void job_migrated_move(char *to, void *record)
{
    struct job_migrated *r = record;

    to = walk_text_move(to, &r->headers);
}

const struct shape job_migrated_shape = {
    "job_migrated", sizeof(struct job_migrated), job_migrated_fields, 4, 0x8,
    job_migrated_write, job_migrated_far, job_migrated_move};

static const struct field process_subscription_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct process_subscription_migrated, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct process_subscription_migrated, element), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct process_subscription_migrated, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 4, offsetof(struct process_subscription_migrated, is_interrupting), NULL},
};

static size_t process_subscription_migrated_far(const void *record)
{
    const struct process_subscription_migrated *r = record;

    return walk_text_size(r->bpmn_process_id);
}

static char *process_subscription_migrated_write(char *to, const void *record)
{
    const struct process_subscription_migrated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element);
    to = walk_text(to, 3, r->bpmn_process_id);
    to = walk_number(to, 4, (u64)r->is_interrupting);
    return to;
}

static void process_subscription_migrated_move(char *to, void *record)
{
    struct process_subscription_migrated *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape process_subscription_migrated_shape = {
    "process_subscription_migrated", sizeof(struct process_subscription_migrated), process_subscription_migrated_fields, 4, 0x4,
    process_subscription_migrated_write, process_subscription_migrated_far, process_subscription_migrated_move};

static const struct field message_subscription_migrated_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct message_subscription_migrated, bpmn_process_id), NULL},
    {"is_interrupting", FIELD_BOOLEAN, 2, offsetof(struct message_subscription_migrated, is_interrupting), NULL},
};

static size_t message_subscription_migrated_far(const void *record)
{
    const struct message_subscription_migrated *r = record;

    return walk_text_size(r->bpmn_process_id);
}

static char *message_subscription_migrated_write(char *to, const void *record)
{
    const struct message_subscription_migrated *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_number(to, 2, (u64)r->is_interrupting);
    return to;
}

static void message_subscription_migrated_move(char *to, void *record)
{
    struct message_subscription_migrated *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape message_subscription_migrated_shape = {
    "message_subscription_migrated", sizeof(struct message_subscription_migrated), message_subscription_migrated_fields, 2, 0x1,
    message_subscription_migrated_write, message_subscription_migrated_far, message_subscription_migrated_move};

static const struct field compensation_migrated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_migrated, instance), NULL},
    {"process", FIELD_U64, 2, offsetof(struct compensation_migrated, process), NULL},
    {"activity", FIELD_U32, 3, offsetof(struct compensation_migrated, activity), NULL},
    {"handler", FIELD_U32, 4, offsetof(struct compensation_migrated, handler), NULL},
};

static char *compensation_migrated_write(char *to, const void *record)
{
    const struct compensation_migrated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->activity);
    to = walk_number(to, 4, (u64)r->handler);
    return to;
}

const struct shape compensation_migrated_shape = {
    "compensation_migrated", sizeof(struct compensation_migrated), compensation_migrated_fields, 4, 0x0,
    compensation_migrated_write};

static const struct field signal_broadcasted_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct signal_broadcasted, name), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct signal_broadcasted, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct signal_broadcasted, tenant), NULL},
};

static size_t signal_broadcasted_far(const void *record)
{
    const struct signal_broadcasted *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->variables) +
           walk_text_size(r->tenant);
}

static char *signal_broadcasted_write(char *to, const void *record)
{
    const struct signal_broadcasted *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->variables);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void signal_broadcasted_move(char *to, void *record)
{
    struct signal_broadcasted *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
}

const struct shape signal_broadcasted_shape = {
    "signal_broadcasted", sizeof(struct signal_broadcasted), signal_broadcasted_fields, 3, 0x7,
    signal_broadcasted_write, signal_broadcasted_far, signal_broadcasted_move};

static const struct field condition_closed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct condition_closed, instance), NULL},
};

static char *condition_closed_write(char *to, const void *record)
{
    const struct condition_closed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape condition_closed_shape = {
    "condition_closed", sizeof(struct condition_closed), condition_closed_fields, 1, 0x0,
    condition_closed_write};

static const struct field conditions_evaluated_fields[] = {
    {"process_key", FIELD_U64, 1, offsetof(struct conditions_evaluated, process_key), NULL},
    {"variables", FIELD_JSON, 2, offsetof(struct conditions_evaluated, variables), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct conditions_evaluated, tenant), NULL},
};

static size_t conditions_evaluated_far(const void *record)
{
    const struct conditions_evaluated *r = record;

    return walk_text_size(r->variables) +
           walk_text_size(r->tenant);
}

static char *conditions_evaluated_write(char *to, const void *record)
{
    const struct conditions_evaluated *r = record;

    to = walk_number(to, 1, (u64)r->process_key);
    to = walk_text(to, 2, r->variables);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void conditions_evaluated_move(char *to, void *record)
{
    struct conditions_evaluated *r = record;

    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
}

const struct shape conditions_evaluated_shape = {
    "conditions_evaluated", sizeof(struct conditions_evaluated), conditions_evaluated_fields, 3, 0x6,
    conditions_evaluated_write, conditions_evaluated_far, conditions_evaluated_move};

static const struct field signal_subscription_deleted_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct signal_subscription_deleted, instance), NULL},
};

static char *signal_subscription_deleted_write(char *to, const void *record)
{
    const struct signal_subscription_deleted *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape signal_subscription_deleted_shape = {
    "signal_subscription_deleted", sizeof(struct signal_subscription_deleted), signal_subscription_deleted_fields, 1, 0x0,
    signal_subscription_deleted_write};

static const struct field compensation_triggered_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_triggered, instance), NULL},
    {"thrower", FIELD_U64, 2, offsetof(struct compensation_triggered, thrower), NULL},
    {"handler_instance", FIELD_U64, 3, offsetof(struct compensation_triggered, handler_instance), NULL},
};

static char *compensation_triggered_write(char *to, const void *record)
{
    const struct compensation_triggered *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->thrower);
    to = walk_number(to, 3, (u64)r->handler_instance);
    return to;
}

const struct shape compensation_triggered_shape = {
    "compensation_triggered", sizeof(struct compensation_triggered), compensation_triggered_fields, 3, 0x0,
    compensation_triggered_write};

static const struct field compensation_completed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct compensation_completed, instance), NULL},
};

static char *compensation_completed_write(char *to, const void *record)
{
    const struct compensation_completed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape compensation_completed_shape = {
    "compensation_completed", sizeof(struct compensation_completed), compensation_completed_fields, 1, 0x0,
    compensation_completed_write};

static const struct field escalated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct escalated, instance), NULL},
    {"code", FIELD_TEXT, 2, offsetof(struct escalated, code), NULL},
    {"thrower", FIELD_U32, 3, offsetof(struct escalated, thrower), NULL},
    {"catcher", FIELD_U32, 4, offsetof(struct escalated, catcher), NULL},
};

static size_t escalated_far(const void *record)
{
    const struct escalated *r = record;

    return walk_text_size(r->code);
}

static char *escalated_write(char *to, const void *record)
{
    const struct escalated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->code);
    to = walk_number(to, 3, (u64)r->thrower);
    to = walk_number(to, 4, (u64)r->catcher);
    return to;
}

static void escalated_move(char *to, void *record)
{
    struct escalated *r = record;

    to = walk_text_move(to, &r->code);
}

const struct shape escalated_shape = {
    "escalated", sizeof(struct escalated), escalated_fields, 4, 0x2,
    escalated_write, escalated_far, escalated_move};

static const struct field batch_scanned_fields[] = {
    {"at", FIELD_U64, 1, offsetof(struct batch_scanned, at), NULL},
    {"path", FIELD_LIST_U64, 2, offsetof(struct batch_scanned, path), NULL},
    {"is_done", FIELD_BOOLEAN, 3, offsetof(struct batch_scanned, is_done), NULL},
};

static size_t batch_scanned_far(const void *record)
{
    const struct batch_scanned *r = record;

    return walk_list_size(r->path);
}

static char *batch_scanned_write(char *to, const void *record)
{
    const struct batch_scanned *r = record;

    to = walk_number(to, 1, (u64)r->at);
    to = walk_list(to, 2, r->path);
    to = walk_number(to, 3, (u64)r->is_done);
    return to;
}

static void batch_scanned_move(char *to, void *record)
{
    struct batch_scanned *r = record;

    to = walk_list_move(to, &r->path);
}

const struct shape batch_scanned_shape = {
    "batch_scanned", sizeof(struct batch_scanned), batch_scanned_fields, 3, 0x2,
    batch_scanned_write, batch_scanned_far, batch_scanned_move};

static const struct field batch_item_done_fields[] = {
    {"batch", FIELD_U64, 1, offsetof(struct batch_item_done, batch), NULL},
    {"state", FIELD_U32, 2, offsetof(struct batch_item_done, state), NULL},
    {"error", FIELD_TEXT, 3, offsetof(struct batch_item_done, error), NULL},
};

static size_t batch_item_done_far(const void *record)
{
    const struct batch_item_done *r = record;

    return walk_text_size(r->error);
}

static char *batch_item_done_write(char *to, const void *record)
{
    const struct batch_item_done *r = record;

    to = walk_number(to, 1, (u64)r->batch);
    to = walk_number(to, 2, (u64)r->state);
    to = walk_text(to, 3, r->error);
    return to;
}

static void batch_item_done_move(char *to, void *record)
{
    struct batch_item_done *r = record;

    to = walk_text_move(to, &r->error);
}

const struct shape batch_item_done_shape = {
    "batch_item_done", sizeof(struct batch_item_done), batch_item_done_fields, 3, 0x4,
    batch_item_done_write, batch_item_done_far, batch_item_done_move};

static const struct field batch_part_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct batch_part, partition), NULL},
    {"total", FIELD_U64, 2, offsetof(struct batch_part, total), NULL},
    {"completed", FIELD_U64, 3, offsetof(struct batch_part, completed), NULL},
    {"failed", FIELD_U64, 4, offsetof(struct batch_part, failed), NULL},
    {"is_done", FIELD_BOOLEAN, 5, offsetof(struct batch_part, is_done), NULL},
    {"error", FIELD_TEXT, 6, offsetof(struct batch_part, error), NULL},
};

static size_t batch_part_far(const void *record)
{
    const struct batch_part *r = record;

    return walk_text_size(r->error);
}

static char *batch_part_write(char *to, const void *record)
{
    const struct batch_part *r = record;

    to = walk_number(to, 1, (u64)r->partition);
    to = walk_number(to, 2, (u64)r->total);
    to = walk_number(to, 3, (u64)r->completed);
    to = walk_number(to, 4, (u64)r->failed);
    to = walk_number(to, 5, (u64)r->is_done);
    to = walk_text(to, 6, r->error);
    return to;
}

static void batch_part_move(char *to, void *record)
{
    struct batch_part *r = record;

    to = walk_text_move(to, &r->error);
}

const struct shape batch_part_shape = {
    "batch_part", sizeof(struct batch_part), batch_part_fields, 6, 0x20,
    batch_part_write, batch_part_far, batch_part_move};

static const struct field batch_moved_fields[] = {
    {"state", FIELD_U32, 1, offsetof(struct batch_moved, state), NULL},
    {"error", FIELD_TEXT, 2, offsetof(struct batch_moved, error), NULL},
};

static size_t batch_moved_far(const void *record)
{
    const struct batch_moved *r = record;

    return walk_text_size(r->error);
}

static char *batch_moved_write(char *to, const void *record)
{
    const struct batch_moved *r = record;

    to = walk_number(to, 1, (u64)r->state);
    to = walk_text(to, 2, r->error);
    return to;
}

static void batch_moved_move(char *to, void *record)
{
    struct batch_moved *r = record;

    to = walk_text_move(to, &r->error);
}

const struct shape batch_moved_shape = {
    "batch_moved", sizeof(struct batch_moved), batch_moved_fields, 2, 0x2,
    batch_moved_write, batch_moved_far, batch_moved_move};

static const struct field variables_changed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variables_changed, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variables_changed, scope), NULL},
    {"is_local", FIELD_BOOLEAN, 3, offsetof(struct variables_changed, is_local), NULL},
};

static char *variables_changed_write(char *to, const void *record)
{
    const struct variables_changed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->scope);
    to = walk_number(to, 3, (u64)r->is_local);
    return to;
}

const struct shape variables_changed_shape = {
    "variables_changed", sizeof(struct variables_changed), variables_changed_fields, 3, 0x0,
    variables_changed_write};

static const struct field variable_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variable_updated, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variable_updated, scope), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct variable_updated, name), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct variable_updated, value), NULL},
};

static size_t variable_updated_far(const void *record)
{
    const struct variable_updated *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->value);
}

static char *variable_updated_write(char *to, const void *record)
{
    const struct variable_updated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->scope);
    to = walk_text(to, 3, r->name);
    to = walk_text(to, 4, r->value);
    return to;
}

static void variable_updated_move(char *to, void *record)
{
    struct variable_updated *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->value);
}

const struct shape variable_updated_shape = {
    "variable_updated", sizeof(struct variable_updated), variable_updated_fields, 4, 0xc,
    variable_updated_write, variable_updated_far, variable_updated_move};

static const struct field job_activated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_activated, instance), NULL},
    {"worker", FIELD_TEXT, 2, offsetof(struct job_activated, worker), NULL},
    {"deadline", FIELD_I64, 3, offsetof(struct job_activated, deadline), NULL},
};

static size_t job_activated_far(const void *record)
{
    const struct job_activated *r = record;

    return walk_text_size(r->worker);
}

static char *job_activated_write(char *to, const void *record)
{
    const struct job_activated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->worker);
    to = walk_number(to, 3, (u64)r->deadline);
    return to;
}

static void job_activated_move(char *to, void *record)
{
    struct job_activated *r = record;

    to = walk_text_move(to, &r->worker);
}

const struct shape job_activated_shape = {
    "job_activated", sizeof(struct job_activated), job_activated_fields, 3, 0x2,
    job_activated_write, job_activated_far, job_activated_move};

static const struct field job_completed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_completed, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct job_completed, element_instance), NULL},
    {"variables", FIELD_JSON, 3, offsetof(struct job_completed, variables), NULL},
    {"is_listener", FIELD_BOOLEAN, 4, offsetof(struct job_completed, is_listener), NULL},
    {"user_task", FIELD_U64, 5, offsetof(struct job_completed, user_task), NULL},
};

static size_t job_completed_far(const void *record)
{
    const struct job_completed *r = record;

    return walk_text_size(r->variables);
}

static char *job_completed_write(char *to, const void *record)
{
    const struct job_completed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_text(to, 3, r->variables);
    to = walk_number(to, 4, (u64)r->is_listener);
    to = walk_number(to, 5, (u64)r->user_task);
    return to;
}

static void job_completed_move(char *to, void *record)
{
    struct job_completed *r = record;

    to = walk_text_move(to, &r->variables);
}

const struct shape job_completed_shape = {
    "job_completed", sizeof(struct job_completed), job_completed_fields, 5, 0x4,
    job_completed_write, job_completed_far, job_completed_move};

static const struct field job_failed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_failed, instance), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_failed, retries), NULL},
    {"error_message", FIELD_TEXT, 3, offsetof(struct job_failed, error_message), NULL},
    {"recurs_at", FIELD_I64, 4, offsetof(struct job_failed, recurs_at), NULL},
};

static size_t job_failed_far(const void *record)
{
    const struct job_failed *r = record;

    return walk_text_size(r->error_message);
}

static char *job_failed_write(char *to, const void *record)
{
    const struct job_failed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->retries);
    to = walk_text(to, 3, r->error_message);
    to = walk_number(to, 4, (u64)r->recurs_at);
    return to;
}

static void job_failed_move(char *to, void *record)
{
    struct job_failed *r = record;

    to = walk_text_move(to, &r->error_message);
}

const struct shape job_failed_shape = {
    "job_failed", sizeof(struct job_failed), job_failed_fields, 4, 0x4,
    job_failed_write, job_failed_far, job_failed_move};

static const struct field job_error_thrown_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_error_thrown, instance), NULL},
    {"error_code", FIELD_TEXT, 2, offsetof(struct job_error_thrown, error_code), NULL},
    {"error_message", FIELD_TEXT, 3, offsetof(struct job_error_thrown, error_message), NULL},
    {"is_caught", FIELD_BOOLEAN, 4, offsetof(struct job_error_thrown, is_caught), NULL},
};

static size_t job_error_thrown_far(const void *record)
{
    const struct job_error_thrown *r = record;

    return walk_text_size(r->error_code) +
           walk_text_size(r->error_message);
}

static char *job_error_thrown_write(char *to, const void *record)
{
    const struct job_error_thrown *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->error_code);
    to = walk_text(to, 3, r->error_message);
    to = walk_number(to, 4, (u64)r->is_caught);
    return to;
}

static void job_error_thrown_move(char *to, void *record)
{
    struct job_error_thrown *r = record;

    to = walk_text_move(to, &r->error_code);
    to = walk_text_move(to, &r->error_message);
}

const struct shape job_error_thrown_shape = {
    "job_error_thrown", sizeof(struct job_error_thrown), job_error_thrown_fields, 4, 0x6,
    job_error_thrown_write, job_error_thrown_far, job_error_thrown_move};

static const struct field job_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_moved, instance), NULL},
};

static char *job_moved_write(char *to, const void *record)
{
    const struct job_moved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape job_moved_shape = {
    "job_moved", sizeof(struct job_moved), job_moved_fields, 1, 0x0,
    job_moved_write};

static const struct field job_retries_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_retries_updated, instance), NULL},
    {"retries", FIELD_I32, 2, offsetof(struct job_retries_updated, retries), NULL},
};

static char *job_retries_updated_write(char *to, const void *record)
{
    const struct job_retries_updated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->retries);
    return to;
}

const struct shape job_retries_updated_shape = {
    "job_retries_updated", sizeof(struct job_retries_updated), job_retries_updated_fields, 2, 0x0,
    job_retries_updated_write};

static const struct field job_timeout_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_timeout_updated, instance), NULL},
    {"deadline", FIELD_I64, 2, offsetof(struct job_timeout_updated, deadline), NULL},
};

static char *job_timeout_updated_write(char *to, const void *record)
{
    const struct job_timeout_updated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->deadline);
    return to;
}

const struct shape job_timeout_updated_shape = {
    "job_timeout_updated", sizeof(struct job_timeout_updated), job_timeout_updated_fields, 2, 0x0,
    job_timeout_updated_write};

static const struct field job_priority_updated_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct job_priority_updated, instance), NULL},
    {"priority", FIELD_I32, 2, offsetof(struct job_priority_updated, priority), NULL},
};

static char *job_priority_updated_write(char *to, const void *record)
{
    const struct job_priority_updated *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->priority);
    return to;
}

const struct shape job_priority_updated_shape = {
    "job_priority_updated", sizeof(struct job_priority_updated), job_priority_updated_fields, 2, 0x0,
    job_priority_updated_write};

static const struct field user_task_changing_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_changing, instance), NULL},
    {"wanted", FIELD_ONE, 2, offsetof(struct user_task_changing, wanted), &user_task_values_shape},
    {"changed", FIELD_LIST_TEXT, 3, offsetof(struct user_task_changing, changed), NULL},
    {"action", FIELD_TEXT, 4, offsetof(struct user_task_changing, action), NULL},
    {"variables", FIELD_JSON, 5, offsetof(struct user_task_changing, variables), NULL},
    {"request", FIELD_U64, 6, offsetof(struct user_task_changing, request), NULL},
    {"is_local", FIELD_BOOLEAN, 7, offsetof(struct user_task_changing, is_local), NULL},
};

static size_t user_task_changing_far(const void *record)
{
    const struct user_task_changing *r = record;

    if (r->wanted || r->changed.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->action) +
           walk_text_size(r->variables);
}

static char *user_task_changing_write(char *to, const void *record)
{
    const struct user_task_changing *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 4, r->action);
    to = walk_text(to, 5, r->variables);
    to = walk_number(to, 6, (u64)r->request);
    to = walk_number(to, 7, (u64)r->is_local);
    return to;
}

static void user_task_changing_move(char *to, void *record)
{
    struct user_task_changing *r = record;

    to = walk_text_move(to, &r->action);
    to = walk_text_move(to, &r->variables);
}

const struct shape user_task_changing_shape = {
    "user_task_changing", sizeof(struct user_task_changing), user_task_changing_fields, 7, 0x1e,
    user_task_changing_write, user_task_changing_far, user_task_changing_move};

static const struct field user_task_corrected_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_corrected, instance), NULL},
    {"wanted", FIELD_ONE, 2, offsetof(struct user_task_corrected, wanted), &user_task_values_shape},
    {"changed", FIELD_LIST_TEXT, 3, offsetof(struct user_task_corrected, changed), NULL},
};

static size_t user_task_corrected_far(const void *record)
{
    const struct user_task_corrected *r = record;

    if (r->wanted || r->changed.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *user_task_corrected_write(char *to, const void *record)
{
    const struct user_task_corrected *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape user_task_corrected_shape = {
    "user_task_corrected", sizeof(struct user_task_corrected), user_task_corrected_fields, 3, 0x6,
    user_task_corrected_write, user_task_corrected_far};

static const struct field user_task_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct user_task_moved, instance), NULL},
};

static char *user_task_moved_write(char *to, const void *record)
{
    const struct user_task_moved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape user_task_moved_shape = {
    "user_task_moved", sizeof(struct user_task_moved), user_task_moved_fields, 1, 0x0,
    user_task_moved_write};

static const struct field timer_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct timer_moved, instance), NULL},
};

static char *timer_moved_write(char *to, const void *record)
{
    const struct timer_moved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape timer_moved_shape = {
    "timer_moved", sizeof(struct timer_moved), timer_moved_fields, 1, 0x0,
    timer_moved_write};

static const struct field incident_resolved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct incident_resolved, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct incident_resolved, element_instance), NULL},
    {"job", FIELD_U64, 3, offsetof(struct incident_resolved, job), NULL},
    {"listens_again", FIELD_BOOLEAN, 4, offsetof(struct incident_resolved, listens_again), NULL},
};

static char *incident_resolved_write(char *to, const void *record)
{
    const struct incident_resolved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_number(to, 3, (u64)r->job);
    to = walk_number(to, 4, (u64)r->listens_again);
    return to;
}

const struct shape incident_resolved_shape = {
    "incident_resolved", sizeof(struct incident_resolved), incident_resolved_fields, 4, 0x0,
    incident_resolved_write};

const struct shape message_expired_shape = {
    "message_expired", sizeof(struct message_expired), NULL, 0, 0};

static const struct field subscription_correlating_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct subscription_correlating, message), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct subscription_correlating, bpmn_process_id), NULL},
    {"request", FIELD_U64, 3, offsetof(struct subscription_correlating, request), NULL},
};

static size_t subscription_correlating_far(const void *record)
{
    const struct subscription_correlating *r = record;

    return walk_text_size(r->bpmn_process_id);
}

static char *subscription_correlating_write(char *to, const void *record)
{
    const struct subscription_correlating *r = record;

    to = walk_number(to, 1, (u64)r->message);
    to = walk_text(to, 2, r->bpmn_process_id);
    to = walk_number(to, 3, (u64)r->request);
    return to;
}

static void subscription_correlating_move(char *to, void *record)
{
    struct subscription_correlating *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape subscription_correlating_shape = {
    "subscription_correlating", sizeof(struct subscription_correlating), subscription_correlating_fields, 3, 0x2,
    subscription_correlating_write, subscription_correlating_far, subscription_correlating_move};

static const struct field expression_warned_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct expression_warned, instance), NULL},
    {"element", FIELD_U32, 2, offsetof(struct expression_warned, element), NULL},
    {"expression", FIELD_TEXT, 3, offsetof(struct expression_warned, expression), NULL},
    {"inputs", FIELD_JSON, 4, offsetof(struct expression_warned, inputs), NULL},
    {"warnings", FIELD_LIST_TEXT, 5, offsetof(struct expression_warned, warnings), NULL},
    {"left_out", FIELD_U32, 6, offsetof(struct expression_warned, left_out), NULL},
};

static size_t expression_warned_far(const void *record)
{
    const struct expression_warned *r = record;

    if (r->warnings.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->expression) +
           walk_text_size(r->inputs);
}

static char *expression_warned_write(char *to, const void *record)
{
    const struct expression_warned *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element);
    to = walk_text(to, 3, r->expression);
    to = walk_text(to, 4, r->inputs);
    to = walk_number(to, 6, (u64)r->left_out);
    return to;
}

static void expression_warned_move(char *to, void *record)
{
    struct expression_warned *r = record;

    to = walk_text_move(to, &r->expression);
    to = walk_text_move(to, &r->inputs);
}

const struct shape expression_warned_shape = {
    "expression_warned", sizeof(struct expression_warned), expression_warned_fields, 6, 0x1c,
    expression_warned_write, expression_warned_far, expression_warned_move};

static const struct field subscription_moved_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct subscription_moved, message), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct subscription_moved, bpmn_process_id), NULL},
};

static size_t subscription_moved_far(const void *record)
{
    const struct subscription_moved *r = record;

    return walk_text_size(r->bpmn_process_id);
}

static char *subscription_moved_write(char *to, const void *record)
{
    const struct subscription_moved *r = record;

    to = walk_number(to, 1, (u64)r->message);
    to = walk_text(to, 2, r->bpmn_process_id);
    return to;
}

static void subscription_moved_move(char *to, void *record)
{
    struct subscription_moved *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
}

const struct shape subscription_moved_shape = {
    "subscription_moved", sizeof(struct subscription_moved), subscription_moved_fields, 2, 0x2,
    subscription_moved_write, subscription_moved_far, subscription_moved_move};

static const struct field process_subscription_moved_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct process_subscription_moved, instance), NULL},
    {"message", FIELD_U64, 2, offsetof(struct process_subscription_moved, message), NULL},
};

static char *process_subscription_moved_write(char *to, const void *record)
{
    const struct process_subscription_moved *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->message);
    return to;
}

const struct shape process_subscription_moved_shape = {
    "process_subscription_moved", sizeof(struct process_subscription_moved), process_subscription_moved_fields, 2, 0x0,
    process_subscription_moved_write};

static const struct field start_correlated_fields[] = {
    {"message", FIELD_U64, 1, offsetof(struct start_correlated, message), NULL},
    {"instance", FIELD_U64, 2, offsetof(struct start_correlated, instance), NULL},
    {"bpmn_process_id", FIELD_TEXT, 3, offsetof(struct start_correlated, bpmn_process_id), NULL},
    {"correlation_key", FIELD_TEXT, 4, offsetof(struct start_correlated, correlation_key), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct start_correlated, tenant), NULL},
};

static size_t start_correlated_far(const void *record)
{
    const struct start_correlated *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->tenant);
}

static char *start_correlated_write(char *to, const void *record)
{
    const struct start_correlated *r = record;

    to = walk_number(to, 1, (u64)r->message);
    to = walk_number(to, 2, (u64)r->instance);
    to = walk_text(to, 3, r->bpmn_process_id);
    to = walk_text(to, 4, r->correlation_key);
    to = walk_text(to, 5, r->tenant);
    return to;
}

static void start_correlated_move(char *to, void *record)
{
    struct start_correlated *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->tenant);
}

const struct shape start_correlated_shape = {
    "start_correlated", sizeof(struct start_correlated), start_correlated_fields, 5, 0x1c,
    start_correlated_write, start_correlated_far, start_correlated_move};

const struct shape start_lock_released_shape = {
    "start_lock_released", sizeof(struct start_lock_released), NULL, 0, 0};

const struct shape start_subscription_deleted_shape = {
    "start_subscription_deleted", sizeof(struct start_subscription_deleted), NULL, 0, 0};

static const struct field pending_removed_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_removed, instance), NULL},
};

static char *pending_removed_write(char *to, const void *record)
{
    const struct pending_removed *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    return to;
}

const struct shape pending_removed_shape = {
    "pending_removed", sizeof(struct pending_removed), pending_removed_fields, 1, 0x0,
    pending_removed_write};

static const struct field pending_refused_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_refused, instance), NULL},
    {"command", FIELD_TEXT, 2, offsetof(struct pending_refused, command), NULL},
    {"about", FIELD_U64, 3, offsetof(struct pending_refused, about), NULL},
    {"rejection", FIELD_U32, 4, offsetof(struct pending_refused, rejection), NULL},
    {"reason", FIELD_TEXT, 5, offsetof(struct pending_refused, reason), NULL},
};

static size_t pending_refused_far(const void *record)
{
    const struct pending_refused *r = record;

    return walk_text_size(r->command) +
           walk_text_size(r->reason);
}

static char *pending_refused_write(char *to, const void *record)
{
    const struct pending_refused *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->command);
    to = walk_number(to, 3, (u64)r->about);
    to = walk_number(to, 4, (u64)r->rejection);
    to = walk_text(to, 5, r->reason);
    return to;
}

static void pending_refused_move(char *to, void *record)
{
    struct pending_refused *r = record;

    to = walk_text_move(to, &r->command);
    to = walk_text_move(to, &r->reason);
}

const struct shape pending_refused_shape = {
    "pending_refused", sizeof(struct pending_refused), pending_refused_fields, 5, 0x12,
    pending_refused_write, pending_refused_far, pending_refused_move};

static const struct field outbox_acknowledged_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_acknowledged, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_acknowledged, number), NULL},
};

static char *outbox_acknowledged_write(char *to, const void *record)
{
    const struct outbox_acknowledged *r = record;

    to = walk_number(to, 1, (u64)r->partition);
    to = walk_number(to, 2, (u64)r->number);
    return to;
}

const struct shape outbox_acknowledged_shape = {
    "outbox_acknowledged", sizeof(struct outbox_acknowledged), outbox_acknowledged_fields, 2, 0x0,
    outbox_acknowledged_write};

static const struct field inbox_moved_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct inbox_moved, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct inbox_moved, number), NULL},
};

static char *inbox_moved_write(char *to, const void *record)
{
    const struct inbox_moved *r = record;

    to = walk_number(to, 1, (u64)r->partition);
    to = walk_number(to, 2, (u64)r->number);
    return to;
}

const struct shape inbox_moved_shape = {
    "inbox_moved", sizeof(struct inbox_moved), inbox_moved_fields, 2, 0x0,
    inbox_moved_write};

static const struct field instance_banned_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct instance_banned, instance), NULL},
    {"reason", FIELD_TEXT, 2, offsetof(struct instance_banned, reason), NULL},
};

static size_t instance_banned_far(const void *record)
{
    const struct instance_banned *r = record;

    return walk_text_size(r->reason);
}

static char *instance_banned_write(char *to, const void *record)
{
    const struct instance_banned *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->reason);
    return to;
}

static void instance_banned_move(char *to, void *record)
{
    struct instance_banned *r = record;

    to = walk_text_move(to, &r->reason);
}

const struct shape instance_banned_shape = {
    "instance_banned", sizeof(struct instance_banned), instance_banned_fields, 2, 0x2,
    instance_banned_write, instance_banned_far, instance_banned_move};

static const struct field due_dropped_fields[] = {
    {"reason", FIELD_TEXT, 1, offsetof(struct due_dropped, reason), NULL},
};

static size_t due_dropped_far(const void *record)
{
    const struct due_dropped *r = record;

    return walk_text_size(r->reason);
}

static char *due_dropped_write(char *to, const void *record)
{
    const struct due_dropped *r = record;

    to = walk_text(to, 1, r->reason);
    return to;
}

static void due_dropped_move(char *to, void *record)
{
    struct due_dropped *r = record;

    to = walk_text_move(to, &r->reason);
}

const struct shape due_dropped_shape = {
    "due_dropped", sizeof(struct due_dropped), due_dropped_fields, 1, 0x1,
    due_dropped_write, due_dropped_far, due_dropped_move};

static const struct field imported_fields[] = {
    {"uri", FIELD_TEXT, 1, offsetof(struct imported, uri), NULL},
    {"content", FIELD_BYTES, 2, offsetof(struct imported, content), NULL},
};

static size_t imported_far(const void *record)
{
    const struct imported *r = record;

    return walk_text_size(r->uri) +
           walk_text_size(r->content);
}

static char *imported_write(char *to, const void *record)
{
    const struct imported *r = record;

    to = walk_text(to, 1, r->uri);
    to = walk_text(to, 2, r->content);
    return to;
}

static void imported_move(char *to, void *record)
{
    struct imported *r = record;

    to = walk_text_move(to, &r->uri);
    to = walk_text_move(to, &r->content);
}

const struct shape imported_shape = {
    "imported", sizeof(struct imported), imported_fields, 2, 0x3,
    imported_write, imported_far, imported_move};

static const struct field resource_row_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct resource_row, name), NULL},
    {"checksum", FIELD_U64, 2, offsetof(struct resource_row, checksum), NULL},
    {"content", FIELD_BYTES, 3, offsetof(struct resource_row, content), NULL},
    {"tenant", FIELD_TEXT, 4, offsetof(struct resource_row, tenant), NULL},
    {"imports", FIELD_MANY, 5, offsetof(struct resource_row, imports), &imported_shape},
};

static size_t resource_row_far(const void *record)
{
    const struct resource_row *r = record;

    if (r->imports.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->name) +
           walk_text_size(r->content) +
           walk_text_size(r->tenant);
}

static char *resource_row_write(char *to, const void *record)
{
    const struct resource_row *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_number(to, 2, (u64)r->checksum);
    to = walk_text(to, 3, r->content);
    to = walk_text(to, 4, r->tenant);
    return to;
}

static void resource_row_move(char *to, void *record)
{
    struct resource_row *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->content);
    to = walk_text_move(to, &r->tenant);
}

const struct shape resource_row_shape = {
    "resource_row", sizeof(struct resource_row), resource_row_fields, 5, 0x1d,
    resource_row_write, resource_row_far, resource_row_move};

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

static size_t process_row_far(const void *record)
{
    const struct process_row *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->version_tag) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant);
}

static char *process_row_write(char *to, const void *record)
{
    const struct process_row *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_number(to, 2, (u64)r->version);
    to = walk_text(to, 3, r->version_tag);
    to = walk_number(to, 4, (u64)r->resource);
    to = walk_text(to, 5, r->resource_name);
    to = walk_number(to, 6, (u64)r->checksum);
    to = walk_number(to, 7, (u64)r->deployment);
    to = walk_text(to, 8, r->tenant);
    to = walk_number(to, 9, (u64)r->is_deleted);
    return to;
}

static void process_row_move(char *to, void *record)
{
    struct process_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->version_tag);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape process_row_shape = {
    "process_row", sizeof(struct process_row), process_row_fields, 9, 0x95,
    process_row_write, process_row_far, process_row_move};

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

static size_t requirements_row_far(const void *record)
{
    const struct requirements_row *r = record;

    return walk_text_size(r->id) +
           walk_text_size(r->name) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant) +
           walk_text_size(r->uri);
}

static char *requirements_row_write(char *to, const void *record)
{
    const struct requirements_row *r = record;

    to = walk_text(to, 1, r->id);
    to = walk_text(to, 2, r->name);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_number(to, 4, (u64)r->resource);
    to = walk_text(to, 5, r->resource_name);
    to = walk_number(to, 6, (u64)r->checksum);
    to = walk_number(to, 7, (u64)r->deployment);
    to = walk_text(to, 8, r->tenant);
    to = walk_number(to, 9, (u64)r->is_deleted);
    to = walk_text(to, 10, r->uri);
    return to;
}

static void requirements_row_move(char *to, void *record)
{
    struct requirements_row *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->uri);
}

const struct shape requirements_row_shape = {
    "requirements_row", sizeof(struct requirements_row), requirements_row_fields, 10, 0x293,
    requirements_row_write, requirements_row_far, requirements_row_move};

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

static size_t decision_row_far(const void *record)
{
    const struct decision_row *r = record;

    return walk_text_size(r->id) +
           walk_text_size(r->name) +
           walk_text_size(r->version_tag) +
           walk_text_size(r->tenant);
}

static char *decision_row_write(char *to, const void *record)
{
    const struct decision_row *r = record;

    to = walk_text(to, 1, r->id);
    to = walk_text(to, 2, r->name);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_text(to, 4, r->version_tag);
    to = walk_number(to, 5, (u64)r->requirements);
    to = walk_number(to, 6, (u64)r->deployment);
    to = walk_text(to, 7, r->tenant);
    to = walk_number(to, 8, (u64)r->is_deleted);
    return to;
}

static void decision_row_move(char *to, void *record)
{
    struct decision_row *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->version_tag);
    to = walk_text_move(to, &r->tenant);
}

const struct shape decision_row_shape = {
    "decision_row", sizeof(struct decision_row), decision_row_fields, 8, 0x4b,
    decision_row_write, decision_row_far, decision_row_move};

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

static size_t artifact_row_far(const void *record)
{
    const struct artifact_row *r = record;

    return walk_text_size(r->id) +
           walk_text_size(r->version_tag) +
           walk_text_size(r->resource_name) +
           walk_text_size(r->tenant);
}

static char *artifact_row_write(char *to, const void *record)
{
    const struct artifact_row *r = record;

    to = walk_number(to, 1, (u64)r->kind);
    to = walk_text(to, 2, r->id);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_text(to, 4, r->version_tag);
    to = walk_number(to, 5, (u64)r->resource);
    to = walk_text(to, 6, r->resource_name);
    to = walk_number(to, 7, (u64)r->checksum);
    to = walk_number(to, 8, (u64)r->deployment);
    to = walk_text(to, 9, r->tenant);
    to = walk_number(to, 10, (u64)r->is_deleted);
    return to;
}

static void artifact_row_move(char *to, void *record)
{
    struct artifact_row *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->version_tag);
    to = walk_text_move(to, &r->resource_name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape artifact_row_shape = {
    "artifact_row", sizeof(struct artifact_row), artifact_row_fields, 10, 0x12a,
    artifact_row_write, artifact_row_far, artifact_row_move};

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

static size_t instance_row_far(const void *record)
{
    const struct instance_row *r = record;

    if (r->fetch_variables.items || r->tags.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->tenant) +
           walk_text_size(r->start_variables) +
           walk_text_size(r->business_id) +
           walk_list_size(r->ends_after);
}

static char *instance_row_write(char *to, const void *record)
{
    const struct instance_row *r = record;

    to = walk_number(to, 1, (u64)r->process);
    to = walk_text(to, 2, r->bpmn_process_id);
    to = walk_number(to, 3, (u64)r->version);
    to = walk_text(to, 4, r->tenant);
    to = walk_number(to, 5, (u64)r->awaits_result);
    to = walk_number(to, 7, (u64)r->start_event);
    to = walk_text(to, 8, r->start_variables);
    to = walk_number(to, 9, (u64)r->is_banned);
    to = walk_number(to, 10, (u64)r->started_at);
    to = walk_number(to, 11, (u64)r->parent_instance);
    to = walk_number(to, 12, (u64)r->root_instance);
    to = walk_number(to, 13, (u64)r->depth);
    to = walk_text(to, 15, r->business_id);
    to = walk_list(to, 16, r->ends_after);
    to = walk_number(to, 17, (u64)r->incidents);
    to = walk_number(to, 18, (u64)r->is_suspended);
    to = walk_number(to, 19, (u64)r->suspended_at);
    return to;
}

static void instance_row_move(char *to, void *record)
{
    struct instance_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->start_variables);
    to = walk_text_move(to, &r->business_id);
    to = walk_list_move(to, &r->ends_after);
}

const struct shape instance_row_shape = {
    "instance_row", sizeof(struct instance_row), instance_row_fields, 19, 0xe0aa,
    instance_row_write, instance_row_far, instance_row_move};

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

static char *element_row_write(char *to, const void *record)
{
    const struct element_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->scope);
    to = walk_number(to, 5, (u64)r->state);
    to = walk_number(to, 6, (u64)r->interrupted_by);
    to = walk_number(to, 7, (u64)r->listener);
    to = walk_number(to, 8, (u64)r->parent);
    to = walk_number(to, 9, (u64)r->is_body);
    to = walk_number(to, 10, (u64)r->loop_counter);
    to = walk_number(to, 11, (u64)r->loop_created);
    to = walk_number(to, 12, (u64)r->loop_completed);
    to = walk_number(to, 13, (u64)r->loop_at);
    to = walk_number(to, 14, (u64)r->started_at);
    to = walk_number(to, 15, (u64)r->is_inner);
    to = walk_number(to, 16, (u64)r->is_fulfilled);
    return to;
}

const struct shape element_row_shape = {
    "element_row", sizeof(struct element_row), element_row_fields, 16, 0x0,
    element_row_write};

static const struct field token_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct token_row, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct token_row, scope), NULL},
    {"flow", FIELD_U32, 3, offsetof(struct token_row, flow), NULL},
};

static char *token_row_write(char *to, const void *record)
{
    const struct token_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->scope);
    to = walk_number(to, 3, (u64)r->flow);
    return to;
}

const struct shape token_row_shape = {
    "token_row", sizeof(struct token_row), token_row_fields, 3, 0x0,
    token_row_write};

static const struct field trigger_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct trigger_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct trigger_row, element_instance), NULL},
    {"target", FIELD_U32, 3, offsetof(struct trigger_row, target), NULL},
    {"variables", FIELD_JSON, 4, offsetof(struct trigger_row, variables), NULL},
    {"is_error", FIELD_BOOLEAN, 5, offsetof(struct trigger_row, is_error), NULL},
};

static size_t trigger_row_far(const void *record)
{
    const struct trigger_row *r = record;

    return walk_text_size(r->variables);
}

static char *trigger_row_write(char *to, const void *record)
{
    const struct trigger_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_number(to, 3, (u64)r->target);
    to = walk_text(to, 4, r->variables);
    to = walk_number(to, 5, (u64)r->is_error);
    return to;
}

static void trigger_row_move(char *to, void *record)
{
    struct trigger_row *r = record;

    to = walk_text_move(to, &r->variables);
}

const struct shape trigger_row_shape = {
    "trigger_row", sizeof(struct trigger_row), trigger_row_fields, 5, 0x8,
    trigger_row_write, trigger_row_far, trigger_row_move};

static const struct field loop_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct loop_row, instance), NULL},
    {"items", FIELD_JSON, 2, offsetof(struct loop_row, items), NULL},
    {"count", FIELD_U32, 3, offsetof(struct loop_row, count), NULL},
    {"output", FIELD_TEXT, 4, offsetof(struct loop_row, output), NULL},
    {"room", FIELD_U32, 5, offsetof(struct loop_row, room), NULL},
    {"read", FIELD_U64, 6, offsetof(struct loop_row, read), NULL},
};

static size_t loop_row_far(const void *record)
{
    const struct loop_row *r = record;

    return walk_text_size(r->items) +
           walk_text_size(r->output);
}

static char *loop_row_write(char *to, const void *record)
{
    const struct loop_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_text(to, 2, r->items);
    to = walk_number(to, 3, (u64)r->count);
    to = walk_text(to, 4, r->output);
    to = walk_number(to, 5, (u64)r->room);
    to = walk_number(to, 6, (u64)r->read);
    return to;
}

static void loop_row_move(char *to, void *record)
{
    struct loop_row *r = record;

    to = walk_text_move(to, &r->items);
    to = walk_text_move(to, &r->output);
}

const struct shape loop_row_shape = {
    "loop_row", sizeof(struct loop_row), loop_row_fields, 6, 0xa,
    loop_row_write, loop_row_far, loop_row_move};

static const struct field loop_join_fields[] = {
    {"from", FIELD_U32, 1, offsetof(struct loop_join, from), NULL},
};

static char *loop_join_write(char *to, const void *record)
{
    const struct loop_join *r = record;

    to = walk_number(to, 1, (u64)r->from);
    return to;
}

const struct shape loop_join_shape = {
    "loop_join", sizeof(struct loop_join), loop_join_fields, 1, 0x0,
    loop_join_write};

static const struct field loop_result_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct loop_result_row, instance), NULL},
    {"body", FIELD_U64, 2, offsetof(struct loop_result_row, body), NULL},
    {"number", FIELD_U32, 3, offsetof(struct loop_result_row, number), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct loop_result_row, value), NULL},
    {"count", FIELD_U32, 5, offsetof(struct loop_result_row, count), NULL},
};

static size_t loop_result_row_far(const void *record)
{
    const struct loop_result_row *r = record;

    return walk_text_size(r->value);
}

static char *loop_result_row_write(char *to, const void *record)
{
    const struct loop_result_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->body);
    to = walk_number(to, 3, (u64)r->number);
    to = walk_text(to, 4, r->value);
    to = walk_number(to, 5, (u64)r->count);
    return to;
}

static void loop_result_row_move(char *to, void *record)
{
    struct loop_result_row *r = record;

    to = walk_text_move(to, &r->value);
}

const struct shape loop_result_row_shape = {
    "loop_result_row", sizeof(struct loop_result_row), loop_result_row_fields, 5, 0x8,
    loop_result_row_write, loop_result_row_far, loop_result_row_move};

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

static char *compensation_row_write(char *to, const void *record)
{
    const struct compensation_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->scope);
    to = walk_number(to, 4, (u64)r->activity);
    to = walk_number(to, 5, (u64)r->activity_instance);
    to = walk_number(to, 6, (u64)r->handler);
    to = walk_number(to, 7, (u64)r->thrower);
    to = walk_number(to, 8, (u64)r->handler_instance);
    return to;
}

const struct shape compensation_row_shape = {
    "compensation_row", sizeof(struct compensation_row), compensation_row_fields, 8, 0x0,
    compensation_row_write};

static const struct field signal_subscription_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct signal_subscription_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct signal_subscription_row, element_instance), NULL},
    {"process", FIELD_U64, 3, offsetof(struct signal_subscription_row, process), NULL},
    {"element", FIELD_U32, 4, offsetof(struct signal_subscription_row, element), NULL},
    {"name", FIELD_TEXT, 5, offsetof(struct signal_subscription_row, name), NULL},
    {"tenant", FIELD_TEXT, 6, offsetof(struct signal_subscription_row, tenant), NULL},
};

static size_t signal_subscription_row_far(const void *record)
{
    const struct signal_subscription_row *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->tenant);
}

static char *signal_subscription_row_write(char *to, const void *record)
{
    const struct signal_subscription_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_number(to, 3, (u64)r->process);
    to = walk_number(to, 4, (u64)r->element);
    to = walk_text(to, 5, r->name);
    to = walk_text(to, 6, r->tenant);
    return to;
}

static void signal_subscription_row_move(char *to, void *record)
{
    struct signal_subscription_row *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape signal_subscription_row_shape = {
    "signal_subscription_row", sizeof(struct signal_subscription_row), signal_subscription_row_fields, 6, 0x30,
    signal_subscription_row_write, signal_subscription_row_far, signal_subscription_row_move};

static const struct field condition_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct condition_row, instance), NULL},
    {"element_instance", FIELD_U64, 2, offsetof(struct condition_row, element_instance), NULL},
    {"process", FIELD_U64, 3, offsetof(struct condition_row, process), NULL},
    {"element", FIELD_U32, 4, offsetof(struct condition_row, element), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct condition_row, tenant), NULL},
};

static size_t condition_row_far(const void *record)
{
    const struct condition_row *r = record;

    return walk_text_size(r->tenant);
}

static char *condition_row_write(char *to, const void *record)
{
    const struct condition_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_number(to, 3, (u64)r->process);
    to = walk_number(to, 4, (u64)r->element);
    to = walk_text(to, 5, r->tenant);
    return to;
}

static void condition_row_move(char *to, void *record)
{
    struct condition_row *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape condition_row_shape = {
    "condition_row", sizeof(struct condition_row), condition_row_fields, 5, 0x10,
    condition_row_write, condition_row_far, condition_row_move};

static const struct field variable_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct variable_row, instance), NULL},
    {"scope", FIELD_U64, 2, offsetof(struct variable_row, scope), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct variable_row, name), NULL},
    {"value", FIELD_JSON, 4, offsetof(struct variable_row, value), NULL},
    {"changed", FIELD_U64, 5, offsetof(struct variable_row, changed), NULL},
};

static size_t variable_row_far(const void *record)
{
    const struct variable_row *r = record;

    return walk_text_size(r->name) +
           walk_text_size(r->value);
}

static char *variable_row_write(char *to, const void *record)
{
    const struct variable_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->scope);
    to = walk_text(to, 3, r->name);
    to = walk_text(to, 4, r->value);
    to = walk_number(to, 5, (u64)r->changed);
    return to;
}

static void variable_row_move(char *to, void *record)
{
    struct variable_row *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->value);
}

const struct shape variable_row_shape = {
    "variable_row", sizeof(struct variable_row), variable_row_fields, 5, 0xc,
    variable_row_write, variable_row_far, variable_row_move};

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

static size_t job_row_far(const void *record)
{
    const struct job_row *r = record;

    return walk_text_size(r->type) +
           walk_text_size(r->headers) +
           walk_text_size(r->tenant) +
           walk_text_size(r->worker) +
           walk_text_size(r->error_message);
}

static char *job_row_write(char *to, const void *record)
{
    const struct job_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->element_instance);
    to = walk_text(to, 5, r->type);
    to = walk_number(to, 6, (u64)r->retries);
    to = walk_text(to, 7, r->headers);
    to = walk_text(to, 8, r->tenant);
    to = walk_number(to, 9, (u64)r->state);
    to = walk_text(to, 10, r->worker);
    to = walk_number(to, 11, (u64)r->deadline);
    to = walk_number(to, 12, (u64)r->recurs_at);
    to = walk_text(to, 13, r->error_message);
    to = walk_number(to, 14, (u64)r->priority);
    to = walk_number(to, 15, (u64)r->kind);
    to = walk_number(to, 16, (u64)r->listener_event);
    to = walk_number(to, 17, (u64)r->has_all_headers);
    to = walk_number(to, 18, (u64)r->is_suspended);
    return to;
}

static void job_row_move(char *to, void *record)
{
    struct job_row *r = record;

    to = walk_text_move(to, &r->type);
    to = walk_text_move(to, &r->headers);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->worker);
    to = walk_text_move(to, &r->error_message);
}

const struct shape job_row_shape = {
    "job_row", sizeof(struct job_row), job_row_fields, 18, 0x12d0,
    job_row_write, job_row_far, job_row_move};

static const struct field user_task_values_fields[] = {
    {"assignee", FIELD_TEXT, 1, offsetof(struct user_task_values, assignee), NULL},
    {"candidate_groups", FIELD_LIST_TEXT, 2, offsetof(struct user_task_values, candidate_groups), NULL},
    {"candidate_users", FIELD_LIST_TEXT, 3, offsetof(struct user_task_values, candidate_users), NULL},
    {"due_date", FIELD_TEXT, 4, offsetof(struct user_task_values, due_date), NULL},
    {"follow_up_date", FIELD_TEXT, 5, offsetof(struct user_task_values, follow_up_date), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct user_task_values, priority), NULL},
};

static size_t user_task_values_far(const void *record)
{
    const struct user_task_values *r = record;

    if (r->candidate_groups.items || r->candidate_users.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->assignee) +
           walk_text_size(r->due_date) +
           walk_text_size(r->follow_up_date);
}

static char *user_task_values_write(char *to, const void *record)
{
    const struct user_task_values *r = record;

    to = walk_text(to, 1, r->assignee);
    to = walk_text(to, 4, r->due_date);
    to = walk_text(to, 5, r->follow_up_date);
    to = walk_number(to, 6, (u64)r->priority);
    return to;
}

static void user_task_values_move(char *to, void *record)
{
    struct user_task_values *r = record;

    to = walk_text_move(to, &r->assignee);
    to = walk_text_move(to, &r->due_date);
    to = walk_text_move(to, &r->follow_up_date);
}

const struct shape user_task_values_shape = {
    "user_task_values", sizeof(struct user_task_values), user_task_values_fields, 6, 0x1f,
    user_task_values_write, user_task_values_far, user_task_values_move};

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

static size_t user_task_row_far(const void *record)
{
    const struct user_task_row *r = record;

    if (r->values || r->wanted || r->changed.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->action) +
           walk_text_size(r->variables) +
           walk_text_size(r->external_reference) +
           walk_text_size(r->first_assignee) +
           walk_text_size(r->tenant);
}

static char *user_task_row_write(char *to, const void *record)
{
    const struct user_task_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->element_instance);
    to = walk_number(to, 5, (u64)r->state);
    to = walk_text(to, 9, r->action);
    to = walk_text(to, 10, r->variables);
    to = walk_number(to, 11, (u64)r->request);
    to = walk_number(to, 12, (u64)r->listener);
    to = walk_number(to, 13, (u64)r->form_key);
    to = walk_text(to, 14, r->external_reference);
    to = walk_text(to, 15, r->first_assignee);
    to = walk_number(to, 16, (u64)r->created_at);
    to = walk_text(to, 17, r->tenant);
    to = walk_number(to, 18, (u64)r->is_local);
    return to;
}

static void user_task_row_move(char *to, void *record)
{
    struct user_task_row *r = record;

    to = walk_text_move(to, &r->action);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->external_reference);
    to = walk_text_move(to, &r->first_assignee);
    to = walk_text_move(to, &r->tenant);
}

const struct shape user_task_row_shape = {
    "user_task_row", sizeof(struct user_task_row), user_task_row_fields, 18, 0x163e0,
    user_task_row_write, user_task_row_far, user_task_row_move};

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

static size_t timer_row_far(const void *record)
{
    const struct timer_row *r = record;

    return walk_text_size(r->tenant);
}

static char *timer_row_write(char *to, const void *record)
{
    const struct timer_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->element_instance);
    to = walk_number(to, 5, (u64)r->due);
    to = walk_number(to, 6, (u64)r->repetitions);
    to = walk_text(to, 7, r->tenant);
    to = walk_number(to, 8, (u64)r->is_suspended);
    return to;
}

static void timer_row_move(char *to, void *record)
{
    struct timer_row *r = record;

    to = walk_text_move(to, &r->tenant);
}

const struct shape timer_row_shape = {
    "timer_row", sizeof(struct timer_row), timer_row_fields, 8, 0x40,
    timer_row_write, timer_row_far, timer_row_move};

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

static size_t incident_row_far(const void *record)
{
    const struct incident_row *r = record;

    return walk_text_size(r->message) +
           walk_text_size(r->tenant);
}

static char *incident_row_write(char *to, const void *record)
{
    const struct incident_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->process);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_number(to, 4, (u64)r->element_instance);
    to = walk_number(to, 5, (u64)r->job);
    to = walk_number(to, 6, (u64)r->problem);
    to = walk_text(to, 7, r->message);
    to = walk_number(to, 8, (u64)r->variable_scope);
    to = walk_text(to, 9, r->tenant);
    to = walk_number(to, 10, (u64)r->created_at);
    return to;
}

static void incident_row_move(char *to, void *record)
{
    struct incident_row *r = record;

    to = walk_text_move(to, &r->message);
    to = walk_text_move(to, &r->tenant);
}

const struct shape incident_row_shape = {
    "incident_row", sizeof(struct incident_row), incident_row_fields, 10, 0x140,
    incident_row_write, incident_row_far, incident_row_move};

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

static size_t message_row_far(const void *record)
{
    const struct message_row *r = record;

    if (r->taken_by.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->name) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->message_id) +
           walk_text_size(r->variables) +
           walk_text_size(r->tenant);
}

static char *message_row_write(char *to, const void *record)
{
    const struct message_row *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_text(to, 2, r->correlation_key);
    to = walk_text(to, 3, r->message_id);
    to = walk_number(to, 4, (u64)r->time_to_live);
    to = walk_number(to, 5, (u64)r->deadline);
    to = walk_text(to, 6, r->variables);
    to = walk_text(to, 7, r->tenant);
    return to;
}

static void message_row_move(char *to, void *record)
{
    struct message_row *r = record;

    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->message_id);
    to = walk_text_move(to, &r->variables);
    to = walk_text_move(to, &r->tenant);
}

const struct shape message_row_shape = {
    "message_row", sizeof(struct message_row), message_row_fields, 8, 0xe7,
    message_row_write, message_row_far, message_row_move};

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

static size_t message_subscription_row_far(const void *record)
{
    const struct message_subscription_row *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->name) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->tenant);
}

static char *message_subscription_row_write(char *to, const void *record)
{
    const struct message_subscription_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_text(to, 3, r->bpmn_process_id);
    to = walk_text(to, 4, r->name);
    to = walk_text(to, 5, r->correlation_key);
    to = walk_number(to, 6, (u64)r->is_interrupting);
    to = walk_text(to, 7, r->tenant);
    to = walk_number(to, 8, (u64)r->correlating);
    to = walk_number(to, 9, (u64)r->request);
    return to;
}

static void message_subscription_row_move(char *to, void *record)
{
    struct message_subscription_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->tenant);
}

const struct shape message_subscription_row_shape = {
    "message_subscription_row", sizeof(struct message_subscription_row), message_subscription_row_fields, 9, 0x5c,
    message_subscription_row_write, message_subscription_row_far, message_subscription_row_move};

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

static size_t process_subscription_row_far(const void *record)
{
    const struct process_subscription_row *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->name) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->tenant);
}

static char *process_subscription_row_write(char *to, const void *record)
{
    const struct process_subscription_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->element_instance);
    to = walk_number(to, 3, (u64)r->element);
    to = walk_text(to, 4, r->bpmn_process_id);
    to = walk_text(to, 5, r->name);
    to = walk_text(to, 6, r->correlation_key);
    to = walk_number(to, 7, (u64)r->is_interrupting);
    to = walk_text(to, 8, r->tenant);
    to = walk_number(to, 9, (u64)r->opened_at);
    return to;
}

static void process_subscription_row_move(char *to, void *record)
{
    struct process_subscription_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->tenant);
}

const struct shape process_subscription_row_shape = {
    "process_subscription_row", sizeof(struct process_subscription_row), process_subscription_row_fields, 9, 0xb8,
    process_subscription_row_write, process_subscription_row_far, process_subscription_row_move};

static const struct field start_subscription_row_fields[] = {
    {"process", FIELD_U64, 1, offsetof(struct start_subscription_row, process), NULL},
    {"bpmn_process_id", FIELD_TEXT, 2, offsetof(struct start_subscription_row, bpmn_process_id), NULL},
    {"name", FIELD_TEXT, 3, offsetof(struct start_subscription_row, name), NULL},
    {"element", FIELD_U32, 4, offsetof(struct start_subscription_row, element), NULL},
    {"tenant", FIELD_TEXT, 5, offsetof(struct start_subscription_row, tenant), NULL},
};

static size_t start_subscription_row_far(const void *record)
{
    const struct start_subscription_row *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->name) +
           walk_text_size(r->tenant);
}

static char *start_subscription_row_write(char *to, const void *record)
{
    const struct start_subscription_row *r = record;

    to = walk_number(to, 1, (u64)r->process);
    to = walk_text(to, 2, r->bpmn_process_id);
    to = walk_text(to, 3, r->name);
    to = walk_number(to, 4, (u64)r->element);
    to = walk_text(to, 5, r->tenant);
    return to;
}

static void start_subscription_row_move(char *to, void *record)
{
    struct start_subscription_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->tenant);
}

const struct shape start_subscription_row_shape = {
    "start_subscription_row", sizeof(struct start_subscription_row), start_subscription_row_fields, 5, 0x16,
    start_subscription_row_write, start_subscription_row_far, start_subscription_row_move};

static const struct field start_lock_row_fields[] = {
    {"bpmn_process_id", FIELD_TEXT, 1, offsetof(struct start_lock_row, bpmn_process_id), NULL},
    {"correlation_key", FIELD_TEXT, 2, offsetof(struct start_lock_row, correlation_key), NULL},
    {"tenant", FIELD_TEXT, 3, offsetof(struct start_lock_row, tenant), NULL},
};

static size_t start_lock_row_far(const void *record)
{
    const struct start_lock_row *r = record;

    return walk_text_size(r->bpmn_process_id) +
           walk_text_size(r->correlation_key) +
           walk_text_size(r->tenant);
}

static char *start_lock_row_write(char *to, const void *record)
{
    const struct start_lock_row *r = record;

    to = walk_text(to, 1, r->bpmn_process_id);
    to = walk_text(to, 2, r->correlation_key);
    to = walk_text(to, 3, r->tenant);
    return to;
}

static void start_lock_row_move(char *to, void *record)
{
    struct start_lock_row *r = record;

    to = walk_text_move(to, &r->bpmn_process_id);
    to = walk_text_move(to, &r->correlation_key);
    to = walk_text_move(to, &r->tenant);
}

const struct shape start_lock_row_shape = {
    "start_lock_row", sizeof(struct start_lock_row), start_lock_row_fields, 3, 0x7,
    start_lock_row_write, start_lock_row_far, start_lock_row_move};

static const struct field pending_row_fields[] = {
    {"instance", FIELD_U64, 1, offsetof(struct pending_row, instance), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct pending_row, kind), NULL},
    {"about", FIELD_U64, 3, offsetof(struct pending_row, about), NULL},
    {"record", FIELD_BYTES, 4, offsetof(struct pending_row, record), NULL},
};

static size_t pending_row_far(const void *record)
{
    const struct pending_row *r = record;

    return walk_text_size(r->record);
}

static char *pending_row_write(char *to, const void *record)
{
    const struct pending_row *r = record;

    to = walk_number(to, 1, (u64)r->instance);
    to = walk_number(to, 2, (u64)r->kind);
    to = walk_number(to, 3, (u64)r->about);
    to = walk_text(to, 4, r->record);
    return to;
}

static void pending_row_move(char *to, void *record)
{
    struct pending_row *r = record;

    to = walk_text_move(to, &r->record);
}

const struct shape pending_row_shape = {
    "pending_row", sizeof(struct pending_row), pending_row_fields, 4, 0x8,
    pending_row_write, pending_row_far, pending_row_move};

static const struct field held_row_fields[] = {
    {"root", FIELD_U64, 1, offsetof(struct held_row, root), NULL},
    {"work", FIELD_ONE, 2, offsetof(struct held_row, work), &pending_row_shape},
};

static size_t held_row_far(const void *record)
{
    const struct held_row *r = record;

    if (r->work)
        return WALK_BY_SHAPE;
    return 0;
}

static char *held_row_write(char *to, const void *record)
{
    const struct held_row *r = record;

    to = walk_number(to, 1, (u64)r->root);
    return to;
}

const struct shape held_row_shape = {
    "held_row", sizeof(struct held_row), held_row_fields, 2, 0x2,
    held_row_write, held_row_far};

static const struct field batch_row_fields[] = {
    {"kind", FIELD_U32, 1, offsetof(struct batch_row, kind), NULL},
    {"state", FIELD_U32, 2, offsetof(struct batch_row, state), NULL},
    {"started_at", FIELD_I64, 3, offsetof(struct batch_row, started_at), NULL},
    {"ended_at", FIELD_I64, 4, offsetof(struct batch_row, ended_at), NULL},
    {"parts", FIELD_MANY, 5, offsetof(struct batch_row, parts), &batch_part_shape},
};

static size_t batch_row_far(const void *record)
{
    const struct batch_row *r = record;

    if (r->parts.items)
        return WALK_BY_SHAPE;
    return 0;
}

static char *batch_row_write(char *to, const void *record)
{
    const struct batch_row *r = record;

    to = walk_number(to, 1, (u64)r->kind);
    to = walk_number(to, 2, (u64)r->state);
    to = walk_number(to, 3, (u64)r->started_at);
    to = walk_number(to, 4, (u64)r->ended_at);
    return to;
}

const struct shape batch_row_shape = {
    "batch_row", sizeof(struct batch_row), batch_row_fields, 5, 0x10,
    batch_row_write, batch_row_far};

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

static size_t batch_work_row_far(const void *record)
{
    const struct batch_work_row *r = record;

    return walk_text_size(r->filter) +
           walk_text_size(r->command) +
           walk_list_size(r->path);
}

static char *batch_work_row_write(char *to, const void *record)
{
    const struct batch_work_row *r = record;

    to = walk_number(to, 1, (u64)r->kind);
    to = walk_text(to, 2, r->filter);
    to = walk_text(to, 3, r->command);
    to = walk_number(to, 4, (u64)r->state);
    to = walk_number(to, 5, (u64)r->has_begun);
    to = walk_number(to, 6, (u64)r->at);
    to = walk_list(to, 7, r->path);
    to = walk_number(to, 8, (u64)r->is_scanned);
    to = walk_number(to, 9, (u64)r->last);
    to = walk_number(to, 10, (u64)r->total);
    to = walk_number(to, 11, (u64)r->completed);
    to = walk_number(to, 12, (u64)r->failed);
    to = walk_number(to, 13, (u64)r->turn);
    to = walk_number(to, 14, (u64)r->ended_at);
    return to;
}

static void batch_work_row_move(char *to, void *record)
{
    struct batch_work_row *r = record;

    to = walk_text_move(to, &r->filter);
    to = walk_text_move(to, &r->command);
    to = walk_list_move(to, &r->path);
}

const struct shape batch_work_row_shape = {
    "batch_work_row", sizeof(struct batch_work_row), batch_work_row_fields, 14, 0x46,
    batch_work_row_write, batch_work_row_far, batch_work_row_move};

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

static size_t batch_item_row_far(const void *record)
{
    const struct batch_item_row *r = record;

    return walk_text_size(r->error);
}

static char *batch_item_row_write(char *to, const void *record)
{
    const struct batch_item_row *r = record;

    to = walk_number(to, 1, (u64)r->batch);
    to = walk_number(to, 2, (u64)r->kind);
    to = walk_number(to, 3, (u64)r->item);
    to = walk_number(to, 4, (u64)r->instance);
    to = walk_number(to, 5, (u64)r->root);
    to = walk_number(to, 6, (u64)r->state);
    to = walk_number(to, 7, (u64)r->processed_at);
    to = walk_text(to, 8, r->error);
    return to;
}

static void batch_item_row_move(char *to, void *record)
{
    struct batch_item_row *r = record;

    to = walk_text_move(to, &r->error);
}

const struct shape batch_item_row_shape = {
    "batch_item_row", sizeof(struct batch_item_row), batch_item_row_fields, 8, 0x80,
    batch_item_row_write, batch_item_row_far, batch_item_row_move};

static const struct field cluster_variable_row_fields[] = {
    {"of_tenant", FIELD_TEXT, 1, offsetof(struct cluster_variable_row, of_tenant), NULL},
    {"name", FIELD_TEXT, 2, offsetof(struct cluster_variable_row, name), NULL},
    {"value", FIELD_JSON, 3, offsetof(struct cluster_variable_row, value), NULL},
    {"metadata", FIELD_JSON, 4, offsetof(struct cluster_variable_row, metadata), NULL},
};

static size_t cluster_variable_row_far(const void *record)
{
    const struct cluster_variable_row *r = record;

    return walk_text_size(r->of_tenant) +
           walk_text_size(r->name) +
           walk_text_size(r->value) +
           walk_text_size(r->metadata);
}

static char *cluster_variable_row_write(char *to, const void *record)
{
    const struct cluster_variable_row *r = record;

    to = walk_text(to, 1, r->of_tenant);
    to = walk_text(to, 2, r->name);
    to = walk_text(to, 3, r->value);
    to = walk_text(to, 4, r->metadata);
    return to;
}

static void cluster_variable_row_move(char *to, void *record)
{
    struct cluster_variable_row *r = record;

    to = walk_text_move(to, &r->of_tenant);
    to = walk_text_move(to, &r->name);
    to = walk_text_move(to, &r->value);
    to = walk_text_move(to, &r->metadata);
}

const struct shape cluster_variable_row_shape = {
    "cluster_variable_row", sizeof(struct cluster_variable_row), cluster_variable_row_fields, 4, 0xf,
    cluster_variable_row_write, cluster_variable_row_far, cluster_variable_row_move};

static const struct field global_listener_row_fields[] = {
    {"id", FIELD_TEXT, 1, offsetof(struct global_listener_row, id), NULL},
    {"type", FIELD_TEXT, 2, offsetof(struct global_listener_row, type), NULL},
    {"retries", FIELD_I32, 3, offsetof(struct global_listener_row, retries), NULL},
    {"event_types", FIELD_LIST_TEXT, 4, offsetof(struct global_listener_row, event_types), NULL},
    {"is_after", FIELD_BOOLEAN, 5, offsetof(struct global_listener_row, is_after), NULL},
    {"priority", FIELD_I32, 6, offsetof(struct global_listener_row, priority), NULL},
};

static size_t global_listener_row_far(const void *record)
{
    const struct global_listener_row *r = record;

    if (r->event_types.items)
        return WALK_BY_SHAPE;
    return walk_text_size(r->id) +
           walk_text_size(r->type);
}

static char *global_listener_row_write(char *to, const void *record)
{
    const struct global_listener_row *r = record;

    to = walk_text(to, 1, r->id);
    to = walk_text(to, 2, r->type);
    to = walk_number(to, 3, (u64)r->retries);
    to = walk_number(to, 5, (u64)r->is_after);
    to = walk_number(to, 6, (u64)r->priority);
    return to;
}

static void global_listener_row_move(char *to, void *record)
{
    struct global_listener_row *r = record;

    to = walk_text_move(to, &r->id);
    to = walk_text_move(to, &r->type);
}

const struct shape global_listener_row_shape = {
    "global_listener_row", sizeof(struct global_listener_row), global_listener_row_fields, 6, 0xb,
    global_listener_row_write, global_listener_row_far, global_listener_row_move};

static const struct field clock_row_fields[] = {
    {"time", FIELD_I64, 1, offsetof(struct clock_row, time), NULL},
};

static char *clock_row_write(char *to, const void *record)
{
    const struct clock_row *r = record;

    to = walk_number(to, 1, (u64)r->time);
    return to;
}

const struct shape clock_row_shape = {
    "clock_row", sizeof(struct clock_row), clock_row_fields, 1, 0x0,
    clock_row_write};

static const struct field shared_spread_fields[] = {
    {"event", FIELD_U32, 1, offsetof(struct shared_spread, event), NULL},
    {"key", FIELD_U64, 2, offsetof(struct shared_spread, key), NULL},
    {"variable", FIELD_ONE, 3, offsetof(struct shared_spread, variable), &cluster_variable_row_shape},
    {"listener", FIELD_ONE, 4, offsetof(struct shared_spread, listener), &global_listener_row_shape},
    {"clock", FIELD_ONE, 5, offsetof(struct shared_spread, clock), &clock_row_shape},
};

static size_t shared_spread_far(const void *record)
{
    const struct shared_spread *r = record;

    if (r->variable || r->listener || r->clock)
        return WALK_BY_SHAPE;
    return 0;
}

static char *shared_spread_write(char *to, const void *record)
{
    const struct shared_spread *r = record;

    to = walk_number(to, 1, (u64)r->event);
    to = walk_number(to, 2, (u64)r->key);
    return to;
}

const struct shape shared_spread_shape = {
    "shared_spread", sizeof(struct shared_spread), shared_spread_fields, 5, 0x1c,
    shared_spread_write, shared_spread_far};

static const struct field outbox_row_fields[] = {
    {"partition", FIELD_U32, 1, offsetof(struct outbox_row, partition), NULL},
    {"number", FIELD_U64, 2, offsetof(struct outbox_row, number), NULL},
    {"kind", FIELD_U32, 3, offsetof(struct outbox_row, kind), NULL},
    {"about", FIELD_U64, 4, offsetof(struct outbox_row, about), NULL},
    {"record", FIELD_BYTES, 5, offsetof(struct outbox_row, record), NULL},
};

static size_t outbox_row_far(const void *record)
{
    const struct outbox_row *r = record;

    return walk_text_size(r->record);
}

static char *outbox_row_write(char *to, const void *record)
{
    const struct outbox_row *r = record;

    to = walk_number(to, 1, (u64)r->partition);
    to = walk_number(to, 2, (u64)r->number);
    to = walk_number(to, 3, (u64)r->kind);
    to = walk_number(to, 4, (u64)r->about);
    to = walk_text(to, 5, r->record);
    return to;
}

static void outbox_row_move(char *to, void *record)
{
    struct outbox_row *r = record;

    to = walk_text_move(to, &r->record);
}

const struct shape outbox_row_shape = {
    "outbox_row", sizeof(struct outbox_row), outbox_row_fields, 5, 0x10,
    outbox_row_write, outbox_row_far, outbox_row_move};

static const struct field partition_row_fields[] = {
    {"sent", FIELD_U64, 1, offsetof(struct partition_row, sent), NULL},
    {"applied", FIELD_U64, 2, offsetof(struct partition_row, applied), NULL},
};

static char *partition_row_write(char *to, const void *record)
{
    const struct partition_row *r = record;

    to = walk_number(to, 1, (u64)r->sent);
    to = walk_number(to, 2, (u64)r->applied);
    return to;
}

const struct shape partition_row_shape = {
    "partition_row", sizeof(struct partition_row), partition_row_fields, 2, 0x0,
    partition_row_write};

static const struct field state_head_fields[] = {
    {"last_key", FIELD_U64, 1, offsetof(struct state_head, last_key), NULL},
    {"now", FIELD_I64, 2, offsetof(struct state_head, now), NULL},
    {"rows", FIELD_LIST_U64, 3, offsetof(struct state_head, rows), NULL},
    {"places", FIELD_U64, 4, offsetof(struct state_head, places), NULL},
};

static size_t state_head_far(const void *record)
{
    const struct state_head *r = record;

    return walk_list_size(r->rows);
}

static char *state_head_write(char *to, const void *record)
{
    const struct state_head *r = record;

    to = walk_number(to, 1, (u64)r->last_key);
    to = walk_number(to, 2, (u64)r->now);
    to = walk_list(to, 3, r->rows);
    to = walk_number(to, 4, (u64)r->places);
    return to;
}

static void state_head_move(char *to, void *record)
{
    struct state_head *r = record;

    to = walk_list_move(to, &r->rows);
}

const struct shape state_head_shape = {
    "state_head", sizeof(struct state_head), state_head_fields, 4, 0x4,
    state_head_write, state_head_far, state_head_move};

static const struct field asker_fields[] = {
    {"name", FIELD_TEXT, 1, offsetof(struct asker, name), NULL},
    {"kind", FIELD_U32, 2, offsetof(struct asker, kind), NULL},
};

static size_t asker_far(const void *record)
{
    const struct asker *r = record;

    return walk_text_size(r->name);
}

static char *asker_write(char *to, const void *record)
{
    const struct asker *r = record;

    to = walk_text(to, 1, r->name);
    to = walk_number(to, 2, (u64)r->kind);
    return to;
}

static void asker_move(char *to, void *record)
{
    struct asker *r = record;

    to = walk_text_move(to, &r->name);
}

const struct shape asker_shape = {
    "asker", sizeof(struct asker), asker_fields, 2, 0x1,
    asker_write, asker_far, asker_move};

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

static size_t entry_far(const void *record)
{
    const struct entry *r = record;

    if (r->asker)
        return WALK_BY_SHAPE;
    return walk_text_size(r->command) +
           walk_text_size(r->cause) +
           walk_text_size(r->tenant) +
           walk_text_size(r->events);
}

static char *entry_write(char *to, const void *record)
{
    const struct entry *r = record;

    to = walk_number(to, 1, (u64)r->position);
    to = walk_number(to, 2, (u64)r->now);
    to = walk_number(to, 3, (u64)r->kind);
    to = walk_number(to, 4, (u64)r->about);
    to = walk_text(to, 5, r->command);
    to = walk_number(to, 6, (u64)r->operation);
    to = walk_text(to, 8, r->cause);
    to = walk_text(to, 9, r->tenant);
    to = walk_number(to, 10, (u64)r->logic);
    to = walk_number(to, 11, (u64)r->event_count);
    to = walk_text(to, 12, r->events);
    return to;
}

static void entry_move(char *to, void *record)
{
    struct entry *r = record;

    to = walk_text_move(to, &r->command);
    to = walk_text_move(to, &r->cause);
    to = walk_text_move(to, &r->tenant);
    to = walk_text_move(to, &r->events);
}

const struct shape entry_shape = {
    "entry", sizeof(struct entry), entry_fields, 12, 0x9d0,
    entry_write, entry_far, entry_move};
