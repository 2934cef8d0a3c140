/* Stands in for driver.c where clang's libFuzzer, which looks at coverage, drives. */
#include "base/base.h"

int fuzz_one(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    return fuzz_one(data, size);
}
