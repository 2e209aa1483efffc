"""Files come in: each is judged by itself in a process with limits, held against what was filed, and filed or held."""
