using System.CommandLine;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>
/// An option whose description takes long to write, such as one that lists all keys of a run's configuration with their
/// defaults. The description is written when help is asked for, and costs other commands no time.
/// </summary>
internal sealed class LateDescription(string name, Func<string> describe) : Option<string[]>(name)
{
    /// <summary>Writes the descriptions of a command's options.</summary>
    public static void WriteAll(Command command)
    {
        foreach (var option in command.Options.OfType<LateDescription>())
            option.Description = option.Describe();
    }

    private Func<string> Describe { get; } = describe;
}
