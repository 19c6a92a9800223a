using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The result of a method against dense.</summary>
[JsonConverter(typeof(CamelCaseNames<SuiteVerdict>))]
public enum SuiteVerdict
{
    /// <summary>The interval of the difference contains 0, or there is none.</summary>
    Open,

    /// <summary>The method is better, and has not more operations.</summary>
    Win,

    /// <summary>The method is better, with more operations.</summary>
    CostlierWin,

    /// <summary>A win on a control, where modules can have no advantage.</summary>
    Fault,

    /// <summary>The method is worse.</summary>
    Loss,
}
