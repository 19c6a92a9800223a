namespace ModularNetworks.Tests;

/// <summary>Checkpoints and other programs: their parameters can be read, and written, by whoever knows the format.</summary>
public sealed class SafetensorsExchangeTests
{
    private const string File = "step-000000005/parameters.safetensors";

    [Fact]
    public void The_parameters_of_a_checkpoint_open_in_another_reader()
    {
        using var folder = new TemporaryFolder();
        using var run = new ToyRun();
        WriteTo(folder, run);
        foreach (string file in (string[])[File, "step-000000005/optimizer.safetensors"])
            Assert.NotEmpty(PlainSafetensors.Read(System.IO.File.ReadAllBytes(folder[file])));
        var found = PlainSafetensors.Read(System.IO.File.ReadAllBytes(folder[File]));
        Assert.Equal(run.Network.Parameters.Select(parameter => parameter.Name).Order(), found.Keys.Order());
        foreach (var parameter in run.Network.Parameters)
        {
            var shape = parameter.Value.Shape;
            Assert.Equal(Enumerable.Range(0, shape.Rank).Select(axis => shape[axis]), found[parameter.Name].Shape);
            Assert.Equal(parameter.Value.Values.ToArray(), found[parameter.Name].Numbers);
        }
    }

    [Fact]
    public void Parameters_from_another_writer_in_another_order_and_with_metadata_load()
    {
        using var folder = new TemporaryFolder();
        using var run = new ToyRun();
        WriteTo(folder, run);
        var changed = PlainSafetensors.Read(System.IO.File.ReadAllBytes(folder[File])).Reverse()
            .Select(entry => (entry.Key, entry.Value with { Numbers = [.. entry.Value.Numbers.Select(number => number + 0.25f)] })).ToArray();
        System.IO.File.WriteAllBytes(folder[File], PlainSafetensors.Write(changed));
        // It is not the file that the manifest has the checksum of.
        Assert.Throws<CheckpointException>(() => new Checkpoint(folder.Path).ReadParameters(run.Network.Parameters));
        System.IO.File.Delete(folder["step-000000005/manifest.json"]);
        Assert.Equal(5, new Checkpoint(folder.Path).ReadParameters(run.Network.Parameters));
        foreach (var (name, entry) in changed)
            Assert.Equal(entry.Numbers, run.Network.Parameters.Single(parameter => parameter.Name == name).Value.Values.ToArray());
    }

    private static void WriteTo(TemporaryFolder folder, ToyRun run)
    {
        run.Train(5);
        new Checkpoint(folder.Path).Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
    }
}
