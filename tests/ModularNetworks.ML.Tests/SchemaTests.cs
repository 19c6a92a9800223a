using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace ModularNetworks.ML.Tests;

/// <summary>The columns that trainers ask for and make.</summary>
public sealed class SchemaTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Shapes_of_a_classifier_are_those_of_its_columns()
    {
        var data = _context.Transforms.Conversion.MapValueToKey("Label", "Colour").Fit(Ball.Data(_context)).Transform(Ball.Data(_context));
        var trainer = Trainers.Colours(_context, picks: 2);
        using var model = trainer.Fit(data);
        var schema = model.GetOutputSchema(data.Schema);
        Assert.Equal(schema, model.Transform(data).Schema, (a, b) => a.Select(Described).SequenceEqual(b.Select(Described)));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Score"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int64, 2), schema["Module"].Type);
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), schema["PredictedLabel"].Type);
        Assert.Equal(data.Schema.Select(column => column.Name).Append("Module").Append("PredictedLabel").Append("Score").Order(), schema.Select(column => column.Name).Order());

        var shape = trainer.GetOutputSchema(ShapeOf(data));
        Assert.Equal(schema.Select(column => column.Name).ToHashSet(), shape.Select(column => column.Name).ToHashSet());
        Expect(shape, "Score", VectorKind.Vector, NumberDataViewType.Single);
        Expect(shape, "Module", VectorKind.Vector, NumberDataViewType.Int64);
        Expect(shape, "PredictedLabel", VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true);
        Assert.Equal("KeyValues", Assert.Single(shape.Single(column => column.Name == "PredictedLabel").Annotations).Name);
    }

    [Fact]
    public void Shapes_of_a_regressor_are_those_of_its_columns()
    {
        var data = Ball.Data(_context);
        var trainer = Trainers.Heights(_context);
        using var model = trainer.Fit(data);
        var schema = model.GetOutputSchema(data.Schema);
        Assert.Equal(NumberDataViewType.Single, schema["Score"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int64, 1), schema["Module"].Type);

        var shape = trainer.GetOutputSchema(ShapeOf(data));
        Assert.Equal(schema.Select(column => column.Name).ToHashSet(), shape.Select(column => column.Name).ToHashSet());
        Expect(shape, "Score", VectorKind.Scalar, NumberDataViewType.Single);
        Expect(shape, "Module", VectorKind.Vector, NumberDataViewType.Int64);
    }

    [Theory]
    [InlineData("Features", "Colour", "column 'Colour' is String; it must be a key of UInt32 ")]
    [InlineData("Features", "Height", "column 'Height' is Single; it must be a key of UInt32 ")]
    [InlineData("Height", "Label", "column 'Height' is Single; it must be a vector of known size of Single ")]
    [InlineData("Nothing", "Label", "there is no column 'Nothing'; the data have Features, Colour, Height, Label.")]
    public void Wrong_columns_of_a_classifier_are_named(string features, string label, string message)
    {
        var data = _context.Transforms.Conversion.MapValueToKey("Label", "Colour").Fit(Ball.Data(_context)).Transform(Ball.Data(_context));
        RefusedTwice(Trainers.Colours(_context, features, label), data, message);
    }

    [Theory]
    [InlineData("Features", "Colour", "column 'Colour' is String; it must be a Single ")]
    [InlineData("Colour", "Height", "column 'Colour' is String; it must be a vector of known size of Single ")]
    [InlineData("Features", "Nothing", "there is no column 'Nothing'; the data have Features, Colour, Height.")]
    public void Wrong_columns_of_a_regressor_are_named(string features, string label, string message) =>
        RefusedTwice(Trainers.Heights(_context, features, label), Ball.Data(_context), message);

    [Fact]
    public void Wrong_data_and_methods_are_refused()
    {
        var none = _context.Data.LoadFromEnumerable(Ball.Some(3).Select(ball => new Ball { Features = ball.Features, Height = float.NaN }));
        Assert.Contains("no row has a label in column 'Height'", Assert.Throws<ArgumentException>(() => Trainers.Heights(_context).Fit(none)).Message, StringComparison.Ordinal);
        var missing = _context.Data.LoadFromEnumerable(Ball.Some(3).Select(ball => new Ball { Features = [float.NaN, 1, 2] }));
        Assert.Contains("feature 0 of row 0 is NaN", Assert.Throws<ArgumentException>(() => Trainers.Heights(_context).Fit(missing)).Message, StringComparison.Ordinal);
        var baseline = new FitOptions { Method = TrainingMethod.Fixed };
        Assert.Contains("FixedMethod selects no modules", Assert.Throws<ArgumentException>(() => _context.Regression.Trainers.ModularNetwork(options: baseline)).Message, StringComparison.Ordinal);
    }

    /// <summary>A trainer refuses alone, by the columns' types, and in a pipeline, by their shapes, before anything is trained.</summary>
    private void RefusedTwice(IEstimator<ITransformer> trainer, IDataView data, string message)
    {
        Assert.StartsWith($"ModularNetwork: {message}", Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message, StringComparison.Ordinal);
        string shown = Assert.Throws<ArgumentException>(() => trainer.GetOutputSchema(ShapeOf(data))).Message;
        Assert.StartsWith($"ModularNetwork: {message}", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', shown);
    }

    // ML.NET tells the shape of data only to estimators.
    private SchemaShape ShapeOf(IDataView data)
    {
        var listener = new Listener();
        _context.Transforms.CopyColumns("Height", "Height").Append(listener).Fit(data);
        return listener.Shape!;
    }

    private static void Expect(SchemaShape shape, string name, VectorKind kind, DataViewType type, bool isKey = false)
    {
        var column = shape.Single(column => column.Name == name);
        Assert.Equal((kind, type, isKey), (column.Kind, column.ItemType, column.IsKey));
    }

    private static string Described(DataViewSchema.Column column) => $"{column.Name}: {column.Type}, {column.IsHidden}";

    private sealed class Listener : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Height", "Height").Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }
}
