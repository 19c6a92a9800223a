"""Times steps of the language model on request.

Prints one line with its versions, then answers every line "STEP MODULES PICKS COUNT" with one line of COUNT times in
milliseconds: STEP is m (an M-step of EM, one gradient step), e (an E-step with 10 samples), r (a step of REINFORCE) or
t (a step of noisy top-4 gating). Ends with its input.
"""
import platform
import sys
import time

try:
    import torch
except ImportError as missing:
    sys.exit(f'PyTorch peer: {missing}; install it with: apt-get install -y python3-torch python3-numpy')

import model
import softmax

STEPS, BATCH, WORDS = 35, 128, 10_000


def milliseconds(step):
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1e3


def main():
    torch.manual_seed(1)
    softmax.start_threads(torch.get_num_threads())
    # Timing does not depend on which words these are.
    x, y = torch.randint(WORDS, (STEPS, BATCH)), torch.randint(WORDS, (STEPS, BATCH))
    trainings = {}
    print(f'PyTorch {torch.__version__}, Python {platform.python_version()}', flush=True)
    for line in sys.stdin:
        step, modules, picks, count = line.split()
        size = int(modules), int(picks)
        if size not in trainings:
            trainings[size] = model.Training(model.LanguageModel(*size, words=WORDS), x, y)
        training = trainings[size]
        run = {'m': training.m_step, 'e': training.e_step, 'r': training.reinforce_step, 't': training.top_k_step}[step]
        print(*(f'{milliseconds(run):.4f}' for _ in range(int(count))), flush=True)


main()
