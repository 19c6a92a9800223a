using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Cli.Tests;

public sealed class ApplicationTests
{
    private static readonly DataLocation NoData = new(null, "/no-cache");

    [Fact]
    public void A_stack_trace_is_printed_with_verbose_only()
    {
        string quiet = ErrorOf("data", "verify", "ptb"), verbose = ErrorOf("data", "verify", "ptb", "--verbose");
        Assert.Single(quiet.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(quiet, verbose, StringComparison.Ordinal);
        Assert.Contains("   at ModularNetworks.Cli", verbose, StringComparison.Ordinal);
        Assert.Equal(verbose, ErrorOf("--verbose", "data", "verify", "ptb"));
    }

    [Fact]
    public void Errors_go_to_the_error_writer_alone()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(2, Transcript.Run(["nonsense"], NoData, output, error));
        Assert.Empty(output.ToString());
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void A_message_of_several_lines_becomes_one()
    {
        Assert.Equal("modnet: first second", ErrorLine.Of(new UserErrorException("first\r\nsecond\n")));
        Assert.True(ErrorLine.IsExpected(new ShapeException("x")));
    }

    [Fact]
    public void A_message_that_quotes_what_moves_the_cursor_or_a_whole_file_is_made_harmless_and_short()
    {
        Assert.Equal("modnet: a?[2Jb?c", ErrorLine.Of(new UserErrorException("a\u001b[2Jb\u0085c")));
        string line = ErrorLine.Of(new UserErrorException($"start {new string('x', 100_000)} end"));
        Assert.StartsWith("modnet: start xx", line, StringComparison.Ordinal);
        Assert.EndsWith("xx end", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 1000, 2000);
    }

    [Fact]
    public void Empty_names_of_what_is_read_are_refused()
    {
        Assert.StartsWith("modnet: report: the name of a run folder is empty.", ErrorOf("report", ""), StringComparison.Ordinal);
        Assert.StartsWith("modnet: bench: --from is empty.", ErrorOf("bench", "--from", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void What_went_wrong_on_another_thread_is_told_as_itself()
    {
        var wrapped = new AggregateException(new AggregateException(new UserErrorException("Give one.")), new UserErrorException("Give two."));
        Assert.True(ErrorLine.IsExpected(wrapped));
        Assert.Equal("modnet: Give one.", ErrorLine.Of(wrapped));
        Assert.StartsWith("modnet: unexpected InvalidOperationException: ", ErrorLine.Of(new AggregateException(new InvalidOperationException())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_tool_is_called_unexpected()
    {
        Assert.False(ErrorLine.IsExpected(new InvalidOperationException()));
        Assert.Equal(
            "modnet: unexpected InvalidOperationException: why (add --verbose for the stack trace)",
            ErrorLine.Of(new InvalidOperationException("why")));
    }

    private static string ErrorOf(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Transcript.Run(arguments, NoData, output, error);
        return error.ToString();
    }
}
