"""Reads float32 tensors out of a safetensors file with the standard library and numpy.

Leaves out every other dtype: the one file this is for has only float32 weights.
"""

import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]


def read_weights(path: Path) -> Weights:
    """Every float32 tensor of the file by name."""
    raw = path.read_bytes()
    (header_length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + header_length])
    body = memoryview(raw)[8 + header_length :]
    weights: Weights = {}
    for name, tensor in header.items():
        if name == "__metadata__" or tensor["dtype"] != "F32":
            continue
        start, end = tensor["data_offsets"]
        weights[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(tensor["shape"])
    return weights
