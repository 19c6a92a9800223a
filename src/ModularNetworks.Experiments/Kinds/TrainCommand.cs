namespace ModularNetworks.Experiments;

/// <summary>The command that trains a run of given options.</summary>
public static class TrainCommand
{
    // These do not change the result.
    private static readonly string[] LeftOut = ["data", "threads", "logEvery", "evaluateEvery", "checkpointEvery"];

    /// <summary>The words of the command after the program's name, as they are; a shell needs them quoted (<see cref="ShellWord"/>).</summary>
    /// <param name="kind">The kind of experiment.</param>
    /// <param name="options">The options.</param>
    public static IReadOnlyList<string> Words(ExperimentKind kind, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(options);
        List<string> words = ["train", kind.Name];
        if (options is DataRunOptions { Data: var data })
            words.AddRange("--data", data);
        var before = kind.Presets.Get(kind.Presets.Default);
        // In this order the command reads them: a choice or a method may change options that --set then changes further.
        foreach (var choice in kind.Choices.Where(choice => Differs(before, options, choice.Name)))
        {
            string value = OptionsJson.Value(options, choice.Name);
            words.AddRange($"--{choice.Name}", value);
            before = choice.Apply(before, value);
        }
        before = before.WithMethod(options.Method);
        string[] named = ["method", "modules", "parallel", "steps", "seed"];
        words.AddRange(named.SelectMany(name => (string[])[$"--{name}", OptionsJson.Value(options, name)]));
        words.AddRange(OptionsJson.Differences(before, options)
            .Where(difference => !LeftOut.Contains(difference.Name) && !named.Contains(difference.Name) && MethodSettings.HasEffect(options.Method, difference.Name))
            .SelectMany(difference => (string[])["--set", $"{difference.Name}={difference.Second}"]));
        return words;
    }

    private static bool Differs(RunOptions before, RunOptions options, string name) =>
        OptionsJson.Differences(before, options).Any(difference => difference.Name == name);
}
