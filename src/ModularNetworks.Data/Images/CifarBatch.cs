using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Reads a batch of CIFAR-10's binary version: records of a label and the 3,072 bytes of an image of 3x32x32 in the
/// order channel, row, column.
/// </summary>
internal static class CifarBatch
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    /// <summary>The size of a record in bytes.</summary>
    public const int RecordBytes = 1 + (3 * 32 * 32);

    /// <summary>The size of an image.</summary>
    public static ImageShape Shape { get; } = new(3, 32, 32);

    /// <summary>Reads the records of a batch, <c>[records, 3073]</c>.</summary>
    /// <param name="files">Holds the batch.</param>
    /// <param name="name">The batch's name.</param>
    /// <param name="records">The number of records that the batch must have.</param>
    /// <exception cref="DataException">
    /// The batch is missing, cannot be read, has another size or labels that are none.
    /// </exception>
    public static byte[] Read(DataFiles files, string name, int records)
    {
        string path = files.PathOf(name);
        var bytes = new byte[records * RecordBytes];
        using (var stream = files.Open(name))
        {
            try
            {
                int found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                bool isMore = stream.ReadByte() >= 0;
                if (found != bytes.Length || isMore)
                    throw WrongLength(path, isMore ? $"more than {bytes.Length}" : $"{found}", records);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"{path}: cannot be read: {cause.Message}", cause);
            }
        }
        for (int record = 0; record < records; record++)
            CheckLabel(bytes[record * RecordBytes], record, path);
        return bytes;
    }

    /// <summary>The labels of the records of a batch, <c>[records]</c>.</summary>
    public static IEnumerable<int> Labels(byte[] batch)
    {
        for (int start = 0; start < batch.Length; start += RecordBytes)
            yield return batch[start];
    }

    /// <summary>The images of the records of a batch, parts of its memory.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Images(byte[] batch)
    {
        for (int start = 0; start < batch.Length; start += RecordBytes)
            yield return batch.AsMemory(start + 1, RecordBytes - 1);
    }

    private static DataException WrongLength(string path, string found, int records) => new(
        $"{path}: has {found} bytes; {records * RecordBytes} are expected: {records} records of a label and 3x32x32 values. "
        + "The file is cut short or no batch of CIFAR-10's binary version; get it again.");

    private static void CheckLabel(byte label, int record, string path)
    {
        if (label >= Classes)
        {
            throw new DataException(
                $"{path}: record {record} has the label {label}; labels are 0 to {Classes - 1}. The file is damaged or no batch "
                + "of CIFAR-10's binary version; get it again.");
        }
    }
}
