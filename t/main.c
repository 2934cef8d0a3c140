#include <stdarg.h>
#include <stdio.h>

#include "t/test.h"

static struct test *first, **last = &first;
static bool failed;

void test_add(struct test *t)
{
    *last = t;
    last = &t->next;
}

void test_failed(const char *file, int line, const char *fmt, ...)
{
    va_list args;

    failed = true;
    fprintf(stderr, "%s:%d: ", file, line);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
}

bool test_has_failed(void)
{
    return failed;
}

void test_check_int(const char *file, int line, const char *what, i64 got, i64 wanted)
{
    if (got != wanted)
        test_failed(file, line, "%s is %lld, not %lld", what, (long long)got,
                    (long long)wanted);
}

void test_check_str(const char *file, int line, const char *what, struct str got,
                    const char *wanted)
{
    if (!str_is(got, wanted))
        test_failed(file, line, "%s is\n  '%.*s', not\n  '%s'", what, ARG(got), wanted);
}

int main(int argc, char **argv)
{
    int passed = 0, wrong = 0;

    for (struct test *t = first; t; t = t->next) {
        if (argc > 1 && !strstr(t->name, argv[1]))
            continue;
        failed = false;
        t->run();
        if (failed)
            fprintf(stderr, "FAILED %s\n", t->name);
        passed += !failed;
        wrong += failed;
    }
    printf("%d passed, %d failed\n", passed, wrong);
    return wrong || !passed;
}
