#include "sim/checker.h"
const struct checker holder_checker = {.name = "holder"};
