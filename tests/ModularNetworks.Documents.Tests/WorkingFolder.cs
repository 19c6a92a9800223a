using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]

namespace ModularNetworks.Documents.Tests;

/// <summary>A new working folder, since the code of pages names files without their folders. Tests of this project run one by one for it.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public WorkingFolder() => Directory.SetCurrentDirectory(_folder.Path);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
