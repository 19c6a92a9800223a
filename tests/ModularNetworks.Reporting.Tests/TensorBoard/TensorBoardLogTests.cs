using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting.Tests;

/// <summary>Tests of event files: the logs of trainings, read back.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private const string Line = """
        {"step":250,"train":{"logLikelihood":-1.23456789012,"selectionLogProbability":-1e-9},
         "eStep":{"jointLogProbability":-1.3,"changedShare":0},"valid":{"perplexity":240.125},
         "selectionEntropy":0.125,"usage":[[0,0.25,0.75,0],[0.5,0.5]],
         "layers":[{"name":"gru","modules":4,"information":0.3,"deadModules":[0,3],"usage":[0,0.25,0.75,0]},
                   {"name":"output","modules":2,"information":0.5,"deadModules":[],"usage":[0.5,0.5]}],
         "seconds":12.345}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("modnet-").FullName;
    private readonly RunFolder _run;
    private readonly FixedTime _time = new();

    public TensorBoardLogTests() => _run = NewRunFolder.Create(new Disk(), Path.Join(_root, "run"), new ToyOptions());

    private string Events => Path.Join(_run.FullPath, "tensorboard");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xE3069283u)]
    public void The_reader_of_these_tests_knows_the_published_check_values(string text, uint crc) =>
        Assert.Equal(crc, BitwiseCrc.Crc32C(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_file_begins_with_its_version_and_the_time_and_is_named_after_it()
    {
        Write(step: null);
        string path = Assert.Single(Directory.GetFiles(Events));
        Assert.Equal("events.out.tfevents.1700000000.modnet", Path.GetFileName(path));
        var first = Assert.Single(EventFile.Read(path));
        Assert.Equal("brain.Event:2", first.Text(3));
        Assert.Equal(1700000000.25, first.Double(1));
    }

    [Fact]
    public void Every_number_of_a_line_is_a_scalar_with_its_path()
    {
        Write(step: null, Line);
        var read = EventFile.ReadFolder(Events)[1];
        Assert.Equal(250, read.Integer(2));
        var expected = new Dictionary<string, float>
        {
            ["train/logLikelihood"] = (float)-1.23456789012,
            ["train/selectionLogProbability"] = (float)-1e-9,
            ["eStep/jointLogProbability"] = (float)-1.3,
            ["eStep/changedShare"] = 0,
            ["valid/perplexity"] = 240.125f,
            ["selectionEntropy"] = 0.125f,
            ["layers/gru/modules"] = 4,
            ["layers/gru/information"] = (float)0.3,
            ["layers/gru/deadModules"] = 2,
            ["layers/gru/usage/0"] = 0,
            ["layers/gru/usage/1"] = 0.25f,
            ["layers/gru/usage/2"] = 0.75f,
            ["layers/gru/usage/3"] = 0,
            ["layers/output/modules"] = 2,
            ["layers/output/information"] = 0.5f,
            ["layers/output/deadModules"] = 0,
            ["layers/output/usage/0"] = 0.5f,
            ["layers/output/usage/1"] = 0.5f,
            ["seconds"] = (float)12.345,
        };
        Assert.Equal(expected.OrderBy(entry => entry.Key), EventFile.Scalars(read).OrderBy(entry => entry.Key));
    }

    [Fact]
    public void Usage_is_a_histogram_with_a_bucket_a_module()
    {
        Write(step: null, Line);
        var histogram = EventFile.Value(EventFile.ReadFolder(Events)[1], "layers/gru/usage").Message(5);
        Assert.Equal([1, 2, 3, 4], histogram.Doubles(6));
        Assert.Equal([0, 0.25, 0.75, 0], histogram.Doubles(7));
        // The edges of the buckets that are not empty: number, sum and sum of squares beside them.
        Assert.Equal((1.0, 3.0), (histogram.Double(1), histogram.Double(2)));
        Assert.Equal((1.0, 1.75, 3.25), (histogram.Double(3), histogram.Double(4), histogram.Double(5)));
    }

    [Fact]
    public void Numbers_that_training_puts_into_a_line_itself_are_logged_too()
    {
        var log = new TensorBoardLog(new Disk(), _run, step: null, _time);
        log.Write("""{"step":7,"a":1,"b":2,"c":0.5,"d":null,"name":"text"}""");
        var read = EventFile.ReadFolder(Events)[1];
        Assert.Equal(7, read.Integer(2));
        Assert.Equal(new Dictionary<string, float> { ["a"] = 1, ["b"] = 2, ["c"] = 0.5f }, EventFile.Scalars(read));
    }

    [Fact]
    public void A_snapshot_is_a_heat_map_of_every_layer()
    {
        var log = new TensorBoardLog(new Disk(), _run, step: null, _time);
        log.WriteSnapshot("""
            {"step":0,"rows":["cat","dog"],"flows":[],
             "layers":[{"name":"one","modules":3,"picks":1,"probabilities":[[[1,0,0]],[[0.2,0.2,0.6]]]},
                       {"name":"two","modules":2,"picks":2,"probabilities":[[[1,0],[0,1]],[[0.4,0.6],[0,1]]]}]}
            """);
        var read = EventFile.ReadFolder(Events)[1];
        Assert.Equal(0, read.Integer(2));
        Assert.Equal(2, EventFile.Values(read).Count());
        CheckImage(read, "layers/one/controller", [[0, 255, 255], [204, 204, 102]]);
        CheckImage(read, "layers/two/controller", [[0, 255, 160, 255, 0], [153, 102, 160, 255, 0]]);
    }

    [Fact]
    public void A_heat_map_of_many_modules_is_not_too_wide()
    {
        string row = string.Join(',', Enumerable.Repeat("0.004", 256));
        var log = new TensorBoardLog(new Disk(), _run, step: null, _time);
        log.WriteSnapshot($$"""{"step":0,"layers":[{"name":"one","probabilities":[[[{{row}}]],[[{{row}}]]]}]}""");
        var image = EventFile.Value(EventFile.ReadFolder(Events)[1], "layers/one/controller").Message(4);
        Assert.Equal((256 * 8, 2 * 8), (image.Integer(2), image.Integer(1)));
    }

    [Fact]
    public void Every_line_is_in_the_file_while_training_goes_on()
    {
        var log = new TensorBoardLog(new Disk(), _run, step: null, _time);
        foreach (int step in (int[])[10, 20])
        {
            log.Write($$"""{"step":{{step}},"a":0.5}""");
            string copy = Path.Join(_root, "copy");
            File.Copy(Assert.Single(Directory.GetFiles(Events)), copy, overwrite: true);
            Assert.Equal(step, EventFile.Read(copy)[^1].Integer(2));
        }
    }

    [Fact]
    public void A_run_that_goes_on_replaces_what_it_had_logged_after_the_checkpoint()
    {
        Write(step: null, Numbered(10, 1), Numbered(20, 1), Numbered(30, 1));
        Write(step: 20, Numbered(30, 2), Numbered(40, 2));
        Write(step: 30, Numbered(40, 3));
        Assert.Equal(3, Directory.GetFiles(Events).Length);
        var logged = EventFile.ReadFolder(Events).Where(read => read.Numbers.Contains(5));
        Assert.Equal(
            [(10, 1), (20, 1), (30, 2), (40, 3)],
            logged.Select(read => (read.Integer(2), EventFile.Scalars(read)["a"])));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_clear_line()
    {
        File.WriteAllText(Events, "in the way");
        var exception = Assert.Throws<RunException>(() => new TensorBoardLog(new Disk(), _run, step: null, _time));
        Assert.StartsWith($"--tensorboard: {Events}: no file can be made in it: ", exception.Message, StringComparison.Ordinal);
    }

    private static void CheckImage(ProtoMessage read, string tag, byte[][] cells)
    {
        var image = EventFile.Value(read, tag).Message(4);
        var png = new PngFile(image.Bytes(4));
        Assert.Equal(1, image.Integer(3));
        Assert.Equal((cells[0].Length * 16, cells.Length * 16), (png.Width, png.Height));
        Assert.Equal((png.Width, png.Height), (image.Integer(2), image.Integer(1)));
        for (int row = 0; row < png.Height; row++)
        {
            for (int column = 0; column < png.Width; column++)
                Assert.Equal(cells[row / 16][column / 16], png[row, column]);
        }
    }

    private static string Numbered(int step, int a) => $$"""{"step":{{step}},"a":{{a}}}""";

    private void Write(long? step, params string[] lines)
    {
        var log = new TensorBoardLog(new Disk(), _run, step, _time);
        foreach (string line in lines)
            log.Write(line);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1700000000250);
    }
}
