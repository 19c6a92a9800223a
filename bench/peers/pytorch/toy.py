"""The toy problem (paper, section 3.1): two linear modules of two dimensions and a linear controller, one of which is used
for each of 100 points."""
import torch
import torch.nn.functional as F

from model import glorot, negative_gumbel

POINTS, SIZE, MODULES, VARIANCE = 100, 2, 2, 0.04


class Training:
    """Training on one mini-batch of random points with stored selections a* [points]."""

    def __init__(self):
        self.x, self.y = torch.randn(POINTS, SIZE), torch.randn(POINTS, SIZE)
        self.stored = torch.randint(MODULES, (POINTS,))
        self.weight = glorot(MODULES, SIZE, SIZE, fan_in=SIZE, fan_out=SIZE)
        self.bias = torch.zeros(MODULES, SIZE)
        self.controller = glorot(SIZE, MODULES, fan_in=SIZE, fan_out=MODULES)
        self.controller_bias = torch.zeros(MODULES)
        parameters = [self.weight, self.bias, self.controller, self.controller_bias]
        for parameter in parameters:
            parameter.requires_grad_()
        self.adam = torch.optim.Adam(parameters, lr=0.03, foreach=True)

    def log_probabilities(self):
        return F.log_softmax(torch.addmm(self.controller_bias, self.x, self.controller), -1)

    def log_likelihoods(self):
        """Of all modules, without the constant: [points, MODULES]. Running all and selecting is faster than sorting."""
        outputs = torch.matmul(self.x, self.weight) + self.bias.unsqueeze(1)
        return (outputs - self.y).square().sum(-1).t() * (-0.5 / VARIANCE)

    def joint(self):
        return self.log_likelihoods() + self.log_probabilities()

    def m_step(self):
        """One gradient step of EM (Eq. 8); returns the loss in nats per point."""
        loss = -self.joint().gather(1, self.stored.unsqueeze(1)).mean()
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()

    @torch.no_grad()
    def e_step(self, samples=10):
        """Keeps the best of the stored and some sampled modules of every point (Eq. 11); returns its mean in nats."""
        log_probabilities = self.log_probabilities()
        sampled = (log_probabilities - negative_gumbel(samples, POINTS, MODULES)).argmax(-1)
        candidates = torch.cat([self.stored.unsqueeze(0), sampled])
        scores = (self.log_likelihoods() + log_probabilities).t().gather(0, candidates)
        best = scores.max(0)
        self.stored = candidates.gather(0, best.indices.unsqueeze(0)).squeeze(0)
        return best.values.mean().item()
