namespace ModularNetworks.Cli.Tests;

/// <summary>Tells the first line that is written.</summary>
internal sealed class ToldLines : StringWriter
{
    public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void WriteLine(string? value) => First.TrySetResult(value ?? "");
}
