"""The modular GRU language model (paper, section 3.2, appendices A and C), written for speed on a CPU.

    z, r = sigmoid(Wg [h, x])                              no bias, as printed
    c    = relu(sum_k f_{a_k}([r * h, x]))                 f_m(v) = Wm v + bm
    h'   = (1 - z) h + z c
    p(a | h, x): K softmaxes over M modules, linear in [h, x] with bias
    p(y | h'):   a softmax over V words, linear in h' with bias

Time comes first: x, y [T, B]; selections a [T, B, K]; states [T, B, H]. Products with x are done for all T in one matrix
product before the loop over time, the controller's log-probabilities and the output softmax after it. Modules are tiny
(8 units), so that the recurrent part is fastest as one product for all modules, of which the others' inputs are zero.
"""
import math

import torch
import torch.nn.functional as F

import softmax


def glorot(*shape, fan_in, fan_out):
    limit = math.sqrt(6.0 / (fan_in + fan_out))
    return torch.empty(*shape).uniform_(-limit, limit)


def negative_gumbel(*shape):
    """The log of Exp(1) noise. (exponential_() runs on one thread and takes four times as long.)"""
    return torch.rand(*shape).log_().neg_().log_()


def log_probability(log_probabilities, a):
    """[T, B, K, M] and a [T, B, K] -> log p(a), summed over T and K: [B]."""
    return log_probabilities.gather(-1, a[..., None]).squeeze(-1).sum(-1).sum(0)


class LanguageModel:
    def __init__(self, modules, picks, words=10_000, embedding=32, hidden=8):
        self.M, self.K, self.H, self.E = modules, picks, hidden, embedding
        joined, logits = embedding + hidden, picks * modules
        self.embedding = glorot(words, embedding, fan_in=words, fan_out=embedding)
        self.gate_h = glorot(hidden, 2 * hidden, fan_in=joined, fan_out=hidden)
        self.gate_x = glorot(embedding, 2 * hidden, fan_in=joined, fan_out=hidden)
        self.module_h = glorot(modules, hidden, hidden, fan_in=joined, fan_out=hidden)
        self.module_x = glorot(modules, embedding, hidden, fan_in=joined, fan_out=hidden)
        self.module_bias = torch.zeros(modules, hidden)
        self.controller_h = glorot(hidden, logits, fan_in=joined, fan_out=logits)
        self.controller_x = glorot(embedding, logits, fan_in=joined, fan_out=logits)
        self.controller_bias = torch.zeros(logits)
        # Noisy top-k gating starts from zero (Shazeer et al. 2017): clean logits and noise, side by side.
        self.noisy_gate_h, self.noisy_gate_x = torch.zeros(hidden, 2 * modules), torch.zeros(embedding, 2 * modules)
        self.output = glorot(words, hidden, fan_in=hidden, fan_out=words)
        self.output_bias = torch.zeros(words)
        self.parameters = [value for value in vars(self).values() if torch.is_tensor(value)]
        for parameter in self.parameters:
            parameter.requires_grad_()

    def input_products(self, x):
        """The inputs' share of the gates [T, B, 2H], of all modules [T, B, M, H], of the controller [T, B, KM]."""
        T, B = x.shape
        e = F.embedding(x.flatten(), self.embedding)
        module_x = self.module_x.permute(1, 0, 2).reshape(self.E, self.M * self.H)
        gates = (e @ self.gate_x).view(T, B, -1)
        modules = torch.addmm(self.module_bias.flatten(), e, module_x).view(T, B, self.M, self.H)
        return gates, modules, torch.addmm(self.controller_bias, e, self.controller_x).view(T, B, -1)

    def given(self, x, a):
        """Runs given selections, differentiable: states, and the controller's log-probabilities [T, B, K, M]."""
        T, B = x.shape
        gates_x, modules_x, controller_x = self.input_products(x)
        chosen_x = modules_x.gather(2, a[..., None].expand(*a.shape, self.H)).sum(2)
        counts = F.one_hot(a, self.M).sum(2).to(chosen_x.dtype).unsqueeze(-1)    # a module chosen twice counts twice
        module_h = self.module_h.reshape(self.M * self.H, self.H)
        h = torch.zeros(B, self.H)
        states = [h]
        for gate, chosen, count in zip(gates_x.unbind(0), chosen_x.unbind(0), counts.unbind(0)):
            z, r = torch.sigmoid(torch.addmm(gate, h, self.gate_h)).split(self.H, 1)
            u = ((r * h).unsqueeze(1) * count).flatten(1)
            h = torch.lerp(h, torch.relu(torch.addmm(chosen, u, module_h)), z)
            states.append(h)
        before = torch.cat(states[:-1])
        logits = torch.addmm(controller_x.view(T * B, -1), before, self.controller_h)
        return torch.stack(states[1:]), F.log_softmax(logits.view(T, B, self.K, self.M), -1)

    def sampled(self, x):
        """Samples selections step by step, differentiable: states, log-probabilities [T, B, K, M], a [T, B, K]."""
        (T, B), H, K, M = x.shape, self.H, self.K, self.M
        gates_x, modules_x, controller_x = self.input_products(x)
        module_h = self.module_h.reshape(M * H, H)
        with torch.no_grad():
            noisy_x = (controller_x - negative_gumbel(T, B, K * M)).unbind(0)
        h, states, selections = torch.zeros(B, H), [], []
        states.append(h)
        for t, (gate, all_x) in enumerate(zip(gates_x.unbind(0), modules_x.unbind(0))):
            with torch.no_grad():
                a = torch.addmm(noisy_x[t], h, self.controller_h).view(B, K, M).argmax(-1)
                count = F.one_hot(a, M).sum(1).to(h.dtype).unsqueeze(-1)
            z, r = torch.sigmoid(torch.addmm(gate, h, self.gate_h)).split(H, 1)
            u = ((r * h).unsqueeze(1) * count).flatten(1)
            chosen = all_x.gather(1, a.unsqueeze(-1).expand(B, K, H)).sum(1)
            h = torch.lerp(h, torch.relu(torch.addmm(chosen, u, module_h)), z)
            states.append(h)
            selections.append(a)
        logits = torch.addmm(controller_x.view(T * B, -1), torch.cat(states[:-1]), self.controller_h)
        return torch.stack(states[1:]), F.log_softmax(logits.view(T, B, K, M), -1), torch.stack(selections)

    def mixed(self, x, experts):
        """Noisy top-k gating: the states when the best few modules are mixed with softmax weights."""
        (T, B), H, M = x.shape, self.H, self.M
        gates_x, modules_x, _ = self.input_products(x)
        noisy_x = (F.embedding(x.flatten(), self.embedding) @ self.noisy_gate_x).view(T, B, 2 * M)
        module_h = self.module_h.reshape(M * H, H)
        noise = torch.randn(T, B, M)
        h, states = torch.zeros(B, H), []
        for t, (gate, all_x, gate_x) in enumerate(zip(gates_x.unbind(0), modules_x.unbind(0), noisy_x.unbind(0))):
            clean, deviation = torch.addmm(gate_x, h, self.noisy_gate_h).split(M, 1)
            best, kept = torch.addcmul(clean, noise[t], F.softplus(deviation)).topk(min(experts, M), 1)
            share = torch.zeros(B, M).scatter(1, kept, torch.softmax(best, 1)).unsqueeze(-1)
            z, r = torch.sigmoid(torch.addmm(gate, h, self.gate_h)).split(H, 1)
            u = ((r * h).unsqueeze(1) * share).flatten(1)
            h = torch.lerp(h, torch.relu(torch.addmm((all_x * share).sum(1), u, module_h)), z)
            states.append(h)
        return torch.stack(states)

    @torch.no_grad()
    def rollout(self, x, stored, samples):
        """Runs R = samples + 1 selections of every sequence at once, group 0 the stored ones, the others sampled:
        states [T, R, B, H], log-probabilities [T, R, B, K, M], selections [T, R, B, K]."""
        (T, B), R, H, K, M = x.shape, samples + 1, self.H, self.K, self.M
        gates_x, modules_x, controller_x = self.input_products(x)
        joint_x = torch.cat([gates_x, controller_x], 2).unsqueeze(1)
        joint_h = torch.cat([self.gate_h, self.controller_h], 1)
        modules_x = modules_x.view(T, 1, B, M * H)
        module_h = self.module_h.permute(1, 0, 2).reshape(H, M * H)
        noise = negative_gumbel(T, R, B, K, M)
        states, logits = torch.empty(T, R, B, H), torch.empty(T, R, B, K, M)
        a = torch.empty(T, R, B, K, dtype=torch.long)
        h = torch.zeros(R, B, H)
        for t in range(T):
            joint = torch.mm(h.reshape(R * B, H), joint_h).view(R, B, -1).add_(joint_x[t])
            logits[t] = joint[..., 2 * H:].reshape(R, B, K, M)
            a[t] = (logits[t] - noise[t]).argmax(-1)
            a[t, 0] = stored[t]
            z, r = joint[..., :2 * H].sigmoid_().split(H, -1)
            all_modules = torch.mm((r * h).reshape(R * B, H), module_h).view(R, B, M * H).add_(modules_x[t])
            chosen = all_modules.view(R, B, M, H).gather(2, a[t].unsqueeze(-1).expand(R, B, K, H))
            candidate = (chosen.squeeze(2) if K == 1 else chosen.sum(2)).relu_()
            h = torch.lerp(h, candidate, z, out=states[t])
        return states, F.log_softmax(logits, -1), a


class NextWord:
    """The state after one more word, and the module that was used: what serves a sentence, word by word."""

    def __init__(self, model):
        self.model, self.h, self.words = model, torch.zeros(1, model.H), torch.randint(model.embedding.shape[0], (64, 1))
        self.read = 0

    @torch.no_grad()
    def step(self):
        model = self.model
        e = F.embedding(self.words[self.read % len(self.words)], model.embedding)
        self.read += 1
        logits = model.controller_bias + e @ model.controller_x + self.h @ model.controller_h
        m = int(logits.argmax())
        z, r = torch.sigmoid(e @ model.gate_x + self.h @ model.gate_h).split(model.H, 1)
        candidate = torch.relu(model.module_bias[m] + e @ model.module_x[m] + (r * self.h) @ model.module_h[m])
        self.h = torch.lerp(self.h, candidate, z)


class Training:
    """Training on one mini-batch: x, y [T, B] and, for EM, its stored selections a* [T, B, K]."""

    def __init__(self, model, x, y):
        self.model, self.x, self.y = model, x, y
        self.stored = torch.randint(model.M, (*x.shape, model.K))
        self.average_reward = None
        self.adam = torch.optim.Adam(model.parameters, lr=1e-3, foreach=True)

    def m_step(self):
        """One gradient step of EM (Eq. 8); returns the loss in nats per sequence."""
        states, log_probabilities = self.model.given(self.x, self.stored)
        loss, _ = self.cross_entropy(states)
        return self.update(loss - log_probability(log_probabilities, self.stored).mean())

    def reinforce_step(self, decay=0.99):
        """One step of REINFORCE (Eqs. 13, 14) with a moving average of rewards; returns the surrogate loss."""
        states, log_probabilities, a = self.model.sampled(self.x)
        loss, losses = self.cross_entropy(states)
        reward = -losses.view(self.y.shape).sum(0)
        average = reward.mean() if self.average_reward is None else self.average_reward
        self.average_reward = decay * average + (1 - decay) * reward.mean()
        return self.update(loss - ((reward - average) * log_probability(log_probabilities, a)).mean())

    def top_k_step(self, experts=4):
        """One step of noisy top-k gating; returns the loss in nats per sequence."""
        loss, _ = self.cross_entropy(self.model.mixed(self.x, experts))
        return self.update(loss)

    def plain_m_step(self):
        """One gradient step of EM with PyTorch's own output softmax; returns the loss in nats per sequence."""
        model = self.model
        states, log_probabilities = model.given(self.x, self.stored)
        logits = F.linear(states.view(-1, model.H), model.output, model.output_bias)
        loss = F.cross_entropy(logits, self.y.flatten(), reduction='sum') / self.y.shape[1]
        return self.update(loss - log_probability(log_probabilities, self.stored).mean())

    def cross_entropy(self, states):
        """The mean over sequences, and the loss of every word without gradient."""
        model = self.model
        return softmax.cross_entropy(
            states.view(-1, model.H), model.output, model.output_bias, self.y.flatten(), 1.0 / self.y.shape[1])

    def update(self, loss):
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()

    @torch.no_grad()
    def e_step(self, samples=10):
        """Keeps the best of the stored and some sampled selections of every sequence (Eq. 11); returns the mean of
        log p(y, a*) in nats per sequence."""
        model, (T, B), R = self.model, self.x.shape, samples + 1
        states, log_probabilities, a = model.rollout(self.x, self.stored, samples)
        targets = self.y.unsqueeze(1).expand(T, R, B).reshape(-1)
        nll = softmax.losses(states.view(-1, model.H), model.output, model.output_bias, targets).view(T, R, B)
        joint = log_probability(log_probabilities.view(T, R * B, model.K, -1), a.view(T, R * B, -1)).view(R, B) - nll.sum(0)
        best = joint.argmax(0)
        self.stored = a.gather(1, best.view(1, 1, B, 1).expand(T, 1, B, model.K)).squeeze(1)
        return joint.max(0).values.mean().item()
