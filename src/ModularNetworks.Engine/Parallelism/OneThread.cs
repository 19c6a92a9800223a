namespace ModularNetworks.Engine;

/// <summary>The rule of objects that serve one thread at a time.</summary>
internal static class OneThread
{
    /// <summary>What a thread is told that uses such an object together with another one.</summary>
    /// <param name="name">The object's type.</param>
    public static InvalidOperationException Broken(string name) => new(
        $"{name}: another thread uses it; it serves one thread at a time. Give each thread one of its own.");
}
