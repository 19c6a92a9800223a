namespace ModularNetworks.Data;

/// <summary>Tiny Shakespeare (Karpathy 2015): 1,115,394 characters of Shakespeare's plays, 65 different ones, in one file.</summary>
/// <remarks><see cref="PlainText"/> reads the file.</remarks>
public static class TinyShakespeare
{
    /// <summary>The name of the file.</summary>
    public const string File = "input.txt";

    /// <summary>The description of the data set and its file.</summary>
    public static DataSet DataSet { get; } = new(
        "tinyshakespeare",
        "Tiny Shakespeare: 1,115,394 characters of plays, 65 different ones",
        "text in the public domain; collected by Karpathy 2015",
        new Uri("https://github.com/karpathy/char-rnn/tree/master/data/tinyshakespeare"),
        [""],
        [
            new RemoteFile(
                new Uri("https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"),
                1_115_394,
                "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"),
        ],
        [new KnownFile(File, 1_115_394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")],
        new DataSetUse("text", File));
}
