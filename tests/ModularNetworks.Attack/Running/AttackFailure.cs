namespace ModularNetworks.Attack;

/// <summary>A call that ended as none may, and how to see it again.</summary>
/// <param name="Member">The member that was called.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Number">The number of the call.</param>
/// <param name="Problem">What happened, in one line.</param>
internal sealed record AttackFailure(string Member, ulong Seed, long Number, string Problem)
{
    public override string ToString() => $"FAILED: {Member}: {Problem}\n  again: tests/attack --seed {Seed} --only {Number}";
}

/// <summary>How often the calls of a member ended in each way, and the last refusal.</summary>
internal readonly record struct MemberCounts(long Answered, long Refused, long Failed, string LastRefusal)
{
    /// <summary>One more.</summary>
    public MemberCounts With(CallEnd end, string text) => end switch
    {
        CallEnd.Answered => this with { Answered = Answered + 1 },
        CallEnd.Refused => this with { Refused = Refused + 1, LastRefusal = text },
        _ => this with { Failed = Failed + 1 },
    };
}
