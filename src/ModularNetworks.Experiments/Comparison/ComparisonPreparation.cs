namespace ModularNetworks.Experiments;

/// <summary>Ends what comes before the first run of a comparison where it takes so much of the budget that the rest does not pay for runs.</summary>
internal sealed class ComparisonPreparation : IDisposable
{
    // What is done when the time is over, such as a step, is still done to its end: this needs a margin too.
    private const double MostOfBudget = 0.5;

    private readonly double _budget;
    private readonly ComparisonClock _clock;
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;

    /// <summary>Lets the time run.</summary>
    /// <param name="question">The question, with its budget.</param>
    /// <param name="clock">Tells how long the comparison has taken.</param>
    /// <param name="stop">Asks for a stop.</param>
    public ComparisonPreparation(ComparisonQuestion question, ComparisonClock clock, CancellationToken stop)
    {
        (_budget, _clock, _asked) = (question.BudgetMinutes * 60, clock, stop);
        clock.Start();
        _over = new CancellationTokenSource(TimeSpan.FromSeconds(_budget * MostOfBudget), question.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(stop, _over.Token);
    }

    /// <summary>Asks for a stop, also when the time is over.</summary>
    public CancellationToken Stop => _either.Token;

    /// <summary>Does a part of the preparation.</summary>
    /// <param name="what">What is done, in words, with all that was done before.</param>
    /// <param name="work">Does it.</param>
    /// <exception cref="RunException">It took too long.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public T Do<T>(string what, Func<T> work)
    {
        try
        {
            var done = work();
            Stop.ThrowIfCancellationRequested();
            return done;
        }
        catch (OperationCanceledException) when (!_asked.IsCancellationRequested && _over.IsCancellationRequested)
        {
            throw new RunException(FormattableString.Invariant(
                $"--budget: {what} took {_clock.Seconds:F0} s of {_budget:F0} s, and the rest does not pay for runs. Give a larger --budget, or ask again when the machine has less to do."));
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
