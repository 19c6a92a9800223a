using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The compositions that evaluation uses.</summary>
internal static class ModeCompositions
{
    /// <summary>The controllers' most probable compositions, <c>[batch, picks]</c>; resets the pass's tape.</summary>
    public static IndexTensor Of<TBatch>(ModularNetwork<TBatch> network, ForwardPass pass, TBatch batch, int batchSize)
    {
        pass.Tape.Reset(recording: false);
        pass.Begin(new ModeSelection(), batchSize);
        network.LogLikelihood(pass, batch);
        int length = network.Layout.Length;
        var modes = IndexTensor.Allocate(new Shape(batchSize, length));
        for (int n = 0; n < batchSize; n++)
            pass.Trace.CopyComposition(n, modes.Values.Slice(n * length, length));
        return modes;
    }
}
