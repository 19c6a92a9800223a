namespace ModularNetworks.Cli.Tests;

public sealed class BenchTranscriptTests
{
    [Fact]
    public void Reports_are_printed_and_bad_requests_are_one_line()
    {
        string report = Path.Join(ProjectRoot.Folder, "tests", "ModularNetworks.Cli.Tests", "Transcripts", "bench-report.json");
        var transcript = new Transcript();
        transcript.Replace(report, "/reports/report.json");
        transcript.Run("bench", "--help");
        transcript.Run("bench", "--from", report);
        transcript.Run("bench", "lm", "--from", report);
        transcript.Run("bench", "--from", report, "--json");
        transcript.Run("bench", "--from", "/none/report.json");
        transcript.Run("bench", "ml");
        transcript.Run("bench", "toy", "--peer", "tensorflow");
        transcript.Run("bench", "toy", "--rounds", "0");
        transcript.Run("bench", "toy", "--threads", "1000");
        transcript.Check("bench");
    }

    [Fact]
    public void Requests_for_ranks_that_cannot_be_measured_are_one_line()
    {
        var transcript = new Transcript();
        transcript.Run("bench", "ranks", "--help");
        transcript.Run("bench", "ranks", "--rounds", "0");
        transcript.Run("bench", "lm", "ranks");
        transcript.Run("bench", "--json", "ranks");
        transcript.Run("bench", "ranks", "lm");
        transcript.Check("bench-ranks");
    }
}
