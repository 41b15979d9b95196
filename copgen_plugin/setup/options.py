"""What the user has chosen for the set-up, kept in QGIS's settings."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QUrl

KEY = "copgen/setup"


@dataclass
class SetupOptions:
    """Choices; an empty one means the usual.

    Attributes:
        python: the Python that the environment is made with.
        wheels: folder of wheels, instead of the network.
        index: package index.
        torch_index: index of PyTorch's wheels.
        variant: ``auto``, ``cpu`` or ``cuda``.
    """

    python: str = ""
    wheels: str = ""
    index: str = ""
    torch_index: str = ""
    variant: str = "auto"

    @classmethod
    def load(cls) -> SetupOptions:
        """Read the choices."""
        store = QgsSettings()
        texts = {entry.name: str(store.value(f"{KEY}/{entry.name}", "") or "") for entry in fields(cls)}
        return cls(**{name: text for name, text in texts.items() if text})

    def save(self) -> None:
        """Keep the choices, but for addresses with a password, which the settings would hold readable."""
        store = QgsSettings()
        for entry in fields(self):
            value = str(getattr(self, entry.name))
            if value and not QUrl(value).password():
                store.setValue(f"{KEY}/{entry.name}", value)
            else:
                store.remove(f"{KEY}/{entry.name}")
