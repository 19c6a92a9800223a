using ModularNetworks;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

// Learns folders of pictures, or the files of MNIST, and names the class of a picture: OwnImages FOLDER RUN PICTURE
var options = new ImageFolderOptions { Data = args[0], Modules = 4, Families = true, Steps = 60, BatchSize = 32 };
using var workers = new WorkerPool(Environment.ProcessorCount);

// Decodes each picture once, and keeps it beside the run.
var images = OwnImages.Load(options.Data, cache: new ImageCache($"{args[1]}.cache"));
Console.WriteLine($"{images.Train.Count} images of {images.Train.Shape}: {string.Join(", ", images.Train.Classes)}");
var experiment = new ImageClassifierExperiment(options, images, SimdKernels.Create(workers));
var run = NewRunFolder.Create(new Disk(), args[1], options);
new TrainingRun(experiment, options, run, new Disk(), new Lines()).Train(CancellationToken.None);

// The run folder is all that is needed from here on.
var found = ImageModel.Load(run).Predict(File.ReadAllBytes(args[2]), count: 1).Classes[0];
Console.WriteLine($"{Path.GetFileName(args[2])}: {found.Class}");

/// <summary>Prints the lines of metrics.</summary>
internal sealed class Lines : IRunObserver
{
    public void Progress(long step, long total)
    {
    }

    public void Logged(MetricsLine line) => Console.WriteLine($"step {line.Step}: {line.Training.Train?.LogLikelihood:F3} nats an image");
}
