using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>Operations that TorchSharp has in another form.</summary>
internal static class Ops
{
    /// <summary>input + left right; torch.addmm has no defaults for its factors, Tensor.addmm has.</summary>
    public static Tensor Addmm(Tensor input, Tensor left, Tensor right) => input.addmm(left, right);
}
