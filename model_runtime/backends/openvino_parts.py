"""A transformer's graph in three parts, of which only the middle one is run in less than float32.

With a hint for bfloat16 OpenVINO runs every node in it, the sinusoids of the timesteps and what becomes of the
network's residual included, which costs the embedded model's pictures several grey levels. So the blocks, from the
embedding of patches and times to the last layer, are cut out, with the convolutions behind them where there are any.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from openvino import Model
from openvino import opset8 as opset

from model_runtime.backends.base import FloatArray
from model_runtime.contract import ModelError

Compile = Callable[[Model, str], Any]
"""Compiles a model in a precision."""

FIRST = ("network.patch_embeds.", "network.time_img_embeds.", "network.detail.time1.", "network.detail.enter.")
LAST = ("network.decoder_preds.", "network.detail.leave.")
"""Beginnings of the names of the weights with which the middle part begins and ends."""
_OF_WEIGHTS = ("Convert", "Transpose", "Reshape", "Unsqueeze")
"""What may lie between a weight and the product that takes it."""


@dataclass(frozen=True)
class Parts:
    """The compiled parts: arrays pass from one to the next."""

    before: Any
    middle: Any
    after: Any

    def __call__(self, inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        """Run the transformer; inputs by name to outputs in order."""
        entering = list(self.before(dict(inputs)).values())
        leaving = list(self.middle(entering).values())
        names = [output.any_name for output in self.after.inputs]
        held = dict(zip([name for name in names if name not in inputs], leaving, strict=True))
        found = self.after({name: held.get(name, inputs.get(name)) for name in names})
        return [np.array(found[output], dtype=np.float32) for output in self.after.outputs]


def compile_in_parts(model: Model, compile_as: Compile, precision: str) -> Parts:
    """Compile a transformer with its blocks in another precision; the model is taken apart.

    Raises:
        ModelError: it has no blocks that could be told from the rest.
    """
    nodes = model.get_ordered_ops()
    blocks = _blocks(nodes)
    varying = _below(nodes, {node.get_name() for node in model.get_parameters()})
    entering = _edges(nodes, blocks, varying, inwards=True)
    leaving = _edges(nodes, blocks, varying, inwards=False)
    if not entering or not leaving:
        raise ModelError("the transformer's blocks are not found in its graph; export the model again or use fp32.")
    before = compile_as(_model([source for source, _ in entering], model.get_parameters()), "fp32")
    held = _cut(leaving, "leaving")
    after = compile_as(Model(model.get_results(), [*model.get_parameters(), *held], "after"), "fp32")
    middle = compile_as(_model([source for source, _ in leaving], _cut(entering, "entering")), precision)
    return Parts(before, middle, after)


def _model(outputs: Iterable[Any], parameters: list[Any]) -> Model:
    return Model([opset.result(output) for output in outputs], parameters, "part")


def _blocks(nodes: list[Any]) -> set[str]:
    """Names of the nodes from the first embeddings to the last layer."""
    ends = _takers(nodes, LAST)
    above = {node.get_name() for node in ends}
    for node in reversed(nodes):
        if node.get_name() in above:
            above |= {source.get_name() for source in _sources(node)}
    return above & _below(nodes, {node.get_name() for node in _takers(nodes, FIRST)})


def _takers(nodes: list[Any], names: tuple[str, ...]) -> list[Any]:
    """Nodes that compute with weights of certain names."""
    carrying = {
        node.get_name()
        for node in nodes
        if node.get_type_name() == "Constant" and node.get_friendly_name().startswith(names)
    }
    takers = []
    for node in nodes:
        if not carrying.isdisjoint(source.get_name() for source in _sources(node)):
            if node.get_type_name() in _OF_WEIGHTS:
                carrying.add(node.get_name())
            else:
                takers.append(node)
    return takers


def _below(nodes: list[Any], seeds: Collection[str]) -> set[str]:
    """Names of the seeds and of all nodes that depend on them."""
    found = set(seeds)
    for node in nodes:
        if not found.isdisjoint(source.get_name() for source in _sources(node)):
            found.add(node.get_name())
    return found


def _sources(node: Any) -> list[Any]:  # noqa: ANN401 - the library has no types
    return [value.get_source_output().get_node() for value in node.inputs()]


def _edges(nodes: list[Any], blocks: set[str], varying: set[str], inwards: bool) -> list[tuple[Any, list[Any]]]:
    """Values that pass into the blocks, or out of them, each with the inputs that take it."""
    found: dict[tuple[str, int], tuple[Any, list[Any]]] = {}
    for node in nodes:
        for taken in node.inputs():
            output = taken.get_source_output()
            source = output.get_node().get_name()
            passes = (node.get_name() in blocks, source in blocks) == (inwards, not inwards)
            if passes and source in varying:
                found.setdefault((source, output.get_index()), (output, []))[1].append(taken)
    return list(found.values())


def _cut(edges: list[tuple[Any, list[Any]]], name: str) -> list[Any]:
    """Have new parameters take the place of what passes, and return them."""
    parameters = []
    for number, (output, takers) in enumerate(edges):
        parameter = opset.parameter(output.get_partial_shape(), output.get_element_type())
        parameter.output(0).get_tensor().set_names({f"{name}.{number}"})
        for taker in takers:
            taker.replace_source_output(parameter.output(0))
        parameters.append(parameter)
    return parameters
