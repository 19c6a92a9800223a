using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// The objects that kernels keep between their runs: one of each type for each thread. A thread runs one kernel at a time, so that kernels
/// which run at the same time never write to the same memory.
/// </summary>
internal sealed class KeptObjects
{
    [ThreadStatic]
    private static KeptObjects? _ofThisThread;

    private object[] _all = [];

    /// <summary>Those of the thread that calls.</summary>
    public static KeptObjects OfThisThread => _ofThisThread ??= new KeptObjects();

    /// <summary>The object of a type, made at the first call.</summary>
    public T Of<T>()
        where T : class, new()
    {
        foreach (object kept in _all)
        {
            if (kept.GetType() == typeof(T))
                return Unsafe.As<T>(kept);
        }
        var made = new T();
        _all = [.. _all, made];
        return made;
    }
}
