"""How responsive the console stays on a busy floor. No part of `make bench`: it takes minutes, and has no baseline."""
