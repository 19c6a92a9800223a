using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the pictures of a folder as <see cref="OwnImages"/> says.</summary>
internal static class ImageFolders
{
    /// <summary>Reads all splits.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">The size that images get; 0 for what the pictures are.</param>
    /// <param name="cache">The place where decoded pictures are kept; null for none.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it.</param>
    /// <exception cref="DataException">The folder cannot be used, or a picture cannot be decoded.</exception>
    public static ImageSplits Load(string folder, ImageShape wanted, ImageCache? cache, DataProgress progress)
    {
        var listing = ImageListing.Of(folder);
        IReadOnlyList<ImageFile> train = listing.Train, valid = listing.Valid ?? [], test = listing.Test;
        string[] paths = [.. train.Concat(valid).Concat(test).Select(file => file.Path)];
        var pictures = new FolderPictures(folder, paths, train.Count, cache, progress).Decode(wanted);
        var shape = pictures.Shape(train.Count, wanted.Channels);
        return new ImageSplits(Split(0, train), Split(train.Count + valid.Count, test))
        {
            Valid = valid.Count > 0 ? Split(train.Count, valid) : null,
        };

        LabelledImages Split(int start, IReadOnlyList<ImageFile> files) => new(
            shape,
            Enumerable.Range(start, files.Count).Select(n => (ReadOnlyMemory<byte>)Picture.WithChannels(pictures.Planes[n], shape.Places, shape.Channels)),
            files.Select(file => file.Label),
            listing.Classes);
    }
}
