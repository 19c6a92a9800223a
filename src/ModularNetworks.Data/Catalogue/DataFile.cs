namespace ModularNetworks.Data;

/// <summary>What is known about a file of a data set.</summary>
/// <param name="Name">The file's name without a folder.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Md5">The MD5 checksum in lower-case hexadecimal digits.</param>
/// <param name="Words">For a text: the number of words, with one <c>&lt;eos&gt;</c> a line.</param>
public sealed record DataFile(string Name, long Length, string Md5, long? Words = null);
