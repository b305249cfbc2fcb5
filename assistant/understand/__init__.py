"""From what somebody typed to what is asked. Pure: knows no library and no index."""
