namespace ModularNetworks.Reporting.Tests;

/// <summary>Checksums bit by bit, from their definition.</summary>
internal static class BitwiseCrc
{
    /// <summary>CRC-32 with its polynomial reversed, as PNG has it.</summary>
    public static uint Crc32(ReadOnlySpan<byte> data) => Of(data, 0xEDB88320);

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data) => Of(data, 0x82F63B78);

    private static uint Of(ReadOnlySpan<byte> data, uint polynomial)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ polynomial : crc >> 1;
        }
        return ~crc;
    }
}
