using System.Diagnostics;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>Training steps of the paper's language model 5/1 on random words, with 128 windows for each rank that shares the mini-batch.</summary>
internal sealed class RankWork
{
    /// <summary>The number of windows in a rank's part of a mini-batch.</summary>
    public const int Windows = 128;

    /// <summary>The number of words.</summary>
    public const int Words = 10_000;

    // More E-steps than in a run, so that both are timed in a short time.
    private const int MStepsPerEStep = 5;

    private const int WindowsOfRank = 16 * Windows;

    private readonly ViterbiEm<TextBatch> _trainer;
    private readonly TimedCommunicator _ranks;

    /// <summary>Prepares the training, in the same way on each rank.</summary>
    /// <param name="setup">Makes words and weights, and the kernels of one thread.</param>
    /// <param name="ranks">The ranks that share a mini-batch.</param>
    /// <param name="cut">Cuts it; null for a mini-batch that is run as a whole.</param>
    public RankWork(BenchSetup setup, ICommunicator ranks, Func<ICommunicator, BatchBlocks>? cut)
    {
        _ranks = new TimedCommunicator(ranks);
        var model = new LanguageModel(Sizes, Words, new ModeSelection(), setup.Key.Split("network"));
        var words = setup.RandomIndices(new Shape((WindowsOfRank * ranks.Size * Sizes.Window) + 1), Words, "words");
        _trainer = new ViterbiEm<TextBatch>(
            model,
            new TokenWindows(words.Values.ToArray(), Sizes.Window),
            new Adam(model.Parameters, setup.SingleThreaded),
            new Tape(setup.SingleThreaded),
            setup.Key.Split("training"),
            new ViterbiEmOptions { BatchSize = Windows * ranks.Size, MStepsPerEStep = MStepsPerEStep });
        if (cut is not null)
            _trainer.Share(cut(_ranks));
    }

    /// <summary>The sizes of the model.</summary>
    public static LanguageModelSizes Sizes { get; } = new() { Modules = 5 };

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => _trainer.Optimizer.Parameters;

    /// <summary>Takes steps as a run does: before each one the ranks agree to go on.</summary>
    /// <param name="cycles">How often an E-step is taken, and some M-steps after it.</param>
    public RankTimes Run(int cycles)
    {
        List<double> mSteps = [], eSteps = [], mSending = [], bothSending = [];
        for (int step = 0; step < cycles * MStepsPerEStep; step++)
        {
            bool hasEStep = _trainer.Steps % MStepsPerEStep == 0;
            double searched = SearchedSeconds;
            var sent = _ranks.Elapsed;
            long start = Stopwatch.GetTimestamp();
            _ranks.AllGather([0], new byte[_ranks.Size]);
            _trainer.Step();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            // An M-step after an E-step finds other numbers in the cache; it is not counted.
            (hasEStep ? eSteps : mSteps).Add(hasEStep ? SearchedSeconds - searched : seconds);
            (hasEStep ? bothSending : mSending).Add((_ranks.Elapsed - sent).TotalSeconds);
        }
        double mean = mSending.Average();
        return new RankTimes(new StepTime(mSteps, mean), new StepTime(eSteps, Math.Max(0, bothSending.Average() - mean)));
    }

    private double SearchedSeconds => _trainer.Times.EStepMilliseconds * _trainer.ESteps / 1000;
}
