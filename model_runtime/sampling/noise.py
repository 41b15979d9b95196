"""Anchored noise: the same place with the same seed gets the same noise, whatever the area or the order.

Noise is a pure function of seed, purpose, stream, sample, network call and absolute latent position.
Positions are cut into blocks; each block is read from numpy's Philox counters, whose raw integers are
the same in every version and on every machine, and turned into normal values here.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Purpose = Literal["initial", "posterior", "ignored", "held", "fill"]

BLOCK = 32
_WORD = 2**64


class AnchoredNoise:
    """Standard normal noise anchored to absolute latent positions.

    Args:
        seed: any integer; taken modulo 2**64.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed % _WORD

    def block(
        self,
        purpose: Purpose,
        stream: str,
        shape: tuple[int, int, int],
        row: int,
        column: int,
        sample: int = 0,
        call: int = 0,
    ) -> NDArray[np.float32]:
        """Noise of a rectangle of latent positions.

        Args:
            purpose: what the noise is for; purposes are independent of each other.
            stream: name of the model's stream.
            shape: (channels, rows, columns) of the rectangle.
            row: absolute latent row of its first row; may be negative.
            column: absolute latent column of its first column; may be negative.
            sample: index of the sample.
            call: index of the network call, where the noise is fresh at each.

        Returns:
            ``shape``, float32, mean 0 and variance 1.
        """
        channels, rows, columns = shape
        key = _key(f"{self.seed}/{purpose}/{stream}/{sample}/{call}")
        noise = np.empty(shape, dtype=np.float32)
        block_columns = range(column // BLOCK, -(-(column + columns) // BLOCK))
        for block_row in range(row // BLOCK, -(-(row + rows) // BLOCK)):
            raw = np.stack([_raw_block(key, block_row, index, channels) for index in block_columns])
            # (blocks, rows, columns, channels): a position's channels are neighbours, so every pair of
            # normal values stays at one position and a block is the same however it is cut.
            values = _normal(raw).reshape(len(block_columns), BLOCK, BLOCK, channels)
            strip = values.transpose(3, 1, 0, 2).reshape(channels, BLOCK, -1)
            top = block_row * BLOCK
            first, last = max(row, top), min(row + rows, top + BLOCK)
            left = column - block_columns.start * BLOCK
            noise[:, first - row : last - row] = strip[:, first - top : last - top, left : left + columns]
        return noise


def _key(name: str) -> NDArray[np.uint64]:
    """128-bit Philox key of a noise stream's name (Python's own hash differs from process to process)."""
    return np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype="<u8").astype(np.uint64)


def _raw_block(key: NDArray[np.uint64], block_row: int, block_column: int, channels: int) -> NDArray[np.uint64]:
    """Raw 64-bit words of one block, one for every two values; negative blocks wrap around."""
    counter = np.array([0, 0, block_row % _WORD, block_column % _WORD], dtype=np.uint64)
    words = -(-BLOCK * BLOCK * channels // 2)
    return np.random.Philox(counter=counter, key=key).random_raw(words)


def _normal(raw: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Two normal values from each 64-bit word (Box and Muller 1958), in float64, shape (..., 2 * words).

    Numpy's own normal generator may change from version to version.
    """
    uniform = ((raw >> np.uint64(32)).astype(np.float64) + 0.5) * 2.0**-32
    angle = (raw & np.uint64(0xFFFFFFFF)).astype(np.float64) * (2.0 * np.pi * 2.0**-32)
    radius = np.sqrt(-2.0 * np.log(uniform))
    pairs = np.empty((*raw.shape, 2), dtype=np.float32)
    pairs[..., 0] = radius * np.cos(angle)
    pairs[..., 1] = radius * np.sin(angle)
    return pairs.reshape(*raw.shape[:-1], -1)
