namespace ModularNetworks.Browser.Tests;

/// <summary>Goes through a page with keys alone: every control of the views is reached and shows that it has the focus; one of each kind answers its key.</summary>
internal sealed class KeyboardWalk(OpenedPage opened)
{
    private const int KeysAtOnce = 20;

    /// <summary>Goes through views of the page.</summary>
    /// <param name="views">The names of the views.</param>
    /// <returns>What was found, and how many controls there are.</returns>
    public async Task<(IReadOnlyList<string> Findings, int Controls)> GoAsync(IReadOnlyList<string> views)
    {
        int all = 0;
        var findings = new List<string>();
        await opened.DrawAllAsync();
        foreach (string view in views)
        {
            await opened.ShowAsync(view);
            await opened.OpenDetailsAsync();
            int controls = await opened.Page.EvaluateAsync<int>(KeyboardScripts.Prepare);
            all += controls;
            await ReachAsync(controls);
            while (await opened.Page.EvaluateAsync<string?>(KeyboardScripts.Take, view) is { } key)
            {
                await opened.Page.Keyboard.PressAsync(key);
                await opened.Page.EvaluateAsync(KeyboardScripts.Answer);
            }
            findings.AddRange(await opened.Page.EvaluateAsync<string[]>(KeyboardScripts.Findings));
        }
        return (findings, all);
    }

    private async Task ReachAsync(int controls)
    {
        await opened.Page.EvaluateAsync(KeyboardScripts.Begin);
        // A focus that leaves the page for good reaches nothing more.
        for (int keys = 0; keys <= 2 * controls && !await opened.Page.EvaluateAsync<bool>(KeyboardScripts.IsThrough); keys += KeysAtOnce)
        {
            for (int i = 0; i < KeysAtOnce; i++)
                await opened.Page.Keyboard.PressAsync("Tab");
        }
        await opened.Page.EvaluateAsync(KeyboardScripts.Miss);
    }
}
