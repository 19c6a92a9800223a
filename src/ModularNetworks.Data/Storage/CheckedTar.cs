using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The bytes of a tar archive, whose headers are looked at before a reader sees them: <see cref="System.Formats.Tar.TarReader"/>
/// makes room for whatever size an extended header claims to have.
/// </summary>
/// <param name="archive">The archive; stays open.</param>
/// <param name="mostBytes">The most bytes that it may have.</param>
internal sealed class CheckedTar(Stream archive, long mostBytes = CheckedTar.MostBytes) : UnpackedStream
{
    // Bounds against damaged and hostile archives, far above what the known data sets and the names of files need.
    private const long MostBytes = 2L << 30;
    private const int MostExtendedBytes = 1 << 16;

    private const int HeaderBytes = 512;
    private const int SizeStart = 124;
    private const int SizeLength = 12;
    private const int ChecksumStart = 148;
    private const int ChecksumLength = 8;
    private const int TypePlace = 156;

    private readonly byte[] _header = new byte[HeaderBytes];
    private byte[] _extended = [];
    private int _headerFilled;
    private int _extendedFilled;
    private long _contentLeft;
    private bool _hasEnded;

    /// <inheritdoc/>
    protected override int ReadNext(Span<byte> buffer) => archive.Read(buffer);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A header has a size that is none or too large, or the archive is too large.</exception>
    protected override void CheckRead(ReadOnlySpan<byte> buffer, int count)
    {
        if (BytesRead > mostBytes)
            throw new InvalidDataException($"It unpacks to more than {mostBytes} bytes.");
        Check(buffer[..count]);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        while (!_hasEnded && bytes.Length > 0)
        {
            int count;
            if (_contentLeft > 0)
            {
                count = (int)Math.Min(_contentLeft, bytes.Length);
                KeepExtended(bytes[..count]);
                _contentLeft -= count;
            }
            else
            {
                count = Math.Min(HeaderBytes - _headerFilled, bytes.Length);
                bytes[..count].CopyTo(_header.AsSpan(_headerFilled));
                _headerFilled += count;
                if (_headerFilled == HeaderBytes)
                    CheckHeader();
            }
            bytes = bytes[count..];
        }
    }

    private void CheckHeader()
    {
        _headerFilled = 0;
        _hasEnded = _header.AsSpan(ChecksumStart, ChecksumLength).IndexOfAnyExcept((byte)0) < 0;
        if (_hasEnded)
            return;
        long size = SizeOf(_header.AsSpan(SizeStart, SizeLength));
        bool isExtended = (char)_header[TypePlace] is 'x' or 'g' or 'L' or 'K';
        if (isExtended && size > MostExtendedBytes)
            throw new InvalidDataException($"A header claims to have {Counted.Of(size, "byte")}.");
        _extended = isExtended ? new byte[size] : [];
        _extendedFilled = 0;
        // Contents are filled up to whole blocks.
        _contentLeft = (size + HeaderBytes - 1) / HeaderBytes * HeaderBytes;
    }

    /// <summary>Looks at an extended header when it is whole: a size there would hold instead of the next header's.</summary>
    private void KeepExtended(ReadOnlySpan<byte> content)
    {
        var part = content[..Math.Min(content.Length, _extended.Length - _extendedFilled)];
        part.CopyTo(_extended.AsSpan(_extendedFilled));
        _extendedFilled += part.Length;
        if (part.Length > 0 && _extendedFilled == _extended.Length && _extended.AsSpan().IndexOf(" size="u8) >= 0)
            throw new InvalidDataException("It has a size in an extended header, which only files of more than 8 GiB need.");
    }

    private static long SizeOf(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        long size = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new InvalidDataException("A header has a size that is no octal number.");
            size = (8 * size) + (digit - '0');
        }
        return size;
    }
}
