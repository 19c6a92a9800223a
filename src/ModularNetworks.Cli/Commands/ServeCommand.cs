using System.CommandLine;
using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.Serving;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet serve</c>: trained models answer over HTTP.</summary>
internal sealed class ServeCommand : Command
{
    // A key has a line.
    private const long MostKeyBytes = 1 << 16;

    private static readonly ServingLimits Defaults = new();

    private readonly CliContext _context;
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "The folders of the runs, of train table, text, ptb, images, cifar10 or optdigits, and files of estimators (.safetensors). Requests ask for a model by "
            + "the last name in its path; NAME=PATH gives it another name.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"The addresses to listen at, with ';' between them; port 0 is any that is free. (default: {ModelServerOptions.DefaultUrl})",
        HelpName = "URLS",
    };

    private readonly Option<string?> _keyFile = new("--api-key-file")
    {
        Description = "A file with the key that requests must show, as 'Authorization: Bearer KEY'; needed where others than this machine reach an address. (default: no key)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _keyVariable = new("--api-key-variable")
    {
        Description = "A variable of the environment with the key, instead of a file. (default: no key)",
        HelpName = "NAME",
    };

    private readonly Option<int?> _body = Limit("--max-body", "The most bytes of a request's body.", Defaults.BodyBytes);
    private readonly Option<int?> _rows = Limit("--max-rows", "The most rows, pictures or texts of a request.", Defaults.Rows);
    private readonly Option<int?> _tokens = Limit("--max-tokens", "The most characters, words or tokens that a request can ask to generate.", Defaults.Tokens);
    private readonly Option<int?> _requests = Limit("--max-requests", "The most predictions and generations at once.", Defaults.Requests);

    public ServeCommand(CliContext context)
        : base("serve", "Serves trained models over HTTP: predictions, streamed text, and a page to try them. Ctrl-C ends it. docs/serving.md explains it.")
    {
        _context = context;
        Arguments.Add(_runs);
        foreach (var option in (Option[])[_urls, _keyFile, _keyVariable, _body, _rows, _tokens, _requests])
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken stop)
    {
        var server = new ModelServerOptions
        {
            Urls = (result.GetValue(_urls) ?? ModelServerOptions.DefaultUrl).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ApiKey = KeyOf(result),
            Failed = fault => _context.Error.WriteLine(ErrorLine.Of(fault)),
        };
        string[] runs = result.GetRequiredValue(_runs);
        await using var models = await StartAsync(server, options => Configure(options, result, runs));
        foreach (var address in models.Addresses)
            _context.WriteLine($"serve: {address} (Ctrl-C ends it)");
        await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        return ExitCode.Success;
    }

    private static async Task<ModelServer> StartAsync(ModelServerOptions server, Action<ServingOptions> configure)
    {
        try
        {
            return await ModelServer.StartAsync(server, configure);
        }
        catch (RunException exception)
        {
            throw new UserErrorException($"serve: {exception.Message}", exception);
        }
    }

    private void Configure(ServingOptions options, ParseResult result, string[] runs)
    {
        options.Limits = new ServingLimits
        {
            BodyBytes = LimitOf(result, _body, Defaults.BodyBytes),
            Rows = LimitOf(result, _rows, Defaults.Rows),
            Tokens = LimitOf(result, _tokens, Defaults.Tokens),
            Requests = LimitOf(result, _requests, Defaults.Requests),
        };
        foreach (string run in runs)
        {
            var (name, path) = NameOf(run);
            try
            {
                options.Add(name, path);
            }
            catch (ArgumentException exception)
            {
                throw new UserErrorException($"serve: {run}: {exception.Message.Split(" (Parameter")[0]} NAME=PATH gives a model a name of its own.", exception);
            }
        }
    }

    private static Option<int?> Limit(string name, string description, int byDefault) => new(name)
    {
        Description = $"{description} (default: {byDefault.ToString(CultureInfo.InvariantCulture)})",
        HelpName = "N",
    };

    private static int LimitOf(ParseResult result, Option<int?> option, int byDefault)
    {
        int limit = result.GetValue(option) ?? byDefault;
        return limit >= 1 ? limit : throw new UserErrorException($"serve: {option.Name} {limit}: at least 1 is needed.");
    }

    /// <summary>The key that requests must show; null for none.</summary>
    private string? KeyOf(ParseResult result)
    {
        if (result.GetValue(_keyFile) is { } file)
        {
            return result.GetValue(_keyVariable) is null
                ? Required(ReadKey(file), $"--api-key-file {file}")
                : throw new UserErrorException("serve: --api-key-file and --api-key-variable are given; one key is needed. Leave one of them out.");
        }
        return result.GetValue(_keyVariable) is { } variable ? Required(_context.Variable(variable), $"--api-key-variable {variable}") : null;
    }

    private static string ReadKey(string file)
    {
        try
        {
            return RegularFile.ReadText(file, MostKeyBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"serve: --api-key-file {file}: the key cannot be read: {exception.Message}", exception);
        }
    }

    private static string Required(string? key, string option) => key?.Trim() is { Length: > 0 } trimmed
        ? trimmed
        : throw new UserErrorException($"serve: {option}: there is no key. 'openssl rand -hex 24' makes one.");

    /// <summary>The name and the path of a model: NAME=PATH, or a path whose last part is the name.</summary>
    private static (string Name, string Path) NameOf(string run)
    {
        int sign = run.IndexOf('=', StringComparison.Ordinal);
        if (sign > 0 && !Path.Exists(run))
            return (run[..sign], run[(sign + 1)..]);
        if (string.IsNullOrWhiteSpace(run))
            throw new UserErrorException("serve: the name of a run or file is empty; give a run folder, such as runs/first, or the file of an estimator.");
        string path = Path.GetFullPath(run).TrimEnd(Path.DirectorySeparatorChar);
        return (Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path), run);
    }
}
