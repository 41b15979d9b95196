"""COP-GEN for QGIS: the model runtime, a process of its own beside QGIS."""

__version__ = "0.1.0"
