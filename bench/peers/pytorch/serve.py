"""Times steps of the language model and of the image classifier on request.

Prints one line with its versions, then answers every line "MODEL STEP MODULES PICKS COUNT" with one line of COUNT times in
milliseconds: MODEL is text, linear or conv (the image classifier with that controller), STEP is m (an M-step of EM, one
gradient step), e (an E-step with 10 samples) or, of text, r (a step of REINFORCE) or t (a step of noisy top-4 gating).
Ends with its input.
"""
import platform
import sys
import time

try:
    import torch
except ImportError as missing:
    sys.exit(f'PyTorch peer: {missing}; install it with: apt-get install -y python3-torch python3-numpy')

import images
import model
import softmax

STEPS, BATCH, WORDS = 35, 128, 10_000


def milliseconds(step):
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1e3


def training_of(name, modules, picks):
    """A model with one mini-batch of random words, or of random images: timing does not depend on which these are."""
    if name == 'text':
        x, y = torch.randint(WORDS, (STEPS, BATCH)), torch.randint(WORDS, (STEPS, BATCH))
        return model.Training(model.LanguageModel(modules, picks, words=WORDS), x, y)
    x, y = torch.randn(BATCH, images.CHANNELS, images.SIZE, images.SIZE), torch.randint(images.CLASSES, (BATCH,))
    return images.Training(images.ImageClassifier(modules, picks, controller=name), x, y)


def main():
    torch.manual_seed(1)
    softmax.start_threads(torch.get_num_threads())
    trainings = {}
    print(f'PyTorch {torch.__version__}, Python {platform.python_version()}', flush=True)
    for line in sys.stdin:
        name, step, modules, picks, count = line.split()
        key = name, int(modules), int(picks)
        if key not in trainings:
            trainings[key] = training_of(*key)
        run = getattr(trainings[key], {'m': 'm_step', 'e': 'e_step', 'r': 'reinforce_step', 't': 'top_k_step'}[step])
        print(*(f'{milliseconds(run):.4f}' for _ in range(int(count))), flush=True)


main()
