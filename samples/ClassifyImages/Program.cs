using ModularNetworks.Experiments;

// Names the classes of pictures: ClassifyImages RUN FILE...
var model = ImageModel.Load(RunFolder.Open(args[0]));

foreach (string file in args[1..])
{
    var prediction = model.Predict(File.ReadAllBytes(file), count: 3);
    var classes = prediction.Classes.Select(found => $"{found.Class} {found.Probability:P0}");
    var modules = prediction.Modules.Select(layer => $"{layer.Layer} {string.Join('+', layer.Modules)}");
    Console.WriteLine($"{Path.GetFileName(file)}: {string.Join(", ", classes)} by {string.Join(", ", modules)}");
}
