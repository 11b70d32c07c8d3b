#define _GNU_SOURCE 1
#include "CVTerm.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

// Without the library everything but the tests can still be built; linking the tests then names what is missing.
#if __has_include(<vterm.h>)
#include <vterm.h>

struct CVScreen {
    VTerm *terminal;
    VTermScreen *screen;
};

// A wide glyph in a terminal of one column would end the library: it has one column more then, which nobody looks at.
static int columns_at_least(int columns) { return columns < 2 ? 2 : columns; }

CVScreen *cv_new(int columns, int rows) {
    CVScreen *made = calloc(1, sizeof *made);
    made->terminal = vterm_new(rows, columns_at_least(columns));
    vterm_set_utf8(made->terminal, 1);
    made->screen = vterm_obtain_screen(made->terminal);
    vterm_screen_enable_altscreen(made->screen, 1);
    vterm_screen_reset(made->screen, 1);
    return made;
}

void cv_free(CVScreen *screen) {
    vterm_free(screen->terminal);
    free(screen);
}

void cv_resize(CVScreen *screen, int columns, int rows) {
    vterm_set_size(screen->terminal, rows, columns_at_least(columns));
}

void cv_write(CVScreen *screen, const uint8_t *bytes, size_t count) {
    vterm_input_write(screen->terminal, (const char *)bytes, count);
}

static int colour(const VTermColor *colour) {
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour)) return -1;
    if (VTERM_COLOR_IS_INDEXED(colour)) return colour->indexed.idx;
    return 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

CVCell cv_cell(const CVScreen *screen, int x, int y) {
    VTermScreenCell cell;
    CVCell answer = {.width = 1, .foreground = -1, .background = -1};
    if (!vterm_screen_get_cell(screen->screen, (VTermPos){.row = y, .col = x}, &cell)) return answer;
    bool is_second_half = cell.chars[0] == (uint32_t)-1;
    for (int i = 0; !is_second_half && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
        answer.scalars[answer.scalar_count++] = cell.chars[i];
    answer.width = is_second_half ? 0 : cell.width;
    answer.bold = cell.attrs.bold;
    answer.underline = cell.attrs.underline != 0;
    answer.italic = cell.attrs.italic;
    answer.blink = cell.attrs.blink;
    answer.reverse = cell.attrs.reverse;
    answer.font = cell.attrs.font;
    answer.foreground = colour(&cell.fg);
    answer.background = colour(&cell.bg);
    return answer;
}

int cv_columns(CVScreen *screen, const uint8_t *bytes, size_t count) {
    int x, y;
    cv_write(screen, (const uint8_t *)"\r\x1b[K", 4);
    cv_write(screen, bytes, count);
    cv_cursor(screen, &x, &y);
    return x;
}

void cv_cursor(const CVScreen *screen, int *x, int *y) {
    VTermPos place;
    vterm_state_get_cursorpos(vterm_obtain_state(screen->terminal), &place);
    *x = place.col, *y = place.row;
}
#endif

int cv_open_pty(int columns, int rows, int *near_end, int *far_end) {
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    if (openpty(near_end, far_end, NULL, NULL, &size) != 0) return errno;
    fcntl(*near_end, F_SETFD, FD_CLOEXEC);
    fcntl(*far_end, F_SETFD, FD_CLOEXEC);
    // Who types must be able to read meanwhile: a program that waits for its output to be read takes no keys.
    fcntl(*near_end, F_SETFL, O_NONBLOCK);
    return 0;
}

int cv_resize_pty(int near_end, int columns, int rows) {
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    return ioctl(near_end, TIOCSWINSZ, &size);
}

int cv_spawn(const char *path, char *const arguments[], char *const environment[], int far_end, int errors,
             const char *folder, pid_t *pid) {
    char name[128];
    int failure = ttyname_r(far_end, name, sizeof name);
    if (failure != 0) return failure;
    sigset_t all, none;
    sigfillset(&all), sigemptyset(&none);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    // The first terminal that a session leader opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, name, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, errors >= 0 ? errors : STDIN_FILENO, STDERR_FILENO);
    // Connections of other tests end when those tests say so, whatever still runs.
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    if (folder != NULL) posix_spawn_file_actions_addchdir_np(&files, folder);
    failure = posix_spawn(pid, path, &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int cv_signal_thread(pid_t process, pid_t thread, int number) { return tgkill(process, thread, number); }

int cv_process_descriptor(pid_t pid) { return pidfd_open(pid, 0); }

bool cv_reap(pid_t pid, int *result) {
    int status;
    if (waitpid(pid, &status, WNOHANG) != pid) return false;
    *result = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    return true;
}

size_t cv_modes(int near_end, uint8_t *bytes, size_t room) {
    struct termios modes;
    memset(&modes, 0, sizeof modes);
    if (tcgetattr(near_end, &modes) != 0) return 0;
    memcpy(bytes, &modes, sizeof modes < room ? sizeof modes : room);
    return sizeof modes;
}

void cv_line_modes(int near_end, bool *echoes, bool *is_canonical) {
    struct termios modes;
    *echoes = *is_canonical = false;
    if (tcgetattr(near_end, &modes) != 0) return;
    *echoes = modes.c_lflag & ECHO;
    *is_canonical = modes.c_lflag & ICANON;
}
