/* task.c - user tasks that the engine itself keeps (behaviours 8.2, 17, 11.5). A change
 * of a task goes through its listeners, one job after the other; they may correct what
 * it becomes or deny it, and whoever asked for it is answered when they are through. */
#include "engine/element/element.h"

typedef unsigned long long llu;

/* What a task in a state listens for, and what follows. */
static const struct change {
    enum listener_event listens;
    enum event_kind done, denied; /* EV_NONE: it cannot be */
    const char *word;
} changes[] = {
    [USER_TASK_CREATING] = {LISTENER_CREATING, EV_USER_TASK_CREATED, EV_NONE, NULL},
    [USER_TASK_ASSIGNING] = {LISTENER_ASSIGNING, EV_USER_TASK_ASSIGNED,
                             EV_USER_TASK_ASSIGNMENT_DENIED, "Assignment"},
    [USER_TASK_CLAIMING] = {LISTENER_ASSIGNING, EV_USER_TASK_ASSIGNED,
                            EV_USER_TASK_ASSIGNMENT_DENIED, "Assignment"},
    [USER_TASK_UPDATING] = {LISTENER_UPDATING, EV_USER_TASK_UPDATED,
                            EV_USER_TASK_UPDATE_DENIED, "Update"},
    [USER_TASK_COMPLETING] = {LISTENER_COMPLETING, EV_USER_TASK_COMPLETED,
                              EV_USER_TASK_COMPLETION_DENIED, "Completion"},
    [USER_TASK_CANCELING] = {LISTENER_CANCELING, EV_USER_TASK_CANCELED, EV_NONE, NULL},
};

static const struct change *change_of(const struct user_task_row *row)
{
    must(row->state < LEN(changes) && changes[row->state].done);
    return &changes[row->state];
}

static void task_moved(struct step *s, enum event_kind kind, u64 key,
                       const struct user_task_row *row)
{
    emit(s, kind, key, &(struct user_task_moved){row->instance});
}

/* ---- what the model says about it ------------------------------------------------ */

static struct text_list texts_of(struct step *s, struct str json)
{
    u32 count = 0;

    if (json.len == 0)
        return (struct text_list){NULL, 0};
    struct json_walk w = json_walk(json);
    for (struct json_member m; json_next(&w, s->arena, &m);)
        count++;
    struct str *items = NEW_ARRAY(s->arena, struct str, count);
    w = json_walk(json);
    count = 0;
    for (struct json_member m; json_next(&w, s->arena, &m);)
        items[count++] = json_text(m.value, s->arena);
    return (struct text_list){items, count};
}

static bool list_of(struct step *s, const struct visit *v, const struct expr *e,
                    struct text_list *out, struct failure *f)
{
    struct str json = {0};

    if (e->is_set && !expr_texts(s, v->key, e, &json, f))
        return false;
    *out = texts_of(s, json);
    return true;
}

static bool priority_of(struct step *s, const struct visit *v, i32 *out,
                        struct failure *f)
{
    i64 priority = 50;

    if (v->element->priority.is_set &&
        !expr_i64(s, v->key, &v->element->priority, &priority, f))
        return false;
    *out = (i32)priority;
    if (priority >= 0 && priority <= 100)
        return true;
    *f = (struct failure){
        PROBLEM_EXTRACT_VALUE_ERROR,
        arena_print(s->arena,
                    "Expected priority to be in the range [0,100] but was '%lld'.",
                    (long long)priority),
        v->key};
    return false;
}

/* In the order of behaviours 8.2. */
static bool task_prepare(struct step *s, const struct visit *v,
                         struct user_task_values *out, struct user_task_row *row,
                         struct failure *f)
{
    const struct element *e = v->element;
    struct str *assignee = &row->first_assignee;

    *assignee = e->assignee.is_set && !e->assignee.feel ? e->assignee.body : STR("");
    return (!e->assignee.feel || expr_string(s, v->key, &e->assignee, assignee, f)) &&
           list_of(s, v, &e->candidate_groups, &out->candidate_groups, f) &&
           list_of(s, v, &e->candidate_users, &out->candidate_users, f) &&
           (!e->due_date.is_set ||
            expr_date(s, v->key, &e->due_date, &out->due_date, f)) &&
           (!e->follow_up_date.is_set ||
            expr_date(s, v->key, &e->follow_up_date, &out->follow_up_date, f)) &&
           form_find(s, v, &row->form_key, f) &&
           (!e->external_reference.is_set ||
            expr_string(s, v->key, &e->external_reference, &row->external_reference,
                        f)) &&
           priority_of(s, v, &out->priority, f);
}

/* ---- a change goes on ------------------------------------------------------------ */

static void task_assign_first(struct step *s, u64 key)
{
    const struct user_task_row *row = user_task_get(s->state, key);
    static const struct str changed = {"assignee", 8};
    struct user_task_values wanted = *row->values;

    if (row->first_assignee.len == 0 || wanted.assignee.len)
        return;
    wanted.assignee = row->first_assignee;
    task_change(s, key, EV_USER_TASK_ASSIGNING,
                &(struct user_task_changing){.instance = row->instance,
                                             .wanted = &wanted,
                                             .changed = {&changed, 1},
                                             .action = STR("")});
}

/* What a client wanted to set at the task; it is told the key of the change. */
static void variables_are_set(struct step *s, const struct user_task_row *row)
{
    struct variables_were_set answer = {
        variables_change(s, row->element_instance, row->instance, row->variables,
                         row->is_local),
    };

    effect_answer_with(s, row->request, &variables_were_set_shape, &answer);
}

/* No listener is left: it is as was wanted. */
static void task_done(struct step *s, u64 key, const struct user_task_row *row)
{
    u64 element_instance = row->element_instance;
    enum user_task_state was = (enum user_task_state)row->state;

    task_moved(s, change_of(row)->done, key, row);
    if (was == USER_TASK_UPDATING && row->variables.len)
        variables_are_set(s, row);
    else
        effect_answer(s, row->request, REJECT_NONE, STR(""));
    const struct element_row *e = element_get(s->state, element_instance);
    if (was == USER_TASK_COMPLETING)
        todo(s, CMD_ELEMENT_RUN, element_instance, NULL);
    else if (was == USER_TASK_CANCELING)
        element_terminated(s, element_instance);
    else if (was == USER_TASK_CREATING && e->state == ELEMENT_STATE_ACTIVATED)
        task_assign_first(s, key);
}

/* A listener of the task's element, or one for the tasks of all processes. */
struct chosen {
    const struct listener *own;
    const struct global_listener_row *global;
};

static bool global_listens(const struct global_listener_row *l,
                           enum listener_event event)
{
    static const char *const names[] = {
        [LISTENER_CREATING] = "creating",   [LISTENER_ASSIGNING] = "assigning",
        [LISTENER_UPDATING] = "updating",   [LISTENER_COMPLETING] = "completing",
        [LISTENER_CANCELING] = "canceling",
    };

    for (u32 i = 0; i < l->event_types.count; i++)
        if (str_is(l->event_types.items[i], "all") ||
            str_is(l->event_types.items[i], names[event]))
            return true;
    return false;
}

static const struct global_listener_row *task_global(const struct step *s,
                                                     enum listener_event event,
                                                     bool is_after, u32 *at)
{
    u64 key = 0;

    while ((key = global_listener_next(s->state, key))) {
        const struct global_listener_row *l = global_listener_get(s->state, key);
        if (l->is_after == is_after && global_listens(l, event) && (*at)-- == 0)
            return l;
    }
    return NULL;
}

/* By number: global ones, those of the element, global ones that come after them.
 * False: there are not so many. */
static bool task_listener(const struct step *s, const struct element *e,
                          enum listener_event event, u32 at, struct chosen *out)
{
    *out = (struct chosen){.global = task_global(s, event, false, &at)};
    for (u32 i = 0; i < e->listener_count && !out->global; i++)
        if (e->listeners[i].event == event && at-- == 0) {
            out->own = &e->listeners[i];
            return true;
        }
    if (!out->global)
        out->global = task_global(s, event, true, &at);
    return out->global != NULL;
}

/* False: an expression of the listener has failed. */
static bool task_listener_job(struct step *s, u64 scope, const struct chosen *c,
                              struct job_row *job, struct failure *f)
{
    i64 retries;

    if (c->global) {
        job->type = c->global->type;
        job->retries = c->global->retries;
        return true;
    }
    if (!expr_string(s, scope, &c->own->type, &job->type, f) ||
        !expr_i64(s, scope, &c->own->retries, &retries, f))
        return false;
    job->retries = retries > INT32_MAX   ? INT32_MAX
                   : retries < INT32_MIN ? INT32_MIN
                                         : (i32)retries;
    return true;
}

/* Its next listener, or its end. An expression that fails is an incident of the
 * element; when that is resolved, all listeners of the change run again. */
static enum went task_go(struct step *s, u64 key)
{
    const struct user_task_row *row = user_task_get(s->state, key);
    enum listener_event event = change_of(row)->listens;
    struct chosen chosen;
    struct job_row job = {
        .instance = row->instance,
        .process = row->process,
        .element = row->element,
        .element_instance = row->element_instance,
        .state = JOB_STATE_ACTIVATABLE,
        .tenant = row->tenant,
        .kind = JOB_KIND_TASK_LISTENER,
        .listener_event = event + 1u,
    };
    struct failure f;
    struct visit v;

    if (!task_listener(s, element_of(s, row->process, row->element), event,
                       row->listener, &chosen)) {
        task_done(s, key, row);
        return DONE;
    }
    must(visit_get(s, row->element_instance, &v));
    if (!task_listener_job(s, v.key, &chosen, &job, &f)) {
        incident(s, &v, &f);
        return WAIT;
    }
    emit(s, EV_JOB_CREATED, key_new(s), &job);
    effect_jobs(s, job.tenant, job.type);
    return WAIT;
}

void task_change(struct step *s, u64 key, enum event_kind kind,
                 const struct user_task_changing *c)
{
    emit(s, kind, key, c);
    if (c->request)
        answer_later(s);
    task_go(s, key);
}

bool task_variables_set(struct step *s, u64 element_instance,
                        const struct variables_set *c)
{
    static const struct str changed = {"variables", 9};
    u64 key = user_task_of(s->state, element_instance);
    const struct user_task_row *row = key ? user_task_get(s->state, key) : NULL;

    struct chosen chosen;

    if (!row || !task_listener(s, element_of(s, row->process, row->element),
                               LISTENER_UPDATING, 0, &chosen))
        return false;
    if (row->state != USER_TASK_CREATED)
        reject(s, REJECT_INVALID_STATE,
               "Expected to update variables for user task with key '%llu', but the "
               "task is just changing. Please try again.",
               (llu)key);
    else
        task_change(s, key, EV_USER_TASK_UPDATING,
                    &(struct user_task_changing){
                        .instance = row->instance,
                        .wanted = row->values,
                        .changed = {&changed, 1},
                        .action = STR("update"),
                        .variables = c->variables.len ? c->variables : STR("{}"),
                        .request = s->in->request,
                        .is_local = c->is_local,
                    });
    return true;
}

bool task_resumes(struct step *s, u64 element_instance)
{
    u64 key = user_task_of(s->state, element_instance);

    if (!key)
        return false;
    if (user_task_get(s->state, key)->state != USER_TASK_CREATED &&
        !job_of(s->state, element_instance))
        task_go(s, key);
    return true;
}

/* ---- what a listener says -------------------------------------------------------- */

static bool texts_equal(struct text_list a, struct text_list b)
{
    for (u32 i = 0; a.count == b.count && i < a.count; i++)
        if (!str_equal(a.items[i], b.items[i]))
            return false;
    return a.count == b.count;
}

void task_values_change(struct user_task_values *v, const struct user_task_change *c)
{
    if (c->has_assignee)
        v->assignee = c->assignee;
    if (c->has_candidate_groups)
        v->candidate_groups = c->candidate_groups;
    if (c->has_candidate_users)
        v->candidate_users = c->candidate_users;
    if (c->has_due_date)
        v->due_date = c->due_date;
    if (c->has_follow_up_date)
        v->follow_up_date = c->follow_up_date;
    if (c->has_priority)
        v->priority = c->priority;
}

/* Which attributes differ, by their names in records. */
static struct text_list values_changed(struct step *s, const struct user_task_values *a,
                                       const struct user_task_values *b)
{
    const struct {
        const char *name;
        bool differs;
    } all[] = {
        {"assignee", !str_equal(a->assignee, b->assignee)},
        {"candidateGroupsList", !texts_equal(a->candidate_groups, b->candidate_groups)},
        {"candidateUsersList", !texts_equal(a->candidate_users, b->candidate_users)},
        {"dueDate", !str_equal(a->due_date, b->due_date)},
        {"followUpDate", !str_equal(a->follow_up_date, b->follow_up_date)},
        {"priority", a->priority != b->priority},
    };
    struct str *names = NEW_ARRAY(s->arena, struct str, LEN(all));
    u32 count = 0;

    for (size_t i = 0; i < LEN(all); i++)
        if (all[i].differs)
            names[count++] = str_of(all[i].name);
    return (struct text_list){names, count};
}

static bool change_is_there(const struct user_task_change *c)
{
    return c && (c->has_assignee || c->has_candidate_groups || c->has_candidate_users ||
                 c->has_due_date || c->has_follow_up_date || c->has_priority);
}

bool task_listener_may(struct step *s, u64 job, const struct job_row *j,
                       const struct job_complete *c)
{
    u64 key = user_task_of(s->state, j->element_instance);
    const struct user_task_row *row = key ? user_task_get(s->state, key) : NULL;

    if (!row || row->state == USER_TASK_CREATED)
        reject(s, REJECT_INVALID_STATE,
               "Expected to complete task listener job with key '%llu', but its user "
               "task is not changing",
               (llu)job);
    else if (c->variables.len > 2)
        reject(
            s, REJECT_INVALID_ARGUMENT,
            "Task Listener job completion with variables payload provided is not yet "
            "supported (job key '%llu', type '%.*s', processInstanceKey '%llu'). "
            "Support will be enabled with the resolution of issue #23702",
            (llu)job, ARG(j->type), (llu)j->instance);
    else if (c->is_denied && change_is_there(c->corrections))
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to complete task listener job with corrections, but the job "
               "result is denied. The corrections would be reverted by the denial. "
               "Either complete the job with corrections without setting denied, or "
               "complete the job with a denied result but no corrections.");
    else if (c->is_denied && !change_of(row)->denied)
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to complete task listener job with key '%llu', but the job "
               "result is denied, and neither the creation nor the end of a user task "
               "can be denied",
               (llu)job);
    else if (c->corrections && c->corrections->has_assignee &&
             row->state == USER_TASK_CREATING && row->first_assignee.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               "Expected to complete task listener job with key '%llu', but the "
               "assignee cannot be corrected while a user task is created whose "
               "process sets one",
               (llu)job);
    return s->rejection == REJECT_NONE && task_change_is_valid(s, c->corrections);
}

bool task_change_is_valid(struct step *s, const struct user_task_change *c)
{
    struct zones *zones = s->engine->options.zones;
    const struct {
        const char *name;
        struct str date;
    } dates[] = {{"due date", c ? c->due_date : STR("")},
                 {"follow-up date", c ? c->follow_up_date : STR("")}};
    i64 ms;

    for (size_t i = 0; i < LEN(dates); i++)
        if (dates[i].date.len && !feel_read_instant(dates[i].date, zones, &ms)) {
            reject(s, REJECT_INVALID_ARGUMENT,
                   "The provided %s '%.*s' cannot be parsed as a date according to RFC "
                   "3339, section 5.6",
                   dates[i].name, ARG(dates[i].date));
            return false;
        }
    if (c && c->has_priority && (c->priority < 0 || c->priority > 100)) {
        reject(s, REJECT_INVALID_ARGUMENT,
               "The value for priority is '%d' but must be within the [0,100] range",
               c->priority);
        return false;
    }
    return true;
}

static void task_deny(struct step *s, u64 key, const struct user_task_row *row,
                      struct str reason)
{
    const struct change *change = change_of(row);

    task_moved(s, change->denied, key, row);
    effect_answer(s, row->request, REJECT_INVALID_STATE,
                  arena_print(s->arena,
                              "%s of the User Task with key '%llu' was denied by Task "
                              "Listener. Reason to deny: '%.*s'",
                              change->word, (llu)key, ARG(reason)));
}

static void task_correct(struct step *s, u64 key, const struct user_task_row *row,
                         const struct user_task_change *c)
{
    struct user_task_values wanted = row->wanted ? *row->wanted : *row->values;

    task_values_change(&wanted, c);
    emit(s, EV_USER_TASK_CORRECTED, key,
         &(struct user_task_corrected){row->instance, &wanted,
                                       values_changed(s, row->values, &wanted)});
}

void task_listener_completed(struct step *s, const struct job_row *j,
                             const struct job_complete *c)
{
    u64 key = user_task_of(s->state, j->element_instance);
    const struct user_task_row *row = user_task_get(s->state, key);

    if (c->is_denied) {
        task_deny(s, key, row, c->denied_reason);
        return;
    }
    if (change_is_there(c->corrections))
        task_correct(s, key, row, c->corrections);
    task_go(s, key);
}

/* As its listener is to see it: with what it is about to have. */
struct user_task_properties *task_properties(struct step *s, const struct job_row *j)
{
    u64 key = user_task_of(s->state, j->element_instance);
    const struct user_task_row *row = key ? user_task_get(s->state, key) : NULL;

    if (j->kind != JOB_KIND_TASK_LISTENER || !row)
        return NULL;
    const struct user_task_values *v = row->wanted ? row->wanted : row->values;
    struct user_task_properties *out = NEW(s->arena, struct user_task_properties);
    *out = (struct user_task_properties){
        .action = row->action,
        .assignee = v->assignee,
        .candidate_groups = v->candidate_groups,
        .candidate_users = v->candidate_users,
        .changed_attributes = row->changed,
        .due_date = v->due_date,
        .follow_up_date = v->follow_up_date,
        .form_key = row->form_key,
        .priority = v->priority,
        .key = key,
    };
    return out;
}

/* And with the variables that it is completed or changed with, which are not there yet.
 */
struct str task_listener_variables(struct step *s, const struct job_row *j,
                                   struct text_list names)
{
    struct str seen = variables_collect(s, j->element_instance, names);
    u64 key = user_task_of(s->state, j->element_instance);
    const struct user_task_row *row = key ? user_task_get(s->state, key) : NULL;
    struct buf b;

    if (j->kind != JOB_KIND_TASK_LISTENER || !row || row->variables.len <= 2)
        return seen;
    struct json_walk walk = json_walk(row->variables);
    buf_init(&b, s->arena, 256);
    buf_byte(&b, '{');
    for (struct json_member m; json_next(&walk, s->arena, &m);)
        if (names_want(names, m.name)) {
            json_put_name(&b, m.name);
            buf_add(&b, m.value);
        }
    buf_byte(&b, '}');
    return json_merge(seen, buf_str(&b), s->arena);
}

/* ---- its end from outside -------------------------------------------------------- */

static void task_cancel_begin(struct step *s, u64 key)
{
    const struct user_task_row *row = user_task_get(s->state, key);

    bool sets = row->state == USER_TASK_UPDATING && row->variables.len;

    task_moved(s, EV_USER_TASK_CANCELING, key, row);
    effect_answer(
        s, row->request, REJECT_INVALID_STATE,
        sets ? STR("user task was canceled during handling task variables update")
             : STR("user task was canceled during ongoing transition"));
}

bool task_cancel(struct step *s, u64 element_instance)
{
    u64 key = user_task_of(s->state, element_instance);

    if (!key)
        return false;
    task_cancel_begin(s, key);
    task_go(s, key);
    return true;
}

void task_remove(struct step *s, u64 element_instance)
{
    u64 key = user_task_of(s->state, element_instance);

    if (!key)
        return;
    if (user_task_get(s->state, key)->state != USER_TASK_CANCELING)
        task_cancel_begin(s, key);
    task_moved(s, EV_USER_TASK_CANCELED, key, user_task_get(s->state, key));
}

/* ---- the element ----------------------------------------------------------------- */

static enum went task_enter(struct step *s, struct visit *v)
{
    struct user_task_values values = {0};
    struct user_task_row row = {
        .instance = v->row->instance,
        .process = v->row->process,
        .element = v->row->element,
        .element_instance = v->key,
        .values = &values,
        .tenant = process_get(s->state, v->row->process)->tenant,
    };
    struct catches catches;
    struct failure f;

    if (!task_prepare(s, v, &values, &row, &f) || !catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    u64 key = key_new(s);
    emit(s, EV_USER_TASK_CREATING, key, &row);
    task_go(s, key);
    return WAIT;
}

static enum went task_entered(struct step *s, struct visit *v)
{
    u64 key = user_task_of(s->state, v->key);

    if (key && user_task_get(s->state, key)->state == USER_TASK_CREATED)
        task_assign_first(s, key);
    return WAIT;
}

const struct element_ops task_ops = {.enter = task_enter, .entered = task_entered};
