using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// For every datapoint the S first compositions of a draw without replacement from p(a|x, φ), grown pick by pick
/// (stochastic beam search: Kool, van Hoof, Welling, 2019).
/// </summary>
/// <remarks>
/// The S largest of log p(a|x) + Gumbel noise are such a draw (Gumbel top-k). The largest perturbed log-probability G
/// below a beginning of a composition has the distribution of that beginning's own, so that the search goes down from
/// the root: given G of a beginning of probability p, one of its continuations, drawn from the categorical distribution,
/// inherits G, and the others are Gumbel variables cut off at G,
/// <code>G_i = log p_i - log(E_i + p_i exp(-G))      E_i exponential, p_i the continuation's probability</code>
/// of which the S largest are kept. Nothing below the others can be among the S largest in the end.
/// </remarks>
/// <param name="layout">How a composition is laid out.</param>
/// <param name="size">S.</param>
internal sealed unsafe class StochasticBeams(CompositionLayout layout, int size)
{
    // Beginnings of each length, [batch, size], the largest G first.
    private readonly Beam[][] _beams = new Beam[layout.Length + 1][];
    private int _batch;
    private int _length;

    /// <summary>The number of beginnings that each datapoint has.</summary>
    public int Width { get; private set; }

    /// <summary>Starts with one empty beginning for each datapoint.</summary>
    public void Begin(int batch)
    {
        if (_batch != batch)
        {
            _batch = batch;
            for (int i = 0; i < _beams.Length; i++)
                _beams[i] = SizedArray.Create<Beam>("Distinct E-step", (long)batch * size);
        }
        _length = 0;
        Width = 1;
        // The largest G of all says nothing about their order: any number will do.
        Array.Clear(_beams[0]);
    }

    /// <summary>Makes the beginnings longer by the K picks of one layer and time step.</summary>
    /// <param name="tape">Lends memory and threads.</param>
    /// <param name="logits"><c>[width * batch, K, modules]</c>: of the controller, after each beginning.</param>
    /// <param name="key">Decides the draw, together with the beginnings' length.</param>
    /// <exception cref="ShapeException">The logits have another shape: the network tells those of other rows.</exception>
    public void Extend(Tape tape, Tensor logits, RandomKey key)
    {
        if (logits.Shape.Rank != 3 || logits.Shape[0] != Width * _batch || logits.Shape[1] > layout.Length - _length)
        {
            throw new ShapeException(
                $"StochasticBeams: the logits have shape {logits.Shape}; [{Width * _batch}, K, modules] is needed, with K at most "
                + $"{layout.Length - _length}. Check what the network's SelectionLogits returns.");
        }
        var (probabilities, logProbabilities) = (tape.Softmax(logits), tape.LogSoftmax(logits));
        for (int k = 0; k < logits.Shape[1]; k++)
        {
            if (tape.Precision == Precision.Single)
                ExtendBy<float>(tape, probabilities, logProbabilities, k, key.Split((ulong)_length));
            else
                ExtendBy<double>(tape, probabilities, logProbabilities, k, key.Split((ulong)_length));
        }
    }

    /// <summary>From which row each beginning came before the last call of <see cref="Extend"/>, <c>[width * batch]</c>.</summary>
    public IndexTensor Parents(Tape tape)
    {
        var parents = tape.RentIndices(new Shape(Width * _batch));
        var rows = parents.Values;
        for (int row = 0; row < rows.Length; row++)
        {
            int n = row % _batch;
            rows[row] = (_beams[_length][(n * size) + (row / _batch)].Ancestor * _batch) + n;
        }
        return parents;
    }

    /// <summary>Every beginning's last picks, <c>[width * batch, K]</c>.</summary>
    public IndexTensor LastPicks(Tape tape, int picks)
    {
        var selection = tape.RentIndices(new Shape(Width * _batch, picks));
        for (int row = 0; row < Width * _batch; row++)
            CopyTo(selection.Values.Slice(row * picks, picks), row, _length - picks);
        return selection;
    }

    /// <summary>Writes the beginnings and zeros after them, <c>[width * batch, picks]</c>.</summary>
    public void CopyTo(Span<int> compositions)
    {
        compositions.Clear();
        for (int row = 0; row < Width * _batch; row++)
            CopyTo(compositions.Slice(row * layout.Length, _length), row, 0);
    }

    /// <summary>Writes a beginning's picks from number <paramref name="first"/> on, going back from the last.</summary>
    private void CopyTo(Span<int> picks, int row, int first)
    {
        int n = row % _batch, b = row / _batch;
        for (int length = _length; length > first; length--)
        {
            ref readonly var beam = ref _beams[length][(n * size) + b];
            picks[length - 1 - first] = beam.Module;
            b = beam.Parent;
        }
    }

    private void ExtendBy<T>(Tape tape, Tensor probabilities, Tensor logProbabilities, int k, RandomKey key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int modules = probabilities.Shape.Last, width = (int)Math.Min(size, (long)Width * modules);
        fixed (T* p = probabilities.As<T>(probabilities.Shape.Count), logP = logProbabilities.As<T>(probabilities.Shape.Count))
        fixed (Beam* from = _beams[_length], to = _beams[_length + 1])
        {
            var sizes = new Sizes(_batch, size, Width, width, probabilities.Shape[1], modules);
            var kernel = new Block<T>(p, logP, from, to, sizes, k, key.Split(0), key.Split(1));
            tape.Kernels.Workers.Run(_batch, kernel);
        }
        GC.KeepAlive(probabilities);
        GC.KeepAlive(logProbabilities);
        Width = width;
        _length++;
    }

    /// <summary>A beginning of a composition.</summary>
    /// <param name="LogProbability">Its log-probability, in nats.</param>
    /// <param name="Perturbed">G, the largest perturbed log-probability of the compositions that begin so.</param>
    /// <param name="Module">Its last pick.</param>
    /// <param name="Parent">The beginning that is shorter by one pick.</param>
    /// <param name="Ancestor">The beginning that is shorter by the picks of the layer and time step.</param>
    private readonly record struct Beam(double LogProbability, double Perturbed, int Module, int Parent, int Ancestor);

    private readonly record struct Sizes(int Batch, int Beams, int Width, int NextWidth, int Picks, int Modules);

    /// <summary>One datapoint's beginnings made longer by pick k.</summary>
    private readonly struct Block<T>(
        T* probabilities, T* logProbabilities, Beam* from, Beam* to, Sizes sizes, int k, RandomKey heirKey, RandomKey otherKey)
        : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            var kept = new Span<Beam>(to + ((long)block * sizes.Beams), sizes.NextWidth);
            int count = 0;
            for (int b = 0; b < sizes.Width; b++)
            {
                // No continuation has a larger G than its beginning, and the next beginnings' are smaller still.
                var beam = from[((long)block * sizes.Beams) + b];
                if (count == kept.Length && !(beam.Perturbed > kept[^1].Perturbed))
                    return;
                Continue(beam, block, b, kept, ref count);
            }
        }

        private void Continue(in Beam beam, int n, int b, Span<Beam> kept, ref int count)
        {
            int ancestor = k == 0 ? b : beam.Ancestor, modules = sizes.Modules;
            long start = (((((long)ancestor * sizes.Batch) + n) * sizes.Picks) + k) * modules;
            var p = new ReadOnlySpan<T>(probabilities + start, modules);
            T total = T.Zero;
            foreach (T probability in p)
                total += probability;
            ulong draw = ((ulong)n * (ulong)sizes.Beams) + (ulong)b;
            int heir = CategoricalDraw.Sample(p, total, heirKey.Uniform(draw));
            double cut = Math.Exp(beam.LogProbability - beam.Perturbed);
            for (int module = 0; module < modules; module++)
            {
                double logProbability = beam.LogProbability + double.CreateTruncating(logProbabilities[start + module]);
                double exponential = otherKey.Exponential((draw * (ulong)modules) + (ulong)module);
                double perturbed = module == heir
                    ? beam.Perturbed
                    : logProbability - Math.Log(exponential + (double.CreateTruncating(p[module]) * cut));
                Keep(new Beam(logProbability, perturbed, module, b, ancestor), kept, ref count);
            }
        }

        /// <summary>Puts a beginning in its place, unless it is smaller than all of a full list.</summary>
        private static void Keep(in Beam beam, Span<Beam> kept, ref int count)
        {
            if (count < kept.Length)
                count++;
            else if (!(beam.Perturbed > kept[^1].Perturbed))
                return;
            int place = count - 1;
            for (; place > 0 && beam.Perturbed > kept[place - 1].Perturbed; place--)
                kept[place] = kept[place - 1];
            kept[place] = beam;
        }
    }
}
