#include "sim/checker.h"
const struct checker undo_checker = {.name = "undo"};
