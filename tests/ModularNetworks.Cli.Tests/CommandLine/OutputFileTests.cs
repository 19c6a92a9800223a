using System.Net.Sockets;
using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Tests;

/// <summary>Tests of files that commands write, and of those that they do not replace.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("config.json")]
    [InlineData("metrics.jsonl")]
    [InlineData("checkpoint/step-000000001/state.json")]
    public void A_file_of_a_run_is_not_replaced(string name)
    {
        File.WriteAllText(At("config.json"), "{}");
        using var output = new StringWriter();
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.BadInput, Transcript.Run(["report", _folder, "-o", At(name)], new(null, "/no-cache"), output, error));
        Assert.Equal($"modnet: report: {At(name)} is a file of a run. Name another file with --output.\n", error.ToString());
        Assert.Equal("{}", File.ReadAllText(At("config.json")));
    }

    [Fact]
    public void A_link_and_a_socket_are_not_replaced_even_if_the_link_leads_nowhere()
    {
        File.CreateSymbolicLink(At("link"), At("nowhere"));
        Assert.Contains("is a link", Refusal("link"), StringComparison.Ordinal);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("socket")));
        Assert.Contains("is no regular file", Refusal("socket"), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_replaced_also_empty_ones_and_those_beside_a_run()
    {
        File.WriteAllText(At("config.json"), "{}");
        File.WriteAllText(At("empty.html"), "");
        File.WriteAllText(At("old.html"), "old");
        foreach (string name in (string[])["empty.html", "old.html", "new.html", "figures/config.json"])
            Assert.Null(Record.Exception(() => OutputFile.Of("report", At(name))));
    }

    [Fact]
    public void What_fails_on_the_way_leaves_the_old_file_and_nothing_beside_it()
    {
        File.WriteAllText(At("old.csv"), "old");
        Assert.Throws<InvalidOperationException>(() => OutputFile.Of("predict", At("old.csv")).Write(new Disk(), stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(At("old.csv")));
        Assert.Equal([At("old.csv")], Directory.EnumerateFileSystemEntries(_folder));
    }

    private string Refusal(string name) => Assert.Throws<UserErrorException>(() => OutputFile.Of("report", At(name))).Message;

    private string At(string name) => Path.Join(_folder, name);
}
