// A terminal emulator (libvterm) and pseudo-terminals for tests, as plain functions that Swift can call.
#ifndef CVTERM_H
#define CVTERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct CVScreen CVScreen;

/// Colours are -1 for the terminal's own, 0 to 255 of the palette, or 0x1000000 + RGB.
typedef struct {
    uint32_t scalars[6];
    int scalar_count;
    /// Columns of the glyph; 0 in the second cell of a wide one.
    int width;
    bool bold, underline, italic, blink, reverse;
    /// 0 to 9: SGR 10 to 19.
    int font;
    int foreground, background;
} CVCell;

CVScreen *cv_new(int columns, int rows);
void cv_free(CVScreen *screen);
void cv_resize(CVScreen *screen, int columns, int rows);
void cv_write(CVScreen *screen, const uint8_t *bytes, size_t count);
CVCell cv_cell(const CVScreen *screen, int x, int y);
void cv_cursor(const CVScreen *screen, int *x, int *y);
/// Writes at the beginning of an emptied row; returns the column that the cursor is in then.
int cv_columns(CVScreen *screen, const uint8_t *bytes, size_t count);

/// Opens a pseudo-terminal of a size; both ends close on exec, and the near one does not block. Returns 0, or the error's number.
int cv_open_pty(int columns, int rows, int *near_end, int *far_end);
int cv_resize_pty(int near_end, int columns, int rows);
/// Starts a program as leader of a session of its own, with the pseudo-terminal as its terminal and default signals.
/// Where `errors` is not negative the program's standard error goes there; it starts in `folder` unless that is NULL.
/// Returns 0, or the error's number.
int cv_spawn(const char *path, char *const arguments[], char *const environment[], int far_end, int errors,
             const char *folder, pid_t *pid);
/// Sends a signal to one thread. Returns 0 when it was sent.
int cv_signal_thread(pid_t process, pid_t thread, int number);
/// A descriptor that is readable when the process has ended.
int cv_process_descriptor(pid_t pid);
/// Reaps an ended process: its exit code, or minus the number of the signal that ended it. False when it still runs.
bool cv_reap(pid_t pid, int *result);
/// All modes of the pseudo-terminal, byte by byte: copies at most `room` bytes and returns how many there are.
size_t cv_modes(int near_end, uint8_t *bytes, size_t room);
/// Whether the pseudo-terminal echoes, and hands on whole lines only, as a shell wants it.
void cv_line_modes(int near_end, bool *echoes, bool *is_canonical);

#endif
