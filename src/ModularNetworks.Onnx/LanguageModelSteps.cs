namespace ModularNetworks.Onnx;

/// <summary>How much text a language model in a file reads at once.</summary>
public enum LanguageModelSteps
{
    /// <summary>A token, for text that is made token by token.</summary>
    One,

    /// <summary>As many tokens as a run of the file gives, for text that is there already.</summary>
    Window,
}
