using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ModularNetworks.Bench;

// In this process: a project generated for every run would have to be built under this repository's rules.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddColumn(new RateColumn("GFLOP/s", work => work.Operations), new RateColumn("GB/s", work => work.Bytes))
    .HideColumns(Column.Error);
BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmark).Assembly).Run(args, config);
