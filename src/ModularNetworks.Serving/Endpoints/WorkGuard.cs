using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>Runs the work of requests: so many at once, counted and timed, and with a line for whoever made a wrong one.</summary>
internal sealed class WorkGuard(int most, ServedModels models, ServingMetrics metrics) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });

    /// <summary>Runs the work of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">What is asked for, for the numbers.</param>
    /// <param name="work">Does it; returns how many items were answered.</param>
    public async Task RunAsync(HttpContext context, string operation, Func<HttpContext, Task<int>> work)
    {
        long start = Stopwatch.GetTimestamp();
        int items = 0;
        using (var lease = _limiter.AttemptAcquire())
        {
            await TellAsync(context, async _ => items = lease.IsAcquired ? await work(context) : throw Busy(context));
        }
        metrics.Note(ModelOf(context), operation, context.Response.StatusCode, items, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Answers, or tells what is wrong with the request.</summary>
    public static async Task TellAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        try
        {
            await answer(context);
        }
        catch (RequestException wrong)
        {
            await Answers.WriteProblemAsync(context, wrong.Status, wrong.Message);
        }
        catch (BadHttpRequestException wrong)
        {
            await Answers.WriteProblemAsync(context, wrong.StatusCode, wrong.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more; the status is for the numbers.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    // Names that no model has are one: the numbers must not grow with what clients send.
    private string ModelOf(HttpContext context) => models.TryFind(context.Request.RouteValues["name"] as string ?? "", out var model) ? model.Name : "none";

    private RequestException Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return new RequestException(StatusCodes.Status429TooManyRequests, $"{most} requests are at work already. Come again in a second.");
    }
}
