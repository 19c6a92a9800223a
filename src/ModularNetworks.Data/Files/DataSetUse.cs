namespace ModularNetworks.Data;

/// <summary>The command that trains on a data set: <c>modnet train KIND --data FOLDER/FILE OPTIONS</c>.</summary>
/// <param name="Kind">The kind of training, as in <c>modnet train --help</c>.</param>
/// <param name="File">The file that is trained on, without a folder; empty for the whole folder.</param>
/// <param name="Options">Further words of the command line.</param>
public sealed record DataSetUse(string Kind, string File = "", params IReadOnlyList<string> Options)
{
    /// <summary>The words of the command line after the tool's name.</summary>
    /// <param name="folder">The folder or archive of the data set.</param>
    public IEnumerable<string> Words(string folder) => ["train", Kind, "--data", File.Length > 0 ? Path.Join(folder, File) : folder, .. Options];
}
