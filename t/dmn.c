#include "dmn/dmn.h"

#include "t/test.h"

TEST(what_is_no_xml_is_refused)
{
    struct dmn *d = NULL;
    struct err err;

    CHECK(!dmn_parse(STR("<dmn"), &dmn_options_default, &d, &err));
    CHECK_INT(err.code, ERR_SYNTAX);
}
