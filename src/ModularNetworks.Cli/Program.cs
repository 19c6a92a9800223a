using ModularNetworks.Cli;

return new Application(CliContext.OfThisProcess()).Run(args);
