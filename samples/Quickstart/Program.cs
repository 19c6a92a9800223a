using ModularNetworks;

// y = |x|: each of two modules learns a side, and the controller learns which.
float[][] x = [.. Enumerable.Range(-256, 513).Select(n => (float[])[n / 256f])];
float[] y = [.. x.Select(row => MathF.Abs(row[0]))];

var model = new ModularRegressor(inputs: 1, modules: 2, seed: 1, hidden: 4);
model.Fit(x, y);

foreach (float[] row in (float[][])[[-0.9f], [-0.4f], [0.2f], [0.7f]])
    Console.WriteLine($"f({row[0],4:F1}) = {model.Predict(row):F3}   by module {model.Explain(row)}");
