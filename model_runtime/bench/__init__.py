"""Measurements of this machine: how fast the networks run, beside the published way of running them, and how well."""
