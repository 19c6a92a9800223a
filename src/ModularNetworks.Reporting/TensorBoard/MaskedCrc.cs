using System.Buffers.Binary;
using System.Numerics;

namespace ModularNetworks.Reporting;

/// <summary>The checksum of the records of event files: CRC-32C, masked.</summary>
internal static class MaskedCrc
{
    // The format's constants: a checksum of data that hold checksums is weak, hence the mask.
    private const int Rotation = 15;
    private const uint Addend = 0xA282EAD8;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }
        foreach (byte value in data)
            crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, Rotation) + Addend);
    }
}
