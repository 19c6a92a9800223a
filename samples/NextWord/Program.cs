using ModularNetworks.Experiments;

// Goes on with a text: NextWord RUN WORD...
var model = TextModel.Load(RunFolder.Open(args[0]));
var vocabulary = model.Encoding.Vocabulary;

var predictor = model.StartText();
foreach (int word in model.Encoding.Encode(string.Join(' ', args[1..])).Ids)
    predictor.Read(word);

for (int n = 0; n < 8; n++)
{
    int word = predictor.MostProbableWord();
    double probability = Math.Exp(predictor.LogProbabilities()[word]);
    predictor.Read(word);
    Console.WriteLine($"{vocabulary[word],-12} {probability:P0}, read by module {predictor.Selection.Modules[0]}");
}
