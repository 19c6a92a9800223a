namespace ModularNetworks.Engine;

/// <summary>
/// What an object keeps between its calls, for the one thread that uses it. Another thread may begin to use the object at any moment;
/// it gets a state of its own, so that nothing that the first still works with changes under its hands.
/// </summary>
/// <param name="name">The object's type, for messages.</param>
/// <param name="create">Makes a state.</param>
internal sealed class OfOneThread<T>(string name, Func<T> create)
    where T : class
{
    private const int Nobody = 0; // threads are numbered from 1

    // All states live as long as the object: kernels work on addresses in them.
    private readonly List<Held> _all = [];
    private volatile Held? _held;

    /// <summary>The state of the thread that calls, which began to use the object last.</summary>
    /// <exception cref="InvalidOperationException">Another thread has begun to use it since.</exception>
    public T Current => _held is { } held && held.Thread == Environment.CurrentManagedThreadId ? held.State : Claim();

    /// <summary>Begins to use the object: with the state that this thread left, one that was given free, or a new one.</summary>
    public T Begin() =>
        _held is { } held && held.Thread == Environment.CurrentManagedThreadId ? held.State : TakeOver();

    /// <summary>Ends the use of this thread, which holds on to nothing of the state: the next thread goes on with it.</summary>
    public void Release()
    {
        if (_held is { } held && held.Thread == Environment.CurrentManagedThreadId)
            held.Thread = Nobody;
    }

    private T Claim() => _held is null or { Thread: Nobody } ? TakeOver() : throw OneThread.Broken(name);

    private T TakeOver()
    {
        int thread = Environment.CurrentManagedThreadId;
        lock (_all)
        {
            var held = _all.Find(held => held.Thread == thread) ?? _all.Find(held => held.Thread == Nobody);
            if (held is null)
                _all.Add(held = new Held(create()));
            held.Thread = thread;
            _held = held;
            return held.State;
        }
    }

    private sealed class Held(T state)
    {
        private volatile int _thread;

        /// <summary>The thread that uses the state.</summary>
        public int Thread
        {
            get => _thread;
            set => _thread = value;
        }

        public T State { get; } = state;
    }
}
