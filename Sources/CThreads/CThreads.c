#define _GNU_SOURCE 1
#include "CThreads.h"

#include <pthread.h>

void nameThread(const char *name) { (void)pthread_setname_np(pthread_self(), name); }
