using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace ModularNetworks.Data;

/// <summary>Makes the fingerprint of data from their parts; what is added in another order or cut differs.</summary>
internal sealed class Fingerprint
{
    private readonly XxHash128 _hash = new();

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Begin(bytes.Length);
        Continue(bytes);
    }

    /// <summary>Begins to add bytes that come one after the other.</summary>
    /// <param name="count">The number of all of them.</param>
    public void Begin(long count)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(length, count);
        _hash.Append(length);
    }

    /// <summary>Goes on with the bytes that were begun.</summary>
    public void Continue(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<int> numbers) => Add(MemoryMarshal.AsBytes(numbers));

    /// <summary>Adds a text.</summary>
    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds texts.</summary>
    public void Add(IEnumerable<string> texts)
    {
        foreach (string text in texts)
            Add(text);
    }

    /// <summary>The fingerprint of what was added, 32 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());
}
