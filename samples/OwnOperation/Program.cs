using ModularNetworks.Engine;
using OwnOperation;

// An operation of one's own is as good as a built-in one: its gradient passes the same check, and it trains.
var weight = new Parameter("weight", new Shape(1, 3));
new[] { 0.1f, -0.4f, 0.9f }.CopyTo(weight.Value.Values);
var error = GradientCheck.LargestError([weight], tape => tape.Sum(tape.ScaledTanh(weight.Value, scale: 1.7)));
Console.WriteLine($"largest error of the gradient: {error.Size:E0}");

using var workers = new WorkerPool(threadCount: 1);
var tape = new Tape(SimdKernels.Create(workers));
var optimizer = new Adam([weight], tape.Kernels, learningRate: 0.05);
for (int step = 0; step < 200; step++)
{
    tape.Reset(recording: true);
    tape.Backward(tape.Sum(tape.Square(tape.Shift(tape.ScaledTanh(weight.Value, scale: 1.7), -1))));
    optimizer.Step();
}
tape.Reset(recording: false);
Console.WriteLine($"1.7 tanh(w) = {tape.ScaledTanh(weight.Value, scale: 1.7)[0]:F3} after training towards 1");
