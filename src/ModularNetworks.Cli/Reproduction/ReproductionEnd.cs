namespace ModularNetworks.Cli.Reproduction;

/// <summary>The end of the commands that reproduce a result of the paper.</summary>
internal static class ReproductionEnd
{
    /// <summary>Says where the results are, or how to go on.</summary>
    /// <param name="context">The context whose output is written to.</param>
    /// <param name="whole">Whether all runs came to their end.</param>
    /// <param name="what">The name of the reproduced result.</param>
    /// <param name="folder">The folder of the result's files.</param>
    /// <param name="files">The names of these files.</param>
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
