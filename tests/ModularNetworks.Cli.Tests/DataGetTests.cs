using System.Net;
using System.Text;
using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

public sealed class DataGetTests : IDisposable
{
    private static readonly int[] TrainCounts = [376, 389, 380, 389, 387, 376, 377, 387, 380, 382];
    private static readonly int[] TestCounts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void A_data_set_is_downloaded_once_and_found_by_other_commands()
    {
        string place = Place("optdigits");
        Assert.Equal(ExitCode.Success, Run(Answer, "data", "get", "optdigits"));
        Assert.Contains("optdigits.tra: from https://archive.ics.uci.edu/", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"optdigits: downloaded; all files are as expected ({place})", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Run(Refuse, "data", "verify", "optdigits"));
        Assert.Equal(ExitCode.Success, Run(Refuse, "data", "get", "optdigits"));
        Assert.Contains($"is there and whole; nothing was downloaded ({place})", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"optdigits: to train on it: modnet train optdigits --data {place}", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void The_command_that_is_printed_for_a_data_set_trains_on_its_place()
    {
        foreach (var dataSet in DataSets.All)
        {
            _error.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.BadInput, Run(Refuse, [.. dataSet.Use.Words(_folder["none"]), "--out", _folder["run"]]));
            Assert.StartsWith($"modnet: --data {_folder["none"]}", _error.ToString(), StringComparison.Ordinal);
            Assert.Contains("no such file", _error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_may_be_named()
    {
        Assert.Equal(ExitCode.Success, Run(Answer, "data", "get", "optdigits", "--to", _folder["mine"]));
        Assert.True(File.Exists(_folder["mine/optdigits/optdigits.tes"]));
        Assert.False(Directory.Exists(_folder["mine/optdigits.part"]));
    }

    [Fact]
    public void A_file_that_cannot_be_had_is_one_line_and_exit_code_2()
    {
        Assert.Equal(ExitCode.BadInput, Run(Refuse, "data", "get", "ptb"));
        Assert.Equal(
            "modnet: http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz: answers 404 NotFound. Try again later; or get "
            + $"simple-examples.tgz in another way, put it into {Place("ptb")}, and give the same command, which checks it." + Environment.NewLine,
            _error.ToString());
    }

    [Fact]
    public void A_data_set_that_cannot_be_had_keeps_no_other_away()
    {
        Assert.Equal(ExitCode.BadInput, Run(name => name.StartsWith("optdigits", StringComparison.Ordinal) ? Answer(name) : Refuse(name), "data", "get"));
        Assert.Contains("optdigits: downloaded", _output.ToString(), StringComparison.Ordinal);
        int others = DataSets.All.Count - 1;
        Assert.Equal(others, _output.ToString().Split(Environment.NewLine).Count(line => line.Contains(": answers 404 NotFound. Try again later; or", StringComparison.Ordinal)));
        Assert.Equal(
            $"modnet: data get: {others} of {others + 1} data sets could not be had. The lines above say why, and what to do." + Environment.NewLine, _error.ToString());
        Assert.Equal([Place("optdigits")], Directory.GetFileSystemEntries(Path.GetDirectoryName(Place("optdigits"))!));
    }

    [Fact]
    public void Without_a_network_that_is_one_line_and_exit_code_2()
    {
        Assert.Equal(ExitCode.BadInput, Run(
            _ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known (www.fit.vutbr.cz:80)"), "data", "get", "ptb"));
        Assert.Equal(
            "modnet: http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz: cannot be reached: Name or service not known "
            + $"(www.fit.vutbr.cz:80). Try again later; or get simple-examples.tgz in another way, put it into {Place("ptb")}, and give the same "
            + "command, which checks it." + Environment.NewLine,
            _error.ToString());
    }

    [Fact]
    public void An_encrypted_address_does_not_lead_to_an_open_one()
    {
        Assert.Equal(ExitCode.BadInput, Run(
            _ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("http://localhost/x") } },
            "data", "get", "cifar10"));
        Assert.Contains("redirects to http://localhost/x", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_found_first_and_not_whole_are_named()
    {
        Directory.CreateDirectory(_folder["data/ptb"]);
        Assert.Equal(ExitCode.BadInput, Run(Refuse, "data", "get", "ptb"));
        Assert.Contains($"{_folder["data/ptb"]} is found first and is not whole", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"--to {_folder["data"]}.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_were_unpacked_elsewhere_are_used_there()
    {
        Directory.CreateDirectory(_folder["data/wikitext-2"]);
        foreach (var (name, lines) in ((string, int)[])[("train", 36_718), ("valid", 3_760), ("test", 4_358)])
            File.WriteAllText(_folder[$"data/wikitext-2/wiki.{name}.tokens"], string.Concat(Enumerable.Repeat("a word\n", lines)));
        Assert.Equal(ExitCode.Success, Run(Refuse, "data", "get", "wikitext-2"));
        Assert.Contains($"wikitext-2: to train on it: modnet train text --data {_folder["data/wikitext-2"]} --tokens word", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_fails_is_not_put_down_to_the_network()
    {
        using var full = new FullWriter();
        Assert.Equal(ExitCode.BadInput, Run(Answer, full, "data", "get", "optdigits"));
        Assert.StartsWith("modnet: standard output: No space left on device. ", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private string Place(string dataSet) => Path.Join(_folder.Path, "modnet", "data", dataSet);

    private int Run(Func<string, HttpResponseMessage> answer, params string[] arguments) => Run(answer, _output, arguments);

    private int Run(Func<string, HttpResponseMessage> answer, TextWriter output, params string[] arguments)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var data = new DataLocation(_folder["data"], _folder.Path);
        return new Application(new CliContext(() => console, output, _error, data)
        {
            CreateHandler = () => new Handler(answer),
        }).Run(arguments);
    }

    private static HttpResponseMessage Refuse(string name) => new(HttpStatusCode.NotFound);

    private static HttpResponseMessage Answer(string name) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(Table(name == Optdigits.TrainFile ? TrainCounts : TestCounts)),
    };

    // Blank images of the known number of each digit.
    private static byte[] Table(int[] counts)
    {
        var text = new StringBuilder();
        for (int digit = 0; digit < counts.Length; digit++)
        {
            for (int n = 0; n < counts[digit]; n++)
                text.Append(string.Concat(Enumerable.Repeat("0,", 64))).Append(digit).Append('\n');
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private sealed class Handler(Func<string, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(Path.GetFileName(request.RequestUri!.AbsolutePath)));
    }
}
