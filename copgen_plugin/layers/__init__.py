"""From a QGIS layer to a condition of a job, and from a result to a styled layer."""
