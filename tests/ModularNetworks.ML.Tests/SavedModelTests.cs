using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML.Tests;

/// <summary>Models that ML.NET saves and loads.</summary>
public sealed class SavedModelTests
{
    private const string ModelVariable = "MODULARNETWORKS_TEST_MODEL", AnswersVariable = "MODULARNETWORKS_TEST_ANSWERS";

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void A_fresh_process_answers_the_same()
    {
        using var folder = new TemporaryFolder();
        var data = Ball.Data(_context);
        var model = Trainers.Pipeline(_context).Fit(data);
        _context.Model.Save(model, data.Schema, folder["model.zip"]);
        var start = new ProcessStartInfo("dotnet", [typeof(SavedModelTests).Assembly.Location, "-explicit", "only", "-method", $"*.{nameof(Tell_the_answers_of_a_saved_model)}"])
        {
            Environment = { [ModelVariable] = folder["model.zip"], [AnswersVariable] = folder["answers.json"] },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        Assert.Equal(Answers(_context, model), File.ReadAllText(folder["answers.json"]));
    }

    /// <summary>What the fresh process does: it knows ML.NET, and nothing of this library.</summary>
    [Fact(Explicit = true)]
    public void Tell_the_answers_of_a_saved_model()
    {
        var model = _context.Model.Load(Environment.GetEnvironmentVariable(ModelVariable), out _);
        File.WriteAllText(Environment.GetEnvironmentVariable(AnswersVariable)!, Answers(_context, model));
    }

    [Fact]
    public void A_loaded_model_can_be_saved_again_and_leaves_no_file_when_it_is_disposed()
    {
        using var folder = new TemporaryFolder();
        var data = Ball.Data(_context, count: 60);
        using (var model = Trainers.Heights(_context).Fit(data))
            _context.Model.Save(model, data.Schema, folder["first.zip"]);
        var other = new MLContext { TempFilePath = Directory.CreateDirectory(folder["temporary"]).FullName };
        var first = other.Model.Load(folder["first.zip"], out var schema);
        other.Model.Save(first, schema, folder["second.zip"]);
        var second = other.Model.Load(folder["second.zip"], out _);
        Assert.Equal(Heights(first.Transform(data)), Heights(second.Transform(data)));
        Assert.NotEmpty(Directory.EnumerateFiles(folder["temporary"]));
        ((IDisposable)first).Dispose();
        ((IDisposable)second).Dispose();
        Assert.Empty(Directory.EnumerateFiles(folder["temporary"]));
    }

    [Fact]
    public void A_file_is_on_the_disk_only_while_it_is_needed()
    {
        var file = new OnnxFile([1, 2, 3]);
        Assert.False(File.Exists(file.Path));
        file.During(() => Assert.Equal([1, 2, 3], File.ReadAllBytes(file.Path)));
        Assert.Throws<InvalidOperationException>(() => file.During(() => throw new InvalidOperationException()));
        Assert.False(File.Exists(file.Path));
    }

    private static float[] Heights(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private static string Answers(MLContext context, ITransformer model) =>
        JsonSerializer.Serialize(context.Data.CreateEnumerable<Answer>(model.Transform(Ball.Data(context)), reuseRowObject: false));
}
