using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Predicts the classes of pictures, as a trained image classifier finds them.</summary>
/// <param name="context">Where pictures that cannot be read are named.</param>
/// <param name="model">The classifier.</param>
internal sealed class ImagePredictions(CliContext context, ImageModel model)
{
    // Decoding takes most of the time, and all cores.
    private const int Together = 32;

    /// <summary>Prints the predictions, in the order of the files.</summary>
    /// <param name="pictures">The files, or what is wrong with a name or folder.</param>
    /// <param name="isStream">Whether each answer may be waited for before the next name is there.</param>
    /// <param name="isStrict">Whether the first picture that cannot be read ends all; else it is named.</param>
    /// <param name="answers">Receives the predictions.</param>
    /// <returns>The exit code.</returns>
    public int Print(IEnumerable<(string Path, DataException? Problem)> pictures, bool isStream, bool isStrict, ImageAnswers answers)
    {
        int exitCode = ExitCode.Success;
        foreach (var files in pictures.Chunk(isStream ? 1 : Together))
        {
            foreach (var (path, pixels, problem) in files.AsParallel().AsOrdered().Select(file => file.Problem is null ? Read(file.Path) : (file.Path, [], file.Problem)))
            {
                if (problem is null)
                {
                    answers.Write(path, model.PredictPixels(pixels, answers.Count));
                    continue;
                }
                if (isStrict)
                    throw problem;
                context.Error.WriteLine(ErrorLine.Of(problem));
                exitCode = ExitCode.BadInput;
            }
        }
        return exitCode;
    }

    private (string Path, byte[] Pixels, DataException? Problem) Read(string path)
    {
        try
        {
            return (path, model.Read(path), null);
        }
        catch (DataException problem)
        {
            return (path, [], problem);
        }
    }
}
