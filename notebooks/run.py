"""Run the notebooks beside this file and keep their outputs: ``python notebooks/run.py``, or with the names of some.

Outputs are kept without times and addresses, so that two runs give the same file. Read the findings again afterwards.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def run(path: Path) -> None:
    """Execute a notebook from top to bottom in a new kernel."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, coalesce_streams=True).execute()
    for cell in notebook.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            if "text/plain" in output.get("data", {}):
                output.data["text/plain"] = ADDRESS.sub("", output.data["text/plain"])
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:] or sorted(HERE.glob("*.ipynb"))):
        sys.stderr.write(f"{path.name}\n")
        run(path)
