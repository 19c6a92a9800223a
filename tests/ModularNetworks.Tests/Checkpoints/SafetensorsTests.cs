using System.Buffers.Binary;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class SafetensorsTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(81);

    [Fact]
    public void A_file_has_the_layout_of_the_format()
    {
        byte[] file = Write(("a", Tensor.From(new Shape(2, 1), [1, -2])), ("b", Tensor.From(Shape.Scalar, [0.5f])));
        string header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        int padded = (header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(header.PadRight(padded), Encoding.UTF8.GetString(file, 8, padded));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F], file[(8 + padded)..]);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var (first, second) = (Random(1, 3, 4), Random(2, 5));
        byte[] file = Write(("first", first), ("second \"ü\"", second), ("none", Tensor.Allocate(new Shape(0, 3))));
        var (firstCopy, secondCopy) = (Tensor.Allocate(first.Shape), Tensor.Allocate(second.Shape));
        // In another order than the file's.
        Read(file, ("second \"ü\"", secondCopy), ("none", Tensor.Allocate(new Shape(0, 3))), ("first", firstCopy));
        Assert.Equal(first.Values.ToArray(), firstCopy.Values.ToArray());
        Assert.Equal(second.Values.ToArray(), secondCopy.Values.ToArray());
    }

    [Fact]
    public void A_file_may_have_metadata_and_start_within_a_stream()
    {
        string header = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] file = Build(header, 4);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 4), 3);
        var tensor = Tensor.Allocate(new Shape(1));
        using var stream = new MemoryStream([9, 9, 9, .. file]) { Position = 3 };
        Safetensors.Read(stream, [("a", tensor)]);
        Assert.Equal(3, tensor.Values[0]);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "F64")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "[2] in the file, [1] in the model")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", "8 to 12 of 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", "does not fit")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", "does not fit")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775804,-9223372036854775808]}}", "does not fit")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "a tensor starts at byte 4 of the data, the one before it ends at 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "the tensors take 4 bytes, the data have 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "malformed")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1],\"data_offsets\":[0,4]}}", "shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", "malformed")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}", "malformed")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", "malformed")]
    [InlineData("{\"a\":{\"shape\":[1]}}", "malformed")]
    [InlineData("{\"a\":3}", "malformed")]
    [InlineData("{\"b\":{}}", "no tensor a")]
    [InlineData("{}", "holds 0 tensors")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"\\u0061\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "the header has the name a twice")]
    [InlineData("{\"__metadata__\":{},\"a\":{},\"__metadata__\":{}}", "the header has the name __metadata__ twice")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"shape\":[1],\"data_offsets\":[0,4]}}", "entry of tensor a has shape twice")]
    [InlineData("{\"\\ud800\":{}}", "")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    public void A_header_that_does_not_fit_is_refused(string header, string named)
    {
        var error = Assert.Throws<CheckpointException>(() => Read(Build(header, 8), ("a", Tensor.Allocate(new Shape(1)))));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "two tensors are called a")]
    [InlineData("__metadata__", "a tensor is called __metadata__")]
    public void Names_that_the_format_cannot_tell_apart_are_not_written(string name, string expected)
    {
        using var stream = new MemoryStream();
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(stream, [("a", Random(1, 2)), (name, Random(2, 2))]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void A_tensor_that_lies_in_another_is_refused()
    {
        const string Header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
        var error = Assert.Throws<CheckpointException>(
            () => Read(Build(Header, 8), ("a", Tensor.Allocate(new Shape(2))), ("b", Tensor.Allocate(new Shape(1)))));
        Assert.Contains("no overlaps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else_happens()
    {
        byte[] file = Write(("first", Random(1, 3, 4)), ("second", Random(2, 5)));
        var targets = new[] { ("first", Tensor.Allocate(new Shape(3, 4))), ("second", Tensor.Allocate(new Shape(5))) };
        int refused = 0;
        for (ulong round = 0; round < 4000; round++)
        {
            byte[] damaged = Damage(file, Key.Split(round));
            try
            {
                Read(damaged, targets);
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 3999);
    }

    /// <summary>Changes a few bytes, cuts the end off, or both.</summary>
    private static byte[] Damage(byte[] file, RandomKey key)
    {
        byte[] damaged = key.Below(0, 4) == 0 ? file[..key.Below(1, file.Length)] : [.. file];
        int changes = key.Below(2, 4);
        for (int i = 0; i < changes && damaged.Length > 0; i++)
        {
            int place = key.Split(3).Below((ulong)i, damaged.Length);
            // Half of the changes put digits and brackets where they may keep the header readable.
            byte value = (byte)key.Split(4).Below((ulong)i, 256);
            damaged[place] = i % 2 == 0 ? value : (byte)"0123456789-[]{}\",:\\u"[value % 20];
        }
        return damaged;
    }

    private static byte[] Build(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    private static byte[] Write(params (string Name, Tensor Tensor)[] tensors)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors);
        return stream.ToArray();
    }

    private static void Read(byte[] file, params (string Name, Tensor Tensor)[] tensors)
    {
        using var stream = new MemoryStream(file);
        Safetensors.Read(stream, tensors);
    }

    private static Tensor Random(ulong index, params int[] sizes)
    {
        var shape = new Shape(sizes);
        return Numbers.Uniform(Key.Split(index), shape.Count).ToTensor(Precision.Single, sizes);
    }
}
