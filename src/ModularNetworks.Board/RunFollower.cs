using System.Text.Json;
using System.Text.Json.Nodes;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Board;

/// <summary>Looks at the run folders again and again, and sends what changed as messages to the pages.</summary>
/// <param name="catalogue">Finds the runs.</param>
internal sealed class RunFollower(RunCatalogue catalogue)
{
    private readonly Dictionary<string, Followed> _runs = [];
    private bool _hasLooked;

    /// <summary>
    /// The changes since the last look, as JSON objects: <c>run</c>, <c>state</c>, and <c>listed</c>, the run in the list, <c>lines</c> of metrics,
    /// <c>snapshots</c>, or <c>reload</c> if the run is new or gone, or lines were removed. The first look gives none.
    /// </summary>
    public IReadOnlyList<string> Look()
    {
        var messages = new List<string>();
        var runs = catalogue.Find();
        foreach (var run in runs)
        {
            try
            {
                if (Look(run) is { } message && _hasLooked)
                    messages.Add(message.ToJsonString());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RunException)
            {
                // The folder is just being moved or removed; the next look sees what became of it.
            }
        }
        foreach (string gone in _runs.Keys.Except(runs.Select(run => run.Name)).ToArray())
        {
            _runs.Remove(gone);
            messages.Add(Message(gone, RunState.Stopped.Word(), ("reload", true)).ToJsonString());
        }
        _hasLooked = true;
        return messages;
    }

    private JsonObject? Look(FoundRun run)
    {
        string state = ListedRun.StateOf(RunFolder.Open(run.Path));
        if (!_runs.TryGetValue(run.Name, out var followed))
        {
            _runs[run.Name] = new Followed(run.Path, state);
            return Message(run.Name, state, ("reload", true));
        }
        if (followed.Metrics.WasShortened || followed.Snapshots.WasShortened)
        {
            followed.Metrics.SkipToEnd();
            followed.Snapshots.SkipToEnd();
            return Message(run.Name, state, ("reload", true));
        }
        var (lines, snapshots) = (Parse(followed.Metrics.Read()), Parse(followed.Snapshots.Read()));
        if (lines.Count == 0 && snapshots.Count == 0 && state == followed.State)
            return null;
        followed.State = state;
        var listed = JsonSerializer.SerializeToNode(ListedRun.Read(run), ListedRunTypes.Default.ListedRun);
        return Message(run.Name, state, ("listed", listed), ("lines", lines), ("snapshots", snapshots));
    }

    private static JsonObject Message(string run, string state, params ReadOnlySpan<(string Name, JsonNode? Value)> entries)
    {
        var message = new JsonObject { ["run"] = run, ["state"] = state };
        foreach (var (name, value) in entries)
            message[name] = value;
        return message;
    }

    // A damaged line is not shown in reports either.
    private static JsonArray Parse(IReadOnlyList<string> lines) =>
        new([.. lines.Select(StrictJson.TryParse).OfType<JsonElement>().Select(line => JsonObject.Create(line))]);

    private sealed class Followed(string path, string state)
    {
        public AppendedLines Metrics { get; } = new(Path.Combine(path, RunFiles.Metrics));

        public AppendedLines Snapshots { get; } = new(Path.Combine(path, RunFiles.Snapshots));

        public string State { get; set; } = state;
    }
}
