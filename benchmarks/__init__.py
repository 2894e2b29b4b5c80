"""Speed, memory and start-up of skilltax beside its peers. `make bench` runs it and writes docs/performance.md."""
