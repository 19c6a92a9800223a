"""A modular linear layer, K = 1: rows sorted by module, one matrix product for each module that is used; and a dense layer
beside it."""
import torch

ROWS, UNITS, SMALL_UNITS = 4096, 256, 32


class _ModularLinear(torch.autograd.Function):
    """x [rows, inputs], modules a [rows], weight [M, inputs, outputs], bias [M, outputs] -> [rows, outputs]."""

    @staticmethod
    def forward(ctx, x, a, weight, bias):
        order = torch.argsort(a)
        ends = torch.bincount(a, minlength=weight.shape[0]).cumsum(0).tolist()
        sorted_x, sorted_y = x[order], torch.empty(x.shape[0], weight.shape[2])
        for m, rows in _used(ends):
            torch.addmm(bias[m], sorted_x[rows], weight[m], out=sorted_y[rows])
        y = torch.empty_like(sorted_y)
        y[order] = sorted_y
        ctx.save_for_backward(sorted_x, weight, order)
        ctx.ends = ends
        return y

    @staticmethod
    def backward(ctx, y_grad):
        sorted_x, weight, order = ctx.saved_tensors
        sorted_grad, sorted_x_grad = y_grad[order], torch.empty_like(sorted_x)
        weight_grad, bias_grad = torch.zeros_like(weight), torch.zeros(weight.shape[0], weight.shape[2])
        for m, rows in _used(ctx.ends):
            torch.mm(sorted_x[rows].t(), sorted_grad[rows], out=weight_grad[m])
            torch.sum(sorted_grad[rows], 0, out=bias_grad[m])
            torch.mm(sorted_grad[rows], weight[m].t(), out=sorted_x_grad[rows])
        x_grad = torch.empty_like(sorted_x)
        x_grad[order] = sorted_x_grad
        return x_grad, None, weight_grad, bias_grad


def _used(ends):
    """The modules that have rows, each with the range of its rows."""
    first = 0
    for m, end in enumerate(ends):
        if end > first:
            yield m, slice(first, end)
        first = end


class Layer:
    """Forward and backward from a given derivative of the output, also to the input."""

    def __init__(self, units, modules, used=None, rows=ROWS, inputs=None):
        inputs = inputs or units
        self.x, self.y_grad = torch.randn(rows, inputs, requires_grad=True), torch.randn(rows, units)
        self.a = torch.randint(used or modules, (rows,)) * (modules // (used or modules))
        self.weight = (torch.randn(modules, inputs, units) * 0.05).requires_grad_()
        self.bias = torch.zeros(modules, units, requires_grad=True)
        self.adam = torch.optim.Adam([self.weight, self.bias], foreach=True)

    def step(self):
        for tensor in self.x, self.weight, self.bias:
            tensor.grad = None
        _ModularLinear.apply(self.x, self.a, self.weight, self.bias).backward(self.y_grad)

    def dense_step(self):
        self.x.grad = self.weight.grad = None
        torch.mm(self.x, self.weight[0]).backward(self.y_grad)

    def step_and_adam(self):
        self.step()
        self.adam.step()
