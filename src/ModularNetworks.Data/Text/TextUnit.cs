namespace ModularNetworks.Data;

/// <summary>The units in which a text is read: each unit is one number of the vocabulary.</summary>
public enum TextUnit
{
    /// <summary>A Unicode character: a scalar value.</summary>
    Character,

    /// <summary>A word between white space; the end of a line is a word too.</summary>
    Word,

    /// <summary>A token of byte-pair encoding: a byte, or several that often follow each other.</summary>
    Bpe,
}
