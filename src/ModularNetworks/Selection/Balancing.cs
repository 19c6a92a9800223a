using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// How much the losses count that keep a mixture of modules from using a few of them only (Shazeer et al. 2017, section 4
/// and appendix A). Both are squared coefficients of variation over the modules, of sums over the mini-batch and, in a
/// recurrent unit, over time steps:
/// <code>
/// importance_i = sum of g_i
/// load_i       = sum of P_i = Φ(((x W_g)_i - the k-th largest of H without H_i) / softplus((x W_noise)_i))
/// </code>
/// P_i is the probability that module i is kept, were its noise drawn anew. Importance counts shares; load counts the
/// datapoints that a module gets, and teaches the gate even where k = 1.
/// </summary>
/// <param name="Importance">The weight of the importance loss; 0 for none.</param>
/// <param name="Load">The weight of the load loss; 0 for none.</param>
public readonly record struct Balancing(double Importance, double Load)
{
    /// <summary>Whether there is a loss at all.</summary>
    internal bool IsNeeded => Importance != 0 || Load != 0;

    /// <summary>The weighted sum of the losses of one layer, a scalar; null if there are none.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="logits">The gate's logits.</param>
    /// <param name="selection">The modules that are mixed, <c>[rows, k]</c>.</param>
    internal Tensor? Loss(Tape tape, in NoisyLogits logits, IndexTensor selection)
    {
        Tensor? loss = null;
        int kept = selection.Shape[1];
        if (Importance != 0)
            loss = tape.Scale(ImportanceLoss(tape, logits, selection), Importance);
        // A mixture of all modules leaves none out: every P is 1, and loads do not differ.
        if (Load == 0 || kept == logits.Clean.Shape.Last)
            return loss;
        var load = tape.Scale(LoadLoss(tape, logits, kept), Load);
        return loss is null ? load : tape.Add(loss, load);
    }

    private static Tensor ImportanceLoss(Tape tape, in NoisyLogits logits, IndexTensor selection)
    {
        var shares = tape.ScatterLast(logits.Shares(tape, selection), selection, logits.Noisy.Shape.Last);
        return tape.SquaredVariation(tape.SumAxis(shares, 0));
    }

    private static Tensor LoadLoss(Tape tape, in NoisyLogits logits, int kept)
    {
        var deviation = logits.Deviation ?? throw new InvalidOperationException(
            "MixtureSelection: the load loss counts what noise would keep, and there is none. Give a noise key, or a load of 0.");
        var margin = tape.Subtract(logits.Clean, Thresholds(tape, logits.Noisy, kept));
        return tape.SquaredVariation(tape.SumAxis(tape.NormalProbability(margin, deviation), 0));
    }

    /// <summary>
    /// For every module, the k-th largest logit of the others, <c>[rows, modules]</c>: what it has to exceed to be kept.
    /// </summary>
    private static Tensor Thresholds(Tape tape, Tensor logits, int kept)
    {
        var largest = tape.TopK(logits, kept + 1);
        var rivals = tape.RentIndices(logits.Shape);
        int modules = logits.Shape[1];
        for (int row = 0; row < logits.Shape[0]; row++)
        {
            var order = largest.Values.Slice(row * (kept + 1), kept + 1);
            var ofRow = rivals.Values.Slice(row * modules, modules);
            ofRow.Fill(order[kept - 1]);
            foreach (int module in order[..kept])
                ofRow[module] = order[kept];
        }
        return tape.GatherLast(logits, rivals);
    }
}
