/*
 * Part of programs that are compiled ahead of time for x64: runs before the runtime starts, and ends the program where the processor lacks
 * instructions that it was compiled with. The runtime would end it, too, but as if it had crashed, with exit code 134.
 * LEVEL is that of the instruction set: 2, 3 or 4 of x86-64-v2, -v3, -v4.
 */
#include <stdio.h>
#include <unistd.h>

#define HAS(feature) (__builtin_cpu_supports(feature) != 0)

static int can_run(void)
{
    int has = HAS("sse4.2") && HAS("popcnt");
#if LEVEL >= 3
    has = has && HAS("avx2") && HAS("bmi") && HAS("bmi2") && HAS("fma");
#endif
#if LEVEL >= 4
    has = has && HAS("avx512f") && HAS("avx512bw") && HAS("avx512cd") && HAS("avx512dq") && HAS("avx512vl");
#endif
    return has;
}

__attribute__((constructor)) static void require_processor(void)
{
    __builtin_cpu_init();
    if (can_run())
        return;
    dprintf(
        STDERR_FILENO,
        "This program is compiled for processors with x86-64-v%d, which this one is not. Use one that is compiled for %s.\n",
        LEVEL,
        LEVEL > 2 ? "a lesser set (IlcInstructionSet), or the .NET runtime" : "another processor");
    _exit(2);
}
