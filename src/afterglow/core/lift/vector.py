"""The priors as one vector of free numbers for learning, and back; leaves out the learning itself."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np

from afterglow.core.lift.priors import STATIC, Priors, Setting, Shared
from afterglow.core.lift.steps import Array

_SIZE: Final = len(STATIC)
_LOWER: Final = np.tril_indices(_SIZE)
_DIAGONAL: Final = np.flatnonzero(_LOWER[0] == _LOWER[1])
# Free on the whole line as they are; the shares go through a logit, everything else through a log.
_PLAIN: Final = ("start_mean", "longer_each_sitting")
_SHARES: Final = ("top_up_fast", "top_up_slow")
SHARED_COUNT: Final = len(Shared.__struct_fields__)
SETTING_COUNT: Final = 3 + _SIZE + len(_LOWER[0])


def vector_of(priors: Priors) -> Array:
    """Shared numbers first, then for each setting: log weight, log fades, mean, root of the covariance."""
    parts = [_shared_vector(priors.shared), *map(_setting_vector, priors.settings)]
    return np.concatenate(parts)


def priors_of(vector: Array, like: Priors, *, source: str, people: int) -> Priors:
    """The inverse; names of settings come from `like`, weights are made to add to one."""
    shared = _shared_of(vector[:SHARED_COUNT])
    pieces = vector[SHARED_COUNT:].reshape(len(like.settings), SETTING_COUNT)
    weights = np.exp(pieces[:, 0] - pieces[:, 0].max())
    weights /= weights.sum()
    settings = tuple(
        _setting_of(piece, setting.name, float(weight))
        for piece, setting, weight in zip(pieces, like.settings, weights, strict=True)
    )
    return msgspec.structs.replace(
        like, source=source, people=people, shared=shared, settings=settings
    )


def settings_touched(place: int, settings: int) -> Sequence[int]:
    """Which settings have to be filtered again when this number changes."""
    if place < SHARED_COUNT:
        return range(settings)
    return [(place - SHARED_COUNT) // SETTING_COUNT]


def is_weight(place: int) -> bool:
    return place >= SHARED_COUNT and (place - SHARED_COUNT) % SETTING_COUNT == 0


def is_trust(place: int) -> bool:
    return place < SHARED_COUNT and Shared.__struct_fields__[place] == "trust_in_spread"


def scales_of(settings: int) -> Array:
    """How far each number may sensibly move (one standard deviation of the pull towards the start)."""
    shared = [_scale(name) for name in Shared.__struct_fields__]
    root = np.full(len(_LOWER[0]), 1.5)
    root[_DIAGONAL] = 0.7
    setting = [1.0, 0.6, 0.6, *([3.0] * _SIZE), *root]
    return np.array(shared + setting * settings)


def _scale(name: str) -> float:
    return {"start_mean": 2.0, "longer_each_sitting": 0.15}.get(
        name, 1.0 if name in _SHARES else 0.6
    )


def _shared_vector(shared: Shared) -> Array:
    values = []
    for name, value in msgspec.structs.asdict(shared).items():
        if name in _PLAIN:
            values.append(value)
        elif name in _SHARES:
            inside = min(max(value, 0.01), 0.99)
            values.append(np.log(inside / (1 - inside)))
        else:
            values.append(np.log(value))
    return np.array(values)


def _shared_of(vector: Array) -> Shared:
    values = {}
    for name, free in zip(Shared.__struct_fields__, vector.tolist(), strict=True):
        if name in _PLAIN:
            values[name] = max(free, 0.0) if name == "longer_each_sitting" else free
        elif name in _SHARES:
            values[name] = float(1 / (1 + np.exp(-free)))
        else:
            values[name] = float(np.exp(np.clip(free, -7, 7)))
    return Shared(**values)


def _setting_vector(setting: Setting) -> Array:
    root = np.linalg.cholesky(np.array(setting.cov))[_LOWER]
    root[_DIAGONAL] = np.log(root[_DIAGONAL])
    fades = [np.log(setting.weight), np.log(setting.fade_fast_days), np.log(setting.fade_slow_days)]
    return np.concatenate([fades, setting.mean, root])


def _setting_of(piece: Array, name: str, weight: float) -> Setting:
    root = np.zeros((_SIZE, _SIZE))
    lower = piece[3 + _SIZE :].copy()
    lower[_DIAGONAL] = np.exp(np.clip(lower[_DIAGONAL], -4, 4))
    root[_LOWER] = lower
    return Setting(
        name=name,
        weight=weight,
        fade_fast_days=float(np.exp(np.clip(piece[1], -1, 5))),
        fade_slow_days=float(np.exp(np.clip(piece[2], 0, 6))),
        mean=tuple(piece[3 : 3 + _SIZE].tolist()),
        cov=tuple(map(tuple, (root @ root.T).tolist())),
    )
