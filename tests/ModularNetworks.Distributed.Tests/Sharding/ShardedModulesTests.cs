using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

public sealed class ShardedModulesTests
{
    [Theory]
    [InlineData(7, 13, 2, 5, 3, 7)]
    [InlineData(8, 3, 1, 5, 1, 8)] // a rank without rows
    [InlineData(8, 20, 3, 6, 4, 2)] // modules without rows, ranks without picks
    [InlineData(5, 61, 2, 64, 70, 5)] // matrices that are large for a few rows
    [InlineData(4, 900, 2, 8, 6, 4)] // more picks of a module than in a block of the kernels
    [InlineData(40, 700, 1, 64, 70, 40)]
    public void Any_number_of_ranks_gives_the_same_bits(int modules, int rows, int picks, int inputs, int outputs, int used)
    {
        var problem = new PoolProblem(modules, rows, picks, inputs, outputs) { Used = used };
        var alone = problem.Train(ranks: 1);
        foreach (int ranks in (int[])[2, 3, 4])
            problem.Train(ranks).IsSameAs(alone);
    }

    [Fact]
    public void Very_many_modules_over_two_ranks_are_those_of_one()
    {
        var problem = new PoolProblem(Modules: 65_536, Rows: 600, Picks: 2, Inputs: 4, Outputs: 4);
        problem.Train(ranks: 2).IsSameAs(problem.Train(ranks: 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Up_to_sixty_four_picks_have_the_bits_of_the_plain_pool(int picks)
    {
        var problem = new PoolProblem(Modules: 9, Rows: 64 / picks, picks, Inputs: 5, Outputs: 3);
        problem.Train(ranks: 3).IsSameAs((problem with { IsPlain = true }).Train(ranks: 1));
    }

    [Fact]
    public void More_picks_differ_from_the_plain_pool_by_rounding()
    {
        var problem = new PoolProblem(Modules: 4, Rows: 900, Picks: 2, Inputs: 8, Outputs: 6);
        var (sharded, plain) = (problem.Train(ranks: 2), (problem with { IsPlain = true }).Train(ranks: 1));
        foreach (var (own, other) in sharded.Parameters.SelectMany(x => x).Zip(plain.Parameters.SelectMany(x => x)))
            Assert.Equal(other, own, tolerance: 1e-5f);
    }

    [Fact]
    public void Gradients_are_finite_differences() => ThreadRanks.Run(2, ranks =>
    {
        var problem = new PoolProblem(Modules: 5, Rows: 7, Picks: 2, Inputs: 3, Outputs: 2);
        var (pool, inputs) = (problem.Pool(ranks), problem.OwnInputs(ranks));
        Parameter[] parameters = [.. pool.Parameters, inputs];
        foreach (var parameter in parameters)
            parameter.ConvertTo(Precision.Double);
        using var workers = new WorkerPool(1);
        var tape = new Tape(new PlainKernels<double>(workers));
        tape.Reset(recording: true);
        tape.Backward(problem.Loss(tape, ranks, pool, inputs, out _));
        for (int rank = 0; rank < ranks.Size; rank++)
        {
            foreach (var parameter in parameters)
                Check(parameter, isMine: rank == ranks.Rank);
        }

        // All ranks take part in each loss; only one changes its parameter.
        void Check(Parameter parameter, bool isMine)
        {
            const double Step = 1e-6;
            for (int element = 0; element < Most(ranks, isMine ? parameter.Shape.Count : 0); element++)
            {
                double difference = LossAt(element, Step) - LossAt(element, -Step);
                if (isMine)
                    Assert.Equal(difference / (2 * Step), parameter.Gradient.As<double>()[element], tolerance: 1e-7);
            }

            double LossAt(int element, double change)
            {
                double value = isMine ? parameter.Value.As<double>()[element] : 0;
                if (isMine)
                    parameter.Value.As<double>()[element] = value + change;
                tape.Reset(recording: false);
                double loss = Gather(ranks, problem.Loss(tape, ranks, pool, inputs, out _).ToScalar()).Sum();
                if (isMine)
                    parameter.Value.As<double>()[element] = value;
                return loss;
            }
        }
    });

    [Fact]
    public void A_rank_has_its_part_of_the_modules() => ThreadRanks.Run(3, ranks =>
    {
        var pool = new ShardedModules("pool", ranks, modules: 8, inputs: 2, outputs: 3, Activation.None, RandomKey.FromSeed(1));
        var whole = new LinearModules("pool", 8, 2, 3, Activation.None, RandomKey.FromSeed(1));
        int count = pool.Weight.Shape[0];
        Assert.Equal([0, 2, 5], Gather(ranks, pool.FirstModule));
        Assert.Equal([2, 3, 3], Gather(ranks, count));
        Assert.Equal(whole.Weight.Value.Values.Slice(pool.FirstModule * 6, count * 6), pool.Weight.Value.Values);
        Assert.Equal(whole.MultiplyAdds, pool.MultiplyAdds);
    });

    [Fact]
    public void A_modular_layer_takes_the_pool() => ThreadRanks.Run(2, ranks =>
    {
        var key = RandomKey.FromSeed(1);
        var problem = new PoolProblem(Modules: 6, Rows: 10, Picks: 2, Inputs: 3, Outputs: 4);
        var inputs = problem.OwnInputs(ranks);
        using var device = new Device();
        Assert.Equal(Run(problem with { IsPlain = true }), Run(problem));

        float[] Run(PoolProblem problem)
        {
            var layer = new ModularLayer("layer", problem.Pool(ranks), new LinearController("controller", 3, 6, picks: 2, key));
            var pass = new ForwardPass(device.Tape);
            device.Tape.Reset(recording: false);
            pass.Begin(new ModeSelection(), inputs.Shape[0]);
            return layer.Forward(pass, inputs.Value).Values.ToArray();
        }
    });

    [Fact]
    public void What_does_not_fit_is_refused() => ThreadRanks.Run(2, ranks =>
    {
        Assert.Contains("1 module cannot be shared out among 2 ranks", Assert.Throws<ArgumentException>(() => Pool(1)).Message);
        using var device = new Device();
        device.Tape.Reset(recording: false);
        Assert.Contains("[4, 2], the selection [3, 1]; [rows, 2] and [rows, K] are needed", Refused(rows: 4, width: 2, picked: 3, module: 0));
        Assert.Contains("[3, 5], the selection [3, 1]", Refused(rows: 3, width: 5, picked: 3, module: 0));
        Assert.Contains("module 9", Refused(rows: 1, width: 2, picked: 1, module: 9));

        ShardedModules Pool(int modules) => new("pool", ranks, modules, inputs: 2, outputs: 3, Activation.None, RandomKey.FromSeed(1));

        string Refused(int rows, int width, int picked, int module)
        {
            var selection = IndexTensor.Allocate(new Shape(picked, 1));
            selection.Values.Fill(module);
            return Assert.Throws<ShapeException>(() => Pool(9).Forward(device.Tape, Tensor.Allocate(new Shape(rows, width)), selection)).Message;
        }
    });

    [Fact]
    public void Who_takes_a_part_for_the_whole_is_refused() => ThreadRanks.Run(2, ranks =>
    {
        var pool = new ShardedModules("pool", ranks, 4, inputs: 2, outputs: 3, Activation.None, RandomKey.FromSeed(1));
        using var device = new Device();
        var optimizer = new Adam(pool.Parameters, device.Kernels);
        Action[] uses =
        [
            () => GradientClipping.ByNorm(pool.Parameters, 1),
            () => _ = new SharedGradients(ranks, pool.Parameters),
            () => optimizer.RequireAll(pool.Parameters), // as trainers do
        ];
        foreach (var use in uses)
            Assert.Contains("of parameter pool.weight each rank has a part only", Assert.Throws<ArgumentException>(use).Message);
    });

    private static int Most(ICommunicator ranks, int count) => Gather(ranks, count).Max();

    private static T[] Gather<T>(ICommunicator ranks, T own)
        where T : unmanaged
    {
        var all = new T[ranks.Size];
        ranks.AllGather(MemoryMarshal.AsBytes<T>(new[] { own }), MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }
}
