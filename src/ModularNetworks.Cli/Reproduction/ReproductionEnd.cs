namespace ModularNetworks.Cli.Reproduction;

/// <summary>How the commands that reproduce something end.</summary>
internal static class ReproductionEnd
{
    /// <summary>Says where the results are, or how to go on.</summary>
    /// <param name="context">Where the output goes.</param>
    /// <param name="whole">Whether all runs came to their end.</param>
    /// <param name="what">What was reproduced.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="files">Their names.</param>
    /// <returns>The exit code.</returns>
    public static int Say(CliContext context, bool whole, string what, string folder, params string[] files)
    {
        if (!whole)
        {
            context.WriteLine("stopped; the same command goes on");
            return ExitCode.Interrupted;
        }
        context.WriteLine($"{what}: {string.Join(", ", files.Select(file => Path.Join(folder, file)))}");
        return ExitCode.Success;
    }
}
