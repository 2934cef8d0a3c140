/* driver.c - runs a fuzz target without a fuzzing engine: over each file it is given,
 * and over mutations of them, drawn from a seed. With clang's libFuzzer the same
 * targets run under coverage; there this file is not linked.
 *
 *     fuzz/json [-n MUTATIONS] [-s SEED] FILE...    last line: N passed, N failed */
#include <stdio.h>
#include <stdlib.h>

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

/* A copy of exactly that size, so that a read beyond it is seen. */
static void run(const u8 *data, size_t size)
{
    u8 *copy = must_alloc(size);

    if (size)
        memcpy(copy, data, size);
    fuzz_one(copy, size);
    free(copy);
}

static bool run_file(const char *path, u64 mutations, struct prng *p)
{
    static u8 original[BYTES_MAX], changed[BYTES_MAX];
    FILE *f = fopen(path, "rb");

    if (!f) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    size_t size = fread(original, 1, sizeof(original), f);
    fclose(f);
    run(original, size);
    for (u64 i = 0; i < mutations; i++) {
        memcpy(changed, original, size);
        run(changed, mutate(p, changed, size));
    }
    return true;
}

int main(int argc, char **argv)
{
    struct prng p = {1};
    u64 mutations = 200;
    int passed = 0, failed = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            str_to_u64(str_of(argv[++i]), &mutations);
        else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
            str_to_u64(str_of(argv[++i]), &p.state);
        else if (run_file(argv[i], mutations, &p))
            passed++;
        else
            failed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed || !passed;
}
