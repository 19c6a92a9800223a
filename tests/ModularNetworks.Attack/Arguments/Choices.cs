using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Random choices, one after the other; the same for the same seed and number of a call.</summary>
internal sealed class Choices
{
    // A call of which every argument is wrong is refused by its first check, and tells nothing of the others.
    private const int FaultsInWrongCalls = 12;

    private readonly RandomKey _key;
    private readonly bool _isWrong;
    private ulong _next;

    public Choices(RandomKey key)
    {
        _key = key;
        _isWrong = !OneIn(3);
    }

    /// <summary>A number of 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => _key.Below(_next++, bound);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>Whether something is to be wrong: never in a third of the calls, now and then in the others.</summary>
    public bool Fault() => _isWrong && OneIn(FaultsInWrongCalls);

    /// <summary>One of some things.</summary>
    public T OneOf<T>(params IReadOnlyList<T> things) => things[Below(things.Count)];

    /// <summary>A number from -1 to 1.</summary>
    public float Uniform() => (2 * _key.Uniform(_next++)) - 1;

    /// <summary>A key of the engine's random numbers.</summary>
    public RandomKey Key() => _key.Split(_next++);
}
