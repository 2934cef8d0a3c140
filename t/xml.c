#include "xml/xml.h"

#include "base/buf.h"
#include "t/test.h"

static struct arena arena;

static struct xml_node *parse_with(struct str text, const struct xml_limits *limits,
                                   struct err *err)
{
    struct xml_node *root = NULL;

    arena_free(&arena);
    arena_init(&arena, 256, 64 << 20, NULL);
    err->text[0] = '\0';
    return xml_parse(text, limits, &arena, &root, err) ? root : NULL;
}

static struct xml_node *parse(const char *text)
{
    struct err err;
    struct xml_node *root = parse_with(str_of(text), &xml_limits_default, &err);

    if (!root)
        test_failed(__FILE__, __LINE__, "%s: %s", text, err.text);
    return root;
}

TEST(a_document_becomes_a_tree)
{
    struct xml_node *root = parse("<?xml version='1.0'?><!-- c -->\n"
                                  "<a x='1' y='two'>\n"
                                  "  <b/><c>text</c><?pi?>\n"
                                  "  <b z=''/>\n"
                                  "</a>");

    CHECK(xml_is(root, "", "a"));
    CHECK_STR(xml_get(root, "", "x"), "1");
    CHECK_STR(xml_get(root, "", "y"), "two");
    CHECK(!xml_get(root, "", "z").data);
    struct xml_node *b = root->first, *c = b->next;
    CHECK(xml_is(b, "", "b") && xml_is(c, "", "c"));
    CHECK(xml_is(root->last, "", "b") && c->next == root->last && !root->last->next);
    CHECK(xml_get(root->last, "", "z").data && !xml_get(root->last, "", "z").len);
    CHECK_STR(c->text, "text");
    CHECK(c->parent == root && !root->parent && !b->first);
    CHECK(xml_child(root, "", "c") == c && !xml_child(root, "", "d"));
}

TEST(an_element_knows_its_number_its_line_and_its_column)
{
    struct xml_node *root = parse("<a>\n  <b><c/></b>\r\n  <!-- <x/> --><d\n/>\n</a>");
    struct xml_node *b = root->first, *c = b->first, *d = b->next;

    CHECK_INT(root->tag, 1);
    CHECK_INT(b->tag, 2);
    CHECK_INT(c->tag, 3);
    CHECK_INT(d->tag, 4);
    CHECK_INT(root->line, 1);
    CHECK_INT(root->column, 1);
    CHECK_INT(c->line, 2);
    CHECK_INT(c->column, 6);
    CHECK_INT(d->line, 3);
    CHECK_INT(d->column, 16);
}

TEST(namespaces_are_resolved)
{
    struct xml_node *root = parse("<p:a xmlns:p='urn:1' xmlns='urn:2' p:x='1' x='2'>"
                                  "<b/><q:b xmlns:q='urn:1'/><c xmlns=''/></p:a>");

    CHECK(xml_is(root, "urn:1", "a"));
    CHECK_STR(xml_get(root, "urn:1", "x"), "1");
    CHECK_STR(xml_get(root, "", "x"), "2");
    CHECK(xml_is(root->first, "urn:2", "b"));
    CHECK(xml_child(root, "urn:1", "b") == root->first->next);
    CHECK(xml_is(root->last, "", "c"));
    CHECK(!root->attributes->next->next);
}

TEST(the_text_of_an_element_is_joined_around_its_children)
{
    struct xml_node *root =
        parse("<a>1<b>x<c>deep</c>y</b>2<![CDATA[<&]]>&lt;&#10;&#x1F600;</a>");

    CHECK_STR(root->text, "12<&<\n\xf0\x9f\x98\x80");
    CHECK_STR(root->first->text, "xy");
    CHECK_STR(root->first->first->text, "deep");
}

TEST(line_breaks_in_attributes_survive_only_as_references)
{
    struct xml_node *root = parse("<a x='1&#10;2\n3' y=' &quot;&amp;&#34; '/>");

    CHECK_STR(xml_get(root, "", "x"), "1\n2 3");
    CHECK_STR(xml_get(root, "", "y"), " \"&\" ");
}

TEST(the_known_encodings_are_read)
{
    static const char utf16[] = "\xff\xfe<\0a\0 \0x\0=\0'\0\xe9\0'\0/\0>";
    struct err err;
    struct xml_node *root;

    root = parse("<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xe9'/>");
    CHECK_STR(xml_get(root, "", "x"), "\xc3\xa9");
    root = parse("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><a x='\xc3\xa9'/>");
    CHECK_STR(xml_get(root, "", "x"), "\xc3\xa9");
    root =
        parse("<?xml version='1.0' encoding='US-ASCII' standalone='yes'?><a x='e'/>");
    CHECK_STR(xml_get(root, "", "x"), "e");
    root = parse_with((struct str){utf16, sizeof(utf16)}, &xml_limits_default, &err);
    CHECK(root && str_is(xml_get(root, "", "x"), "\xc3\xa9"));
}

TEST(what_is_no_xml_is_refused_with_its_place)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"", "line 1, column 1: no element found"},
        {"\n\n", "line 3, column 1: no element found"},
        {"hello", "line 1, column 1: syntax error"},
        {"{}", "line 1, column 1: not well-formed (invalid token)"},
        {"<a>\n<b></a>", "line 2, column 6: mismatched tag"},
        {"<a>\n<b>", "line 2, column 4: no element found"},
        {"<a>\n<b x='1", "line 2, column 1: unclosed token"},
        {"<a x='1' x='2'/>", "line 1, column 10: duplicate attribute"},
        {"<a/><b/>", "line 1, column 5: junk after document element"},
        {"<p:a/>", "line 1, column 1: unbound prefix"},
        {"<a>&unknown;</a>", "line 1, column 4: undefined entity"},
        {"<a x='&unknown;'/>", "line 1, column 1: undefined entity"},
        {"<a>\xff</a>", "line 1, column 4: not well-formed (invalid token)"},
        {"<a>\x01</a>", "line 1, column 4: not well-formed (invalid token)"},
        {"<a>&#0;</a>", "line 1, column 4: reference to invalid character number"},
        {"<?xml version='1.0' encoding='windows-1252'?><a/>",
         "line 1, column 31: unknown encoding"},
        {"<?xml version='1.0' encoding='UTF-16'?><a/>",
         "line 1, column 31: encoding specified in XML declaration is incorrect"},
        {"\n<!DOCTYPE a><a/>",
         "line 2, column 12: a document type definition is not allowed"},
        {"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
         "line 1, column 13: a document type definition is not allowed"},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
         "line 1, column 40: a document type definition is not allowed"},
    };
    struct err err;

    for (size_t i = 0; i < LEN(rows); i++) {
        CHECK(!parse_with(str_of(rows[i].text), &xml_limits_default, &err));
        CHECK_STR(str_of(err.text), rows[i].wanted);
        CHECK_INT(err.code, ERR_SYNTAX);
    }
}

TEST(each_limit_is_named_when_it_is_passed)
{
    static const struct xml_limits small = {
        .depth = 2, .nodes = 4, .bytes = 40, .attributes = 2};
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"<a><b/><b/><b x='1' y='2'></b></a>", ""},
        {"<a><b>\n<c/></b></a>",
         "line 2, column 1: elements are nested more than 2 levels deep"},
        {"<a><b/><b/><b/><b/></a>",
         "line 1, column 16: there are more than 4 elements"},
        {"<a x='1' y='2' z='3'/>",
         "line 1, column 1: an element has more than 2 attributes"},
        {"<a>0123456789012345678901234567890123</a>",
         "41 bytes of XML are more than the allowed 40"},
    };
    struct err err;

    for (size_t i = 0; i < LEN(rows); i++) {
        struct xml_node *root = parse_with(str_of(rows[i].text), &small, &err);
        CHECK_STR(str_of(err.text), rows[i].wanted);
        CHECK(!root == !!rows[i].wanted[0]);
        CHECK(root || err.code == ERR_LIMIT);
    }
}

/* The text is longer than what expat is given at once, and so is one attribute. */
TEST(a_long_document_is_read_in_pieces)
{
    enum { ITEMS = 20000, LONG = 600000 };
    struct arena text_arena;
    struct xml_node *root;
    struct buf text;
    struct err err;
    u32 count = 0;

    arena_init(&text_arena, 1 << 20, 64 << 20, NULL);
    buf_init(&text, &text_arena, 1 << 20);
    buf_text(&text, "<a x='");
    memset(buf_room(&text, LONG), 'x', LONG);
    text.len += LONG;
    buf_text(&text, "'>");
    for (u32 i = 1; i <= ITEMS; i++)
        buf_print(&text, "\n<item n='%u'>text %u</item>", i, i);
    buf_text(&text, "</a>");
    root = parse_with(buf_str(&text), &xml_limits_default, &err);
    CHECK_INT(xml_get(root, "", "x").len, LONG);
    for (struct xml_node *n = root->first; n; n = n->next) {
        count++;
        CHECK(n->line == count + 1 && n->tag == count + 1);
        CHECK(str_equal(n->text, arena_print(&text_arena, "text %u", count)));
    }
    CHECK_INT(count, ITEMS);
    arena_free(&text_arena);
}

/* Whatever is not there when the arena ends, the jump leads out and nothing is left:
 * the sanitizer would tell. */
TEST(an_arena_that_is_too_small_springs_its_trap)
{
    struct str text = STR("<a xmlns='urn:a' x='1'><b>text</b><c y='&lt;'/></a>");
    struct xml_node *root;
    struct trap full;
    struct err err;
    volatile size_t limit;
    volatile bool is_read = false;

    for (limit = 1024; !is_read; limit += 512) {
        struct arena a;
        arena_init(&a, 512, limit, &full);
        full.why = TRAP_NONE;
        if (setjmp(full.jump) == 0)
            is_read = xml_parse(text, &xml_limits_default, &a, &root, &err);
        CHECK(is_read || full.why == TRAP_FULL);
        arena_free(&a);
        if (test_has_failed())
            return;
    }
    CHECK(limit > 4096);
}
