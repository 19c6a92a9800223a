using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

/// <summary>A small regression by a pool alone; each row's modules are given. Each rank has consecutive rows.</summary>
/// <param name="Modules">M.</param>
/// <param name="Rows">The rows of all ranks.</param>
/// <param name="Picks">K.</param>
/// <param name="Inputs">The size of an input.</param>
/// <param name="Outputs">The size of an output.</param>
public sealed record PoolProblem(int Modules, int Rows, int Picks, int Inputs, int Outputs)
{
    private const int Steps = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    /// <summary>Whether another pool than the sharded one is trained: the plain one, on all rows.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Rows pick among so many modules, at even distances.</summary>
    public int Used { get; init; } = Modules;

    /// <summary>Trains on so many ranks that are threads.</summary>
    public Trained Train(int ranks)
    {
        var parts = new Trained[ranks];
        ThreadRanks.Run(ranks, own => parts[own.Rank] = Train(own));
        return Trained.Joined(parts);
    }

    /// <summary>The pool of a rank.</summary>
    public ModulePool Pool(ICommunicator ranks) => IsPlain
        ? new LinearModules("pool", Modules, Inputs, Outputs, Activation.Tanh, Key.Split("pool"))
        : new ShardedModules("pool", ranks, Modules, Inputs, Outputs, Activation.Tanh, Key.Split("pool"));

    /// <summary>A rank's rows as a parameter, so that they have a gradient.</summary>
    public Parameter OwnInputs(ICommunicator ranks)
    {
        int first = First(ranks.Rank, ranks.Size), count = First(ranks.Rank + 1, ranks.Size) - first;
        var inputs = new Parameter("inputs", new Shape(count, Inputs));
        for (int i = 0; i < count * Inputs; i++)
            inputs.Value[i] = Key.Split("inputs").Normal((ulong)((first * Inputs) + i));
        return inputs;
    }

    /// <summary>The loss of a rank's rows: its share of the mean over all.</summary>
    public Tensor Loss(Tape tape, ICommunicator ranks, ModulePool pool, Parameter inputs, out Tensor outputs)
    {
        outputs = tape.SumAxis(pool.Forward(tape, inputs.Value, Selection(ranks)), axis: 1);
        return tape.Scale(tape.Sum(tape.Square(tape.Shift(outputs, -0.5))), 1.0 / Rows);
    }

    private Trained Train(ICommunicator ranks)
    {
        using var device = new Device();
        var (pool, inputs) = (Pool(ranks), OwnInputs(ranks));
        Parameter[] all = [.. pool.Parameters, inputs];
        var optimizer = new Adam(all, device.Kernels, learningRate: 0.01);
        var trained = new Trained([], [], []);
        for (int step = 0; step < Steps; step++)
        {
            device.Tape.Reset(recording: true);
            var loss = Loss(device.Tape, ranks, pool, inputs, out var outputs);
            device.Tape.Backward(loss);
            trained = new Trained(outputs.Values.ToArray(), inputs.Gradient.Values.ToArray(), []);
            optimizer.Step();
        }
        return trained with { Parameters = [.. pool.Parameters.Select(parameter => parameter.Value.Values.ToArray())] };
    }

    private int First(int rank, int ranks) => (int)((long)Rows * rank / ranks);

    private IndexTensor Selection(ICommunicator ranks)
    {
        int first = First(ranks.Rank, ranks.Size), count = First(ranks.Rank + 1, ranks.Size) - first;
        var selection = IndexTensor.Allocate(new Shape(count, Picks));
        for (int pick = 0; pick < count * Picks; pick++)
            selection.Values[pick] = Key.Split("picks").Below((ulong)((first * Picks) + pick), Used) * (Modules / Used);
        return selection;
    }
}

/// <summary>What a training leaves.</summary>
/// <param name="Outputs">Of all rows in the last step.</param>
/// <param name="InputGradient">Of all rows in the last step.</param>
/// <param name="Parameters">Each parameter's numbers.</param>
public sealed record Trained(float[] Outputs, float[] InputGradient, float[][] Parameters)
{
    /// <summary>That of all ranks, one after the other.</summary>
    public static Trained Joined(IReadOnlyList<Trained> parts) => new(
        [.. parts.SelectMany(part => part.Outputs)],
        [.. parts.SelectMany(part => part.InputGradient)],
        [.. Enumerable.Range(0, parts[0].Parameters.Length).Select(i => parts.SelectMany(part => part.Parameters[i]).ToArray())]);

    /// <summary>Requires that each bit is the same.</summary>
    public void IsSameAs(Trained other)
    {
        Assert.Contains(Outputs, output => output != 0);
        Assert.Equal(Bits(Outputs), Bits(other.Outputs));
        Assert.Equal(Bits(InputGradient), Bits(other.InputGradient));
        Assert.Equal(Parameters.Select(Bits), other.Parameters.Select(Bits));
    }

    private static string Bits(float[] numbers) => Convert.ToHexString(MemoryMarshal.AsBytes<float>(numbers));
}
