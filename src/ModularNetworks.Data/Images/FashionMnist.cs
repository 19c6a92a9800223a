namespace ModularNetworks.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): 60,000 training and 10,000 test images of clothes, 1x28x28 in ten classes.
/// </summary>
public static class FashionMnist
{
    /// <summary>The file with the training images.</summary>
    public const string TrainImages = MnistFiles.TrainImages;

    /// <summary>The file with the classes of the training images.</summary>
    public const string TrainLabels = MnistFiles.TrainLabels;

    /// <summary>The file with the test images.</summary>
    public const string TestImages = MnistFiles.TestImages;

    /// <summary>The file with the classes of the test images.</summary>
    public const string TestLabels = MnistFiles.TestLabels;

    private static readonly string[] Classes =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = MnistFiles.Describe(
        "fashion-mnist",
        "Fashion-MNIST: 60,000 training and 10,000 test images of 1x28x28 in 10 classes",
        "MIT; Xiao, Rasul, Vollgraf 2017",
        new Uri("https://github.com/zalandoresearch/fashion-mnist"),
        new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        (5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    /// <summary>Reads both splits.</summary>
    /// <param name="location">A folder that holds the files, compressed by gzip as they are offered.</param>
    /// <exception cref="DataException">A file is missing, cannot be read or is none of this data set.</exception>
    public static ImageSplits Load(string location) => Load(location, MnistFiles.TrainCount, MnistFiles.TestCount);

    /// <summary>Reads both splits of files with so many images each.</summary>
    internal static ImageSplits Load(string location, int trainImages, int testImages) =>
        MnistFiles.Load(location, DataSet, Classes, trainImages, testImages);
}
