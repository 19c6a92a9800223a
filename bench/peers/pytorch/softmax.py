"""The output softmax over many words, without logits for all rows in memory.

Plain F.cross_entropy writes and reads [4480, 10000] numbers several times and takes three times as long. Here rows go
in chunks, and each of a few threads does whole chunks with single-threaded kernels, so that a chunk's logits are
written and read by one core only. (With PyTorch's own threading OpenBLAS splits the columns and ATen the rows, so that
every chunk crosses between the cores.)
"""
from concurrent.futures import ThreadPoolExecutor

import torch

CHUNK_ROWS = 64

_pool = None


def start_threads(count):
    """Starts the threads that share the chunks. Call it once, before the first step."""
    global _pool
    _pool = ThreadPoolExecutor(count, initializer=lambda: torch.set_num_threads(1))
    _pool.count = count


def _on_each_thread(work, rows):
    """Runs work(list of (first row, number of rows)) on every thread; returns the list of results."""
    chunks = [(i, min(CHUNK_ROWS, rows - i)) for i in range(0, rows, CHUNK_ROWS)]
    shares = [chunks[k * len(chunks) // _pool.count:(k + 1) * len(chunks) // _pool.count] for k in range(_pool.count)]
    return list(_pool.map(work, shares))


def _with_bias(hidden, weight, bias):
    """The bias as one more feature, so that one matrix product does all: [N, H+1], [V, H+1], [H+1, V]."""
    hidden = torch.cat([hidden, torch.ones(hidden.shape[0], 1)], 1)
    weight = torch.cat([weight, bias[:, None]], 1)
    return hidden, weight, weight.t().contiguous()


class _CrossEntropy(torch.autograd.Function):
    """Makes the gradients in the forward pass, while a chunk's probabilities are in the cache."""

    @staticmethod
    def forward(ctx, hidden, weight, bias, targets, scale):
        rows, words = hidden.shape[0], weight.shape[0]
        hidden, weight, transposed = _with_bias(hidden, weight, bias)
        loss, hidden_grad = torch.empty(rows), torch.empty_like(hidden)

        def work(chunks):
            with torch.no_grad():
                weight_grad, buffer = torch.zeros_like(transposed), torch.empty(CHUNK_ROWS, words)
                for i, n in chunks:
                    h = hidden[i:i + n]
                    powers = torch.mm(h, transposed, out=buffer[:n])
                    largest = powers.amax(1, keepdim=True)
                    powers.sub_(largest).exp_()
                    total = powers.sum(1, keepdim=True)
                    loss[i:i + n] = (total.log() + largest).squeeze(1)
                    torch.mm(powers, weight, out=hidden_grad[i:i + n]).div_(total)
                    weight_grad.addmm_((h / total).t(), powers)
                return weight_grad

        weight_grad = sum(_on_each_thread(work, rows))
        target_weight = weight[targets]
        loss -= (hidden * target_weight).sum(1)
        hidden_grad -= target_weight
        weight_grad.index_add_(1, targets, hidden.t(), alpha=-1.0)
        ctx.save_for_backward(hidden_grad.mul_(scale), weight_grad.mul_(scale))
        ctx.mark_non_differentiable(loss)
        return loss.sum() * scale, loss

    @staticmethod
    def backward(ctx, *_):
        # The gradient of the loss itself is 1: it is a term of the step's loss.
        hidden_grad, weight_grad = ctx.saved_tensors
        return hidden_grad[:, :-1], weight_grad[:-1].t(), weight_grad[-1], None, None


def cross_entropy(hidden, weight, bias, targets, scale):
    """scale * sum over rows of -log softmax(hidden weight^T + bias)[target], a term of a loss and differentiable; and
    the rows' own, without gradient."""
    return _CrossEntropy.apply(hidden, weight, bias, targets, scale)


@torch.no_grad()
def losses(hidden, weight, bias, targets):
    """-log softmax(hidden weight^T + bias)[target] of every row."""
    rows, words = hidden.shape[0], weight.shape[0]
    hidden, weight, transposed = _with_bias(hidden, weight, bias)
    loss = torch.empty(rows)

    def work(chunks):
        with torch.no_grad():
            buffer = torch.empty(CHUNK_ROWS, words)
            for i, n in chunks:
                logits = torch.mm(hidden[i:i + n], transposed, out=buffer[:n])
                largest = logits.amax(1, keepdim=True)
                total = logits.sub_(largest).exp_().sum(1, keepdim=True)
                loss[i:i + n] = total.log_().add_(largest).squeeze(1)

    _on_each_thread(work, rows)
    return loss.sub_((hidden * weight[targets]).sum(1))
