using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Kernels and a tape: the plain ones in double precision, the vector ones in single precision.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly WorkerPool _workers;

    public Workbench(Precision precision, int threads = 1)
    {
        _workers = new WorkerPool(threads);
        Kernels = precision == Precision.Double ? new PlainKernels<double>(_workers) : SimdKernels.Create(_workers);
        Tape = new Tape(Kernels);
        Pass = new ForwardPass(Tape);
    }

    public Kernels Kernels { get; }

    public Tape Tape { get; }

    public ForwardPass Pass { get; }

    /// <summary>The loss of the M-step for what was run, <c>-mean(log p(y|x, a) + log p(a|x))</c>.</summary>
    public Tensor Loss(Tensor logLikelihood)
    {
        var joint = Pass.Trace.LogProbability is null ? logLikelihood : Tape.Add(logLikelihood, Pass.Trace.LogProbability);
        return Tape.Scale(Tape.Mean(joint), -1);
    }

    /// <summary>log p(y|x, a) + log p(a|x), <c>[rows]</c>.</summary>
    public double[] Joint(Tensor logLikelihood) => Tape.Add(logLikelihood, Pass.Trace.LogProbability!).ToDoubles();

    /// <summary>Mixes modules by the mixture that has begun.</summary>
    public (IndexTensor Selection, Tensor Shares) Mix(NoisyGate gate, Tensor input) =>
        ((MixtureSelection)Pass.Rule).Mix(Pass, gate, input);

    public void Dispose() => _workers.Dispose();
}
