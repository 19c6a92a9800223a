namespace ModularNetworks.Tests;

/// <summary>A training that is stopped, and goes on from a checkpoint with a trainer of its own.</summary>
internal static class Interruption
{
    /// <summary>Fails unless the trainers take the same steps from there on, and end with the same parameters, state and compositions.</summary>
    /// <param name="create">Makes a trainer, with a network of its own.</param>
    /// <param name="after">The number of steps before the interruption.</param>
    /// <param name="steps">The number of all steps.</param>
    /// <returns>The trainer that was not interrupted, and the other one.</returns>
    public static (TTrainer Whole, TTrainer Resumed) AssertChangesNothing<TTrainer>(Func<TTrainer> create, int after, int steps)
        where TTrainer : ITrainer
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path);
        TTrainer whole = create(), resumed = create();
        for (int i = 0; i < after; i++)
            whole.Step();
        checkpoint.Write(new Disk(), whole.Optimizer.Parameters, whole, "{}");
        checkpoint.Read(resumed.Optimizer.Parameters, resumed);
        Assert.Equal(after, resumed.Steps);
        for (int i = after; i < steps; i++)
            Assert.Equal(whole.Step(), resumed.Step());
        foreach (var (expected, actual) in whole.Optimizer.Parameters.Zip(resumed.Optimizer.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        foreach (var (expected, actual) in whole.State.Zip(resumed.State))
            Assert.Equal(expected.Tensor.Values.ToArray(), actual.Tensor.Values.ToArray());
        Assert.Equal(whole.Compositions?.Bytes.ToArray(), resumed.Compositions?.Bytes.ToArray());
        Assert.Equal((steps, whole.LastEStep), (resumed.Steps, resumed.LastEStep));
        return (whole, resumed);
    }
}
