using ModularNetworks.Bench;

return new BenchCommand(TimeProvider.System).Run(args);
