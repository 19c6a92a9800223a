using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>
/// The factors of the output softmax, with the bias as one more feature: rows [N, F], weights [V, F] and transposed [F, V].
/// Bounded ones have one more feature yet: minus a bound of a row's largest logit, the product of the lengths. Their powers need
/// neither a search for the largest logit nor a subtraction, and the column of ones gives the sums of powers with the product
/// that gives the rows' gradient.
/// </summary>
internal sealed record SoftmaxFactors(Tensor Rows, Tensor Weights, Tensor Transposed, bool IsBounded)
{
    // Below it, sums of powers in single precision begin to lose digits.
    private const double LooseBound = -60;

    public static SoftmaxFactors Of(Tensor hidden, Tensor weight, Tensor bias, bool bounded)
    {
        var rows = cat([hidden, ones(hidden.shape[0], 1)], 1);
        var weights = cat([weight, bias.unsqueeze(1)], 1);
        if (bounded)
        {
            var longest = weights.square().sum(1, keepdim: false).max().sqrt();
            rows = cat([rows, rows.square().sum(1, keepdim: true).sqrt_().mul_(longest).neg_()], 1);
            weights = cat([weights, ones(weight.shape[0], 1)], 1);
        }
        return new SoftmaxFactors(rows, weights, weights.t().contiguous(), bounded);
    }

    /// <summary>Whether the logs of the sums of powers show that the bounds were too far above the largest logits.</summary>
    public bool AreTooLoose(Tensor logs) => IsBounded && logs.min().item<float>() < LooseBound;
}
