"""Sampling without torch: noise schedule, solver, anchored noise, roles, canvas."""
