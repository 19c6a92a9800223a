namespace ModularNetworks.Engine;

/// <summary>Notices a second thread in an object while the first is still in one of its methods.</summary>
internal struct BusyFlag
{
    private int _isBusy;

    /// <summary>Begins a method; <see cref="Leave"/> must follow.</summary>
    /// <param name="name">The object's type, for the message.</param>
    /// <exception cref="InvalidOperationException">A thread is in the object already.</exception>
    public void Enter(string name)
    {
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0)
            throw OneThread.Broken(name);
    }

    /// <summary>Ends the method.</summary>
    public void Leave() => Volatile.Write(ref _isBusy, 0);
}
