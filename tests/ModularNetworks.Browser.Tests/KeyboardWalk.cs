namespace ModularNetworks.Browser.Tests;

/// <summary>Goes through a page with keys alone: every control of every view is reached and shows that it has the focus; each, or one of each kind in a view, answers its key.</summary>
internal sealed class KeyboardWalk(OpenedPage opened, bool worksEach)
{
    private readonly List<string> _findings = [];

    /// <summary>Goes through the page.</summary>
    /// <returns>What was found, and how many controls there are.</returns>
    public async Task<(IReadOnlyList<string> Findings, int Controls)> GoAsync()
    {
        int all = 0;
        await opened.DrawAllAsync();
        foreach (string view in await opened.ViewsAsync())
        {
            await opened.ShowAsync(view);
            await opened.OpenDetailsAsync();
            int controls = await opened.Page.EvaluateAsync<int>(KeyboardScripts.Prepare);
            await ReachAsync();
            for (int i = 0; i < controls; i++)
                await WorkAsync(view, i);
            _findings.AddRange(await opened.Page.EvaluateAsync<string[]>(KeyboardScripts.Lost));
            all += controls;
        }
        return (_findings, all);
    }

    private async Task ReachAsync()
    {
        await opened.Page.EvaluateAsync(KeyboardScripts.Begin);
        while (await opened.Page.EvaluateAsync<string?>(KeyboardScripts.Look) is { } finding)
        {
            Add(finding);
            await opened.Page.Keyboard.PressAsync("Tab");
        }
        _findings.AddRange(await opened.Page.EvaluateAsync<string[]>(KeyboardScripts.Missed));
    }

    private async Task WorkAsync(string view, int control)
    {
        if (await opened.Page.EvaluateAsync<string?>(KeyboardScripts.Take, new object[] { view, control, worksEach }) is not { } key)
            return;
        await opened.Page.Keyboard.PressAsync(key);
        Add(await opened.Page.EvaluateAsync<string?>(KeyboardScripts.Answer, control));
    }

    private void Add(string? finding)
    {
        if (!string.IsNullOrEmpty(finding))
            _findings.Add(finding);
    }
}
