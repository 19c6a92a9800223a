namespace ModularNetworks.Experiments;

/// <summary>
/// The contexts that the modules of a language model read (Table 2): words or characters, those after some other, and their types, counted
/// over a text that is read window by window.
/// </summary>
internal sealed class TextInspection
{
    // More counts than this would take more memory than the model.
    private const long MostCounts = 20_000_000;

    private readonly ReadOnlyMemory<int> _text;
    private readonly ReadableText _readable;
    private readonly int _window;
    private readonly int _picks;
    private readonly int[] _modules;
    private readonly ModuleLabelCounts _types;
    private readonly ModuleLabelCounts? _words;
    private readonly ModuleLabelCounts? _wordsBefore;

    /// <summary>Starts with nothing read.</summary>
    /// <param name="text">The text, <c>[words]</c>.</param>
    /// <param name="readable">Its words or characters.</param>
    /// <param name="window">The number of words in a window.</param>
    /// <param name="windows">The number of windows.</param>
    /// <param name="layer">The recurrent layer.</param>
    public TextInspection(ReadOnlyMemory<int> text, ReadableText readable, int window, int windows, (int Modules, int Picks) layer)
    {
        (_text, _readable, _window, _picks) = (text, readable, window, layer.Picks);
        _modules = new int[windows * window * layer.Picks];
        _types = new ModuleLabelCounts(readable.Types.Names.Count, layer.Modules);
        if ((long)readable.Count * layer.Modules <= MostCounts)
        {
            _words = new ModuleLabelCounts(readable.Count, layer.Modules);
            _wordsBefore = new ModuleLabelCounts(readable.Count, layer.Modules);
        }
    }

    /// <summary>Adds what was decided for some windows.</summary>
    /// <param name="selections">The decisions.</param>
    /// <param name="windows">The windows' numbers, in the order of the batch.</param>
    public void Add(RecordedSelections selections, int[] windows)
    {
        ArgumentNullException.ThrowIfNull(selections);
        for (int row = 0; row < windows.Length; row++)
        {
            for (int step = 0; step < _window; step++)
            {
                int place = (windows[row] * _window) + step;
                for (int k = 0; k < _picks; k++)
                {
                    int module = selections.Mode(0, step, row, k);
                    _modules[(place * _picks) + k] = module;
                    Count(place, module);
                }
            }
        }
    }

    /// <summary>The findings about the recurrent layer.</summary>
    public LayerFindings Findings()
    {
        var labels = new List<(string Kind, ModuleLabelCounts Counts)> { (_readable.UnitName == "character" ? "character type" : "token type", _types) };
        if (_words is null || _wordsBefore is null)
            return new LayerFindings(labels, _ => new ModuleDetail());
        labels.Add((_readable.UnitName, _words));
        labels.Add(($"{_readable.UnitName} before", _wordsBefore));
        var contexts = new ModuleContexts(_words, _wordsBefore);
        return new LayerFindings(labels, module => new ModuleDetail
        {
            Contexts = [.. contexts.Of(module).Select(context => Describe(context, module))],
        });
    }

    private void Count(int place, int module)
    {
        var text = _text.Span;
        _types.Add(_readable.TypeOf(text[place]), module);
        _words?.Add(text[place], module);
        if (place > 0)
            _wordsBefore?.Add(text[place - 1], module);
    }

    private ContextUse Describe(ModuleContext context, int module) => new(
        context.IsAfter ? "after" : "word", _readable[context.Word], context.Share, context.Part, context.Lift, context.Count,
        [.. ContextExamples.Find(PlacesOf(context, module)).Select(Quote)]);

    /// <summary>Where the module reads in this context.</summary>
    private IEnumerable<int> PlacesOf(ModuleContext context, int module)
    {
        int first = context.IsAfter ? 1 : 0;
        for (int place = first; place < _modules.Length / _picks; place++)
        {
            if (_text.Span[place - first] == context.Word && _modules.AsSpan(place * _picks, _picks).Contains(module))
                yield return place;
        }
    }

    private Quotation Quote(int place) => new(
        Line(place - _readable.QuotedBefore, place), _readable[_text.Span[place]], Line(place + 1, place + 1 + _readable.QuotedAfter));

    private string Line(int first, int end) => _readable.Line(_text.Span[Math.Max(0, first)..Math.Min(end, _text.Length)]);
}
