using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train ptb</c>: the language model on the Penn Treebank.</summary>
internal sealed class TrainPtbCommand(CliContext context) : TrainDataCommand<LanguageModelOptions>(
    context,
    "ptb",
    "Trains the paper's language model on the Penn Treebank (paper, section 3.2).",
    command => LanguageModelInputs.AddTo(command, context.Data));
