using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A trained <see cref="ModularGru"/> that reads one sequence, input by input, on the caller's thread: the controller
/// selects, and only the selected modules run. Nothing is allocated. The states are, to the last bit, those of an evaluation
/// of the same sequence; where there is no controller, they may differ by rounding.
/// </summary>
/// <remarks>
/// A reader serves one thread at a time. Give every sequence a reader of its own, or lend them by a <see cref="ReaderPool{TReader}"/>; they share the
/// unit's parameters, which must not change meanwhile: what families of modules have in common is added up once.
/// </remarks>
public sealed class ModularGruReader
{
    private readonly GruReading _reading;
    private readonly int _inputKeys;
    private BusyFlag _busy;

    /// <summary>Makes a unit ready to read, from a zero state.</summary>
    /// <param name="unit">The unit.</param>
    /// <exception cref="ArgumentException">The unit mixes modules by a noisy gate, or nothing in it selects them.</exception>
    public ModularGruReader(ModularGru unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.Chooser is NoisyGate)
        {
            throw new ArgumentException(
                $"ModularGruReader: {unit.Name} mixes modules by a noisy gate; a reader needs a controller that selects them, or "
                + "fixed modules. Run ModularGru.Forward.");
        }
        if (unit.Chooser is FixedChoice && unit.Modules != unit.Picks)
        {
            throw new ArgumentException(
                $"ModularGruReader: nothing in {unit.Name} selects {unit.Picks} of its {Counted.Of(unit.Modules, "module")}; a reader needs a controller, or "
                + "as many modules as picks. Run ModularGru.Forward with an AssignedSelection.");
        }
        Inputs = unit.Inputs;
        _inputKeys = unit.Chooser.LinearPart?.Table?.Shape[0] ?? int.MaxValue;
        // A single step is too little work to share: handing it over would take longer than doing it.
        _reading = unit.StartReading(SimdKernels.Create(new WorkerPool(threadCount: 1)));
    }

    /// <summary>The number of numbers in an input.</summary>
    public int Inputs { get; }

    /// <summary>h_t, <c>[1, hidden]</c>: zero before the first input, changed by every one.</summary>
    public Tensor State => _reading.State;

    /// <summary>The modules that the last input selected. Valid until the next one.</summary>
    public Selection Selection => new(_reading.Modules.Values);

    /// <summary>Begins a new sequence: the state is zero again.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the reader.</exception>
    public void Reset()
    {
        Enter();
        State.Values.Clear();
        Leave();
    }

    /// <summary>Reads one input, and moves on to the next state.</summary>
    /// <param name="input">x_t, <c>[inputs]</c>.</param>
    /// <param name="inputKey">The token that the input shows; without a controller's table it does not matter.</param>
    /// <exception cref="ArgumentException">The number of inputs is another than <see cref="Inputs"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The controller's table does not have the token.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the reader.</exception>
    public void Read(ReadOnlySpan<float> input, int inputKey = 0)
    {
        if (input.Length != Inputs)
        {
            throw new ArgumentException(
                $"ModularGruReader: {Counted.Of(input.Length, "number")} given; an input has {Inputs}. Give one time step.", nameof(input));
        }
        if (inputKey < 0 || inputKey >= _inputKeys)
            throw new ArgumentOutOfRangeException(nameof(inputKey), $"ModularGruReader: input key {inputKey} is read; the table has 0 to {_inputKeys - 1}.");
        Enter();
        try
        {
            _reading.Read(input, inputKey);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Begins a use of the state that no other may overlap; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the reader.</exception>
    internal void Enter() => _busy.Enter(nameof(ModularGruReader));

    /// <summary>Ends the use.</summary>
    internal void Leave() => _busy.Leave();
}
