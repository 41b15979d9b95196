"""A procedural world whose Sentinel products are known exactly: training data, tests, the demo scene."""
