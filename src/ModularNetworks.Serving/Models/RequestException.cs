using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>What is wrong with a request, for who made it.</summary>
/// <param name="status">The status of the answer, 400 to 499.</param>
/// <param name="detail">One line: what is wrong, and what is expected.</param>
internal sealed class RequestException(int status, string detail) : Exception(detail)
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>A request that does not say what it should.</summary>
    public static RequestException Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);

    /// <summary>A request that is right, but has no finite answer.</summary>
    public static RequestException NotFinite(string item) =>
        new(StatusCodes.Status422UnprocessableEntity, $"{item}: the prediction is not a finite number. Give numbers such as those of the training.");
}
