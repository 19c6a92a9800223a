"""Times work on request.

Prints one line with its versions, then answers every line, a request and a COUNT, with one line of COUNT times in
milliseconds. Ends with its input. The requests:

    text STEP M K           the language model: STEP is m (M-step of EM, a gradient step), e (E-step, 10 samples),
                            r (REINFORCE), t (noisy top-4) or p (M-step with F.cross_entropy)
    linear STEP M K         the image classifier with linear controllers, m or e
    conv STEP M K           the same with convolutional controllers
    toy STEP                the toy problem, m or e
    model M H V B           an M-step of a language model with states and word vectors of H, V words, B windows, K = 1
    table M N I J           a modular layer of N rows, I inputs and J outputs, K = 1
    dense                   a dense layer, 4096 rows, 256 units, forward and backward
    layer M                 a modular layer of the same size, K = 1
    confined U              the same with 32 units and U modules, and Adam
    product N I J T         a matrix product [N, I] x [I, J] with T threads, 0 for all
    predict M               the language model reads one word
    start                   a Python that imports PyTorch
"""
import platform
import subprocess
import sys
import time

try:
    import torch
except ImportError as missing:
    sys.exit(f'PyTorch peer: {missing}; install it with: apt-get install -y python3-torch python3-numpy')

import images
import layers
import model
import softmax
import toy

STEPS, BATCH, WORDS = 35, 128, 10_000
THREADS = torch.get_num_threads()
SMALL = 'toy', 'predict'      # one thread


def language_model(modules, picks):
    return model.LanguageModel(int(modules), int(picks), words=WORDS)


def training_of(network, words, batch):
    x, y = torch.randint(words, (STEPS, batch)), torch.randint(words, (STEPS, batch))
    return model.Training(network, x, y)


def larger_model(modules, hidden, words, batch):
    hidden, words = int(hidden), int(words)
    return training_of(model.LanguageModel(int(modules), 1, words=words, embedding=hidden, hidden=hidden), words, int(batch)).m_step


def text(step, modules, picks):
    training = training_of(language_model(modules, picks), WORDS, BATCH)
    return {'m': training.m_step, 'e': training.e_step, 'r': training.reinforce_step, 't': training.top_k_step,
            'p': training.plain_m_step}[step]


def classifier(controller):
    def create(step, modules, picks):
        x, y = torch.randn(BATCH, images.CHANNELS, images.SIZE, images.SIZE), torch.randint(images.CLASSES, (BATCH,))
        training = images.Training(images.ImageClassifier(int(modules), int(picks), controller), x, y)
        return {'m': training.m_step, 'e': training.e_step}[step]
    return create


def toy_problem(step):
    training = toy.Training()
    return {'m': training.m_step, 'e': training.e_step}[step]


def product(rows, inner, columns, threads):
    left, right = torch.randn(int(rows), int(inner)), torch.randn(int(inner), int(columns))
    out, threads = torch.empty(int(rows), int(columns)), int(threads) or THREADS

    def run():
        torch.mm(left, right, out=out)
    return run, threads


def start():
    subprocess.run([sys.executable, '-c', 'import torch'], check=True)


REQUESTS = {
    'text': text,
    'linear': classifier('linear'),
    'conv': classifier('conv'),
    'toy': toy_problem,
    'model': larger_model,
    'table': lambda modules, rows, inputs, outputs: layers.Layer(int(outputs), int(modules), rows=int(rows), inputs=int(inputs)).step,
    'dense': lambda: layers.Layer(layers.UNITS, 1).dense_step,
    'layer': lambda modules: layers.Layer(layers.UNITS, int(modules)).step,
    'confined': lambda used: layers.Layer(layers.SMALL_UNITS, int(used)).step_and_adam,
    'product': product,
    'predict': lambda modules: model.NextWord(language_model(modules, 1)).step,
    'start': lambda: start,
}


def milliseconds(step):
    begin = time.perf_counter()
    step()
    return (time.perf_counter() - begin) * 1e3


def main():
    torch.manual_seed(1)
    softmax.start_threads(THREADS)
    prepared = {}
    print(f'PyTorch {torch.__version__}, Python {platform.python_version()}', flush=True)
    for line in sys.stdin:
        name, *arguments, count = line.split()
        request = name, *arguments
        if request not in prepared:
            prepared[request] = REQUESTS[name](*arguments)
        step, threads = prepared[request] if name == 'product' else (prepared[request], 1 if name in SMALL else THREADS)
        torch.set_num_threads(threads)
        print(*(f'{milliseconds(step):.6f}' for _ in range(int(count))), flush=True)


main()
