#!/usr/bin/env python3
"""Loads a model that `sweep export RUN --to safetensors` wrote, and scores texts with it.

  sweep export RUN --to safetensors --out model.safetensors
  sweep export RUN --to texts --split val --out val.txt
  python3 load_run.py model.safetensors val.txt

Prints one JSON document: the mean NLL in nats per text and the top-1 of the texts, as `sweep show RUN` has them. It
needs PyTorch and nothing else; take `load` and `Decoder` into your own program.
"""
import json
import struct
import sys

import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    """Causal attention whose heads all have the model's full width D."""

    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.q, self.k, self.v = (nn.Linear(width, heads * width) for _ in range(3))
        self.c = nn.Linear(heads * width, width)

    def forward(self, x):
        texts, length, _ = x.shape
        separate = (texts, length, self.heads, self.width)
        q, k, v = (f(x).view(separate).transpose(1, 2) for f in (self.q, self.k, self.v))
        future = torch.full((length, length), float("-inf"), device=x.device).triu(1)
        weights = F.softmax(q @ k.transpose(2, 3) / self.width**0.5 + future, dim=-1)
        return self.c((weights @ v).transpose(1, 2).reshape(texts, length, -1))


class Block(nn.Module):
    """A post-norm transformer block with exact GELU."""

    def __init__(self, width, neurons, heads):
        super().__init__()
        self.attn = Attention(width, heads)
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mlp1, self.mlp2 = nn.Linear(width, neurons * width), nn.Linear(neurons * width, width)

    def forward(self, x):
        x = self.ln1(x + self.attn(x))
        return self.ln2(x + self.mlp2(F.gelu(self.mlp1(x))))


class Decoder(nn.Module):
    """The decoder-transformer; tokens [texts, T] to log-probabilities of each next token [texts, T, V]."""

    def __init__(self, vocabulary, tokens, embedding, neurons, heads, blocks, dropout=0.0):
        super().__init__()
        self.emb, self.pos = nn.Embedding(vocabulary, embedding), nn.Embedding(tokens, embedding)
        self.drop = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(embedding, neurons, heads) for _ in range(blocks))
        self.out = nn.Linear(embedding, vocabulary)

    def forward(self, tokens):
        x = self.drop(self.emb(tokens) + self.pos.weight[: tokens.shape[1]])
        for block in self.blocks:
            x = block(x)
        return F.log_softmax(self.out(x), dim=-1)


def read_safetensors(path):
    """Tensors and metadata of a .safetensors file of 32-bit floats: a length, a JSON header, the data."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, offset=start, count=(end - start) // 4)
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


def load(path):
    """A model with its trained weights, and the metadata of its file."""
    tensors, metadata = read_safetensors(path)
    config = json.loads(metadata["configuration"])["model"]
    model = Decoder(len(json.loads(metadata["vocabulary"])), **config)
    model.load_state_dict(tensors)
    return model.eval(), metadata


def encode(texts, vocabulary, tokens):
    """Texts as tokens [texts, T]: cls, the characters, pad; what is not in the vocabulary is a space."""
    symbols = {symbol: index for index, symbol in enumerate(vocabulary)}
    batch = torch.full((len(texts), tokens), symbols["<pad>"])
    batch[:, 0] = symbols["<cls>"]
    for row, text in enumerate(texts):
        for place, character in enumerate(text[: tokens - 1]):
            batch[row, place + 1] = symbols.get(character, symbols[" "])
    return batch


@torch.no_grad()
def score(model, tokens):
    """Mean NLL in nats per text and top-1 over the T - 1 predicted positions, padding included."""
    nll = top1 = 0.0
    for batch in tokens.split(32):
        predicted, target = model(batch)[:, :-1], batch[:, 1:]
        nll -= predicted.gather(2, target[..., None]).double().sum().item()
        top1 += (predicted.argmax(-1) == target).double().mean(1).sum().item()
    return nll / len(tokens), top1 / len(tokens)


def main(model_file, text_file):
    model, metadata = load(model_file)
    with open(text_file, encoding="utf-8") as file:
        texts = file.read().splitlines()
    length = model.pos.num_embeddings
    nll, top1 = score(model, encode(texts, json.loads(metadata["vocabulary"]), length))
    result = {
        "run": metadata["run"],
        "epoch": int(metadata["epoch"]),
        "parameters": sum(weight.numel() for weight in model.parameters()),
        "texts": len(texts),
        "nll": nll,
        "top1": top1,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: load_run.py MODEL.safetensors TEXTS.txt")
    main(*sys.argv[1:])
