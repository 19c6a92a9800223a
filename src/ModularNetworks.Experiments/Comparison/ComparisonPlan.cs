using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The plan of a comparison, which is made when it begins and kept in its folder, so that its results can be had again.</summary>
[CompiledJson(typeof(ComparisonPlanTypes))]
public sealed record ComparisonPlan
{
    /// <summary>The file of the plan.</summary>
    public const string FileName = RunGroup.ComparisonPlan;

    private const long MostBytes = 1 << 22;
    private const int MostSeeds = 1000;

    /// <summary>The options that all methods start from, by their names.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Config { get; init; }

    /// <summary>The fingerprint of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The minutes that the comparison may take.</summary>
    public required double BudgetMinutes { get; init; }

    /// <summary>The seconds that the measurement of the speed took.</summary>
    public required double CalibrationSeconds { get; init; }

    /// <summary>The name of the number that methods are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether more of it is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The number of gradient steps of a run.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of gradient steps that a run takes if the budget pays for them.</summary>
    public required long UsualSteps { get; init; }

    /// <summary>The number of settings that are tried for each row. It may become less, when trials took longer than planned.</summary>
    public required int Trials { get; init; }

    /// <summary>The number of trials of each row that were done when the number of all was last decided; null before.</summary>
    public int? TrialsDecidedAfter { get; init; }

    /// <summary>The number of final runs of each row.</summary>
    public required int Seeds { get; init; }

    /// <summary>The number of seeds that were done when the number of all was last decided; null before the trials are done.</summary>
    public int? SeedsDecidedAfter { get; init; }

    /// <summary>Whether the number of seeds is settled. It may grow before, when the trials are done and whenever the planned seeds are.</summary>
    public bool SeedsAreSettled { get; init; }

    /// <summary>The number of minutes in which all runs could take the usual steps with the fewest trials and seeds.</summary>
    public required int MinutesForUsualSteps { get; init; }

    /// <summary>The methods that are compared.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>A sentence for each method that is left out, with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>The cost of each row.</summary>
    public required IReadOnlyList<ComparisonCost> Costs { get; init; }

    /// <summary>The options that all methods start from, with the plan's steps.</summary>
    /// <param name="experiments">The kinds of experiments that are known.</param>
    /// <param name="path">The folder of the comparison, for messages.</param>
    /// <exception cref="RunException">They are of no known experiment, or out of range.</exception>
    internal RunOptions Options(ExperimentCatalogue experiments, string path)
    {
        var options = experiments.ReadOptions(JsonSerializer.Serialize(Config, ComparisonPlanTypes.Default.IReadOnlyDictionaryStringJsonElement), Path.Combine(path, FileName));
        options.Validate();
        return options;
    }

    /// <summary>Reads the plan in a folder.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="RunException">It is damaged.</exception>
    internal static ComparisonPlan? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var plan = RecordJson.Read<ComparisonPlan>(StrictJson.Parse(RegularFile.ReadText(path, MostBytes, within: folder)));
            plan.Validate();
            return plan;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path}: this is not the plan of a comparison: {exception.Message} Choose another --out.", exception);
        }
    }

    /// <summary>Checks that the plan has the cost of each of some rows.</summary>
    /// <param name="rows">The rows that are trained.</param>
    /// <param name="folder">The folder, for the message.</param>
    /// <exception cref="RunException">A cost is missing.</exception>
    internal void RequireCosts(IEnumerable<SuiteSeries> rows, string folder)
    {
        if (!rows.All(row => Costs.Count(cost => cost.Row == row.Name) == 1))
            throw new RunException($"{Path.Combine(folder, FileName)}: this is not the plan of a comparison: its costs are not those of its rows. Choose another --out.");
    }

    private void Validate()
    {
        Require(Steps >= 1 && Steps <= UsualSteps, "steps");
        Require(Trials >= 1 && Trials <= SuiteSetting.Usual.Count, "trials");
        Require(Seeds is >= 1 and <= MostSeeds, "seeds");
        Require(BudgetMinutes > 0 && double.IsFinite(BudgetMinutes), "budgetMinutes");
        Require(CalibrationSeconds >= 0 && double.IsFinite(CalibrationSeconds), "calibrationSeconds");
        Require(Methods.Contains(SuiteMethod.Dense), "methods");

        static void Require(bool holds, string entry)
        {
            if (!holds)
                throw new FormatException($"its entry {entry} is out of range.");
        }
    }

    /// <summary>Writes the plan.</summary>
    internal void Write(IDisk disk, string folder) => WholeFile.Write(disk, Path.Combine(folder, FileName), RecordJson.Write(this, isIndented: true) + "\n");
}

/// <summary>A comparison's plan, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ComparisonPlan))]
internal sealed partial class ComparisonPlanTypes : JsonSerializerContext;
