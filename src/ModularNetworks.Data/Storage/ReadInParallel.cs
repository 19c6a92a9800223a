using System.Runtime.ExceptionServices;

namespace ModularNetworks.Data;

/// <summary>Reads parts of a data set at the same time.</summary>
internal static class ReadInParallel
{
    /// <summary>Reads all parts.</summary>
    /// <param name="count">The number of parts.</param>
    /// <param name="read">Reads the part of a number.</param>
    /// <param name="stage">Is told how many parts are read; null if nobody is.</param>
    /// <returns>The parts in the order of their numbers.</returns>
    /// <exception cref="DataException">A part cannot be read; of several, the first in order is told.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static T[] Run<T>(int count, Func<int, T> read, DataStage? stage = null)
    {
        var parts = new T[count];
        var problems = new ExceptionDispatchInfo?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = stage?.Stop ?? CancellationToken.None }, part =>
        {
            try
            {
                parts[part] = read(part);
                stage?.Add(1);
            }
            catch (DataException problem)
            {
                problems[part] = ExceptionDispatchInfo.Capture(problem);
            }
        });
        problems.FirstOrDefault(problem => problem is not null)?.Throw();
        return parts;
    }
}
