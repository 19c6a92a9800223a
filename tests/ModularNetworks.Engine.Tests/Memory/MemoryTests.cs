using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine.Tests;

public sealed unsafe class MemoryTests
{
    [Fact]
    public void Buffers_are_zero_and_start_at_a_cache_line()
    {
        for (nuint size = 0; size < 1000; size += 37)
        {
            var buffer = new AlignedBuffer(size);
            Assert.Equal(0u, (nuint)buffer.Start % AlignedBuffer.Alignment);
            Assert.True(buffer.ByteCount >= size);
            Assert.All(new Span<byte>(buffer.Start, (int)buffer.ByteCount).ToArray(), value => Assert.Equal(0, value));
            GC.KeepAlive(buffer);
        }
    }

    [Fact]
    public void A_span_keeps_its_memory_when_the_tensor_is_gone()
    {
        var values = AllOnes();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (int i = 0; i < 100; i++)
            GC.KeepAlive(Tensor.Allocate(new Shape(4096)));
        foreach (float value in values)
            Assert.Equal(1, value);
    }

    [Fact]
    public void An_arena_hands_out_disjoint_memory()
    {
        var arena = new Arena();
        var seen = new HashSet<nuint>();
        for (int i = 0; i < 3000; i++)
        {
            var (buffer, offset) = arena.Rent((nuint)(i + 1));
            Assert.True(offset + (nuint)(i + 1) <= buffer.ByteCount);
            for (nuint line = offset; line < offset + (nuint)(i + 1); line += AlignedBuffer.Alignment)
                Assert.True(seen.Add((nuint)buffer.Start + line));
        }
        GC.KeepAlive(arena);
    }

    [Fact]
    public void An_arena_stops_growing_when_steps_alternate()
    {
        var arena = new Arena();
        for (int step = 0; step < 20; step++)
            Step(arena, step);
        long held = arena.ByteCount;
        for (int step = 0; step < 20; step++)
            Step(arena, step);
        Assert.Equal(held, arena.ByteCount);

        static void Step(Arena arena, int step)
        {
            arena.Reset();
            for (int i = 0; i < 10; i++)
                arena.Rent((nuint)(((step + i) % 5 * 700_000) + 100));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> AllOnes()
    {
        var tensor = Tensor.Allocate(new Shape(4096));
        tensor.Values.Fill(1);
        return tensor.Values;
    }
}
