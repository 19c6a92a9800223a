using ModularNetworks;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

// Learns a text and goes on with a prompt: OwnText FILE RUN PROMPT
var options = new PlainTextOptions { Data = args[0], Unit = TextUnit.Bpe, Vocabulary = 300, Modules = 4, Hidden = 16, Window = 8, Steps = 100 };
using var workers = new WorkerPool(Environment.ProcessorCount);

// Reads the text, learns its tokens, makes the network and its trainer.
var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
var run = NewRunFolder.Create(new Disk(), args[1], options);
new TrainingRun(experiment, options, run, new Disk(), new Lines()).Train(CancellationToken.None);

// The run folder is all that is needed from here on.
var model = TextModel.Load(run);
var prompt = model.Encoding.Encode(args[2]);
Console.WriteLine($"after {prompt.Ids.Count} tokens most probably '{model.Predict(prompt, count: 1).Next[0].Token}'");
Console.WriteLine(string.Concat(model.Continue(prompt, temperature: 0.5, RandomKey.FromSeed(1)).Take(20)));

/// <summary>Prints the lines of metrics.</summary>
internal sealed class Lines : IRunObserver
{
    public void Progress(long step, long total)
    {
    }

    public void Logged(MetricsLine line) => Console.WriteLine($"step {line.Step}: {line.Training.Train?.LogLikelihood:F3} nats a token");
}
