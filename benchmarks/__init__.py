"""Speed and memory claims, measured against named baselines in one run: `make bench`."""
