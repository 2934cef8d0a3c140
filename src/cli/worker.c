/* A worker that runs a program for each job: variables in, variables out. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/remote.h"

#define OUTPUT_MAX  ((size_t)4 << 20) /* bytes that a program may print */
#define POLL_MS     20000             /* so long a request for jobs is parked */
#define THROWS      100               /* the exit code of a BPMN error */
#define STANDARD_MS 300000            /* how long a job is held */
#define AGAIN_S     1
#define MESSAGE_MAX 500

static volatile sig_atomic_t stops;

static void on_stop(int number)
{
    stops = 1;
}

struct working {
    struct remote remote;
    const char *type;
    char name[128];
    char **argv; /* of the program, ended by NULL */
    i64 hold_ms; /* how long a job is held before others may get it */
    i64 backoff;
    i64 left;       /* jobs that are still wanted; -1: any number */
    bool was_there; /* the server has answered once */
};

/* What a program has said and how it ended. */
struct outcome {
    char *out, *err; /* owned */
    size_t out_len, err_len;
    bool is_too_long;
    int status;
};

/* ---- running a program ----------------------------------------------------------- */

struct pipes {
    int in, out, err, pid;
};

static void environment_set(struct remote *r, struct str job)
{
    static const struct {
        const char *name, *field;
    } rows[] = {
        {"FERMATA_JOB_KEY", "jobKey"},
        {"FERMATA_JOB_TYPE", "type"},
        {"FERMATA_JOB_RETRIES", "retries"},
        {"FERMATA_PROCESS_INSTANCE", "processInstanceKey"},
        {"FERMATA_PROCESS", "processDefinitionId"},
        {"FERMATA_ELEMENT", "elementId"},
        {"FERMATA_HEADERS", "customHeaders"},
    };

    for (size_t i = 0; i < LEN(rows); i++)
        setenv(rows[i].name,
               arena_print(r->arena, "%.*s", ARG(field(r, job, rows[i].field))).data,
               1);
}

_Noreturn static void child_run(struct working *w, struct str job, int in[2],
                                int out[2], int err[2])
{
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    environment_set(&w->remote, job);
    signal(SIGPIPE, SIG_DFL);
    execvp(w->argv[0], w->argv);
    fprintf(stderr, "%s: %s\n", w->argv[0], strerror(errno));
    _exit(127);
}

static void pipes_close(const int *ends, int count)
{
    int why = errno;

    for (int i = 0; i < count; i++)
        close(ends[i]);
    errno = why;
}

static bool program_start(struct working *w, struct str job, struct pipes *p)
{
    int ends[6], *in = ends, *out = ends + 2, *err = ends + 4;

    for (int i = 0; i < 6; i += 2)
        if (pipe2(ends + i, O_CLOEXEC)) {
            pipes_close(ends, i);
            return false;
        }
    fflush(stdout);
    p->pid = fork();
    if (p->pid == 0)
        child_run(w, job, in, out, err);
    if (p->pid < 0) {
        pipes_close(ends, 6);
        return false;
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    p->in = in[1];
    p->out = out[0];
    p->err = err[0];
    fcntl(p->in, F_SETFL, O_NONBLOCK);
    return true;
}

/* False: that was all of it. */
static bool drain(int fd, char **data, size_t *len, bool *is_too_long, bool passes_on)
{
    char part[65536];
    ssize_t got = read(fd, part, sizeof(part));

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    if (*len + (size_t)got > OUTPUT_MAX) {
        *is_too_long = true;
        return true;
    }
    if (passes_on) /* what it says is for people */
        fwrite(part, 1, (size_t)got, stderr);
    *data = must_realloc(*data, *len + (size_t)got);
    memcpy(*data + *len, part, (size_t)got);
    *len += (size_t)got;
    return true;
}

/* The job stays ours as long as its program runs. */
static void hold(struct working *w, struct str key)
{
    struct remote *r = &w->remote;
    struct str answer;

    r->is_quiet = true;
    remote_call(r, "PATCH", arena_print(r->arena, "/v2/jobs/%.*s", ARG(key)).data,
                arena_print(r->arena, "{\"changeset\":{\"timeout\":%lld}}",
                            (long long)w->hold_ms),
                &answer);
    r->is_quiet = false;
}

static void feed(struct pipes *p, struct str *input)
{
    ssize_t sent = input->len ? write(p->in, input->data, input->len) : 0;

    if (sent > 0)
        *input = (struct str){input->data + sent, input->len - (size_t)sent};
    if (input->len == 0 || (sent < 0 && errno != EAGAIN && errno != EINTR)) {
        close(p->in);
        p->in = -1;
    }
}

static void program_talk(struct working *w, struct pipes *p, struct str key,
                         struct str input, struct outcome *o)
{
    i64 half = w->hold_ms / 2;

    while (p->out >= 0 || p->err >= 0) {
        struct pollfd fds[] = {
            {p->in, POLLOUT, 0}, {p->out, POLLIN, 0}, {p->err, POLLIN, 0}};
        int came = poll(fds, LEN(fds),
                        half > 60000 ? 60000
                        : half < 100 ? 100
                                     : (int)half);
        if (came == 0)
            hold(w, key);
        if (fds[0].revents)
            feed(p, &input);
        if (fds[1].revents &&
            !drain(p->out, &o->out, &o->out_len, &o->is_too_long, false)) {
            close(p->out);
            p->out = -1;
        }
        if (fds[2].revents &&
            !drain(p->err, &o->err, &o->err_len, &o->is_too_long, true)) {
            close(p->err);
            p->err = -1;
        }
    }
    if (p->in >= 0)
        close(p->in);
    while (waitpid(p->pid, &o->status, 0) < 0 && errno == EINTR)
        ;
}

/* ---- what becomes of the job ----------------------------------------------------- */

/* The last line that is not empty. */
static struct str last_line(struct str text)
{
    text = str_trim(text);
    for (size_t i = text.len; i-- > 0;)
        if (text.data[i] == '\n') {
            text = (struct str){text.data + i + 1, text.len - i - 1};
            break;
        }
    if (text.len > MESSAGE_MAX)
        text.len = MESSAGE_MAX;
    return text;
}

static int job_call(struct working *w, struct str key, const char *what,
                    struct str body)
{
    struct remote *r = &w->remote;
    const struct timespec pause = {AGAIN_S, 0};
    const char *path = arena_print(r->arena, "/v2/jobs/%.*s/%s", ARG(key), what).data;
    struct str answer;
    int code;

    r->is_quiet = true; /* while the server is away it is tried again */
    for (int i = 0; i < 30; i++) {
        code = remote_call(r, "POST", path, body, &answer);
        if (code != CLI_UNREACHABLE)
            break;
        nanosleep(&pause, NULL);
    }
    r->is_quiet = false;
    if (code)
        fprintf(stderr, "fermata: job %.*s, %s: %.*s\n", ARG(key), what,
                ARG(r->detail.len ? r->detail : STR("no answer")));
    return code;
}

static void job_fails(struct working *w, struct str job, struct str why)
{
    struct remote *r = &w->remote;
    struct str key = field(r, job, "jobKey");
    i64 retries = field_number(r, job, "retries") - (stops ? 0 : 1);
    struct buf b;

    buf_init(&b, r->arena, 256);
    buf_print(&b, "{\"retries\":%lld,\"retryBackOff\":%lld,\"errorMessage\":",
              (long long)(retries < 0 ? 0 : retries), (long long)w->backoff);
    json_put_string(&b, why);
    buf_byte(&b, '}');
    fprintf(stderr, "failed %.*s: %.*s\n", ARG(key), ARG(why));
    job_call(w, key, "failure", buf_str(&b));
}

static void job_throws(struct working *w, struct str job, struct str printed)
{
    struct remote *r = &w->remote;
    struct str code = field(r, printed, "error"), key = field(r, job, "jobKey"),
               variables = field(r, printed, "variables");
    struct buf b;

    if (!code.len) {
        job_fails(w, job,
                  STR("the program ended with 100 and printed no "
                      "{\"error\":\"CODE\"}"));
        return;
    }
    buf_init(&b, r->arena, 256);
    buf_text(&b, "{\"errorCode\":");
    json_put_string(&b, code);
    json_put_name(&b, STR("errorMessage"));
    json_put_string(&b, field(r, printed, "message"));
    if (variables.len) {
        json_put_name(&b, STR("variables"));
        buf_add(&b, variables);
    }
    buf_byte(&b, '}');
    fprintf(stderr, "thrown %.*s at %.*s\n", ARG(code), ARG(key));
    job_call(w, key, "error", buf_str(&b));
}

static struct str failure_text(struct working *w, const struct outcome *o)
{
    struct str line = last_line((struct str){o->err, o->err_len});

    if (WIFSIGNALED(o->status))
        return arena_print(w->remote.arena, "the program was ended by signal %d (%s)",
                           WTERMSIG(o->status), strsignal(WTERMSIG(o->status)));
    if (line.len)
        return line;
    return arena_print(w->remote.arena, "the program ended with %d",
                       WEXITSTATUS(o->status));
}

static void job_ends(struct working *w, struct str job, const struct outcome *o)
{
    struct remote *r = &w->remote;
    struct str printed = str_trim((struct str){o->out, o->out_len}), json = STR("{}");
    int code = WIFEXITED(o->status) ? WEXITSTATUS(o->status) : -1;
    struct err err = {0};
    bool is_json = json_canonical(printed, JSON_OBJECT, &(struct json_limits){100},
                                  r->arena, &json, &err);

    if (code == THROWS) {
        job_throws(w, job, is_json ? json : STR("{}"));
    } else if (code != 0) {
        job_fails(w, job, failure_text(w, o));
    } else if (o->is_too_long) {
        job_fails(w, job,
                  arena_print(r->arena, "the program printed more than %zu bytes",
                              OUTPUT_MAX));
    } else if (!is_json) {
        job_fails(
            w, job,
            arena_print(r->arena, "the program printed no JSON object: %s", err.text));
    } else if (!job_call(w, field(r, job, "jobKey"), "completion",
                         arena_print(r->arena, "{\"variables\":%.*s}", ARG(json)))) {
        fprintf(stderr, "completed %.*s\n", ARG(field(r, job, "jobKey")));
    }
}

static void job_do(struct working *w, struct str job)
{
    struct remote *r = &w->remote;
    struct str variables = field(r, job, "variables");
    struct outcome o = {0};
    struct pipes p;

    if (!program_start(w, job, &p)) {
        job_fails(
            w, job,
            arena_print(r->arena, "the program cannot be run: %s", strerror(errno)));
        return;
    }
    program_talk(
        w, &p, field(r, job, "jobKey"),
        arena_print(r->arena, "%.*s\n", ARG(variables.len ? variables : STR("{}"))),
        &o);
    job_ends(w, job, &o);
    free(o.out);
    free(o.err);
}

/* ---- asking for jobs ------------------------------------------------------------- */

static int jobs_ask(struct working *w, struct str *jobs)
{
    struct remote *r = &w->remote;
    struct str answer;
    struct buf b;
    int code;

    buf_init(&b, r->arena, 256);
    buf_text(&b, "{\"type\":");
    json_put_string(&b, str_of(w->type));
    json_put_name(&b, STR("worker"));
    json_put_string(&b, str_of(w->name));
    buf_print(&b, ",\"timeout\":%lld,\"maxJobsToActivate\":1,\"requestTimeout\":%d}",
              (long long)w->hold_ms, r->desk->options->once ? -1 : POLL_MS);
    r->is_quiet = w->was_there;
    code = remote_call(r, "POST", "/v2/jobs/activation", buf_str(&b), &answer);
    r->is_quiet = false;
    if (!code)
        *jobs = field(r, answer, "jobs");
    return code;
}

/* The server may be away for a while. An exit code ends it; -1: ask again. */
static int failed(struct working *w, int code)
{
    const struct timespec pause = {AGAIN_S, 0};

    if (!w->was_there || (code != CLI_UNREACHABLE && code != CLI_FAILED))
        return code;
    nanosleep(&pause, NULL);
    return -1;
}

static int work(struct working *w)
{
    struct arena *round = &w->remote.desk->scratch;

    w->remote.arena = round;
    while (!stops && w->left != 0) {
        struct str jobs = NOTHING;
        int code = jobs_ask(w, &jobs);
        if (code && (code = failed(w, code)) >= 0)
            return code;
        w->was_there |= code == 0;
        struct json_walk walk = json_walk(jobs.len ? jobs : STR("[]"));
        u32 count = 0;
        for (struct json_member m; json_next(&walk, round, &m); count++)
            job_do(w, m.value);
        w->left -= w->left > 0 ? count : 0;
        arena_reset(round);
        if (count == 0 && w->remote.desk->options->once && code == 0)
            return CLI_GOOD;
    }
    return stops ? CLI_INTERRUPTED : CLI_GOOD;
}

/* ---- several at a time ----------------------------------------------------------- */

static int work_beside(struct working *w, i64 parallel)
{
    pid_t children[64];
    i64 all = w->left;
    i64 begun = 0;
    int code = CLI_GOOD, status = 0;

    for (; begun < parallel; begun++) {
        children[begun] = fork();
        if (children[begun] == 0) {
            w->left = all < 0 ? all : all / parallel + (begun < all % parallel);
            _exit(work(w));
        }
        if (children[begun] < 0) { /* what did begin is waited for all the same */
            fprintf(stderr, "fermata: no process for worker %lld of %lld: %s\n",
                    (long long)begun + 1, (long long)parallel, strerror(errno));
            code = CLI_FAILED;
            break;
        }
    }
    for (i64 i = 0; i < begun; i++) {
        while (waitpid(children[i], &status, 0) < 0 && errno == EINTR)
            for (i64 k = i; stops && k < begun; k++)
                kill(children[k], SIGTERM);
        if (WIFEXITED(status) && WEXITSTATUS(status))
            code = WEXITSTATUS(status);
    }
    return code;
}

static int worker_open(struct working *w, struct desk *d)
{
    const struct options *o = d->options;
    char host[64] = "";
    int code;

    if (o->rest != 1 || o->word_count < 2) {
        fprintf(stderr, "fermata: usage: fermata worker TYPE [OPTIONS] -- COMMAND "
                        "[ARGUMENT]...\n");
        return CLI_USAGE;
    }
    w->type = o->words[0];
    w->argv = NEW_ARRAY(&d->keep, char *, (size_t)o->word_count + 1);
    for (int i = 1; i < o->word_count; i++)
        w->argv[i - 1] = o->words[i];
    w->hold_ms = STANDARD_MS;
    w->left = o->max ? o->max : -1;
    gethostname(host, sizeof(host) - 1);
    snprintf(w->name, sizeof(w->name), "%s%s", o->name[0] ? o->name : "fermata@",
             o->name[0] ? "" : host);
    if ((o->timeout[0] && (code = span_read("--timeout", o->timeout, &w->hold_ms))) ||
        (code = span_read("--backoff", o->backoff, &w->backoff)))
        return code;
    if (w->hold_ms < 100) {
        fprintf(stderr, "fermata: --timeout: a job is held for 100ms at least\n");
        return CLI_USAGE;
    }
    return remote_open(&w->remote, d);
}

static int run(struct desk *d)
{
    struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};
    struct working w = {0};
    int code = worker_open(&w, d);

    if (code)
        return code;
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    return d->options->parallel > 1 ? work_beside(&w, d->options->parallel) : work(&w);
}

int job_worker_main(const struct options *o)
{
    return desk_run(o, run);
}
