namespace ModularNetworks.Data.Tests;

public sealed class FileDownloadTests : IDisposable
{
    private const int Half = 500;

    private readonly Downloads _downloads = new();

    [Fact]
    public async Task A_whole_file_gets_its_name()
    {
        using var server = new LoopbackServer(Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.DoesNotContain("Range", server.Requests.Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(ReplyEnd.Close, "broke off")]
    [InlineData(ReplyEnd.Stall, "sent nothing for 30 s")]
    public async Task A_file_that_breaks_off_or_stalls_is_gone_on_with(object end, string problem)
    {
        _downloads.StallsAt = (ReplyEnd)end == ReplyEnd.Stall ? Half : null;
        using var server = new LoopbackServer(
            Reply.Whole(Downloads.File, Half, end: (ReplyEnd)end), Reply.Rest(Downloads.File, Half));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.Contains(problem, Assert.Single(_downloads.Retries), StringComparison.Ordinal);
        Assert.Contains("Range: bytes=500-", server.Requests.Last(), StringComparison.Ordinal);
        Assert.Contains("If-Range: \"one\"", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_an_exact_mark_is_gone_on_with_by_its_date()
    {
        const string Date = "Mon, 01 Jan 2024 00:00:00 GMT";
        using var server = new LoopbackServer(
            Reply.Whole(Downloads.File, Half, $"ETag: W/\"weak\"\nLast-Modified: {Date}"), Reply.Rest(Downloads.File, Half));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.Contains($"If-Range: {Date}", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_marks_begins_again()
    {
        using var server = new LoopbackServer(
            Reply.Whole(Downloads.File, Half, "Server: plain"), Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.DoesNotContain("Range", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_or_has_another_version_begins_again()
    {
        byte[] other = [.. Enumerable.Repeat((byte)7, 1000)];
        using var server = new LoopbackServer(Reply.Whole(other, Half), Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task Another_part_than_was_asked_for_is_not_taken()
    {
        using var server = new LoopbackServer(
            Reply.Whole(Downloads.File, Half), Reply.Rest(Downloads.File, 400), Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.Contains("another part", _downloads.Retries.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_whole_before_is_whole()
    {
        WritePart(Downloads.File);
        using var server = new LoopbackServer(
            new Reply("HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */1000\nContent-Length: 0", []));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task More_bytes_than_the_server_has_are_thrown_away()
    {
        WritePart([.. Downloads.File, 1]);
        using var server = new LoopbackServer(
            new Reply("HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */1000\nContent-Length: 0", []),
            Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_stopped_download_keeps_what_came_and_the_next_goes_on()
    {
        using var server = new LoopbackServer(Reply.Whole(Downloads.File, Half, end: ReplyEnd.Stall));
        using var stopped = new Downloads { StopsAt = Half };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.GetAsync(server));
        Assert.Equal(Downloads.File[..Half], File.ReadAllBytes(stopped.PartPath));
        WritePart(File.ReadAllBytes(stopped.PartPath), File.ReadAllText(stopped.PartPath + ".tag"));
        using var next = new LoopbackServer(Reply.Rest(Downloads.File, Half));
        await _downloads.GetAsync(next);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        var reply = Reply.Redirect("/other");
        using var server = new LoopbackServer(reply, reply, reply, reply, reply, Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.StartsWith("GET /other ", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_without_end_are_refused()
    {
        using var server = new LoopbackServer([.. Enumerable.Repeat(Reply.Redirect("file"), 9)]);
        Assert.Contains("redirects more than 5 times", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/file")]
    [InlineData("//")]
    public async Task Redirects_to_other_schemes_are_refused(string location)
    {
        using var server = new LoopbackServer(Reply.Redirect(location));
        Assert.Contains($"redirects to {location}", await _downloads.FailAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_beyond_the_bound_is_refused_before_it_comes()
    {
        using var server = new LoopbackServer(Reply.Whole(Downloads.File));
        Assert.Contains("says that it has 1000 bytes; at most 999", await _downloads.FailAsync(server, 999), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_downloads.Folder));
    }

    [Fact]
    public async Task A_body_without_end_is_stopped_at_the_bound()
    {
        using var server = new LoopbackServer(new Reply("HTTP/1.1 200 OK", Downloads.File, ReplyEnd.Repeat));
        Assert.Contains("sends more than 1000 bytes", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_downloads.Folder));
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_refused()
    {
        using var server = new LoopbackServer(Reply.Status("302 Found"));
        Assert.Contains("redirects to nowhere", await _downloads.FailAsync(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes 500-999/7")]
    [InlineData("bytes 500-*/1000")]
    [InlineData("pages 500-999/1000")]
    [InlineData("bytes */1000")]
    [InlineData("bytes 999-500/1000")]
    public async Task A_range_that_makes_no_sense_is_not_taken(string range)
    {
        var wrong = new Reply($"HTTP/1.1 206 Partial Content\nContent-Length: 10\nContent-Range: {range}\nETag: \"one\"", [.. "0123456789"u8]);
        using var server = new LoopbackServer(Reply.Whole(Downloads.File, Half), wrong, Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_part_of_another_version_than_was_asked_for_is_found_by_its_checksum()
    {
        byte[] other = [.. Enumerable.Repeat((byte)7, 1000)];
        using var server = new LoopbackServer(Reply.Whole(other, Half), Reply.Rest(Downloads.File, Half));
        Assert.Contains($"{Downloads.Sha256} is expected", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_downloads.Folder));
    }

    [Fact]
    public async Task Fewer_bytes_than_the_server_says_are_asked_for_again()
    {
        var early = new Reply("HTTP/1.1 200 OK\nContent-Length: 1000", Downloads.File[..999]);
        using var server = new LoopbackServer([.. Enumerable.Repeat(early, 9)]);
        Assert.Contains("(tried 5 times)", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task What_is_no_answer_is_tried_again_and_told()
    {
        using var server = new LoopbackServer([.. Enumerable.Repeat(new Reply("SSH-2.0-server", []), 9)]);
        Assert.Contains("(tried 5 times)", await _downloads.FailAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_checksum_deletes_what_came_and_says_both()
    {
        using var server = new LoopbackServer(new Reply("HTTP/1.1 200 OK\nContent-Length: 3", [.. "abc of which more"u8]));
        string message = await _downloads.FailAsync(server);
        Assert.Contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", message, StringComparison.Ordinal);
        Assert.Contains($"{Downloads.Sha256} is expected", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_downloads.Folder));
    }

    [Fact]
    public async Task A_missing_file_is_told_at_once()
    {
        using var server = new LoopbackServer(Reply.Status("404 Not Found"));
        Assert.Contains("answers 404 NotFound", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Empty(_downloads.Retries);
    }

    [Fact]
    public async Task A_fault_of_the_server_may_pass()
    {
        using var server = new LoopbackServer(
            Reply.Status("500 Fault"), Reply.Status("503 Busy"), Reply.Whole(Downloads.File));
        await _downloads.GetAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([1, 2], _downloads.Time.Pauses);
    }

    [Fact]
    public async Task A_fault_of_the_server_that_stays_is_told_after_five_trials()
    {
        using var server = new LoopbackServer([.. Enumerable.Repeat(Reply.Status("500 Fault"), 9)]);
        Assert.Contains(
            "answers 500 InternalServerError (tried 5 times)", await _downloads.FailAsync(server), StringComparison.Ordinal);
        Assert.Equal([1, 2, 4, 8], _downloads.Time.Pauses);
    }

    [Fact]
    public async Task A_refused_connection_is_told_at_once()
    {
        var server = new LoopbackServer();
        var address = server["file"];
        server.Dispose();
        using var client = new HttpClient();
        var source = new HttpSource(client, _downloads.Time);
        var error = await Assert.ThrowsAsync<UnavailableException>(
            () => source.AskAsync(address, 0, null, TestContext.Current.CancellationToken));
        Assert.StartsWith($"{address}: cannot be reached: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_mix()
    {
        using var other = PartialFile.Open(_downloads.FilePath);
        using var server = new LoopbackServer(Reply.Whole(Downloads.File));
        var error = await Assert.ThrowsAsync<DataException>(() => _downloads.GetAsync(server));
        Assert.Contains("file.part: cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public void Dispose() => _downloads.Dispose();

    private void WritePart(byte[] bytes, string tag = "\"one\"")
    {
        File.WriteAllBytes(_downloads.PartPath, bytes);
        File.WriteAllText(_downloads.PartPath + ".tag", tag);
    }
}
