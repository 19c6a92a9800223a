namespace ModularNetworks;

/// <summary>
/// Everything that changes checkpoints and run folders, in a few operations: whoever writes is given a disk, and tests give
/// one that fails. Reading needs none.
/// </summary>
/// <remarks>All throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where it cannot be done.</remarks>
public interface IDisk
{
    /// <summary>Makes a folder, and those above it, unless they are there.</summary>
    void CreateFolder(string path);

    /// <summary>Writes a file, or overwrites it, and waits until it is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    void Write(string path, Action<Stream> write);

    /// <summary>Writes to the end of a file, which is made unless it is there. What is written may wait to reach the disk.</summary>
    void Append(string path, byte[] bytes);

    /// <summary>Waits until all of a file is on the disk.</summary>
    void Flush(string path);

    /// <summary>Gives a file or a folder another name, at once: no moment has half of it. A file of that name is replaced.</summary>
    void Move(string source, string target);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a folder and all that is in it, one after the other.</summary>
    void DeleteFolder(string path);
}
