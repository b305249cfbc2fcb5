"""From a question to passages: by structure where it is exact, and else by two searches."""
