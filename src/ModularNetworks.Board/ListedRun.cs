using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Board;

/// <summary>A run in the board's list.</summary>
/// <param name="Name">The run's path from the board's folder.</param>
/// <param name="State">Whether it has finished, is training or was stopped.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Method">The training method.</param>
/// <param name="Modules">The number of modules, M.</param>
/// <param name="Picks">The number of modules used at the same time, K.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Steps">The gradient steps to take.</param>
/// <param name="Step">The step of the last line of metrics.</param>
internal sealed record ListedRun(
    string Name, string State, string Experiment, string Method, int Modules,
    [property: JsonPropertyName("parallel")] int Picks, ulong Seed, long Steps, long Step)
{
    /// <summary>Why the run cannot be shown, in one line; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Gradient steps in a second, as the newest lines of metrics tell; null if they do not.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>What the reader should know at once, such as that modules have collapsed; null if there is nothing.</summary>
    public string? Alarm { get; init; }

    /// <summary>Reads a run's part of the list.</summary>
    /// <returns>Null if there is no run any more.</returns>
    public static ListedRun? Read(FoundRun run)
    {
        try
        {
            var folder = RunFolder.Open(run.Path);
            var options = folder.ReadOptions(BuiltInExperiments.Catalogue);
            var tail = RunTail.Read(Path.Combine(run.Path, RunFiles.Metrics));
            return new ListedRun(
                run.Name, StateOf(folder), options.Experiment, options.Method, options.Modules, options.Picks, options.Seed,
                options.Steps, tail.Step)
            { StepsPerSecond = tail.StepsPerSecond, Alarm = tail.Alarm };
        }
        catch (Exception exception) when (exception is RunException or IOException or UnauthorizedAccessException)
        {
            return RunFolder.Exists(run.Path) ? Unreadable(run.Name, exception.Message) : null;
        }
    }

    /// <summary>The word for a run's state.</summary>
    public static string StateOf(RunFolder folder)
    {
        if (folder.IsTraining)
            return RunState.Training.Word();
        bool isOver = File.Exists(Path.Combine(folder.FullPath, RunFiles.Summary));
        return (isOver ? RunState.Finished : RunState.Stopped).Word();
    }

    private static ListedRun Unreadable(string name, string problem) =>
        new(name, RunState.Stopped.Word(), "", "", 0, 0, 0, 0, 0) { Problem = problem.ReplaceLineEndings(" ") };
}

/// <summary>Runs of the list, whose JSON the compiler writes code for.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IEnumerable<ListedRun>))]
[JsonSerializable(typeof(ListedRun))]
internal sealed partial class ListedRunTypes : JsonSerializerContext;
