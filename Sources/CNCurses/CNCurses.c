#include "CNCurses.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <string.h>
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

int cn_colours_of(const char *name, int output) {
    int found = 0;
    if (setupterm((char *)name, output, &found) == ERR) return 0;
    int answer = max_colors > 0 ? max_colors : 0;
    del_curterm(cur_term);
    return answer;
}

bool cn_takes_titles(const char *name, int output) {
    int found = 0;
    if (setupterm((char *)name, output, &found) == ERR) return false;
    const char *line = tigetstr("tsl");
    bool announces = tigetflag("XT") > 0 || (line != NULL && line != (char *)-1 && strncmp(line, "\033]", 2) == 0);
    bool answer = announces && cursor_address != NULL && strncmp(cursor_address, "\033[", 2) == 0;
    del_curterm(cur_term);
    return answer;
}

bool cn_shorten(const char *name, const char *text) {
    char *old = tigetstr(name);
    size_t length = strlen(text);
    if (old == NULL || old == (char *)-1 || strlen(old) < length) return false;
    int file = cn_anonymous_file("souk-terminfo");
    if (file < 0) return false;
    // The system writes where that is allowed: an entry that is built into curses cannot be changed, and stays.
    ssize_t bytes = (ssize_t)length + 1;
    bool isDone = write(file, text, (size_t)bytes) == bytes && pread(file, old, (size_t)bytes, 0) == bytes;
    close(file);
    return isDone;
}

int cn_anonymous_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int cn_nowhere(void) { return open("/", O_PATH | O_CLOEXEC); }

void cn_return_large_blocks(void) { mallopt(M_MMAP_THRESHOLD, 1 << 20); }

void cn_share_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

void cn_keep_freed_memory(void) { mallopt(M_TRIM_THRESHOLD, 64 << 20); }

int cn_close_others(void *actions) {
    return posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
}

const char *cn_build(void) {
#ifdef SOUK_BUILD
    return SOUK_BUILD;
#else
    return NULL;
#endif
}

bool cn_redirect(int target, int descriptor) {
    int answer;
    while ((answer = dup3(target, descriptor, O_CLOEXEC)) < 0 && (errno == EINTR || errno == EBUSY)) {}
    return answer == descriptor;
}
