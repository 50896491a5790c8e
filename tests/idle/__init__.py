"""An idle watcher of a large bucket: how much memory it holds, hour after hour."""
