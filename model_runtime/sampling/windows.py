"""Windows along one direction, and the weights that blend what they cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Axis:
    """Windows along one direction of an area.

    Attributes:
        origin: absolute position of the area's first element.
        length: elements of the area.
        window: elements of a window.
        starts: absolute first element of each window, ascending.
    """

    origin: int
    length: int
    window: int
    starts: tuple[int, ...]

    def scaled(self, factor: int) -> Axis:
        """The same windows counted in elements ``factor`` times finer."""
        starts = tuple(start * factor for start in self.starts)
        return Axis(self.origin * factor, self.length * factor, self.window * factor, starts)

    def slices(self) -> list[slice]:
        """Each window's part of an array that holds the area."""
        return [slice(start - self.origin, start - self.origin + self.window) for start in self.starts]


def plan_axis(origin: int, length: int, window: int, stride: int, offset: int = 0) -> Axis:
    """Cover an area with windows at absolute multiples of the stride, moved by an offset.

    Where those leave the area's border uncovered, one more window lies flush with it. An area as long
    as a window is one window, wherever it lies.

    Raises:
        ValueError: an area smaller than a window, or a stride that leaves gaps.
    """
    if length < window or not 1 <= stride <= window:
        raise ValueError(f"an area of {length} needs at least one window of {window}, and a stride of 1 to that")
    last = origin + length - window
    starts = {origin, last} if length == window else set(range(origin + (offset - origin) % stride, last + 1, stride))
    return Axis(origin, length, window, tuple(sorted(starts | {origin, last})))


def blending_weights(axis: Axis, halo: int = 0) -> list[NDArray[np.float32]]:
    """Weights of every window along one direction; they add up to one at every position.

    A raised cosine over the window without its halo: smooth and strictly positive there. The windows at
    the area's border keep their outer part, halo included, in full: nothing else covers it. The weight
    at a position depends on the windows that cover it and on nothing else.

    Args:
        axis: the windows.
        halo: elements at either end of a window that its neighbours have to cover.
    """
    profiles = [_profile(axis, start, halo) for start in axis.starts]
    total = np.zeros(axis.length)
    for profile, part in zip(profiles, axis.slices(), strict=True):
        total[part] += profile
    if not np.all(total > 0):
        raise ValueError(f"windows of {axis.window} without a halo of {halo} leave gaps at starts {axis.starts}")
    return [(profile / total[part]).astype(np.float32) for profile, part in zip(profiles, axis.slices(), strict=True)]


def _profile(axis: Axis, start: int, halo: int) -> NDArray[np.float64]:
    inner = axis.window - 2 * halo
    profile = np.zeros(axis.window)
    profile[halo : halo + inner] = np.sin((np.arange(inner) + 0.5) * (np.pi / inner)) ** 2
    middle = axis.window // 2
    if start == axis.origin:
        profile[:middle] = 1.0
    if start == axis.origin + axis.length - axis.window:
        profile[middle:] = 1.0
    return profile
