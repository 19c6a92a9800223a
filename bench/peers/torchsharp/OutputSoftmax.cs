using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>
/// The output softmax in chunks of rows: each of a few threads does whole chunks with single-threaded kernels, and gradients are
/// made in the forward pass. It bounds the logits (see <see cref="SoftmaxFactors"/>), or, where the bounds are loose, searches
/// the largest one.
/// </summary>
internal sealed class OutputSoftmax(Workers workers)
{
    /// <summary>
    /// scale * sum of the rows' losses, of which backward() gives the gradients that were made here, and the rows' losses.
    /// </summary>
    public (Tensor Mean, Tensor Losses) CrossEntropy(Tensor hidden, Tensor weight, Tensor bias, Tensor targets, double scale)
    {
        long features = hidden.shape[1];
        Tensor hiddenGradient, loss;
        using (no_grad())
        {
            var factors = SoftmaxFactors.Of(hidden, weight, bias, bounded: true);
            (loss, hiddenGradient, var weightGradient) = LogsAndGradients(factors);
            if (factors.AreTooLoose(loss))
            {
                factors = SoftmaxFactors.Of(hidden, weight, bias, bounded: false);
                (loss, hiddenGradient, weightGradient) = LogsAndGradients(factors);
            }
            var targetWeights = factors.Weights.index_select(0, targets);
            loss.sub_((factors.Rows * targetWeights).sum(1));
            hiddenGradient = hiddenGradient.sub_(targetWeights).mul_(scale).narrow(1, 0, features);
            weightGradient.index_add_(1, targets, factors.Rows.t(), -1).mul_(scale);
            weight.grad = weightGradient.narrow(0, 0, features).t();
            bias.grad = weightGradient.select(0, features);
        }
        // A sum with the same derivatives stands for the loss: no operation of autograd's own is needed.
        var surrogate = (hidden * hiddenGradient).sum();
        Tensor value;
        using (no_grad())
            value = loss.sum() * scale - surrogate;
        return (surrogate + value, loss);
    }

    /// <summary>-log softmax(hidden weight^T + bias)[target] of every row; without gradient.</summary>
    public Tensor Losses(Tensor hidden, Tensor weight, Tensor bias, Tensor targets)
    {
        var factors = SoftmaxFactors.Of(hidden, weight, bias, bounded: true);
        var logs = Logs(factors);
        if (factors.AreTooLoose(logs))
        {
            factors = SoftmaxFactors.Of(hidden, weight, bias, bounded: false);
            logs = Logs(factors);
        }
        return logs.sub_((factors.Rows * factors.Weights.index_select(0, targets)).sum(1));
    }

    /// <summary>The logs of the sums of powers [N], and their derivatives by rows [N, F] and transposed weights [F, V].</summary>
    private (Tensor Logs, Tensor ByRows, Tensor ByWeights) LogsAndGradients(SoftmaxFactors factors)
    {
        long rows = factors.Rows.shape[0], words = factors.Weights.shape[0];
        Tensor logs = empty(rows), byRows = empty_like(factors.Rows);
        var parts = workers.Run(rows, chunks =>
        {
            using var scope = NewDisposeScope();
            Tensor part = zeros_like(factors.Transposed), buffer = empty(Workers.ChunkRows, words);
            foreach (var (first, count) in chunks)
            {
                using var inner = NewDisposeScope();
                var chunk = factors.Rows.narrow(0, first, count);
                var powers = buffer.narrow(0, 0, count).addmm_(chunk, factors.Transposed, beta: 0);
                var largest = factors.IsBounded ? null : powers.amax([1], keepdim: true);
                _ = (largest is null ? powers : powers.sub_(largest)).exp_();
                var gradient = byRows.narrow(0, first, count).addmm_(powers, factors.Weights, beta: 0);
                var total = largest is null ? gradient.narrow(1, gradient.shape[1] - 1, 1).clone() : powers.sum(1, keepdim: true);
                var log = largest is null ? total.log() : total.log().add_(largest);
                logs.narrow(0, first, count).copy_(log.squeeze(1));
                gradient.div_(total);
                part.addmm_((chunk / total).t(), powers);
            }
            return part.DetachFromDisposeScope();
        });
        // They were made on other threads: no scope of this one knows them.
        var byWeights = zeros_like(factors.Transposed);
        foreach (var part in parts)
        {
            byWeights.add_(part);
            part.Dispose();
        }
        return (logs, byRows, byWeights);
    }

    private Tensor Logs(SoftmaxFactors factors)
    {
        long rows = factors.Rows.shape[0], words = factors.Weights.shape[0];
        var logs = empty(rows);
        workers.Run(rows, chunks =>
        {
            using var scope = NewDisposeScope();
            var buffer = empty(Workers.ChunkRows, words);
            foreach (var (first, count) in chunks)
            {
                using var inner = NewDisposeScope();
                var powers = buffer.narrow(0, 0, count).addmm_(factors.Rows.narrow(0, first, count), factors.Transposed, beta: 0);
                var largest = factors.IsBounded ? null : powers.amax([1], keepdim: true);
                var total = (largest is null ? powers : powers.sub_(largest)).exp_().sum(1, keepdim: true).log_();
                logs.narrow(0, first, count).copy_((largest is null ? total : total.add_(largest)).squeeze(1));
            }
            return logs;
        });
        return logs;
    }
}
