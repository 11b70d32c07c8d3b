#include "CNCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>

int cn_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int cn_can_draw(const char *name, int output) {
    int found = 0;
    if (setupterm((char *)name, output, &found) == ERR) return found == 1 ? 0 : -1;
    int answer = cursor_address != NULL && clear_screen != NULL ? 1 : 0;
    del_curterm(cur_term);
    return answer;
}

int cn_anonymous_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

bool cn_redirect(int target, int descriptor) {
    int answer;
    while ((answer = dup3(target, descriptor, O_CLOEXEC)) < 0 && (errno == EINTR || errno == EBUSY)) {}
    return answer == descriptor;
}
