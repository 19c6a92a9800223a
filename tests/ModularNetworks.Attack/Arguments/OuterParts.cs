using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;
using ModularNetworks.ML;
using ModularNetworks.Serving;

namespace ModularNetworks.Attack;

/// <summary>Makes what the trainers of ML.NET and the server of models take.</summary>
internal sealed class OuterParts(ObjectMaker maker)
{
    private const int Classes = 5;
    private const string ClassColumn = nameof(Row.Label), NumberColumn = nameof(Row.Number), FeatureColumn = nameof(Row.Features);

    private World World => maker.World;

    /// <summary>Makes them known.</summary>
    public void AddTo(Dictionary<Type, Func<Wanted, object>> byType)
    {
        byType[typeof(IDataView)] = _ => World.Choices.Fault() ? Rows() : World.One(Rows);
        byType[typeof(DataViewSchema)] = _ => maker.Make<IDataView>().Schema;
        byType[typeof(SchemaShape)] = _ => ShapeOf(maker.Make<IDataView>());
        byType[typeof(MulticlassClassificationCatalog.MulticlassClassificationTrainers)] = _ => World.One(() => new MLContext(seed: 1)).MulticlassClassification.Trainers;
        byType[typeof(RegressionCatalog.RegressionTrainers)] = _ => World.One(() => new MLContext(seed: 1)).Regression.Trainers;
        byType[typeof(ModularMulticlassTrainer)] = _ => ClassTrainer();
        byType[typeof(ModularRegressionTrainer)] = _ => NumberTrainer();
        byType[typeof(ModularNetworkTransformer<ModularClassifier>)] = _ => World.One(() => ClassTrainer().Fit(maker.Make<IDataView>()));
        byType[typeof(IServiceCollection)] = _ => new ServiceCollection();
        byType[typeof(IEndpointRouteBuilder)] = _ => World.One(Program);
        byType[typeof(Action<ServingOptions>)] = _ => Models();
        byType[typeof(Action<Exception>)] = _ => new Action<Exception>(_ => { });
        byType[typeof(ModelServerOptions)] = _ => new ModelServerOptions { Urls = Urls(), ApiKey = Key() };
    }

    private ModularMulticlassTrainer ClassTrainer() => maker.Make<MulticlassClassificationCatalog.MulticlassClassificationTrainers>().ModularNetwork(
        Column(ClassColumn), Column(FeatureColumn), maker.Make<int>("modules"), hidden: maker.Make<int>("hidden"), options: maker.Make<FitOptions>());

    private ModularRegressionTrainer NumberTrainer() => maker.Make<RegressionCatalog.RegressionTrainers>().ModularNetwork(
        Column(NumberColumn), Column(FeatureColumn), maker.Make<int>("modules"), hidden: maker.Make<int>("hidden"), options: maker.Make<FitOptions>());

    private string Column(string right) => World.Choices.Fault() ? World.Choices.OneOf(ClassColumn, NumberColumn, FeatureColumn, "", "nothing") : right;

    /// <summary>Data of a vector, a class and a number.</summary>
    private IDataView Rows()
    {
        int inputs = World.Choices.Fault() ? maker.Make<int>("inputs") & 63 : World.Sizes["inputs"];
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[FeatureColumn].ColumnType = World.Choices.Fault() ? new VectorDataViewType(NumberDataViewType.Single) : new VectorDataViewType(NumberDataViewType.Single, inputs);
        schema[ClassColumn].ColumnType = new KeyDataViewType(typeof(uint), World.Choices.Fault() ? 1 : Classes);
        int rows = World.Choices.Fault() ? World.Choices.Below(2) : Classes + 1;
        return World.One(() => new MLContext(seed: 1)).Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row => MakeRow(row, inputs)).ToArray(), schema);
    }

    /// <summary>The shape of data, which ML.NET tells only to estimators.</summary>
    private SchemaShape ShapeOf(IDataView data)
    {
        var context = World.One(() => new MLContext(seed: 1));
        var listener = new Listener(context.Transforms.CopyColumns(NumberColumn, NumberColumn));
        context.Transforms.CopyColumns(NumberColumn, NumberColumn).Append(listener).Fit(data);
        return listener.Shape!;
    }

    private Row MakeRow(int row, int inputs) => new()
    {
        Features = [.. Enumerable.Range(0, inputs).Select(_ => (float)World.Numbers.Element())],
        Label = (uint)(row % (Classes + 1)),
        Number = (float)World.Numbers.Element(),
    };

    private WebApplication Program()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        if (!World.Choices.Fault())
            builder.Services.AddModularNetworks(maker.Make<Action<ServingOptions>>());
        return builder.Build();
    }

    private Action<ServingOptions> Models()
    {
        string file = World.File("no model");
        if (!World.Choices.Fault())
            maker.Make<ModularClassifier>().Save(file);
        var limits = World.Choices.OneIn(2) ? new ServingLimits() : maker.Make<ServingLimits>();
        string name = World.Choices.Fault() ? World.Choices.OneOf("", "..", "a/b", "a b", "{a}") : "model";
        return options =>
        {
            options.Limits = limits;
            options.Add(name, file);
        };
    }

    private string[] Urls() => World.Choices.Fault()
        ? World.Choices.OneOf<string[]>([], [""], ["nonsense"], ["ftp://localhost:0"], ["http://0.0.0.0:0"], ["http://127.0.0.1:99999"], ["http://127.0.0.1:0/path"], ["http://192.0.2.1:0"])
        : ["http://127.0.0.1:0"];

    private string? Key() => World.Choices.Fault() ? World.Choices.OneOf("", "short", "a key with spaces and\nlines") : World.Choices.OneIn(2) ? null : new string('k', 24);

    /// <summary>A row of data.</summary>
    [SuppressMessage("Performance", "CA1812", Justification = "ML.NET makes some.")]
    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }

        public float Number { get; set; }
    }

    /// <summary>An estimator that keeps what it is told.</summary>
    private sealed class Listener(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => inner.Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }
}
