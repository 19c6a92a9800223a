using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The paper's controller: a linear map of the input and a softmax for each of the K choices (section 3). Where inputs show
/// tokens, clusters or tasks, a table of logits for each of these can be added:
/// <code>logits = W x + b + T[g(x)]</code>
/// so that it can follow any assignment of them to modules, which a linear map of short token vectors cannot. The table begins
/// at zero: what training never showed is decided by the linear part.
/// </summary>
public sealed class LinearController : Controller
{
    private readonly Linear _linear;

    /// <summary>Creates the controller with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="families">Which modules the choices begin with; by default all.</param>
    /// <param name="inputKeys">The number of tokens, clusters or tasks that have logits of their own; 0 for no table.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    public LinearController(
        string name, int inputs, int modules, int picks, RandomKey key, ModuleFamilies families = default, int inputKeys = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputKeys);
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        Modules = modules;
        Picks = picks;
        Families = families;
        int choices = Sizes.Product(name, picks, modules);
        _linear = new Linear(name, inputs, choices, key);
        families.Separate(Bias, modules);
        if (inputKeys > 0)
            Table = new Parameter($"{name}.table", new Shape(inputKeys, choices));
        Parameters = Table is null ? _linear.Parameters : [.. _linear.Parameters, Table];
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override int Picks { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families { get; }

    /// <summary>The controller itself.</summary>
    public override LinearController LinearPart => this;

    /// <summary><c>[inputs, K * modules]</c>.</summary>
    public Parameter Weight => _linear.Weight;

    /// <summary><c>[K * modules]</c>.</summary>
    public Parameter Bias => _linear.Bias!;

    /// <summary>T, the logits of each token, cluster or task, <c>[input keys, K * modules]</c>; null if there is no table.</summary>
    public Parameter? Table { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override long MultiplyAdds => Weight.Shape.Count; // A row of the table is looked up and added.

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is a table, and it is not known what the rows show.</exception>
    public override SelectionLogits Logits(Tape tape, ControllerInput input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var logits = Sums(tape, input);
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, Picks, Modules));
    }

    /// <summary>The logits side by side, <c>[rows, K * modules]</c>.</summary>
    internal Tensor Sums(Tape tape, ControllerInput input) => AddTable(tape, _linear.Forward(tape, input.Values), input.InputKeys);

    /// <summary>Makes the table decide as an assignment does, until training changes it.</summary>
    /// <param name="assignment">The modules of each token, cluster or task.</param>
    /// <param name="probability">The probability of each assigned module where the linear part is silent, above 1/M and below 1.</param>
    /// <exception cref="ArgumentException">There is no table, or the assignment has other sizes.</exception>
    public void Follow(ModuleAssignment assignment, double probability)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (Table is null || assignment.InputKeys != Table.Shape[0] || assignment.Picks != Picks || assignment.Modules != Modules)
        {
            throw new ArgumentException(
                $"LinearController {Weight.Name}: an assignment of {assignment.InputKeys} input keys to {assignment.Picks} of "
                + $"{assignment.Modules} modules is given; the table has {Table?.Shape[0] ?? 0} input keys, {Counted.Of(Picks, "pick")} of {Counted.Of(Modules, "module")}.");
        }
        if (!(probability * Modules > 1 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), $"LinearController {Weight.Name}: the probability is {probability}; it must be above 1/{Modules} and below 1.");
        double logit = Math.Log(probability * (Modules - 1) / (1 - probability));
        for (int i = 0; i < Table.Shape.Count; i++)
        {
            (int choice, int module) = Math.DivRem(i, Modules);
            Table.Value[i] = assignment[choice / Picks, choice % Picks] == module ? logit : 0;
        }
    }

    /// <summary>
    /// Makes the linear part choose the module of the nearest cluster, until training changes it: −β |x − c_m|² / 2 is linear in x but for a
    /// term that all modules share.
    /// </summary>
    /// <param name="clusters">As many clusters of inputs as modules.</param>
    /// <param name="sharpness">β, how fast a module becomes less probable with the distance.</param>
    /// <exception cref="ArgumentException">There are several picks, or the clusters are of other sizes.</exception>
    public void Follow(Clusters clusters, double sharpness)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var (inputs, centres) = (Weight.Shape[0], clusters.Centres);
        if (Picks != 1 || centres.Shape != new Shape(Modules, inputs))
        {
            throw new ArgumentException(
                $"LinearController {Weight.Name}: centres of shape {centres.Shape} are given; one pick of {Modules} modules by {Counted.Of(inputs, "input")} "
                + $"can follow [{Modules}, {inputs}]; here are {Counted.Of(Picks, "pick")}.");
        }
        for (int module = 0; module < Modules; module++)
        {
            double square = 0;
            for (int i = 0; i < inputs; i++)
            {
                double centre = centres[(module * inputs) + i];
                Weight.Value[(i * Modules) + module] = sharpness * centre;
                square += centre * centre;
            }
            Bias.Value[module] = -sharpness * square / 2;
        }
    }

    /// <summary>Exchanges the logits of two selections in the row of an input key: the one becomes as probable as the other was.</summary>
    /// <param name="inputKey">The token, cluster or task.</param>
    /// <param name="one">The modules of each choice, <c>[K]</c>.</param>
    /// <param name="other">Other modules of each choice, <c>[K]</c>.</param>
    internal void Exchange(int inputKey, ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        for (int choice = 0; choice < Picks; choice++)
        {
            int row = ((inputKey * Picks) + choice) * Modules;
            (Table!.Value[row + one[choice]], Table.Value[row + other[choice]]) = (Table.Value[row + other[choice]], Table.Value[row + one[choice]]);
        }
    }

    /// <summary>Adds the rows of the table.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="logits">Of the linear part, <c>[rows, K * modules]</c>.</param>
    /// <param name="inputKeys"><c>[rows]</c>.</param>
    internal Tensor AddTable(Tape tape, Tensor logits, IndexTensor? inputKeys)
    {
        if (Table is null)
            return logits;
        return inputKeys is not null ? tape.Add(logits, tape.Gather(Table.Value, inputKeys)) : throw new ArgumentException(
            $"LinearController {Weight.Name}: the table has a row for each of {Table.Shape[0]} input keys, but the network does not tell "
            + "those of its inputs. Give them to the layer's Forward.");
    }
}
