namespace ModularNetworks.Tests;

public sealed class ReaderPoolTests
{
    [Fact]
    public void A_thread_gets_what_it_gave_back()
    {
        var pool = new ReaderPool<object>(() => new object());
        object first = pool.Rent(), second = pool.Rent();
        Assert.NotSame(first, second);
        pool.Return(second);
        Assert.Same(second, pool.Rent());
        pool.Return(first);
        Assert.Same(first, pool.Rent());
    }

    [Fact]
    public void Nobody_gets_what_another_one_has()
    {
        int made = 0;
        var pool = new ReaderPool<Used>(() =>
        {
            Interlocked.Increment(ref made);
            return new Used();
        });
        ManyThreads.AssertRight(threads: 16, uses: 20_000, (_, _) =>
        {
            var used = pool.Rent();
            bool isAlone = Interlocked.Increment(ref used.Users) == 1;
            Interlocked.Decrement(ref used.Users);
            pool.Return(used);
            return isAlone;
        });
        Assert.InRange(made, 1, 16);
    }

    [Fact]
    public void It_allocates_nothing_and_keeps_no_more_than_it_says()
    {
        int made = 0;
        var pool = new ReaderPool<object>(() => ++made);
        object[] all = new object[ReaderPool<object>.MostKept + 3];
        void UseAll()
        {
            for (int n = 0; n < all.Length; n++)
                all[n] = pool.Rent();
            foreach (object one in all)
                pool.Return(one);
        }
        UseAll();
        Assert.Equal(all.Length, made);
        UseAll();
        Assert.Equal(all.Length + 3, made);
        Allocations.AssertNone(() => pool.Return(pool.Rent()));
    }

    [Fact]
    public void Nothing_cannot_be_given_back() => Assert.Throws<ArgumentNullException>(() => new ReaderPool<object>(() => new object()).Return(null!));

    private sealed class Used
    {
        public int Users;
    }
}
