using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train</c>: the commands that train a network.</summary>
internal sealed class TrainCommand : Command
{
    public TrainCommand(CliContext context)
        : base("train", "Trains a modular network and writes a run folder.")
    {
        Subcommands.Add(new TrainToyCommand(context));
        Subcommands.Add(new TrainPtbCommand(context));
        Subcommands.Add(new TrainImagesCommand<Cifar10Options>(
            context, Cifar10Options.Name, "Trains the paper's image classifier on CIFAR-10 (paper, section 3.3)."));
        Subcommands.Add(new TrainImagesCommand<OptdigitsOptions>(
            context, OptdigitsOptions.Name, "Trains the image classifier on small handwritten digits."));
        Subcommands.Add(new TrainImagesCommand<ImageFolderOptions>(
            context, ImageFolderOptions.Name, "Trains the image classifier on PNG and JPEG files, a folder for each class."));
    }
}
