"""``python -m crmlab`` is the ``crmlab`` command."""

from crmlab.cli import main

if __name__ == "__main__":
    main(prog_name="crmlab")
