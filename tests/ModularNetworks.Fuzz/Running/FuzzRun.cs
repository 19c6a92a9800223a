namespace ModularNetworks.Fuzz;

/// <summary>Gives a reader inputs, one after the other, and judges what it does.</summary>
/// <param name="target">The reader.</param>
/// <param name="seed">Decides the inputs.</param>
/// <param name="time">Measures.</param>
/// <param name="watchdog">Looks for inputs that hang.</param>
internal sealed class FuzzRun(FuzzTarget target, ulong seed, TimeProvider time, Watchdog watchdog)
{
    // After so many the rest would hardly tell anything new.
    private const int MostFailures = 5;

    private readonly List<FuzzFailure> _failures = [];
    private long _accepted;
    private long _largest;
    private TimeSpan _slowest;

    /// <summary>Reads inputs.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="progress">Is told how many were read.</param>
    public FuzzResult Run(IEnumerable<long> numbers, Action<long> progress)
    {
        long done = 0;
        foreach (long number in numbers.TakeWhile(_ => _failures.Count < MostFailures))
        {
            Try(number);
            progress(++done);
        }
        return new FuzzResult(target.Name, done, _accepted, _largest, _slowest, _failures);
    }

    private void Try(long number)
    {
        byte[] input = target.Make(Draws.Of(seed, target.Name, number));
        try
        {
            bool isAccepted = Measure(input, number);
            if (target.Sandbox.Escaped() is { } outside)
                throw new FuzzFailureException($"{outside} was written, outside of the sandbox");
            if (target.Sandbox.Restore() is { } written && !target.MayWrite)
                throw new FuzzFailureException($"{written} was written; reading must not write");
            _accepted += isAccepted ? 1 : 0;
        }
        catch (FuzzFailureException failure)
        {
            target.Sandbox.Restore();
            _failures.Add(new FuzzFailure(target.Name, seed, number, failure.Message.ReplaceLineEndings(" "), $"{failure.InnerException}"));
        }
    }

    /// <summary>Reads an input, and measures time and memory.</summary>
    private bool Measure(byte[] input, long number)
    {
        target.Prepare(input);
        // Of all threads, since some readers use several.
        long before = GC.GetTotalAllocatedBytes(), start = time.GetTimestamp();
        watchdog.Begin(target, seed, number);
        bool isAccepted = target.Read(input);
        watchdog.End();
        var elapsed = time.GetElapsedTime(start);
        long allocated = GC.GetTotalAllocatedBytes() - before;
        _largest = Math.Max(_largest, allocated);
        _slowest = elapsed > _slowest ? elapsed : _slowest;
        long most = target.MostBytes + ((long)target.MostBytesPerByte * input.Length);
        return allocated <= most
            ? isAccepted
            : throw new FuzzFailureException($"{allocated} bytes were allocated for an input of {input.Length}; at most {most} are stated");
    }
}
