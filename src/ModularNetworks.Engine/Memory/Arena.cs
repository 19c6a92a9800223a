namespace ModularNetworks.Engine;

/// <summary>
/// Memory for the temporaries of one step: handed out from the front, all taken back at once. After the first steps the
/// same blocks serve every step and nothing is allocated.
/// </summary>
/// <remarks>
/// Where kernels are checked, what lies behind each piece of memory is filled with ones, which are no number and no index, and looked at
/// when everything is taken back: who writes there writes outside a tensor.
/// </remarks>
internal sealed unsafe class Arena
{
    private const nuint BlockBytes = 1 << 20;
    private const byte Untouched = 0xFF;

    private readonly List<AlignedBuffer> _blocks = [];
    private readonly List<(AlignedBuffer Buffer, nuint Start, nuint End)> _guards = [];
    private int _block;
    private nuint _used;

    /// <summary>Memory held, in bytes.</summary>
    public long ByteCount => _blocks.Sum(block => (long)block.ByteCount);

    /// <summary>Finds room for some bytes, with unspecified content.</summary>
    public (AlignedBuffer Buffer, nuint Offset) Rent(nuint byteCount)
    {
        nuint size = AlignedBuffer.RoundUp(byteCount) + (KernelCheck.IsOn ? (nuint)AlignedBuffer.Alignment : 0);
        while (_block < _blocks.Count && _used + size > _blocks[_block].ByteCount)
        {
            _block++;
            _used = 0;
        }
        if (_block == _blocks.Count)
            _blocks.Add(new AlignedBuffer(Math.Max(size, BlockBytes)));
        nuint offset = _used;
        _used += size;
        if (KernelCheck.IsOn)
            Guard(_blocks[_block], offset + byteCount, offset + size);
        return (_blocks[_block], offset);
    }

    /// <summary>Takes everything back.</summary>
    /// <exception cref="InvalidOperationException">Kernels are checked, and one has written outside a tensor.</exception>
    public void Reset()
    {
        CheckGuards();
        _block = 0;
        _used = 0;
    }

    private static Span<byte> Between(AlignedBuffer buffer, nuint start, nuint end) => new(buffer.Start + start, (int)(end - start));

    private void Guard(AlignedBuffer buffer, nuint start, nuint end)
    {
        Between(buffer, start, end).Fill(Untouched);
        _guards.Add((buffer, start, end));
    }

    private void CheckGuards()
    {
        int written = _guards.FindIndex(guard => Between(guard.Buffer, guard.Start, guard.End).ContainsAnyExcept(Untouched));
        int count = _guards.Count;
        _guards.Clear();
        if (written >= 0)
            throw new InvalidOperationException($"Arena: a kernel wrote behind piece {written} of the {count} that this step was lent.");
    }
}
