"""Builds the int8 ONNX graph of the six-layer sentence model from its weights, without torch.

Activations get one scale per token, so a sentence's vector never depends on what else is in the
batch. Sentences of one batch have the same length: there is no padding and no mask.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tools.model.safetensors import Weights

LAYERS = 6
HEADS = 12
WIDTH = 384
LONGEST = 256
LAYER_NORM_EPSILON = 1e-12
# Weights keep 7 bits: two products of an 8-bit activation and a 7-bit weight still fit the 16-bit
# sums that processors without VNNI instructions use, so every computer gets the same vectors.
WEIGHT_LIMIT = 63
ACTIVATION_LIMIT = 127
ZERO_POINT = 128
MICROSOFT = "com.microsoft"


@dataclass
class Sketch:
    """The nodes and constants gathered so far."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, array: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **rest: Any) -> str:
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=output, domain=domain, **rest)
        )
        return output


def quantised(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A [in, out] matrix as int8 with one scale per output column."""
    scale = np.abs(matrix).max(axis=0) / WEIGHT_LIMIT
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


def per_token(sketch: Sketch, source: str, name: str) -> tuple[str, str]:
    """Quantise [tokens, width] with one scale per token; gives the integers and the scales."""
    top = sketch.node("Abs", [source], f"{name}.abs")
    top = sketch.node("ReduceMax", [top, "last_axis"], f"{name}.top", keepdims=0)
    scale = sketch.node("Mul", [top, "to_step"], f"{name}.raw_scale")
    scale = sketch.node("Max", [scale, "least_scale"], f"{name}.scale")
    shape = sketch.node("Shape", [scale], f"{name}.shape")
    zero = sketch.node("Expand", ["zero_point", shape], f"{name}.zero")
    whole = sketch.node("QuantizeLinear", [source, scale, zero], f"{name}.whole", axis=0)
    return whole, sketch.node("Unsqueeze", [scale, "last_axis"], f"{name}.column")


def linear(sketch: Sketch, source: str, matrix: NDArray[np.float32], name: str) -> str:
    """Source times an int8 matrix, back in float and without bias."""
    whole, token_scale = per_token(sketch, source, name)
    weight, weight_scale = quantised(matrix)
    weight_name = sketch.constant(f"{name}.weight", weight)
    scale_name = sketch.constant(f"{name}.weight_scale", weight_scale)
    product = sketch.node("MatMulInteger", [whole, weight_name, "zero_point_one"], f"{name}.sum")
    product = sketch.node("Cast", [product], f"{name}.float", to=TensorProto.FLOAT)
    product = sketch.node("Mul", [product, token_scale], f"{name}.by_token")
    return sketch.node("Mul", [product, scale_name], f"{name}.out")


def embeddings(sketch: Sketch, weights: Weights) -> str:
    """Word, position and segment embeddings, normalised: [batch, length, width]."""
    table = weights["embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    words = sketch.constant("words", np.rint(table / scale).astype(np.int8))
    scales = sketch.constant("word_scales", scale.astype(np.float32))
    place = weights["embeddings.position_embeddings.weight"][:LONGEST]
    places = sketch.constant(
        "places", place + weights["embeddings.token_type_embeddings.weight"][0]
    )
    found = sketch.node("Gather", [words, "tokens"], "found")
    found = sketch.node("Cast", [found], "found.float", to=TensorProto.FLOAT)
    found_scale = sketch.node("Gather", [scales, "tokens"], "found.scale")
    found = sketch.node("Mul", [found, found_scale], "found.out")
    shape = sketch.node("Shape", ["tokens"], "tokens.length", start=1, end=2)
    here = sketch.node("Slice", [places, "start", shape, "start"], "places.here")
    total = sketch.node("Add", [found, here], "embedded")
    gamma = sketch.constant("embed.gamma", weights["embeddings.LayerNorm.weight"])
    beta = sketch.constant("embed.beta", weights["embeddings.LayerNorm.bias"])
    return sketch.node(
        "LayerNormalization", [total, gamma, beta], "embed.out", axis=-1, epsilon=LAYER_NORM_EPSILON
    )


def attention(sketch: Sketch, weights: Weights, source: str, name: str) -> str:
    """Multi-head self-attention over [tokens, width]; gives [tokens, width] before its output."""
    own = f"encoder.layer.{name}.attention.self."
    parts = ("query", "key", "value")
    matrix = np.concatenate([weights[f"{own}{part}.weight"].T for part in parts], axis=1)
    bias = sketch.constant(
        f"{name}.qkv_bias", np.concatenate([weights[f"{own}{part}.bias"] for part in parts])
    )
    flat = linear(sketch, source, matrix, f"{name}.qkv")
    shaped = sketch.node("Reshape", [flat, "qkv_shape"], f"{name}.qkv_shaped")
    names = [f"{name}.{part}" for part in parts]
    sketch.nodes.append(
        helper.make_node("Split", [shaped], names, name=f"{name}.split", axis=2, num_outputs=3)
    )
    mixed = sketch.node(
        "MultiHeadAttention", [*names, bias], f"{name}.mixed", MICROSOFT, num_heads=HEADS
    )
    return sketch.node("Reshape", [mixed, "flat_shape"], f"{name}.mixed_flat")


def add_and_norm(
    sketch: Sketch, weights: Weights, source: str, skip: str, *, key: str, name: str
) -> str:
    """Source + bias + skip, layer-normalised."""
    gamma = sketch.constant(f"{name}.gamma", weights[f"{key}.LayerNorm.weight"])
    beta = sketch.constant(f"{name}.beta", weights[f"{key}.LayerNorm.bias"])
    bias = sketch.constant(f"{name}.bias", weights[f"{key}.dense.bias"])
    return sketch.node(
        "SkipLayerNormalization",
        [source, skip, gamma, beta, bias],
        f"{name}.normed",
        MICROSOFT,
        epsilon=LAYER_NORM_EPSILON,
    )


def layer(sketch: Sketch, weights: Weights, source: str, number: int) -> str:
    """One transformer layer over [tokens, width]."""
    base, name = f"encoder.layer.{number}", str(number)
    mixed = attention(sketch, weights, source, name)
    key = f"{base}.attention.output"
    mixed = linear(sketch, mixed, weights[f"{key}.dense.weight"].T, f"{name}.mix")
    middle = add_and_norm(sketch, weights, mixed, source, key=key, name=f"{name}.a")
    wide = linear(sketch, middle, weights[f"{base}.intermediate.dense.weight"].T, f"{name}.wide")
    bias = sketch.constant(f"{name}.wide_bias", weights[f"{base}.intermediate.dense.bias"])
    wide = sketch.node("BiasGelu", [wide, bias], f"{name}.gelu", MICROSOFT)
    key = f"{base}.output"
    narrow = linear(sketch, wide, weights[f"{key}.dense.weight"].T, f"{name}.narrow")
    return add_and_norm(sketch, weights, narrow, middle, key=key, name=f"{name}.b")


def shared_constants(sketch: Sketch) -> None:
    """Small tensors that many nodes read."""
    small: dict[str, NDArray[Any]] = {
        "start": np.array([0], np.int64),
        "last_axis": np.array([-1], np.int64),
        "to_step": np.array(1 / ACTIVATION_LIMIT, np.float32),
        "least_scale": np.array(1e-9, np.float32),
        "zero_point": np.array([ZERO_POINT], np.uint8),
        "zero_point_one": np.array(ZERO_POINT, np.uint8),
        "flat_shape": np.array([-1, WIDTH], np.int64),
        "width_three": np.array([3 * WIDTH], np.int64),
        "width_one": np.array([WIDTH], np.int64),
        "middle_axis": np.array([1], np.int64),
    }
    for name, array in small.items():
        sketch.constant(name, array)


def build_graph(weights: Weights) -> onnx.ModelProto:
    """The whole model: token ids [batch, length] to unit vectors [batch, width]."""
    sketch = Sketch()
    shared_constants(sketch)
    shape = sketch.node("Shape", ["tokens"], "tokens.shape")
    sketch.node("Concat", [shape, "width_three"], "qkv_shape", axis=0)
    sketch.node("Concat", [shape, "width_one"], "whole_shape", axis=0)
    state = sketch.node("Reshape", [embeddings(sketch, weights), "flat_shape"], "embed.flat")
    for number in range(LAYERS):
        state = layer(sketch, weights, state, number)
    state = sketch.node("Reshape", [state, "whole_shape"], "state")
    state = sketch.node("ReduceMean", [state, "middle_axis"], "mean", keepdims=0)
    sketch.node("LpNormalization", [state], "vectors", axis=-1, p=2)
    graph = helper.make_graph(
        sketch.nodes,
        "minilm-int8",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", WIDTH])],
        initializer=sketch.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="afterglow")
