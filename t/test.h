/* test.h - tests that list themselves. A test's name is a sentence that is true.
 *
 *     TEST(a_full_ring_refuses) { CHECK(!ring_put(&r, &item)); }
 *
 * Linked with t/main.c, each file of t/ is a program: no argument runs all its tests,
 * an argument runs those whose name contains it. The last line is `N passed, N failed`.
 */
#ifndef TEST_H
#define TEST_H

#include "base/base.h"

struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

void test_add(struct test *t);
void test_failed(const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
bool test_has_failed(void); /* the running one */

#define TEST(title)                                                 \
    static void test_##title(void);                                 \
    __attribute__((constructor)) static void test_add_##title(void) \
    {                                                               \
        static struct test t = {#title, test_##title, NULL};        \
        test_add(&t);                                               \
    }                                                               \
    static void test_##title(void)

#define CHECK(condition) \
    ((condition) ? (void)0 : test_failed(__FILE__, __LINE__, "%s", #condition))

#define CHECK_INT(got, wanted) \
    test_check_int(__FILE__, __LINE__, #got, (i64)(got), (i64)(wanted))
#define CHECK_STR(got, wanted) test_check_str(__FILE__, __LINE__, #got, got, wanted)

void test_check_int(const char *file, int line, const char *what, i64 got, i64 wanted);
void test_check_str(const char *file, int line, const char *what, struct str got,
                    const char *wanted);

#endif
