using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train cifar10</c> and the like: the image classifier on some set of images.</summary>
/// <typeparam name="TOptions">The experiment's options.</typeparam>
internal sealed class TrainImagesCommand<TOptions> : TrainDataCommand<TOptions>
    where TOptions : ImageClassifierOptions, new()
{
    private const string Linear = "linear";
    private const string Conv = "conv";

    private readonly Option<string?> _controller;

    public TrainImagesCommand(CliContext context, string name, string description)
        : this(context, name, description, NewController())
    {
    }

    private TrainImagesCommand(CliContext context, string name, string description, Option<string?> controller)
        : base(
            context,
            name,
            description,
            command => ImageInputs.AddTo<TOptions>(command, context.Data, ImageClassifierPresets.Best),
            controller) => _controller = controller;

    /// <inheritdoc/>
    protected override TOptions Change(TOptions preset, ParseResult result) => result.GetValue(_controller) switch
    {
        null => preset,
        Linear => ImageClassifierPresets.WithController(preset, ImageController.Linear),
        Conv => ImageClassifierPresets.WithController(preset, ImageController.Conv),
        var other => throw new UserErrorException($"--controller {other}: there is no such controller. Choose {Linear} or {Conv}."),
    };

    private static Option<string?> NewController() => new("--controller")
    {
        Description = $"What selects the modules of convolutional layers by em and reinforce: {Linear}, or {Conv}, filters and their means over the image. "
            + "(default: the preset's)",
    };
}
