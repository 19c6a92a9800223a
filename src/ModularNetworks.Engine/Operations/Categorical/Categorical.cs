namespace ModularNetworks.Engine;

/// <summary>Operations on categorical distributions, given by a row of logits each.</summary>
public static partial class CategoricalOperations
{
    /// <summary>
    /// The probabilities <c>softmax(logits)</c> of every row, for operations that share them. Records nothing.
    /// </summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static CategoricalRows Categorical(this Tape tape, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(logits);
        SoftmaxRows.CheckShape("Categorical", logits.Shape);
        var rows = logits.Shape.WithoutLast();
        var distributions = new CategoricalRows(logits, tape.Rent(logits.Shape), tape.Rent(rows), tape.Rent(rows));
        if (tape.Precision == Precision.Single)
            SoftmaxRows.Run<float>(tape, logits, distributions.Probabilities, distributions.Maxima, distributions.LogSums);
        else
            SoftmaxRows.Run<double>(tape, logits, distributions.Probabilities, distributions.Maxima, distributions.LogSums);
        return distributions;
    }
}

/// <summary>A categorical distribution for every row, made by <see cref="CategoricalOperations.Categorical"/>.</summary>
public readonly struct CategoricalRows
{
    internal CategoricalRows(Tensor logits, Tensor probabilities, Tensor maxima, Tensor logSums, int copies = 1) =>
        (Logits, Probabilities, Maxima, LogSums, Copies) = (logits, probabilities, maxima, logSums, copies);

    /// <summary><c>[..., M]</c>, unnormalised log-probabilities.</summary>
    public Tensor Logits { get; }

    /// <summary><c>[..., M]</c>, the softmax of the logits.</summary>
    public Tensor Probabilities { get; }

    /// <summary><c>[...]</c>, the largest logit m of a row.</summary>
    internal Tensor Maxima { get; }

    /// <summary><c>[...]</c>, <c>log(sum(exp(logit - m)))</c>.</summary>
    internal Tensor LogSums { get; }

    /// <summary>The number of times that every row is to be used.</summary>
    internal int Copies { get; }

    /// <summary>The shape of a choice from every row.</summary>
    internal Shape ChoicesShape => ShapeOfChoices(Logits.Shape, Copies);

    /// <summary>
    /// The same rows for several choices each: choices <c>[copies * n, ...]</c>, of which number <c>copy * n + i</c> is made
    /// with row i.
    /// </summary>
    /// <param name="copies">The number of times that every row is used.</param>
    /// <exception cref="ShapeException">There is but one row, without an axis of rows.</exception>
    public CategoricalRows Repeat(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        if (Logits.Shape.Rank < 2)
            throw new ShapeException($"Repeat: logits have shape {Logits.Shape}; rows to repeat need an axis. Reshape them to [1, M].");
        return new CategoricalRows(Logits, Probabilities, Maxima, LogSums, Sizes.Product("Repeat", Copies, copies));
    }

    /// <summary>The shape of a choice from every copy of a row.</summary>
    internal static Shape ShapeOfChoices(Shape logits, int copies)
    {
        var rows = logits.WithoutLast();
        return copies == 1 ? rows : rows.With(0, Sizes.Product("Repeat", rows[0], copies));
    }
}
