using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using ModularNetworks.Reporting.TensorBoard;

namespace ModularNetworks.Reporting;

/// <summary>
/// Writes an event file: records of length, checksum of the length, data, checksum of the data. Each record reaches the file
/// at once, so that a process that is killed leaves all but the one it was writing.
/// </summary>
internal sealed class EventFileWriter
{
    private const string Prefix = "events.out.tfevents.";
    private const string Suffix = ".modnet";
    private const string Version = "brain.Event:2";
    private const int HeaderBytes = sizeof(ulong) + sizeof(uint);

    private readonly IDisk _disk;
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Makes a new file in a folder, which is made if need be.</summary>
    /// <param name="disk">Writes it.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="time">Says when an event was.</param>
    public EventFileWriter(IDisk disk, string folder, TimeProvider time)
    {
        _disk = disk;
        _time = time;
        disk.CreateFolder(folder);
        // Readers take a folder's files in the order of their names: a name must come after those that are there, even if
        // two are made in one second or the clock was set back.
        long seconds = Math.Max(time.GetUtcNow().ToUnixTimeSeconds(), Newest(folder) + 1);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seconds}{Suffix}");
        _path = Path.Combine(folder, name);
        Write(new Event { FileVersion = Version });
    }

    /// <summary>Writes a step's values.</summary>
    public void Write(long step, Summary summary) => Write(new Event { Step = step, Summary = summary });

    /// <summary>Writes the event that makes readers drop older events of this step and of later steps.</summary>
    public void WriteStart(long step) =>
        Write(new Event { Step = step, SessionLog = new SessionLog { Status = SessionLog.Types.Status.Start } });

    private static long Newest(string folder) => Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}")
        .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
        .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds : 0)
        .DefaultIfEmpty()
        .Max();

    private void Write(Event happened)
    {
        happened.WallTime = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        int length = happened.CalculateSize();
        byte[] written = new byte[HeaderBytes + length + sizeof(uint)];
        var data = written.AsSpan(HeaderBytes, length);
        BinaryPrimitives.WriteUInt64LittleEndian(written, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(written.AsSpan(sizeof(ulong)), MaskedCrc.Of(written.AsSpan(0, sizeof(ulong))));
        happened.WriteTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(written.AsSpan(HeaderBytes + length), MaskedCrc.Of(data));
        _disk.Append(_path, written);
    }
}
