using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>A modular layer, hyperbolic tangents, and a layer that follows its selection, with a Gaussian likelihood.</summary>
internal sealed class FollowingNetwork : ModularNetwork<VectorBatch>
{
    public FollowingNetwork(ModularLayer leader, Combination combination = Combination.Sum)
    {
        Leader = leader;
        int size = leader.Pool.Parameters[0].Shape.Last;
        Pool = new LinearModules("following", leader.Modules, size, size, Activation.None, RandomKey.FromSeed(3));
        Follower = new FollowingLayer("following", Pool, combination);
        Layout = new CompositionLayout(leader.Layout);
        Parameters = [.. leader.Parameters, .. Follower.Parameters];
    }

    public ModularLayer Leader { get; }

    public LinearModules Pool { get; }

    public FollowingLayer Follower { get; }

    public override CompositionLayout Layout { get; }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public Tensor Predict(ForwardPass pass, Tensor input) =>
        Follower.Forward(pass, pass.Tape.Tanh(Leader.Forward(pass, input)), leader: 0);

    public override Tensor LogLikelihood(ForwardPass pass, VectorBatch batch) =>
        GaussianLikelihood.Fixed(1).LogLikelihood(pass, Predict(pass, batch.Inputs), batch.Targets);
}
