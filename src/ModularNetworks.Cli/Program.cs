using ModularNetworks.Cli;
using ModularNetworks.Cli.CommandLine;

return new Application(ThisProcess.Context()).Run(args);
