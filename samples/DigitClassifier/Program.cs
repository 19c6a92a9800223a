using ModularNetworks;

// Learns digits of 8 x 8 pixels: DigitClassifier FOLDER, which has optdigits.tra and optdigits.tes
var (trainX, trainY) = Read(Path.Combine(args[0], "optdigits.tra"));
var (testX, testY) = Read(Path.Combine(args[0], "optdigits.tes"));

var digits = new ModularClassifier(inputs: 64, classes: 10, modules: 8, seed: 1);
digits.Fit(trainX, trainY, new FitOptions { Epochs = 30, Progress = Console.Out });
Console.WriteLine($"test: {digits.Evaluate(testX, testY)}");
digits.Save("digits.safetensors");

var loaded = ModularClassifier.Load("digits.safetensors");
for (int n = 0; n < 5; n++)
    Console.WriteLine($"a {testY[n]} is taken for a {loaded.Predict(testX[n])} by module {loaded.Explain(testX[n])}");

static (float[][] X, int[] Y) Read(string path)
{
    float[][] rows = [.. File.ReadLines(path).Select(line => line.Split(',').Select(float.Parse).ToArray())];
    return ([.. rows.Select(row => row[..^1])], [.. rows.Select(row => (int)row[^1])]);
}
