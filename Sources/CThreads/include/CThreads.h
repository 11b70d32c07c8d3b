#ifndef C_THREADS_H
#define C_THREADS_H

#include <sys/timerfd.h>

/// Names the thread that calls, for `top`, debuggers and `/proc`. The system keeps 15 bytes.
void nameThread(const char *name);

#endif
