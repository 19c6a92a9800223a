using System.Buffers;
using System.Text;
using System.Text.Json;
using ModularNetworks.Testing;

namespace ModularNetworks.Fuzz;

/// <summary>What may stand in the place of a file.</summary>
internal enum Impostor
{
    Pipe,
    LinkToPipe,
    Device,
    FileOutside,
    FolderOutside,
    Nowhere,
    Loop,
    Folder,
    Empty,
    Large,
    Growing,
    LinkInside,
}

/// <summary>Puts other things in the places of files and folders, and takes them away again.</summary>
internal sealed class Impostors : IDisposable
{
    // Stands in all files outside of the sandbox.
    private const string Secret = "kept-from-the-reader";

    // More than all files but tables may have; takes no room on the disk.
    private const long LargeBytes = 5L << 30;
    private const int MostGrowth = 4 << 20;

    private static readonly string[] FilesOutside = ["file", "folder/state.json", "folder/step-000000040/state.json", "folder/manifest.json"];
    private static readonly byte[] Inside = ContentWith(new string('x', 1000));

    private readonly string _outside = Directory.CreateTempSubdirectory("modnet-fuzz-").FullName;
    private readonly Stack<Action> _undo = new();

    public Impostors()
    {
        foreach (string name in FilesOutside)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Outside(name))!);
            File.WriteAllBytes(Outside(name), ContentWith(Secret));
        }
    }

    /// <summary>All that may be put.</summary>
    public static IReadOnlyList<Impostor> All { get; } = Enum.GetValues<Impostor>();

    /// <summary>Puts something in the place of what is there, if something is.</summary>
    public void Put(string path, Impostor impostor)
    {
        if (Path.Exists(path))
        {
            string held = Outside($"held-{_undo.Count}");
            Directory.Move(path, held);
            _undo.Push(() => Directory.Move(held, path));
        }
        _undo.Push(() => Remove(path));
        Make(path, impostor);
    }

    /// <summary>Takes all away, and puts back what was there.</summary>
    /// <exception cref="FuzzFailureException">A file outside of the sandbox was changed meanwhile.</exception>
    public void TakeAway()
    {
        while (_undo.TryPop(out var undo))
            undo();
        if (FilesOutside.FirstOrDefault(name => !File.ReadAllBytes(Outside(name)).AsSpan().SequenceEqual(ContentWith(Secret))) is { } written)
            throw new FuzzFailureException($"a link was followed and {written} was written, which is outside");
    }

    /// <summary>Checks that nothing from outside of the sandbox is shown.</summary>
    /// <exception cref="FuzzFailureException">It is.</exception>
    public static void RequireNoSecret(string shown)
    {
        if (shown.Contains(Secret, StringComparison.Ordinal))
            throw new FuzzFailureException("a file from outside of the run's folder is shown");
    }

    /// <summary>Checks that nothing from outside of the sandbox is shown in what is written as JSON.</summary>
    /// <exception cref="FuzzFailureException">It is.</exception>
    public static void RequireNoSecret(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            write(writer);
        RequireNoSecret(Encoding.UTF8.GetString(json.WrittenSpan));
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    private void Make(string path, Impostor impostor)
    {
        switch (impostor)
        {
            case Impostor.Pipe:
                NamedPipe.Make(path);
                break;
            case Impostor.LinkToPipe:
                string pipe = NamedPipe.Make(path + ".pipe");
                _undo.Push(() => File.Delete(pipe));
                File.CreateSymbolicLink(path, pipe);
                break;
            case Impostor.Folder:
                Directory.CreateDirectory(path);
                break;
            case Impostor.Empty:
                File.WriteAllBytes(path, []);
                break;
            case Impostor.Large:
                using (var large = File.Create(path))
                    large.SetLength(LargeBytes);
                break;
            case Impostor.Growing:
                Grow(path);
                break;
            case Impostor.LinkInside:
                File.WriteAllBytes(path + ".target", Inside);
                _undo.Push(() => File.Delete(path + ".target"));
                File.CreateSymbolicLink(path, Path.GetFileName(path) + ".target");
                break;
            default:
                File.CreateSymbolicLink(path, TargetOf(path, impostor));
                break;
        }
    }

    private string TargetOf(string path, Impostor impostor) => impostor switch
    {
        Impostor.Device => "/dev/zero",
        Impostor.FileOutside => Outside("file"),
        Impostor.FolderOutside => Outside("folder"),
        Impostor.Loop => path,
        _ => Outside("none"),
    };

    /// <summary>Writes a file while it is read.</summary>
    private void Grow(string path)
    {
        var stop = new CancellationTokenSource();
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(Inside);
        file.Flush();
        var growing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested && file.Length < MostGrowth)
                file.Write(Inside);
        });
        _undo.Push(() =>
        {
            stop.Cancel();
            growing.Wait();
            file.Dispose();
            stop.Dispose();
        });
    }

    private static byte[] ContentWith(string text) =>
        Encoding.UTF8.GetBytes($$"""{"experiment":"toy","steps":40,"step":1,"format":1,"text":"{{text}}"}""" + "\n");

    private string Outside(string name) => Path.Join(_outside, name);

    private static void Remove(string path)
    {
        if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
