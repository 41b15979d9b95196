"""Rasters: one grid, windowed reading of physical quantities, and writing. No network, no recipe."""
