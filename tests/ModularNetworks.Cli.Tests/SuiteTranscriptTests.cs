using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

public sealed class SuiteTranscriptTests
{
    private static readonly SuiteTask Rules = new(
        "rules", "a few generated numbers", "loss", HigherIsBetter: false, new RulesOptions
        {
            Modules = 3,
            Rules = 3,
            Points = 60,
            Steps = 8,
            BatchSize = 8,
            Network = new() { Hidden = 4 },
        })
    {
        QuickSteps = 4,
    };

    [Fact]
    public void A_suite_from_its_list_to_its_report()
    {
        using var folder = new TemporaryFolder();
        var transcript = NewTranscript(folder);
        string[] command = ["reproduce", "suite", "--threads", "1", "--out", folder["suite"]];
        transcript.Run("reproduce", "suite", "--help");
        transcript.Run("reproduce", "suite", "--list");
        transcript.Run([.. command, "--methods", "dense,em-paper", "--tasks", "rules", "--seeds", "2", "--trials", "2"]);
        transcript.Run([.. command, "--methods", "em-paper,dense", "--seeds", "2", "--trials", "2"]);
        transcript.Run("reproduce", "suite", "--threads", "1", "--out", folder["suite/quick"], "--quick");
        transcript.Run([.. command, "--tasks", "ruels"]);
        transcript.Run([.. command, "--methods", "moe"]);
        transcript.Run([.. command, "--trials", "0"]);
        transcript.Run([.. command, "--trials", "7"]);
        transcript.Run([.. command, "--seeds", "0"]);
        transcript.Run([.. command, "--jobs", "0"]);
        transcript.Check("reproduce-suite");
        string[] lines = File.ReadAllLines(folder["suite/quick/suite.md"]);
        Assert.Contains(lines, line => line.StartsWith("| em-paper | 3/1 | ", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.StartsWith(
                "- `modnet reproduce suite --tasks rules --methods dense,em-paper --seeds 1 --trials 1 --quick`", StringComparison.Ordinal));
        Assert.Contains("\"steps\": 4,", File.ReadAllText(folder["suite/quick/rules.em-paper-seed-1/config.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_data_of_a_task_are_told_before_anything_is_trained()
    {
        using var folder = new TemporaryFolder();
        var transcript = new Transcript();
        transcript.Replace(folder["suite"], "/somewhere/suite");
        transcript.Run("reproduce", "suite", "--tasks", "rotation", "--out", folder["suite"]);
        transcript.Check("reproduce-suite-data");
        Assert.False(Directory.Exists(folder["suite"]));
    }

    private static Transcript NewTranscript(TemporaryFolder folder)
    {
        var suite = new SuiteCatalogue([Rules], [.. SuiteMethods.All.Where(method => method.Name is "dense" or "em-paper" or "truth")])
        {
            QuickTasks = ["rules"],
            QuickMethods = ["dense", "em-paper"],
        };
        var transcript = new Transcript { HidesMeasurements = true, Suite = suite };
        transcript.Replace(folder["suite"], "/somewhere/suite");
        return transcript;
    }
}
