// Signal handlers for the time the screen is up.
//
// They hold logic and yet are C, because a handler may call nothing but async-signal-safe functions, and neither Swift
// nor curses promises that for any of theirs. What a handler touches lives here, is set before the handlers are
// installed, and is not freed while they are.
#include "CNCurses.h"
#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { patience_ms = 2000, told_at_most = 16 * 1024, write_ms = 1000, report_ms = 10000, halt_ms = 500 };

static const int told[] = {SIGWINCH, SIGCONT, SIGTSTP};
static const int ending[] = {SIGTERM, SIGHUP, SIGINT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP, SIGQUIT, SIGSYS};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct sigaction before[NSIG];
static int input = -1, output = -1, wake_read = -1, wake_write = -1;
static struct termios shell_modes;
static bool chains;
static char restore[512];
static size_t restore_length;
static int errors = -1, errors_terminal = -1;
static off_t errors_start;
static atomic_bool is_up;
// The thread that leaves the screen and writes the report of a crash; 0 while there is none.
static atomic_int dying;
// The thread that draws, and whether it has been halted.
static int drawing;
static atomic_bool is_halted;
static _Atomic int64_t asked_to_end_at;

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cn_send_all(int to, const char *bytes, size_t count) {
    int64_t start = now_ms();
    while (count > 0) {
        // Others may have made the terminal non-blocking; and one that takes nothing any more must not keep the program.
        int64_t left = start + write_ms - now_ms();
        struct pollfd room = {.fd = to, .events = POLLOUT};
        int ready = left > 0 ? poll(&room, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return;
        ssize_t sent = write(to, bytes, count);
        if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (sent <= 0) return;
        bytes += sent;
        count -= (size_t)sent;
    }
}

void cn_tell_collected_errors(void) {
    struct stat file;
    if (errors < 0 || errors_terminal < 0 || fstat(errors, &file) != 0) return;
    off_t from = errors_start;
    if (file.st_size - from > told_at_most) from = file.st_size - told_at_most;
    char part[512];
    ssize_t count;
    while ((count = pread(errors, part, sizeof part, from)) > 0) {
        cn_send_all(errors_terminal, part, (size_t)count);
        from += count;
    }
}

static void leave_screen(void) {
    if (!atomic_exchange(&is_up, false)) return;
    cn_send_all(output, restore, restore_length);
    tcsetattr(input, TCSANOW, &shell_modes);
    cn_tell_collected_errors();
    if (errors_terminal >= 0) dup2(errors_terminal, STDERR_FILENO);
}

// Another thread is at the report of its crash: what ends the process now would cut that off. When it is done it ends the
// process itself.
static void wait_for_report(void) {
    int other = atomic_load(&dying);
    if (other == 0 || other == (int)syscall(SYS_gettid)) return;
    int64_t start = now_ms();
    while (atomic_load(&dying) == other && now_ms() - start < report_ms) (void)poll(NULL, 0, 20);
}

static void on_halt(int number) {
    (void)number;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    atomic_store(&is_halted, true);
    for (;;) pause();
}

// Another thread has crashed. Nothing of the picture that is on its way may come behind what restores the terminal.
static void halt_drawing(void) {
    if (drawing == (int)syscall(SYS_gettid) || syscall(SYS_tgkill, getpid(), drawing, SIGRTMAX) != 0) return;
    int64_t start = now_ms();
    while (!atomic_load(&is_halted) && now_ms() - start < halt_ms) (void)poll(NULL, 0, 1);
}

static void on_exit_of_process(void) {
    wait_for_report();
    leave_screen();
}

void cn_wake(int number) {
    unsigned char byte = (unsigned char)number;
    (void)!write(wake_write, &byte, 1);
}

static void on_told(int number) {
    int error = errno;
    cn_wake(number);
    errno = error;
}

static void die_of(int number, const struct sigaction *next) {
    sigaction(number, next, NULL);
    raise(number);
}

static void on_ending(int number) {
    int error = errno;
    int64_t now = now_ms(), first = 0;
    if (!atomic_compare_exchange_strong(&asked_to_end_at, &first, now) && now - first > patience_ms) {
        struct sigaction standard = {.sa_handler = SIG_DFL};
        wait_for_report();
        leave_screen();
        die_of(number, &standard);
    }
    cn_wake(number);
    errno = error;
}

static void on_fatal(int number, siginfo_t *info, void *context) {
    (void)info;
    struct sigaction standard = {.sa_handler = SIG_DFL};
    // Where the report is to be told, as long as the error output is not the terminal again.
    int terminal = errors_terminal >= 0 ? errors_terminal : STDERR_FILENO, nobody = 0;
    // The first thread that crashes reports it; a crash of its own in the report ends the process at once.
    bool is_first = atomic_compare_exchange_strong(&dying, &nobody, (int)syscall(SYS_gettid));
    if (!is_first) wait_for_report();
    if (is_first && atomic_load(&is_up)) halt_drawing();
    leave_screen();
    // Asked to quit is not a crash.
    if (is_first && number != SIGQUIT) cn_report_crash(number, context, errors, errors_start, terminal);
    die_of(number, chains ? &before[number] : &standard);
}

static bool was_ignored(int number) { return before[number].sa_handler == SIG_IGN; }

// Whoever started the program with a signal ignored, as nohup does, wants it to stay so.
static void catch_unless_ignored(int number, struct sigaction action) {
    sigfillset(&action.sa_mask);
    sigaction(number, &action, &before[number]);
    if (was_ignored(number)) sigaction(number, &before[number], NULL);
}

static void catch_signal(int number, struct sigaction action) {
    sigfillset(&action.sa_mask);
    sigaction(number, &action, &before[number]);
}

// A stack overflow leaves no room for the handler on the stack it happened on.
static void provide_signal_stack(void) {
    static char room[64 * 1024];
    stack_t stack;
    if (sigaltstack(NULL, &stack) != 0 || !(stack.ss_flags & SS_DISABLE)) return;
    sigaltstack(&(stack_t){.ss_sp = room, .ss_size = sizeof room}, NULL);
}

int cn_catch_signals(int from, int to, bool chain) {
    static bool knows_exit;
    int ends[2];
    if (tcgetattr(from, &shell_modes) != 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    input = from, output = to, wake_read = ends[0], wake_write = ends[1], chains = chain;
    drawing = (int)syscall(SYS_gettid);
    sigaction(SIGRTMAX, &(struct sigaction){.sa_handler = on_halt}, NULL);
    atomic_store(&asked_to_end_at, 0);
    provide_signal_stack();
    catch_signal(SIGWINCH, (struct sigaction){.sa_handler = on_told, .sa_flags = SA_RESTART});
    catch_signal(SIGCONT, (struct sigaction){.sa_handler = on_told, .sa_flags = SA_RESTART});
    catch_unless_ignored(SIGTSTP, (struct sigaction){.sa_handler = on_told, .sa_flags = SA_RESTART});
    for (size_t i = 0; i < COUNT(ending); i++)
        catch_unless_ignored(ending[i], (struct sigaction){.sa_handler = on_ending, .sa_flags = SA_RESTART | SA_ONSTACK});
    for (size_t i = 0; i < COUNT(fatal); i++)
        catch_unless_ignored(fatal[i], (struct sigaction){.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK});
    // What cannot be written is told by the call that writes: nobody reads, or a file may grow no further.
    catch_signal(SIGPIPE, (struct sigaction){.sa_handler = SIG_IGN});
    catch_signal(SIGXFSZ, (struct sigaction){.sa_handler = SIG_IGN});
    if (!knows_exit) knows_exit = atexit(on_exit_of_process) == 0;
    return wake_read;
}

void cn_release_signals(void) {
    if (wake_read < 0) return;
    for (size_t i = 0; i < COUNT(told); i++) sigaction(told[i], &before[told[i]], NULL);
    for (size_t i = 0; i < COUNT(ending); i++) sigaction(ending[i], &before[ending[i]], NULL);
    for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &before[fatal[i]], NULL);
    sigaction(SIGPIPE, &before[SIGPIPE], NULL);
    sigaction(SIGXFSZ, &before[SIGXFSZ], NULL);
    close(wake_read), close(wake_write);
    wake_read = wake_write = -1;
}

void cn_screen_is_up(const char *bytes, size_t length) {
    restore_length = length < sizeof restore ? length : 0;
    memcpy(restore, bytes, restore_length);
    atomic_store(&is_up, true);
}

void cn_give_up_screen(void) {
    if (atomic_exchange(&is_up, false)) tcsetattr(input, TCSANOW, &shell_modes);
}

void cn_screen_is_down(void) { atomic_store(&is_up, false); }

void cn_errors_collected_in(int file, int64_t start, int terminal) {
    errors = file, errors_start = (off_t)start, errors_terminal = terminal;
}

void cn_ending_was_served(void) { atomic_store(&asked_to_end_at, 0); }

void cn_stop_process_group(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL}, own;
    if (was_ignored(SIGTSTP)) return;
    sigaction(SIGTSTP, &standard, &own);
    kill(0, SIGTSTP);
    // Another thread may have taken the signal: wait until this one has been stopped and told to go on. In a process
    // group without a shell the signal does nothing, and the wait is short.
    struct pollfd told_to_go_on = {.fd = wake_read, .events = POLLIN};
    while (poll(&told_to_go_on, 1, 100) < 0 && errno == EINTR) {}
    sigaction(SIGTSTP, &own, NULL);
}

// What an interrupt writes, and with what the program ends then. Set before the handler stands, and never again.
static struct {
    char *words;
    size_t length;
    int code;
} interrupt;

static void say_at_interrupt(int number) {
    (void)number;
    (void)!write(STDERR_FILENO, interrupt.words, interrupt.length);
    _exit(interrupt.code);
}

void cn_say_at_interrupt(const char *words, int code) {
    struct sigaction before;
    if (sigaction(SIGINT, NULL, &before) != 0 || before.sa_handler == SIG_IGN || interrupt.words) return;
    interrupt.words = strdup(words);
    if (!interrupt.words) return;
    interrupt.length = strlen(words);
    interrupt.code = code;
    struct sigaction action = {.sa_handler = say_at_interrupt};
    sigaction(SIGINT, &action, NULL);
}

int cn_wakeups(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void cn_notify(int wakeups) {
    uint64_t one = 1;
    (void)!write(wakeups, &one, sizeof one);
}

void cn_rest(int wakeups) {
    uint64_t count;
    (void)!read(wakeups, &count, sizeof count);
}

static struct {
    atomic_int count;
    atomic_int wakeups;
} interrupts;

static void count_interrupt(int number) {
    (void)number;
    int before = errno;
    atomic_fetch_add(&interrupts.count, 1);
    cn_notify(atomic_load(&interrupts.wakeups));
    errno = before;
}

bool cn_catch_interrupts(int wakeups) {
    struct sigaction before;
    if (sigaction(SIGINT, NULL, &before) != 0 || before.sa_handler == SIG_IGN) return false;
    atomic_store(&interrupts.count, 0);
    atomic_store(&interrupts.wakeups, wakeups);
    struct sigaction action = {.sa_handler = count_interrupt, .sa_flags = SA_RESTART};
    return sigaction(SIGINT, &action, NULL) == 0;
}

int cn_take_interrupts(void) { return atomic_exchange(&interrupts.count, 0); }

void cn_ignore_interrupts(void) {
    signal(SIGINT, SIG_IGN);
    atomic_store(&interrupts.wakeups, -1);
}
