using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks;

/// <summary>A fitted perceptron, with the way from a row to its input and from its output to an answer. Does not change any more.</summary>
public sealed class PerceptronModel
{
    private const int RowsAtOnce = 1000;
    private const int LongestOnStack = 256;

    private readonly string _owner;
    private readonly Standardisation _inputs;
    private readonly Standardisation? _target;
    private readonly ModularModel _model;
    private readonly ReaderPool<ModelAnswer> _answers = new(() => new ModelAnswer());

    /// <summary>Keeps what was fitted.</summary>
    /// <param name="owner">The name of the estimator's type, for messages.</param>
    /// <param name="network">The network.</param>
    /// <param name="rule">How it selects its modules.</param>
    /// <param name="inputs">Standardises rows.</param>
    /// <param name="target">Standardises targets; null if they are classes.</param>
    internal PerceptronModel(string owner, ModularMlp network, SelectionRule rule, Standardisation inputs, Standardisation? target)
    {
        (_owner, Network, Rule, _inputs, _target) = (owner, network, rule, inputs, target);
        _model = new ModularModel(network.Layout, Inputs, Predict, rule);
    }

    /// <summary>The network. Its inputs are standardised, and so is its output if it is a number.</summary>
    public ModularMlp Network { get; }

    /// <summary>How the network selects its modules.</summary>
    public SelectionRule Rule { get; }

    /// <summary>The number that is taken off each number of a row, <c>[inputs]</c>.</summary>
    public ReadOnlySpan<float> InputMeans => _inputs.Means;

    /// <summary>The number that each number of a row is divided by after that, <c>[inputs]</c>; 0 where the input is always 0.</summary>
    public ReadOnlySpan<float> InputDeviations => _inputs.Deviations;

    /// <summary>The number that is added to the output of a regressor, after <see cref="TargetDeviation"/>; 0 for classes.</summary>
    public float TargetMean => _target?.Means[0] ?? 0;

    /// <summary>The number that the output of a regressor is multiplied with; 1 for classes.</summary>
    public float TargetDeviation => _target?.Deviations[0] ?? 1;

    /// <summary>Whether answers are numbers, not classes.</summary>
    internal bool PredictsNumbers => _target is not null;

    private int Inputs => _inputs.Means.Length;

    /// <summary>A number in the target's own units.</summary>
    /// <exception cref="ArgumentException">It is too large.</exception>
    internal float ToNumber(float output)
    {
        float number = TargetMean + (TargetDeviation * output);
        return float.IsFinite(number) ? number : throw TooFar("a row");
    }

    /// <summary>Predicts for a row. Any number of threads may call at once, each with an answer of its own.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <param name="answer">
    /// Receives the network's output, <c>[outputs]</c>: the logits of classes, or a number that is standardised yet; and the modules that computed it.
    /// </param>
    /// <exception cref="ArgumentException">The row has another size, or a number that is not finite.</exception>
    /// <exception cref="InvalidOperationException">Another thread predicts into the same answer.</exception>
    public void Predict(ReadOnlySpan<float> row, ModelAnswer answer)
    {
        Span<float> input = Inputs <= LongestOnStack ? stackalloc float[Inputs] : new float[Inputs];
        Standardise(row, input);
        _model.Predict(input, answer);
        if (!TensorPrimitives.IsFiniteAll(answer.Output))
            throw TooFar("a row");
    }

    /// <summary>Takes what is wanted of the network's output for a row; nothing is allocated beside.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <param name="take">Takes it from the output, <c>[outputs]</c>.</param>
    internal T Output<T>(ReadOnlySpan<float> row, Func<ReadOnlySpan<float>, T> take)
    {
        var answer = _answers.Rent();
        try
        {
            Predict(row, answer);
            return take(answer.Output);
        }
        finally
        {
            _answers.Return(answer);
        }
    }

    /// <summary>Computes the network's outputs for rows, many at once. A row's does not depend on the other rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="take">Takes the output of each row, <c>[outputs]</c>, one after the other.</param>
    internal void Run(VectorRows rows, Action<ReadOnlySpan<float>> take)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TargetRows.RequireSize(_owner, rows, Inputs);
        var answer = _answers.Rent();
        float[] values = new float[Inputs];
        foreach (int[] chosen in Enumerable.Range(0, rows.Count).Chunk(RowsAtOnce))
        {
            var inputs = Tensor.Allocate(new Shape(chosen.Length, Inputs));
            for (int row = 0; row < chosen.Length; row++)
            {
                rows.CopyTo(chosen[row], values);
                Standardise(values, inputs.Values.Slice(row * Inputs, Inputs));
            }
            _model.Predict(inputs, answer);
            for (int row = 0; row < chosen.Length; row++)
            {
                if (!TensorPrimitives.IsFiniteAll(answer.OutputOf(row)))
                    throw TooFar($"row {chosen[row]} (from 0)");
                take(answer.OutputOf(row));
            }
        }
        _answers.Return(answer);
    }

    /// <summary>The modules that decide about a row.</summary>
    internal Explanation Explain(ReadOnlySpan<float> row)
    {
        float[] input = new float[Inputs];
        Standardise(row, input);
        var observer = new RecordedSelections();
        var pass = new ForwardPass(OwnTape()) { Observer = observer };
        pass.Tape.Reset(recording: false);
        pass.Begin(Rule, batchSize: 1);
        var output = Predict(pass, pass.Tape.Constant(new Shape(1, Inputs), input));
        int[] picks = new int[pass.Trace.PickCount];
        pass.Trace.CopyComposition(row: 0, picks);
        double[] probabilities = Probabilities(observer, picks);
        return TensorPrimitives.IsFiniteAll(output.Values) && Array.TrueForAll(probabilities, double.IsFinite)
            ? new Explanation(picks, probabilities)
            : throw TooFar("a row");
    }

    /// <summary>Measures the network.</summary>
    /// <exception cref="ArgumentException">The loss is no finite number.</exception>
    internal Evaluation Evaluate(TargetRows rows)
    {
        var measured = Evaluate(rows, OwnTape());
        return double.IsFinite(measured.Loss) ? measured : throw TooFar("a row or its target");
    }

    /// <summary>Measures the network with the memory of a tape.</summary>
    internal Evaluation Evaluate(TargetRows rows, Tape tape)
    {
        var points = PointsOf(rows, inputKeys: null);
        var (score, logLikelihood) = new PerceptronEvaluation(Network, tape).Measure(points, [.. Enumerable.Range(0, points.Count)], _ => Rule);
        if (rows.Numbers is null)
            return new ClassifierEvaluation(-logLikelihood, score);
        double variance = (double)TargetDeviation * TargetDeviation;
        double mean = rows.Numbers.Average(number => (double)number);
        double spread = rows.Numbers.Average(number => (number - mean) * (number - mean));
        return new RegressorEvaluation(Math.Log(TargetDeviation) - logLikelihood, variance * score, 1 - (variance * score / spread));
    }

    /// <summary>Standardised rows with standardised targets, as the network is given them.</summary>
    internal VectorSet PointsOf(TargetRows rows, int[]? inputKeys) => Points(rows, _inputs, _target, inputKeys);

    /// <summary>Standardised rows with standardised targets.</summary>
    internal static VectorSet Points(TargetRows rows, Standardisation inputs, Standardisation? target, int[]? inputKeys)
    {
        var standardised = new StandardisedRows(rows.Inputs, inputs);
        if (rows.Numbers is null)
            return VectorSet.OfClasses(standardised, rows.Classes, inputKeys);
        float[] numbers = [.. rows.Numbers];
        for (int row = 0; row < numbers.Length; row++)
            target!.Apply(numbers.AsSpan(row, 1), numbers.AsSpan(row, 1));
        return VectorSet.OfNumbers(standardised, numbers, inputKeys);
    }

    // A tape of its own for each call, so that any number of threads may call at once; a single thread works on each.
    private static Tape OwnTape() => Tape.OfOwner(SimdKernels.Create(new WorkerPool(threadCount: 1)));

    private static double[] Probabilities(RecordedSelections recorded, int[] picks) => [.. picks.Select((module, pick) =>
        // A mixture is one choice among all modules; fixed modules are no choice.
        recorded.Layers == 0 ? 1 : recorded.Probabilities(layer: 0, step: 0, row: 0, recorded.Picks(0) == 1 ? 0 : pick)[module])];

    private Tensor Predict(ForwardPass pass, Tensor inputs) => Network.Predict(pass, new VectorBatch(inputs, Classes: null, Targets: null));

    private void Standardise(ReadOnlySpan<float> row, Span<float> input)
    {
        if (row.Length != Inputs)
            throw new ArgumentException($"{_owner}: a row of {row.Length} numbers is given; a row has {Inputs}.");
        if (!TensorPrimitives.IsFiniteAll(row))
            throw new ArgumentException($"{_owner}: a row has a number that is not finite. Fill in what is missing as it was filled in for the training.");
        _inputs.Apply(row, input);
    }

    private ArgumentException TooFar(string what) => new(
        $"{_owner}: the answer is no finite number: the numbers of {what} are too far from those of the training. Check their units, or leave the row out.");
}
