using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The vector that a softmax reads, made of a state by the modules that have made the state: o_t = h_t + Σ_k f_{a_k}(h_t), so that the distribution of the
/// next word has parameters of each module. All f are zero in the beginning; what they have in common is in the softmax itself.
/// </summary>
internal sealed class ModularReadout
{
    /// <summary>f, the modules.</summary>
    public FollowingLayer Layer { get; }

    /// <summary>Creates the readout.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="modules">M.</param>
    /// <param name="hidden">The size of a state.</param>
    public ModularReadout(string name, int modules, int hidden)
    {
        var pool = new LinearModules(name, modules, hidden, hidden, Activation.None, default);
        pool.Weight.Value.Values.Clear();
        Layer = new FollowingLayer(name, pool);
    }

    /// <summary>The parameters of all modules.</summary>
    public IReadOnlyList<Parameter> Parameters => Layer.Parameters;

    /// <summary>The multiply-adds of one module for one state.</summary>
    public long MultiplyAdds => Layer.Pool.MultiplyAdds;

    /// <summary>Reads by the selection that a run has made, or with the shares of its mixture.</summary>
    /// <param name="pass">The run that made the states.</param>
    /// <param name="states">h, <c>[steps * rows, hidden]</c>.</param>
    /// <returns>o, of the same shape.</returns>
    public Tensor Read(ForwardPass pass, Tensor states) => pass.Tape.Add(states, Layer.Forward(pass, states, leader: 0));

    /// <summary>Reads by a given selection.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="states">h, <c>[rows, hidden]</c>.</param>
    /// <param name="selection">The modules that made the states, <c>[rows, K]</c>.</param>
    /// <returns>o, of the same shape as the states.</returns>
    public Tensor Read(Tape tape, Tensor states, IndexTensor selection) =>
        tape.Add(states, tape.SumAxis(Layer.Pool.Forward(tape, states, selection), 1));
}
