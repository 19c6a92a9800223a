namespace ModularNetworks.Serving;

/// <summary>The models that are served, and the bounds of what requests can ask for.</summary>
public sealed class ServingOptions
{
    private readonly List<(string Name, string Path)> _models = [];

    /// <summary>The bounds of what requests can ask for.</summary>
    public ServingLimits Limits { get; set; } = new();

    /// <summary>The models in their order.</summary>
    internal IReadOnlyList<(string Name, string Path)> Models => _models;

    /// <summary>Adds a model.</summary>
    /// <param name="name">The name by which requests ask for it: letters, digits, <c>-</c>, <c>_</c> and points.</param>
    /// <param name="path">
    /// The folder of a run of <c>modnet train table</c>, <c>text</c>, <c>ptb</c>, <c>images</c>, <c>cifar10</c> or <c>optdigits</c>; or a file that a
    /// <see cref="ModularClassifier"/>, <see cref="ModularRegressor"/> or <see cref="ModularLanguageModel"/> saved.
    /// </param>
    /// <exception cref="ArgumentException">The name has other letters, or a model has it already.</exception>
    public void Add(string name, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name.All(letter => letter == '.'))
            throw new ArgumentException($"the name '{name}' cannot stand in an address; use letters, digits, '-', '_' and points.", nameof(name));
        if (_models.Any(model => model.Name == name))
            throw new ArgumentException($"two models are called {name}. Give one of them another name.", nameof(name));
        _models.Add((name, path));
    }
}
