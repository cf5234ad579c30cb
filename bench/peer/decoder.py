"""The reference study's decoder-transformer in PyTorch, as a subject of `npm run bench`.

Reads one JSON request a line and answers each with one JSON line. Besides its model it knows nothing:
  {"what": "version"}                            -> {"version": "1.13.0 with openblas-openmp", "threads": 2}
  {"what": "step" | "evaluate", "model": {...}}  -> {"wall": 330.1, "cpu": 640.5}, in milliseconds
  {"what": "sample", "model": {...}, "lengths"}  -> the same
"""

import json
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional

VOCABULARY = 29
BATCH_SIZE = 32
SAMPLED_TEXTS = 64


class Attention(nn.Module):
    """Causal self-attention with heads of the full width."""

    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.query = nn.Linear(width, heads * width)
        self.key = nn.Linear(width, heads * width)
        self.value = nn.Linear(width, heads * width)
        self.combine = nn.Linear(heads * width, width)

    def forward(self, hidden):
        texts, length, _ = hidden.shape

        def per_head(projection):
            split = projection(hidden).view(texts, length, self.heads, self.width)
            return split.transpose(1, 2)  # [texts, heads, T, D]

        query, key, value = per_head(self.query), per_head(self.key), per_head(self.value)
        future = torch.full((length, length), float("-inf")).triu(1)
        scores = query @ key.transpose(2, 3) / self.width**0.5 + future
        attended = functional.softmax(scores, dim=-1) @ value
        return self.combine(attended.transpose(1, 2).reshape(texts, length, -1))


class Block(nn.Module):
    """Attention and MLP, each followed by a residual sum and a normalisation."""

    def __init__(self, width, neurons, heads):
        super().__init__()
        self.attention = Attention(width, heads)
        self.expand = nn.Linear(width, neurons * width)
        self.contract = nn.Linear(neurons * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, hidden):
        middle = self.norm1(hidden + self.attention(hidden))
        changed = self.contract(functional.gelu(self.expand(middle)))
        return self.norm2(middle + changed)


class Decoder(nn.Module):
    """Tokens [texts, T] to log-probabilities of each next token, [texts, T, V]."""

    def __init__(self, tokens, embedding, neurons, heads, blocks, dropout):
        super().__init__()
        self.length = tokens
        self.symbols = nn.Embedding(VOCABULARY, embedding)
        self.positions = nn.Embedding(tokens, embedding)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.Sequential(*(Block(embedding, neurons, heads) for _ in range(blocks)))
        self.output = nn.Linear(embedding, VOCABULARY)

    def forward(self, tokens):
        embedded = self.symbols(tokens) + self.positions.weight[: tokens.shape[1]]
        hidden = self.blocks(self.dropout(embedded))
        return functional.log_softmax(self.output(hidden), dim=-1)

    def loss(self, tokens):
        """Mean over the texts of the sum over the predicted positions."""
        predicted = self(tokens)[:, :-1]
        return -predicted.gather(2, tokens[:, 1:, None]).sum((1, 2)).mean()


class Clock:
    """Milliseconds since it was made, and those that all threads of this process computed."""

    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self):
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        return {"wall": 1000 * wall, "cpu": 1000 * cpu}


class Subject:
    """One model of each shape, made when it is first asked for."""

    def __init__(self):
        self.known = {}

    def model(self, shape):
        key = json.dumps(shape, sort_keys=True)
        if key not in self.known:
            torch.manual_seed(1)
            decoder = Decoder(**shape)
            optimizer = torch.optim.AdamW(decoder.parameters(), lr=1e-3, weight_decay=0.01)
            self.known[key] = decoder, optimizer
        return self.known[key]

    def step(self, shape):
        decoder, optimizer = self.model(shape)
        tokens = torch.randint(0, VOCABULARY, (BATCH_SIZE, decoder.length))
        decoder.train()
        clock = Clock()
        optimizer.zero_grad()
        decoder.loss(tokens).backward()
        optimizer.step()
        return clock.read()

    @torch.no_grad()
    def evaluate(self, shape):
        decoder, _ = self.model(shape)
        tokens = torch.randint(0, VOCABULARY, (BATCH_SIZE, decoder.length))
        decoder.eval()
        clock = Clock()
        decoder.loss(tokens)
        return clock.read()

    @torch.no_grad()
    def sample(self, shape, lengths):
        """Time of one sampled token for each of the prefix lengths, summed."""
        decoder, _ = self.model(shape)
        decoder.eval()
        texts = torch.randint(0, VOCABULARY, (SAMPLED_TEXTS, decoder.length))
        clock = Clock()
        for length in lengths:
            last = decoder(texts[:, :length])[:, -1]
            torch.multinomial(last.exp(), 1)
        return clock.read()


def blas():
    """The library behind its matrix products, by its file (Linux): which one it is decides the comparison."""
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "blas" in line}
    kinds = ("openblas-openmp", "openblas-pthread")
    known = [kind for kind in kinds if any(kind in file for file in files)]
    return known[0] if known else " ".join(sorted(os.path.basename(file) for file in files)) or "its own BLAS"


def main():
    subject = Subject()
    for line in sys.stdin:
        request = json.loads(line)
        what = request.pop("what")
        if what == "version":
            version = f"{torch.__version__} with {blas()}"
            answer = {"version": version, "threads": torch.get_num_threads()}
        else:
            shape = request.pop("model")
            answer = getattr(subject, what)(shape, **request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
