"""The models: what is published, what is here, and fetching what is not."""
