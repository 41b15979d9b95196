"""Export of a bundle's networks to ONNX."""
