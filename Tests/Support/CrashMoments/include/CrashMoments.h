#ifndef CRASH_MOMENTS_H
#define CRASH_MOMENTS_H

// Loaded into the real program with LD_PRELOAD, it kills that at one moment of a write, as a crash of the computer would.
// Nothing includes this: the environment says what is wanted.
//
// SOUK_CRASH_MOMENT: before-intent, in-intent, after-intent, after-answer or after-outcome. The first record of a journal that
// a process writes is the intent, the second the outcome.

#endif
