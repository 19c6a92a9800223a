using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>A column of a board that shows a number of each series' latest run.</summary>
/// <typeparam name="TSeries">The type of the runs' series.</typeparam>
/// <typeparam name="TResult">The type of a run's result.</typeparam>
/// <param name="Title">The column's title.</param>
/// <param name="Logged">The number's text from a line of metrics; null if the line says nothing of it.</param>
/// <param name="Finished">The text when the run is finished; null to leave what is there.</param>
/// <param name="First">The text before there is a run.</param>
internal sealed record BoardColumn<TSeries, TResult>(
    string Title, Func<MetricsLine, string?> Logged, Func<TResult, string?> Finished, Func<TSeries, string> First);
