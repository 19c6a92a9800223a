namespace ModularNetworks.Cli;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked to.</summary>
    public const int Success = 0;

    /// <summary>The command did its work and the answer is no, such as a data set that is not the published one.</summary>
    public const int Failure = 1;

    /// <summary>Bad usage or bad input; one line on standard error says what.</summary>
    public const int BadInput = 2;

    /// <summary>A fault of the tool itself.</summary>
    public const int Fault = 3;

    /// <summary>Stopped by Ctrl-C or a request to end; what was done is kept.</summary>
    public const int Interrupted = 130;
}
