using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>The machine's disk, without waiting until it has what is written: a sandbox need not outlive the machine.</summary>
internal sealed class HastyDisk : IDisk
{
    private readonly Disk _disk = new();

    public void CreateFolder(string path) => _disk.CreateFolder(path);

    public void Write(string path, Action<Stream> write)
    {
        RegularFile.Require(path, within: Path.GetDirectoryName(path));
        using var stream = new FileStream(path, FileMode.Create);
        write(stream);
    }

    public void Append(string path, byte[] bytes) => _disk.Append(path, bytes);

    public void Flush(string path)
    {
    }

    public void Move(string source, string target) => _disk.Move(source, target);

    public void DeleteFile(string path) => _disk.DeleteFile(path);

    public void DeleteFolder(string path) => _disk.DeleteFolder(path);
}
