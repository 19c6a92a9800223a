using ModularNetworks.Data;
using ModularNetworks.Experiments;

// Goes on with a text: NextWord RUN DATA WORD...
var vocabulary = PennTreebank.Load(args[1]).Vocabulary;
var model = LanguageModel.Load(RunFolder.Open(args[0]), vocabulary.Count);

var predictor = new NextWordPredictor(model);
predictor.Read(vocabulary.IdOf(Vocabulary.EndOfSentence));
foreach (string word in args[2..])
    predictor.Read(vocabulary.IdOf(word));

for (int n = 0; n < 8; n++)
{
    int word = predictor.MostProbableWord();
    double probability = Math.Exp(predictor.LogProbabilities()[word]);
    predictor.Read(word);
    Console.WriteLine($"{vocabulary[word],-12} {probability:P0}, read by module {predictor.Selection.Modules[0]}");
}
