"""A graph's weights, left where they are: in the safetensors file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import onnx_ir as ir

from model_runtime.contract import ModelError
from model_runtime.export.tracing import PREFIX
from model_runtime.model.files import StoredTensor

STORED = ".stored"
"""Ends the names of weights that are stored in other numbers than the graph computes in."""
DTYPES = {"F32": ir.DataType.FLOAT, "F16": ir.DataType.FLOAT16, "BF16": ir.DataType.BFLOAT16}


def refer_to(model: ir.Model, weights: Path, header: Mapping[str, StoredTensor]) -> None:
    """Have a graph take its weights from a safetensors file in its own folder.

    Weights that are stored in another precision than the graph computes in are followed by a cast, which runtimes
    work out once when they load it.

    Args:
        model: as traced, changed here.
        weights: the safetensors file.
        header: what it holds.

    Raises:
        ModelError: a weight is stored in numbers that no graph takes.
    """
    casts: list[ir.Node] = []
    for name, value in list(model.graph.initializers.items()):
        own = name.removeprefix(PREFIX)
        stored = header.get(own)
        if stored is None:
            # A constant of the code.
            continue
        if value.shape is None or stored.shape != tuple(value.shape.numpy()) or stored.dtype not in DTYPES:
            raise ModelError(f"{weights}: {own} is stored as {stored.dtype} {stored.shape}, which no graph can take.")
        dtype = DTYPES[stored.dtype]
        tensor = ir.ExternalTensor(
            weights.name,
            stored.offset,
            stored.length,
            dtype,
            shape=ir.Shape(stored.shape),
            name=name,
            base_dir=weights.parent,
        )
        if dtype == value.dtype:
            value.const_value = tensor
        else:
            casts.append(_cast(model.graph, value, tensor))
    if casts:
        model.graph.insert_before(model.graph[0], casts)


def _cast(graph: ir.Graph, value: ir.Value, tensor: ir.ExternalTensor) -> ir.Node:
    """Put what is stored in the place of a weight, and return the node that turns it into that weight."""
    name = value.name or ""
    wanted = value.dtype or ir.DataType.FLOAT
    del graph.initializers[name]
    stored = ir.Value(name=f"{name}{STORED}", shape=tensor.shape, type=ir.TensorType(tensor.dtype), const_value=tensor)
    graph.register_initializer(stored)
    node = ir.node("Cast", [stored], attributes={"to": ir.AttrInt64("to", int(wanted))})
    cast = node.outputs[0]
    ir.convenience.replace_all_uses_with(value, cast)
    cast.name, cast.shape, cast.type = name, value.shape, ir.TensorType(wanted)
    return node
