#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/desk.h"
#include "cli/files.h"
#include "t/test.h"

static struct options options;

static bool reads(char command, int argc, char **argv)
{
    FILE *said = stderr, *nowhere = fopen("/dev/null", "w");

    stderr = nowhere;
    bool is_good = options_read(&options, command, argc, argv);
    stderr = said;
    fclose(nowhere);
    return is_good;
}

#define READS(command, ...) \
    reads(command, (int)LEN(((const char *[]){__VA_ARGS__})), (char *[]){__VA_ARGS__})

TEST(options_and_words_may_be_mixed)
{
    CHECK(READS('F', "1 + 2", "--feel", "--context", "{}", "--dialect=standard", "-1"));
    CHECK(options.feel && !options.unary);
    CHECK_STR(str_of(options.dialect), "standard");
    CHECK_INT(options.word_count, 2);
    CHECK_STR(str_of(options.words[0]), "1 + 2");
    CHECK_STR(str_of(options.words[1]), "-1");
}

TEST(any_number_of_files_may_be_named)
{
    CHECK(READS('L', "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "--json", "k"));
    CHECK_INT(options.word_count, 11);
    CHECK_STR(str_of(options.words[10]), "k");
    CHECK(options.json);
}

TEST(what_a_command_does_not_know_is_refused)
{
    CHECK(!READS('S', "word"));
    CHECK(!READS('F', "1", "--grpc", "x"));
    CHECK(!READS('F', "1", "--context"));
    CHECK(!READS('D', "--orders", "many"));
    CHECK(!READS('D', "--orders=-1"));
    CHECK(READS('D', "--orders=7"));
    CHECK_INT(options.orders, 7);
}

TEST(the_nearest_name_is_what_a_person_would_think_of)
{
    static const struct {
        const char *name, *nearest;
    } rows[] = {
        {"item", "items"},  {"itmes", "items"},
        {"ITEMS", "items"}, {"custmer", "customer"},
        {"x", ""},          {"zebra", ""},
        {"ab", "aB"},       {"customer", ""},
        {"", ""},
    };
    const struct str names[] = {STR("items"), STR("customer"), STR("y"), STR("aB"),
                                STR("")};

    for (size_t i = 0; i < LEN(rows); i++)
        CHECK_STR(name_nearest(str_of(rows[i].name), names, LEN(names)),
                  rows[i].nearest);
}

TEST(a_name_too_long_to_compare_has_no_nearest)
{
    char long_name[100];
    struct str name = {long_name, sizeof(long_name)};
    const struct str names[] = {STR("a"), {long_name, 64}};

    memset(long_name, 'a', sizeof(long_name));
    CHECK_INT(name_nearest(name, names, LEN(names)).len, 0);
}

TEST(a_folder_is_listed_in_order_and_a_file_read_whole)
{
    static const char *const files[] = {"b", "a", ".hidden", "c"};
    char folder[] = "/tmp/fermata-XXXXXX", path[64];
    const char *const *names;
    struct arena arena;
    struct str text;
    struct err err;
    size_t count;

    arena_init(&arena, 4096, 1 << 20, NULL);
    must(mkdtemp(folder));
    for (size_t i = 0; i < LEN(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        FILE *f = fopen(path, "wb");
        must(f);
        for (int k = 0; k < 9999; k++)
            fputs(files[i], f);
        fclose(f);
    }
    CHECK(files_is_folder(folder) && !files_is_folder(path));
    CHECK(files_list(folder, &arena, &names, &count, &err));
    CHECK_INT(count, 3);
    CHECK_STR(str_of(names[0]), "a");
    CHECK_STR(str_of(names[2]), "c");
    CHECK(input_read(path, &arena, &text, &err));
    CHECK_INT(text.len, 9999);
    CHECK(!input_read(folder, &arena, &text, &err));
    CHECK(strstr(err.text, "is a folder"));
    for (size_t i = 0; i < LEN(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
    CHECK(!files_list(folder, &arena, &names, &count, &err));
    CHECK(strstr(err.text, folder));
    arena_free(&arena);
}
