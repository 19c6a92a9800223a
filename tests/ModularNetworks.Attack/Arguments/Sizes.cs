using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>
/// The sizes of one call: each name of an axis or of a parameter stands for one number, so that arguments made one by one fit each
/// other.
/// </summary>
internal sealed class Sizes
{
    private static readonly Dictionary<string, string> SameAs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["M"] = "modules",
        ["keys"] = "modules",
        ["keyCount"] = "modules",
        ["matrices"] = "modules",
        ["k"] = "picks",
        ["batchSize"] = "batch",
        ["datapoints"] = "batch",
        ["sequences"] = "batch",
        ["n"] = "rows",
        ["points"] = "rows",
        ["images"] = "rows",
        ["parts"] = "rows",
        ["inner"] = "inputs",
        ["features"] = "inputs",
        ["columns"] = "outputs",
        ["all inputs"] = "joined",
        ["input keys"] = "inputKeys",
        ["copies"] = "candidates",
        ["patch"] = "patchSize",
        ["picksPerRow"] = "picks",
        ["labels"] = "rows",
        ["targets"] = "rows",
    };

    private readonly Choices _choices;
    private readonly Dictionary<string, int> _sizes = new(StringComparer.OrdinalIgnoreCase);

    public Sizes(Choices choices)
    {
        _choices = choices;
        int batch = this["batch"], candidates = _sizes["candidates"] = choices.OneIn(3) ? 1 + choices.Below(3) : 1;
        _sizes["rows"] = batch * candidates;
        _sizes["steps"] = choices.OneIn(2) ? 1 : 1 + choices.Below(3);
        _sizes["picks"] = 1 + (choices.OneIn(3) ? choices.Below(2) : 0);
        _sizes["levels"] = 1 + choices.Below(3);
        Window = new Window(1 + choices.Below(3), 1 + choices.Below(2), choices.Below(2), choices.Below(2));
        Image = new ImageShape(1 + choices.Below(3), Window.Size + choices.Below(4), Window.Size + choices.Below(4));
        var patches = new ImagePatches(Image, Window);
        (_sizes["channels"], _sizes["height"], _sizes["width"]) = (Image.Channels, Image.Height, Image.Width);
        // So that what reads images fits what reads vectors.
        if (choices.OneIn(3))
            _sizes["inputs"] = Image.Count;
        _sizes["joined"] = this["hidden"] + this["inputs"];
        (_sizes["window"], _sizes["positions"], _sizes["patchSize"]) = (Window.Size, patches.Positions, patches.Size);
    }

    /// <summary>A window that moves over <see cref="Image"/>.</summary>
    public Window Window { get; }

    /// <summary>The size of the images.</summary>
    public ImageShape Image { get; }

    /// <summary>The size of a name.</summary>
    public int this[string name]
    {
        get
        {
            name = SameAs.GetValueOrDefault(name, name);
            if (!_sizes.TryGetValue(name, out int size))
                _sizes.Add(name, size = _choices.OneIn(8) ? 1 + _choices.Below(40) : 1 + _choices.Below(5));
            return size;
        }
    }

    /// <summary>The shape of axes such as <c>steps * batch, 2 hidden</c>.</summary>
    public int[] ShapeOf(string axes)
    {
        var sizes = new List<int>();
        foreach (string axis in axes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (axis != "...")
                sizes.Add(SumOf(axis));
            else if (sizes.Count > 0)
                sizes.Add(this["inputs"]);
            else
                sizes.AddRange(Leading());
        }
        return [.. sizes];
    }

    /// <summary>Any number of axes, the same in all of a call.</summary>
    private int[] Leading()
    {
        if (!_sizes.TryGetValue("...", out int rank))
            _sizes.Add("...", rank = _choices.OneIn(4) ? _choices.Below(3) : 1);
        return [.. ((int[])[this["rows"], this["picks"]]).Take(rank)];
    }

    private int SumOf(string axis) => axis.Split('+', StringSplitOptions.TrimEntries).Sum(ProductOf);

    private int ProductOf(string axis) =>
        axis.Split('*', StringSplitOptions.TrimEntries).Aggregate(1, (product, factor) => product * FactorOf(factor));

    private int FactorOf(string factor)
    {
        string[] words = factor.Split(' ', 2);
        if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int times))
            return this[factor];
        return words.Length == 1 ? times : times * this[words[1]];
    }
}
