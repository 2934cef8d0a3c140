/* What is done to process instances, one or many: cancel, suspend, resume, retry. */
#include <stdio.h>
#include <time.h>

#include "cli/query.h"

#define SAMPLE 5 /* instances that are shown before many are touched */

static const struct act {
    const char *name, *done; /* what it is, and what has been done */
    const char *noun;        /* of the paths: cancellation */
} acts[] = {
    {"cancel", "cancelled", "cancellation"},
    {"suspend", "suspended", "suspension"},
    {"resume", "resumed", "resumption"},
};

/* ---- by keys --------------------------------------------------------------------- */

static int key_act(struct remote *r, const struct act *a, const char *key)
{
    const char *path = remote_path(r, "/v2/process-instances/", key,
                                   arena_print(r->arena, "/%s", a->noun).data);
    struct str answer;
    int code = path ? remote_call(r, "POST", path, STR("{}"), &answer) : CLI_USAGE;

    if (!code)
        fprintf(stderr, "%s %s\n", a->done, key);
    return code;
}

/* One that fails does not keep the others from it. */
static int keys_act(struct remote *r, const struct act *a)
{
    const struct options *o = r->desk->options;
    int done = 0, code = CLI_GOOD;

    if (o->dry_run) {
        for (int i = 0; i < o->word_count; i++)
            printf("would be %s: %s\n", a->done, o->words[i]);
        return CLI_GOOD;
    }
    if (o->word_count > 1 &&
        !confirmed(r->desk, "%d instances are to be %s.", o->word_count, a->done))
        return CLI_FAILED;
    for (int i = 0; i < o->word_count; i++) {
        int came = key_act(r, a, o->words[i]);
        done += came == CLI_GOOD;
        code = came ? came : code;
    }
    return code && done ? CLI_PARTLY : code;
}

/* ---- by a filter ----------------------------------------------------------------- */

static void sample_show(struct remote *r, const struct finding_list *list)
{
    for (size_t i = 0; i < list->count && i < SAMPLE; i++)
        fprintf(stderr, "  %.*s  %.*s  %.*s\n",
                ARG(field(r, list->items[i], "processInstanceKey")),
                ARG(field(r, list->items[i], "processDefinitionId")),
                ARG(field(r, list->items[i], "startDate")));
}

/* Until the batch operation has ended; what has failed is listed. */
static int batch_follow(struct remote *r, const struct act *a, struct str key)
{
    const struct timespec pause = {0, 200000000};
    const char *path =
        arena_print(r->arena, "/v2/batch-operations/%.*s", ARG(key)).data;
    struct str batch, state;
    int code;

    for (;;) {
        if ((code = remote_call(r, "GET", path, NOTHING, &batch)))
            return code;
        state = field(r, batch, "state");
        if (!str_is(state, "ACTIVE") && !str_is(state, "CREATED") &&
            !str_is(state, "SUSPENDED"))
            break;
        nanosleep(&pause, NULL);
    }
    i64 failed = field_number(r, batch, "operationsFailedCount");
    fprintf(stderr, "%.*s of %.*s %s", ARG(field(r, batch, "operationsCompletedCount")),
            ARG(field(r, batch, "operationsTotalCount")), a->done);
    fprintf(stderr, failed ? ", %lld failed (batch operation %.*s)\n" : "\n",
            (long long)failed, ARG(key));
    return failed ? CLI_PARTLY : str_is(state, "COMPLETED") ? CLI_GOOD : CLI_FAILED;
}

static int filter_act(struct remote *r, const struct act *a)
{
    const struct options *o = r->desk->options;
    const struct kind_row *kind = kind_find("pi");
    struct finding_list list;
    struct str filter, answer;
    int code = filter_read(r, kind, o->filter.items, o->filter.count, &filter);

    if (!code && !json_get(filter, STR("state"), r->arena, &answer))
        filter =
            json_merge(filter,
                       strcmp(a->name, "resume") == 0 ? STR("{\"state\":\"SUSPENDED\"}")
                                                      : STR("{\"state\":\"ACTIVE\"}"),
                       r->arena);
    if (code || (code = remote_search(r, "/v2/process-instances/search", filter,
                                      NOTHING, SAMPLE, &list)))
        return code;
    i64 count = (i64)list.count + list.more;
    if (count == 0) {
        fprintf(stderr, "fermata: no process instances fit\n");
        return CLI_GOOD;
    }
    fprintf(stderr, "%lld process instances fit%s\n", (long long)count,
            list.more > 0 ? ", the first are" : "");
    sample_show(r, &list);
    if (o->dry_run)
        return CLI_GOOD;
    if (!confirmed(r->desk, "All are to be %s.", a->done))
        return CLI_FAILED;
    code = remote_call(
        r, "POST", arena_print(r->arena, "/v2/process-instances/%s", a->noun).data,
        arena_print(r->arena, "{\"filter\":%.*s}", ARG(filter)), &answer);
    return code ? code : batch_follow(r, a, field(r, answer, "batchOperationKey"));
}

static int many_run(struct desk *d, const struct act *a)
{
    const struct options *o = d->options;
    struct remote r;
    int code;

    if ((o->word_count == 0) == (o->filter.count == 0)) {
        fprintf(stderr,
                "fermata: name keys of process instances, or --filter FIELD=VALUE: "
                "fermata %s KEY\n",
                a->name);
        return CLI_USAGE;
    }
    if ((code = remote_open(&r, d)))
        return code;
    return o->word_count ? keys_act(&r, a) : filter_act(&r, a);
}

static int cancel_run(struct desk *d)
{
    return many_run(d, &acts[0]);
}

static int suspend_run(struct desk *d)
{
    return many_run(d, &acts[1]);
}

static int resume_run(struct desk *d)
{
    return many_run(d, &acts[2]);
}

int act_main_cancel(const struct options *o)
{
    return desk_run(o, cancel_run);
}

int act_main_suspend(const struct options *o)
{
    return desk_run(o, suspend_run);
}

int act_main_resume(const struct options *o)
{
    return desk_run(o, resume_run);
}

/* ---- retry ----------------------------------------------------------------------- */

static int job_retries(struct remote *r, struct str job)
{
    i64 retries = r->desk->options->retries;
    struct str answer;

    return remote_call(r, "PATCH",
                       arena_print(r->arena, "/v2/jobs/%.*s", ARG(job)).data,
                       arena_print(r->arena, "{\"changeset\":{\"retries\":%lld}}",
                                   retries < 1 ? 1 : (long long)retries),
                       &answer);
}

/* Whether its job needs retries follows from what is wrong. */
static int incident_retry(struct remote *r, struct str incident)
{
    struct str job = field(r, incident, "jobKey"),
               key = field(r, incident, "incidentKey"),
               type = field(r, incident, "errorType"), answer;
    bool needs = job.len && str_ends(type, STR("NO_RETRIES"));
    int code;

    if (r->desk->options->dry_run) {
        printf("would be resolved: %.*s  %.*s at %.*s\n", ARG(key), ARG(type),
               ARG(field(r, incident, "elementId")));
        return CLI_GOOD;
    }
    if (needs && (code = job_retries(r, job)))
        return code;
    code = remote_call(
        r, "POST",
        arena_print(r->arena, "/v2/incidents/%.*s/resolution", ARG(key)).data,
        STR("{}"), &answer);
    if (!code)
        fprintf(stderr, "resolved %.*s (%.*s)\n", ARG(key), ARG(type));
    return code;
}

static int incidents_retry(struct remote *r, const struct finding_list *list)
{
    int done = 0, code = CLI_GOOD;

    for (size_t i = 0; i < list->count; i++) {
        int came = incident_retry(r, list->items[i]);
        done += came == CLI_GOOD;
        code = came ? came : code;
    }
    return code && done ? CLI_PARTLY : code;
}

static int incidents_of(struct remote *r, const char *name, const char *key,
                        struct finding_list *list)
{
    return remote_search(
        r, "/v2/incidents/search",
        arena_print(r->arena, "{\"%s\":\"%s\",\"state\":\"ACTIVE\"}", name, key),
        NOTHING, 1000, list);
}

/* The key of an incident, of a job, or of an instance: whichever has incidents. */
static int key_retry(struct remote *r, const char *key)
{
    static const char *const names[] = {"incidentKey", "jobKey", "processInstanceKey"};
    struct finding_list list = {0};
    int code = remote_path(r, "", key, "") ? CLI_GOOD : CLI_USAGE;

    for (size_t i = 0; i < LEN(names) && !code && list.count == 0; i++)
        code = incidents_of(r, names[i], key, &list);
    if (code)
        return code;
    if (list.count)
        return incidents_retry(r, &list);
    fprintf(stderr,
            "fermata: %s is the key of no incident, and of no job or process instance "
            "that has one\nfermata get inc lists incidents.\n",
            key);
    return CLI_NOT_FOUND;
}

static int filter_retry(struct remote *r)
{
    const struct options *o = r->desk->options;
    struct finding_list list;
    struct str filter;
    int code =
        filter_read(r, kind_find("inc"), o->filter.items, o->filter.count, &filter);

    if (code || (code = remote_search(
                     r, "/v2/incidents/search",
                     json_merge(filter, STR("{\"state\":\"ACTIVE\"}"), r->arena),
                     NOTHING, 10000, &list)))
        return code;
    fprintf(stderr, "%zu incidents fit\n", list.count);
    if (list.count > 1 && !o->dry_run && !confirmed(r->desk, "All are to be resolved."))
        return CLI_FAILED;
    return incidents_retry(r, &list);
}

static int retry_run(struct desk *d)
{
    const struct options *o = d->options;
    struct remote r;
    int code = CLI_GOOD, done = 0;

    if ((o->word_count == 0) == (o->filter.count == 0)) {
        fprintf(stderr,
                "fermata: name keys of incidents, jobs or process instances, or "
                "--filter FIELD=VALUE: fermata retry KEY\n");
        return CLI_USAGE;
    }
    if ((code = remote_open(&r, d)))
        return code;
    if (o->filter.count)
        return filter_retry(&r);
    for (int i = 0; i < o->word_count; i++) {
        int came = key_retry(&r, o->words[i]);
        done += came == CLI_GOOD;
        code = came ? came : code;
    }
    return code && done ? CLI_PARTLY : code;
}

int act_main_retry(const struct options *o)
{
    return desk_run(o, retry_run);
}
