namespace ModularNetworks.Experiments;

/// <summary>What runs of a row of a comparison cost, as the calibration measured.</summary>
/// <param name="Row">The row: the name of its series of runs.</param>
/// <param name="Method">The method's name.</param>
/// <param name="StepsFactor">How many times the steps of the others its runs take.</param>
/// <param name="SetupSeconds">The seconds that making the network takes.</param>
/// <param name="StepSeconds">The seconds of a gradient step, with its share of the E-steps.</param>
/// <param name="EvaluationSeconds">The seconds of a measurement of the validation data.</param>
/// <param name="PredictionMilliseconds">The milliseconds of a prediction for an input that comes alone: a row, a character, an image.</param>
public sealed record ComparisonCost(
    string Row, string Method, double StepsFactor, double SetupSeconds, double StepSeconds, double EvaluationSeconds, double PredictionMilliseconds)
{
    // A final run measures the validation data and the test data, which may be more.
    private const int EvaluationsOfFinalRun = 3;

    /// <summary>The seconds of a number of trials and final runs, but for their steps.</summary>
    internal double FixedSeconds(int trials, int seeds) =>
        (trials * (SetupSeconds + EvaluationSeconds)) + (seeds * (SetupSeconds + (EvaluationsOfFinalRun * EvaluationSeconds)));

    /// <summary>The seconds that a step more of all runs takes.</summary>
    internal double SecondsOfStep(int trials, int seeds) => (trials + seeds) * StepsFactor * StepSeconds;

    /// <summary>The shortest times of two measurements of the same row.</summary>
    internal ComparisonCost Fastest(ComparisonCost other) => this with
    {
        SetupSeconds = Math.Min(SetupSeconds, other.SetupSeconds),
        StepSeconds = Math.Min(StepSeconds, other.StepSeconds),
        EvaluationSeconds = Math.Min(EvaluationSeconds, other.EvaluationSeconds),
        PredictionMilliseconds = Math.Min(PredictionMilliseconds, other.PredictionMilliseconds),
    };
}
