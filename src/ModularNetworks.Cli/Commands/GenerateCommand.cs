using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet generate</c>: goes on with a text, as a trained language model does.</summary>
internal sealed class GenerateCommand : Command
{
    private const int DefaultTokens = 200;

    private readonly CliContext _context;
    private readonly TextRunInputs _inputs;
    private readonly Option<string?> _prompt = new("--prompt")
    {
        Description = "The text to go on with. (default: the beginning of a line)",
        HelpName = "TEXT",
    };

    private readonly Option<long?> _tokens = new("--tokens")
    {
        Description = $"How many characters, words or tokens to add. (default: {DefaultTokens})",
        HelpName = "N",
    };

    private readonly Option<double?> _temperature = new("--temperature")
    {
        Description = "T: each is drawn from softmax(logits / T); 0 takes the most probable one. (default: 1)",
        HelpName = "T",
    };

    private readonly Option<ulong?> _seed = new("--seed") { Description = "Decides every draw. (default: 1)" };

    public GenerateCommand(CliContext context)
        : base("generate", "Goes on with a text by characters, words or tokens, as a run of train text or ptb has learned.")
    {
        _context = context;
        _inputs = new TextRunInputs(context, this);
        foreach (var option in (Option[])[_prompt, _tokens, _temperature, _seed])
            Options.Add(option);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        long tokens = result.GetValue(_tokens) ?? DefaultTokens;
        if (tokens < 1)
            throw new UserErrorException($"generate: --tokens {tokens}: at least 1 is needed.");
        double temperature = result.GetValue(_temperature) ?? 1;
        if (temperature != 0 && temperature is not (>= NextWordPredictor.LeastTemperature and <= NextWordPredictor.MostTemperature))
        {
            throw new UserErrorException(
                $"generate: --temperature {temperature}: it must be 0, or from {NextWordPredictor.LeastTemperature} to {NextWordPredictor.MostTemperature}.");
        }
        var model = _inputs.Load(result);
        var prompt = _inputs.Encode(model.Encoding, "--prompt", result.GetValue(_prompt) ?? "");
        foreach (string piece in model.Continue(prompt, temperature, RandomKey.FromSeed(result.GetValue(_seed) ?? 1)))
        {
            _context.Output.Write(piece);
            if (--tokens == 0 || stop.IsCancellationRequested)
                break;
        }
        _context.WriteLine("");
        return tokens == 0 ? ExitCode.Success : ExitCode.Interrupted;
    }
}
