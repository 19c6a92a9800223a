// The memory of all threads is measured.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
