/* Foreign bytes as a vault's file: whatever they are, the check of its structure stays
 * within them and says what is wrong. */
#include "vault/check.h"

int fuzz_one(const u8 *data, size_t size);

int fuzz_one(const u8 *data, size_t size)
{
    struct err err = {0};

    if (!check_tree((struct str){(const char *)data, size}, &err)) {
        must(err.code == ERR_CORRUPT);
        must(err.text[0]);
    }
    return 0;
}
