using Xunit.Sdk;
using Xunit.v3;

// The memory of all threads is measured.
[assembly: Parallelization(Mode = ParallelMode.None)]
