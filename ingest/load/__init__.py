"""One module per format, each the only importer of its library. All give the same: blocks (`ingest.blocks.Loaded`)."""
