#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/private.h"
#include "log/log.h"

enum { READY_MS = 60000, LINE_MAX_BYTES = 4096 + 256 };

void bench_pin(u32 core)
{
    cpu_set_t set;

    if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
        return;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(0, sizeof(set), &set);
}

double bench_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void served_exec(int says, const char *data, u32 sync_delay_us)
{
    char delay[32];

    snprintf(delay, sizeof(delay), "%u", sync_delay_us);
    bench_pin(0);
    dup2(says, STDOUT_FILENO);
    execl("/proc/self/exe", "fermata", "serve", "--data", data, "--grpc", "127.0.0.1:0",
          "--http", "127.0.0.1:0", "--log", "warn", "--sync-delay-us", delay,
          (char *)NULL);
    _exit(127);
}

/* Its line "ready grpc=... http=..."; false: it ended, or said nothing in a minute. */
static bool served_ready(struct served *s)
{
    char line[LINE_MAX_BYTES] = "";
    size_t len = 0;

    while (len + 1 < sizeof(line) && !memchr(line, '\n', len)) {
        struct pollfd p = {.fd = s->says, .events = POLLIN};
        ssize_t got = poll(&p, 1, READY_MS) > 0
                          ? read(s->says, line + len, sizeof(line) - 1 - len)
                          : 0;
        if (got <= 0)
            return false;
        len += (size_t)got;
    }
    return sscanf(line, "ready grpc=%63s http=%63s", s->grpc, s->http) == 2;
}

bool served_begin(struct served *s, const char *data, u32 sync_delay_us,
                  struct err *err)
{
    double begun = bench_now();
    int ends[2];

    *s = (struct served){.says = -1};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_IO, "no pipe: %s", strerror(errno));
    s->pid = fork();
    if (s->pid == 0)
        served_exec(ends[1], data, sync_delay_us);
    close(ends[1]);
    s->says = ends[0];
    if (s->pid < 0) {
        close(s->says);
        return err_set(err, ERR_IO, "no process: %s", strerror(errno));
    }
    if (served_ready(s)) {
        s->start_ms = (bench_now() - begun) * 1000;
        return true;
    }
    served_end(s);
    return err_set(err, ERR_IO, "the server does not start");
}

void served_end(struct served *s)
{
    kill(s->pid, SIGTERM);
    while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(s->says);
}

static bool status_number(pid_t pid, const char *name, double *out)
{
    char path[64], line[256];
    bool found = false;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    while (f && !found && fgets(line, sizeof(line), f))
        if (strncmp(line, name, strlen(name)) == 0)
            found = sscanf(line + strlen(name), "%lf", out) == 1;
    if (f)
        fclose(f);
    return found;
}

bool served_cost(pid_t pid, struct served_cost *out, struct err *err)
{
    unsigned long user = 0, system_time = 0;
    char path[64];
    int got = 0;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *f = fopen(path, "r");
    if (f) {
        got = fscanf(f,
                     "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                     &user, &system_time);
        fclose(f);
    }
    if (got != 2 || !status_number(pid, "VmRSS:", &out->resident) ||
        !status_number(pid, "Threads:", &out->threads))
        return err_set(err, ERR_IO, "the server has ended");
    out->resident *= 1024;
    out->cpu_seconds = (double)(user + system_time) / (double)sysconf(_SC_CLK_TCK);
    return true;
}

static void frame_add(void *ctx, const struct log_frame *f)
{
    *(double *)ctx += (double)f->size;
}

bool served_log_bytes(const char *data, double *out, struct err *err)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/partition-1", data);
    struct log *log = log_look_open(path, err);
    *out = 0;
    if (!log)
        return false;
    bool is_good = log_look_frames(log, frame_add, out, err);
    log_close(log);
    return is_good;
}
