using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML;

/// <summary>
/// Adds the predictions of a fitted network to data of ML.NET. ML.NET saves it as a chain of its own transformers, with the network as an ONNX model
/// inside; what is loaded predicts the same, and is no longer of this type.
/// </summary>
/// <typeparam name="TModel"><see cref="ModularClassifier"/> or <see cref="ModularRegressor"/>.</typeparam>
public sealed class ModularNetworkTransformer<TModel> : ITransformer, IDisposable
    where TModel : class
{
    private readonly ScoringChain _scoring;

    internal ModularNetworkTransformer(TModel model, FitHistory history, ScoringChain scoring) =>
        (Model, History, _scoring) = (model, history, scoring);

    /// <summary>The network as this library has it, which explains and saves itself.</summary>
    public TModel Model { get; }

    /// <summary>How the training went.</summary>
    public FitHistory History { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _scoring.Chain.IsRowToRowMapper;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _scoring.Chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _scoring.Chain.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _scoring.Chain.Transform(input);

    /// <summary>Gives the memory of ONNX Runtime back. <see cref="Model"/> can still be used.</summary>
    public void Dispose() => _scoring.Dispose();

    /// <summary>Saves the transformer.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => _scoring.Save(ctx);
}
