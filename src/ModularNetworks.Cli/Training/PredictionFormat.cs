namespace ModularNetworks.Cli.Training;

/// <summary>The form in which predictions are printed.</summary>
internal enum PredictionFormat
{
    /// <summary>The one that suits the kind of data.</summary>
    Usual,

    /// <summary>A JSON object for each input, in a line.</summary>
    Json,

    /// <summary>A table with a row for each input.</summary>
    Csv,
}
