// Curses for Swift: macros, variadics and shared globals as plain functions and constants, and the few calls of the C
// library that Swift lacks. No logic here; `signals.c` is the one exception and says why.
#ifndef CNCURSES_H
#define CNCURSES_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

#include <curses.h>

static const attr_t CN_BOLD = A_BOLD;
static const attr_t CN_DIM = A_DIM;
static const attr_t CN_REVERSE = A_REVERSE;
static const attr_t CN_UNDERLINE = A_UNDERLINE;

static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline WINDOW *cn_curscr(void) { return curscr; }
static inline int cn_colours(void) { return COLORS; }
static inline int cn_colour_pairs(void) { return COLOR_PAIRS; }
static inline bool cn_is_utf8(void) {
    const char *codeset = nl_langinfo(CODESET);
    return codeset[0] == 'U' && codeset[1] == 'T' && codeset[2] == 'F';
}

/// A blank cell of a look, from which `cn_cell` makes others.
static inline cchar_t cn_blank(attr_t look, int pair) {
    cchar_t cell;
    setcchar(&cell, L" ", look, (short)pair, NULL);
    return cell;
}

/// The cell with `glyph`, and `mark` on it where that is not zero.
static inline cchar_t cn_cell(cchar_t blank, wchar_t glyph, wchar_t mark) {
    blank.chars[0] = glyph, blank.chars[1] = mark;
    return blank;
}

/// Puts cells from (x, y) on. They are taken as they are: no scalar among them moves the cursor.
static inline void cn_put(WINDOW *window, int y, int x, const cchar_t *cells, int count) {
    if (wmove(window, y, x) != ERR) wadd_wchnstr(window, cells, count);
}

/// Columns that curses gives a scalar: 0, 1, 2, or -1 for one it cannot show.
int cn_columns(uint32_t scalar);
/// Looks `name` up (NULL: TERM) in the terminal database.
/// 1: it can be drawn on, 0: it cannot move its cursor, -1: unknown.
int cn_can_draw(const char *name, int output);
/// Colours of the terminal `name` (NULL: TERM) by the terminal database; 0 for none, and for an unknown terminal.
int cn_colours_of(const char *name, int output);
/// Whether the terminal `name` reads the sequences of xterm for titles and the clipboard, by the terminal database.
bool cn_takes_titles(const char *name, int output);
/// Puts `text`, which may not be longer, in the place of a string of the entry of the screen that is current.
/// Returns whether that was possible.
bool cn_shorten(const char *name, const char *text);
/// A file in memory that is gone when it is closed; `name` is for people who look at the process. -1 when there is none
/// to be had.
int cn_anonymous_file(const char *name);
/// A descriptor that can be neither written nor asked for modes: both fail. -1 when there is none to be had.
int cn_nowhere(void);
/// Makes `descriptor` lead to where `target` leads. Returns whether it does.
bool cn_redirect(int target, int descriptor);

/// Closes everything but the three standard streams for a program that is started. `actions`: `posix_spawn_file_actions_t`,
/// whose header would bring types here that another module has in another form.
int cn_close_others(void *actions);

/// Commit and compiler of this build, as given to it in the macro SOUK_BUILD; NULL without.
const char *cn_build(void);

/// Has blocks of a mebibyte and more returned to the system as soon as they are freed. By itself the C library keeps
/// the first ones that were freed and carves smaller ones out of them, so that long lists, read and replaced, leave
/// twice their size behind.
void cn_return_large_blocks(void);

/// Keeps up to 64 MiB of freed memory for the next blocks: for a server, whose every answer is made and freed again.
void cn_keep_freed_memory(void);

/// Has threads that begin later take memory from one heap: for a program that lives for milliseconds, in which they would
/// make one each.
void cn_share_one_heap(void);

/// Has an interrupt end the program with `code`, with `words` on its standard error. Not where interrupts are ignored.
void cn_say_at_interrupt(const char *words, int code);

/// A descriptor that is readable after cn_notify until cn_rest; -1 when the system has none left.
int cn_wakeups(void);
void cn_notify(int wakeups);
void cn_rest(int wakeups);

/// Has interrupts counted, and `wakeups` woken, instead of ending the program.
/// Returns false, and changes nothing, where interrupts are ignored.
bool cn_catch_interrupts(int wakeups);
/// The interrupts since the last call.
int cn_take_interrupts(void);
/// Ends what cn_catch_interrupts began: interrupts do nothing any more.
void cn_ignore_interrupts(void);

/// Installs the handlers of `signals.c` and remembers how the terminal was.
/// Returns the descriptor from which the number of each caught signal can be read, a byte each; -1 on failure.
/// `chain` hands a crash on to the handlers that were there before; otherwise the system's default follows.
int cn_catch_signals(int input, int output, bool chain);
/// From now on a crash, or an exit that nobody announced, sends `restore` (kept, at most 511 bytes) to the terminal and
/// puts its modes back.
void cn_screen_is_up(const char *restore, size_t length);
/// The terminal is as the shell wants it; nothing is left to restore.
void cn_screen_is_down(void);
/// The terminal takes nothing any more: its modes are put back, and what it shows is left as it is.
void cn_give_up_screen(void);
/// A crash copies what `file` holds from `start` on to `terminal`; -1 for none.
void cn_errors_collected_in(int file, int64_t start, int terminal);
/// Copies what the file of `cn_errors_collected_in` holds (its end, when it is long) to the terminal.
void cn_tell_collected_errors(void);
/// A crash writes what is known about it into `file` (its folders are made then) and tells the place. `program` is the
/// report's first line.
void cn_report_crashes_in(const char *file, const char *program);
/// What the person looks at, for the report: at most 255 bytes.
void cn_note_for_crash(const char *text);
/// The signals that ask the program to end were seen; the next one asks anew.
void cn_ending_was_served(void);
/// Makes the number of a signal readable again.
void cn_wake(int number);
/// Puts the handlers of before back.
void cn_release_signals(void);
/// Stops the process group as ^Z does in a shell and returns when it goes on, or soon when nobody can stop it.
void cn_stop_process_group(void);

#endif
