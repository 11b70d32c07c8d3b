#include "CMemory.h"

#include <malloc.h>

void returnLargeBlocks(void) { mallopt(M_MMAP_THRESHOLD, 1 << 20); }
