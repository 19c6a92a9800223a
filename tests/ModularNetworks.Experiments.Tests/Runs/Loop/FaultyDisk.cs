namespace ModularNetworks.Experiments.Tests;

/// <summary>A disk on which one operation goes wrong, and none works after it, as where the process ends there.</summary>
/// <param name="faultAt">Which operation goes wrong, from 1.</param>
/// <param name="fault">How.</param>
internal sealed class FaultyDisk(int faultAt, FaultyDisk.Fault fault) : IDisk
{
    /// <summary>How an operation goes wrong.</summary>
    public enum Fault
    {
        /// <summary>Nothing happens.</summary>
        Refused,

        /// <summary>Half of it happens.</summary>
        Torn,

        /// <summary>All of it happens, and nobody hears of it.</summary>
        Unheard,
    }

    /// <summary>One that does not fail; unlike a real one, it waits for nothing.</summary>
    public static FaultyDisk Sound => new(int.MaxValue, Fault.Refused);

    private readonly Disk _disk = new();

    private int _operations;

    public void CreateFolder(string path) => Do(() => _disk.CreateFolder(path));

    public void Write(string path, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        byte[] bytes = content.ToArray();
        Do(() => File.WriteAllBytes(path, bytes), () => File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]));
    }

    public void Append(string path, byte[] bytes) =>
        Do(() => _disk.Append(path, bytes), () => _disk.Append(path, bytes[..(bytes.Length / 2)]));

    public void Flush(string path) => Do(() => { });

    public void Move(string source, string target) => Do(() => _disk.Move(source, target));

    public void DeleteFile(string path) => Do(() => _disk.DeleteFile(path));

    public void DeleteFolder(string path) => Do(() => _disk.DeleteFolder(path), () => DeleteHalf(path));

    // Names and folders are changed at once, or not.
    private void Do(Action operation) => Do(operation, () => { });

    private void Do(Action operation, Action half)
    {
        _operations++;
        if (_operations < faultAt)
        {
            operation();
            return;
        }
        if (_operations == faultAt && fault == Fault.Unheard)
            operation();
        if (_operations == faultAt && fault == Fault.Torn)
            half();
        throw new IOException("No space left on device");
    }

    private static void DeleteHalf(string path)
    {
        string[] files = Directory.GetFiles(path);
        foreach (string file in files.Order(StringComparer.Ordinal).Take(files.Length / 2))
            File.Delete(file);
    }
}
