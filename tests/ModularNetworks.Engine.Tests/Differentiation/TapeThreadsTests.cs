namespace ModularNetworks.Engine.Tests;

/// <summary>A tape serves one thread at a time: the step of another thread is noticed, and never mixed with one's own.</summary>
public sealed class TapeThreadsTests
{
    private const int Size = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_tape_on_four_threads_answers_rightly_or_says_the_rule(int workerThreads)
    {
        using var workers = new WorkerPool(workerThreads);
        var tape = new Tape(SimdKernels.Create(workers));
        var parameters = Enumerable.Range(0, 4).Select(Parameter).ToArray();
        ManyThreads.AssertRightOrRefused(threads: 4, uses: 300, (thread, _) =>
        {
            var parameter = parameters[thread];
            parameter.Gradient.Values.Clear();
            tape.Reset(recording: true);
            var squares = tape.MatrixProduct(parameter.Value, parameter.Value);
            tape.Backward(tape.Sum(squares));
            float x = thread + 1;
            return squares.Values.IndexOfAnyExcept(Size * x * x) < 0 && parameter.Gradient.Values.IndexOfAnyExcept(2 * Size * x) < 0;
        });
    }

    [Fact]
    public void Kernels_of_one_worker_serve_a_tape_of_each_of_four_threads()
    {
        using var workers = new WorkerPool(1);
        var kernels = SimdKernels.Create(workers);
        var tapes = Enumerable.Range(0, 4).Select(_ => new Tape(kernels)).ToArray();
        var parameters = Enumerable.Range(0, 4).Select(Parameter).ToArray();
        int wrong = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (int use = 0; use < 300; use++)
            {
                tapes[thread].Reset(recording: false);
                var squares = tapes[thread].MatrixProduct(parameters[thread].Value, parameters[thread].Value);
                if (squares.Values.ContainsAnyExcept((float)(Size * (thread + 1) * (thread + 1))))
                    Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_step_that_another_thread_ended_by_a_reset_keeps_its_numbers_and_takes_no_more_operations()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var mine = tape.Constant(new Shape(2), [1, 2]);
        OnAnotherThread(() =>
        {
            tape.Reset(recording: false);
            tape.Constant(new Shape(2), [3, 4]);
        });
        var refusal = Assert.Throws<InvalidOperationException>(() => tape.Exp(mine));
        Assert.Contains("Tape: another thread uses it; it serves one thread at a time", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], mine.Values.ToArray());
    }

    [Fact]
    public void Threads_that_use_a_tape_one_after_the_other_are_served()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        tape.Reset(recording: false);
        float found = 0;
        OnAnotherThread(() =>
        {
            tape.Reset(recording: false);
            found = tape.Square(tape.Constant(new Shape(1), [3])).Values[0];
        });
        tape.Reset(recording: false);
        Assert.Equal(9, found);
        Assert.Equal(16, tape.Square(tape.Constant(new Shape(1), [4])).Values[0]);
    }

    private static Parameter Parameter(int thread)
    {
        var parameter = new Parameter($"parameter {thread}", new Shape(Size, Size));
        parameter.Value.Values.Fill(thread + 1);
        return parameter;
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
