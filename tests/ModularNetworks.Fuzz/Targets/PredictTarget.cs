using System.Text;
using ModularNetworks.Cli;
using ModularNetworks.Data.Tests;
using ModularNetworks.Serving.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>What <c>modnet predict</c> is given, in a file or by standard input: rows of a table, texts, pictures and their names.</summary>
internal sealed class PredictTarget : FuzzTarget
{
    private const string Given = "given";

    // An input's first byte decides.
    private static readonly string[][] Commands =
    [
        ["table", Given], ["table", Given, "--json"], ["table"], ["table", "--json", "--strict"],
        ["text"], ["text", "--json"], ["text", "--csv", "--top", "3"],
        ["images", Given], ["images", Given, "--csv"], ["images"],
    ];

    private static readonly string[] Tables = ["n,word,ok\n1,a,yes\n2.5,b,no\n,c,\n", "ok;n;word;y\nyes;1,5;\"a\nb\";odd\nno;7;b;even\n", "1,a,yes\n2,b,no\n"];
    private static readonly string[] Texts = ["stone\nbird\n", "b\r\n\nstone bird", "\ud83d\ude00\n"];

    private readonly CapturedTool _tool;
    private readonly string _before = Environment.CurrentDirectory;
    private byte[] _given = [];

    public PredictTarget()
    {
        SmallModels.Table(Sandbox["table"]);
        SmallModels.Text(Sandbox["text"]);
        SmallModels.Images(Sandbox["images"]);
        Sandbox.Put("dark.png", SmallPicture.Of("png", 8, 8, new byte[8 * 8 * 3]));
        Sandbox.PutAllThatIsThere();
        _tool = new CapturedTool(Sandbox, () => new MemoryStream(_given));
        Environment.CurrentDirectory = Sandbox.Path;
        byte[][] pictures = [.. SmallPicture.Formats.Select(format => SmallPicture.Of(format, 9, 8, new byte[9 * 8 * 3]))];
        Samples = [.. Commands.SelectMany((command, number) => SoundFor(command, pictures).Select(content => (byte[])[(byte)number, .. content]))];
    }

    public override string Name => "predict";

    // The model is loaded for each input; a table's patterns of numbers make their states once.
    public override long MostBytes => 16 * Megabyte;

    // Each letter may be a row of its own, which cannot be read and is named.
    public override int MostBytesPerByte => 20_000;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input)
    {
        byte[] content = [.. input.Skip(1)];
        Sandbox.Put(Given, _given = CommandOf(input) is ["images"] ? Below(content) : content);
    }

    public override bool Read(byte[] input)
    {
        int exitCode = 0;
        string error = "";
        if (!Accepts(() => (exitCode, error) = _tool.Run(["predict", .. CommandOf(input)])))
            throw new FuzzFailureException("the tool let an exception pass");
        string[] lines = error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        bool isClear = lines.All(line => line.StartsWith("modnet: ", StringComparison.Ordinal) && !line.Any(char.IsControl));
        return isClear && exitCode == (lines.Length == 0 ? ExitCode.Success : ExitCode.BadInput)
            ? exitCode == ExitCode.Success
            : throw new FuzzFailureException($"exit code {exitCode}, and on the error output: {error}");
    }

    protected override void Dispose(bool disposing)
    {
        Environment.CurrentDirectory = _before;
        _tool.Dispose();
        base.Dispose(disposing);
    }

    private static string[] CommandOf(byte[] input) => Commands[input.FirstOrDefault() % Commands.Length];

    // A line is a path: one that leads out of the sandbox, such as /, would ask for all pictures of the machine.
    private static byte[] Below(byte[] lines) => Encoding.Latin1.GetBytes(
        Encoding.Latin1.GetString(lines).Replace('/', '_').Replace("..", "._", StringComparison.Ordinal));

    private static IEnumerable<byte[]> SoundFor(string[] command, byte[][] pictures) => command switch
    {
        ["table", ..] => Tables.Select(Encoding.UTF8.GetBytes),
        ["text", ..] => Texts.Select(Encoding.UTF8.GetBytes),
        ["images", Given, ..] => pictures,
        _ => ((string[])["dark.png\nnone.png\n", ".\ntext\n"]).Select(Encoding.UTF8.GetBytes),
    };
}
