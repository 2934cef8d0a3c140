/* screen.h - how wide the terminal is, whether there are colours, and text that fits.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "base/base.h"

bool screen_is_terminal(void); /* is standard output one? */
/* Columns of it, or of what COLUMNS says; 0: none, print lines as long as they are. */
u32 screen_width(void);
bool screen_has_colours(void); /* NO_COLOR, CLICOLOR_FORCE, TERM */

/* Text of several paragraphs, broken at spaces where the width asks for it. Lines that
 * are indented by four or more (examples) stay as they are. */
void screen_text(const char *text);
/* `left` in a column of that width, then text, broken, and the default in brackets. */
void screen_row(const char *left, u32 width, const char *text, const char *standard);

/* Characters of UTF-8 text, for padding. */
size_t screen_length(struct str text);

#endif
