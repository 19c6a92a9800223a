namespace ModularNetworks.Engine;

/// <summary>
/// Memory for the temporaries of one step: handed out from the front, all taken back at once. After the first steps the
/// same blocks serve every step and nothing is allocated.
/// </summary>
internal sealed class Arena
{
    private const nuint BlockBytes = 1 << 20;

    private readonly List<AlignedBuffer> _blocks = [];
    private int _block;
    private nuint _used;

    /// <summary>Memory held, in bytes.</summary>
    public long ByteCount => _blocks.Sum(block => (long)block.ByteCount);

    /// <summary>Finds room for some bytes, with unspecified content.</summary>
    public (AlignedBuffer Buffer, nuint Offset) Rent(nuint byteCount)
    {
        nuint size = AlignedBuffer.RoundUp(byteCount);
        while (_block < _blocks.Count && _used + size > _blocks[_block].ByteCount)
        {
            _block++;
            _used = 0;
        }
        if (_block == _blocks.Count)
            _blocks.Add(new AlignedBuffer(Math.Max(size, BlockBytes)));
        nuint offset = _used;
        _used += size;
        return (_blocks[_block], offset);
    }

    /// <summary>Takes everything back.</summary>
    public void Reset()
    {
        _block = 0;
        _used = 0;
    }
}
