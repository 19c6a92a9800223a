namespace ModularNetworks;

/// <summary>
/// Lends objects that serve one thread at a time to any number of threads: each is rented for one answer and given back. Nobody waits: where none is
/// free, one is made. After as many were made as are used at once, nothing is allocated.
/// </summary>
/// <typeparam name="TReader">The objects, such as <see cref="NextWordPredictor"/>.</typeparam>
/// <param name="create">Makes an object; several threads may call it at once.</param>
/// <example>
/// <code>
/// var readers = new ReaderPool&lt;NextWordPredictor&gt;(() => new NextWordPredictor(model));
/// var reader = readers.Rent();
/// reader.Reset();
/// reader.Read(word);
/// int next = reader.MostProbableWord();
/// readers.Return(reader);
/// </code>
/// </example>
public sealed class ReaderPool<TReader>(Func<TReader> create)
    where TReader : class
{
    /// <summary>The number of objects that are kept while nobody uses them; more are left to the garbage collector.</summary>
    public const int MostKept = 64;

    // Two cache lines, so that threads which take neighbouring objects do not take the lines from each other.
    private const int PlacesApart = 16;

    private readonly Func<TReader> _create = create ?? throw new ArgumentNullException(nameof(create));
    private readonly Place[] _places = new Place[MostKept * PlacesApart];

    /// <summary>Takes a free object, or makes one: most often the one that this thread gave back last.</summary>
    /// <returns>The object, which is the caller's until <see cref="Return"/>.</returns>
    public TReader Rent()
    {
        int first = Environment.CurrentManagedThreadId;
        for (int n = 0; n < MostKept; n++)
        {
            ref TReader? place = ref PlaceOf(first + n);
            if (Volatile.Read(ref place) is not null && Interlocked.Exchange(ref place, null) is { } free)
                return free;
        }
        return _create();
    }

    /// <summary>Gives an object back, of which the caller uses nothing any more.</summary>
    /// <param name="reader">The object. One that was in the middle of an answer when it failed may be given back too, if its next use begins anew.</param>
    public void Return(TReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int first = Environment.CurrentManagedThreadId;
        for (int n = 0; n < MostKept; n++)
        {
            ref TReader? place = ref PlaceOf(first + n);
            if (Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, reader, null) is null)
                return;
        }
    }

    private ref TReader? PlaceOf(int number) => ref _places[number % MostKept * PlacesApart].Reader;

    private struct Place
    {
        public TReader? Reader;
    }
}
