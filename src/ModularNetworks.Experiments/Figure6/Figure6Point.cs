namespace ModularNetworks.Experiments;

/// <summary>The measurements of a run at a step.</summary>
/// <param name="Step">The number of gradient steps taken.</param>
/// <param name="TrainAccuracy">The share of training images whose most probable class is theirs, with the controller's mode.</param>
/// <param name="StoredTrainAccuracy">The same with the stored compositions; null if the method keeps none.</param>
/// <param name="TestAccuracy">The share of test images, with the controller's mode.</param>
/// <param name="SelectionEntropy">H_a on test images, in nats; null if nothing is selected.</param>
/// <param name="BatchSelectionEntropy">H_b on test images, in nats; null if nothing is selected.</param>
public sealed record Figure6Point(
    long Step,
    double TrainAccuracy,
    double? StoredTrainAccuracy,
    double TestAccuracy,
    double? SelectionEntropy,
    double? BatchSelectionEntropy);
