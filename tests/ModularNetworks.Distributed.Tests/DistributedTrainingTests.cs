using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

/// <summary>Trainings of a small network by every method that can share mini-batches.</summary>
public sealed class DistributedTrainingTests
{
    private const int Steps = 12;
    private const int Modules = 5;
    private const int Blocks = 8;

    public static TheoryData<string> Methods => [.. Known.Keys];

    private static Dictionary<string, TrainingMethod> Known => new()
    {
        ["em"] = new EmMethod { Options = new ViterbiEmOptions { MStepsPerEStep = 3, Samples = 4 } },
        ["em, then expected scores, after soft EM"] = new EmMethod
        {
            SoftFirst = new SoftEmOptions { Steps = 3 },
            Expected = new ExpectedScoreOptions(),
            ExpectedAfter = 6,
        },
        ["expected"] = new ExpectedScoreMethod { Options = new ExpectedScoreOptions { Composition = ExpectedComposition.Sampled } },
        ["reinforce"] = new ReinforceMethod { Options = new ReinforceOptions { Samples = 2 } },
        ["reinforce, leave one out"] = new ReinforceMethod { Options = new ReinforceOptions { Samples = 3, ControlVariate = ControlVariate.LeaveOneOut } },
        ["topk"] = new NoisyTopKMethod { Options = new NoisyTopKOptions { MixedModules = 2 } },
        ["fixed"] = new FixedMethod(),
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_number_of_ranks_gives_the_same_bits(string method)
    {
        string alone = Train(method, new SingleRank(), Blocks);
        foreach (int size in (int[])[1, 2, 4, 8])
        {
            string[] states = new string[size];
            ThreadRanks.Run(size, ranks => states[ranks.Rank] = Train(method, ranks, Blocks));
            Assert.All(states, state => Assert.Equal(alone, state));
        }
    }

    [Fact]
    public void The_number_of_blocks_decides_bits() =>
        Assert.NotEqual(Train("em", new SingleRank(), blocks: 8), Train("em", new SingleRank(), blocks: 4));

    [Fact]
    public void Fast_sums_train_alike_on_all_ranks()
    {
        string[] states = new string[3];
        ThreadRanks.Run(3, ranks => states[ranks.Rank] = Train("em", ranks, BatchBlocks.Fast(ranks), batchSize: 48));
        Assert.All(states, state => Assert.Equal(states[0], state));
    }

    [Fact]
    public void Other_ranks_go_on_from_the_state_of_the_first()
    {
        string[] states = new string[2];
        ThreadRanks.Run(2, ranks => states[ranks.Rank] = Train("em", ranks, BatchBlocks.Tree(ranks, Blocks), batchSize: 64, seed: (ulong)ranks.Rank));
        Assert.Equal(states[0], states[1]);
    }

    [Fact]
    public void Mini_batches_that_cannot_be_cut_are_refused() => Assert.Contains(
        "6 datapoints cannot be cut into 8 blocks",
        Assert.Throws<ArgumentException>(() => Train("em", new SingleRank(), BatchBlocks.Tree(new SingleRank(), Blocks), batchSize: 6)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Ranks_that_cannot_share_the_blocks_are_refused() => ThreadRanks.Run(3, ranks => Assert.Contains(
        "3 ranks cannot share 8 blocks", Assert.Throws<ArgumentException>(() => BatchBlocks.Tree(ranks, Blocks)).Message, StringComparison.Ordinal));

    [Fact]
    public void Losses_that_are_no_means_over_datapoints_are_refused()
    {
        Assert.Contains("importanceLoss", Refused(new NoisyTopKMethod { Options = new NoisyTopKOptions { MixedModules = 2, ImportanceLoss = 0.1 } }), StringComparison.Ordinal);
        Assert.Contains("controlVariate=batchMean", Refused(new ReinforceMethod { Options = new ReinforceOptions { ControlVariate = ControlVariate.BatchMean } }), StringComparison.Ordinal);
    }

    private static string Refused(TrainingMethod method)
    {
        using var device = new Device();
        var (_, trainer) = Create(method, device, batchSize: 64, seed: 0);
        return Assert.Throws<ArgumentException>(() => trainer.Share(BatchBlocks.Tree(new SingleRank(), Blocks))).Message;
    }

    private static string Train(string method, ICommunicator ranks, int blocks) => Train(method, ranks, BatchBlocks.Tree(ranks, blocks), batchSize: 60);

    /// <summary>Trains, and returns parameters, reports and compositions as text.</summary>
    private static string Train(string method, ICommunicator ranks, BatchBlocks blocks, int batchSize, ulong seed = 0)
    {
        using var device = new Device();
        var (network, trainer) = Create(Known[method], device, batchSize, seed);
        trainer.Share(blocks);
        TrainingState.CopyFromFirst(ranks, network.Parameters, trainer);
        var reports = new List<string>();
        while (trainer.Steps < Steps)
            reports.Add($"{trainer.Step()} {trainer.LastEStep}");
        var values = network.Parameters.SelectMany(parameter => parameter.Value.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits);
        return $"{string.Join('\n', reports)} {string.Join(' ', values)} {(trainer.Compositions is { } compositions ? Convert.ToHexString(compositions.Bytes) : "")}";
    }

    private static (ModularNetwork<Points> Network, ITrainer Trainer) Create(TrainingMethod method, Device device, int batchSize, ulong seed)
    {
        var key = RandomKey.FromSeed(0);
        var network = new TwoLayers(RandomKey.FromSeed(seed), isMixture: method is NoisyTopKMethod);
        var parts = new TrainingParts<Points>(network, new Wave(), new Adam(network.Parameters, device.Kernels), device.Tape, key.Split("training"))
        {
            BatchSize = batchSize,
        };
        return (network, method.CreateTrainer(parts));
    }

    private sealed record Points(Tensor X, Tensor Y);

    private sealed class TwoLayers : LayeredNetwork<Points>
    {
        private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.1);
        private readonly ModularLayer _hidden;
        private readonly ModularLayer _output;

        public TwoLayers(RandomKey key, bool isMixture)
            : base(key)
        {
            _hidden = Add("hidden", 2, 3, Activation.Relu, isMixture);
            _output = Add("output", 3, 1, Activation.None, isMixture);
        }

        public override Tensor LogLikelihood(ForwardPass pass, Points batch) =>
            _noise.LogLikelihood(pass, _output.Forward(pass, _hidden.Forward(pass, batch.X)), batch.Y);

        private ModularLayer Add(string name, int inputs, int outputs, Activation activation, bool isMixture) => AddModular(
            name,
            (own, key) => new LinearModules(own, Modules, inputs, outputs, activation, key),
            (own, key) => isMixture ? new NoisyGate(own, inputs, Modules) : new LinearController(own, inputs, Modules, picks: 1, key));
    }

    private sealed class Wave : ITrainingSet<Points>
    {
        public int Count => 300;

        public Points Load(ReadOnlySpan<int> datapoints)
        {
            var (x, y) = (new float[2 * datapoints.Length], new float[datapoints.Length]);
            for (int i = 0; i < y.Length; i++)
            {
                (x[2 * i], x[(2 * i) + 1]) = ((datapoints[i] % 20) - 10, (datapoints[i] / 20) - 7);
                y[i] = MathF.Sin(x[2 * i]) * x[(2 * i) + 1];
            }
            return new Points(Tensor.From(new Shape(y.Length, 2), x), Tensor.From(new Shape(y.Length, 1), y));
        }
    }
}
