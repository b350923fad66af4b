"""The sentence model in torch, with small trainable changes beside each of its frozen matrices.

W + scale · B A with B A of low rank (Hu et al. 2021, LoRA, arXiv 2106.09685): few numbers travel, and
`tools.model.build` adds them to the published weights.
"""

import math
import re
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from tools.model.graph import HEADS, LAYER_NORM_EPSILON, LAYERS, WIDTH
from tools.model.safetensors import Weights

RANK = 8
SCALE = 2.0
CHANGED = re.compile(r"encoder\.layer\.\d+\..*(query|key|value|dense)\.weight$")


class TunedModel(nn.Module):
    """Token ids [batch, length] and a mask to one number per row: above zero speaks for the panel."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.frozen = {name: torch.tensor(array) for name, array in weights.items()}
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for name in filter(CHANGED.search, sorted(weights)):
            rows, columns = weights[name].shape
            start = torch.randn(RANK, columns) / math.sqrt(columns)
            self.down[_key(name)] = nn.Parameter(start)
            self.up[_key(name)] = nn.Parameter(torch.zeros(rows, RANK))
        self.head = nn.Linear(WIDTH, 1)

    def forward(self, tokens: Any, mask: Any) -> Any:
        """The scores of one padded batch."""
        state = functional.dropout(self._embedded(tokens), 0.1, self.training)
        for number in range(LAYERS):
            state = self._layer(state, mask, f"encoder.layer.{number}.")
        mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        placed = functional.normalize(mean, dim=1) * math.sqrt(WIDTH)
        return self.head(functional.dropout(placed, 0.1, self.training))[:, 0]

    def _embedded(self, tokens: Any) -> Any:
        found = self.frozen["embeddings.word_embeddings.weight"][tokens]
        place = self.frozen["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        kind = self.frozen["embeddings.token_type_embeddings.weight"][0]
        return self._norm(found + place + kind, "embeddings.LayerNorm")

    def _layer(self, state: Any, mask: Any, name: str) -> Any:
        own = f"{name}attention."
        query, key, value = (
            self._linear(state, f"{own}self.{part}").unflatten(2, (HEADS, -1)).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = mask[:, None, None, :].bool()
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        mixed = self._linear(mixed.transpose(1, 2).flatten(2), f"{own}output.dense")
        mixed = functional.dropout(mixed, 0.1, self.training)
        middle = self._norm(mixed + state, f"{own}output.LayerNorm")
        wide = functional.gelu(self._linear(middle, f"{name}intermediate.dense"))
        narrow = self._linear(wide, f"{name}output.dense")
        narrow = functional.dropout(narrow, 0.1, self.training)
        return self._norm(narrow + middle, f"{name}output.LayerNorm")

    def _linear(self, source: Any, name: str) -> Any:
        key = _key(f"{name}.weight")
        plain = functional.linear(
            source, self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"]
        )
        change = functional.linear(functional.linear(source, self.down[key]), self.up[key])
        return plain + SCALE * change

    def _norm(self, source: Any, name: str) -> Any:
        gamma, beta = self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"]
        return functional.layer_norm(source, (WIDTH,), gamma, beta, LAYER_NORM_EPSILON)

    def changes(self) -> dict[str, Any]:
        """By the name of a matrix: the two thin ones whose product is added to it."""
        return {
            name.replace("|", "."): (SCALE * self.up[name].detach().numpy(), part.detach().numpy())
            for name, part in self.down.items()
        }


def _key(name: str) -> str:
    return name.replace(".", "|")
