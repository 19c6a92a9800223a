namespace ModularNetworks.Data;

/// <summary>The description of a data set: its terms, the addresses of its files, and known facts about the files.</summary>
/// <param name="Name">The name on the command line, such as <c>ptb</c>.</param>
/// <param name="Description">The data set, described in one line.</param>
/// <param name="Terms">The terms of use, in one line.</param>
/// <param name="Source">The address of the official archive, or of the page that offers it.</param>
/// <param name="Folders">
/// The folders in which the files may lie, relative to the location that the user gives, each empty or ending with a
/// slash.
/// </param>
/// <param name="Downloads">The files to download: the official archive, or the data files themselves.</param>
/// <param name="Contents">The files of the data set, with the facts that they are checked against.</param>
/// <param name="Use">The command that trains on the data set.</param>
/// <param name="IsUnpacked">Whether a download ends by unpacking the archive, since what reads the files reads no archives.</param>
public sealed record DataSet(
    string Name,
    string Description,
    string Terms,
    Uri Source,
    IReadOnlyList<string> Folders,
    IReadOnlyList<RemoteFile> Downloads,
    IReadOnlyList<KnownFiles> Contents,
    DataSetUse Use,
    bool IsUnpacked = false)
{
    /// <summary>The names of the data set's files, without a folder.</summary>
    public IReadOnlyList<string> Files => [.. Contents.SelectMany(known => known.Names)];
}
