using System.Globalization;
using System.IO.Pipes;
using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TableModelTests : IDisposable
{
    private static readonly string[] Header = ["n", "word", "ok", "y"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TrainingMethods.Em, true)]
    [InlineData(TrainingMethods.Em, false)]
    [InlineData(TrainingMethods.TopK, true)]
    [InlineData(TrainingMethods.Assigned, true)]
    [InlineData(TrainingMethods.Assigned, false)]
    [InlineData(TrainingMethods.Fixed, false)]
    public void A_run_predicts_from_its_folder_alone_what_it_measured(string method, bool isClasses)
    {
        var options = Train(method, isClasses);
        var summary = RunFolder.Open(_folder["run"]).ReadSummary()!.Measured.Of("test")!;
        var table = TextTable.Read(options.Data);
        var problem = options.Prepare(table);
        Directory.Move(_folder["run"], _folder["moved"]);
        File.Delete(options.Data);
        var model = TableModel.Load(RunFolder.Open(_folder["moved"]));
        Assert.Equivalent(problem.Encoding, model.Encoding, strict: true);
        var test = new VectorTrainingSet(problem.Splits.Test).Load([.. Enumerable.Range(0, problem.Splits.Test.Count)]);
        var predicted = model.Predict(test.Inputs);
        if (isClasses)
        {
            int right = Enumerable.Range(0, test.Classes!.Shape.Count).Count(row => predicted.Values[(2 * row) + test.Classes.Values[row]] > 0.5);
            Assert.Equal(summary["accuracy"]!.Value, (double)right / test.Classes.Shape.Count);
        }
        else
        {
            var target = model.Encoding.Target;
            double error = Enumerable.Range(0, test.Targets!.Shape.Count)
                .Average(row => Math.Abs(predicted.Values[row] - (target.Mean + (target.Deviation * test.Targets.Values[row]))));
            Assert.Equal(summary["meanAbsoluteError"]!.Value, error, 1e-3);
        }
    }

    [Fact]
    public void Rows_of_cells_are_predicted_as_alone_so_together()
    {
        Train(TrainingMethods.Em, isClasses: false);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        float[] together = model.Predict([["3", "a", "yes"], ["", "new", ""], ["7.5", "b", "no"]]).Values.ToArray();
        Assert.Equal(together[1], model.Predict([["?", "other", "NA"]]).Values[0]);
        Assert.Equal(together[2], model.Predict([["7,5", "b", "NO"]], decimalSign: ',').Values[0]);
        Assert.Equal(
            "TableModel: row 2 has 1 cell; 3 cells, one for each column, are expected: n, word, ok.",
            Assert.Throws<DataException>(() => model.Predict([["3", "a", "yes"], ["a"]])).Message);
        Assert.Contains("row 1: 'x' stands in column 'n'; a finite number is expected.", Assert.Throws<DataException>(() => model.Predict([["x", "a", "yes"]])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Assigned)]
    public void One_model_on_eight_threads_answers_as_on_one(string method)
    {
        Train(method, isClasses: true);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        string[][] rows = [.. Enumerable.Range(0, 20).Select(row => (string[])[$"{row}", $"{"abc"[row % 3]}", row % 2 == 0 ? "yes" : "no"])];
        string[] expected = [.. rows.Select(row => Written(model.PredictRow(row)))];
        ManyThreads.AssertRight(threads: 8, uses: 250, (thread, use) =>
            Written(model.PredictRow(rows[(thread + use) % rows.Length])) == expected[(thread + use) % rows.Length]
            && Written(model.Predict(rows).PredictionOf(thread)) == expected[thread]);
    }

    private static string Written(TablePrediction prediction) => RecordJson.Write(prediction);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_predicted_row_by_row_and_wrong_rows_are_named(bool isClasses)
    {
        Train(TrainingMethods.Em, isClasses);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        // Other signs, another order, no target, and more rows than are predicted at once.
        string[] rows = [.. Enumerable.Range(0, 2500).Select(row => $"yes;b;{row % 9},5")];
        (rows[1], rows[2], rows[1500]) = ("yes;b;zwei", "yes;b", "\"yes;b;1");
        File.WriteAllLines(_folder["new.csv"], rows.Prepend("ok;word;n"));
        using var output = new StringWriter();
        using var answers = new CsvAnswers(output, model.Form);
        var wrong = new List<string>();
        Assert.Equal(2497, model.PredictFile(_folder["new.csv"], answers, problem => wrong.Add(problem.Message), TestContext.Current.CancellationToken));
        answers.Dispose();
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(isClasses ? "line,y,p(even),p(odd),modules(hidden)" : "line,y,deviation,modules(hidden)", lines[0]);
        Assert.Equal(["2", "5", "6"], lines[1..4].Select(line => line.Split(',')[0]));
        // Line 5 is the row of 3.5.
        Assert.Equal(
            model.Predict([["3,5", "b", "yes"]], ',').Values.ToArray(),
            lines[2].Split(',')[isClasses ? 2..4 : 1..2].Select(number => float.Parse(number, CultureInfo.InvariantCulture)));
        Assert.Equal(3, wrong.Count);
        Assert.Contains("new.csv: line 3, column 3 ('n'): a finite number is expected; found 'zwei'.", wrong[0], StringComparison.Ordinal);
        Assert.Contains("new.csv: line 4, column 3 ('n') is missing: the line has 2 columns; 3 are expected", wrong[1], StringComparison.Ordinal);
        Assert.Contains("new.csv: line 1502, column 1 ('ok'): its quotes are not closed, in the line or in the 1 MiB below it.", wrong[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_dates_are_read_as_in_the_training_whatever_signs_the_other_table_has()
    {
        File.WriteAllLines(_folder["t.csv"], Enumerable.Range(0, 60).Select(row => $"$1.{row % 10}0,{1 + (row % 12)}/{1 + (row % 28)}/2024,\"{1 + (row % 9)},500 %\"").Prepend("price,day,y"));
        RunCase.Summarize(new TableOptions { Data = _folder["t.csv"], Target = "y", Threads = 1, Steps = 10, Modules = 2, BatchSize = 8 }, _folder["run"]);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        Assert.Equal("price $1,234.5, day 3/31/2026, y 1,234.5 %", model.Encoding.WrittenAs());
        // Decimal commas, by which $1.500 would be another number, and days that could be months.
        File.WriteAllText(_folder["new.csv"], "day;other;price\n3/4/2024;0,5;$1.500\n\"3/5/\n2024\";0,5;$1.5\n");
        var wrong = new List<string>();
        using var output = new StringWriter();
        using (var answers = new CsvAnswers(output, model.Form))
            Assert.Equal(1, model.PredictFile(_folder["new.csv"], answers, problem => wrong.Add(problem.Message), TestContext.Current.CancellationToken));
        Assert.Contains("line 3, column 1 ('day'): a date such as 3/31/2026 is expected; found '3/5/ 2024'.", Assert.Single(wrong), StringComparison.Ordinal);
        Assert.Equal(model.Predict([["$1.5", "3/4/2024"]]).Values[0], float.Parse(output.ToString().Split('\n')[1].Split(',')[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Runs_of_earlier_versions_go_on_with_the_usual_ways_of_writing()
    {
        string written = OptionsJson.Write(new TableOptions { Data = "t.csv" }), earlier = written.Replace("  \"spelling\": \"auto\",\n", "", StringComparison.Ordinal);
        Assert.NotEqual(written, earlier);
        Assert.Equal(TableSpelling.Auto, Read(written).Reading.Spelling);
        Assert.Equal(TableSpelling.Plain, Read(earlier).Reading.Spelling);

        static TableOptions Read(string config) => (TableOptions)BuiltInExperiments.Catalogue.ReadOptions(config, "config.json");
    }

    [Fact]
    public async Task A_pipe_is_predicted_as_a_file_is()
    {
        Train(TrainingMethods.Em, isClasses: false);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        // More than is looked at to find the delimiter.
        File.WriteAllLines(_folder["new.csv"], Enumerable.Range(0, 20000).Select(row => $"yes;b;{row % 9},5").Prepend("ok;word;n"));
        string expected = Answers(model, (answers, tell) => model.PredictFile(_folder["new.csv"], answers, tell, TestContext.Current.CancellationToken));
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        var predicting = Task.Run(
            () => Answers(model, (answers, tell) => model.PredictStream(reading, "pipe", answers, tell, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        await pipe.WriteAsync(File.ReadAllBytes(_folder["new.csv"]), TestContext.Current.CancellationToken);
        pipe.Dispose();
        Assert.Equal(expected, await predicting);
    }

    [Theory]
    [InlineData("", "pipe: has no rows; at least one is expected.")]
    [InlineData("\r\n \n", "pipe: has no rows; at least one is expected.")]
    [InlineData("PAR1 and more", "pipe: is a Parquet file, which cannot be read from a pipe")]
    public void A_pipe_that_gives_no_table_is_refused(string text, string expected)
    {
        Train(TrainingMethods.Em, isClasses: false);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reading = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        pipe.Write(Encoding.UTF8.GetBytes(text));
        pipe.Dispose();
        var error = Assert.Throws<DataException>(
            () => Answers(model, (answers, tell) => model.PredictStream(reading, "pipe", answers, tell, TestContext.Current.CancellationToken)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    private static string Answers(TableModel model, Action<AnswerWriter, Action<DataException>> predict)
    {
        using var output = new StringWriter();
        using (var answers = new CsvAnswers(output, model.Form))
            predict(answers, problem => throw problem);
        return output.ToString();
    }

    [Fact]
    public void A_file_without_a_column_of_the_training_is_refused()
    {
        Train(TrainingMethods.Em, isClasses: true);
        File.WriteAllText(_folder["new.csv"], "n,ok\n1,yes\n");
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        using var answers = new JsonAnswers(TextWriter.Null, model.Form);
        var error = Assert.Throws<DataException>(() => model.PredictFile(_folder["new.csv"], answers, _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("new.csv: no column is called 'word'; one is expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"mean\": 0", "\"mean\": 1")]
    [InlineData("\"kind\": \"table\"", "\"kind\": \"text\"")]
    public void A_changed_preprocessing_is_refused_by_name(string found, string written)
    {
        Train(TrainingMethods.Em, isClasses: true);
        string path = Path.Join(_folder["run"], RunFiles.Preprocessing);
        string text = File.ReadAllText(path);
        Assert.Contains(found, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(found, written, StringComparison.Ordinal));
        Assert.StartsWith(path, Assert.Throws<RunException>(() => TableModel.Load(RunFolder.Open(_folder["run"]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Assigned)]
    public void An_evaluation_takes_the_clusters_that_the_run_keeps(string method)
    {
        var options = Train(method, isClasses: false);
        var folder = RunFolder.Open(_folder["run"]);
        var kept = options.WithKept(folder);
        Assert.Equal(3, kept.Kept!.Count);
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(kept, SimdKernels.Create(workers));
        experiment.ReadTrained(folder.Checkpoint);
        Assert.Equal(folder.ReadSummary()!.Measured.Of("test")!["loss"], experiment.Evaluate("test").Of("test")!["loss"]);
        // Clusters of vectors of another size are no help.
        var other = new TableEncoding { Columns = [new() { Name = "n", Kind = ColumnKind.Number }], Target = new() { Name = "y" } };
        Assert.Null(kept.ClustersFor(other));
        File.Delete(Path.Join(_folder["run"], RunFiles.Preprocessing));
        Assert.Null(options.WithKept(folder).Kept);
    }

    [Fact]
    public void A_run_by_clusters_of_an_earlier_version_which_kept_none_is_refused()
    {
        var options = Train(TrainingMethods.Assigned, isClasses: true);
        var folder = RunFolder.Open(_folder["run"]);
        Directory.Delete(Path.Join(_folder["run"], "checkpoint"), recursive: true);
        PreprocessingFile.Write(new Disk(), folder, TablePreprocessing.Of(options.Prepare(TextTable.Read(options.Data)).Encoding, clusters: null));
        Assert.Contains("did not keep the clusters", Assert.Throws<RunException>(() => TableModel.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_wrong_in_most_rows_is_read_to_its_end()
    {
        Train(TrainingMethods.Em, isClasses: false);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        File.WriteAllLines(_folder["new.csv"], Enumerable.Range(0, 20_000).Select(row => row % 100 == 99 ? "1,a,yes" : "x,a,yes").Prepend("n,word,ok"));
        using var output = new StringWriter();
        using var answers = new JsonAnswers(output, model.Form);
        int wrong = 0;
        Assert.Equal(200, model.PredictFile(_folder["new.csv"], answers, _ => wrong++, TestContext.Current.CancellationToken));
        Assert.Equal(19_800, wrong);
        Assert.Equal(
            Enumerable.Range(1, 200).Select(n => $"{{\"line\":{(n * 100) + 1}"), output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Who_refuses_a_wrong_row_ends_the_reading()
    {
        Train(TrainingMethods.Em, isClasses: false);
        var model = TableModel.Load(RunFolder.Open(_folder["run"]));
        File.WriteAllLines(_folder["new.csv"], Enumerable.Range(0, 50_000).Select(row => row == 1500 ? "x,a,yes" : "1,a,yes").Prepend("n,word,ok"));
        using var output = new StringWriter();
        using var answers = new CsvAnswers(output, model.Form);
        var error = Assert.Throws<DataException>(() => model.PredictFile(_folder["new.csv"], answers, problem => throw problem, TestContext.Current.CancellationToken));
        Assert.Contains("line 1502, column 1 ('n')", error.Message, StringComparison.Ordinal);
    }

    private TableOptions Train(string method, bool isClasses)
    {
        string path = _folder["table.csv"];
        File.WriteAllLines(path, Enumerable.Range(0, 100).Select(row => string.Join(
            ',', row % 7 == 0 ? "" : $"{row % 11}", $"{"abc"[row % 3]}", row % 5 == 0 ? "" : row % 2 == 0 ? "yes" : "no", isClasses ? (row % 2 == 0 ? "even" : "odd") : $"{row % 13}"))
            .Prepend(string.Join(',', Header)));
        var options = (TableOptions)new TableOptions
        {
            Data = path,
            Target = "y",
            Modules = method == TrainingMethods.Fixed ? 1 : 3,
            TopK = new() { MixedModules = 2 },
            BatchSize = 20,
            Steps = 30,
            Threads = 1,
        }.WithMethod(method);
        RunCase.Summarize(options, _folder["run"]);
        return options;
    }
}
