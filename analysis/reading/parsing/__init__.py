"""One untrusted file → its paragraphs, in a process that holds nothing else."""
