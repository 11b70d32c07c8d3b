#include "CNCurses.h"

#include <sys/mman.h>
#include <term.h>

int cn_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int cn_can_draw(const char *name, int output) {
    int found = 0;
    if (setupterm((char *)name, output, &found) == ERR) return found == 1 ? 0 : -1;
    int answer = cursor_address != NULL && clear_screen != NULL ? 1 : 0;
    del_curterm(cur_term);
    return answer;
}

int cn_anonymous_file(void) { return memfd_create("souk-errors", MFD_CLOEXEC); }
