"""One file per command of `script/`."""
