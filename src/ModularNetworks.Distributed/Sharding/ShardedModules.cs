using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>
/// Modules that are linear maps with a bias, followed by an activation, as <see cref="LinearModules"/>, shared out among ranks: for pools that
/// do not fit into the memory of one. Each rank has some of the modules, and so that part of their gradients and of the optimiser's
/// state. A row is sent to the ranks that have its modules, and the outputs come back.
/// </summary>
/// <remarks>
/// <para>
/// All ranks run the same layers in the same order, forward and backward, each on its own rows; a rank may have none. No bit depends on the number of ranks: of
/// the outputs, of the gradients, of the weights after a step. For that, a module adds up its gradient row by row, in the order of
/// the ranks and of the rows of each; so the rows of rank 0 come before those of rank 1.
/// </para>
/// <para>
/// A module's gradient is the sum over the rows of all ranks. If a loss is a mean, each rank divides by the number of all rows. Gradients of
/// parameters that all ranks have, such as a controller's, are those of a rank's own rows; <see cref="SharedGradients"/> adds them up. What
/// would take a part for the whole is refused on several ranks: trainers, and <see cref="Optimizer.MaxGradientNorm"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var pool = new ShardedModules("experts", ranks, modules: 65_536, inputs: 64, outputs: 64, Activation.Relu, key);
/// var optimizer = new Adam(pool.Parameters, device.Kernels);
/// device.Tape.Reset(recording: true);
/// var outputs = device.Tape.SumAxis(pool.Forward(device.Tape, ownRows, ownSelection), axis: 1);
/// </code>
/// </example>
public sealed class ShardedModules : ModulePool
{
    private readonly ICommunicator _ranks;
    private readonly Shards _shards;

    /// <summary>Creates this rank's part of the modules. They begin as those of <see cref="LinearModules"/> with the same key.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="ranks">The ranks, which all create the pool.</param>
    /// <param name="modules">M, at least the number of ranks; rank r of R has those from r M / R on.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="outputs">The size of a module's output.</param>
    /// <param name="activation">Applied to every module's output.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">There are fewer modules than ranks.</exception>
    public ShardedModules(string name, ICommunicator ranks, int modules, int inputs, int outputs, Activation activation, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(activation);
        if (modules < ranks.Size)
        {
            throw new ArgumentException(
                $"ShardedModules {name}: {Counted.Of(modules, "module")} cannot be shared out among {Counted.Of(ranks.Size, "rank")}, each of which needs one. "
                + "Take more modules or fewer ranks.");
        }
        (_ranks, _shards, Activation) = (ranks, new Shards(modules, ranks.Size), activation);
        int own = _shards.Count(ranks.Rank);
        bool isShard = ranks.Size > 1;
        Weight = new Parameter($"{name}.weight", new Shape(own, inputs, outputs), stacked: true) { IsShard = isShard };
        Bias = new Parameter($"{name}.bias", new Shape(own, outputs), stacked: true) { IsShard = isShard };
        Parameters = [Weight, Bias];
        Initialization.GlorotUniform(Weight.Value, inputs, outputs, key, (ulong)FirstModule * (ulong)inputs * (ulong)outputs);
    }

    /// <inheritdoc/>
    public override int Modules => _shards.Modules;

    /// <summary>The number of the first module that this rank has.</summary>
    public int FirstModule => _shards.First(_ranks.Rank);

    /// <summary>Applied to every module's output.</summary>
    public Activation Activation { get; }

    /// <summary>W of this rank's modules, <c>[own modules, inputs, outputs]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b of this rank's modules, <c>[own modules, outputs]</c>.</summary>
    public Parameter Bias { get; }

    /// <summary>The parameters of this rank's modules.</summary>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Weight.Shape[1] * Weight.Shape[2];

    /// <summary>Runs, for every row, the modules selected for it, on the ranks that have them. All ranks call this method.</summary>
    /// <param name="tape">Records the operations; if it does on one rank, it does on all.</param>
    /// <param name="input"><c>[rows, inputs]</c>, this rank's rows. If gradients pass through it on one rank, they do on all.</param>
    /// <param name="selection"><c>[rows, K]</c>, numbers of modules among all M; one named twice in a row is run twice.</param>
    /// <returns>The outputs for this rank's rows, <c>[rows, K, outputs]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or a selected module does not exist.</exception>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(selection);
        Require(input.Shape, selection.Shape);
        var routes = PickRoutes.Plan(tape, _ranks, _shards, selection);
        var received = SendRows.Run(tape, input, routes);
        var groups = RowGroups.Sort(tape, routes.Modules, Weight.Shape[0]);
        var sums = GroupedLinearOperation.Run(tape, received, groups, Weight.Value, Bias.Value, firstInput: 0, inRowOrder: true);
        return ReturnRows.Run(tape, Activation.Forward(tape, sums), routes);
    }

    private void Require(Shape input, Shape selection)
    {
        if (input.Rank != 2 || input[1] != Weight.Shape[1] || selection.Rank != 2 || selection[0] != input[0] || selection[1] == 0)
        {
            throw new ShapeException(
                $"{Weight.Name}: the input has shape {input}, the selection {selection}; [rows, {Weight.Shape[1]}] and [rows, K] are needed, "
                + "with as many rows and a K of at least 1.");
        }
    }
}
