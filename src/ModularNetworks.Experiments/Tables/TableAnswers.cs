using ModularNetworks.Data;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Experiments;

/// <summary>Predictions for rows of a table, with the modules that decided.</summary>
public sealed class TableAnswers
{
    private readonly AnswerForm _form;
    private float[] _values = [];

    internal TableAnswers(AnswerForm form) => _form = form;

    /// <summary>The number of rows.</summary>
    public int Rows => Outputs.Rows;

    /// <summary>The probabilities of the classes, <c>[rows, classes]</c>, or the numbers in the target's own units, <c>[rows, 1]</c>.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Outputs.Output.Length);

    /// <summary>What the network computed.</summary>
    internal ModelAnswer Outputs { get; } = new();

    /// <summary>The probabilities of a row's classes, <c>[classes]</c>, or its number, <c>[1]</c>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(row * Outputs.OutputOf(row).Length, Outputs.OutputOf(row).Length);

    /// <summary>The modules that a row was predicted by, layer by layer, <c>[picks]</c>; empty if nothing selects.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<int> ModulesOf(int row) => Outputs.CompositionOf(row).Picks[.._form.Picks];

    /// <summary>The prediction for a row, in words.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public TablePrediction PredictionOf(int row)
    {
        float[] values = ValuesOf(row).ToArray();
        var modules = ModulesOf(row);
        var layers = new List<LayerModules>();
        foreach (var layer in _form.Layers)
        {
            layers.Add(new LayerModules(layer.Name, modules[..layer.Picks].ToArray()));
            modules = modules[layer.Picks..];
        }
        return _form.Target.Classes is { } names
            ? new TablePrediction(null, null, [.. names.Zip(values, (name, probability) => new ClassProbability(name, probability)).OrderByDescending(found => found.Probability)], layers)
            : new TablePrediction(values[0], (float?)_form.Deviation, [], layers);
    }

    /// <summary>Makes answers of the outputs, of each row by itself: it does not depend on the rows that are predicted with it.</summary>
    internal void Finish()
    {
        if (_values.Length < Outputs.Output.Length)
            _values = new float[Outputs.Output.Length];
        for (int row = 0; row < Rows; row++)
        {
            var output = Outputs.OutputOf(row);
            var values = _values.AsSpan(row * output.Length, output.Length);
            if (_form.Target.Classes is null)
            {
                values[0] = (float)(_form.Target.Mean + (_form.Target.Deviation * output[0]));
                continue;
            }
            TensorPrimitives.Subtract(output, TensorPrimitives.Max(output), values);
            TensorPrimitives.SoftMax(values, values);
        }
    }
}
