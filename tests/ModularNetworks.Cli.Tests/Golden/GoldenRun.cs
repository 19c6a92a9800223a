using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>A training by the command line.</summary>
internal static class GoldenRun
{
    /// <summary>Trains to the end.</summary>
    public static void Train(string[] arguments)
    {
        using var error = new StringWriter();
        int exitCode = Transcript.Run(arguments, new Transcript().Data, TextWriter.Null, error);
        Assert.True(exitCode == 0, error.ToString());
    }

    /// <summary>The name of the instruction set that a finished run was trained with.</summary>
    public static string InstructionSet(string run) =>
        JsonNode.Parse(File.ReadAllText(Path.Join(run, "summary.json")))!["simd"]!.GetValue<string>();
}
