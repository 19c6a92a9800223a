using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The time that a comparison has taken, over all its parts.</summary>
/// <param name="path">The folder.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ComparisonClock(string path, TimeProvider time)
{
    private const string FileName = "time.json";
    private const long MostBytes = 1000;

    private double _before = Read(path);
    private long? _start;

    /// <summary>The seconds in which the clock ran, in all parts of the comparison.</summary>
    public double Seconds => _before + (_start is { } start ? time.GetElapsedTime(start).TotalSeconds : 0);

    /// <summary>Lets the clock run.</summary>
    public void Start() => _start ??= time.GetTimestamp();

    /// <summary>Lets the clock stand.</summary>
    public void Stop() => (_before, _start) = (Seconds, null);

    /// <summary>Keeps the time for later parts.</summary>
    public void Write(IDisk disk) => WholeFile.Write(disk, Path.Combine(path, FileName), RecordJson.Write(new ComparisonTime(Math.Round(Seconds, 1))) + "\n");

    private static double Read(string path)
    {
        string file = Path.Combine(path, FileName);
        if (!File.Exists(file))
            return 0;
        try
        {
            double seconds = RecordJson.Read<ComparisonTime>(StrictJson.Parse(RegularFile.ReadText(file, MostBytes, within: path))).Seconds;
            return seconds >= 0 && double.IsFinite(seconds) ? seconds : throw new FormatException("its entry seconds is out of range.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{file}: this is not the time of a comparison: {exception.Message} Delete it.", exception);
        }
    }
}

/// <summary>The time of a comparison, in its file.</summary>
/// <param name="Seconds">The seconds that it has taken.</param>
[CompiledJson(typeof(ComparisonTimeTypes))]
internal sealed record ComparisonTime(double Seconds);

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ComparisonTime))]
internal sealed partial class ComparisonTimeTypes : JsonSerializerContext;
