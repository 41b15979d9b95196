"""Whether an installed model can be relied upon: complete, fitting, and what it was when it was installed."""

from __future__ import annotations

from model_runtime.backends.verification import verify
from model_runtime.contract import ModelError
from model_runtime.provenance import compare, mark_damaged
from model_runtime.store import StoredModel, is_published


def verify_model(model: StoredModel) -> str:
    """Look at all of a model's files.

    Args:
        model: a bundle on disk.

    Returns:
        What was found, in words.

    Raises:
        ModelError: naming what is missing, does not fit or has changed; from then on ``auto`` does not take it.
    """
    try:
        told = verify(model.path)
    except ModelError as error:
        mark_damaged(model.path, str(error))
        raise
    if model.embedded:
        return told
    if compare(model.path) is None:
        return f"{told}; what it was made of is not recorded"
    return f"{told}; {'made of the published files' if is_published(model) else 'as it was imported'}"
