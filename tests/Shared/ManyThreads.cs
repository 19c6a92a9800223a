using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Testing;

/// <summary>Uses one object on several threads at once.</summary>
internal static class ManyThreads
{
    /// <summary>Every use ends rightly.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="uses">How often each uses the object.</param>
    /// <param name="use">Uses it; takes the numbers of thread and use, and returns whether the answer is right.</param>
    public static void AssertRight(int threads, int uses, Func<int, int, bool> use) => Assert.Equal(threads * uses, Right(threads, uses, use, mayRefuse: false));

    /// <summary>Every use ends rightly, or with the exception that says the rule; nothing else comes out.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="uses">How often each uses the object.</param>
    /// <param name="use">Uses it; takes the numbers of thread and use, and returns whether the answer is right.</param>
    public static void AssertRightOrRefused(int threads, int uses, Func<int, int, bool> use) =>
        Assert.True(Right(threads, uses, use, mayRefuse: true) > 0, "no use was let through");

    [SuppressMessage("Design", "CA1031", Justification = "Every other exception is what is looked for.")]
    private static int Right(int threads, int uses, Func<int, int, bool> use, bool mayRefuse)
    {
        int right = 0;
        string? wrong = null;
        var running = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < uses; i++)
            {
                try
                {
                    if (use(thread, i))
                        Interlocked.Increment(ref right);
                    else
                        wrong = $"use {i} of thread {thread} gave a wrong answer";
                }
                catch (InvalidOperationException refusal) when (mayRefuse && refusal.Message.Contains("serves one thread at a time", StringComparison.Ordinal))
                {
                    // The rule was said.
                }
                catch (Exception exception)
                {
                    wrong = $"use {i} of thread {thread}: {exception}";
                }
            }
        })).ToArray();
        foreach (var thread in running)
            thread.Start();
        foreach (var thread in running)
            thread.Join();
        Assert.Null(wrong);
        return right;
    }
}
