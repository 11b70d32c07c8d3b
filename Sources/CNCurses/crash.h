#ifndef CRASH_H
#define CRASH_H

#include <stddef.h>
#include <sys/types.h>

// Writes the report of a crash where `cn_report_crashes_in` said, with what the file `errors` holds from `errors_start`
// on (-1 for none), and tells `terminal` where. Does nothing when no place was said. Async-signal-safe.
void cn_report_crash(int number, const void *context, int errors, off_t errors_start, int terminal);

// Writes all of `bytes`, waiting a little for room where there is none. Async-signal-safe.
void cn_send_all(int to, const char *bytes, size_t count);

#endif

