"""The QGIS side: qgis, the standard library and numpy; never torch, diffusers or rasterio."""
