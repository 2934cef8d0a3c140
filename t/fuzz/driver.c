/* driver.c - runs a fuzz target without a fuzzing engine: over each file it is given,
 * and over mutations of them in turn, drawn from a seed. With clang's libFuzzer the
 * same targets run under coverage; there this file is not linked.
 *
 *     fuzz/json [-n MUTATIONS | -t SECONDS] [-s SEED] [-k KEPT] FILE...
 *
 * -n counts for each file. What crashes is written to the file KEPT, which runs it
 * again. The last line is `N passed, N failed`, a file being one. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/prng.h"

#define BYTES_MAX ((size_t)1 << 20)

int fuzz_one(const u8 *data, size_t size);

/* A few changes of the kinds that break parsers: a flipped bit, another byte, a piece
 * cut out, a piece doubled, the end cut off. */
static size_t mutate(struct prng *p, u8 *data, size_t size)
{
    u64 times = 1 + prng_below(p, 4);

    for (u64 i = 0; i < times && size > 0; i++) {
        size_t at = prng_below(p, size), len = prng_below(p, size - at) % 16 + 1;
        if (len > size - at)
            len = size - at;
        switch (prng_below(p, 5)) {
        case 0:
            data[at] ^= (u8)(1u << prng_below(p, 8));
            break;
        case 1:
            data[at] = (u8)prng_next(p);
            break;
        case 2:
            memmove(data + at, data + at + len, size - at - len);
            size -= len;
            break;
        case 3:
            if (size + len <= BYTES_MAX) {
                memmove(data + at + len, data + at, size - at);
                size += len;
            }
            break;
        default:
            size = at;
        }
    }
    return size;
}

/* Now and then the end comes from another file. */
static size_t mix(struct prng *p, u8 *data, size_t size, struct str other)
{
    size_t at = prng_below(p, size + 1), from = prng_below(p, other.len + 1);
    size_t len = other.len - from;

    if (len > BYTES_MAX - at)
        len = BYTES_MAX - at;
    memcpy(data + at, other.data + from, len);
    return at + len;
}

/* ---- one run --------------------------------------------------------------------- */

static struct {
    const char *path; /* of -k; NULL: nothing is kept */
    const u8 *data;
    size_t size;
} running;

static void keep(int signal)
{
    int f = open(running.path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ssize_t done = f < 0 ? -1 : write(f, running.data, running.size);
    static const char said[] = "the input is kept\n";

    if (done >= 0)
        done = write(STDERR_FILENO, said, sizeof(said) - 1);
    raise(signal); /* whose handler is the system's again */
}

static void keep_what_crashes(const char *path)
{
    static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
    struct sigaction action = {.sa_handler = keep, .sa_flags = (int)SA_RESETHAND};

    running.path = path;
    for (size_t i = 0; i < LEN(signals); i++)
        sigaction(signals[i], &action, NULL);
}

/* A copy of exactly that size, so that a read beyond it is seen. More than a minute is
 * a crash as well. */
static void run(const u8 *data, size_t size)
{
    u8 *copy = must_alloc(size);

    if (size)
        memcpy(copy, data, size);
    running.data = data;
    running.size = size;
    fuzz_one(copy, size);
    free(copy);
}

/* ---- all ------------------------------------------------------------------------- */

struct driver {
    struct prng prng;
    struct str *files; /* owned, as is their content */
    size_t count;
    u64 mutations, seconds, executions;
};

static bool read_file(struct driver *d, const char *path)
{
    static u8 data[BYTES_MAX];
    FILE *f = fopen(path, "rb");

    if (!f) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    size_t size = fread(data, 1, sizeof(data), f);
    fclose(f);
    char *copy = must_alloc(size);
    if (size)
        memcpy(copy, data, size);
    d->files[d->count++] = (struct str){copy, size};
    run(data, size);
    d->executions++;
    return true;
}

static void run_changed(struct driver *d, struct str original)
{
    static u8 data[BYTES_MAX];
    struct str other = d->files[prng_below(&d->prng, d->count)];
    size_t size = original.len;

    if (size)
        memcpy(data, original.data, size);
    if (prng_chance(&d->prng, 100))
        size = mix(&d->prng, data, size, other);
    run(data, mutate(&d->prng, data, size));
    d->executions++;
}

static void run_turn(struct driver *d)
{
    alarm(60);
    for (size_t i = 0; i < d->count; i++)
        run_changed(d, d->files[i]);
}

static void run_all(struct driver *d)
{
    time_t until = time(NULL) + (time_t)d->seconds;

    for (u64 i = 0; d->seconds ? time(NULL) < until : i < d->mutations; i++)
        run_turn(d);
    alarm(0);
}

static size_t close_all(struct driver *d)
{
    size_t count = d->count;

    for (size_t i = 0; i < count; i++)
        free((char *)d->files[i].data);
    free(d->files);
    return count;
}

int main(int argc, char **argv)
{
    struct driver d = {.prng = {1}, .mutations = 200};
    size_t failed = 0;

    d.files = must_alloc((size_t)argc * sizeof(*d.files));
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            str_to_u64(str_of(argv[++i]), &d.mutations);
        else if (strcmp(argv[i], "-t") == 0 && i + 1 < argc)
            str_to_u64(str_of(argv[++i]), &d.seconds);
        else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
            str_to_u64(str_of(argv[++i]), &d.prng.state);
        else if (strcmp(argv[i], "-k") == 0 && i + 1 < argc)
            keep_what_crashes(argv[++i]);
        else
            failed += !read_file(&d, argv[i]);
    }
    if (d.count)
        run_all(&d);
    printf("%llu executions\n", (unsigned long long)d.executions);
    size_t passed = close_all(&d);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed || !passed;
}
