namespace ModularNetworks.Engine;

/// <summary>How element-by-element work is cut: into blocks worth waking another thread for.</summary>
internal static class ElementBlocks
{
    /// <summary>The size of all blocks but the last: a multiple of every vector and every cache line.</summary>
    public const int Elements = 16 * 1024;

    /// <summary>The number of blocks.</summary>
    public static int Count(int elements) => (int)(((long)elements + Elements - 1) / Elements);

    /// <summary>The elements of one block.</summary>
    public static (int Start, int End) Range(int block, int elements)
    {
        int start = block * Elements;
        return (start, Math.Min(Elements, elements - start) + start);
    }
}
