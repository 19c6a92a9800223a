namespace ModularNetworks.Browser.Tests;

/// <summary>The questions of tests to pages, in JavaScript.</summary>
internal static class PageScripts
{
    /// <summary>Texts of drawings that lie over one another by more than 2 pixels, or are cut at the drawing's edge.</summary>
    public const string SpoiltTexts = """
        () => [...document.querySelectorAll("figure .drawing")].flatMap((holder) => {
          const name = holder.closest("figure").dataset.figure;
          const edge = holder.getBoundingClientRect();
          const texts = [...holder.querySelectorAll("text")]
            .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
            .filter(({ text, box }) => text.trim() && box.width > 0);
          const cut = texts
            .filter(({ box }) => box.left < edge.left - 2 || box.right > edge.right + 2 || box.top < edge.top - 2 || box.bottom > edge.bottom + 2)
            .map(({ text }) => `${name}: "${text}" is cut`);
          const over = texts.flatMap((a, i) => texts.slice(i + 1)
            .filter((b) =>
              Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 &&
              Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 2)
            .map((b) => `${name}: "${a.text}" is over "${b.text}"`));
          // Labels of an axis that touch are read as one.
          const labels = [...holder.querySelectorAll("g[aria-label='x-axis tick label'] text")].filter((text) => text.textContent.trim() && text.getClientRects().length > 0);
          const touching = labels.slice(1).flatMap((label, i) => {
            const [before, box] = [labels[i].getBoundingClientRect(), label.getBoundingClientRect()];
            const isNext = Math.abs(before.top - box.top) < 2 && box.left >= before.left;
            return isNext && box.left - before.right < 2 ? [`${name}: "${labels[i].textContent}" touches "${label.textContent}"`] : [];
          });
          return [...cut, ...over, ...touching];
        })
        """;

    /// <summary>Boxes that are seen and whose content is wider than they are, and titles in cards that are higher than what they stand beside.</summary>
    public const string Overflowing = """
        () => [...document.querySelectorAll("header *, nav *, .views *")]
          .filter((element) => element.getClientRects().length > 0 && !element.closest("svg") && element.clientWidth > 0)
          .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
          .map((element) => `${element.localName}.${element.className} of ${element.closest("[id]")?.id}: ${element.scrollWidth} in ${element.clientWidth}`)
          .concat([...document.querySelectorAll(".stacked [data-title]")]
            .filter((cell) => cell.clientHeight > 0 && parseFloat(getComputedStyle(cell, "::before").height) > cell.clientHeight + 1)
            .map((cell) => `${cell.dataset.title} of ${cell.closest("[data-table]")?.dataset.table} is higher than its cell`))
        """;

    /// <summary>Names that two or more elements share: what an address or a label names would be the first of them.</summary>
    public const string SharedIds = """
        () => [...Map.groupBy(document.querySelectorAll("[id]"), (element) => element.id)]
          .filter(([, elements]) => elements.length > 1)
          .map(([id, elements]) => `${elements.length} elements are named ${id}`)
        """;

    /// <summary>Words and numbers in an element that are broken, where a line has no room for them; a hyphen ends a word.</summary>
    public const string BrokenWords = """
        (element) => {
          const broken = [];
          const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let text; (text = texts.nextNode()); )
            for (const word of text.data.matchAll(/[^\s-]+-?/g)) {
              const range = document.createRange();
              range.setStart(text, word.index);
              range.setEnd(text, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
            }
          return broken;
        }
        """;

    /// <summary>Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3).</summary>
    public const string FaintTexts = """
        () => {
          const parse = (color) => {
            const numbers = color.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
            const scale = color.startsWith("color(") ? 1 : 255;
            return { rgb: numbers.slice(0, 3).map((n) => n / scale), alpha: numbers[3] ?? 1 };
          };
          const over = (front, back) => front.rgb.map((n, i) => front.alpha * n + (1 - front.alpha) * back[i]);
          const behind = (element) => {
            if (!element) return [1, 1, 1];
            const color = parse(getComputedStyle(element).backgroundColor);
            return color.alpha === 1 ? color.rgb : over(color, behind(element.parentElement));
          };
          const light = (rgb) => {
            const [r, g, b] = rgb.map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
          const faint = new Set();
          for (const element of document.body.querySelectorAll("*:not(script, noscript, style, title)")) {
            if (!hasText(element) || element.getClientRects().length === 0) continue;
            const style = getComputedStyle(element);
            const isDrawn = element instanceof SVGElement;
            const back = behind(element);
            const front = over(parse(isDrawn ? style.fill : style.color), back);
            const [low, high] = [light(front), light(back)].sort((a, b) => a - b);
            const contrast = (high + 0.05) / (low + 0.05);
            if (contrast < 4.5) faint.add(`${element.localName} "${element.textContent.slice(0, 20)}": ${contrast.toFixed(1)}`);
          }
          return [...faint];
        }
        """;

    /// <summary>Lines, dots and bars of drawings whose contrast with what is behind them is below 3 (WCAG 2.2, 1.4.11).</summary>
    public const string FaintLines = """
        () => {
          const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          // A canvas knows every notation of colours.
          const over = (color, alpha, back) => {
            context.globalAlpha = 1;
            context.fillStyle = `rgb(${back.join(",")})`;
            context.fillRect(0, 0, 1, 1);
            context.globalAlpha = alpha;
            context.fillStyle = color;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
          };
          const light = (rgb) => {
            const [r, g, b] = rgb.map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const faint = new Set();
          for (const drawing of document.querySelectorAll("figure .drawing > svg, .legend svg")) {
            const figure = drawing.closest("figure");
            const back = over(getComputedStyle(figure).backgroundColor, 1, [255, 255, 255]);
            for (const part of drawing.querySelectorAll("path, circle, g[aria-label='bar'] rect, g[aria-label='rule'] line")) {
              if (part.closest("g[aria-label$='grid'], g[aria-label='frame'], g[aria-label='tip'], marker, clipPath")) continue;
              const style = getComputedStyle(part);
              const paints = [[style.stroke, style.strokeOpacity], [style.fill, style.fillOpacity]].filter(([color]) => color !== "none" && !/, 0\)$/.test(color));
              const alpha = (opacity) => Number(opacity) * Number(style.opacity);
              const contrasts = paints.map(([color, opacity]) => {
                const [low, high] = [light(over(color, alpha(opacity), back)), light(back)].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
              });
              if (contrasts.length > 0 && Math.max(...contrasts) < 3)
                faint.add(`${figure.dataset.figure} ${part.parentElement.getAttribute("aria-label")} ${paints}: ${Math.max(...contrasts).toFixed(2)}`);
            }
          }
          return [...faint];
        }
        """;
}
