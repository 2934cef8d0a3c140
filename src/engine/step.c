#include "engine/step.h"

#include <stdarg.h>
#include <stdio.h>

#include "engine/apply/apply.h"
#include "engine/command/command.h"
#include "state/write.h"

/* Version of the code that decides; stands in every entry. */
#define LOGIC 1

/* ---- what handlers may do -------------------------------------------------------- */

static void apply(struct state *state, u32 partition, enum event_kind kind, u64 key,
                  const void *record)
{
    appliers[kind](state, key, record);
    state_used_key(state, partition, key);
}

void emit(struct step *s, enum event_kind kind, u64 key, const void *record)
{
    static const u64 nothing[32];

    must(s->rejection == REJECT_NONE);
    if (s->engine->trip && --s->engine->trip == 0) {
        s->engine->has_tripped = true;
        must(!"the planted failure");
    }
    if (s->engine->breaks && --s->engine->breaks == 0)
        must(!"the planted failure");
    if (!record)
        record = nothing;
    event_encode(&s->entry, kind, key, record);
    if (s->engine->watched)
        watch_note(s, kind, key, record);
    apply(s->hands, s->partition, kind, key, record);
    s->events++;
}

static void refuse(struct step *s, enum rejection why, const char *fmt, va_list args)
{
    va_list again;

    if (s->rejection)
        return;
    s->rejection = why;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    must(len >= 0);
    char *text = arena_alloc(s->arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    s->reason = (struct str){text, (size_t)len};
}

void reject(struct step *s, enum rejection why, const char *fmt, ...)
{
    va_list args;

    must(s->events == 0);
    va_start(args, fmt);
    refuse(s, why, fmt, args);
    va_end(args);
}

/* State follows when the step ends: a rejected one is aborted. */
void reject_undone(struct step *s, enum rejection why, const char *fmt, ...)
{
    va_list args;

    must(!s->in_todo);
    va_start(args, fmt);
    refuse(s, why, fmt, args);
    va_end(args);
    s->is_undone = true;
    s->events = 0;
    s->entry.len = 0;
    s->todos = NULL;
    s->todos_end = &s->todos;
    s->effects = NULL;
    s->effects_end = &s->effects;
    s->effect_count = 0;
    s->warned = NULL;
    s->warned_end = &s->warned;
    s->warned_count = 0;
    s->answer = NULL;
}

static struct str encoded(struct step *s, enum command_kind kind, const void *record)
{
    struct buf b;

    buf_init(&b, s->arena, 0);
    if (record)
        record_encode(&b, commands[kind].ask, record);
    return buf_str(&b);
}

void leave(struct step *s, u64 instance, enum command_kind kind, u64 key,
           const void *record)
{
    emit(s, EV_PENDING_ADDED, key_new(s),
         &(struct pending_row){.instance = instance,
                               .kind = kind,
                               .about = key,
                               .record = encoded(s, kind, record)});
}

/* Commands after which an instance goes on. Others only change what is there, which may
 * be done to a suspended one, too: what follows from it rests by itself. */
static bool carries_on(enum command_kind kind)
{
    return kind == CMD_JOB_COMPLETE || kind == CMD_JOB_FAIL ||
           kind == CMD_JOB_THROW_ERROR || kind == CMD_INCIDENT_RESOLVE ||
           kind == CMD_USER_TASK_COMPLETE || kind == CMD_AD_HOC_ACTIVATE;
}

bool step_about(struct step *s, u64 instance)
{
    const struct instance_row *row = instance_get(s->state, instance);
    const struct input *in = s->in;

    s->instance = instance;
    if (!row || !row->is_banned) {
        if (s->in_todo || s->events || !carries_on(in->kind) ||
            !suspended_with(s->state, instance))
            return true;
        leave(s, instance, in->kind, in->key, in->record);
        return false;
    }
    if (s->in_todo || s->events)
        return false;
    reject(s, REJECT_INVALID_STATE,
           "Expected to go on with process instance with key '%llu', but it is banned: "
           "an internal error has stopped it",
           (unsigned long long)instance);
    return false;
}

u64 key_new(struct step *s)
{
    u64 last = state_last_key(s->state);

    if (last < s->last_key)
        last = s->last_key;
    if (last == 0)
        last = (u64)s->partition << 51;
    return s->last_key = last + 1;
}

void todo(struct step *s, enum command_kind kind, u64 key, const void *record)
{
    struct todo *t = NEW(s->arena, struct todo);

    *t = (struct todo){.kind = kind, .key = key, .instance = s->instance};
    if (record)
        t->record = record_copy(commands[kind].ask, record, s->arena);
    *s->todos_end = t;
    s->todos_end = &t->next;
}

void send_to(struct step *s, u32 partition, enum command_kind kind, u64 key,
             const void *record)
{
    if (partition == s->partition) {
        todo(s, kind, key, record);
        return;
    }
    const struct partition_row *p = partition_get(s->state, partition);
    emit(s, EV_OUTBOX_ADDED, key_new(s),
         &(struct outbox_row){.partition = partition,
                              .number = p ? p->sent + 1 : 1,
                              .kind = kind,
                              .about = key,
                              .record = encoded(s, kind, record)});
}

void send_to_others(struct step *s, enum command_kind kind, u64 key, const void *record)
{
    for (u32 p = 1; p <= s->partitions; p++)
        if (p != s->partition)
            send_to(s, p, kind, key, record);
}

u32 key_partition(u64 key)
{
    return (u32)(key >> 51);
}

u32 name_partition(const struct step *s, struct str correlation_key)
{
    return record_partition(correlation_key, s->partitions);
}

static struct effect *effect_new(struct step *s)
{
    struct effect_link *link = NEW(s->arena, struct effect_link);

    *s->effects_end = link;
    s->effects_end = &link->next;
    s->effect_count++;
    return &link->effect;
}

void effect_jobs(struct step *s, struct str tenant, struct str type)
{
    for (struct effect_link *l = s->effects; l; l = l->next)
        if (l->effect.kind == EFFECT_JOBS_AVAILABLE &&
            str_equal(l->effect.type, type) && str_equal(l->effect.tenant, tenant)) {
            l->effect.count++;
            return;
        }
    *effect_new(s) = (struct effect){
        .kind = EFFECT_JOBS_AVAILABLE,
        .tenant = arena_copy(s->arena, tenant),
        .type = arena_copy(s->arena, type),
        .count = 1,
    };
}

void effect_ended(struct step *s, u64 instance, const struct instance_created *result)
{
    *effect_new(s) = (struct effect){
        .kind = EFFECT_INSTANCE_ENDED,
        .instance = instance,
        .answer = record_copy(&instance_created_shape, result, s->arena),
        .shape = &instance_created_shape,
    };
}

void effect_history(struct step *s)
{
    *effect_new(s) = (struct effect){.kind = EFFECT_HISTORY_WANTED};
}

void effect_note(struct step *s, struct str text)
{
    *effect_new(s) =
        (struct effect){.kind = EFFECT_NOTE, .reason = arena_copy(s->arena, text)};
}

void answer_later(struct step *s)
{
    s->is_late = true;
}

void effect_answer(struct step *s, u64 request, enum rejection rejection,
                   struct str reason)
{
    if (!request)
        return;
    if (s->is_late && request == s->in->request && rejection == REJECT_NONE) {
        s->is_late = false;
        return;
    }
    *effect_new(s) = (struct effect){
        .kind = EFFECT_LATE_ANSWER,
        .request = request,
        .rejection = rejection,
        .reason = arena_copy(s->arena, reason),
    };
}

void effect_answer_with(struct step *s, u64 request, const struct shape *shape,
                        const void *answer)
{
    if (!request)
        return;
    answer = record_copy(shape, answer, s->arena);
    if (s->is_late && request == s->in->request) {
        s->is_late = false;
        s->answer = answer;
        return;
    }
    *effect_new(s) = (struct effect){.kind = EFFECT_LATE_ANSWER,
                                     .request = request,
                                     .answer = answer,
                                     .shape = shape};
}

#define WARNED_MAX 100

void warned_add(struct step *s, struct warned *w)
{
    s->warned_count++;
    if (s->warned_count > WARNED_MAX)
        return;
    *s->warned_end = w;
    s->warned_end = &w->next;
}

void warned_drop(struct step *s, const struct warned *w)
{
    if (s->warned_count-- > WARNED_MAX)
        return;
    for (s->warned_end = &s->warned; *s->warned_end != w;)
        s->warned_end = &(*s->warned_end)->next;
    *s->warned_end = NULL;
}

/* Of a step that does something: the others are as if they had not been. */
static void warned_tell(struct step *s)
{
    if (s->events == 0)
        return;
    for (struct warned *w = s->warned; w; w = w->next) {
        if (!w->next && s->warned_count > WARNED_MAX)
            w->what.left_out = s->warned_count - WARNED_MAX;
        emit(s, EV_EXPRESSION_WARNED, w->element_instance, &w->what);
    }
}

/* ---- one try at a step ----------------------------------------------------------- */

static void dispatch(struct step *s, enum command_kind kind, u64 key,
                     const void *record)
{
    static const u64 nothing[64];

    must(kind < COMMAND_COUNT && deciders[kind]);
    must(record || commands[kind].ask->size <= sizeof(nothing));
    deciders[kind](s, key, record ? record : nothing);
}

static struct step *step_start(struct engine *e, const struct input *in, u32 todos_max)
{
    struct step *s = &e->step;

    arena_reset(&e->scratch);
    arena_reset(&e->entry);
    watch_start(e);
    *s = (struct step){
        .engine = e,
        .state = e->state,
        .hands = e->state,
        .arena = &e->scratch,
        .in = in,
        .now = in->now,
        .tenant = in->tenant,
        .partition = e->options.partition,
        .partitions = e->options.partitions,
        .todos_max = todos_max,
    };
    s->effects_end = &s->effects;
    s->todos_end = &s->todos;
    s->warned_end = &s->warned;
    buf_init(&s->entry, &e->entry, 0);
    return s;
}

/* Sends are done in the order of their numbers, each once. One that has come before is
 * passed over, and so is one whose forerunner was lost: both will come again. */
static bool is_news(struct step *s)
{
    const struct partition_row *p;

    if (!s->in->number)
        return true;
    p = partition_get(s->state, s->in->from);
    if (s->in->number != (p ? p->applied : 0) + 1)
        return false;
    emit(s, EV_INBOX_MOVED, 0,
         &(struct inbox_moved){.partition = s->in->from, .number = s->in->number});
    return true;
}

static void todo_run(struct step *s, struct todo *t)
{
    s->in_todo = true;
    if (t->instance && suspended_with(s->state, t->instance))
        leave(s, t->instance, t->kind, t->key, t->record);
    else if (!t->instance || step_about(s, t->instance))
        dispatch(s, t->kind, t->key, t->record);
    s->todos_done++;
}

/* What did not fit becomes rows of `pending`. */
static void todo_leave(struct step *s)
{
    for (struct todo *t = s->todos; t; t = t->next)
        leave(s, t->instance, t->kind, t->key, t->record);
}

/* The answer is read when the rows that it was made from may be gone. */
static void answer_keep(struct step *s)
{
    if (s->answer && s->rejection == REJECT_NONE)
        s->answer = record_copy(commands[s->in->kind].answer, s->answer, s->arena);
}

/* Whatever stops it in the middle undoes it. */
static enum trap_why step_try(struct engine *e, const struct input *in, u32 todos_max)
{
    struct step *s = step_start(e, in, todos_max);

    state_begin(e->state);
    e->has_tripped = false;
    if (setjmp(e->trap.jump)) {
        trap_set(NULL);
        state_abort(e->state);
        models_settle(e->models, e->state);
        return e->trap.why;
    }
    trap_set(&e->trap);
    state_set_now(e->state, in->now);
    if (is_news(s))
        dispatch(s, in->kind, in->key, in->record);
    else
        s->is_ignored = true;
    while (s->todos && s->todos_done < s->todos_max) {
        struct todo *t = s->todos;
        s->todos = t->next;
        if (!s->todos)
            s->todos_end = &s->todos;
        todo_run(s, t);
    }
    if (s->rejection == REJECT_NONE) {
        todo_leave(s);
        warned_tell(s);
    }
    answer_keep(s);
    trap_set(NULL);
    /* Without events nothing has changed but the time, which a replay would not see. */
    if (s->rejection || s->events == 0)
        state_abort(e->state);
    else
        state_commit(e->state);
    models_settle(e->models, e->state);
    return TRAP_NONE;
}

/* ---- when it cannot end ---------------------------------------------------------- */

static void step_refuse(struct engine *e, enum rejection why, struct str reason)
{
    struct step *s = &e->step;

    s->rejection = why;
    s->reason = reason;
    s->events = 0;
    s->entry.len = 0;
    s->answer = NULL;
    s->effects = NULL;
    s->effect_count = 0;
}

/* A due thing that failed and has no instance must not come again for ever. */
static void ban_due(const struct input *in, struct instance_ban *ban)
{
    if (in->kind == CMD_TIMER_TRIGGER)
        ban->timer = in->key;
    if (in->kind == CMD_MESSAGE_EXPIRE)
        ban->message = in->key;
    if (in->kind == CMD_PENDING_RUN)
        ban->pending = in->key;
}

/* The step is undone; a step of its own blames the instance in hand, if there is one
 * and the command's row does not say that only the command is refused. False: that met
 * something cold. */
static bool step_ban(struct engine *e, const struct input *in)
{
    struct step *s = &e->step;
    char text[sizeof(e->trap.text) + 160];
    struct instance_ban ban = {0};
    bool blames = s->instance && (s->in_todo || commands[in->kind].bans);

    snprintf(text, sizeof(text),
             "Expected to process record '%s' without errors, but exception occurred "
             "with message '%s'.",
             commands[in->kind].name, e->trap.text);
    ban_due(in, &ban);
    if (blames)
        ban.instance = s->instance;
    ban.reason = str_of(text);
    struct input again = *in;
    again.kind = CMD_INSTANCE_BAN;
    again.key = 0;
    again.record = &ban;
    bool helps = blames || ban.timer || ban.message || ban.pending;
    enum trap_why why = helps ? step_try(e, &again, 0) : TRAP_MUST;
    if (why == TRAP_COLD)
        return false;
    if (why != TRAP_NONE)
        step_refuse(e, REJECT_PROCESSING_ERROR, (struct str){NULL, 0});
    s->rejection = REJECT_PROCESSING_ERROR;
    s->reason = arena_copy(&e->output, str_of(text));
    return true;
}

/* ---- what comes out -------------------------------------------------------------- */

/* The command, as far as the log keeps it: beside the step's memory, which may be full
 * when the step is over. */
static struct str step_kept(struct engine *e, const struct input *in)
{
    struct buf b;

    buf_init(&b, &e->output, 0);
    if (commands[in->kind].is_kept && in->record)
        record_encode(&b, commands[in->kind].ask, in->record);
    return buf_str(&b);
}

static struct str step_entry(struct engine *e, const struct input *in)
{
    struct step *s = &e->step;
    struct buf b;

    if (s->events == 0)
        return (struct str){NULL, 0};
    struct entry entry = {
        .now = in->now,
        .kind = in->kind,
        .about = in->key,
        .command = step_kept(e, in),
        .operation = in->operation,
        .asker = in->asker.name.len || in->asker.kind ? &in->asker : NULL,
        .cause = in->cause,
        .tenant = in->tenant,
        .logic = LOGIC,
        .event_count = s->events,
        .events = buf_str(&s->entry),
    };
    buf_init(&b, &e->output, s->entry.len + 256);
    record_encode(&b, &entry_shape, &entry);
    return buf_str(&b);
}

static void step_output(struct engine *e, const struct input *in, enum outcome outcome,
                        struct output *out)
{
    struct step *s = &e->step;
    struct effect *effects = NEW_ARRAY(&e->output, struct effect, s->effect_count);
    u32 count = 0;

    for (struct effect_link *l = s->effects; l; l = l->next)
        effects[count++] = l->effect;
    *out = (struct output){
        .outcome = outcome,
        .rejection = s->rejection,
        .reason = s->reason,
        .entry = step_entry(e, in),
        .events = s->events,
        .answer = s->rejection ? NULL : s->answer,
        .is_late = s->is_late && !s->rejection,
        .effects = effects,
        .effect_count = count,
        .notices = s->events ? watch_notices(e) : NULL,
    };
}

/* What does not fit even alone: a to-do becomes an incident, a command is too large. */
static enum trap_why step_too_large(struct engine *e, const struct input *in)
{
    struct input again = *in;
    struct instance_ban too_large = {.pending = in->key};

    if (in->kind != CMD_PENDING_RUN)
        return TRAP_FULL;
    again.kind = CMD_INSTANCE_BAN;
    again.key = 0;
    again.record = &too_large;
    return step_try(e, &again, 0);
}

/* Left-over work that was refused when it had begun: whoever left it is told. */
static enum trap_why step_refused_late(struct engine *e, const struct input *in)
{
    struct pending_refuse why = {e->step.rejection,
                                 arena_copy(&e->output, e->step.reason)};
    struct input again = *in;

    again.kind = CMD_PENDING_REFUSE;
    again.record = &why;
    return step_try(e, &again, e->options.todos);
}

/* A modification can be cut into several by whoever asks for it. */
static void step_refuse_large(struct engine *e, const struct input *in)
{
    if (in->kind == CMD_INSTANCE_MODIFY && !e->is_limited)
        step_refuse(
            e, REJECT_INVALID_ARGUMENT,
            arena_print(&e->output,
                        "Unable to modify process instance with key '%llu' as the "
                        "size exceeds the maximum batch size. Please reduce the "
                        "size by splitting the modification into multiple "
                        "commands.",
                        (unsigned long long)in->key));
    else
        step_refuse(e, REJECT_TOO_LARGE,
                    STR("the command and what follows from it do not fit into one "
                        "step; use fewer or smaller variables"));
}

/* The step in the smaller ways that are left when it does not fit, or was refused when
 * it had begun. */
static enum trap_why step_anyhow(struct engine *e, const struct input *in)
{
    enum trap_why why = step_try(e, in, e->options.todos);

    if (why == TRAP_FULL && !e->is_limited) /* the same again, one thing at a time */
        why = step_try(e, in, 0);
    if (why == TRAP_FULL && !e->is_limited)
        why = step_too_large(e, in);
    if (why == TRAP_NONE && e->step.rejection && in->kind == CMD_PENDING_RUN)
        why = step_refused_late(e, in);
    return why;
}

void engine_step(struct engine *e, const struct input *in, struct output *out)
{
    enum outcome outcome;

    must(in->kind < COMMAND_COUNT && commands[in->kind].name);
    arena_reset(&e->output);
    enum trap_why why = step_anyhow(e, in);
    e->is_undone =
        why == TRAP_FULL ? e->is_limited : why == TRAP_MUST && e->has_tripped;
    if (why == TRAP_FULL)
        step_refuse_large(e, in);
    if (why == TRAP_MUST && e->has_tripped)
        step_refuse(e, REJECT_PROCESSING_ERROR, STR("the planted failure"));
    else if (why == TRAP_MUST && !step_ban(e, in))
        why = TRAP_COLD;
    if (why == TRAP_COLD) {
        *out = (struct output){.outcome = STEP_COLD};
        return;
    }
    if (why == TRAP_MUST && !e->has_tripped)
        outcome = STEP_FAILED;
    else if (e->step.rejection)
        outcome = STEP_REFUSED;
    else
        outcome = e->step.is_ignored ? STEP_IGNORED : STEP_DONE;
    step_output(e, in, outcome, out);
}

/* ---- replay
 * ------------------------------------------------------------------------------------
 */

static bool replay_events(struct engine *e, const struct entry *entry, struct err *err)
{
    struct event event;
    size_t at = 0;
    u32 count = 0;

    if (entry->now < state_now(e->state))
        return err_set(err, ERR_CORRUPT, "its time is before that of the entry before");
    state_set_now(e->state, entry->now);
    for (; event_next(entry->events, &at, &event, err); count++) {
        const struct shape *shape = events[event.kind].record;
        void *record = arena_alloc(&e->scratch, shape->size);
        if (!record_decode(event.bytes, shape, &e->scratch, record, err))
            return false;
        apply(e->state, e->options.partition, event.kind, event.key, record);
    }
    if (err->code == ERR_NONE && count != entry->event_count)
        return err_set(err, ERR_CORRUPT, "it has %u events instead of %u", count,
                       entry->event_count);
    return err->code == ERR_NONE;
}

bool engine_replay(struct engine *e, struct str bytes, struct err *err)
{
    struct entry entry;
    bool is_good;

    err->code = ERR_NONE;
    arena_reset(&e->scratch);
    state_begin(e->state);
    if (setjmp(e->trap.jump)) {
        trap_set(NULL);
        state_abort(e->state);
        if (e->trap.why == TRAP_COLD) {
            err->code = ERR_NONE;
            return false;
        }
        return err_set(err, ERR_CORRUPT, "its events do not fit what came before: %s",
                       e->trap.why == TRAP_MUST ? e->trap.text : "too large");
    }
    trap_set(&e->trap);
    is_good = record_decode(bytes, &entry_shape, &e->scratch, &entry, err) &&
              replay_events(e, &entry, err);
    trap_set(NULL);
    if (is_good)
        state_commit(e->state);
    else
        state_abort(e->state);
    return is_good;
}
