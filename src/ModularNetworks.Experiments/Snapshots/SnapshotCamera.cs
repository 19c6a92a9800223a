using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Takes snapshots of what a network's controllers do on the fixed batch.</summary>
/// <param name="plan">The content of the snapshots.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="run">Runs the network on the fixed batch as it is used after training.</param>
public sealed class SnapshotCamera(SnapshotPlan plan, Tape tape, Action<ForwardPass> run)
{
    /// <summary>Takes a snapshot.</summary>
    /// <param name="isFirst">Whether it is the run's first, which also has the names of rows and columns.</param>
    /// <returns>The snapshot without its step; null if there are too many modules to show.</returns>
    public NetworkSnapshot? Take(bool isFirst)
    {
        if (!plan.IsShown)
            return null;
        var selections = new RecordedSelections();
        tape.Reset(recording: false);
        run(new ForwardPass(tape) { Observer = selections });
        return Snapshot.Of(plan, selections, isFirst);
    }
}
