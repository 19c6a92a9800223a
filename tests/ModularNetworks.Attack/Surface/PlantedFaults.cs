using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Members with every fault that the attack looks for, so that tests can see that it finds them.</summary>
public static class PlantedFaults
{
    private static int _calls;

    /// <summary>Writes to memory that is not its own.</summary>
    public static void Crash(int size) => Marshal.WriteByte(unchecked((nint)(1L << 44)) + size, 1);

    /// <summary>Answers from memory that nobody has written to.</summary>
    public static Tensor Unwritten(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Rent(new Shape(2));
    }

    /// <summary>Answers otherwise at each call.</summary>
    public static int Forgetful(int size) => size + _calls++;

    /// <summary>Falls over its argument instead of checking it.</summary>
    public static int Unchecked(int size) => ((int[])[1, 2])[7 + (size & 1)];

    /// <summary>Leaves the check to a span, which cannot tell what is wrong.</summary>
    public static int Unnamed(int size) => new int[2].AsSpan(3 + (size & 1)).Length;

    /// <summary>Refuses its argument as it should.</summary>
    public static void Refusing(int size) => throw new ShapeException($"Refusing: the size is {size}.");

    /// <summary>Answers as it should.</summary>
    public static int Sound(int size) => size;
}
