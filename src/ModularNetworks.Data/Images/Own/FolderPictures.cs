using System.IO.Hashing;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The pictures of a folder, each decoded unless the cache has it.</summary>
/// <param name="folder">The folder.</param>
/// <param name="paths">The files, those of the training pictures first.</param>
/// <param name="trainCount">The number of training pictures.</param>
/// <param name="cache">The place where decoded pictures are kept; null for none.</param>
/// <param name="progress">Is told how the reading goes on, and ends it.</param>
internal sealed class FolderPictures(string folder, IReadOnlyList<string> paths, int trainCount, ImageCache? cache, DataProgress progress)
{
    // What is decoded is kept after so many bytes of files, so that an interruption costs no more.
    private const long PartBytes = 512L << 20;

    /// <summary>Decodes the pictures that the cache lacks.</summary>
    /// <param name="wanted">The size asked for; 0 for what the training pictures have.</param>
    /// <exception cref="DataException">A file cannot be read or decoded, or the pictures would fill the memory.</exception>
    public DecodedPictures Decode(ImageShape wanted)
    {
        var files = ReadInParallel.Run(paths.Count, n => LookAt(paths[n], needsSize: wanted.Height == 0 && n < trainCount), progress.Begin($"{folder}: pictures are read", paths.Count));
        var (height, width) = wanted.Height > 0
            ? (wanted.Height, wanted.Width)
            : DecodedPictures.UsualSize(files.Take(trainCount).Select(file => file.Size));
        OwnImages.CheckMemory(folder, paths.Count, new ImageShape(wanted.Channels > 0 ? wanted.Channels : 3, height, width));
        var pack = cache?.Read(folder, height, width) ?? new PicturePack(height, width);
        var keys = files.Select(file => file.Key).ToArray();
        Complete(pack, keys, [.. files.Select(file => file.Bytes)]);
        return new DecodedPictures(height, width, [.. keys.Select(key => pack[key])]);
    }

    private static Look LookAt(string path, bool needsSize)
    {
        byte[] file = ImageDecoder.ReadBytes(path);
        return new Look(XxHash128.HashToUInt128(file), file.Length, needsSize ? PictureFile.SizeOf(file, path) : default);
    }

    /// <summary>Decodes what a pack lacks, in parts that are kept one after the other.</summary>
    private void Complete(PicturePack pack, UInt128[] keys, long[] bytes)
    {
        var missing = new Queue<int>(Enumerable.Range(0, keys.Length).Where(n => !pack.Has(keys[n])));
        var stage = progress.Begin($"{folder}: pictures are decoded", missing.Count);
        for (int all = missing.Count; missing.Count > 0; cache?.Decoded?.Invoke(all - missing.Count, all))
        {
            var part = new List<int>();
            for (long sum = 0; missing.Count > 0 && sum < PartBytes; sum += bytes[part[^1]])
                part.Add(missing.Dequeue());
            var decoded = ReadInParallel.Run(part.Count, i => Decode(paths[part[i]], pack.Height, pack.Width), stage);
            for (int i = 0; i < part.Count; i++)
            {
                keys[part[i]] = decoded[i].Key;
                pack.Add(decoded[i].Key, decoded[i].Planes);
            }
            if (missing.Count == 0)
                pack.KeepOnly(keys);
            cache?.Write(folder, pack);
        }
    }

    // The file is read again: it may have changed since, and all files would fill the memory.
    private static (UInt128 Key, byte[] Planes) Decode(string path, int height, int width)
    {
        byte[] file = ImageDecoder.ReadBytes(path);
        return (XxHash128.HashToUInt128(file), PictureFile.Decode(file, path, height, width).ToPlanes());
    }

    private readonly record struct Look(UInt128 Key, long Bytes, (int Height, int Width) Size);
}
