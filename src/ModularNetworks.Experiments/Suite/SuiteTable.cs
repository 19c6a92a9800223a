using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>A table of the suite, named after the number that its methods have in common.</summary>
[JsonConverter(typeof(CamelCaseNames<SuiteTable>))]
public enum SuiteTable
{
    /// <summary>The operations of a prediction: all methods take the task's number of gradient steps.</summary>
    Prediction,

    /// <summary>The operations of the training: baselines take as many steps as cost what the best EM's training costs.</summary>
    Training,
}
