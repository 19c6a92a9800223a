namespace ModularNetworks.Experiments;

/// <summary>The finished runs of a series.</summary>
internal static class ReproductionRuns
{
    /// <summary>
    /// The runs that make a row or a curve. Where runs differ in their number of steps, these are the ones that took the most, since others
    /// cannot be averaged with them.
    /// </summary>
    /// <param name="finished">All finished runs of a series, at least one.</param>
    public static TResult[] Longest<TResult>(IReadOnlyList<TResult> finished)
        where TResult : IRunResult
    {
        long steps = finished.Max(run => run.Steps);
        return [.. finished.Where(run => run.Steps == steps)];
    }

    /// <summary>Reads a run's results.</summary>
    /// <param name="run">The run's name, for messages.</param>
    /// <param name="files">The files that the results are read from.</param>
    /// <param name="fix">The end of the message: a sentence that tells how to mend the run.</param>
    /// <param name="read">Reads the results.</param>
    /// <exception cref="RunException">An entry is missing, or is of another kind.</exception>
    public static TResult Read<TResult>(string run, string files, string fix, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new RunException($"{run}: {files} is damaged: {exception.Message} {fix}", exception);
        }
    }
}
