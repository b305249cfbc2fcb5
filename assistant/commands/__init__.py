"""The commands of `oov`, by what they are about. `assistant.cli` puts them together."""
