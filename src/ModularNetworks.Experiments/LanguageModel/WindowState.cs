namespace ModularNetworks.Experiments;

/// <summary>The state that a language model reads a window of text from.</summary>
public enum WindowState
{
    /// <summary>Zero: nothing is known of the words before the window.</summary>
    Zero,

    /// <summary>The state after the window before: a text is a stream that is read from its start to its end.</summary>
    Carried,
}
