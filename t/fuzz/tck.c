/* Any bytes as tests of decisions: refused with a text, or run against a small model.
 */
#include "tck/tck.h"

int fuzz_one(const u8 *data, size_t size);

static const char model_text[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='m' "
    "namespace='m'>"
    "<inputData id='a' name='a'><variable name='a' typeRef='date'/></inputData>"
    "<decision id='d' name='d'><variable name='d'/>"
    "<informationRequirement><requiredInput href='#a'/></informationRequirement>"
    "<literalExpression><text>a</text></literalExpression></decision></definitions>";

static void tell(void *ctx, const struct tck_check *c)
{
    ++*(u32 *)ctx;
}

static void run(struct str text, const struct dmn *model, struct arena *arena,
                struct arena *scratch)
{
    u32 told = 0;
    const struct tck_options options = {.tell = tell, .ctx = &told};
    struct tck *t;
    struct err err = {0};

    if (!tck_parse(text, arena, &t, &err)) {
        must(err.text[0]);
    } else if (t) {
        must(tck_model(t).len > 0);
        tck_run(t, model, &options, scratch);
    }
}

int fuzz_one(const u8 *data, size_t size)
{
    struct arena arena, scratch;
    struct trap full = {0};
    struct dmn *model;
    struct err err;

    must(dmn_parse(str_of(model_text), &dmn_options_default, &model, &err));
    arena_init(&arena, 4096, 16 << 20, &full);
    arena_init(&scratch, 4096, 16 << 20, &full);
    if (setjmp(full.jump) == 0)
        run((struct str){(const char *)data, size}, model, &arena, &scratch);
    arena_free(&scratch);
    arena_free(&arena);
    dmn_free(model);
    return 0;
}
