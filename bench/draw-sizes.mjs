// Draws the map of `modnet bench sizes --peer torchsharp --json`: how many times as fast this library is, by the sizes of the model.
//
//     node bench/draw-sizes.mjs bench/results/MACHINE/sizes.json docs/figures/sizes.svg
import { readFileSync, writeFileSync } from 'node:fs';

const [source, target] = process.argv.slice(2);
const cell = { width: 100, height: 40 }, gap = 34, left = 112, top = 74;
const model = /^(\d+) windows, (\d+) words, state of (\d+)$/;

const points = JSON.parse(readFileSync(source, 'utf8')).cases
    .map(line => ({ sizes: model.exec(line.name)?.slice(1).map(Number), ratio: line.timesPeer?.median }))
    .filter(point => point.sizes && point.ratio);
const valuesOf = axis => [...new Set(points.map(point => point.sizes[axis]))].sort((a, b) => a - b);
const [windows, words, states] = [valuesOf(0), valuesOf(1), valuesOf(2)];

const panel = words.length * cell.width;
const width = left + windows.length * panel + (windows.length - 1) * gap + 12;
const height = top + states.length * cell.height + 34;
const counted = number => number.toLocaleString('en-US');

// Darker is faster; slower than the peer is another colour, with a border that grey print keeps.
function colours(ratio) {
    if (ratio < 1)
        return { fill: '#fbe3d6', text: '#1b1b1b', border: ' stroke="#b3400a" stroke-width="2"' };
    const share = Math.min(1, Math.log2(ratio) / 3);
    const channel = (light, dark) => Math.round(light + share * (dark - light));
    return { fill: `rgb(${channel(225, 16)},${channel(236, 78)},${channel(247, 139)})`, text: share > 0.75 ? '#ffffff' : '#1b1b1b', border: '' };
}

function text(x, y, content, anchor = 'middle', extra = '') {
    return `<text x="${x}" y="${y}" text-anchor="${anchor}"${extra}>${content}</text>`;
}

const drawing = [text(left, 20, 'A step of training beside TorchSharp: 2 means twice as fast as TorchSharp', 'start', ' font-size="15" font-weight="600"')];
states.forEach((state, row) => drawing.push(text(left - 10, top + (row + 0.5) * cell.height + 5, `state of ${state}`, 'end')));
windows.forEach((batch, index) => {
    const x = left + index * (panel + gap);
    drawing.push(text(x + panel / 2, 44, `${batch} windows a mini-batch`, 'middle', ' font-weight="600"'));
    words.forEach((count, column) => drawing.push(text(x + (column + 0.5) * cell.width, top - 10, `${counted(count)} words`)));
    states.forEach((state, row) => words.forEach((count, column) => {
        const point = points.find(({ sizes }) => sizes[0] === batch && sizes[1] === count && sizes[2] === state);
        const [cx, cy] = [x + column * cell.width, top + row * cell.height];
        const { fill, text: ink, border } = point ? colours(point.ratio) : { fill: 'none', text: '#5a5a5a', border: ' stroke="#c9c9c9"' };
        drawing.push(`<rect x="${cx + 1}" y="${cy + 1}" width="${cell.width - 2}" height="${cell.height - 2}" rx="4" fill="${fill}"${border}/>`);
        drawing.push(text(cx + cell.width / 2, cy + cell.height / 2 + 5, point ? point.ratio.toFixed(2) : 'too long', 'middle', ` fill="${ink}"${point ? '' : ' font-size="11"'}`));
    }));
});
drawing.push(text(left, height - 10, 'Language models with eight modules, one used at a time, by mini-batch, vocabulary and state.', 'start', ' font-size="12"'));

writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"
    font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1b1b1b" role="img" aria-label="Map of ratios to TorchSharp">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${drawing.join('\n')}
</svg>
`);
