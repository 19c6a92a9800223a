"""The modular image classifier (paper, section 3.3, appendix D), written for speed on a CPU.

Three modular convolutions (3x3, stride 2, one channel a module) and two modular fully connected layers (48 and 10 units),
K of M modules each; outputs are concatenated, those of the last layer summed to logits. Images are channels-first;
windows reach one row and one column beyond the image. Modules are tiny, so that running all M and selecting K outputs is
faster than running K of them.
"""
import torch
import torch.nn.functional as F

from model import glorot, negative_gumbel

SIZE, CHANNELS, HIDDEN, CLASSES, CONVOLUTIONS, LAYERS, CONTROLLER_FILTERS = 32, 3, 48, 10, 3, 5, 20


def convolve(x, weight, bias):
    return F.conv2d(F.pad(x, (0, 1, 0, 1)), weight, bias, stride=2)


def log_probability(log_probabilities, a):
    """[..., K, M] and a [..., K] -> log p(a), summed over K: [...]."""
    return log_probabilities.gather(-1, a[..., None]).squeeze(-1).sum(-1)


class ImageClassifier:
    def __init__(self, modules, picks, controller):
        self.M, self.K, self.controller = modules, picks, controller
        self.layers, channels, size = [], CHANNELS, SIZE
        for _ in range(CONVOLUTIONS):
            self.layers.append({
                'weight': glorot(modules, channels, 3, 3, fan_in=9 * channels, fan_out=9),
                'bias': torch.zeros(modules),
                **(self.filters(channels) if controller == 'conv' else self.linear(channels * size * size))})
            channels, size = picks, size // 2
        inputs = channels * size * size
        for outputs in (HIDDEN, CLASSES):
            self.layers.append({
                'weight': glorot(modules, inputs, outputs, fan_in=inputs, fan_out=outputs),
                'bias': torch.zeros(modules, outputs),
                **self.linear(inputs)})
            inputs = picks * outputs
        self.parameters = [parameter for layer in self.layers for parameter in layer.values()]
        for parameter in self.parameters:
            parameter.requires_grad_()

    def linear(self, inputs):
        outputs = self.K * self.M
        return {'controller': glorot(inputs, outputs, fan_in=inputs, fan_out=outputs), 'controller_bias': torch.zeros(outputs)}

    def filters(self, channels):
        return {
            'filters': glorot(CONTROLLER_FILTERS, channels, 3, 3, fan_in=9 * channels, fan_out=9 * CONTROLLER_FILTERS),
            'filters_bias': torch.zeros(CONTROLLER_FILTERS),
            **self.linear(CONTROLLER_FILTERS)}

    def log_probabilities(self, layer, x):
        """The controller's, [rows, K, M]."""
        if 'filters' in layer:
            x = torch.relu(convolve(x, layer['filters'], layer['filters_bias'])).mean((2, 3))
        logits = torch.addmm(layer['controller_bias'], x.flatten(1), layer['controller'])
        return F.log_softmax(logits.view(-1, self.K, self.M), -1)

    def run(self, number, x, a):
        """One layer's modules: x of the layer, a [rows, K]."""
        layer = self.layers[number]
        if number < CONVOLUTIONS:
            y = convolve(x, layer['weight'], layer['bias'])
            return torch.relu(y.gather(1, a[:, :, None, None].expand(-1, -1, *y.shape[2:])))
        (modules, inputs, outputs), x = layer['weight'].shape, x.flatten(1)
        y = (x @ layer['weight'].permute(1, 0, 2).reshape(inputs, modules * outputs)).view(-1, modules, outputs) + layer['bias']
        y = y.gather(1, a[:, :, None].expand(-1, -1, outputs))
        return torch.relu(y.flatten(1)) if number == CONVOLUTIONS else y.sum(1)

    def given(self, x, selections):
        """Runs given selections, [layers, rows, K]: logits, and log p(a) of every row."""
        total = 0
        for number, a in enumerate(selections):
            total = total + log_probability(self.log_probabilities(self.layers[number], x), a)
            x = self.run(number, x, a)
        return x, total

    @torch.no_grad()
    def rollout(self, x, stored, samples):
        """Runs R = samples + 1 selections of every image at once, group 0 the stored ones, the others sampled: logits
        [R * B, classes], log p(a) [R, B], selections [layers, R, B, K]. The first layer has the same input in all
        groups, so that its controller and all its modules run once."""
        (B, R), K, M, selections = x.shape[:1] + (samples + 1,), self.K, self.M, []
        total = 0
        for number in range(LAYERS):
            rows = 1 if number == 0 else R
            log_probabilities = self.log_probabilities(self.layers[number], x).view(rows, B, K, M)
            a = (log_probabilities - negative_gumbel(R, B, K, M)).argmax(-1)
            a[0] = stored[number]
            total = total + log_probability(log_probabilities.expand(R, B, K, M), a)
            selections.append(a)
            if number == 0:
                y = torch.relu(convolve(x, self.layers[0]['weight'], self.layers[0]['bias'])).expand(R, -1, -1, -1, -1)
                x = y.gather(2, a[..., None, None].expand(-1, -1, -1, *y.shape[3:])).flatten(0, 1)
            else:
                x = self.run(number, x, a.view(R * B, K))
        return x, total, torch.stack(selections)


class Training:
    """Training on one mini-batch: images x [B, 3, 32, 32], classes y [B] and stored selections a* [layers, B, K]."""

    def __init__(self, model, x, y):
        self.model, self.x, self.y = model, x, y
        self.stored = torch.randint(model.M, (LAYERS, x.shape[0], model.K))
        self.adam = torch.optim.Adam(model.parameters, lr=1e-3, foreach=True)

    def m_step(self):
        """One gradient step of EM (Eq. 8); returns the loss in nats per image."""
        logits, selection = self.model.given(self.x, self.stored)
        loss = F.cross_entropy(logits, self.y) - selection.mean()
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()

    @torch.no_grad()
    def e_step(self, samples=10):
        """Keeps the best of the stored and some sampled selections of every image (Eq. 11); returns the mean of
        log p(y, a*) in nats per image."""
        B, R = self.x.shape[0], samples + 1
        logits, selection, a = self.model.rollout(self.x, self.stored, samples)
        joint = selection - F.cross_entropy(logits, self.y.repeat(R), reduction='none').view(R, B)
        best = joint.argmax(0)
        self.stored = a[:, best, torch.arange(B)]
        return joint.max(0).values.mean().item()
