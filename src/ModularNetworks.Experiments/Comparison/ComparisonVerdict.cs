using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>Whether modules pay, by EM beside dense of equal operations for a prediction.</summary>
[JsonConverter(typeof(CamelCaseNames<ComparisonVerdict>))]
public enum ComparisonVerdict
{
    /// <summary>Runs are missing, and time is left for them.</summary>
    Unfinished,

    /// <summary>The interval of the difference contains 0 and more than a trifle on either side, or there is none.</summary>
    Open,

    /// <summary>EM is better: the whole interval is on its side.</summary>
    Pays,

    /// <summary>EM is worse: the whole interval is on the side of dense.</summary>
    Loses,

    /// <summary>The interval contains 0 and, on either side, at most a trifle.</summary>
    Equal,
}
