namespace ModularNetworks.Experiments.Tests;

/// <summary>
/// The paper's language model in double precision, word by word as in appendix A, with the controller's most probable
/// modules.
/// </summary>
internal sealed class PlainLanguageModel(LanguageModel model, int modules, int picks, bool isFixed)
{
    private readonly Dictionary<string, float[]> _parameters =
        model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Values.ToArray());

    private readonly int _hidden = model.Unit.Hidden;

    /// <summary>How often each module was picked.</summary>
    public int[] Picked { get; } = new int[modules];

    /// <summary>The sum of log p(word | words before) over a stream that starts from a zero state, in nats.</summary>
    public double LogLikelihood(ReadOnlySpan<int> words, int wordBefore)
    {
        double[] state = new double[_hidden];
        double sum = 0;
        foreach (int word in words)
        {
            state = Next(state, Row("embedding.weight", wordBefore, _parameters["embedding.weight"].Length / Words));
            double[] logits = Linear("output", state, Words, 0);
            double maximum = logits.Max();
            sum += logits[word] - maximum - Math.Log(logits.Sum(logit => Math.Exp(logit - maximum)));
            wordBefore = word;
        }
        return sum;
    }

    private int Words => _parameters["output.bias"].Length;

    private double[] Next(double[] state, double[] input)
    {
        double[] gates = Product(_parameters["gru.gates.weight"], [.. state, .. input], 2 * _hidden, 0);
        double[] reset = [.. state.Select((value, j) => value * Sigmoid(gates[_hidden + j]))];
        double[] candidate = new double[_hidden];
        foreach (int module in Select(state, input))
        {
            double[] output = Linear("gru.modules", [.. reset, .. input], _hidden, module);
            for (int j = 0; j < _hidden; j++)
                candidate[j] += output[j];
        }
        double[] next = new double[_hidden];
        for (int j = 0; j < _hidden; j++)
        {
            double z = Sigmoid(gates[j]);
            next[j] = ((1 - z) * state[j]) + (z * Math.Max(0, candidate[j]));
        }
        return next;
    }

    private int[] Select(double[] state, double[] input)
    {
        if (isFixed)
            return [.. Enumerable.Range(0, picks)];
        double[] logits = Linear("gru.controller", [.. state, .. input], picks * modules, 0);
        int[] selected = new int[picks];
        for (int k = 0; k < picks; k++)
        {
            selected[k] = Enumerable.Range(0, modules).MaxBy(module => logits[(k * modules) + module]);
            Picked[selected[k]]++;
        }
        return selected;
    }

    private double[] Linear(string name, double[] input, int outputs, int module)
    {
        double[] result = Product(_parameters[$"{name}.weight"], input, outputs, module * input.Length * outputs);
        for (int j = 0; j < outputs; j++)
            result[j] += _parameters[$"{name}.bias"][(module * outputs) + j];
        return result;
    }

    private static double[] Product(float[] weight, double[] input, int outputs, int start)
    {
        double[] result = new double[outputs];
        for (int i = 0; i < input.Length; i++)
        {
            for (int j = 0; j < outputs; j++)
                result[j] += input[i] * weight[start + (i * outputs) + j];
        }
        return result;
    }

    private double[] Row(string name, int row, int size) =>
        [.. _parameters[name].AsSpan(row * size, size).ToArray().Select(value => (double)value)];

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
