using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>
/// Stochastic gradient descent: <c>velocity = momentum velocity + gradient</c>, <c>value -= learningRate velocity</c>.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly Tensor[] _velocities;

    /// <summary>Creates the optimiser with zero velocities.</summary>
    /// <param name="parameters">The parameters that the optimiser changes.</param>
    /// <param name="kernels">The kernels that do the arithmetic; of the parameters' precision.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="momentum">How much of the velocity is kept from step to step; 0 for plain gradient descent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is not in [0, 1), or the learning rate is
    /// negative.</exception>
    public Sgd(IReadOnlyList<Parameter> parameters, Kernels kernels, double learningRate, double momentum = 0)
        : base(parameters, kernels, learningRate)
    {
        Momentum = CheckDecay(momentum, nameof(momentum));
        _velocities = momentum == 0 ? [] : AllocateState();
    }

    /// <summary>How much of the velocity is kept from step to step.</summary>
    public double Momentum { get; }

    /// <summary>
    /// The velocity of each parameter, in their order; none without momentum. Written to when a run is continued.
    /// </summary>
    public IReadOnlyList<Tensor> Velocities => _velocities;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State =>
        _velocities.Length == 0 ? [] : [.. Named("velocity", _velocities)];

    /// <inheritdoc/>
    protected override void Update()
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].IsFrozen)
                continue; // Its velocity would move it without a gradient.
            if (Kernels.Precision == Precision.Single)
                Update<float>(i);
            else
                Update<double>(i);
        }
    }

    private void Update<T>(int index)
        where T : unmanaged, INumber<T>
    {
        var parameter = Parameters[index];
        var value = parameter.Value.As<T>();
        if (Momentum != 0)
        {
            var velocity = _velocities[index].As<T>();
            TensorPrimitives.MultiplyAdd(velocity, T.CreateChecked(Momentum), parameter.Gradient.As<T>(), velocity);
            TensorPrimitives.MultiplyAdd(velocity, T.CreateChecked(-LearningRate), value, value);
            Kernels.Clear(parameter.Gradient);
            return;
        }
        // Rows without a gradient stay where they are.
        for (int part = 0; part < parameter.GradientParts; part++)
        {
            var gradient = parameter.GradientPart<T>(part);
            var target = value[parameter.GradientRange(part)];
            TensorPrimitives.MultiplyAdd(gradient, T.CreateChecked(-LearningRate), target, target);
            gradient.Clear();
        }
    }
}
