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
    // All states live as long as the object: kernels work on addresses in them.
    private readonly List<Held> _all = [];
    private volatile Held? _held;
    private T? _guarded;

    /// <summary>The state of the thread that calls, which began to use the object last.</summary>
    /// <exception cref="InvalidOperationException">Another thread has begun to use it since.</exception>
    public T Current => _guarded ?? OfThisThread;

    /// <summary>The one state of an object that another object uses alone, and lets one thread at a time into it.</summary>
    public void LeaveToOwner() => _guarded = create();

    private T OfThisThread => _held is { } held && held.Thread == Environment.CurrentManagedThreadId ? held.State : Claim();

    /// <summary>The state of whichever thread began to use the object last, to read what leads to a use of <see cref="Current"/>.</summary>
    public T Latest => _guarded ?? _held?.State ?? Begin();

    /// <summary>Begins to use the object: with the state that this thread left, one that was given free, or a new one.</summary>
    public T Begin()
    {
        if (_guarded is { } guarded)
            return guarded;
        int thread = Environment.CurrentManagedThreadId;
        return _held is { } held && (held.Thread == thread || held.TryTake(thread)) ? held.State : TakeOver(thread);
    }

    /// <summary>Ends the use of this thread, which holds on to nothing of the state: the next thread goes on with it.</summary>
    public void Release()
    {
        if (_held is { } held && held.Thread == Environment.CurrentManagedThreadId)
            held.Free();
    }

    private T Claim() => _held is null or { Thread: Held.Nobody } ? Begin() : throw OneThread.Broken(name);

    private T TakeOver(int thread)
    {
        lock (_all)
        {
            foreach (var held in _all)
            {
                if (held.Thread == thread || held.TryTake(thread))
                    return (_held = held).State;
            }
            var made = new Held(create());
            made.TryTake(thread);
            _all.Add(made);
            return (_held = made).State;
        }
    }

    private sealed class Held(T state)
    {
        public const int Nobody = 0; // threads are numbered from 1

        private int _thread;

        /// <summary>The thread that uses the state.</summary>
        public int Thread => Volatile.Read(ref _thread);

        public T State { get; } = state;

        /// <summary>Takes the state, unless a thread has it.</summary>
        public bool TryTake(int thread) => Interlocked.CompareExchange(ref _thread, thread, Nobody) == Nobody;

        public void Free() => Volatile.Write(ref _thread, Nobody);
    }
}
