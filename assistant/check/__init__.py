"""Sentences held against the passages that they cite, and passages against each other."""
