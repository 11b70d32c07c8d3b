// The report of a crash. It is written in a signal handler, so that this file, like `signals.c`, may call nothing but
// async-signal-safe functions, and reads the dead program's memory through the kernel, which answers where a fault would
// end everything.
#include "CNCurses.h"
#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { frames_at_most = 64, stack_words = 4096, errors_at_most = 8 * 1024 };

static char path[PATH_MAX];
static char header[256];
// Two places for what the person looked at: one is whole while the other is written.
static char notes[2][256];
static atomic_int note;

static void copy(char *to, size_t room, const char *from) {
    size_t length = strlen(from);
    if (length >= room) length = room - 1;
    memcpy(to, from, length);
    to[length] = 0;
}

void cn_report_crashes_in(const char *file, const char *program) {
    if (strlen(file) >= sizeof path) return;
    copy(header, sizeof header, program);
    copy(path, sizeof path, file);
}

void cn_note_for_crash(const char *text) {
    int other = 1 - atomic_load(&note);
    copy(notes[other], sizeof notes[other], text);
    atomic_store(&note, other);
}

static const char *name_of(int number) {
    switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGABRT: return "SIGABRT";
    case SIGILL: return "SIGILL";
    case SIGFPE: return "SIGFPE";
    case SIGTRAP: return "SIGTRAP";
    case SIGSYS: return "SIGSYS";
    default: return "signal";
    }
}

static void put(int file, const char *text) { cn_send_all(file, text, strlen(text)); }

static void put_number(int file, uint64_t number, unsigned base) {
    char digits[24];
    size_t place = sizeof digits;
    do {
        digits[--place] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    cn_send_all(file, digits + place, sizeof digits - place);
}

static void put_address(int file, uintptr_t address) {
    put(file, "  0x"), put_number(file, address, 16), put(file, "\n");
}

// Whether `count` words could be read from `address`.
static bool read_words(uintptr_t address, uintptr_t *words, size_t count) {
    struct iovec here = {words, count * sizeof *words}, there = {(void *)address, count * sizeof *words};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)(count * sizeof *words);
}

// Where frames are not linked, as in the C library's abort: everything on the stack that looks like a way back into the
// program.
static void put_stack(int file, uintptr_t stack) {
    extern char __executable_start, etext;
    uintptr_t start = (uintptr_t)&__executable_start, end = (uintptr_t)&etext, word;
    put(file, "\npossible frames, from the stack:\n");
    for (int i = 0, found = 0; i < stack_words && found < frames_at_most; i++, stack += sizeof word) {
        if (!read_words(stack, &word, 1)) return;
        if (word >= start && word < end) put_address(file, word), found++;
    }
}

static void put_frames(int file, const ucontext_t *context) {
    uintptr_t at = 0, frame = 0, stack = 0;
#if defined(__x86_64__)
    at = (uintptr_t)context->uc_mcontext.gregs[REG_RIP], frame = (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
    stack = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    at = (uintptr_t)context->uc_mcontext.pc, frame = (uintptr_t)context->uc_mcontext.regs[29];
    stack = (uintptr_t)context->uc_mcontext.sp;
#endif
    int count = 0;
    while (count < frames_at_most && at != 0) {
        put_address(file, at), count++;
        uintptr_t next[2] = {0, 0};
        if (!read_words(frame, next, 2) || next[0] <= frame) break;
        frame = next[0], at = next[1];
    }
    if (count < 3 && stack != 0) put_stack(file, stack);
}

static void put_file(int file, int source, off_t from) {
    char part[512];
    ssize_t count;
    while ((count = pread(source, part, sizeof part, from)) > 0) {
        cn_send_all(file, part, (size_t)count);
        from += count;
    }
}

// The lines of /proc/self/maps for code: without them an address says nothing.
static void put_mappings(int file) {
    static char line[PATH_MAX + 128];
    int source = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    char part[1024];
    size_t length = 0;
    ssize_t count;
    if (source < 0) return;
    while ((count = read(source, part, sizeof part)) > 0) {
        for (ssize_t i = 0; i < count; i++) {
            if (length < sizeof line - 1) line[length++] = part[i];
            if (part[i] != '\n') continue;
            line[length] = 0, length = 0;
            if (strstr(line, " r-xp ") != NULL) put(file, line);
        }
    }
    close(source);
}

static void make_folders(void) {
    for (char *slash = path + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = 0;
        (void)mkdir(path, 0700);
        *slash = '/';
    }
}

void cn_report_crash(int number, const void *context, int errors, off_t errors_start, int terminal) {
    if (path[0] == 0) return;
    make_folders();
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        put(terminal, "souk ended by "), put(terminal, name_of(number)), put(terminal, ". No report could be written.\r\n");
        return;
    }
    put(file, header), put(file, "\nended by "), put(file, name_of(number)), put(file, " (");
    put_number(file, (uint64_t)number, 10);
    put(file, ")\nseconds since 1970: "), put_number(file, (uint64_t)time(NULL), 10);
    put(file, "\non screen: "), put(file, notes[atomic_load(&note)]);
    put(file, "\n\nframes, the innermost first:\n"), put_frames(file, context);
    struct stat about;
    if (errors >= 0 && fstat(errors, &about) == 0 && about.st_size > errors_start) {
        put(file, "\nsaid on the error output:\n");
        put_file(file, errors, about.st_size - errors_start > errors_at_most ? about.st_size - errors_at_most
                                                                            : errors_start);
    }
    put(file, "\nwhat was where in memory:\n"), put_mappings(file);
    close(file);
    put(terminal, "souk ended by "), put(terminal, name_of(number)), put(terminal, ". What is known about it is in\r\n");
    put(terminal, path), put(terminal, "\r\n");
}
