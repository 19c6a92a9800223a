namespace ModularNetworks.Experiments;

/// <summary>The state that a language model's evaluation reads a text from.</summary>
public enum EvaluationState
{
    /// <summary>The text is one stream; the state is carried from its start to its end.</summary>
    Carried,

    /// <summary>The text is cut into windows as in training, and the state is zero at the start of each.</summary>
    Zero,
}
