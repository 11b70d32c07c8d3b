#ifndef C_MEMORY_H
#define C_MEMORY_H

/// Has blocks of a mebibyte and more returned to the system as soon as they are freed. By itself the C library keeps
/// the first ones that were freed and carves smaller ones out of them, so that long lists, read and replaced, leave
/// twice their size behind.
void returnLargeBlocks(void);

#endif
