#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "t/faults/torture.h"

enum { READY_MS = 30000, END_MS = 10000 };

_Noreturn void die(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("torture: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void sleep_ms(i64 ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static _Noreturn void life_exec(int says, const char *binary, const char *data,
                                const char *const *environment)
{
    int quiet = open("/dev/null", O_WRONLY);

    dup2(says, STDOUT_FILENO);
    if (!getenv("TORTURE_VERBOSE"))
        dup2(quiet, STDERR_FILENO);
    for (; environment && *environment; environment++)
        putenv((char *)(size_t)*environment);
    execl(binary, binary, "serve", "--data", data, "--grpc", "127.0.0.1:0", "--http",
          "127.0.0.1:0", "--log", "error", (char *)NULL);
    _exit(127);
}

static bool life_ready(struct life *l)
{
    char line[1024] = "";
    size_t len = 0;

    while (len + 1 < sizeof(line) && !memchr(line, '\n', len)) {
        struct pollfd p = {.fd = l->says, .events = POLLIN};
        ssize_t got = poll(&p, 1, READY_MS) > 0
                          ? read(l->says, line + len, sizeof(line) - 1 - len)
                          : 0;
        if (got <= 0)
            return false;
        len += (size_t)got;
    }
    const char *http = strstr(line, "http=127.0.0.1:");
    return http && sscanf(http, "http=127.0.0.1:%d", &l->port) == 1;
}

static void life_wait(struct life *l)
{
    while (waitpid(l->pid, &l->ended, 0) < 0)
        must(errno == EINTR);
    close(l->says);
    l->pid = 0;
}

bool life_begin(struct life *l, const char *binary, const char *data,
                const char *const *environment)
{
    int ends[2];

    *l = (struct life){.says = -1};
    must(pipe2(ends, O_CLOEXEC) == 0);
    l->pid = fork();
    must(l->pid >= 0);
    if (l->pid == 0)
        life_exec(ends[1], binary, data, environment);
    close(ends[1]);
    l->says = ends[0];
    if (life_ready(l))
        return true;
    life_kill(l);
    return false;
}

void life_kill(struct life *l)
{
    if (l->pid == 0)
        return;
    kill(l->pid, SIGKILL);
    life_wait(l);
}

static bool life_is_over(struct life *l)
{
    if (l->pid == 0)
        return true;
    if (waitpid(l->pid, &l->ended, WNOHANG) != l->pid)
        return false;
    close(l->says);
    l->pid = 0;
    return true;
}

bool life_end(struct life *l)
{
    if (life_is_over(l))
        return false;
    kill(l->pid, SIGTERM);
    for (i64 ms = 0; ms < END_MS; ms += 10) {
        if (life_is_over(l))
            return l->ended == 0;
        sleep_ms(10);
    }
    life_kill(l);
    return false;
}

bool verify(const char *binary, const char *data)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDOUT_FILENO);
        execl(binary, binary, "verify", data, (char *)NULL);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* ---- folders
 * ------------------------------------------------------------------------- */

void folder_remove(const char *path)
{
    DIR *list = opendir(path);
    char name[4096];

    for (struct dirent *e; list && (e = readdir(list));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
        if (unlink(name) != 0)
            folder_remove(name);
    }
    if (list)
        closedir(list);
    rmdir(path);
}
