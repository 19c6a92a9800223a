using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

/// <summary>A controller and a dense layer that all ranks have, beside modules that are shared out.</summary>
public sealed class SharedGradientsTests
{
    private const int Blocks = 4;
    private const int BlockRows = 11;
    private const int Inputs = 3;
    private const int Modules = 8;
    private const int Steps = 4;

    [Fact]
    public void A_network_has_the_same_bits_on_any_number_of_ranks()
    {
        string alone = "";
        ThreadRanks.Run(1, ranks => alone = Train(ranks));
        foreach (int size in (int[])[2, 4])
        {
            string[] trained = new string[size];
            ThreadRanks.Run(size, ranks => trained[ranks.Rank] = Train(ranks));
            Assert.All(trained, own => Assert.Equal(alone, own));
        }
    }

    [Fact]
    public void The_sum_is_that_over_all_blocks() => ThreadRanks.Run(2, ranks =>
    {
        var parameter = new Parameter("p", new Shape(3));
        var shared = new SharedGradients(ranks, [parameter]);
        for (int round = 0; round < 2; round++)
        {
            parameter.Gradient.Values.Fill(1 + (10 * round) + (100 * ranks.Rank));
            shared.Add();
        }
        shared.Sum();
        Assert.Equal([224f, 224f, 224f], parameter.Gradient.Values.ToArray());
    });

    [Fact]
    public void Blocks_that_make_no_whole_tree_are_refused()
    {
        ThreadRanks.Run(3, ranks => Assert.Contains("3 ranks", Assert.Throws<ArgumentException>(() => new SharedGradients(ranks, [])).Message));
        var shared = new SharedGradients(new SingleRank(), [new Parameter("p", new Shape(3))]);
        Assert.Contains("0 rounds", Assert.Throws<InvalidOperationException>(shared.Sum).Message);
        for (int round = 0; round < 3; round++)
            shared.Add();
        Assert.Contains("3 rounds", Assert.Throws<InvalidOperationException>(shared.Sum).Message);
    }

    /// <summary>Trains, and returns the shared parameters and all modules as text.</summary>
    private static string Train(ICommunicator ranks)
    {
        using var device = new Device();
        var key = RandomKey.FromSeed(3);
        var pool = new ShardedModules("pool", ranks, Modules, Inputs, outputs: 4, Activation.Relu, key.Split("pool"));
        var layer = new ModularLayer("layer", pool, new LinearController("controller", Inputs, Modules, picks: 2, key.Split("controller")));
        var output = new Linear("output", 4, 1, key.Split("output"));
        Parameter[] shared = [.. layer.Chooser.Parameters, .. output.Parameters];
        var gradients = new SharedGradients(ranks, shared);
        var optimizer = new Adam([.. pool.Parameters, .. shared], device.Kernels, learningRate: 0.02);
        var pass = new ForwardPass(device.Tape);
        for (int step = 0; step < Steps; step++)
        {
            for (int block = ranks.Rank; block < Blocks; block += ranks.Size)
            {
                device.Tape.Reset(recording: true);
                device.Tape.Backward(Loss(pass, layer, output, key.Split((ulong)((step * Blocks) + block))));
                gradients.Add();
            }
            gradients.Sum();
            optimizer.Step();
        }
        return Text(shared.Select(parameter => parameter.Value.Values.ToArray())) + Text(pool.Parameters.Select(parameter => Whole(ranks, parameter)));
    }

    private static Tensor Loss(ForwardPass pass, ModularLayer layer, Linear output, RandomKey key)
    {
        var (tape, x) = (pass.Tape, Tensor.Allocate(new Shape(BlockRows, Inputs)));
        for (int i = 0; i < x.Shape.Count; i++)
            x.Values[i] = (float)key.Split("x").Normal((ulong)i);
        pass.Begin(new SampledSelection(key.Split("selection")), BlockRows);
        var error = tape.Square(tape.Shift(output.Forward(tape, layer.Forward(pass, x)), -1));
        var loss = tape.Subtract(tape.Reshape(error, new Shape(BlockRows)), pass.Trace.RequireLogProbability());
        return tape.Scale(tape.Sum(loss), 1.0 / (Blocks * BlockRows));
    }

    /// <summary>A parameter's numbers on all ranks, which have equally many.</summary>
    private static float[] Whole(ICommunicator ranks, Parameter parameter)
    {
        var all = new float[parameter.Shape.Count * ranks.Size];
        ranks.AllGather(MemoryMarshal.AsBytes(parameter.Value.Values), MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }

    private static string Text(IEnumerable<float[]> numbers) => string.Join('\n', numbers.Select(part => Convert.ToHexString(MemoryMarshal.AsBytes<float>(part))));
}
