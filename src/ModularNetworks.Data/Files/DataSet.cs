namespace ModularNetworks.Data;

/// <summary>What is known about a data set that is not part of the project.</summary>
/// <param name="Name">The name on the command line, such as <c>ptb</c>.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Terms">Who may use it for what, in one line.</param>
/// <param name="Source">The address of the official archive, or of the page that offers it.</param>
/// <param name="Folders">
/// The folders in which the files may lie, relative to the location that the user gives, each empty or ending with a
/// slash.
/// </param>
/// <param name="Downloads">What is downloaded: the official archive, or the files themselves.</param>
/// <param name="Contents">The files it needs, and what is known about them.</param>
public sealed record DataSet(
    string Name,
    string Description,
    string Terms,
    Uri Source,
    IReadOnlyList<string> Folders,
    IReadOnlyList<RemoteFile> Downloads,
    IReadOnlyList<KnownFiles> Contents)
{
    /// <summary>The names of the files it needs, without a folder.</summary>
    public IReadOnlyList<string> Files => [.. Contents.SelectMany(known => known.Names)];
}
