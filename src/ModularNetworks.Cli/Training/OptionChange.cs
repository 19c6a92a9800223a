using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>An option of the command line that changes the options of a run.</summary>
/// <param name="Option">The option.</param>
/// <param name="Apply">Changes options as the command line asks for.</param>
internal sealed record OptionChange(Option Option, Func<RunOptions, ParseResult, RunOptions> Apply);
