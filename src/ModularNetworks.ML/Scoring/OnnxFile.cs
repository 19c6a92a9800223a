namespace ModularNetworks.ML;

/// <summary>
/// An ONNX file that is on the disk only while it is needed. ML.NET takes ONNX models from files, when it makes a transformer and again when it saves it.
/// </summary>
/// <param name="content">The file's bytes.</param>
internal sealed class OnnxFile(byte[] content)
{
    private readonly Lock _gate = new();

    /// <summary>Where the file is while it is there.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"ModularNetworks-{Guid.NewGuid():N}.onnx");

    /// <summary>Does something while the file is there.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void During(Action work)
    {
        lock (_gate)
        {
            try
            {
                File.WriteAllBytes(Path, content);
                work();
            }
            finally
            {
                File.Delete(Path);
            }
        }
    }
}
